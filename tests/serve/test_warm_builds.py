"""Whatever is edited between builds, a warm build's folder is a cold one's, byte for byte.

`EDIT_SEQUENCES=1000` runs as many sequences; a few run otherwise.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier.commands import joining, keeping, visits
from dossier.commands.build import build_site
from dossier.commands.unchanged import Order
from dossier.content.addresses import SOURCES_TABLE
from dossier.engine import forks, packing
from dossier.engine.cache import PLACE
from dossier.errors import ContentError
from dossier.linking.linked import LinkedDossier, Related, related
from dossier.pages import exports, feeds
from dossier.pages.pieces import Piece, files_of_pieces
from dossier.pages.views import pages as views_of_pages
from dossier.pages.views import reports
from dossier.search import blocks

from .edits import Edit, apply, make_edit, plain_report, write_all

SEQUENCES = int(os.environ.get("EDIT_SEQUENCES", "6"))


def build(root: Path, out: Path, cache: Path, *, search: bool = False) -> dict[str, bytes] | None:
    """Build with what was kept in `cache`; None where the content has errors."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PLACE, str(cache))
        try:
            build_site(Order(root=root, out=out, originals=None, url=None, search=search), lambda _: None)
        except ContentError:
            return None
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def build_cold(root: Path, *, search: bool = False) -> dict[str, bytes] | None:
    with tempfile.TemporaryDirectory() as folder:
        return build(root, Path(folder) / "cold", Path(folder) / "kept", search=search)


def made_in_build(root: Path, cache: Path) -> set[str]:
    """Build, and return the addresses of the pages that were made."""
    made: set[str] = set()

    def share_out(items: Sequence[str], *rest: Any) -> Any:
        made.update(items)
        return forks.share_out(items, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(visits, "share_out", share_out)
        build(root, root / "public", cache)
    return made


@pytest.mark.parametrize("small", [500, 0])
@settings(max_examples=SEQUENCES, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.integers(0, 10**6), min_size=1, max_size=6))
def test_a_warm_build_equals_a_cold_one_after_every_edit(small: int, steps: list[int]) -> None:
    """With `small` 0 what is kept is of older values than the pages in the output, as in a large dossier."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "SMALL", small)
        patch.setattr(keeping, "PART", 0 if small == 0 else 50)
        root = Path(os.path.realpath(folder)) / "root"
        write_all(root)
        for number in (None, *steps):
            if number is not None:
                apply(make_edit(number), root)
            warm = build(root, root / "public", root.parent / "kept")
            assert warm == build_cold(root)


def test_an_edit_is_undone(tmp_path: Path) -> None:
    """What was remade since visits were kept is made again, although it is equal to what they read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "SMALL", 0)
        patch.setattr(keeping, "PART", 0)
        root = tmp_path / "root"
        write_all(root)
        first = build(root, root / "public", tmp_path / "kept")
        path = root / "content/actors/bank.md"
        before = path.read_text("utf-8")
        apply(Edit("content/actors/bank.md", before.replace("المصرف المركزي", "مصرف آخر")), root)
        assert build(root, root / "public", tmp_path / "kept") != first
        apply(Edit("content/actors/bank.md", before), root)
        assert build(root, root / "public", tmp_path / "kept") == first


def test_what_somebody_did_to_the_output_is_not_taken_over(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write_all(root)
    first = build(root, root / "public", tmp_path / "kept")
    page = root / "public/actors/bank/index.html"
    page.write_bytes(page.read_bytes().replace("المصرف".encode(), "المصرع".encode()))
    assert build(root, root / "public", tmp_path / "kept") == first


def test_a_brief_is_of_no_page_that_does_not_show_it(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write_all(root)
    build(root, root / "public", tmp_path / "kept")
    report = root / "content/reports/a.md"
    report.write_text(report.read_text("utf-8") + "\nموجز.\n", "utf-8")
    made = made_in_build(root, tmp_path / "kept")
    assert "/reports/a/" in made
    assert not {"/actors/bank/", "/claims/", "/sources/", "/reports/b/"} & made


def write_more(root: Path, number: int = 80) -> None:
    """Write the dossier that edits begin with, and so many more reports that name nobody."""
    write_all(root)
    for n in range(number):
        apply(Edit(f"content/reports/r{n}.md", plain_report(f"r{n}")), root)
        apply(Edit(f"seeds/r{n}.txt", f"نص {n} لا يسمي أحدا.\n\nوفقرة.\n"), root)


def test_no_text_is_unpacked_that_no_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an edit: most of what is kept are texts, and most texts are of pages that are as they were."""
    root = tmp_path / "root"
    write_more(root)
    monkeypatch.setattr(views_of_pages, "PRINTED_REPORTS", 5)
    monkeypatch.setattr(forks, "MAX_PROCESSES", 1)
    build(root, root / "public", tmp_path / "kept")
    report = root / "content/reports/r7.md"
    report.write_text(report.read_text("utf-8") + "\nموجز.\n", "utf-8")
    unpacked: list[bytes] = []
    really = packing.unpack

    def unpack(data: bytes) -> object:
        unpacked.append(data)
        return really(data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "unpack", unpack)
        made = made_in_build(root, tmp_path / "kept")
    assert "/reports/r7/" in made
    assert 0 < len(unpacked) <= 2 * 6  # a text and its mentions: of the report itself, and of those that are printed


def told_in_build(root: Path, cache: Path) -> set[str]:
    """Build, and return the addresses of the files made of pieces that were told again."""
    told: set[str] = set()

    def files(site: LinkedDossier) -> dict[str, Callable[[], Iterator[bytes | Piece]]]:
        def note(address: str) -> Iterator[bytes | Piece]:
            told.add(address)
            return files_of_pieces(site)[address]()

        return {address: partial(note, address) for address in files_of_pieces(site)}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joining, "files_of_pieces", files)
        build(root, root / "public", cache)
    return told


def test_a_file_of_pieces_is_told_again_only_where_one_of_them_or_what_it_reads_changed(tmp_path: Path) -> None:
    root, cache = tmp_path / "root", tmp_path / "kept"
    write_all(root)
    assert "/dossier.json" in told_in_build(root, cache)
    report = root / "content/reports/a.md"
    report.write_text(report.read_text("utf-8") + "\nموجز.\n", "utf-8")
    assert told_in_build(root, cache) == set()
    report.write_text(report.read_text("utf-8").replace("تقرير a", "تقرير آخر"), "utf-8")
    told = told_in_build(root, cache)
    assert "/dossier.json" in told
    assert not {SOURCES_TABLE, "/relations.csv"} & told
    more = "  - {id: c2, text: قول, said: [{who: bank}], at: 1, mode: reported}\n---"
    report.write_text(report.read_text("utf-8").replace("\n---", f"\n{more}", 1), "utf-8")
    assert {"/dossier.json", "/claims.csv"} <= told_in_build(root, cache)


def test_related_reports_are_looked_for_once_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For its page and its line in dossier.json together, and not for the printed document."""
    looked: list[str] = []

    def look(site: LinkedDossier, report: str) -> tuple[Related, ...]:
        looked.append(report)
        return related(site, report)

    for module in (reports, exports):
        monkeypatch.setattr(module, "related", look)
    monkeypatch.setattr(forks, "MAX_PROCESSES", 1)
    write_all(tmp_path / "root")
    build(tmp_path / "root", tmp_path / "root/public", tmp_path / "kept")
    assert sorted(looked) == ["a", "b", "c"]


def test_after_one_word_only_pages_that_show_it_are_made(tmp_path: Path) -> None:
    root = tmp_path / "root"
    write_more(root)
    build(root, root / "public", tmp_path / "kept")
    before = {path: path.stat().st_ino for path in (root / "public").rglob("index.html")}
    report = root / "content/reports/r7.md"
    report.write_text(report.read_text("utf-8").replace("تقرير r7", "تقرير آخر"), "utf-8")
    made = made_in_build(root, tmp_path / "kept")
    assert "/reports/r7/" in made
    assert "/reports/r8/" not in made
    assert len(made) < 20, made
    written = {p.relative_to(root / "public").as_posix() for p, inode in before.items() if p.stat().st_ino != inode}
    assert "reports/r7/index.html" in written
    assert written <= {f"{address.lstrip('/')}index.html" for address in made}


def test_a_warm_index_equals_a_cold_one(tmp_path: Path) -> None:
    """In blocks of a few pages, with what is kept saved after every edit as of a large dossier."""
    root = tmp_path / "root"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "SMALL", 0)
        patch.setattr(keeping, "PART", 0)
        patch.setattr(blocks, "PAGES", 3)
        write_all(root)
        for brief in ("", "\nكلمة جديدة.\n", "\nوكلمة أخرى.\n"):
            report = root / "content/reports/a.md"
            report.write_text(report.read_text("utf-8") + brief, "utf-8")
            warm = build(root, root / "public", tmp_path / "kept", search=True)
            assert warm == build_cold(root, search=True)


@pytest.mark.parametrize("linked", [False, True], ids=["files of its own", "files that the site has too"])
def test_the_twin_is_believed_in_nothing(linked: bool, tmp_path: Path) -> None:
    """Whatever somebody did to the folder that the next build is filled in, the site is what a cold build writes."""
    root, twin = tmp_path / "root", tmp_path / "root/.public.twin"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "SMALL", 0)
        write_all(root)
        report, other = root / "content/reports/a.md", root / "content/reports/c.md"
        for number in range(3):
            report.write_text(report.read_text("utf-8") + f"\nموجز {number}.\n", "utf-8")
            build(root, root / "public", tmp_path / "kept")
        before = (root / "public/reports/b/index.html").stat().st_ino
        assert (twin / "reports/a/index.html").exists()
        (twin / "mine.txt").write_text("x")
        (twin / "reports/more").mkdir()
        (twin / "reports/a/index.html").unlink()
        (twin / "reports/a/index.html").symlink_to(tmp_path / "victim")
        (twin / "index.html").write_text("not ours")
        (twin / "actors").rename(twin / "persons")
        if linked:
            (twin / "reports/b/index.html").unlink()
            (twin / "reports/b/index.html").write_text("not ours")
        (tmp_path / "victim").write_text("dear")
        other.write_text(other.read_text("utf-8") + "\nوآخر.\n", "utf-8")
        assert build(root, root / "public", tmp_path / "kept") == build_cold(root)
    assert (
        (root / "public/reports/b/index.html").stat().st_ino == before
    ) is not linked  # it was filled in there, or begun anew
    assert not (root / "public/reports/more").exists()
    assert (tmp_path / "victim").read_text() == "dear"


def exported_in_build(root: Path, cache: Path) -> set[str]:
    """Build, and return the addresses of the exports that were made."""
    made: set[str] = set()

    def files(site: LinkedDossier, pages: Sequence[str]) -> dict[str, Callable[[], bytes]]:
        def note(address: str, make: Callable[[], bytes]) -> bytes:
            made.add(address)
            return make()

        return {address: partial(note, address, make) for address, make in exports.export_files(site, pages).items()}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(visits, "export_files", files)
        build(root, root / "public", cache)
    return made


def test_an_export_is_made_again_only_where_what_it_reads_changed_or_pages_came_or_went(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "NEWEST", 1)  # which is not report a
    root, cache = tmp_path / "root", tmp_path / "kept"
    write_all(root)
    settings_file = root / "content/dossier.yaml"
    settings_file.write_text(settings_file.read_text("utf-8") + "url: https://example.org/\n", "utf-8")
    assert {"/feed.xml", "/sitemap.xml", "/robots.txt"} <= exported_in_build(root, cache)
    report = root / "content/reports/a.md"
    report.write_text(report.read_text("utf-8") + "\nموجز.\n", "utf-8")
    assert exported_in_build(root, cache) == set()
    apply(Edit("content/reports/a2.md", plain_report("a2")), root)
    apply(Edit("seeds/a2.txt", "نص آخر.\n"), root)
    assert {"/feed.xml", "/sitemap.xml"} <= exported_in_build(root, cache)
