"""A build after which nothing changed is not done again; whatever changed, it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import run_build
from tests.site.test_cli import make_dossier


def age(folder: Path) -> None:
    """Make every file old enough for its times to be relied on."""
    for path in folder.rglob("*"):
        os.utime(path, ns=(10**18, 10**18), follow_symlinks=False)


def build(root: Path, *more: str) -> int:
    """Build and return the inode of the output folder, which is another after every real build."""
    done = run_build("--root", str(root), "--no-search", *more)
    assert done.returncode == 0, done.stderr
    assert "feed.xml" in done.stderr  # what it has to say it says every time
    return (root / "public").stat().st_ino


def contents(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def append(name: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        path = root / name
        path.write_bytes(path.read_bytes() + b"\n")

    return change


def test_nothing_changed(tmp_path: Path) -> None:
    age(make_dossier(tmp_path))
    first = build(tmp_path)
    assert build(tmp_path) == first
    path = tmp_path / "seeds/one.txt"
    path.write_bytes(path.read_bytes())
    assert build(tmp_path) == first, "the same bytes at another time are no change"


@pytest.mark.parametrize(
    "change",
    [
        append("seeds/one.txt"),
        append("public/index.html"),
        lambda root: (root / "seeds/two.txt").write_text("نص"),
        lambda root: (root / "content/reports/one.md").rename(root / "content/reports/two.md"),
        lambda root: (root / "public/index.html").unlink(),
        lambda root: shutil.rmtree(root / "public"),
    ],
)
def test_after_a_change_of_what_was_read_or_written_the_site_is_a_cold_builds(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    age(make_dossier(tmp_path))
    build(tmp_path)
    change(tmp_path)
    build(tmp_path)
    run_build("--root", str(tmp_path), "--no-search", "--out", str(tmp_path / "cold"))
    assert contents(tmp_path / "public") == contents(tmp_path / "cold")


def test_other_options_are_another_build(tmp_path: Path) -> None:
    age(make_dossier(tmp_path))
    first = build(tmp_path)
    run_build("--root", str(tmp_path), "--no-search", "--url", "https://a.example")
    assert (tmp_path / "public").stat().st_ino != first
    assert (tmp_path / "public/feed.xml").exists()
    build(tmp_path)
    assert not (tmp_path / "public/feed.xml").exists()
