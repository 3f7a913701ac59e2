"""Find actors in text: Aho–Corasick over folded text without its white space, then the rules of Arabic writing.

Names are sought in the text as if it had no spaces, so that a name is found whether it stands in one piece, over a line end or
glued to its neighbour. What is found must then begin a word, but for clitics, and end one. A span leaves the clitics out;
in «للجزائر» it begins after both ل, the second of which stands for the name's own article, and in «للجنة» of اللجنة after the
first, for there the article is not written at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from dossier.articles.names import Name, NameEntry, Names, Occurrence, compile_names
from dossier.articles.source_text import SourceText
from dossier.articles.spans import Span
from dossier.language.arabic import HOMOGRAPHS, PROCLITICS, PROCLITICS_BEFORE_ARTICLE, fold, fold_with_offsets, is_mark

__all__ = ["Mention", "Name", "Names", "Settled", "compile_names", "find_mentions", "name_spans"]

LONGEST_CLITICS = 4  # «وبال», «فلل»
SHORTEST_GLUED = 4  # letters of a name that may be written onto another without و
SURE_ROW = 3  # so many capitals in a row are governments
# A name after one of these is a part of somebody else's: «محمد بن سالم» is not سالم.
WITHIN_NAMES = frozenset(fold("بن ابن بنت عبد أبو أبي أبا").split())
ARABIC = "\u0600"  # folded letters before it are Latin, and digits
# After these a capital is a place.
PLACE_WORDS = frozenset(fold("في إلى من نحو عند قرب العاصمة عاصمة مدينة مدن عواصم مطار سفارة").split())
EACH = frozenset(fold("كل كلا كلّ").split())  # «كل من» lists those who act
# First parts of compound names, which are written apart or together at will: «عبد الله», «عبدالله».
COMPOUNDING = frozenset(fold("عبد أبو أبي أبا أم ابن بن بو ذو آل ال نور سيف").split())
_BLANK_LINE = re.compile(r"(?:\n|\r(?!\n))\s*[\r\n]")


class Mention(Struct, frozen=True, order=True):
    """An actor named in a text."""

    start: int
    end: int
    actor: str


class Settled(Struct, frozen=True, kw_only=True):
    """A name whose actor the editor has settled in some paragraphs."""

    text: str
    actor: str
    paragraphs: tuple[int, ...]


class _Found(Struct, frozen=True):
    """An entry at a place. `start` and `end` are offsets into the letters, `ends_word` whether a word ends there."""

    start: int
    end: int
    entry: NameEntry
    ends_word: bool


class _Letters:
    """A text without white space and marks, and where each letter stands in the text.

    `_words` are the offsets at which words begin, twice over where two spaces stood: so the place of a letter in the folded
    text is its own offset and the number of words begun before it, and no table of all letters is needed.
    """

    def __init__(self, text: str) -> None:
        folded, self._offsets = fold_with_offsets(text)
        words = folded.split(" ")
        self.text = text
        self.letters = "".join(words)
        self._words = [0, *accumulate(map(len, words[:-1]))]
        self._breaks = frozenset(self._words)

    def offset(self, at: int) -> int:
        """Return where in the text a letter stands."""
        return self._offsets[at + bisect_right(self._words, at) - 1]

    def breaks_within(self, start: int, end: int) -> Sequence[int]:
        """Return where between two offsets white space stands."""
        return self._words[bisect_right(self._words, start) : bisect_left(self._words, end)]

    def inside_word(self, at: int) -> bool:
        """Tell whether an offset has letters of one script on both sides, with nothing between."""
        if at in self._breaks or not 0 < at < len(self.letters):
            return False
        before, after = self.letters[at - 1], self.letters[at]
        return before.isalnum() and after.isalnum() and (before < ARABIC) == (after < ARABIC)

    def word_start(self, at: int) -> int:
        """Return where the word begins that the letter at an offset belongs to."""
        while self.inside_word(at):
            at -= 1
        return at

    def word_before(self, at: int) -> str:
        """Return the word before the one that holds an offset, where only white space parts them; else nothing."""
        end = self.word_start(at)
        if end == 0 or end not in self._breaks or not self.letters[end - 1].isalnum():
            return ""
        return self.letters[self.word_start(end - 1) : end]

    def clitics(self, at: int) -> str | None:
        """Return what stands in a word before an offset; None where that is more than clitics can be."""
        for start in range(at, at - LONGEST_CLITICS - 1, -1):
            if not self.inside_word(start):
                return self.letters[start:at]
        return None

    def span(self, start: int, end: int) -> Span:
        """Return offsets into the text; marks on the last letter belong to it."""
        stop = self.offset(end - 1) + 1
        while stop < len(self.text) and is_mark(self.text[stop]):
            stop += 1
        return self.offset(start), stop


def find_mentions(source: SourceText, names: Names, settled: Sequence[Settled] = ()) -> tuple[Mention, ...]:
    """Return every mention outside noise, in order of place, none within another.

    `settled` are names whose actor the editor has settled, paragraph by paragraph; they may be missing from `names`.
    """
    here = _Letters(source.text)
    more = _unlisted(settled, names)
    chosen = _longest_first(tuple(_candidates(here, names, more)))
    choices = _settle(here, chosen, source, settled)
    return tuple(sorted(_spans(here, choices, source)))


def name_spans(text: str, names: Names) -> tuple[Mention, ...]:
    """Return the actors named in a short text of ours, where nothing is settled and nothing is noise."""
    return find_mentions(SourceText(file="", sha256="", text=text, paragraphs=(), noise=()), names)


def _unlisted(settled: Sequence[Settled], names: Names) -> Names:
    """Compile the names that only the editor's `means` has."""
    unknown = [s for s in settled if "".join(fold(s.text).split()) not in names.entries]
    return compile_names(Name(actor=s.actor, text=s.text, ambiguous=True) for s in unknown)


def _candidates(here: _Letters, names: Names, more: Names) -> Iterator[_Found]:
    """Yield occurrences that begin a word, but for clitics, and end one; and runs of names glued into one word."""
    occurrences = [*names.occurrences(here.letters), *more.occurrences(here.letters)]
    glued: list[_Found] = []
    for start, end, entry in occurrences:
        if not _begins_word(here, start, entry) or not _spaces_fit(here, start, end, entry):
            continue
        if here.inside_word(end):
            glued.append(_Found(start, end, entry, False))
        elif not (entry.homograph and _is_homograph(here, start, end)):
            yield _Found(start, end, entry, True)
    if glued:
        starts: dict[int, list[Occurrence]] = {}
        for occurrence in occurrences:
            starts.setdefault(occurrence[0], []).append(occurrence)
        for first in glued:
            yield from _unglue(here, first, starts)


def _begins_word(here: _Letters, start: int, entry: NameEntry) -> bool:
    clitics = here.clitics(start)
    if not clitics:
        return clitics is not None
    if entry.clitics:
        return clitics in ("و", "ف")
    return bool((PROCLITICS_BEFORE_ARTICLE if entry.has_article else PROCLITICS).fullmatch(clitics))


def _spaces_fit(here: _Letters, start: int, end: int, entry: NameEntry) -> bool:
    """Tell whether white space stands only between a name's words or after the first part of a compound, and no blank line."""
    breaks = here.breaks_within(start, end)
    for at in breaks:
        if at - start not in entry.gaps:
            begun = max((gap for gap in entry.gaps if gap < at - start), default=0)
            part = entry.letters[begun : at - start]
            if part not in COMPOUNDING and part.removeprefix("ال") not in COMPOUNDING:
                return False
    return not breaks or not _BLANK_LINE.search(here.text, here.offset(start), here.offset(end - 1))


def _is_homograph(here: _Letters, start: int, end: int) -> bool:
    """Tell whether a word as it is spelt is a particle («على» for a name علي), or with its clitics a set phrase («لصالح»)."""
    for at in range(here.word_start(start), start + 1):
        low, high = here.span(at, end)
        if "".join(c for c in here.text[low:high] if fold(c)) in HOMOGRAPHS:
            return True
    return False


def _unglue(here: _Letters, first: _Found, starts: dict[int, list[Occurrence]]) -> Iterator[_Found]:
    """Split a word wholly into names: the first, then و and a name or, where both are long, just a name."""
    chain = [first]
    while not chain[-1].ends_word:
        at = chain[-1].end
        following = starts.get(at + 1, []) if here.letters[at] == "و" else []
        if len(chain[-1].entry.letters) >= SHORTEST_GLUED:
            following = following + [o for o in starts.get(at, ()) if o[1] - at >= SHORTEST_GLUED]
        found = [_Found(*o, not here.inside_word(o[1])) for o in following if _spaces_fit(here, *o)]
        if not found:
            return
        chain.append(max(found, key=lambda f: (f.ends_word, f.end)))
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
    """Choose the actor of each name: what the editor says of the paragraph, else its only actor, else what a row makes sure."""
    by_place = {("".join(fold(s.text).split()), p): s.actor for s in settled for p in s.paragraphs}
    starts = [paragraph.start for paragraph in source.paragraphs]
    keys = [(found.entry.name, bisect_right(starts, here.offset(found.start))) for found in chosen]
    acting = {
        key for key, found in zip(keys, chosen, strict=True) if key in by_place and not _after_place_word(here, found)
    }
    rows = _sure_rows(here, chosen)
    out = []
    for key, found in zip(keys, chosen, strict=True):
        entry = found.entry
        if key in by_place:
            # Where the capital acts elsewhere in the paragraph, it is a place after a preposition of place.
            if not (entry.ambiguous and key in acting and _after_place_word(here, found)):
                out.append((found, by_place[key]))
        elif found in rows or not (entry.ambiguous or _adjective(here, found) or _within_name(here, found)):
            out.append((found, entry.actors[0]))
    return out


def _after_place_word(here: _Letters, found: _Found) -> bool:
    """Tell whether a name follows a preposition of place; «كل من القاهرة» does not."""
    start = here.word_start(found.start)
    before = here.word_before(start)
    if before == "من" and here.word_before(start - len(before)) in EACH:
        return False
    return _is_one_of(before, PLACE_WORDS)


def _adjective(here: _Letters, found: _Found) -> bool:
    """Tell whether a name in the form of a nisba («السعودية») only qualifies the definite noun before it."""
    entry = found.entry
    if (
        not (entry.has_article and entry.name.endswith("يه"))
        or entry.clitics
        or entry.gaps
        or here.clitics(found.start)
    ):
        return False
    before = re.sub("^[وفبك]", "", here.word_before(found.start))
    return len(before) > 4 and before.startswith(("ال", "لل"))


def _within_name(here: _Letters, found: _Found) -> bool:
    """Tell whether a name is but the end of another person's («محمد بن سالم»)."""
    return not here.clitics(found.start) and _is_one_of(here.word_before(found.start), WITHIN_NAMES)


def _is_one_of(word: str, words: frozenset[str]) -> bool:
    """Tell whether a word, with clitics or without, is among these."""
    return word in words or re.sub("^[وف]?[بلك]?", "", word) in words


def _sure_rows(here: _Letters, chosen: Sequence[_Found]) -> set[_Found]:
    """Return names in rows of three or more different ambiguous ones, unless the row says where something is."""
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
        if len({f.entry.actors for f in row}) >= SURE_ROW and not _says_where(here, row[0])
        for found in row
    }


def _says_where(here: _Letters, found: _Found) -> bool:
    """Tell whether a preposition of place, a word or a clitic, stands before a name."""
    return (
        found.entry.clitics > 0
        or (here.clitics(found.start) or "").endswith(("ب", "ل"))
        or _after_place_word(here, found)
    )


def _joined(here: _Letters, left: _Found, right: _Found) -> bool:
    return here.letters[left.end : right.start] in ("و", ",", "،", "،و", ",و")


def _spans(here: _Letters, choices: Iterable[tuple[_Found, str]], source: SourceText) -> Iterator[Mention]:
    for found, actor in choices:
        start, end = here.span(found.start + found.entry.clitics, found.end)
        if not any(noise.start <= start < noise.end for noise in source.noise):
            yield Mention(start, end, actor)
