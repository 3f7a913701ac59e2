"""Set text of two directions, so that every letter and sign stands where its language puts it.

A text that is of a left-to-right language as a whole keeps its own direction and is never cut. In Arabic text each left-to-right run is
isolated together with the signs that belong to it (`C++`, `(U.S.)`, `$340`, `50%`, `+218-91-555-0000`): the bidirectional algorithm
(Unicode Annex 9) would give these signs the direction of the Arabic around them. Offsets count Unicode code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "syr", "ug", "ur", "yi"})
MOSTLY = 4  # so many left-to-right letters for one of Arabic make a text left-to-right

_LTR = r"A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u0370-\u0373\u0376-\u058a"
_RTL = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_DIGIT = r"0-9\u0660-\u0669\u06f0-\u06f9"
_CURRENCY = "$€£¥₪₺"
_ADDRESS = r"https?://[^\s«»“”\"<>]*[^\s«»“”\"<>.,;:!?؟،؛)\]]"
_WORD = rf"[{_LTR}][{_LTR}0-9]*"
# Words of a run, with whatever stands between them that is no Arabic and ends no line.
_RUN = re.compile(rf"{_ADDRESS}|(?<![0-9])[0-9]{{0,9}}{_WORD}(?:[^{_LTR}{_RTL}\n\r«»]{{0,40}}{_WORD})*")
# Numbers whose signs would change places: with a sign before or behind, or in three parts and more.
_NUMBER = re.compile(
    rf"(?<![{_LTR}{_DIGIT}.,])(?:"
    rf"(?:(?<!\S)[+±−-]|[+±]|[{_CURRENCY}])[{_DIGIT}][{_DIGIT}.,]*(?:-[{_DIGIT}]+)*[%‰{_CURRENCY}]?"
    rf"|[{_DIGIT}][{_DIGIT}.,]*(?:[%‰+](?!\w)|[{_CURRENCY}])"
    rf"|[{_DIGIT}]+(?:-[{_DIGIT}]+){{2,}})(?<![.,])"
)
_MONEY_BEFORE = re.compile(rf"(?<!\w)[{_CURRENCY}+±][0-9][0-9.,]*\s?$")
_SIGNS_BEFORE = re.compile(rf"(?<![{_LTR}{_DIGIT}])[{_CURRENCY}+±#@~]{{1,3}}$|(?<!\w)[.-]$")
_BEHIND = re.compile(r"(?:[ -]?[0-9](?:[0-9.,:/-]*[0-9])?)?(?:[+#%°]+(?!\w))?")
_ABBREVIATION = re.compile(rf"(?:^|[^{_LTR}])(?:[{_LTR}]\.)+[{_LTR}]$")
_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”"}
_MAY_NEED_IT = re.compile(rf"[{_LTR}{_CURRENCY}%‰+±−-]").search  # one class: it is asked of every text
_LTR_LETTERS, _RTL_LETTERS = re.compile(f"[{_LTR}]"), re.compile(f"[{_RTL}]")


class TaggedSpan(Struct, frozen=True):
    """A span of a text that stands between two tags, as a link or a mark. `opening` and `closing` are HTML."""

    start: int
    end: int
    opening: str
    closing: str


def is_left_to_right_language(lang: str) -> bool:
    """Tell whether a language (BCP 47) is written from left to right."""
    return lang.partition("-")[0].lower() not in RIGHT_TO_LEFT_LANGUAGES


def is_left_to_right(text: str, lang: str = "ar") -> bool:
    """Tell whether a text is left-to-right as a whole: by its letters, in doubt by the language in which it stands.

    In Arabic it must begin so and have `MOSTLY` letters for one of Arabic: an Arabic sentence with a long foreign name is Arabic.
    """
    first = _LTR_LETTERS.search(text)
    if first is None:
        return is_left_to_right_language(lang) and not _RTL_LETTERS.search(text)
    ltr, rtl = len(_LTR_LETTERS.findall(text)), len(_RTL_LETTERS.findall(text))
    if is_left_to_right_language(lang):
        return ltr >= rtl
    begins = _RTL_LETTERS.search(text)
    return ltr > MOSTLY * rtl and (begins is None or first.start() < begins.start())


def left_to_right_runs(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans in Arabic text that want isolation: foreign words, addresses, hashes and signed numbers, with their signs."""
    if not _MAY_NEED_IT(text):  # most texts have none, and the whole patterns are slow to find that out
        return ()
    runs = [_with_signs(text, *match.span()) for match in _RUN.finditer(text)]
    taken = iter([*runs, (len(text) + 1, len(text) + 1)])
    start, end = next(taken)
    for match in _NUMBER.finditer(text):
        while end <= match.start():
            start, end = next(taken)
        if match.end() <= start:
            runs.append(match.span())
    return tuple(sorted(runs))


def _with_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a run to the signs and numbers that belong to it, and to the brackets that it opens, closes or fills."""
    if text.startswith(("http://", "https://"), start):
        return start, end
    end = _BEHIND.match(text, end).end()  # type: ignore[union-attr]  # it matches nothing at least
    if text[end : end + 1] == "." and _ABBREVIATION.search(text[max(start, end - 24) : end]):
        end += 1
    window = max(0, start - 24)
    before = _MONEY_BEFORE.search(text, window, start) or _SIGNS_BEFORE.search(text, window, start)
    start = before.start() if before else start
    for opening, closing in _PAIRS.items():
        inside = text.count(opening, start, end) - text.count(closing, start, end)
        opens, closes = text[start - 1 : start] == opening, text[end : end + 1] == closing
        if closes and (inside > 0 or (opens and inside == 0)):
            end += 1
        if opens and (inside < 0 or (closes and inside == 0)):
            start -= 1
    return start, end


def isolate(text: str, lang: str = "ar") -> Markup:
    """Return a text as escaped HTML: as a whole in `<bdi dir="ltr">` where it is left-to-right, else with each of its runs in `<bdi>`.

    `lang` is the language in which it stands; of a left-to-right one it is said.
    """
    if not is_left_to_right_language(lang) and not _MAY_NEED_IT(text):
        return escape(text)  # as most texts are
    if not is_left_to_right(text, lang):
        return mark_up(text)
    if is_left_to_right_language(lang):
        return Markup('<bdi dir="ltr" lang="{}">{}</bdi>').format(lang, text)
    return Markup('<bdi dir="ltr">{}</bdi>').format(text)


def mark_up(text: str, spans: Iterable[TaggedSpan] = (), *, whole: bool = False) -> Markup:
    """Return a text as escaped HTML with tags around `spans`, which stand in order and apart, and runs isolated.

    A run with a link or mark in it stays one; only where the two overlap by halves is it cut. `whole` leaves a left-to-right text
    uncut: whoever shows it gives it its direction.
    """
    ordered = list(spans)
    tags = [] if whole else [_isolation(text, *run) for run in _cut(left_to_right_runs(text), ordered)]
    parts: list[str] = []
    done = 0
    for place, tag in _tags_in_order([*ordered, *tags]):
        parts += (str(escape(text[done:place])), tag)
        done = place
    return Markup("".join((*parts, str(escape(text[done:])))))


def _isolation(text: str, start: int, end: int) -> TaggedSpan:
    """Return the tags of a run; one without a letter to tell its direction has it written out."""
    first = text[start:end].lstrip("+±#@~.-$€£¥₪₺([“0123456789")
    return TaggedSpan(start, end, "<bdi>" if _LTR_LETTERS.match(first) else '<bdi dir="ltr">', "</bdi>")


def _cut(runs: Sequence[tuple[int, int]], spans: Sequence[TaggedSpan]) -> list[tuple[int, int]]:
    """Cut runs where a span begins or ends within them and reaches out of them."""
    found = []
    for start, end in runs:
        for span in spans:
            if span.start < start < span.end < end:
                found.append((start, span.end))
                start = span.end
            elif start < span.start < end < span.end:
                found.append((start, span.start))
                start = span.start
        found.append((start, end))
    return [(start, end) for start, end in found if start < end]


def _tags_in_order(spans: Iterable[TaggedSpan]) -> list[tuple[int, str]]:
    """Return all tags with their places so that they nest: what ends before what begins, the longer outside."""
    tags: list[tuple[tuple[int, int, int], int, str]] = []
    for number, span in enumerate(spans):
        tags.append(((1, -span.end, number), span.start, span.opening))
        tags.append(((0, -span.start, -number), span.end, span.closing))
    return [(place, tag) for _, place, tag in sorted(tags, key=lambda tag: (tag[1], tag[0]))]
