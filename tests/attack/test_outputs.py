"""Where a build writes: never through a link, never over another hand's files, and nothing is left by a run that was ended."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.commands.build import build_archive, build_one_file, build_site
from dossier.commands.new import begin_entry
from dossier.commands.unchanged import Order
from dossier.engine import places, write
from dossier.engine.manifest import write_manifest
from dossier.engine.write import replacing, replacing_file
from dossier.errors import MachineError, WrongUse

from . import state_of, write_dossier

Spoil = Callable[[Path, Path], None]  # the dossier's root, and a folder outside whose files must stay


def build(root: Path, out: Path | None = None) -> None:
    build_site(Order(root=root, out=out or root / "public", originals=None, url=None, search=False), lambda _: None)


def archive(root: Path, out: Path | None = None) -> None:
    build_archive(Order(root=root, out=out or root / "dist/dossier.zip"), lambda _: None, moment=0)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_dossier(tmp_path / "root")


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    folder = tmp_path / "victim"
    folder.mkdir()
    (folder / "thesis.docx").write_text("years of work")
    (folder / "dossier.json").write_text("{}")
    return folder


def fifo(name: str) -> Spoil:
    def make(root: Path, victim: Path) -> None:
        (root / name).parent.mkdir(exist_ok=True)
        os.mkfifo(root / name)

    make.__name__ = f"a pipe as {name}"
    return make


def link(name: str, target: str) -> Spoil:
    def make(root: Path, victim: Path) -> None:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).symlink_to(victim / target)

    make.__name__ = f"{name} as a link to {target or 'a folder'}"
    return make


def foreign_public(root: Path, victim: Path) -> None:
    shutil.copytree(victim, root / "public")


def empty_manifest(root: Path, victim: Path) -> None:
    shutil.copytree(victim, root / "public")
    (root / "public/manifest-sha256.txt").write_text("")


def broken_manifest(root: Path, victim: Path) -> None:
    shutil.copytree(victim, root / "public")
    (root / "public/manifest-sha256.txt").write_bytes(b"\xff" * 100)


def foreign_manifest(root: Path, victim: Path) -> None:
    """A folder of somebody who keeps digests of all that is in it."""
    (root / "public").mkdir()
    shutil.copy(victim / "thesis.docx", root / "public")
    (root / "public/manifest-sha256.txt").write_bytes(write_manifest({"thesis.docx": "0" * 64}))


def linked_manifest(root: Path, victim: Path) -> None:
    """A folder that holds nothing but what a site of ours lists as well."""
    build(root, root.parent / "other")
    (root / "public").mkdir()
    shutil.copy(victim / "thesis.docx", root / "public/index.html")
    (root / "public/manifest-sha256.txt").symlink_to(root.parent / "other/manifest-sha256.txt")


def public_as_a_link_to_a_site(root: Path, victim: Path) -> None:
    build(root, victim / "site")
    (root / "public").symlink_to(victim / "site")


def a_file_more(root: Path, victim: Path) -> None:
    build(root)
    shutil.copy(victim / "thesis.docx", root / "public")


def a_link_more(root: Path, victim: Path) -> None:
    build(root)
    (root / "public/reports/mine").symlink_to(victim)


def a_repository_more(root: Path, victim: Path) -> None:
    build(root)
    (root / "public/.git").mkdir()
    (root / "public/.git/HEAD").write_text("ref: refs/heads/pages\n")


def public_as_a_file(root: Path, victim: Path) -> None:
    (root / "public").write_text("x")


BUILDS: tuple[Spoil, ...] = (
    link(".public.lock", "thesis.docx"),
    link(".public.lock", "nothing"),
    fifo(".public.lock"),
    link(".public.new", ""),
    fifo(".public.new"),
    link(".public.old", ""),
    fifo(".public.old"),
    link(".public.twin", ""),
    fifo(".public.twin"),
    link("public", ""),
    public_as_a_link_to_a_site,
    fifo("public"),
    foreign_public,
    foreign_manifest,
    empty_manifest,
    broken_manifest,
    linked_manifest,
    a_file_more,
    a_link_more,
    a_repository_more,
    public_as_a_file,
)


@pytest.mark.parametrize("spoil", BUILDS, ids=lambda spoil: spoil.__name__)
def test_a_build_refuses_what_is_not_its_own(spoil: Spoil, root: Path, victim: Path) -> None:
    spoil(root, victim)
    before, kept = state_of(victim), state_of(root)
    with pytest.raises(WrongUse):
        build(root)
    assert state_of(victim) == before
    assert state_of(root) == kept


def foreign_zip(root: Path, victim: Path) -> None:
    (root / "dist").mkdir()
    with zipfile.ZipFile(root / "dist/dossier.zip", "w") as file:
        file.writestr("[Content_Types].xml", "x")


def foreign_digest(root: Path, victim: Path) -> None:
    (root / "dist").mkdir()
    (root / "dist/dossier.zip.sha256").write_text("notes of mine\n")


def foreign_signature(root: Path, victim: Path) -> None:
    (root / "dist").mkdir()
    (root / "dist/dossier.zip.minisig").write_text("notes of mine\n")


def foreign_token(root: Path, victim: Path) -> None:
    (root / "dist").mkdir()
    (root / "dist/dossier.zip.minisig.tsr").write_text("notes of mine\n")


def folder_in_its_place(root: Path, victim: Path) -> None:
    (root / "dist/dossier.zip/mine").mkdir(parents=True)


ARCHIVES: tuple[Spoil, ...] = (
    link("dist", ""),
    fifo("dist"),
    link("dist/dossier.zip", "thesis.docx"),
    fifo("dist/dossier.zip"),
    link("dist/.dossier.zip.lock", "thesis.docx"),
    fifo("dist/.dossier.zip.lock"),
    link("dist/.dossier.zip.new", "thesis.docx"),
    fifo("dist/.dossier.zip.new"),
    link("dist/dossier.zip.sha256", "thesis.docx"),
    link("dist/.dossier.zip.sha256.new", "thesis.docx"),
    fifo("dist/.dossier.zip.sha256.lock"),
    foreign_zip,
    foreign_digest,
    foreign_signature,
    foreign_token,
    folder_in_its_place,
)


@pytest.mark.parametrize("spoil", ARCHIVES, ids=lambda spoil: spoil.__name__)
def test_an_archive_replaces_only_an_archive(spoil: Spoil, root: Path, victim: Path) -> None:
    spoil(root, victim)
    before, kept = state_of(victim), state_of(root)
    with pytest.raises((WrongUse, MachineError)):
        archive(root)
    assert state_of(victim) == before
    assert state_of(root) == kept


def test_an_archive_named_like_a_thesis_leaves_the_thesis(root: Path, victim: Path) -> None:
    with pytest.raises(WrongUse, match="is something else and would be lost"):
        archive(root, victim / "thesis.docx")
    assert (victim / "thesis.docx").read_text() == "years of work"


def test_one_file_named_like_a_thesis_leaves_the_thesis(root: Path, victim: Path) -> None:
    with pytest.raises(WrongUse, match="is something else and would be lost"):
        build_one_file(Order(root=root, out=victim / "thesis.docx"), lambda _: None)
    assert (victim / "thesis.docx").read_text() == "years of work"


@pytest.mark.parametrize("out", ["content", "content/x", "seeds/x", "templates", "templates/a/b", "."])
def test_an_output_among_the_inputs_is_refused(out: str, root: Path) -> None:
    before = state_of(root)
    with pytest.raises(WrongUse):
        build(root, root / out)
    with pytest.raises(WrongUse):
        archive(root, root / out / "a.zip") if out != "." else archive(root, root)
    assert state_of(root) == before


@pytest.mark.parametrize("out", [".", ".."])
def test_an_output_around_the_dossier_is_refused(out: str, root: Path) -> None:
    with pytest.raises(WrongUse, match="holds the dossier itself"):
        build(root, root / out)


def test_a_lock_that_becomes_a_link_is_not_followed(root: Path, victim: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is quick, and puts the link there after it was looked what is there."""

    def look(path: Path, is_kind: object) -> bool:
        path.symlink_to(victim / "new")
        return False

    monkeypatch.setattr(places, "refuse_unless", look)
    before = state_of(victim)
    with pytest.raises(MachineError):
        build(root)
    assert state_of(victim) == before


def test_a_lock_with_a_second_name_is_not_emptied(root: Path, victim: Path) -> None:
    (root / ".public.lock").hardlink_to(victim / "thesis.docx")
    build(root)
    assert (victim / "thesis.docx").read_text() == "years of work"


def test_the_half_archive_of_a_killed_run_is_cleared_by_the_next(root: Path) -> None:
    (root / "dist").mkdir()
    for name in (".dossier.zip.new", ".dossier.zip.sha256.new"):
        (root / "dist" / name).write_text("half")
    archive(root)
    assert sorted(path.name for path in (root / "dist").iterdir()) == ["dossier.zip", "dossier.zip.sha256"]


@pytest.mark.parametrize(("moment", "date"), [(0, (1980, 1, 1)), (999_999_999_999, (2107, 12, 31))])
def test_a_moment_that_no_zip_can_name_is_the_nearest_that_it_can(
    moment: int, date: tuple[int, int, int], root: Path
) -> None:
    """The time of a commit may be any that its maker wrote."""
    out = root / "dist/dossier.zip"
    build_archive(Order(root=root, out=out), lambda _: None, moment=moment)
    with zipfile.ZipFile(out) as file:
        assert {entry.date_time[:3] for entry in file.infolist()} == {date}


def test_a_folder_of_ours_and_an_empty_one_are_replaced(root: Path) -> None:
    (root / "public").mkdir()
    build(root)
    (root / "public/.DS_Store").write_bytes(b"x")
    (root / "public/reports/a/index.html").write_text("edited in the wrong place")
    build(root)
    assert "edited" not in (root / "public/reports/a/index.html").read_text()
    archive(root)
    archive(root)
    assert sorted(path.name for path in (root / "dist").iterdir()) == ["dossier.zip", "dossier.zip.sha256"]


def test_a_file_that_came_during_the_build_is_not_lost(root: Path) -> None:
    build(root)
    with pytest.raises(WrongUse, match="no build wrote"), replacing(root / "public") as staging:
        staging.write("/dossier.json", b"{}")
        (root / "public/mine.txt").write_text("x")
    assert (root / "public/mine.txt").read_text() == "x"


def test_new_entries_are_not_written_through_a_link(root: Path, victim: Path) -> None:
    (root / "content/events").symlink_to(victim)
    before = state_of(victim)
    with pytest.raises(WrongUse, match="leads out of the dossier"):
        begin_entry(root, "event", "one", today="2026-01-01")
    assert state_of(victim) == before


def recorded(steps: list[str], name: str, work: Callable[..., None]) -> Callable[..., None]:
    def step(*paths: Path) -> None:
        steps.append(name)
        work(*paths)

    return step


def test_files_are_on_the_disk_before_the_swap_and_the_name_after(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(root)
    steps: list[str] = []
    for name in ("flush", "_swap", "flush_entry"):
        monkeypatch.setattr(write, name, recorded(steps, name, getattr(write, name)))
    build(root)
    assert steps == ["flush", "_swap", "flush_entry"]


def test_an_archive_never_stands_beside_the_digest_of_another(tmp_path: Path) -> None:
    out, digest = tmp_path / "a.zip", tmp_path / "a.zip.sha256"
    out.write_bytes(b"")
    digest.write_text("of the last")
    with replacing_file(out, lambda _: True, stale=(digest,)) as file:
        file.write(b"new")
        assert digest.exists()
    assert not digest.exists()


@pytest.mark.parametrize("name", ["x" * 300, "x" * 252])
def test_a_name_too_long_is_a_sentence(name: str, root: Path) -> None:
    with pytest.raises(MachineError, match="too long"):
        build(root, root / name)
    with pytest.raises(MachineError, match="too long"):
        archive(root, root / name)
