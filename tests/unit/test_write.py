"""The output folder: replaced whole or not at all, and never where something else lies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from dossier.engine import write
from dossier.engine.manifest import file_of, write_manifest
from dossier.engine.places import OutputRefused
from dossier.engine.write import replacing
from dossier.errors import MachineError


def fill(out: Path, **files: str) -> None:
    with replacing(out) as staging:
        staging.write("/dossier.json", b"{}")
        for name, text in files.items():
            staging.write(f"/{name}/", text.encode())
        written = ("dossier.json", *(f"{name}/index.html" for name in files))
        staging.write("/manifest-sha256.txt", write_manifest(dict.fromkeys(written, "0" * 64)))


def test_an_address_that_ends_in_a_slash_is_an_index() -> None:
    assert file_of("/") == "index.html"
    assert file_of("/reports/a/") == "reports/a/index.html"
    assert file_of("/feed.xml") == "feed.xml"


def test_the_new_site_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    fill(tmp_path / "public", a="1", b="1")
    fill(tmp_path / "public", a="2")
    assert (tmp_path / "public/a/index.html").read_text() == "2"
    assert not (tmp_path / "public/b").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_build_that_fails_leaves_the_last_site(tmp_path: Path) -> None:
    fill(tmp_path / "public", a="1")
    with pytest.raises(RuntimeError), replacing(tmp_path / "public") as staging:
        staging.write("/a/", b"2")
        raise RuntimeError
    assert (tmp_path / "public/a/index.html").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_without_an_exchange_of_folders_the_site_is_replaced_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "_exchange", lambda new, out: False)
    fill(tmp_path / "public", a="1")
    fill(tmp_path / "public", a="2")
    assert (tmp_path / "public/a/index.html").read_text() == "2"
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_folder_that_is_no_built_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/chapter.txt").write_text("years of work")
    with pytest.raises(OutputRefused, match="something else"):
        fill(tmp_path / "thesis")
    assert (tmp_path / "thesis/chapter.txt").read_text() == "years of work"


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "public").symlink_to(tmp_path / "real")
    with pytest.raises(OutputRefused):
        fill(tmp_path / "public")


def test_a_second_build_into_the_same_folder_is_told_of_the_first(tmp_path: Path) -> None:
    with replacing(tmp_path / "public") as staging:
        staging.write("/dossier.json", b"{}")
        with pytest.raises(MachineError, match="another build"):
            fill(tmp_path / "public")
    assert (tmp_path / "public/dossier.json").exists()


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    fill(tmp_path / "public", a="1")
    code = f"""
        from pathlib import Path
        from dossier.engine.write import replacing
        with replacing(Path({str(tmp_path / "public")!r})) as staging:
            staging.write("/a/", b"2")
            print("ready", flush=True)
            input()
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, signal.SIGKILL)
    assert (tmp_path / "public/a/index.html").read_text() == "1"
    fill(tmp_path / "public", a="3")
    assert (tmp_path / "public/a/index.html").read_text() == "3"
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_site_moved_aside_by_a_killed_build_is_put_back(tmp_path: Path) -> None:
    fill(tmp_path / "public", a="1")
    (tmp_path / "public").rename(tmp_path / ".public.old")
    with pytest.raises(RuntimeError), replacing(tmp_path / "public"):
        raise RuntimeError
    assert (tmp_path / "public/a/index.html").read_text() == "1"
