"""The table of kinds of files: what each is called, how it is recognised by its bytes or its text, and what reads it.

A kind without a reader is known in order to be refused by name. Names of files say nothing here: they are given by hand and wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from dossier.articles.kinds.chats import WHATSAPP
from dossier.articles.kinds.subtitles import CUE

SAVE_AS_TEXT = "save the article's text as UTF-8, or its page as HTML"
_HEAD = 4_000  # bytes or characters in which a kind shows
HTML = re.compile(r"\s*<(?:!doctype html|html|head|body|\?xml[^>]*>\s*<(?:!doctype )?html)", re.IGNORECASE)
_HEADER = re.compile(rb"\s*[A-Za-z][A-Za-z-]*:[^\n]*\n")
_MAIL_FIELDS = re.compile(
    rb"(?im)^(?:from|to|subject|date|message-id|mime-version|received|return-path|content-type|snapshot-content-location):"
)
_RELATED = re.compile(rb"(?im)^content-type:\s*multipart/related|^snapshot-content-location:")
_MBOX = re.compile(rb"From [^\r\n]+\r?\n[A-Za-z-]+:")
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?xml-stylesheet[^>]*>\s*)*<(?:rss|feed|rdf:RDF)[\s>]",
    re.DOTALL,
)
_ITEM = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:item|entry)[\s>]")
_XML = re.compile(r"\s*(?:<\?xml\b|<svg[\s>])")
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\d\]])")
_TELEGRAM = re.compile(r"\s*\{.{0,2000}\"messages\"\s*:\s*\[", re.DOTALL)
_TELEGRAM_PAGE = re.compile(r"<title>Exported Data</title>|class=\"message default")
_CARD = re.compile(r"\s*BEGIN:V(?:CARD|CALENDAR)")
SHORTEST_TABLE = 3  # rows
LONGEST_CELL = 60


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of file. `reader` is a module of this room and its function; `instead` what to do where there is none.

    One that `holds_several` is parted by its reader into files that are read each by itself.
    """

    name: str
    reader: str | None = None
    holds_several: bool = False
    instead: str = SAVE_AS_TEXT


def _begins(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(signs)


def _zip_with(*members: bytes) -> Callable[[bytes], bool]:
    """Recognise a ZIP archive by the names of its members, which stand in it unpacked."""
    return lambda data: data.startswith(b"PK\x03\x04") and all(member in data for member in members)


def _riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda data: data[:4] == b"RIFF" and data[8:12] == form


def _is_packed_warc(data: bytes) -> bool:
    import zlib

    try:
        return data.startswith(b"\x1f\x8b") and zlib.decompressobj(wbits=31).decompress(data[:2_000], 16).startswith(
            b"WARC/"
        )
    except zlib.error:
        return False


def _is_mail(data: bytes) -> bool:
    return (
        bool(_HEADER.match(data[:_HEAD])) and len({field.lower() for field in _MAIL_FIELDS.findall(data[:_HEAD])}) > 1
    )


def _is_table(text: str) -> bool:
    lines = [line for line in text[: 4 * _HEAD].splitlines()[:20] if line.strip()]
    for mark in ",;\t":
        counts = {line.count(mark) for line in lines}
        if len(lines) >= SHORTEST_TABLE and len(counts) == 1 and counts.pop() > 1:
            return sum(len(cell) > LONGEST_CELL for line in lines for cell in line.split(mark)) * 10 < len(lines)
    return False


# By their bytes, before anything is decoded. The first that fits counts.
OF_BYTES: tuple[tuple[Kind, Callable[[bytes], bool]], ...] = (
    (Kind(name="a PDF", reader="pdf:read"), _begins(b"%PDF")),
    (Kind(name="a Word document (DOCX)", reader="office:read"), _zip_with(b"word/document.xml")),
    (Kind(name="a WhatsApp chat with its files", reader="chats:read_whatsapp_archive"), _zip_with(b"_chat.txt")),
    (Kind(name="a web archive (WACZ)", reader="web_archives:unpack_collection", holds_several=True), _zip_with(b"datapackage.json", b"archive/")),
    (Kind(name="a spreadsheet (XLSX)", instead="save what it says as text, or cite it in `files`"), _zip_with(b"xl/workbook.xml")),
    (Kind(name="a presentation (PPTX)"), _zip_with(b"ppt/presentation.xml")),
    (Kind(name="an OpenDocument file", instead="save it as DOCX"), _zip_with(b"mimetypeapplication/vnd.oasis.opendocument")),
    (Kind(name="an e-book (EPUB)"), _zip_with(b"mimetypeapplication/epub+zip")),
    (Kind(name="a ZIP archive", instead="unpack it, and take in the articles in it"), _begins(b"PK\x03\x04", b"PK\x05\x06")),
    (Kind(name="a web archive (WARC)", reader="web_archives:unpack", holds_several=True), _begins(b"WARC/")),
    (Kind(name="a web archive (WARC)", reader="web_archives:unpack", holds_several=True), _is_packed_warc),
    (Kind(name="a packed file (gzip, xz, 7z or RAR)", instead="unpack it, and take in the articles in it"),
     _begins(b"\x1f\x8b", b"\xfd7zXZ\0", b"7z\xbc\xaf", b"Rar!", b"BZh")),
    (Kind(name="an old office document (DOC or XLS)", instead="save it as DOCX"), _begins(b"\xd0\xcf\x11\xe0")),
    (Kind(name="RTF", instead="save it as DOCX"), _begins(b"{\\rtf")),
    (Kind(name="a picture", instead="have its text recognised (OCR) and save that"), _begins(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")),
    (Kind(name="a picture", instead="have its text recognised (OCR) and save that"), _riff(b"WEBP")),
    (Kind(name="a video or a recording", instead="take in its subtitles (SRT or VTT)"), _begins(b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"\xff\xfb")),
    (Kind(name="a video or a recording", instead="take in its subtitles (SRT or VTT)"), lambda data: data[4:8] == b"ftyp" or data[:4] == b"RIFF"),
    (Kind(name="a database"), _begins(b"SQLite format 3")),
    (Kind(name="a page saved as one file (MHTML)", reader="mail:read_page"), lambda data: _is_mail(data) and bool(_RELATED.search(data[:_HEAD]))),
    (Kind(name="a mailbox (mbox)", reader="mail:unpack", holds_several=True), lambda data: bool(_MBOX.match(data[:_HEAD]))),
    (Kind(name="an e-mail", reader="mail:read"), _is_mail),
    (Kind(name="a feed (RSS or Atom)", reader="feeds:unpack", holds_several=True), lambda data: bool(_FEED.match(data[:_HEAD]))),
    (Kind(name="an item of a feed", reader="feeds:read"), lambda data: bool(_ITEM.match(data[:_HEAD]))),
)  # fmt: skip

# By their text, once it is decoded; what is none of these is an article's text.
OF_TEXT: tuple[tuple[Kind, Callable[[str], bool]], ...] = (
    (Kind(name="a Telegram chat (HTML)", reader="chats:read_telegram_page"), lambda text: bool(HTML.match(text) and _TELEGRAM_PAGE.search(text[:20_000]))),
    (Kind(name="an HTML page", reader="pages:read"), lambda text: bool(HTML.match(text))),
    (Kind(name="XML"), lambda text: bool(_XML.match(text[:_HEAD]))),
    (Kind(name="a Telegram chat (JSON)", reader="chats:read_telegram"), lambda text: bool(_TELEGRAM.match(text[:_HEAD]))),
    (Kind(name="an article as linked data (JSON-LD)", reader="pages:read_linked_data"), lambda text: bool(_JSON.match(text[:_HEAD])) and '"articleBody"' in text),
    (Kind(name="JSON"), lambda text: bool(_JSON.match(text[:_HEAD]))),
    (Kind(name="subtitles", reader="subtitles:read"), lambda text: len(CUE.findall(text[:_HEAD])) > 0),
    (Kind(name="a WhatsApp chat", reader="chats:read_whatsapp"), lambda text: len(WHATSAPP.findall(text[:_HEAD])) > 1),
    (Kind(name="a card or a calendar"), lambda text: bool(_CARD.match(text[:_HEAD]))),
    (Kind(name="a table (CSV)", instead="save what it says as text, or cite it in `files`"), _is_table),
)  # fmt: skip


def kind_of_bytes(data: bytes) -> Kind | None:
    """Return the kind that a file's bytes show; None where it may be text."""
    return next((kind for kind, fits in OF_BYTES if fits(data)), None)


def kind_of_text(text: str) -> Kind | None:
    """Return the kind that a file's text shows; None where it is an article's own."""
    return next((kind for kind, fits in OF_TEXT if fits(text)), None)
