"""What a snapshot takes up, and when it reads a file again."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from dossier.engine import snapshot as module
from dossier.engine.snapshot import make_snapshot, snapshot

LONG_AGO = time.time_ns() - 3600 * 1_000_000_000


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def age(path: Path) -> None:
    """Makes a file look settled: its times of change cannot be set, so the clock's margin is taken away instead."""
    os.utime(path, ns=(LONG_AGO, LONG_AGO))


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as settled at once; what the margin is for has a test of its own."""
    monkeypatch.setattr(module, "RACY_NS", -60_000_000_000)


def test_inputs_are_read_in_order_of_path(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"seeds/b.txt": "ب", "content/dossier.yaml": "title: x", "templates/base.html": "", "seeds/a.txt": "أ"},
    )
    files = snapshot(tmp_path).files
    assert list(files) == ["content/dossier.yaml", "seeds/a.txt", "seeds/b.txt", "templates/base.html"]
    assert files["seeds/b.txt"].data == "ب".encode()
    assert files["seeds/b.txt"].sha256 == hashlib.sha256("ب".encode()).hexdigest()


def test_originals_backups_and_other_folders_are_left_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"seeds/originals/x.txt": "س", "seeds/.a.swp": "", "seeds/a.txt~": "", "content/#a.md#": "", "public/x": ""},
    )
    assert snapshot(tmp_path).files == {}


def test_a_root_without_anything_is_an_empty_snapshot(tmp_path: Path) -> None:
    assert snapshot(tmp_path) == make_snapshot({})
    assert snapshot(tmp_path / "nowhere", tmp_path / "nowhere") == make_snapshot({})


def test_originals_are_known_by_their_hash_wherever_they_lie(tmp_path: Path) -> None:
    write(tmp_path, {"one/deep/.hidden": "نص", "two.txt": "نص", "three": "آخر"})
    found = snapshot(tmp_path / "none", tmp_path).originals
    assert {digest: file.path for digest, file in found.items()} == {
        hashlib.sha256("نص".encode()).hexdigest(): "one/deep/.hidden",
        hashlib.sha256("آخر".encode()).hexdigest(): "three",
    }


def test_a_link_inside_the_dossier_is_followed(tmp_path: Path) -> None:
    write(tmp_path, {"seeds/a.txt": "نص", "shared/b.txt": "ب"})
    (tmp_path / "seeds/b.txt").symlink_to("a.txt")
    (tmp_path / "content").symlink_to("shared")
    taken = snapshot(tmp_path)
    assert taken.files["seeds/b.txt"].data == "نص".encode()
    assert taken.files["content/b.txt"].data == "ب".encode()
    assert taken.problems == ()


def test_a_root_that_is_a_link_is_read(tmp_path: Path) -> None:
    write(tmp_path / "real", {"seeds/a.txt": "نص"})
    (tmp_path / "link").symlink_to("real")
    assert list(snapshot(tmp_path / "link").files) == ["seeds/a.txt"]


def test_an_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, {"seeds/a.txt": "نص"})
    (tmp_path / "seeds/a.txt").chmod(0)
    if os.access(tmp_path / "seeds/a.txt", os.R_OK):
        pytest.skip("the superuser may read everything")
    assert [str(p) for p in snapshot(tmp_path).problems] == ["seeds/a.txt: the file cannot be read: permission denied"]


@pytest.mark.usefixtures("settled")
def test_an_unchanged_file_is_not_read_again(tmp_path: Path) -> None:
    write(tmp_path, {"seeds/a.txt": "نص"})
    first = snapshot(tmp_path, tmp_path / "seeds")
    second = snapshot(tmp_path, tmp_path / "seeds", previous=first)
    assert second.files["seeds/a.txt"] is first.files["seeds/a.txt"]
    assert next(iter(second.originals.values())) is next(iter(first.originals.values()))


@pytest.mark.usefixtures("settled")
def test_a_change_of_equal_length_is_seen(tmp_path: Path) -> None:
    write(tmp_path, {"seeds/a.txt": "one"})
    first = snapshot(tmp_path)
    time.sleep(0.02)
    write(tmp_path, {"seeds/a.txt": "two"})
    assert snapshot(tmp_path, previous=first).files["seeds/a.txt"].data == b"two"


@pytest.mark.usefixtures("settled")
def test_a_change_that_sets_the_time_back_is_seen(tmp_path: Path) -> None:
    write(tmp_path, {"seeds/a.txt": "one"})
    age(tmp_path / "seeds/a.txt")
    first = snapshot(tmp_path)
    time.sleep(0.02)
    write(tmp_path, {"seeds/a.txt": "two"})
    age(tmp_path / "seeds/a.txt")
    assert snapshot(tmp_path, previous=first).files["seeds/a.txt"].data == b"two"


@pytest.mark.usefixtures("settled")
def test_a_file_moved_over_another_is_seen(tmp_path: Path) -> None:
    write(tmp_path, {"seeds/a.txt": "one", "seeds/b.txt": "two"})
    age(tmp_path / "seeds/a.txt")
    age(tmp_path / "seeds/b.txt")
    first = snapshot(tmp_path)
    (tmp_path / "seeds/b.txt").rename(tmp_path / "seeds/a.txt")
    second = snapshot(tmp_path, previous=first)
    assert {path: file.data for path, file in second.files.items()} == {"seeds/a.txt": b"two"}


def test_a_file_changed_just_now_is_always_read_again(tmp_path: Path) -> None:
    write(tmp_path, {"seeds/a.txt": "one"})
    first = snapshot(tmp_path)
    assert first.files["seeds/a.txt"].stamp is None
    assert snapshot(tmp_path, previous=first).files["seeds/a.txt"] is not first.files["seeds/a.txt"]


def test_quick_successive_changes_are_all_seen(tmp_path: Path) -> None:
    taken = None
    for number in range(200):
        write(tmp_path, {"seeds/a.txt": f"{number:03}"})
        taken = snapshot(tmp_path, previous=taken)
        assert taken.files["seeds/a.txt"].data == f"{number:03}".encode()


def refreshed(folder: Path, paths: list[str]) -> module.Snapshot | None:
    before = snapshot(folder)
    write(folder, {path: "new" for path in paths if not path.startswith("-")})
    for path in paths:
        if path.startswith("-"):
            (folder / path[1:]).unlink()
    return module.refresh(before, folder, [path.lstrip("-") for path in paths])


def test_some_files_are_read_anew_as_a_walk_would(tmp_path: Path) -> None:
    write(tmp_path, {"seeds/b.txt": "ب", "content/dossier.yaml": "title: x", "seeds/c.txt": "ج"})
    found = refreshed(tmp_path, ["seeds/a.txt", "seeds/b.txt", "-seeds/c.txt", "notes.txt", "seeds/.a.swp"])
    assert found == snapshot(tmp_path)
    assert found and list(found.files) == ["content/dossier.yaml", "seeds/a.txt", "seeds/b.txt"]


def test_what_single_files_cannot_tell_needs_a_walk(tmp_path: Path) -> None:
    write(tmp_path, {"seeds/sub/b.txt": "ب", "seeds/a.txt": "أ"})
    before = snapshot(tmp_path)
    (tmp_path / "seeds/sub").rename(tmp_path / "seeds/other")
    for path in ("seeds/sub", "seeds/other", "seeds/originals/a.html"):
        assert module.refresh(before, tmp_path, [path]) is None, path
    (tmp_path / "seeds/link.txt").symlink_to("a.txt")
    assert module.refresh(before, tmp_path, ["seeds/link.txt"]) is None
    assert module.refresh(snapshot(tmp_path), tmp_path, ["seeds/a.txt"]) is None
