"""Find whom a text names of whom the dossier has no page: persons, bodies and states, each with all its places.

What is found is likely, not sure: it is listed for an editor who has the text before him. For what is said of a text without
being asked, `candidates` finds less and errs less.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from dossier.articles.bodies import find_bodies
from dossier.articles.candidates import find_latin
from dossier.articles.mentions import Mention
from dossier.articles.persons import GIVEN, find_persons, is_family, is_lone_name
from dossier.articles.signatures import find_signature
from dossier.articles.spans import Span, Taken
from dossier.articles.words import Word, cut
from dossier.language.arabic import any_of, fold, fold_with_offsets

StrangerKind = Literal["person", "body", "state"]
SHORTEST_ALONE = 4  # letters of a word that stands for a whole name
_ADJECTIVE = re.compile(r"(?<!\w)(?:[وف]?[بك]?ال|لل)\w+ $")  # «سوق الأسهم السعودية» does not name the state
# States whose name is another word as well.
_OTHER_WORDS = frozenset(
    {"مالي", "عمان", "بيرو", "كوبا", "تشاد", "غينيا", "جرسي", "اسرا", "نيوي", "توغو", "بالاو", "العالم", "جنوب"}
)
_BESIDE = ("سورية", "أمريكا", "أميركا", "الولايات المتحدة الأمريكية", "الولايات المتحدة الأميركية", "بريطانيا", "المملكة العربية السعودية", "الإمارات", "كوريا الجنوبية", "كوريا الشمالية", "السعودية", "روسيا الاتحادية", "إسرائيل", "فلسطين", "سلطنة عمان", "الكونغو", "بورما", "تركيا", "هولندا", "التشيك", "البوسنة", "كوسوفو")  # fmt: skip


class Stranger(Struct, frozen=True, order=True):
    """A name at one of its places; `name` is the longest way in which the text writes it, `end` is exclusive."""

    start: int
    end: int
    name: str
    kind: StrangerKind


def find_strangers(text: str, mentions: Sequence[Mention] = ()) -> tuple[Stranger, ...]:
    """Return the names in a text outside of all mentions, in order of place, none within another."""
    words = cut(text)
    found: list[tuple[Span, StrangerKind]] = [(span, "person") for span in _persons(words)]
    found += [(span, "body") for span in find_bodies(text, words)]
    found += [(span, "body") for span in (*find_latin(text), *_outlets(text))]
    found += [(span, "state") for span in _states(text)]
    chosen = list(_chosen(found, [(m.start, m.end) for m in mentions]))
    return tuple(sorted(_everywhere(text, words, chosen, mentions)))


def _outlets(text: str) -> Iterator[Span]:
    return ((part.start, part.end) for part in find_signature(text) if part.kind == "outlet")


def _persons(words: Sequence[Word]) -> Iterator[Span]:
    names = list(find_persons(words))
    lone = Counter(name[0].folded for name in names if len(name) == 1)
    for name in names:
        if len(name) > 1 or lone[name[0].folded] > 1 or _is_headed(words, name[0].folded):
            yield name[0].start, name[-1].end


def _is_headed(words: Sequence[Word], name: str) -> bool:
    """Tell whether a headline begins with a name and a colon: «عسيري: …»."""
    return len(words) > 1 and words[0].folded == name and words[1].gap.strip() == ":"


@cache
def _state_pattern() -> re.Pattern[str]:
    from babel import Locale

    names = {
        name
        for code, name in Locale("ar").territories.items()
        if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "UN", "EZ", "XA", "XB")
    }
    return re.compile(
        rf"(?<!\w)[وف]?[بكل]?(?P<name>{any_of({n for n in names if fold(n) not in _OTHER_WORDS} | set(_BESIDE))})(?!\w)"
    )


def _states(text: str) -> Iterator[Span]:
    folded, offsets = fold_with_offsets(text)
    for match in _state_pattern().finditer(folded):
        if match["name"] == "السعوديه" and _ADJECTIVE.search(folded, 0, match.start()):
            continue
        yield offsets[match.start("name")], offsets[match.end("name") - 1] + 1


def _chosen(found: Iterable[tuple[Span, StrangerKind]], taken: Sequence[Span]) -> Iterator[tuple[Span, StrangerKind]]:
    """Yield what overlaps nothing: of two the longer, a person's name before a body's."""
    busy = Taken(taken)
    for span, kind in sorted(set(found), key=lambda one: (one[0][0] - one[0][1], one[1] != "person", one[0])):
        if busy.take(span):
            yield span, kind


def _everywhere(
    text: str, words: Sequence[Word], chosen: Sequence[tuple[Span, StrangerKind]], mentions: Sequence[Mention]
) -> Iterator[Stranger]:
    """Yield what was chosen, and the places where it is named again, whole or by its last word."""
    whole: dict[str, tuple[str, StrangerKind]] = {}
    for (start, end), kind in sorted(chosen, key=lambda one: one[0][0] - one[0][1]):
        name = _written(text, start, end)
        whole.setdefault(_key(name), (name, kind))
        if kind == "person" and (short := _short(name)):
            whole.setdefault(short, (name, kind))
    busy = Taken([*((m.start, m.end) for m in mentions), *(span for span, _ in chosen)])
    for (start, end), _ in chosen:
        name, kind = whole[_key(_written(text, start, end))]
        yield Stranger(start, end, name, kind)
    for word in words:
        for form, count in word.without_clitics():
            start = word.start + (count if len(word.text) == len(word.folded) else 0)
            if form in whole and busy.take((start, word.end)):
                yield Stranger(start, word.end, *whole[form])
                break


def _written(text: str, start: int, end: int) -> str:
    """Return a name with its article whole, which loses a letter after ل: «للجيش»."""
    name = " ".join(text[start:end].split())
    return f"ا{name}" if name.startswith("ل") and text[start - 1 : start] == "ل" else name


def _key(name: str) -> str:
    return fold(name)


def _short(name: str) -> str | None:
    """Return the word that may stand for a person's whole name, its last; None where it is a given name or too short."""
    words = cut(name)
    last = words[-1]
    if len(words) < 2 or len(last.folded) < SHORTEST_ALONE or last.folded in GIVEN:
        return None
    return last.folded if is_family(last) or is_lone_name(last) else None
