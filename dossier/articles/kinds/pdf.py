"""Read the text of a PDF by where its letters stand, since files keep Arabic ones in any order.

Letters of a line are sorted by their place from left to right, which is what a reader sees; what is seen is then put into the order
in which it is read: right to left, but for numbers and Latin words. Presentation forms become plain letters last, since one form
may be two letters. Columns are read from the right where a page is Arabic.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from dossier.articles.article import Article, Note, Unfit

MAX_PAGES = 300
SPACE = 0.15  # of a letter's height: a wider gap parts two words
TWICE = 0.6  # points; two like letters nearer than that are one
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Runs of the kinds below that are read from left to right within a line that is not: Latin words with their numbers, and numbers.
_LATIN = re.compile("[LN][LNSO]*L[LNSO]*[LN]|L[LNSO]*[LN]|[LN][LNSO]*L|L")
_NUMBER = re.compile("N(?:S?N)*")
_PAIR = re.compile(r"[«“(\[][^«“(\[»”)\]]{1,300}[»”)\]]")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


class _Block(Struct, frozen=True):
    left: float
    right: float
    bottom: float
    top: float
    text: str


def read(data: bytes) -> Article:
    """Return a PDF's text, a block a line. Raise Unfit for one without any, or one that is locked."""
    from pdfminer.pdfdocument import PDFDocument, PDFNoValidXRef, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfminer.pdfparser import PDFParser, PDFSyntaxError

    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        pages = [list(_blocks(layout)) for layout in _layouts(document)]
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed):
        raise Unfit("it is locked with a password", "save it without one") from None
    except (PDFSyntaxError, PDFNoValidXRef):
        raise Unfit("it is no whole PDF", "download it again") from None
    scanned = [str(number) for number, blocks in enumerate(pages, 1) if not blocks]
    if len(scanned) == len(pages):
        raise Unfit(
            "its pages are pictures, as a scanner makes them, and hold no text",
            "have its text recognised (OCR) and save that",
        )
    notes = (Note("scanned-pages", ", ".join(scanned)),) if scanned else ()
    said = _said(document)
    return Article(
        text="\n".join(block for blocks in pages for block in blocks),
        headline=said.get("Title"),
        author=said.get("Author"),
        notes=notes,
    )


def _layouts(document: Any) -> Iterator[Any]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams(boxes_flow=None))
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number == MAX_PAGES:
            raise Unfit(f"it has more than {MAX_PAGES} pages", "save the pages of the article alone")
        interpreter.process_page(page)
        yield device.get_result()


def _blocks(layout: Any) -> Iterator[str]:
    """Yield a page's blocks as they are read. Brackets are turned unless the file has turned them, which shows where they pair."""
    from pdfminer.layout import LTTextBox

    boxes = [box for box in layout if isinstance(box, LTTextBox)]
    drawn = "".join(box.get_text() for box in boxes)
    is_rtl = 2 * len(_RTL.findall(drawn)) > sum(letter.isalpha() for letter in drawn)
    readings = []
    for mirrors in (True, False):
        texts = [" ".join(filter(None, (_line(line, is_rtl=is_rtl, mirrors=mirrors) for line in box))) for box in boxes]
        readings.append((sum(len(_PAIR.findall(text)) for text in texts), mirrors, texts))
    _, _, texts = max(readings)
    blocks = [_Block(b.x0, b.x1, b.y0, b.y1, text) for b, text in zip(boxes, texts, strict=True) if text]
    return (block.text for block in in_order(blocks, is_rtl=is_rtl))


def _line(line: Any, *, is_rtl: bool, mirrors: bool) -> str:
    """Return a line as it is read, out of its letters by their places."""
    from pdfminer.layout import LTChar

    letters = sorted(
        (letter for letter in line if isinstance(letter, LTChar)), key=lambda letter: (letter.x0, -letter.x1)
    )
    seen: list[str] = []
    last: float | None = None
    drawn: tuple[float, str] | None = None
    for letter in letters:
        if drawn and letter.x0 - drawn[0] < TWICE and letter.get_text() == drawn[1]:
            continue  # drawn twice, to look bold
        drawn = letter.x0, letter.get_text()
        if last is not None and letter.x0 - last > SPACE * letter.size and seen[-1] != " ":
            seen.append(" ")
        seen.append(letter.get_text())
        last = max(last or letter.x1, letter.x1)
    return " ".join(as_read(seen, is_rtl=is_rtl, mirrors=mirrors).split())


def as_read(seen: Sequence[str], *, is_rtl: bool, mirrors: bool = True) -> str:
    """Return what stands from left to right in the order in which it is read, in plain letters.

    Each of `seen` is one letter as it was drawn, brackets as they look where `mirrors`; a ligature is several, which keep their order. A line without a letter of any
    script goes with its page.
    """
    line = "".join(seen)
    if not _RTL.search(line) and (not is_rtl or any(letter.isalpha() for letter in line)):
        return unicodedata.normalize("NFKC", line)
    turned = list(reversed(seen))
    kinds = "".join(map(_kind, turned))
    mirrored = [letter.translate(_MIRRORED) if mirrors else letter for letter in turned]
    for run in _LATIN.finditer(kinds):
        mirrored[run.start() : run.end()] = reversed(turned[run.start() : run.end()])
        kinds = kinds[: run.start()] + "L" * len(run.group()) + kinds[run.end() :]
    for run in _NUMBER.finditer(kinds):
        mirrored[run.start() : run.end()] = reversed(turned[run.start() : run.end()])
    line = _MARK.sub(r"\2\1", "".join(mirrored))  # a vowel sign follows its letter; turned, it stood before
    return "".join(unicodedata.normalize("NFKC", letter) if _is_formed(letter) else letter for letter in line)


_MARK = re.compile("([\u064b-\u0652\u0670]+)([\u0621-\u064a\ufe70-\ufefc])")


def _kind(letter: str) -> str:
    """Return L for Latin letters, N for digits, S for what stands between digits, R for Arabic, O for the rest."""
    if _RTL.search(letter) and not letter.isdigit():
        return "R"
    if letter.isdigit():
        return "N"
    if letter in ".,:/-٫٬":
        return "S"
    return "L" if letter.isalpha() else "O"


def _is_formed(text: str) -> bool:
    return any("\ufb50" <= letter <= "\ufefc" for letter in text)


def in_order(blocks: Sequence[_Block], *, is_rtl: bool) -> list[_Block]:
    """Return blocks as they are read: from the top, and of those side by side from the side where reading begins."""
    for across in (False, True):  # columns before rows: what spans the columns stops the line that would part them
        if cut := _cut(blocks, is_rtl=is_rtl, across=across):
            return in_order(cut[0], is_rtl=is_rtl) + in_order(cut[1], is_rtl=is_rtl)
    return sorted(blocks, key=lambda block: (-block.top, -block.right if is_rtl else block.left))


def _cut(blocks: Sequence[_Block], *, is_rtl: bool, across: bool) -> tuple[list[_Block], list[_Block]] | None:
    """Part blocks where a straight line passes between them, across the page or down it; None where none does."""
    if across:
        spans = sorted(((-b.top, -b.bottom, b) for b in blocks), key=lambda span: span[:2])
    elif is_rtl:
        spans = sorted(((-b.right, -b.left, b) for b in blocks), key=lambda span: span[:2])
    else:
        spans = sorted(((b.left, b.right, b) for b in blocks), key=lambda span: span[:2])
    end = None
    for at, (low, high, _) in enumerate(spans):
        if end is not None and low >= end - 1:
            return [b for _, _, b in spans[:at]], [b for _, _, b in spans[at:]]
        end = high if end is None else max(end, high)
    return None


def _said(document: Any) -> dict[str, str]:
    """Return what the file's own properties say, where it is a title and not the name of a file or a program."""
    from pdfminer.utils import decode_text

    found: dict[str, str] = {}
    for info in document.info[:1]:
        for key in ("Title", "Author"):
            value = info.get(key)
            text = decode_text(value).strip() if isinstance(value, bytes) else ""
            if _RTL.search(text):
                found[key] = " ".join(text.split())
    return found
