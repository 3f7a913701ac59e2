"""Files of the kinds that desks have, made to cost much, to reach out, or to lie: each is answered within bounds."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator

import pytest

from dossier.articles import extraction
from dossier.articles.captures import Capture, read_capture, unpack
from dossier.articles.leads import find_leads
from dossier.articles.mentions import compile_names
from dossier.articles.source_text import UnreadableText, make_text
from tests.files import ARTICLE, archive, docx, drawn, mail, page, pdf, warc, words


@pytest.fixture(autouse=True)
def helper_of_its_own() -> Iterator[None]:
    yield
    for helper in extraction._helpers:
        helper.stop()


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableText) as refused:
        unpack("file", data) if data.startswith((b"WARC", b"\x1f\x8b")) else read_capture("file", data)
    assert refused.value.problem.hint
    return refused.value.problem.message


def test_a_document_that_unpacks_without_end_is_refused() -> None:
    assert "larger than 64 MB" in refusal(archive({"word/document.xml": b"\0" * (65 * 1024**2)}, packed=True))
    assert "packed as no document is" in refusal(archive({"word/document.xml": b"\0" * (16 * 1024**2)}, packed=True))


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    data = bytearray(docx(words(ARTICLE[0])))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        member = file.getinfo("word/document.xml")
        sizes = member.file_size.to_bytes(4, "little")
    at = data.rindex(sizes)
    data[at : at + 4] = (member.file_size // 2).to_bytes(4, "little")
    assert "archive is broken" in refusal(bytes(data)) or "reader failed" in refusal(bytes(data))


def test_entities_of_documents_and_feeds_are_not_expanded() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]>'
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for declared in (bomb, outside):
        assert "declares entities" in refusal(docx("", **{"word/document.xml": f"{declared}<a>&x;</a>"}))
        assert "declares entities" in refusal(
            f"<item><title>x</title>{declared}<description>&x;</description></item>".encode()
        )


def test_a_picture_outside_of_a_document_is_not_fetched() -> None:
    drawing = (
        '<w:p><w:r><w:drawing><a:blip xmlns:a="x" r:link="file:///etc/passwd" xmlns:r="y"/></w:drawing></w:r></w:p>'
    )
    assert read_capture("a", docx(drawing + words(ARTICLE[0]))).text == ARTICLE[0] + "\n"


def test_web_archives_that_unpack_without_end_are_refused() -> None:
    assert "packed as no archive is" in refusal(gzip.compress(b"WARC/1.0\r\n" + b"\0" * (300 * 1024**2), 1))
    assert "larger than 16 MB" in refusal(warc(("https://x.example/", b"x" * (17 * 1024**2))))
    zeros = gzip.compress(b"\0" * (17 * 1024**2))
    assert "larger than 16 MB" in refusal(warc(("https://x.example/", zeros), encoding="gzip"))


def test_archives_in_archives_are_not_followed() -> None:
    inner = archive({"datapackage.json": "{}", "archive/a.warc": warc(("https://x.example/", page()))})
    assert unpack("a.wacz", archive({"datapackage.json": "{}", "archive/a.wacz": inner})) == ()
    assert "records are broken" in refusal(archive({"datapackage.json": "{}", "archive/a.warc": inner}))


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        b"WARC/1.0\r\n" * 1000,
        b"WARC/9.9 \xff\xfe\0",
        gzip.compress(b"WARC/1.0\r\n")[:-6],
    ],
)
def test_broken_web_archives_are_answered(data: bytes) -> None:
    try:
        assert unpack("a.warc", data) == ()
    except UnreadableText as error:
        assert error.problem.hint


def test_a_mail_of_mails_in_mails_is_answered() -> None:
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(2_000))
    data = b"From: a@b\r\nSubject: x\r\nMIME-Version: 1.0\r\n" + nested
    assert "e-mail" in refusal(data)
    many = (
        b'From: a@b\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 5_000
    )
    assert "more than 1000 parts" in refusal(many)


@pytest.mark.parametrize("name", ["punycode", "unicode_escape", "zlib", "x" * 5_000])
def test_a_mail_in_no_encoding_is_read_as_utf_8(name: str) -> None:
    data = mail(ARTICLE[0]).replace(b"charset=utf-8", f"charset={name}".encode())
    assert read_capture("a.eml", data).text == ARTICLE[0] + "\n"


def test_json_without_a_bottom_is_answered() -> None:
    assert "is JSON" in refusal(b"[" * 1_000_000 + b'"a"')
    assert "JSON is broken" in refusal(b'{"messages": [' + b"[" * 1_000_000)
    script = '{"@type":"NewsArticle","articleBody":' + "[" * 100_000
    body = "".join(f"<p>{line}</p>" for line in ARTICLE)
    assert (
        ARTICLE[0] in read_capture("a.html", page(body, f'<script type="application/ld+json">{script}</script>')).text
    )


def test_chats_and_feeds_without_end_are_refused() -> None:
    messages = [{"type": "message", "date": "2019-06-12T10:00:00", "from": "a", "text": "x"}] * 5_001
    assert "more than 5,000 messages" in refusal(json.dumps({"name": "x", "messages": messages}).encode())
    with pytest.raises(UnreadableText, match="more than 500 items"):
        unpack("a.rss", b"<rss><channel>" + b"<item></item>" * 501 + b"</channel></rss>")


def test_a_pdf_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "more than 300 pages" in refusal(pdf([drawn("نص")] * 301))
    data = pdf([drawn("نص")])
    assert "PDF" in refusal(data[:200])
    circle = data.replace(b"/Parent 2 0 R", b"/Kids [2 0 R]")  # a page that is its own parent's child
    try:
        read_capture("a.pdf", circle)
    except UnreadableText as error:
        assert "PDF" in error.problem.message


@pytest.mark.parametrize(
    "text", ["1/1/1" * 200_000, "12/6/2019, 10:05 - " + "a" * 1_000_000, "00:00:01,000 --> " * 60_000, "<!--" * 250_000]
)
def test_texts_that_begin_like_a_kind_are_told_apart_quickly(text: str) -> None:
    try:
        read_capture("a.txt", text.encode())
    except UnreadableText as error:
        assert error.problem.hint


@pytest.mark.parametrize(
    "text", ["ب" * 1_000_000, 'سهم "ا" ' * 20_000, "\n«" * 100_000, "محمد علي " * 20_000, "ـ" * 100_000]
)
def test_leads_of_texts_that_are_none_are_sought_in_time(text: str) -> None:
    """Those that grew with the square of such a text took hours."""
    source = make_text("a.txt", "", text, noise=True)
    assert find_leads(Capture(text=text, encoding="UTF-8"), source, compile_names([])).dates == ()


def test_a_capture_names_no_file_outside(tmp_path: object) -> None:
    parts = unpack("a.warc", warc(("https://x.example/../../etc/passwd", page()), ("file:///etc/passwd", page())))
    assert parts is not None
    assert [part.name for part in parts] == ["1.html"]
