"""Captured files read as they come: encodings told apart, articles taken out of pages."""

from __future__ import annotations

import pytest

from dossier.articles.captures import read_capture, read_original
from dossier.articles.source_text import UnreadableText
from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot

TEXT = "أعلنت بلدية المرفأ أن السوق القديم سيفتح أبوابه في الصيف.\r\n\r\nوقال رئيسها إن العمل انتهى."
PAGE = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}"><title>السوق القديم يفتح | جريدة المرفأ</title>
<meta property="og:title" content="السوق القديم يفتح أبوابه"><link rel="canonical" href="https://marfa.example/souq">
</head><body><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/s">رياضة</a></li></ul></nav>
<article><h1>السوق القديم يفتح أبوابه</h1>
<p>أعلنت بلدية المرفأ أن السوق القديم سيفتح أبوابه في الصيف بعد ترميم دام ثلاث سنوات وشارك فيه عمال من المدينة.</p>
<p>وقال رئيس البلدية إن الدكاكين ستعود إلى أصحابها بالإيجار القديم نفسه، وإن الافتتاح سيكون يوم الخميس المقبل.</p>
</article><footer>جميع الحقوق محفوظة لجريدة المرفأ</footer></body></html>"""


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1256", "Windows-1256"),
        ("iso8859_6", "ISO 8859-6"),
    ],
)
def test_text_is_read_in_the_encoding_it_was_saved_in(codec: str, name: str) -> None:
    capture = read_capture("a.txt", TEXT.encode(codec))
    assert (capture.text, capture.encoding, capture.kind) == (TEXT, name, "text")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1256"])
def test_the_article_is_taken_out_of_a_page(codec: str) -> None:
    capture = read_capture("a.html", PAGE.replace("{charset}", codec).encode(codec))
    assert capture.kind == "an HTML page"
    assert capture.headline == "السوق القديم يفتح أبوابه"
    assert capture.url == "https://marfa.example/souq"
    assert "ترميم دام ثلاث سنوات" in capture.text
    assert "\n\nوقال رئيس البلدية" in capture.text
    assert "الرئيسية" not in capture.text
    assert "<" not in capture.text


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("", None),
        ('<time datetime="2018-07-02">الاثنين</time>', "2018-07-02"),
        ('<meta name="date" content="2018-07-02">', "2018-07-02"),
    ],
)
def test_a_page_is_dated_by_what_it_says_of_itself_and_not_by_years_that_stand_on_it(
    said: str, published: str | None
) -> None:
    page = PAGE.replace("{charset}", "utf-8").replace("<footer>", f"{said}<footer>© 2017 ")
    assert read_capture("a.html", page.encode()).published == published


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7 ...", "the file is a PDF"),
        (b"PK\x03\x04 word/document.xml", "a Word document (DOCX) and cannot be read: its archive is broken"),
        (b"From: x\r\nContent-Type: multipart/related;\r\n", "MHTML"),
        ("نص\0آخر".encode(), "NUL"),
        ((TEXT * 5).encode().replace("السوق".encode(), b"\xd8\xff", 1), "broken places"),
        (bytes(range(128, 256)) * 3, "no text in an encoding"),
        (b"\xff\xfe\x00", "begins as UTF-16"),
        (b"<html><body></body></html>", "no article"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableText) as refused:
        read_capture("a.txt", data)
    assert message in refused.value.problem.message
    assert refused.value.problem.hint


@pytest.mark.parametrize("data", [TEXT.encode("cp1256"), TEXT.encode("utf-16"), PAGE.encode()])
def test_an_original_is_taken_up_in_pages_whatever_its_encoding(data: bytes) -> None:
    from hashlib import sha256

    digest = sha256(data).hexdigest()
    files = {
        "content/dossier.yaml": "title: ملف",
        "content/reports/a.md": f"---\ntitle: ت\nseed: a.txt\noriginal: {{sha256: {digest}}}\n---\n",
        "seeds/a.txt": "نص",
    }
    site = compose(make_snapshot(files, {"a.html": data}), Memo()).site
    original = site.reports["a"].texts.original
    assert original is not None
    assert original.sha256 == digest
    assert len(original.paragraphs) >= 2
    assert original == read_original("a.html", data)
