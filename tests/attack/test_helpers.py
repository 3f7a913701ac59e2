"""Programs that a build calls, failing in every way: each has its own sentence, and none is waited for without end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest

from dossier.engine.temporary import temporary_folder
from dossier.errors import MachineError
from dossier.search import Passage, SearchDocument, pagefind
from dossier.search.apart import Indexer
from dossier.search.documents import Corpus
from dossier.search.pagefind import index_block

PAGES = [["x0", "x1"]]
FAILING = (
    ("hangs", "exec sleep 600", "did not come to an end within"),
    ("is killed", "kill -9 $$", "was ended by signal 9"),
    ("says why", "echo no room >&2; exit 3", r"failed \(3\): 'no room'"),
    ("says what is no text", r"printf '\377\376' >&2; exit 1", r"failed \(1\)"),
    ("says a megabyte", "yes no | head -c 1000000 >&2; exit 1", r"failed \(1\)"),
    ("writes nothing", "exit 0", "wrote no index that can be read"),
    (
        "writes nonsense",
        "mkdir pagefind; echo x > pagefind/pagefind.a.pf_meta; exit 0",
        "wrote no index that can be read",
    ),
    (
        "writes packed nonsense",
        "mkdir pagefind; echo x | gzip > pagefind/pagefind.a.pf_meta; exit 0",
        "wrote no index that can be read",
    ),
    (
        "writes broken fragments",
        "mkdir pagefind; echo x | gzip > pagefind/a.pf_fragment; exit 0",
        "wrote no index that can be read",
    ),
)


@pytest.mark.parametrize(("script", "said"), [case[1:] for case in FAILING], ids=[case[0] for case in FAILING])
def test_each_way_in_which_pagefind_fails_has_its_sentence(
    script: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binary = tmp_path / "pagefind"
    binary.write_text(f"#!/bin/sh\n{script}\n")
    binary.chmod(0o755)
    monkeypatch.setattr(pagefind, "_binary", lambda: binary)
    monkeypatch.setattr(pagefind, "DEADLINE", 0.5 if "sleep" in script else 120.0)
    monkeypatch.setattr(pagefind, "DEADLINE_A_PAGE", 0.0)
    with pytest.raises(MachineError, match=said) as caught:
        index_block(PAGES)
    assert len(str(caught.value)) < 1000
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(("mode", "said"), [(0o644, "permission denied"), (0o755, "exec format error")])
def test_a_binary_that_is_none_has_a_sentence(
    mode: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pagefind").write_bytes(b"\x7fELF and no more")
    (tmp_path / "pagefind").chmod(mode)
    monkeypatch.setattr(pagefind, "_binary", lambda: tmp_path / "pagefind")
    with pytest.raises(MachineError, match=said):
        index_block(PAGES)


def test_a_missing_binary_has_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MachineError, match="Pagefind is missing"):
        index_block(PAGES)


@pytest.mark.parametrize("place", ["the current folder", "the environment"])
def test_pagefind_takes_no_settings_from_around_it(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = index_block(PAGES)
    monkeypatch.chdir(tmp_path)
    if place == "the environment":
        monkeypatch.setenv("PAGEFIND_ROOT_SELECTOR", "nav")
    else:
        (tmp_path / "pagefind.toml").write_text('root_selector = "nav"\n')
    assert index_block(PAGES) == expected


def test_what_python_looks_for_does_not_reach_the_indexing_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cbor2.py").write_text("raise SystemExit('ran')")
    (tmp_path / "sitecustomize.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("sys.path", ["", ".", *sys.path])
    page = SearchDocument(url="/a/", kind="page", title="ميناء", passages=(Passage(anchor="p1", text="رصيف قديم"),))
    assert Indexer().index(Corpus(documents=(page,), synonyms=(), labels={}))
    assert not (tmp_path / "ran").exists()


def test_a_folder_of_another_user_is_not_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "dossier-index-theirs").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with temporary_folder("index"):
        assert (tmp_path / "dossier-index-theirs").exists()


def test_the_folder_of_a_killed_run_is_cleared_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = """
        from dossier.engine.temporary import temporary_folder
        with temporary_folder("index") as folder:
            (folder / "a").mkdir()
            print("ready", flush=True)
            input()
    """
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.getcwd()}
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        [left] = tmp_path.iterdir()
        with temporary_folder("index"):
            assert left.exists()  # it is in use
        process.send_signal(signal.SIGKILL)
        process.wait()
    (tmp_path / "dossier-index-link").symlink_to(Path.home())
    with temporary_folder("index") as mine:
        assert sorted(tmp_path.iterdir()) == sorted([mine, tmp_path / "dossier-index-link"])
    assert [path.name for path in tmp_path.iterdir()] == ["dossier-index-link"]
