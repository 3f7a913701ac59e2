"""Find what goes wrong when an article is captured: words run together, lost paragraphs, quotation marks that do not pair.

Each finding is a lead for the editor with a place in the text; nothing is ever mended here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from dossier.articles.source_text import Paragraph
from dossier.articles.spans import Span
from dossier.language.arabic import bidi_controls, fold

DefectKind = Literal["glued", "repeated", "quotes", "bidi", "lost", "mojibake", "presentation", "long"]
LONGEST_PARAGRAPH = 2500  # characters; longer ones in news are articles whose paragraphs were lost
SHORTEST_REPEATED = 40  # as in `noise`
SHORTEST_PART = 3  # letters of each half of a word that is taken for two
LONGEST_GLUED = 40  # letters; no two words are longer
MAX_GLUED = 2  # times that one word glued of two stands in a text; what comes oftener is a word
_WORD = re.compile(r"[\u0621-\u065f\u0670-\u06d3]+")
# Letters that end a word wherever they stand, but for the alif of «ًا»; and marks that want a space after them.
_ENDED = re.compile(r"[\u0621-\u064a][ةى][\u064b-\u0652]*[\u0622-\u064a]|[\u0621-\u064a][\u064b](?!ا)[\u0621-\u064a]")
# Three letters on both sides: «إي.إس.بي.إن» is an abbreviation.
_NO_SPACE = re.compile(r"(?<=[\u0621-\u063f\u0641-\u064a]{3})[.،؛؟!:”»](?=[\u0621-\u063f\u0641-\u064a]{3})")
_ARTICLE_INSIDE = re.compile(r"(?<=\w{5})(?<!عبد)(?=ال(?!ي|ات)\w{4})")
_CLITIC = re.compile(r"[وف]?[بكل]?")
_MOJIBAKE = re.compile(r"(?:[ØÙÛ][\x80-\xff\u0152-\u2122]){4}|(?:[طظ][\x80-\xff\u0192-\u2122؟]){4}")
_PRESENTATION = re.compile("[\ufb50-\ufdf1\ufdf4-\ufdf9\ufe70-\ufefc]")  # but for honorific ligatures
_OPENING = {"«": "»", "“": "”"}
_CLOSING = {"»": "«", "”": "“"}


class Defect(Struct, frozen=True, kw_only=True):
    """One thing that looks wrong. `start` and `end` count code points; `paragraph` from 1; `other` is what it repeats."""

    kind: DefectKind
    paragraph: int
    start: int
    end: int
    other: int | None = None


def find_defects(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Defect, ...]:
    """Return everything in a captured text that looks like a fault of the capture, in order of place."""
    found = [*_repeated(text, paragraphs), *_glued(text, paragraphs)]
    for paragraph in paragraphs:
        found += _in_paragraph(text, paragraph)
        found += unpaired_quotes(text, paragraph)
    return tuple(sorted(found, key=lambda defect: (defect.start, defect.end)))


def _in_paragraph(text: str, paragraph: Paragraph) -> Iterator[Defect]:
    start, end = paragraph.start, paragraph.end
    body = text[start:end]
    if end - start > LONGEST_PARAGRAPH:
        yield Defect(kind="long", paragraph=paragraph.number, start=start, end=end)
    for at in bidi_controls(body):
        yield _at(paragraph, "bidi", at, at + 1)
    kinds: tuple[tuple[DefectKind, re.Pattern[str]], ...] = (
        ("lost", re.compile("\ufffd")), ("mojibake", _MOJIBAKE), ("presentation", _PRESENTATION),
    )  # fmt: skip
    for kind, pattern in kinds:
        if match := pattern.search(body):  # one is enough: where one is, many are
            yield _at(paragraph, kind, *match.span())


def _at(paragraph: Paragraph, kind: DefectKind, low: int, high: int) -> Defect:
    return Defect(kind=kind, paragraph=paragraph.number, start=paragraph.start + low, end=paragraph.start + high)


def unpaired_quotes(text: str, paragraph: Paragraph) -> Iterator[Defect]:
    """Yield quotation marks of a paragraph that open and never close, or close what none opened."""
    opened: list[tuple[str, int]] = []
    straight: int | None = None
    for match in re.finditer('[«»“”"]', text[paragraph.start : paragraph.end]):
        mark, at = match.group(), match.start()
        if mark == '"':
            straight = at if straight is None else None
        elif mark in _OPENING:
            opened.append((mark, at))
        elif opened and opened[-1][0] == _CLOSING[mark]:
            opened.pop()
        else:
            yield _at(paragraph, "quotes", at, at + 1)
    left = [at for _, at in opened] + ([straight] if straight is not None else [])
    yield from (_at(paragraph, "quotes", at, at + 1) for at in sorted(left))


def _repeated(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Defect]:
    first: dict[str, int] = {}
    for paragraph in paragraphs:
        body = " ".join(fold(text[paragraph.start : paragraph.end]).split())
        if len(body) >= SHORTEST_REPEATED and body in first:
            low, high = paragraph.start, paragraph.end
            yield Defect(kind="repeated", paragraph=paragraph.number, start=low, end=high, other=first[body])
        first.setdefault(body, paragraph.number)


def _glued(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Defect]:
    """Yield words that are two: by a letter that ends words, a mark without its space, or because both halves stand elsewhere."""
    counts = Counter(fold(match.group()) for match in _WORD.finditer(text))
    stand = {_bare(word) for word in counts} | set(counts)
    for paragraph in paragraphs:
        for match in _NO_SPACE.finditer(text, paragraph.start, paragraph.end):
            low, high = _around(text, match.start(), match.end())
            yield Defect(kind="glued", paragraph=paragraph.number, start=low, end=high)
        for match in _WORD.finditer(text, paragraph.start, paragraph.end):
            word = match.group()
            if _ENDED.search(word) or _is_two(fold(word), counts, stand):
                yield Defect(kind="glued", paragraph=paragraph.number, start=match.start(), end=match.end())


def _around(text: str, low: int, high: int) -> Span:
    """Widen a span from the beginning of the word before to the end of the one after."""
    while low > 0 and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and not text[high].isspace():
        high += 1
    return low, high


def _is_two(word: str, counts: Counter[str], stand: set[str]) -> bool:
    """Tell whether a rare word is two that stand elsewhere, the second with its article or after و."""
    if counts[word] > MAX_GLUED or not 2 * SHORTEST_PART + 2 <= len(word) <= LONGEST_GLUED:
        return False
    if _ARTICLE_INSIDE.search(word):
        return True
    for at in range(SHORTEST_PART + 1, len(word) - SHORTEST_PART):
        first, second = word[:at], word[at:]
        if first not in stand and _bare(first) not in stand:
            continue
        if second.startswith("ال") and len(second) > 4 and second in stand:
            return True
        if second.startswith("و") and len(second) > SHORTEST_PART + 1 and second[1:] in stand:
            return True
    return False


def _bare(word: str) -> str:
    """Return a word without و, ف, ب, ل or ك before it; one that would be too short then stays as it is."""
    bare = _CLITIC.sub("", word, count=1)
    return bare if len(bare) > SHORTEST_PART else word
