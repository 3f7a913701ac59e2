"""What a run keeps: outside the dossier, of one key, whole to the last bit, or as good as none."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from dossier.engine import cache
from dossier.engine.cache import PLACE, Cache, cache_folder
from dossier.engine.memo import Memo
from dossier.errors import WrongUse


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier's folder, with a cache beside it."""
    monkeypatch.setenv(PLACE, str(tmp_path / "kept"))
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


def keep(root: Path, **steps: int) -> None:
    memo = Memo()
    for step, value in steps.items():
        memo.get(step.replace("_", "/"), "a", lambda value=value: value)  # type: ignore[misc]
    Cache(root).save(memo)


def kept(root: Path, step: str) -> int:
    return Cache(root).memo().get(step, "a", lambda: 0)


def test_what_is_kept_survives_and_lies_outside_the_dossier(root: Path) -> None:
    keep(root, one_x=1, one_y=2, two=3)
    assert [kept(root, step) for step in ("one/x", "one/y", "two")] == [1, 2, 3]
    assert sorted(path.name for path in cache_folder(root).iterdir()) == ["one", "two"]
    assert list(root.iterdir()) == []


def test_two_dossiers_and_one_by_two_names(root: Path, tmp_path: Path) -> None:
    keep(root, one=1)
    (tmp_path / "other").mkdir()
    (tmp_path / "link").symlink_to(root)
    assert (kept(tmp_path / "other", "one"), kept(tmp_path / "link", "one")) == (0, 1)


def test_steps_that_were_not_asked_for_stay_as_they_are(root: Path) -> None:
    keep(root, one=1, two=2)
    before = (cache_folder(root) / "one").stat()
    memo = Cache(root).memo()
    memo.get("two", "b", lambda: 3)
    Cache(root).save(memo)
    assert (kept(root, "one"), kept(root, "two")) == (1, 0)
    assert (cache_folder(root) / "one").stat() == before


def test_other_code_packages_or_python_is_another_key(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(root, one=1)
    site = root.parent / "site"
    (site / "jinja2-9.0.dist-info").mkdir(parents=True)
    cache.build_key.cache_clear()
    monkeypatch.syspath_prepend(str(site))
    try:
        assert kept(root, "one") == 0
    finally:
        monkeypatch.undo()
        cache.build_key.cache_clear()


def test_a_flipped_bit_anywhere_is_seen(root: Path) -> None:
    keep(root, one=1)
    path = cache_folder(root) / "one"
    whole = path.read_bytes()
    draw = random.Random(7)
    for _ in range(60):
        place = draw.randrange(8 * len(whole))
        path.write_bytes(whole[: place // 8] + bytes([whole[place // 8] ^ (1 << place % 8)]) + whole[place // 8 + 1 :])
        assert kept(root, "one") == 0
    for cut in (0, 10, len(whole) - 1):
        path.write_bytes(whole[:cut])
        assert kept(root, "one") == 0


def test_a_pickle_that_somebody_else_sealed_is_not_loaded(root: Path) -> None:
    folder = cache_folder(root)
    folder.mkdir(parents=True)
    evil = b"cos\nsystem\n(S'touch %s/ran'\ntR." % os.fsencode(root)
    for seal in (b"", b"0" * 64 + b" " + b"0" * 64 + b"\n"):
        (folder / "one").write_bytes(seal + evil)
        assert kept(root, "one") == 0
    assert not (root / "ran").exists()


def test_a_cache_inside_the_dossier_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "inside").mkdir()
    (root.parent / "link").symlink_to(root / "inside")
    for place in (root, root / "x/y", root.parent / "link"):
        monkeypatch.setenv(PLACE, str(place))
        with pytest.raises(WrongUse, match="inside the dossier"):
            Cache(root)


def test_half_files_of_runs_that_are_gone_are_cleared(root: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    folder = cache_folder(root)
    folder.mkdir(parents=True)
    (folder / f"one.{gone.pid}").write_bytes(b"half")
    (folder / f"one.{os.getppid()}").write_bytes(b"somebody is still writing")
    keep(root, one=1)
    assert sorted(path.name for path in folder.iterdir()) == sorted(["one", f"one.{os.getppid()}"])


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(root: Path) -> None:
    root.parent.joinpath("kept").write_text("no folder")
    keep(root, one=1)
    assert kept(root, "one") == 0
