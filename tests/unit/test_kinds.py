"""Files of the kinds that desks have: recognised by what they hold, read whole, or refused by name."""

from __future__ import annotations

import gzip
import json
import quopri

import pytest

from dossier.articles.captures import read_capture, unpack
from dossier.articles.kinds.pdf import as_read
from dossier.articles.mojibake import mend
from dossier.articles.source_text import UnreadableText
from tests.files import ARTICLE, HEAD, archive, docx, drawn, mail, page, pdf, warc, words

DASHES = "\r\n"


def lines(data: bytes) -> list[str]:
    return read_capture("file", data).text.strip().split("\n\n")


def notes(data: bytes) -> dict[str, str]:
    return {note.code: note.value for note in read_capture("file", data).notes}


def test_a_page_keeps_its_tables_quotations_captions_and_lists() -> None:
    body = (
        f"<p>{ARTICLE[0]}</p><figure><img src=a.jpg><figcaption>واجهة السوق بعد الترميم، تصوير هالة</figcaption></figure>"
        f"<p>وقال رئيسها <q>لن نرفع <b>الإيجار</b></q> أبدا.</p><blockquote><p>{ARTICLE[1]}</p></blockquote>"
        "<ul><li>عدد الدكاكين 120</li><li>عدد العمال 45</li></ul>"
        "<table><tr><th>السنة</th><th>الدكاكين</th></tr><tr><td>2016</td><td>80</td></tr></table>"
    )
    assert lines(page(body)) == [
        HEAD, ARTICLE[0], "واجهة السوق بعد الترميم، تصوير هالة", "وقال رئيسها «لن نرفع الإيجار» أبدا.", ARTICLE[1],
        "- عدد الدكاكين 120", "- عدد العمال 45", "السنة | الدكاكين", "2016 | 80",
    ]  # fmt: skip


def test_a_page_says_who_wrote_it_where_and_when() -> None:
    head = (
        '<meta name="author" content="سالم المنصور"><meta property="og:site_name" content="جريدة المرفأ">'
        '<meta property="article:section" content="اقتصاد"><meta property="article:published_time" content="2019-06-12T10:00:00+03:00">'
        '<meta property="article:modified_time" content="2019-06-13T08:00:00+03:00">'
    )
    capture = read_capture("a.html", page(head=head))
    assert (capture.author, capture.outlet, capture.section) == ("سالم المنصور", "جريدة المرفأ", "اقتصاد")
    assert (capture.published, capture.modified) == ("2019-06-12", "2019-06-13T08:00:00+03:00")


def test_a_large_table_is_left_out_and_said() -> None:
    table = "<table>" + ("<tr>" + "<td>خلية</td>" * 10 + "</tr>") * 200 + "</table>"
    data = page("".join(f"<p>{line}</p>" for line in ARTICLE) + table)
    assert notes(data) == {"large-table": "2,000"}
    assert "خلية" not in read_capture("a.html", data).text


@pytest.mark.parametrize("graph", [False, True])
def test_the_text_of_a_page_that_scripts_show_is_what_it_says_to_machines(graph: bool) -> None:
    article = {
        "@type": ["NewsArticle"], "headline": HEAD, "articleBody": "\n\n".join(ARTICLE * 2), "datePublished": "2019-06-12",
        "author": [{"@type": "Person", "name": "سالم المنصور"}], "publisher": {"name": "جريدة المرفأ"}, "articleSection": "اقتصاد",
    }  # fmt: skip
    script = json.dumps({"@graph": [{"@type": "WebSite"}, article]} if graph else article, ensure_ascii=False)
    data = f'<html><head><title>م</title><script type="application/ld+json">{script}</script></head><body><div id=a></div></body></html>'
    capture = read_capture("a.html", data.encode())
    assert capture.text.strip().split("\n\n") == list(ARTICLE * 2)
    assert (capture.headline, capture.author, capture.outlet, capture.section) == (
        HEAD,
        "سالم المنصور",
        "جريدة المرفأ",
        "اقتصاد",
    )
    assert [note.code for note in capture.notes] == ["script-only"]
    assert lines(script.encode()) == list(ARTICLE * 2)


def test_a_word_document_is_read_with_its_table_and_properties() -> None:
    table = f"<w:tbl><w:tr><w:tc>{words('السنة')}</w:tc><w:tc>{words('الدكاكين')}</w:tc></w:tr></w:tbl>"
    data = docx(words(ARTICLE[0]) + table + words(ARTICLE[1]))
    capture = read_capture("a", data)
    assert capture.text.strip().split("\n\n") == [ARTICLE[0], "السنة | الدكاكين", ARTICLE[1]]
    assert (capture.headline, capture.author, capture.kind) == (HEAD, "سالم المنصور", "a Word document (DOCX)")


def test_letters_of_a_pdf_are_read_by_their_places_in_whatever_order_they_were_drawn() -> None:
    there = drawn("وقال رئيسها إن العمل انتهى")
    for order in (there, list(reversed(there)), [letter for letter in there for _ in range(2)]):
        assert lines(pdf([order])) == ["وقال رئيسها إن العمل انتهى"]


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("ىهتنا", "انتهى"),
        (["ﺮ", "ﻗ", "ﻻ"], "لاقر"),  # a ligature keeps the order of its letters
        ("فلأ 150 عفد", "دفع 150 ألف"),
        ("2019/6/12 موي", "يوم 2019/6/12"),
        ("%15 ةبسنب", "بنسبة 15%"),
        ("(BBC News) تلاق", "قالت (BBC News)"),
        ("1,234.5 مقر", "رقم 1,234.5"),
        ("MBC1 ىلع", "على MBC1"),
        ("Plain words 12", "Plain words 12"),
    ],
)
def test_what_is_seen_is_put_in_the_order_of_reading(seen: list[str], read: str) -> None:
    assert as_read(list(seen), is_rtl=True) == read


@pytest.mark.parametrize("stored", ["قال «نعم» (أمس)", "قال »نعم« )أمس("])
def test_brackets_are_turned_unless_the_file_has_turned_them(stored: str) -> None:
    assert lines(pdf([drawn(stored)])) == ["قال «نعم» (أمس)"]


def test_columns_of_an_arabic_page_are_read_from_the_right_below_what_spans_them() -> None:
    title = drawn("عنوان يمتد فوق العمودين كليهما في أعلى الصفحة كلها ليراه كل من يقرأ", right=560, y=760)
    right = [
        letter
        for n, text in enumerate(("أول اليمين", "ثاني اليمين"))
        for letter in drawn(text, right=560, y=700 - 60 * n)
    ]
    left = [
        letter
        for n, text in enumerate(("أول اليسار", "ثاني اليسار"))
        for letter in drawn(text, right=250, y=700 - 60 * n)
    ]
    assert lines(pdf([left + title + right]))[1:] == ["أول اليمين", "ثاني اليمين", "أول اليسار", "ثاني اليسار"]


def test_a_scanned_pdf_says_so_and_a_half_scanned_one_which_pages() -> None:
    with pytest.raises(UnreadableText, match="a PDF and cannot be read: its pages are pictures"):
        read_capture("a.pdf", pdf([[]]))
    assert notes(pdf([drawn(ARTICLE[0][:60]), [], []], title=HEAD)) == {"scanned-pages": "2, 3"}
    assert read_capture("a.pdf", pdf([drawn("نص")], title=HEAD)).headline == HEAD


def test_a_page_saved_as_one_file_keeps_its_address_and_time() -> None:
    head = (
        "From: <Saved by Blink>", "Snapshot-Content-Location: https://marfa.example/souq", "Date: Wed, 12 Jun 2019 10:00:00 -0000",
        'MIME-Version: 1.0', 'Content-Type: multipart/related; type="text/html"; boundary="b"', "", "--b", "Content-Type: text/html",
        "Content-Transfer-Encoding: quoted-printable", "Content-Location: https://marfa.example/souq", "",
    )  # fmt: skip
    data = DASHES.join(head).encode() + b"\r\n" + quopri.encodestring(page()) + b"\r\n--b--\r\n"
    capture = read_capture("a.mhtml", data)
    assert (capture.url, capture.captured) == ("https://marfa.example/souq", "2019-06-12T10:00:00")
    assert list(ARTICLE) == capture.text.strip().split("\n\n")[1:]


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_gives_each_of_its_pages_with_address_time_and_digest(packed: bool) -> None:
    data = warc(("https://marfa.example/1", page()), ("https://marfa.example/2", page()), packed=packed)
    parts = unpack("a.warc", data)
    assert parts is not None
    assert [(part.url, part.captured) for part in parts] == [
        ("https://marfa.example/1", "2019-06-12T10:00:00Z"),
        ("https://marfa.example/2", "2019-06-12T10:00:00Z"),
    ]
    assert parts[0].data == page()
    assert [note.code for note in parts[0].notes] == ["digest-right"]
    with pytest.raises(UnreadableText, match="with 2 articles"):
        read_capture("a.warc", data)
    assert unpack("a.warc", warc(("https://marfa.example/a.css", b"a{}"), kind="text/css")) == ()


def test_a_digest_that_is_not_that_of_the_bytes_is_said() -> None:
    data = warc(("https://marfa.example/1", page())).replace(ARTICLE[0][:5].encode(), "أنكرت".encode(), 1)
    parts = unpack("a.warc", data)
    assert parts is not None
    assert [note.code for note in parts[0].notes] == ["digest-wrong"]


def test_a_collection_gives_the_pages_that_it_lists() -> None:
    inner = warc(("https://marfa.example/1", page()), ("https://marfa.example/frame", page()), packed=True)
    listed = '{"format": "json-pages-1.0"}\n{"url": "https://marfa.example/1"}\n'
    data = archive({"datapackage.json": "{}", "archive/data.warc.gz": inner, "pages/pages.jsonl": listed})
    capture = read_capture("a.wacz", data)
    assert (capture.url, capture.captured) == ("https://marfa.example/1", "2019-06-12T10:00:00Z")


RSS = f"""<?xml version="1.0" encoding="{{}}"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>المرفأ</title>
<item><title>{HEAD}</title><link>https://marfa.example/1</link><pubDate>Wed, 12 Jun 2019 10:00:00 +0300</pubDate><dc:creator>سالم</dc:creator>
<category>اقتصاد</category><description>ملخص</description><content:encoded><![CDATA[<p>{ARTICLE[0]}</p><p>{ARTICLE[1]}</p>]]></content:encoded></item>
<item><title>آخر</title><description>ملخص وحده</description></item></channel></rss>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256"])
def test_a_feed_gives_its_items_as_they_stand_in_it(encoding: str) -> None:
    parts = unpack("a.rss", RSS.format(encoding).encode(encoding))
    assert parts is not None
    first = read_capture("1.xml", parts[0].data)
    assert first.text.strip().split("\n\n") == list(ARTICLE)
    assert (first.headline, first.url, first.author, first.section) == (
        HEAD,
        "https://marfa.example/1",
        "سالم",
        "اقتصاد",
    )
    assert first.published == "2019-06-12T10:00:00+03:00"
    assert {note.code for note in read_capture("2.xml", parts[1].data).notes} == {"cut"}


def test_an_atom_feed_of_one_entry_is_read_as_it_is() -> None:
    data = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>م</title><entry><title>{HEAD}</title><link rel="self" href="https://x.example/f"/>'
        f'<link href="https://x.example/1"/><updated>2019-06-13T10:00:00Z</updated><published>2019-06-12T10:00:00Z</published>'
        f'<author><name>سالم</name></author><content type="html">&lt;p&gt;{ARTICLE[0]}&lt;/p&gt;</content></entry></feed>'
    )
    capture = read_capture("a.atom", data.encode())
    assert (capture.text, capture.url, capture.author) == (ARTICLE[0] + "\n", "https://x.example/1", "سالم")
    assert (capture.published, capture.modified) == ("2019-06-12T10:00:00+00:00", "2019-06-13T10:00:00+00:00")


def test_a_mail_says_who_sent_it_and_when_and_its_quotations_and_signature_fall_away() -> None:
    body = f"{ARTICLE[0][:40]}\r\n{ARTICLE[0][40:]}\r\n\r\n{ARTICLE[1]}\r\n> قديم\r\n-- \r\nسالم\r\n"
    capture = read_capture("a.eml", mail(body))
    assert capture.headline == HEAD
    assert (capture.author, capture.published) == ("سالم المنصور", "2019-06-12T10:00:00+03:00")
    assert capture.text.strip().split("\n\n")[-1] == ARTICLE[1]
    assert len(capture.text.strip().split("\n\n")) == 2


def test_a_mailbox_gives_its_mails() -> None:
    box = b"".join(b"From a@b Wed Jun 12 10:00:00 2019\r\n" + mail(line) + b"\r\n\r\n" for line in ARTICLE)
    parts = unpack("a.mbox", box)
    assert parts is not None
    assert [lines(part.data) for part in parts] == [[ARTICLE[0]], [ARTICLE[1]]]


WHATSAPP = (
    "12/6/2019, 10:05 - الرسائل مشفرة.\n12/6/2019, 10:05 - سالم المنصور: أعلنت البلدية أمس\nأن السوق يفتح\n"
    "12/6/2019, 10:07 - هالة: نعم\n12/6/2019, 10:08 - هالة: <Media omitted>\n"
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (WHATSAPP.encode(), ["12/6/2019, 10:05 — سالم المنصور: أعلنت البلدية أمس أن السوق يفتح", "12/6/2019, 10:07 — هالة: نعم"]),
        (
            archive({"_chat.txt": "\u200e[12/6/2019, 10:05:33 ص] سالم: أمس\n[12/6/2019, 10:07:00 ص] هالة: نعم\n", "a.jpg": b""}),
            ["12/6/2019, 10:05:33 ص — سالم: أمس", "12/6/2019, 10:07:00 ص — هالة: نعم"],
        ),
        (
            json.dumps(
                {"name": "المرفأ", "type": "channel", "messages": [
                    {"type": "service", "text": "أنشئت"},
                    {"type": "message", "date": "2019-06-12T10:05:00", "from": "المرفأ", "text": ["أعلنت ", {"type": "bold", "text": "البلدية"}]},
                ]}
            ).encode(),
            ["2019-06-12 10:05 — المرفأ: أعلنت البلدية"],
        ),
        (
            '<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="message default clearfix">'
            '<div class="pull_right date details" title="12.06.2019 10:05:00"></div><div class="from_name">المرفأ</div>'
            '<div class="text">أعلنت <b>البلدية</b></div></div></body></html>'.encode(),
            ["12.06.2019 10:05 — المرفأ: أعلنت البلدية"],
        ),
    ],
    ids=["whatsapp", "whatsapp-archive", "telegram-json", "telegram-html"],
)  # fmt: skip
def test_a_chat_is_a_paragraph_a_message_with_its_time_and_writer(data: bytes, expected: list[str]) -> None:
    assert lines(data) == expected


@pytest.mark.parametrize(
    "data",
    [
        "1\n00:00:01,000 --> 00:00:03,000\nأعلنت البلدية\n\n2\n00:00:03,500 --> 00:00:05,000\n<i>أن السوق يفتح.</i>\n\n3\n00:01:10,000 --> 00:01:12,000\nوقال نعم.\n",
        "WEBVTT\n\n00:01.000 --> 00:03.000 line:0\nأعلنت البلدية\n\n00:03.500 --> 00:05.000\nأن السوق يفتح.\n\n01:10.000 --> 01:12.000\nوقال نعم.\n",
    ],
    ids=["srt", "vtt"],
)
def test_subtitles_are_paragraphs_with_the_time_at_which_they_begin(data: str) -> None:
    assert lines(data.encode()) == ["[00:00:01] أعلنت البلدية أن السوق يفتح.", "[00:01:10] وقال نعم."]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'{"a": [1, 2]}', "JSON"),
        ("السنة,الدكاكين,الإيجار\n2016,80,150\n2019,120,150\n".encode(), "a table (CSV)"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\0\0\0\x18ftypmp42", "a video or a recording"),
        (gzip.compress(b"text", mtime=0), "a packed file"),
        (archive({"a.txt": "x"}), "a ZIP archive"),
        (archive({"xl/workbook.xml": "x"}), "a spreadsheet (XLSX)"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "an OpenDocument file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
        (b"BEGIN:VCARD\r\nFN:x\r\nEND:VCARD", "a card or a calendar"),
    ],
)
def test_what_is_no_article_is_refused_by_name(data: bytes, name: str) -> None:
    with pytest.raises(UnreadableText) as refused:
        read_capture("a.txt", data)
    assert f"the file is {name}" in refused.value.problem.message
    assert refused.value.problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "من: مراسلنا في المرفأ\nإلى القراء: هذه قصة السوق\n",
        "[تحديث] أعلنت البلدية أمس أن السوق سيفتح.",
        "قال، ثم سكت، ثم مضى\nوقالت، ثم سكتت، ثم مضت\nوقالا، ثم سكتا، ثم مضيا",
        "From the beginning, they said: no.\nSubject to approval, the plan stands.",
        "First, he said, no.\nThen, she said, yes.\nLast, they said, the market that stood for three hundred years will open again.",
    ],
)
def test_plain_articles_are_taken_for_nothing_else(text: str) -> None:
    assert read_capture("a.json", text.encode()).kind == "text"


@pytest.mark.parametrize(("wrong", "right"), [("cp1252", "cp1256"), ("cp1252", "utf-8"), ("cp1256", "utf-8")])
def test_a_text_that_was_read_in_a_wrong_encoding_is_mended_and_said(wrong: str, right: str) -> None:
    text = " ".join(ARTICLE)
    read = "".join(_as(bytes([byte]), wrong) for byte in text.encode(right))
    capture = read_capture("a.txt", read.encode())
    assert capture.text == text
    assert [note.code for note in capture.notes] == ["mended"]


def _as(byte: bytes, encoding: str) -> str:
    """Return what a lenient program shows for a byte: where the encoding has nothing, the control character of its number."""
    try:
        return byte.decode(encoding)
    except UnicodeDecodeError:
        return byte.decode("latin-1")


@pytest.mark.parametrize(
    "text", [" ".join(ARTICLE), "Él dijo que el señor Núñez llegó mañana, según él. " * 5, "طظ طظ", ""]
)
def test_other_texts_are_left_as_they_are(text: str) -> None:
    assert mend(text) is None
