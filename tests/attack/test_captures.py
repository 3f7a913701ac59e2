"""Saved pages from anywhere cost a bounded time and memory, and are read in no encoding but the web's."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator

import pytest

from dossier.articles import captures, extraction
from dossier.articles.article import Article
from dossier.articles.captures import read_capture
from dossier.articles.extraction import TooCostly, read_apart
from dossier.articles.source_text import UnreadableText
from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot

from . import FILES

PARAGRAPH = "<p>أعلنت بلدية المرفأ أن السوق القديم سيفتح أبوابه في الصيف بعد ترميم دام ثلاث سنوات كاملة.</p>"
PAGE = "<!doctype html><html><head><title>السوق</title></head><body><article>{}</article></body></html>"


def read_page(body: str) -> Article:
    return read_apart("pages:read", PAGE.format(body).encode())


@pytest.fixture(autouse=True)
def helper_of_its_own() -> Iterator[None]:
    """A helper with the limits of the test."""
    for helper in extraction._helpers:
        helper.stop()
    yield
    for helper in extraction._helpers:
        helper.stop()


@pytest.mark.long
def test_a_page_that_takes_too_long_is_ended_and_the_next_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "MAX_SECONDS", 1)
    costly = "<p>نص</p>" * 100_000  # ten times the limit: 30,000 end in time on a fast machine
    with pytest.raises(UnreadableText, match=r"the page cannot be read: it took more than 1 s .*as UTF-8 instead"):
        read_capture("a.html", PAGE.format(PARAGRAPH * 5 + costly).encode())
    assert "ترميم" in read_capture("b.html", PAGE.format(PARAGRAPH * 5).encode()).text


@pytest.mark.long
def test_a_page_that_takes_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "MAX_MEMORY", 300 * 1024**2)
    with pytest.raises(UnreadableText, match=r"the page cannot be read|no article"):  # the library keeps some to itself
        read_capture("a.html", PAGE.format("<p>ن</p>" * 700_000).encode())


def test_the_reader_has_limits() -> None:
    assert read_page(PARAGRAPH * 5).text
    reader = extraction._helpers[0]._process.pid
    assert resource.prlimit(reader, resource.RLIMIT_AS) == (extraction.MAX_MEMORY, extraction.MAX_MEMORY)
    assert resource.prlimit(reader, resource.RLIMIT_CORE) == (0, 0)
    assert 0 < resource.prlimit(reader, resource.RLIMIT_CPU)[0] <= 3 * extraction.MAX_SECONDS


def test_what_a_reader_prints_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    prints = "pages.read = lambda data, read=pages.read: (print(chr(0) * 8, end='', flush=True), read(data))[1]"
    noisy = extraction._BEGIN.replace("; answer", f"; from dossier.articles.kinds import pages; {prints}; answer")
    monkeypatch.setattr(extraction, "_BEGIN", noisy.replace("{prints}", prints))
    assert read_page(PARAGRAPH * 5).text


@pytest.mark.parametrize("letter", ["x", "ن"])
def test_a_page_without_end_is_refused_unread(letter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures, "MAX_PAGE", 10_000)
    room = 10_000 - len(PAGE.format(PARAGRAPH * 5))
    assert read_capture("a.html", PAGE.format(PARAGRAPH * 5 + letter * room).encode()).text
    with pytest.raises(UnreadableText, match="longer than 10,000 characters"):
        read_capture("a.html", PAGE.format(PARAGRAPH * 5 + letter * (room + 1)).encode())


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_page(PARAGRAPH * 5).text
    [helper] = extraction._helpers
    os.kill(helper._process.pid, signal.SIGSTOP)
    monkeypatch.setattr(extraction, "PATIENCE", 0.2)
    with pytest.raises(TooCostly, match="it took too long"):
        read_page(PARAGRAPH)


def test_a_reader_that_was_killed_is_begun_again() -> None:
    assert read_page(PARAGRAPH * 5).text
    extraction._helpers[0]._process.kill()
    extraction._helpers[0]._process.wait()
    assert read_page(PARAGRAPH * 5).text


@pytest.mark.parametrize("size", [1_000, pytest.param(1_000_000, marks=pytest.mark.long)])
@pytest.mark.parametrize(
    "piece", ["<![CDATA[ن]]>", "<!--", "<!", "&amp;", "<div>", "<a href=x>", "<b><i>", "</p>", "<p ن=ن>", "<svg><p>"]
)  # fmt: skip
def test_hostile_markup_is_answered(piece: str, size: int) -> None:
    text = PAGE.format(PARAGRAPH * 3 + piece * (size // len(piece)))
    try:
        assert read_capture("a.html", text.encode()).text
    except UnreadableText as error:
        assert "this page" in str(error.problem) or "the page cannot be read" in str(error.problem)


NO_WEB = (
    "punycode",
    "idna",
    "unicode_escape",
    "raw_unicode_escape",
    "utf_7",
    "rot13",
    "zlib",
    "hex",
    "cp037",
    "undefined",
)


@pytest.mark.parametrize("name", NO_WEB)
def test_encodings_that_are_none_of_the_webs_are_not_used(name: str) -> None:
    page = f'<html><meta charset="{name}">'.encode() + "قيل \\u0041".encode("cp1256")
    assert captures._declared(page) is None


@pytest.mark.parametrize("name", ["windows-1256", "iso-8859-6", "ISO-8859-1", "gb2312", "macintosh", "x-cp1256x"])
def test_encodings_of_the_web_are_used_where_the_bytes_keep_to_them(name: str) -> None:
    page = f'<html><meta charset="{name}">'.encode() + b"abc"
    assert (captures._declared(page) is None) == (name == "x-cp1256x")


def test_what_the_page_prints_or_what_python_looks_for_does_not_reach_the_reader(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "trafilatura.py").write_text("raise SystemExit('ran')")
    (folder / "sitecustomize.py").write_text(f"open({str(folder / 'ran')!r}, 'w')")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setattr("sys.path", ["", ".", *__import__("sys").path])
    assert read_page(PARAGRAPH * 5).text
    assert not (folder / "ran").exists()


def test_aliases_by_the_hundred_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty actors with two hundred aliases each, over a text that names them all."""
    files = dict(FILES)
    for number in range(40):
        aliases = ", ".join(f"اسم {number} {alias}" for alias in range(200))
        files[f"content/actors/a{number}.md"] = f"---\nname: فلان {number}\nkind: person\naliases: [{aliases}]\n---\n"
    files["seeds/a.txt"] = "\n\n".join(f"وصل علي واسم {n} {m} ثم مضى." for n in range(40) for m in range(0, 200, 20))
    site = compose(make_snapshot(files), Memo()).site
    assert all(site.actors[f"a{number}"].mentions for number in range(40))
