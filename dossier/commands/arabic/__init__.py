"""Say in Arabic what commands say in English: one catalogue of forms, beside this module.

The words of a problem are written where it is found, in English. A line of the catalogue has a form of them, with places for what
changes (`{1}`), and its Arabic; the form is found again when the problem is shown. What stands at a place is taken as it is, or
by what its name says: `{1:word}` has its Arabic in `words.txt`, `{1:text}` is itself a message, `{1:list}` has commas,
`{1:count}` is a number with its noun; `{1:quoted}` and `{1:bare}` say how it looks. A test holds every message of the code to the catalogue.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dossier.errors import Problem

Language = Literal["ar", "en"]
FOLDER = Path(__file__).parent
ARROW = " ⇒"
MESSAGES = ("content", "yaml", "checks", "captures", "commands", "copies", "desk", "imports")
HOLDS: Mapping[str, str] = {"count": r"[0-9][0-9,]* [^,]+?", "counts": r"[0-9].*?", "quoted": '".*"', "bare": r"\S*"}
_PARTED = re.compile(r"([\n\t])").split  # lines, and cells of a line
LONGEST = 4000  # letters; what is longer is no sentence of ours
_PLACE = re.compile(r"\{([1-9])(?::(\w+))?\}")
_COUNTED = re.compile(r"([0-9][0-9,]*) (.+)").fullmatch


class Form(Struct, frozen=True):
    """A message with places: how it is recognised, what each place holds by its number, and its Arabic."""

    english: str
    match: Callable[[str], re.Match[str] | None]
    kinds: Mapping[str, str]
    arabic: str

    @property
    def weight(self) -> int:
        """How many letters are given: of two forms that fit, the one that gives more is meant."""
        return len(_PLACE.sub("", self.english)) + sum(kind.startswith("count") for kind in self.kinds.values())


def system_language() -> Language:
    """Return the language that the system speaks with its user: Arabic, or else English."""
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "ar" if named.lower().startswith("ar") else "en"


def translate(text: str, language: Language) -> str:
    """Translate what is said, line by line and cell by cell; what the catalogue does not have stays as it is."""
    if language == "en":
        return text
    return "".join(_say(cell) if cell.strip() else cell for cell in _PARTED(text))


def translate_problem(problem: Problem, language: Language) -> Problem:
    """Translate the words of a problem."""
    if language == "en":
        return problem
    return replace(problem, message=translate(problem.message, language), hint=translate(problem.hint, language))


def find_form(text: str) -> Form | None:
    """Return the form of the catalogue that a message has."""
    return next((form for form in forms() if form.match(text)), None) if len(text) <= LONGEST else None


def _say(cell: str) -> str:
    text = cell.strip(" ")
    return cell[: cell.index(text)] + _translated(text)


def _translated(text: str) -> str:
    form = find_form(text)
    found = form and form.match(text)
    if not form or not found:
        return text
    values = {number: _value(found[f"p{number}"], kind) for number, kind in form.kinds.items()}
    return _PLACE.sub(lambda place: values[place[1]], form.arabic)


def _value(text: str, kind: str) -> str:
    if kind == "word":
        return entries("words").get(text) or ("" if text in entries("words") else _say(text))
    if kind == "text":
        return _say(text)
    if kind == "list":
        return text.replace(", ", "، ")
    if kind == "counts":
        return "، ".join(map(_count, text.split(", ")))
    return _count(text) if kind == "count" else text


def _count(text: str) -> str:
    from dossier.language.arabic import plural_form

    found = _COUNTED(text)
    if not found:
        return text
    number = int(found[1].replace(",", ""))
    counted = _in_forms(_singular(found[2]))
    return counted[plural_form(number)].replace("{}", found[1]) if counted else text


def _singular(noun: str) -> str:
    first, space, rest = noun.partition(" ")
    return (first if noun in entries("counts") else first.removesuffix("s")) + space + rest


def _in_forms(noun: str) -> list[str]:
    forms_of_noun = entries("counts").get(noun)
    return [form.strip() for form in forms_of_noun.split("|")] if forms_of_noun else []


@cache
def forms() -> tuple[Form, ...]:
    """Return all forms of messages, those that give most letters first."""
    pairs = [pair for name in MESSAGES for pair in entries(name).items()]
    return tuple(sorted((_form(*pair) for pair in pairs), key=lambda form: -form.weight))


def _form(english: str, arabic: str) -> Form:
    kinds = {place[1]: place[2] or "raw" for place in _PLACE.finditer(english)}
    parts = _PLACE.split(english)
    pattern = "".join(
        re.escape(part) if index % 3 == 0 else f"(?P<p{part}>{HOLDS.get(kinds[part], '.*?')})"
        for index, part in enumerate(parts)
        if index % 3 != 2
    )
    return Form(english, re.compile(pattern, re.DOTALL).fullmatch, kinds, arabic)


@cache
def entries(name: str) -> Mapping[str, str]:
    """Return one file of the catalogue: Arabic by English."""
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(ARROW) for line in lines if line and not line.startswith("# "))
    return {english: arabic.strip() for english, _, arabic in pairs}
