"""Compare two captures of one article, paragraph by paragraph and then word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from dossier.articles.source_text import SourceText

MAX_PARAGRAPHS = 2_000  # of one text: with more, comparing them costs too much
MAX_WORDS = 2_000  # of one paragraph
LIKE = 0.5  # of two paragraphs' words that must be the same for one to be the other changed
_WORDS = re.compile(r"\s+|[^\s]+")

RunKind = Literal["same", "removed", "added"]


class Run(Struct, frozen=True):
    """A stretch of a changed paragraph: in both texts, in the first alone, in the second alone."""

    kind: RunKind
    text: str


class Change(Struct, frozen=True, kw_only=True):
    """A paragraph that differs: its number in the first text and in the second, None where it is not there."""

    before: int | None
    after: int | None
    runs: tuple[Run, ...]


def compare(first: SourceText, second: SourceText) -> tuple[Change, ...] | None:
    """Return what differs between two texts, white space aside, in order of place; None where they are too long to compare."""
    if max(len(first.paragraphs), len(second.paragraphs)) > MAX_PARAGRAPHS:
        return None
    before, after = _paragraphs(first), _paragraphs(second)
    changes: list[Change] = []
    for kind, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            changes += _changed(before, after, range(low, high), range(start, end))
    return tuple(changes)


def _paragraphs(source: SourceText) -> list[str]:
    return [" ".join(source.text[p.start : p.end].split()) for p in source.paragraphs]


def _changed(before: Sequence[str], after: Sequence[str], old: range, new: range) -> Iterator[Change]:
    """Pair paragraphs that stand in each other's place and are alike; the rest were removed or added."""
    paired = {}
    rest = list(new)
    for number in old:
        match = next((other for other in rest if _alike(before[number], after[other])), None)
        if match is not None:
            paired[number] = match
            rest = [other for other in rest if other > match]
    left = iter([n for n in new if n not in paired.values()])
    following = next(left, None)
    for number in old:
        while following is not None and number in paired and following < paired[number]:
            yield Change(before=None, after=following + 1, runs=(Run("added", after[following]),))
            following = next(left, None)
        if number in paired:
            yield Change(
                before=number + 1, after=paired[number] + 1, runs=tuple(_runs(before[number], after[paired[number]]))
            )
        else:
            yield Change(before=number + 1, after=None, runs=(Run("removed", before[number]),))
    while following is not None:
        yield Change(before=None, after=following + 1, runs=(Run("added", after[following]),))
        following = next(left, None)


def _alike(one: str, other: str) -> bool:
    first, second = one.split(), other.split()
    if max(len(first), len(second)) > MAX_WORDS:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= LIKE


def _runs(before: str, after: str) -> Iterator[Run]:
    first, second = _WORDS.findall(before), _WORDS.findall(after)
    for kind, low, high, start, end in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Run("same", "".join(first[low:high]))
            continue
        if low < high:
            yield Run("removed", "".join(first[low:high]))
        if start < end:
            yield Run("added", "".join(second[start:end]))
