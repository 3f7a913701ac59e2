"""What two built sites are told to differ in: claims, links, judgments and pages, and nothing that was only renamed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.commands.cli import commands
from dossier.commands.desk.differences import compare, lines
from dossier.commands.pipeline import compose, site_files
from dossier.commands.templates import TEMPLATES
from dossier.content.addresses import ASSETS
from dossier.engine.manifest import file_of, with_manifest
from dossier.engine.memo import Memo
from dossier.engine.snapshot import read_templates, snapshot
from dossier.errors import WrongUse
from tests.conftest import ROOT
from tests.unit.test_renaming import change


def built(root: Path, out: Path) -> Path:
    """A dossier's site, without its assets."""
    made = site_files(compose(snapshot(root), Memo()).site, read_templates(TEMPLATES), Memo())
    for address, data in with_manifest((a, made[a]()) for a in made if not a.startswith(ASSETS)):
        path = out / file_of(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return out


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("differences")
    shutil.copytree(ROOT / "tests/example", folder / "dossier")
    built(folder / "dossier", folder / "old")
    return folder


def edited(root: Path, *edits: tuple[str, str, str]) -> Path:
    """The site after words in files were replaced."""
    shutil.rmtree(root / "new", ignore_errors=True)
    shutil.rmtree(root / "edited", ignore_errors=True)
    shutil.copytree(root / "dossier", root / "edited")
    for name, old, new in edits:
        path = root / "edited" / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    return built(root / "edited", root / "new")


def test_equal_sites_say_the_same(root: Path) -> None:
    assert list(lines(compare(root / "old", root / "old"))) == ["the two say the same"]


def test_what_was_renamed_says_the_same(root: Path) -> None:
    edited(root)
    for names in (
        ("report", "harbour-loan", "loan-2019"),
        ("actor", "salma-haddad", "haddad"),
        ("event", "loan-signing", "signing"),
    ):
        change(root / "edited", "rename", *names)
    shutil.rmtree(root / "new")
    changes = compare(root / "old", built(root / "edited", root / "new"))
    assert {(found.of, found.how) for found in changes} == {("page", "changed")}


def test_changes_are_told_in_old_and_new_words(root: Path) -> None:
    report = (root / "dossier/content/reports/harbour-loan.md").read_text("utf-8")
    words = next(line for line in report.splitlines() if line.strip().startswith("text: "))
    site = edited(
        root,
        ("content/reports/harbour-loan.md", words, f"{words} اليوم"),
        ("content/reports/harbour-loan.md", "mode: reported", "mode: hedged"),
        ("content/dossier.yaml", "confidence: low", "confidence: moderate"),
        ("content/pages/about.md", "title: ", "title: كل شيء "),
    )
    changes = compare(root / "old", site)
    claim = next(found for found in changes if found.of == "claim" and "text" in found.fields)
    assert claim.how == "changed"
    assert claim.fields["text"][1] == f"{claim.fields['text'][0]} اليوم"
    assert {name for found in changes if found.of == "claim" for name in found.fields} == {"text", "mode"}
    judgment = next(found for found in changes if found.of == "judgment")
    assert judgment.fields["confidence"] == ("low", "moderate")
    told = "\n".join(lines(changes))
    assert f"text, is:  {claim.fields['text'][1]}" in told
    assert "~ harbour-loan#" in told
    back = compare(site, root / "old")
    assert next(found for found in back if found.name == claim.name).fields["text"][0] == claim.fields["text"][1]


def test_added_and_withdrawn_claims_and_links_are_named(root: Path) -> None:
    lost = edited(root)
    shutil.rmtree(lost)
    path = root / "edited/content/reports/white-cape.md"
    path.write_text("---\ntitle: الرأس الأبيض\nseed: white-cape.txt\n---\n", "utf-8")
    settings = root / "edited/content/dossier.yaml"
    settings.write_text("title: ملف\n", "utf-8")
    changes = compare(root / "old", built(root / "edited", root / "new"))
    gone = [found.name for found in changes if (found.of, found.how) == ("claim", "withdrawn")]
    assert gone == ["white-cape#c1"]
    added = [found for found in compare(root / "new", root / "old") if (found.of, found.how) == ("claim", "added")]
    assert [found.name for found in added] == gone
    assert all(found.fields["text"][1] for found in added)


def test_cells_of_tables_are_told_and_pages_without_digests(root: Path) -> None:
    site = edited(
        root,
        ("content/dossier.yaml", "قرض للرصيف: ", "قرض كبير للرصيف: "),
        ("content/dossier.yaml", "title: ما يُنسب إلى كل طرف", "title: ما يُروى عن كل طرف"),
    )
    shutil.copytree(site / "reports/white-cape", site / "reports/white-cape-twin")
    manifest = site / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text("utf-8") + f"{'0' * 64}  reports/white-cape-twin/index.html\n", "utf-8")
    changes = compare(root / "old", site)
    (cell,) = (found for found in changes if found.of == "cell")
    assert (cell.how, cell.name) == ("changed", "who, sayf-state, money")
    assert cell.fields == {"text": ("قرض للرصيف: مصدر في الهيئة", "قرض كبير للرصيف: مصدر في الهيئة")}
    (table,) = (found for found in changes if found.of == "table")
    assert table.fields == {"title": ("ما يُنسب إلى كل طرف", "ما يُروى عن كل طرف")}
    told = "\n".join(lines(changes))
    assert "  + /reports/white-cape-twin/" in told
    assert not re.search(r"[0-9a-f]{64}", told)


def test_what_is_no_site_is_refused_in_words(root: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(root / "old", broken)
    for written in (b"[]", b'{"reports": [7]}', b"{", b"[" * 100_000):
        (broken / "dossier.json").write_bytes(written)
        with pytest.raises(WrongUse, match=r"broken"):
            compare(root / "old", broken)
    (broken / "dossier.json").unlink()
    with pytest.raises(WrongUse, match=r"it has no dossier\.json"):
        compare(broken, root / "old")
    done = CliRunner().invoke(commands, ["diff", str(root / "old"), str(root / "old"), "--json"])
    assert json.loads(done.output) == []
