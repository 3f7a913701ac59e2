"""Actors found in text: Aho–Corasick over folded text without its white space, then the rules of Arabic writing.

Names are sought in the text as if it had no spaces, so that a name is found whether it stands in one piece, over a line end or
glued to its neighbour. What is found must then begin a word, but for clitics, and end one. A span leaves the clitics out;
in «للجزائر» it begins after both ل, the second of which stands for the name's own article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import ahocorasick

from dossier.arabic import PROCLITICS, fold, fold_with_offsets, is_mark
from dossier.seeds import SourceText

LONGEST_CLITICS = 4  # «وبال», «فلل»
SHORTEST_GLUED = 4  # letters of a name that may be written onto another without و
SURE_ROW = 3  # so many capitals in a row are governments
# After these a capital is a place.
PLACE_WORDS = frozenset(fold("في إلى من نحو عند قرب العاصمة عاصمة مدينة مدن عواصم مطار سفارة").split())
EACH = frozenset(fold("كل كلا كلّ").split())  # «كل من» lists those who act
# First parts of compound names, which are written apart or together at will: «عبد الله», «عبدالله».
COMPOUNDING = frozenset(fold("عبد أبو أبي أبا أم ابن بن بو ذو آل ال نور سيف").split())


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """An actor named in a text."""

    start: int
    end: int
    actor: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A way in which texts name an actor; an ambiguous one counts only where it is settled or a rule is sure."""

    actor: str
    text: str
    ambiguous: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """A name whose actor the editor has settled in some paragraphs."""

    text: str
    actor: str
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name as the automaton knows it. `article` says that it stands for ل before a name that begins with ال."""

    letters: str
    gaps: frozenset[int]
    actors: tuple[str, ...]
    ambiguous: bool
    article: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """An entry at a place. `start` and `end` are offsets into the letters, `ends_word` whether a word ends there."""

    start: int
    end: int
    entry: _Entry
    ends_word: bool


class Names:
    """All names, compiled. `entries` are by their letters: folded, without spaces."""

    def __init__(self, entries: Iterable[_Entry]) -> None:
        self.entries = {entry.letters: entry for entry in entries}
        self._automaton = ahocorasick.Automaton()
        for letters, entry in self.entries.items():
            self._automaton.add_word(letters, entry)
        if self.entries:
            self._automaton.make_automaton()

    def occurrences(self, letters: str) -> Iterator[tuple[int, int, _Entry]]:
        """Every place where a name's letters stand, names within names too."""
        if self.entries:
            for last, entry in self._automaton.iter(letters):
                yield last + 1 - len(entry.letters), last + 1, entry


def compile_names(names: Iterable[Name]) -> Names:
    """Names ready to be sought. One that two actors share is ambiguous, whatever it was called."""
    actors: dict[str, dict[str, bool]] = {}
    gaps: dict[str, frozenset[int]] = {}
    for name in names:
        words = fold(name.text).split()
        letters = "".join(words)
        if letters:
            actors.setdefault(letters, {}).setdefault(name.actor, name.ambiguous)
            gaps.setdefault(letters, _gaps(words))
    return Names(entry for letters, by in actors.items() for entry in _entries(letters, gaps[letters], by))


def _gaps(words: Sequence[str]) -> frozenset[int]:
    lengths, total = [], 0
    for word in words:
        total += len(word)
        lengths.append(total)
    return frozenset(lengths[:-1])


def _entries(letters: str, gaps: frozenset[int], actors: dict[str, bool]) -> Iterator[_Entry]:
    ambiguous = len(actors) > 1 or any(actors.values())
    yield _Entry(letters, gaps, tuple(actors), ambiguous, False)
    if letters.startswith("ال"):
        yield _Entry("لل" + letters[2:], gaps, tuple(actors), ambiguous, True)


class _Letters:
    """A text without white space and marks, and where each letter stands in the text."""

    def __init__(self, text: str) -> None:
        folded, offsets = fold_with_offsets(text)
        kept = [i for i, character in enumerate(folded) if character != " "]
        self.text = text
        self.letters = "".join([folded[i] for i in kept])
        self.offsets = [offsets[i] for i in kept]
        self.breaks = frozenset(k for k in range(1, len(kept)) if kept[k] - kept[k - 1] > 1)

    def inside_word(self, at: int) -> bool:
        """Whether a letter stands on both sides of an offset, with nothing between."""
        return (
            0 < at < len(self.letters)
            and at not in self.breaks
            and self.letters[at - 1].isalnum()
            and self.letters[at].isalnum()
        )

    def word_start(self, at: int) -> int:
        """Where the word begins that the letter at an offset belongs to."""
        while self.inside_word(at):
            at -= 1
        return at

    def word_before(self, at: int) -> str:
        """The word before the one that holds an offset, where only white space parts them; else nothing."""
        end = self.word_start(at)
        if end not in self.breaks or not self.letters[end - 1].isalnum():
            return ""
        return self.letters[self.word_start(end - 1) : end]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the text; marks on the last letter belong to it."""
        stop = self.offsets[end - 1] + 1
        while stop < len(self.text) and is_mark(self.text[stop]):
            stop += 1
        return self.offsets[start], stop


def find_mentions(source: SourceText, names: Names, settled: Sequence[Settled] = ()) -> tuple[Mention, ...]:
    """Every mention outside noise, in order, none within another."""
    here = _Letters(source.text)
    more = _unlisted(settled, names)
    chosen = _longest_first(tuple(_candidates(here, names, more)))
    choices = _settle(here, chosen, source, settled)
    return tuple(sorted(_spans(here, choices, source)))


def name_spans(text: str, names: Names) -> tuple[Mention, ...]:
    """Actors named in a short text of ours, where nothing is settled and nothing is noise."""
    return find_mentions(SourceText(file="", sha256="", text=text, paragraphs=(), noise=()), names)


def _unlisted(settled: Sequence[Settled], names: Names) -> Names:
    """Names that only the editor's `means` know."""
    unknown = [s for s in settled if "".join(fold(s.text).split()) not in names.entries]
    return compile_names(Name(actor=s.actor, text=s.text, ambiguous=True) for s in unknown)


def _candidates(here: _Letters, names: Names, more: Names) -> Iterator[_Found]:
    """Occurrences that begin a word, but for clitics, and end one; and runs of names glued into one word."""
    glued: list[_Found] = []
    starts: dict[int, list[_Found]] = {}
    for start, end, entry in (*names.occurrences(here.letters), *more.occurrences(here.letters)):
        if not _spaces_fit(here, start, end, entry):
            continue
        found = _Found(start, end, entry, not here.inside_word(end))
        starts.setdefault(start, []).append(found)
        if _begins_word(here, start, entry):
            if found.ends_word:
                yield found
            else:
                glued.append(found)
    for first in glued:
        yield from _unglue(here, first, starts)


def _begins_word(here: _Letters, start: int, entry: _Entry) -> bool:
    word = here.word_start(start)
    if word == start:
        return True
    clitics = here.letters[word:start]
    if len(clitics) > LONGEST_CLITICS or not PROCLITICS.fullmatch(clitics):
        return False
    return not (entry.article or entry.letters.startswith("ال")) or not clitics.endswith("ل")


def _spaces_fit(here: _Letters, start: int, end: int, entry: _Entry) -> bool:
    """White space may stand between a name's words, and after the first part of a compound name; nowhere else."""
    words = sorted({0, *entry.gaps})
    for at in range(1, end - start):
        if start + at in here.breaks and at not in entry.gaps:
            begun = max(word for word in words if word < at)
            if entry.letters[begun:at].removeprefix("ال") not in COMPOUNDING and entry.letters[begun:at] not in COMPOUNDING:
                return False
    return True


def _unglue(here: _Letters, first: _Found, starts: dict[int, list[_Found]]) -> Iterator[_Found]:
    """A word that splits wholly into names: the first, then و and a name or, where both are long, just a name."""
    chain = [first]
    while not chain[-1].ends_word:
        at = chain[-1].end
        following = [f for f in starts.get(at + 1, ()) if here.letters[at] == "و"]
        if len(chain[-1].entry.letters) >= SHORTEST_GLUED:
            following += [f for f in starts.get(at, ()) if len(f.entry.letters) >= SHORTEST_GLUED]
        if not following:
            return
        chain.append(max(following, key=lambda f: (f.ends_word, f.end)))
    yield from chain


def _longest_first(found: Sequence[_Found]) -> list[_Found]:
    taken: list[_Found] = []
    used: set[int] = set()
    for candidate in sorted(set(found), key=lambda f: (f.start - f.end, f.start, f.entry.letters)):
        letters = range(candidate.start, candidate.end)
        if used.isdisjoint(letters):
            used.update(letters)
            taken.append(candidate)
    return sorted(taken, key=lambda f: f.start)


def _settle(
    here: _Letters, chosen: Sequence[_Found], source: SourceText, settled: Sequence[Settled]
) -> list[tuple[_Found, str]]:
    """The actor of each name: what the editor says of the paragraph, else its only actor, else what a row makes sure."""
    by_place = {("".join(fold(s.text).split()), p): s.actor for s in settled for p in s.paragraphs}
    numbers = [_paragraph(here, found, source) for found in chosen]
    rows = _sure_rows(here, chosen)
    governing = {
        (_name(found), number)
        for found, number in zip(chosen, numbers, strict=True)
        if not _after_place_word(here, found)
    }
    out = []
    for found, number in zip(chosen, numbers, strict=True):
        key = (_name(found), number)
        actor = by_place.get(key)
        if actor and found.entry.ambiguous and key in governing and _after_place_word(here, found):
            continue  # elsewhere in the paragraph the capital acts; here it is where something happens
        if actor is None and not found.entry.ambiguous and not _adjective(here, found):
            actor = found.entry.actors[0]
        if actor is None and found in rows:
            actor = found.entry.actors[0]
        if actor:
            out.append((found, actor))
    return out


def _name(found: _Found) -> str:
    letters = found.entry.letters
    return "ال" + letters[2:] if found.entry.article else letters


def _paragraph(here: _Letters, found: _Found, source: SourceText) -> int:
    at = here.offsets[found.start]
    return next((p.number for p in source.paragraphs if p.start <= at < p.end), 0)


def _after_place_word(here: _Letters, found: _Found) -> bool:
    """Whether a name follows a preposition of place; «كل من القاهرة» does not."""
    start = here.word_start(found.start)
    before = here.word_before(start)
    if before == "من" and here.word_before(start - len(before)) in EACH:
        return False
    return before in PLACE_WORDS or re.sub("^[وف]", "", before) in PLACE_WORDS


def _adjective(here: _Letters, found: _Found) -> bool:
    """Whether a name in the form of a nisba («السعودية») only qualifies the definite noun before it."""
    letters = found.entry.letters
    if not (letters.startswith("ال") and letters.endswith("يه")) or found.entry.gaps or here.word_start(found.start) != found.start:
        return False
    before = re.sub("^[وفبك]", "", here.word_before(found.start))
    return len(before) > 4 and before.startswith(("ال", "لل"))


def _sure_rows(here: _Letters, chosen: Sequence[_Found]) -> set[_Found]:
    """Names in rows of three or more different ambiguous ones, unless the row says where something is."""
    rows: list[list[_Found]] = []
    for found in chosen:
        if not found.entry.ambiguous or len(found.entry.actors) > 1:
            continue
        if rows and _joined(here, rows[-1][-1], found):
            rows[-1].append(found)
        else:
            rows.append([found])
    return {
        found
        for row in rows
        if len({f.entry.actors for f in row}) >= SURE_ROW and not _after_place_word(here, row[0])
        for found in row
    }


def _joined(here: _Letters, left: _Found, right: _Found) -> bool:
    return here.letters[left.end : right.start] in ("و", ",", "،", "،و", ",و")


def _spans(here: _Letters, choices: Iterable[tuple[_Found, str]], source: SourceText) -> Iterator[Mention]:
    for found, actor in choices:
        start, end = here.span(found.start + 2 * found.entry.article, found.end)
        if not any(noise.start <= start < noise.end for noise in source.noise):
            yield Mention(start, end, actor)
