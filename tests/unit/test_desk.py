"""What a desk asks of a dossier: which id, and what is left to do."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.articles.captures import Capture, read_capture
from dossier.articles.leads import HEADINGS, find_leads, notes_of
from dossier.articles.source_text import make_text
from dossier.commands.cli import commands
from dossier.linking.parts import compile_actor_names
from tests.conftest import ROOT
from tests.unit.test_renaming import write

TEXT = "أعلنت بلدية المرفأ، يوم الخميس 12 يونيو 2019، أن السوق القديم سيفتح أبوابه في الصيف بعد ترميم دام ثلاث سنوات وشارك فيه عمال من المدينة ومن قرى بعيدة عنها جدا.\n\nاقرأ أيضا: السوق"
REPORT = (
    "---\ntitle: السوق\nseed: souq.txt\noriginal: {{sha256: {sha}}}\noutlet: news\n# عبارات زمنية في النص، هي قرائن لا وقائع:\n"
    "# - «أمس»\nclaims:\n  - {{id: c1, text: تقول البلدية إن السوق سيفتح., said: [{{who: town}}], at: 1, mode: planned, when_text: الصيف}}\n---\n"
)


def run(*arguments: str, root: Path) -> str:
    done = CliRunner().invoke(commands, [*arguments, "--root", str(root)])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A dossier of which much is left to do."""
    return write(
        tmp_path,
        {
            "content/dossier.yaml": "title: ملف\njudgments: [{text: يقولون ذلك., confidence: low, claims: ['souq#c1']}]\n",
            "content/reports/souq.md": REPORT.format(sha=sha256(TEXT.encode()).hexdigest()),
            "content/actors/news.md": "---\nname: أخبار المرفأ\nkind: outlet\n---\n",
            "content/actors/town.md": "---\nname: بلدية المرفأ\nlatin: Marfa Town\nkind: government\n---\n",
            "content/events/opening.md": "---\ntitle: افتتاح السوق\n---\n",
            "seeds/souq.txt": TEXT,
        },
    )


def test_ids_are_found_by_arabic_words_however_they_are_spelt(begun: Path) -> None:
    assert run("list", "actors", "بلديه", "مرفا", root=begun) == "town\tبلدية المرفأ\tgovernment\tMarfa Town\n"
    assert run("list", "claims", "السُّوق", root=begun).startswith("souq#c1\tتقول البلدية إن السوق سيفتح.\tplanned\t")
    assert run("list", "actors", "البلديه", "الاخبار", root=begun) == ""
    assert run("list", "actors", "الاخبار", root=begun).startswith("news\t")
    assert [actor["id"] for actor in json.loads(run("list", "actors", "--json", root=begun))] == ["news", "town"]
    write(begun, {"content/reports/broken.md": "---\ntitle: [\n---\n"})
    done = CliRunner().invoke(commands, ["list", "reports", "--root", str(begun), "--lang", "en"])
    assert "souq\t" in done.stdout
    assert done.stderr == "left out for their errors: 1 file (`dossier check` tells them)\n"


def test_all_that_is_left_is_said_with_its_place(begun: Path) -> None:
    tasks = json.loads(run("todo", "--json", root=begun))
    assert [(task["kind"], task["file"], task["line"]) for task in tasks] == [
        ("raw", "seeds/souq.txt", 1),
        ("leads", "content/reports/souq.md", 6),
        ("ungraded", "content/actors/news.md", 2),
        ("undated", "content/events/opening.md", 2),
        ("undated", "content/reports/souq.md", 2),
        ("undated", "content/reports/souq.md", 9),
        ("no-event", "content/reports/souq.md", 9),
        ("one-origin", "content/dossier.yaml", 2),
    ]
    told = run("todo", root=begun)
    assert "8 things to do" in told
    assert "  content/reports/souq.md:2\t" + json.loads(run("list", "reports", "--json", root=begun))[0]["name"] in told
    originals = begun / "seeds/originals"
    originals.mkdir()
    (originals / "x.txt").write_text(TEXT, "utf-8")
    (begun / "seeds/souq.txt").write_text("قيل: " + TEXT, "utf-8")
    assert "words in a row are the original's" in run("todo", root=begun)
    (begun / "seeds/souq.txt").write_text("يفتح السوق في الصيف، كما تقول بلدية المرفأ.", "utf-8")
    assert "seeds/" not in run("todo", root=begun)


def test_strict_fails_on_warnings(begun: Path) -> None:
    (begun / "seeds/souq.txt").write_text("يفتح السوق في الصيف، كما تقول بلدية المرفأ.", "utf-8")
    assert "0 errors" in run("check", root=begun)
    strict = CliRunner().invoke(commands, ["check", "--strict", "--root", str(begun)])
    assert strict.exit_code == 1
    assert CliRunner().invoke(commands, ["check", "--strict", "--root", str(ROOT)]).exit_code == 0


def test_every_heading_of_a_lead_is_known_again() -> None:
    capture: Capture = read_capture("x.txt", TEXT.encode())
    leads = find_leads(capture, make_text("x.txt", "0" * 64, TEXT, noise=True), compile_actor_names(()))
    written = [line for lines in notes_of(leads, capture, {}).values() for line in lines if not line.startswith("- ")]
    assert len(written) > 2
    assert all(line.startswith(HEADINGS) for line in written)
