"""Find who signs an article: its authors and outlets, in the lines under the title and in the last one.

Newspapers write «جدة - علاء سعيد», «لندن: «الشرق الأوسط»», «عكاظ (بغداد)», «أسماء وهبة: بيروت», «بقلم فلان». What is a place there is
told from what is not by a list; what is neither is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from dossier.articles import lexicon
from dossier.articles.persons import GIVEN, is_family
from dossier.articles.words import cut
from dossier.language.arabic import any_of, fold

Signing = Literal["author", "outlet"]
LONGEST_SIGNATURE = 90  # characters of a line
FIRST_LINES = 5  # that may sign, the title's among them
MOST_WORDS = 5  # of a name
_ROLES = r"(?:بقلم|كتب(?:ت)?|تقرير|حاور[هت]ا?|أجرى الحوار|ترجمة|تأليف|إعداد|اعداد|تحقيق|استطلاع|متابعة|تصوير|الكاتب|المصدر|مكتب)"
_PARTS = re.compile(
    r"\s+[-–—ـ]+\s*|\s*[-–—ـ]+\s+|(?<=[\u0621-\u064a])[-–—](?=[\u0621-\u064a])|[:/|,،()<>]|\s(?:و(?=[\u0621-\u064a]{3,} ))|(?<=\s)من\s"
)
_OUTLET = re.compile(rf"(?:{any_of(lexicon.KNOWN_BODIES)})(?: اونلاين| الالكترونيه)?")
_LAST = re.compile(r"(?:[.…!؟»\"]|\d\s?م)\s*-?\s*(?P<name>[\u0621-\u0652 ]{6,40})\s*$")
# An agency's dateline: the place, the date, the agency.
_DATELINE = re.compile(r"\d{4} ?(?:م|هـ)?\s+(?P<name>واس|بنا|قنا|كونا|وام|رويترز|د ب أ|أ ف ب)\s*[:-]?\s*$")
_QUOTES = " \t«»“”\"'.*…"
_LINK_LINE = re.compile(r"^\s*رابط الخبر بصحيفة (?P<name>\w+)\s*:")


class Signature(Struct, frozen=True, order=True):
    """One who signs, at its place; `end` is exclusive."""

    start: int
    end: int
    name: str
    kind: Signing


def find_signature(text: str) -> tuple[Signature, ...]:
    """Return the authors and outlets that sign a text, in order of place, each name once."""
    lines = [(m.start(), m.group()) for m in re.finditer(r"[^\r\n]*\S[^\r\n]*", text)]
    found: dict[str, Signature] = {}
    for number, (start, line) in enumerate(lines):
        at_edge = 0 < number < FIRST_LINES or number == len(lines) - 1
        if at_edge and (part := _head(line, last=number == len(lines) - 1)):
            for signature in _signed(part[1], start + part[0]):
                found.setdefault(fold(signature.name), signature)
    return tuple(sorted(found.values()))


def _head(line: str, *, last: bool) -> tuple[int, str] | None:
    """Return the part of a line that may sign, with where it begins: the whole of a short one, or what stands before a colon."""
    if match := _LINK_LINE.match(line):
        return match.start("name"), match["name"] + " -"
    if match := _DATELINE.search(line):
        return match.start("name"), match["name"] + " -"
    if len(line) <= LONGEST_SIGNATURE and not line.rstrip().endswith((".", "؟", "!")):
        return 0, line
    if last:
        match = _LAST.search(line[-60:])
        return (len(line) - len(line[-60:]) + match.start("name"), match["name"] + " -") if match else None
    begun = re.match(r"\s*[^:.،]{3,60}:", line)
    return (0, begun.group()) if begun and re.search(r"[-–—]", begun.group()) else None


def _signed(line: str, offset: int) -> Iterator[Signature]:
    """Yield who signs in a line; nobody where it has no mark between two parts and begins with no given name."""
    parts = list(_parts(line))
    kinds = [_kind(part) for _, part in parts]
    marked = len(parts) > 1 or line.rstrip().endswith((":", "-")) or any(kind == "known" for kind in kinds)
    if not marked and not (len(parts) == 1 and kinds[0] == "author"):
        return
    outlets = any(kind in ("known", "outlet") for kind in kinds)
    for (start, part), kind in zip(parts, kinds, strict=True):
        if kind == "likely" and not (outlets or any(k == "place" for k in kinds)):
            continue
        if kind != "place" and kind is not None:
            signing: Signing = "author" if kind in ("author", "likely") else "outlet"
            yield Signature(offset + start, offset + start + len(part), part, signing)


def _parts(line: str) -> Iterator[tuple[int, str]]:
    last = 0
    for match in (*_PARTS.finditer(line), None):
        end = match.start() if match else len(line)
        part = line[last:end]
        if role := re.match(rf"\s*{_ROLES}\s+", part):
            last, part = last + role.end(), part[role.end() :]
        name = part.strip(_QUOTES)
        if name:
            yield last + part.index(name), name
        last = match.end() if match else end


def _kind(part: str) -> Literal["author", "likely", "outlet", "known", "place"] | None:
    words = cut(part)
    folded = [word.folded for word in words]
    if not words or len(words) > MOST_WORDS or any(word.text[0].isdigit() for word in words):
        return None
    if _OUTLET.fullmatch(fold(part)) or _OUTLET.fullmatch(fold(part).rstrip(".")):
        return "known"
    if folded[0] in lexicon.SIGNING and (len(folded) == 1 or folded[1] in ("اونلاين", "الالكترونيه")):
        return "known"
    if folded[0] in lexicon.PLACES or folded[0] in lexicon.STOPS | lexicon.BODIES:
        return "place"
    if len(words) < 2:
        return None
    if folded[0] in GIVEN or folded[0] in ("عبد", "ابو", "د", "ابن"):
        return "author"
    return "likely" if is_family(words[-1]) and not words[0].has_article else None
