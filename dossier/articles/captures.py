"""Decode captured articles as they come, text in the encodings of Arabic pages or a file of one of the `kinds`, to plain text.

An original is never changed, so what it says is read anew from its bytes wherever it is needed; the same bytes always give
the same text.
"""

from __future__ import annotations

import codecs
import re
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from dossier.articles.article import Article, Note, Part
from dossier.articles.extraction import MAX_PAGE, TooCostly, read_apart
from dossier.articles.kinds.table import HTML, Kind, kind_of_bytes, kind_of_text
from dossier.articles.mojibake import mend
from dossier.articles.source_text import SourceText, UnreadableText, make_text
from dossier.errors import Problem
from dossier.language.characters import BOM, find_nul, place_of_byte

# Beside UTF-8: what Arabic texts were saved in. More candidates only mislead: the library takes twenty letters of
# Windows-1256 for Chinese in a fifth of cases, of these four in a twentieth; from sixty letters on it does not err.
ENCODINGS = ("utf_16_le", "utf_16_be", "cp1256", "iso8859_6")
NAMES = {
    "utf_8": "UTF-8", "utf_16": "UTF-16", "utf_16_le": "UTF-16", "utf_16_be": "UTF-16", "utf_32": "UTF-32",
    "cp1256": "Windows-1256", "iso8859_6": "ISO 8859-6",
}  # fmt: skip
# The encodings of the web's own standard (encoding.spec.whatwg.org), by Python's names, with what browsers take them for.
# Python knows others, which run for very long (punycode) or are none of a page (unicode_escape, utf_7).
WEB_ENCODINGS = {
    **{name: name for name in (
        "utf-8", "cp866", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8",
        "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u", "mac-roman", "cp874",
        "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "mac-cyrillic",
        "gb18030", "big5", "euc_jp", "iso2022_jp", "shift_jis", "euc_kr",
    )},
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gbk": "gb18030", "gb2312": "gb18030", "cp949": "euc_kr", "cp932": "shift_jis",
}  # fmt: skip
MARKS = (
    (BOM, "utf_8"), (b"\xff\xfe\0\0", "utf_32"), (b"\0\0\xfe\xff", "utf_32"),
    (b"\xff\xfe", "utf_16"), (b"\xfe\xff", "utf_16"),
)  # fmt: skip
TEXT = "text"
MAX_BROKEN = 0.02  # of a text's characters: with fewer it is UTF-8 that was damaged, not another encoding
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_ARABIC = re.compile("[\u0621-\u064a]")


class Capture(Struct, frozen=True, kw_only=True):
    """What a captured file says. `kind` is what sort of file it is; what follows is what it says of itself, None where nothing."""

    text: str
    encoding: str | None
    kind: str = TEXT
    headline: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    section: str | None = None
    modified: str | None = None
    captured: str | None = None
    notes: tuple[Note, ...] = ()


def read_capture(file: str, data: bytes) -> Capture:
    """Return the text of a captured file. Raise UnreadableText for what is none, or for several, with what to do."""
    kind, data, encoding, notes = _recognise(file, data)
    if kind is None:
        return Capture(text=data.decode("utf-8"), encoding=encoding, notes=notes)
    article = _read(file, kind, data)
    if kind.holds_several:
        return _only(file, kind, article)
    if not article.text or not article.text.strip():
        raise _unreadable(
            file,
            f"no article was found in this {'page' if kind.name == 'an HTML page' else 'file'}",
            "save the article's text as UTF-8 instead",
        )
    return Capture(
        text="\n\n".join(line.strip() for line in article.text.splitlines() if line.strip()) + "\n", encoding=encoding, kind=kind.name,
        headline=article.headline, author=article.author, published=article.published, url=article.url, outlet=article.outlet,
        section=article.section, modified=article.modified, captured=article.captured, notes=notes + article.notes,
    )  # fmt: skip


def unpack(file: str, data: bytes) -> tuple[Part, ...] | None:
    """Return the articles of a file that holds several, each as bytes of its own; None for other files. Raise UnreadableText."""
    kind, data, _, _ = _recognise(file, data)
    return _read(file, kind, data).parts if kind is not None and kind.holds_several else None


def _only(file: str, kind: Kind, article: Article) -> Capture:
    """Return the one article of a file that may hold several. Raise UnreadableText where it holds none or more."""
    if len(article.parts) != 1:
        hint = "take it in with `intake`, which parts them" if article.parts else "capture the page again"
        raise _unreadable(file, f"the file is {kind.name} with {len(article.parts)} articles", hint)
    [part] = article.parts
    capture = read_capture(file, part.data)
    return replace(
        capture,
        url=part.url or capture.url,
        captured=part.captured or capture.captured,
        notes=part.notes + capture.notes,
    )


def _recognise(file: str, data: bytes) -> tuple[Kind | None, bytes, str | None, tuple[Note, ...]]:
    """Return a file's kind (None: an article's own text), its bytes for the reader, in UTF-8 where it is text, and its encoding."""
    if kind := kind_of_bytes(data):
        return kind, data, None, ()
    encoding = _encoding(file, data)
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:  # what is detected is judged by parts of the file
        raise _unreadable(
            file, f"the file begins as {NAMES.get(encoding, encoding)} and breaks it", "save it again as UTF-8"
        ) from None
    if nul := find_nul(file, text):
        raise UnreadableText(nul)
    notes: tuple[Note, ...] = ()
    if meant := mend(text):
        text, notes = meant[0], (Note("mended", meant[1]),)
    return kind_of_text(text), text.encode("utf-8", "replace"), NAMES.get(encoding, encoding), notes


def _read(file: str, kind: Kind, data: bytes) -> Article:
    what = "the page" if kind.name == "an HTML page" else "the file"
    if kind.reader is None:
        raise _unreadable(file, f"the file is {kind.name}, not an article", kind.instead)
    if kind.reader == "pages:read" and len(data) > MAX_PAGE and len(data.decode("utf-8", "replace")) > MAX_PAGE:
        raise _unreadable(
            file,
            f"the page cannot be read: it is longer than {MAX_PAGE:,} characters",
            "save the article's text as UTF-8 instead",
        )
    try:
        return read_apart(kind.reader, data)
    except TooCostly as error:
        said = (
            f"{what} cannot be read: {error}"
            if what == "the page"
            else f"the file is {kind.name} and cannot be read: {error}"
        )
        raise _unreadable(file, said, error.hint or "save the article's text as UTF-8 instead") from None


def read_original(file: str, data: bytes) -> SourceText:
    """Return a captured article in paragraphs, its noise marked. Raise UnreadableText."""
    return make_text(file, sha256(data).hexdigest(), read_capture(file, data).text, noise=True)


def foreign_kind(data: bytes) -> str | None:
    """Say what a file is that is no plain text: HTML, an office document, a picture; None where it may be text."""
    if kind := kind_of_bytes(data):
        return kind.name
    return "HTML" if HTML.match(data[:1000].decode("utf-8", "replace").removeprefix("\ufeff")) else None


def _encoding(file: str, data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _declared(data) or _detected(file, data, error)
    # Arabic letters in UTF-16 are pairs of ASCII bytes; only the spaces between them hold zeros.
    return (b"\0" in data and _guessed(data)) or "utf_8"


def _declared(data: bytes) -> str | None:
    """Return the encoding that an HTML page names, where it is one of the web's and its bytes keep to it."""
    found = _DECLARED.search(data[:4000])
    try:
        if found:
            name = codecs.lookup(found[1].decode("ascii")).name
            encoding = WEB_ENCODINGS.get(name)
            if encoding:
                data.decode(encoding)
            return encoding
    except (LookupError, ValueError):
        pass
    return None


def _detected(file: str, data: bytes, error: UnicodeDecodeError) -> str:
    lenient = data.decode("utf-8", "replace")
    if lenient.count("\ufffd") <= MAX_BROKEN * len(lenient) and _ARABIC.search(lenient):
        line, column = place_of_byte(data, error.start)
        message = f"the file is UTF-8 but for {lenient.count(chr(0xFFFD))} broken places, here first"
        raise _unreadable(file, message, "capture it again, or mend it", line, column)
    encoding = _guessed(data)
    if encoding is None:
        raise _unreadable(file, "the file is no text in an encoding that Arabic is written in", "save it as UTF-8")
    return encoding


def _guessed(data: bytes) -> str | None:
    """Return the likeliest encoding in which the bytes are Arabic."""
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(ENCODINGS)).best()
    return best.encoding if best is not None and _ARABIC.search(str(best)) else None


def _unreadable(file: str, message: str, hint: str, line: int = 0, column: int = 0) -> UnreadableText:
    return UnreadableText(Problem(message=message, file=file, line=line, column=column, hint=hint))
