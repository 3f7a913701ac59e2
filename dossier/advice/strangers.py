"""Names in texts that look like actors and have no page: «اللواء …», «الرئيس …», capitalised Latin runs.

Only what is nearly sure is told, once a name, with its number and its first place: an editor who is warned of everything reads nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dossier.arabic import fold
from dossier.errors import Problem
from dossier.memo import Memo
from dossier.mentions import Mention
from dossier.reading import place_of
from dossier.search.tables import STOP_WORDS
from dossier.seeds import SourceText
from dossier.site import Site

# Ranks stand before names and little else; other titles are words of other use too, so that one sight is not enough.
RANKS = "المشير|اللواء|العميد|العقيد|النقيب|الملازم|الجنرال|الكولونيل"
TITLES = "الفريق|المقدم|الرائد|الرئيس|الوزير|السفير|الأمير|الملك|السناتور|السيناتور|النائب|الدكتور|الشيخ"
OFTEN = 2
_WORD = r"[^\W\d_]+"
_PARTED = rf"(?:بن|ابن|بنت|آل|أبو|عبد) {_WORD}"
_BETWEEN = rf"(?: (?:ال{_WORD}(?:ي|ية)|المتقاعد|السابق|الأسبق|الراحل|ركن|دكتور))*"
_TITLED = re.compile(rf"(?<!\w)[وفبلك]?(?:(?P<rank>{RANKS})|{TITLES}){_BETWEEN}(?P<name> {_WORD}(?: {_PARTED})*(?: {_WORD})?)")
_LATIN = re.compile(r"(?<![\w/@.])[A-Z][\w’'.-]*(?: (?:of|the|de|al|el|bin|van|von) ?| )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|(?<![\w/@.-])[A-Z][A-Za-z’'-]{4,}(?![\w/@.])")
_ADDRESS = re.compile(r"\S*(?:https?:|www\.|@)\S*")
# Words after a title that are no name: particles, and verbs and adverbs of reporting.
NO_NAMES = STOP_WORDS | {fold(w) for w in ["قال", "وقال", "أكد", "أعلن", "أمس", "اليوم", "قائلا", "نفسه", "ذاته", "أيضا", "كان", "وهو", "الذي", "الأول", "الثاني", "عام", "بعد", "لدى", "خلال"]}


@dataclass(frozen=True, slots=True)
class Sight:
    """A name where it stands. `sure` where one sight is enough."""

    name: str
    start: int
    sure: bool


def find_strangers(site: Site, memo: Memo) -> Iterator[Problem]:
    """A warning for each name without a page, at its first place."""
    seen: dict[str, list[tuple[SourceText, Sight]]] = {}
    for linked in site.reports.values():
        texts = linked.texts
        for text, mentions in ((texts.seed, texts.seed_mentions), (texts.original, texts.original_mentions)):
            if text is not None:
                key = (text.sha256, bool(text.noise), mentions)
                for sight in memo.get("strangers", key, lambda text=text, mentions=mentions: tuple(sights(text, mentions))):  # type: ignore[misc]
                    seen.setdefault(fold(sight.name), []).append((text, sight))
    for found in seen.values():
        if len(found) >= OFTEN or found[0][1].sure:
            yield _problem(found)


def _problem(found: Sequence[tuple[SourceText, Sight]]) -> Problem:
    text, sight = found[0]
    line, column = place_of(text.text, sight.start)
    times = f", {len(found)} times, here first" if len(found) > 1 else ""
    return Problem(
        message=f'"{sight.name}" looks like a name and has no page{times}',
        file=text.file,
        line=line,
        column=column,
        hint="write content/actors/<id>.md, or add it to somebody's aliases, if it matters here",
        severity="warning",
    )


def sights(text: SourceText, mentions: Sequence[Mention]) -> Iterator[Sight]:
    """Names outside of mentions and noise."""
    taken = _Taken([*((m.start, m.end) for m in mentions), *((n.start, n.end) for n in text.noise)])
    taken_or_address = _Taken([*taken.spans, *(m.span() for m in _ADDRESS.finditer(text.text))])
    for match in _TITLED.finditer(text.text):
        start, end = match.start("name"), match.end()
        words = match["name"].split()
        if not taken.meets(match.start(), end + 1) and _may_be_name(words[0]):
            name = " ".join(words if _may_be_name(words[-1]) or words[-1].startswith("ال") else words[:-1])
            yield Sight(name, start + 1, match["rank"] is not None and " " in name)
    for match in _LATIN.finditer(text.text):
        if not taken_or_address.meets(*match.span()):
            yield Sight(match.group(), match.start(), " " in match.group())


def _may_be_name(word: str) -> bool:
    """Whether a word after a title may be a name: no particle, no verb of reporting, nothing with a preposition or an adverb's ending."""
    return fold(word) not in NO_NAMES and not word.startswith(("ال", "لل", "بال")) and not word.endswith(("ً", "اً", "ات", "ية"))


class _Taken:
    """Spans that are spoken for."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self._starts = [start for start, _ in self.spans]

    def meets(self, start: int, end: int) -> bool:
        """Whether any of them has a character in common with this one. Mentions do not overlap, noise is long and seldom."""
        at = bisect_left(self._starts, end)
        return any(self.spans[n][1] > start for n in range(max(0, at - 8), at))
