"""Find passages that one text has from another: runs of words that are the same but for marks and signs, however they are cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from dossier.language.arabic import fold_with_offsets

SHORTEST = 7  # words; names of bodies and set phrases are shorter
MOST_PLACES = 20  # a run that stands in more places is nobody's own
_words = re.compile(r"\w+").finditer

Words = Sequence[tuple[str, int, int]]
Runs = Mapping[tuple[str, ...], Sequence[int]]


class Passage(Struct, frozen=True, kw_only=True):
    """A run of words that a text shares with another: where it stands, in code points, and how many words it has."""

    start: int
    end: int
    words: int


def words_of(text: str) -> Words:
    """Return the words of a text, folded, with where they begin and end."""
    folded, offsets = fold_with_offsets(text)
    return [(m.group(), offsets[m.start()], offsets[m.end() - 1] + 1) for m in _words(folded)]


def index_runs(words: Words) -> Runs:
    """Return the places of every run of `SHORTEST` words."""
    runs: dict[tuple[str, ...], list[int]] = {}
    plain = [word for word, _, _ in words]
    for place in range(len(plain) - SHORTEST + 1):
        runs.setdefault(tuple(plain[place : place + SHORTEST]), []).append(place)
    return runs


def shared_passages(mine: Words, theirs: Words, runs: Runs) -> Iterator[Passage]:
    """Yield the passages that `mine` shares with `theirs`, as they come, none within another. `runs` are those of `theirs`."""
    plain = [word for word, _, _ in mine]
    place = 0
    while place <= len(plain) - SHORTEST:
        starts = runs.get(tuple(plain[place : place + SHORTEST]), ())
        if not starts or len(starts) > MOST_PLACES:
            place += 1
            continue
        length = max(_run(mine, theirs, place, start) for start in starts)
        yield Passage(start=mine[place][1], end=mine[place + length - 1][2], words=length)
        place += length


def _run(mine: Words, theirs: Words, place: int, start: int) -> int:
    length = 0
    while (
        place + length < len(mine)
        and start + length < len(theirs)
        and mine[place + length][0] == theirs[start + length][0]
    ):
        length += 1
    return length
