"""Search is indexed in a process apart: the same files, errors told, nothing left behind, and no fork beside threads."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Hashable
from pathlib import Path

import pytest

from dossier.commands.pipeline import compose, corpus_of, search_files
from dossier.commands.serve.inputs import read_inputs
from dossier.commands.serve.last_good import LastGood
from dossier.commands.serve.preview import Preview
from dossier.engine.memo import Memo
from dossier.errors import MachineError
from dossier.search import Passage, SearchDocument, apart
from dossier.search.apart import Indexer, IndexingEnded
from dossier.search.build import build_index
from dossier.search.documents import Corpus
from tests.conftest import ROOT

from .edits import write_all

PAGE = SearchDocument(url="/a/", kind="page", title="ميناء", passages=(Passage(anchor="p1", text="رصيف قديم"),))
CORPUS = Corpus(documents=(PAGE,), synonyms=(), labels={})


def has_ended(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def wait_for_the_end(process: int) -> None:
    while not has_ended(process):
        time.sleep(0.01)


def test_the_files_are_those_of_an_index_made_here() -> None:
    assert Indexer().index(CORPUS) == build_index(CORPUS.documents, CORPUS.synonyms, CORPUS.labels)


def test_an_error_is_raised_here_as_it_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    without = "import sys; sys.modules.update(pagefind_bin=None, pagefind=None); "
    monkeypatch.setattr(apart, "_BEGIN", without + apart._BEGIN)
    with pytest.raises(MachineError, match="--no-search"):
        Indexer().index(CORPUS)


def test_a_fault_comes_with_its_traceback() -> None:
    broken = Corpus(documents=(None,), synonyms=(), labels={})  # type: ignore[arg-type]  # which is the fault
    with pytest.raises(IndexingEnded, match=r"(?s)build_index.*AttributeError"):
        Indexer().index(broken)


def test_what_is_stopped_ends_and_begins_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_BEGIN", "import time; time.sleep(600) # {path}")
    indexer = Indexer()
    ended: list[BaseException] = []

    def index() -> None:
        with pytest.raises(IndexingEnded) as found:
            indexer.index(CORPUS)
        ended.append(found.value)

    thread = threading.Thread(target=index)
    thread.start()
    while indexer._process is None and thread.is_alive():
        time.sleep(0.01)
    assert indexer._process
    process = indexer._process.pid
    indexer.stop()
    thread.join()
    assert len(ended) == 1
    assert has_ended(process)
    with pytest.raises(IndexingEnded):
        indexer.index(CORPUS)


def test_it_ends_in_order_while_the_other_still_holds_its_standard_input() -> None:
    begin = apart._BEGIN.format(path=[str(ROOT), *sys.path])
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-I", "-c", begin], stdin=pipe, stdout=pipe, stderr=pipe, cwd="/", start_new_session=True
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        pickle.dump(CORPUS, process.stdin)
        process.stdin.flush()
        assert pickle.loads(process.stdout.read())
        assert (process.wait(), process.stderr.read()) == (0, b"")


BESIDE = """
import sys, dossier.search.apart as apart
from dossier.search.documents import Corpus
apart._BEGIN = apart._BEGIN.replace("answer_request()", "import dossier.search.apart as a, os, time; "
    "a.build_index = lambda *_: (os.write(2, b'%d\\\\n' % os.getpid()), time.sleep(600)); a.answer_request()")
apart.Indexer().index(Corpus(documents=(), synonyms=(), labels={{}}))
"""


def test_it_ends_with_the_process_that_wants_it() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BESIDE.replace("{{}}", "{}")], cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as beside:
        assert beside.stderr
        process = int(beside.stderr.readline())
        assert not has_ended(process)
        beside.send_signal(signal.SIGKILL)
        wait_for_the_end(process)


def test_a_preview_indexes_without_a_fork_and_once_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a fork beside threads"))
    write_all(tmp_path)
    inputs = read_inputs(tmp_path)
    last_good = LastGood(Memo())
    assert last_good.take(inputs) and last_good.built
    preview = Preview(tmp_path, last_good, inputs, show=lambda _: None, tell=lambda _: None)
    made = preview._index(last_good.built.site)
    assert made == search_files(compose(inputs.snapshot, Memo()).site, Memo())
    monkeypatch.setattr(Indexer, "index", lambda *_: pytest.fail("the same is indexed twice"))
    assert preview._index(last_good.built.site) is made
    assert list(preview.results()["search"].values()) == [made]


def test_what_is_on_the_disk_is_not_kept_again(tmp_path: Path) -> None:
    write_all(tmp_path)
    inputs = read_inputs(tmp_path)
    first = LastGood(Memo())
    assert first.take(inputs) and first.built
    site = first.built.site
    index: dict[Hashable, object] = {"key": {"/pagefind/x": b""}}
    assert first.kept()
    second = LastGood(Memo({**first.kept(), "search": index}))
    assert second.take(inputs)
    assert Preview(tmp_path, second, inputs, show=lambda _: None, tell=lambda _: None).results() == {}
    assert corpus_of(site) == corpus_of(second.built.site)  # type: ignore[union-attr]  # it was taken up
