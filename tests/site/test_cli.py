"""The commands as people run them: exit status, messages, and what is left on disk."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dossier.engine.cache import cache_folder
from tests.conftest import ROOT, run_build
from tests.site.killed import digest_of_folder

TINY = {
    "content/dossier.yaml": "title: ملف صغير\n",
    "content/reports/one.md": "---\ntitle: خبر عن أمر\nseed: one.txt\n---\nخلاصة.\n",
    "seeds/one.txt": "فقرة أولى عن مدينة.\n\nفقرة ثانية.\n",
}


def make_dossier(root: Path, **changes: str) -> Path:
    for name, text in {**TINY, **changes}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def test_the_smallest_dossier_builds_and_says_what_is_left_out(tmp_path: Path) -> None:
    done = run_build("--root", str(make_dossier(tmp_path)))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "public/reports/one/index.html").is_file()
    assert "feed.xml" in done.stderr
    assert not (tmp_path / "public/feed.xml").exists()


def test_with_an_address_feed_and_sitemap_are_made(tmp_path: Path) -> None:
    done = run_build("build", "--root", str(make_dossier(tmp_path)), "--url", "https://example.org/d/", "--no-search")
    assert done.returncode == 0, done.stderr
    assert "https://example.org/d/reports/one/" in (tmp_path / "public/sitemap.xml").read_text("utf-8")
    assert not (tmp_path / "public/pagefind").exists()


def test_broken_content_is_status_1_and_leaves_the_last_site(tmp_path: Path) -> None:
    run_build("--root", str(make_dossier(tmp_path)), "--no-search")
    before = (tmp_path / "public/index.html").read_bytes()
    make_dossier(tmp_path, **{"content/reports/two.md": "---\ntitle: ثان\nseed: none.txt\n---\n"})
    done = run_build("--root", str(tmp_path), "--no-search")
    assert done.returncode == 1
    assert "content/reports/two.md:3:7: error:" in done.stderr
    assert (tmp_path / "public/index.html").read_bytes() == before


def test_wrong_use_is_status_2(tmp_path: Path) -> None:
    assert run_build("--nonsense").returncode == 2
    assert run_build("--root", str(tmp_path / "nowhere")).returncode == 2
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/a.txt").write_text("years of work")
    done = run_build("--root", str(make_dossier(tmp_path / "d")), "--out", str(tmp_path / "thesis"))
    assert done.returncode == 2
    assert "holds something else" in done.stderr


def test_check_lists_all_problems_for_machines_too(tmp_path: Path) -> None:
    make_dossier(tmp_path, **{"content/reports/two.md": "---\ntitle: ثان\nseeed: one.txt\n---\n"})
    done = run_build("check", "--root", str(tmp_path), "--format", "json")
    assert done.returncode == 1
    problems = json.loads(done.stdout)
    assert {"content/reports/two.md"} <= {p["file"] for p in problems}
    assert run_build("check", "--root", str(ROOT / "tests/example")).returncode == 0


def test_originals_are_taken_up_only_when_asked_for(tmp_path: Path) -> None:
    text = "نص المقال كما التقط من الصفحة."
    digest = hashlib.sha256(text.encode()).hexdigest()
    front = f"---\ntitle: خبر\nseed: one.txt\noriginal: {{sha256: {digest}}}\n---\n"
    make_dossier(tmp_path, **{"content/reports/one.md": front, "seeds/originals/anything.txt": text})
    page = tmp_path / "public/reports/one/index.html"
    run_build("--root", str(tmp_path), "--no-search")
    assert text not in page.read_text("utf-8")
    assert digest in page.read_text("utf-8")
    run_build("--root", str(tmp_path), "--no-search", "--originals", str(tmp_path / "seeds/originals"))
    assert 'id="o1"' in page.read_text("utf-8")
    assert text in page.read_text("utf-8")


BUILD_LARGE = "from dossier.commands import keeping; from tests.site.killed import Path, build; keeping.SMALL = 0; build(Path({!r}))"


@pytest.mark.long
@pytest.mark.parametrize("way", [(), ("twin",)], ids=["into a new folder", "into the twin"])
def test_a_build_killed_at_any_step_leaves_the_last_site_whole(tmp_path: Path, way: tuple[str, ...]) -> None:
    run_build("--root", str(make_dossier(tmp_path)), "--no-search")
    for title in ("خبر", "خبر قديم") if way else ():
        make_dossier(tmp_path, **{"content/reports/one.md": f"---\ntitle: {title}\nseed: one.txt\n---\n"})
        subprocess.run([sys.executable, "-c", BUILD_LARGE.format(str(tmp_path))], cwd=ROOT, check=True)
    old = digest_of_folder(tmp_path / "public")
    make_dossier(tmp_path, **{"content/reports/one.md": "---\ntitle: خبر آخر\nseed: one.txt\n---\n"})
    done = subprocess.run(
        [sys.executable, "-m", "tests.site.killed", str(tmp_path), *way],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    states = [line.split()[1] for line in done.stdout.splitlines()]
    new = digest_of_folder(tmp_path / "public")
    first_new = states.index(new)
    assert new != old
    assert first_new > 10, "files are steps"
    assert len(states) - first_new > 5, "and so is what comes after the swap"
    assert {*states[:first_new]} == {old}
    assert {*states[first_new:]} == {new}
    beside = {path.name for path in tmp_path.iterdir() if path.name.startswith(".public") and path.is_dir()}
    assert beside == {f".public.{name}" for name in way}


def test_a_warm_build_is_the_same_bytes_as_a_cold_one(tmp_path: Path) -> None:
    run_build("--root", str(make_dossier(tmp_path)))
    make_dossier(tmp_path, **{"seeds/one.txt": "فقرة أخرى.\n"})
    run_build("--root", str(tmp_path))
    warm = {p.relative_to(tmp_path): p.read_bytes() for p in (tmp_path / "public").rglob("*") if p.is_file()}
    shutil.rmtree(cache_folder(tmp_path))
    run_build("--root", str(tmp_path))
    assert warm == {p.relative_to(tmp_path): p.read_bytes() for p in (tmp_path / "public").rglob("*") if p.is_file()}


def test_a_font_that_is_not_installed_is_named_with_its_place(tmp_path: Path) -> None:
    make_dossier(tmp_path, **{"content/dossier.yaml": "title: ملف\nfont: Comic\n"})
    done = run_build("--root", str(tmp_path), "--no-search")
    assert done.returncode == 1
    assert 'content/dossier.yaml:2:7: error: no font "Comic" is installed' in done.stderr


def test_claims_that_repeat_each_other_in_a_circle_are_an_error(tmp_path: Path) -> None:
    def claim(other: str) -> str:
        link = f"repeats: [{{report: {other}, claim: c1, certainty: certain, why: نقله}}]"
        return f"claims:\n  - {{id: c1, text: قيل, said: [{{who: null, as: بحار}}], at: 1, mode: reported, {link}}}\n"

    reports = {
        f"content/reports/{a}.md": f"---\ntitle: خبر\nseed: one.txt\n{claim(b)}---\n"
        for a, b in (("one", "two"), ("two", "one"))
    }
    done = run_build("--root", str(make_dossier(tmp_path, **reports)), "--no-search")
    assert done.returncode == 1
    assert "claims repeat each other in a circle: one#c1 → two#c1 → one#c1" in done.stderr
