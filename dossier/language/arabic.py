"""Fold, collate and cut Arabic text: comparison, sort keys, sentences, digits and bidirectional controls.

Pure functions driven by tables. Offsets count Unicode code points; ends of spans are exclusive.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Literal

TATWEEL = "\u0640"
# Explicit bidirectional formatting characters (Unicode Annex 9, section 2).
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# What a clitic run may look like before a word: conjunction, preposition, article (with ل the article is written لل).
PROCLITICS = re.compile(r"[وف]?(?:[بك]?(?:ال)?|لل?)")
# Before a word that has its article already; ل stands there where a tatweel or a quotation mark parts it («لـالجزائر»).
PROCLITICS_BEFORE_ARTICLE = re.compile(r"[وف]?[بكل]?")
# Words that are spelt, but for marks, like a name, or like one with clitics, once both are folded.
HOMOGRAPHS = frozenset(["على", "إلى", "حتى", "متى", "لدى", "سوى", "مدى", "من", "عن", "أن", "إن", "لصالح"])
LETTER_VARIANTS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه",
    "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ۃ": "ه",
    "ڤ": "ف", "گ": "غ", "چ": "ج", "پ": "ب", "ژ": "ز",
}  # fmt: skip
FOLDED_BLOCKS = (
    (0x00A0, 0x0250),
    (0x0600, 0x0700),
    (0x2000, 0x2190),
    (0x3000, 0x3001),
    (0xFB50, 0xFE00),
    (0xFE70, 0xFF00),
)


def _fold_character(character: str) -> str:
    """Return what one character becomes: nothing, one or several."""
    if character in BIDI_CONTROLS or character in ZERO_WIDTH or character == TATWEEL:
        return ""
    out = []
    for part in unicodedata.normalize("NFKD", character).lower():
        if unicodedata.category(part) == "Mn" or part == TATWEEL:
            continue
        digit = unicodedata.digit(part, None)
        part = LETTER_VARIANTS.get(part, part) if digit is None else str(digit)
        out.append(" " if part.isspace() else part)
    return "".join(out)


FOLD = {code: _fold_character(chr(code)) for low, high in FOLDED_BLOCKS for code in range(low, high)}
# ASCII stands in the table too, though little of it changes: `str.translate` is slow on what it does not find.
FOLD |= {code: chr(code).lower() for code in range(0x80)} | dict.fromkeys(b"\t\n\x0b\x0c\r", " ")
FOLD |= dict.fromkeys((65279, *range(768, 880)), "")
_RESIZED = re.compile("[" + "".join(re.escape(chr(c)) for c, folded in FOLD.items() if len(folded) != 1) + "]")


def fold(text: str) -> str:
    """Reduce a text to what comparison looks at.

    Drops marks, tatweel and invisible characters, unifies hamza forms, ى and ة, turns digits into Latin ones and letters
    into lower case. What is outside `FOLDED_BLOCKS` stays as it is.
    """
    return text.translate(FOLD)


def any_of(words: Iterable[str]) -> str:
    """Build a pattern, without groups, for any of some words in folded text.

    The longest is tried first; between the parts of a word may be more than one space.
    """
    folded = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " +") for word in folded) + ")"


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Return `fold(text)`, and for each of its characters the index in `text`."""
    if not _RESIZED.search(text):
        return text.translate(FOLD), range(len(text))
    offsets: list[int] = []
    done = 0
    for match in _RESIZED.finditer(text):
        offsets.extend(range(done, match.start()))
        offsets.extend([match.start()] * len(FOLD[ord(match.group())]))
        done = match.end()
    offsets.extend(range(done, len(text)))
    return text.translate(FOLD), offsets


def is_mark(character: str) -> bool:
    """Tell whether a character is written onto the letter before it: a vowel sign, or tatweel."""
    return character == TATWEEL or unicodedata.category(character) == "Mn"


def sort_key(text: str) -> tuple[str, str]:
    """Return a key for collation: the article, marks and hamza carriers do not count at first; they break ties."""
    folded = fold(text).strip()
    return (folded[2:] if folded.startswith("ال") and len(folded) > 4 else folded, text)


_SENTENCE_END = re.compile(r"[.!?؟…]+[\"'»”’)\]]*(?=\s|$)")
_ABBREVIATION = re.compile(r"(?:^|[\s(«“])(?:\w|\w\.\w|Mr|Dr|St|No)$")
_QUOTES = {"«": "»", "“": "”"}
# One mark for both ends: the first of a pair stands before a word, the second after one.
_STRAIGHT_QUOTATION = re.compile(r"\"(?=\S)[^\"]*(?<=\S)\"(?!\w)")


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of sentences, trimmed of white space.

    A full stop inside quotation marks or after an abbreviation ends no sentence.
    """
    openings, closings = _quotations(text)
    starts = [0]
    for match in _SENTENCE_END.finditer(text):
        quotation = bisect_left(openings, match.start()) - 1
        inside = quotation >= 0 and match.end() < closings[quotation]
        if not inside and not _ABBREVIATION.search(text, max(0, match.start() - 8), match.start()):
            starts.append(match.end())
    return tuple(_trimmed(text, starts))


def _trimmed(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        piece = text[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _quotations(text: str) -> tuple[list[int], list[int]]:
    """Return where quotations begin, in order, and by when each and those before it have ended.

    One that never closes is none.
    """
    spans = [match.span() for match in _STRAIGHT_QUOTATION.finditer(text)]
    open_at: dict[str, int] = {}
    for match in re.finditer("[«»“”]", text):
        mark = match.group()
        if mark in _QUOTES:
            open_at.setdefault(_QUOTES[mark], match.start())
        elif mark in open_at:
            spans.append((open_at.pop(mark), match.end()))
    spans.sort()
    return [start for start, _ in spans], list(accumulate((end for _, end in spans), max))


ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
LATIN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def plural_form(number: int) -> int:
    """Return which of the six forms of a noun a number takes: zero, one, two, few (3–10), many (11–99), other (100, 101, …).

    These are CLDR's rules for Arabic; to have them of Babel takes longer than all else that a page needs of it.
    """
    if number <= 2:
        return number
    last = number % 100
    return 3 if 3 <= last <= 10 else 4 if last >= 11 else 5


Digits = Literal["latn", "arab"]  # Latin 0–9, Arabic-Indic ٠–٩; the names are those of Unicode (CLDR)


def to_digits(text: str, digits: Digits) -> str:
    """Turn all digits of a text into those of a kind."""
    return text.translate(LATIN_DIGITS if digits == "latn" else ARABIC_DIGITS)


def bidi_controls(text: str) -> tuple[int, ...]:
    """Return the offsets of explicit bidirectional controls (`BIDI_CONTROLS`), which an editor cannot see."""
    return tuple(match.start() for match in re.finditer(f"[{BIDI_CONTROLS}]", text))
