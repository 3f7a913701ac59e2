"""Say what does not fit the format in words for people: pydantic's error types become sentences with hints.

A sentence names the field as it is written, says what was expected and what was found; an unknown name gets the nearest
of those that exist.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, Union, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from dossier.content.model import (
    Actor,
    Agreement,
    Background,
    Citation,
    Claim,
    ContentPage,
    Credibility,
    Difference,
    Event,
    Judgment,
    Meaning,
    OriginalRef,
    Place,
    Release,
    Reliability,
    Repeat,
    Report,
    Settings,
    SigningKey,
    Speaker,
    Synonym,
    Table,
    TableCell,
    TableColumn,
    TableRow,
    Term,
    Unknown,
    WebSource,
    Withdrawn,
)
from dossier.content.near_words import find_field, find_meant
from dossier.content.yaml_text import FieldPath
from dossier.errors import nearest
from dossier.language.characters import name_of, show
from dossier.language.lookalikes import find_odd, plain

# How messages call a mapping of each type.
MODEL_NAMES: Mapping[type[BaseModel], str] = {
    Report: "a report", Actor: "an actor", Event: "an event", Place: "a place", Synonym: "a synonym", ContentPage: "a page",
    Settings: "the dossier", Judgment: "a judgment", Unknown: "an unknown", Claim: "a claim", Speaker: "a speaker",
    Repeat: "a link of repeats", Agreement: "a link of agrees", Difference: "a link of differs",
    Meaning: "an entry of means", Citation: "an entry of cites", OriginalRef: "an original",
    Reliability: "a reliability", Credibility: "a credibility", Table: "a table", TableRow: "a row of a table",
    TableColumn: "a column of a table", TableCell: "a cell of a table", Background: "an entry of background",
    WebSource: "a source of background", Term: "a term of the glossary",
    SigningKey: "a key", Release: "a release", Withdrawn: "withdrawn words",
}  # fmt: skip
# Fields that a type has and a file may not set: they come from the file's name and from what follows the front matter.
NOT_WRITTEN: Mapping[str, str] = {
    "id": "the file's name is the id; delete the line",
    "body": "the text stands below the front matter; delete the line",
}
# Fields that a type once had, and what to write in their place.
GONE: Mapping[tuple[type[BaseModel], str], str] = {
    (Report, "grade"): "write reliability: {letter: …} in the outlet's file, and credibility: {number: …} in a claim",
}
FROM_FILE: frozenset[type[BaseModel]] = frozenset({Report, Actor, Event, ContentPage})
# Said of a name that stands in the place of an id; what only the whole dossier can tell is put in its place.
NAME_FOR_ID = "write an id, which is a file's name without .md, as khalifa-haftar"
# What each pattern of the model stands for, and an example.
PATTERNS: Mapping[str, tuple[str, str]] = {
    r"^[a-z0-9][a-z0-9_-]*$": ("an id", "lower-case Latin letters, digits, hyphens and underscores, as khalifa-haftar"),
    r"^c[1-9][0-9]{0,4}$": ("a claim's id", "c and a number, as c7"),
    r"^[a-z0-9][a-z0-9_-]*#c[1-9][0-9]{0,4}$": ("a claim", "written <report>#<claim>, as souq#c2"),
    r"^[0-9a-f]{64}$": ("a SHA-256", "64 digits 0-9 and a-f, as sha256sum prints them"),
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": ("a day", 'write it as year-month-day, as "2017-01-31"'),
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": ("a language", "its code by BCP 47, as ar, en or fr"),
    r"^https?://\S+$": ("a web address", "it begins with https:// or http:// and holds no spaces"),
    r"^https?://[^\s?#]+$": ("an address for a site", "it begins with https:// or http:// and holds no spaces, ? or #"),
    r"^RW[Q-T][A-Za-z0-9+/]{53}$": (
        "a public key of minisign",
        "56 letters, digits, + and /, the first RW, as keygen prints it",
    ),
    r"^Q[1-9][0-9]*$": ("a Wikidata number", "Q and a number, as Q79"),
}


class Complaint(Struct, frozen=True):
    """What is wrong at a path of a file's YAML. With `at_key` the key is meant, not its value."""

    path: FieldPath
    message: str
    hint: str = ""
    at_key: bool = False


def explain(error: ValidationError, model: type[BaseModel]) -> Iterator[Complaint]:
    """Yield every error in a value that was validated as `model`, or as a list of them, as a complaint."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # entries that do not fit are not counted, and are complaints of their own
        yield SENTENCES.get(detail["type"], _unreadable)(_Found(model, detail["loc"], detail))


class _Found(Struct, frozen=True):
    """One error with what the model says of its place."""

    model: type[BaseModel]
    path: FieldPath
    detail: ErrorDetails

    @property
    def value(self) -> Any:
        return self.detail["input"]

    @property
    def context(self) -> Mapping[str, Any]:
        return self.detail.get("ctx", {})

    @property
    def name(self) -> str:
        """Return the field as messages call it: « mode », « an item of about », « the file »."""
        fields = [step for step in self.path if isinstance(step, str)]
        if not fields:
            return "an entry" if self.path else "the front matter"
        return f"an item of {fields[-1]}" if isinstance(self.path[-1], int) else fields[-1]

    @property
    def holder(self) -> type[BaseModel]:
        """Return the type of the mapping in which the field stands."""
        return next((m for m in reversed(list(_models(self.model, self.path[:-1])))), self.model)

    def says(self, message: str, hint: str = "", *, at_key: bool = False) -> Complaint:
        return Complaint(self.path, message, hint, at_key)


def written_fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the fields that a mapping of this type may have in a file, each with its name as it is written."""
    for name, info in model.model_fields.items():
        if not (model in FROM_FILE and name in NOT_WRITTEN):
            yield info.alias or name, info


def fields_of(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the names that a mapping of this type may have in a file, as they are written."""
    return tuple(name for name, _ in written_fields(model))


def unknown_field(model: type[BaseModel], name: str) -> tuple[str, str]:
    """Return message and hint for a name that a mapping of this type does not have."""
    if gone := GONE.get((model, name)):
        return f"{show(name)} is no longer a field of {MODEL_NAMES[model]}", gone
    fields = fields_of(model)
    odd, seen = find_odd(name), plain(name).strip()
    if odd and re.fullmatch("[a-z_]+", seen):
        return f"{show(name)} is no field of {MODEL_NAMES[model]}", _unseen(odd[0], seen)
    meant = find_field(name, fields)
    hint = (NOT_WRITTEN.get(name) if model in FROM_FILE else None) or (
        f'did you mean "{meant}"?' if meant else nearest(name, fields)
    )
    return f"{show(name)} is no field of {MODEL_NAMES[model]}", hint or f"its fields are {', '.join(fields)}"


def choices(annotation: Any) -> tuple[str, ...]:
    """Return the values that a Literal allows, through unions and annotations."""
    if get_origin(annotation) is Literal:
        return tuple(str(value) for value in get_args(annotation))
    return tuple(choice for part in get_args(annotation) if part is not None for choice in choices(part))


def _models(model: type[BaseModel], path: FieldPath) -> Iterator[type[BaseModel]]:
    """Yield the models that a path leads through."""
    annotation: Any = model
    yield model
    for step in path:
        inner = strip_annotation(annotation)
        if isinstance(step, str) and isinstance(inner, type) and issubclass(inner, BaseModel):
            info = _field(inner, step)
            annotation = info.annotation if info else None
        elif isinstance(step, int) and get_origin(inner) is tuple:
            annotation = get_args(inner)[0]
        else:
            return
        inner = strip_annotation(annotation)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield inner


def strip_annotation(annotation: Any) -> Any:
    """Return a type without `Annotated` and without None."""
    if get_origin(annotation) is typing.Annotated:
        return strip_annotation(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return strip_annotation(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation


def _field(model: type[BaseModel], written: str) -> FieldInfo | None:
    return next((info for name, info in model.model_fields.items() if (info.alias or name) == written), None)


def _kind(value: object) -> str:
    """Say what a value is read as."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"{str(value).lower()}, which YAML reads as yes or no"
    if isinstance(value, int | float):
        return f"{show(value)[1:-1]}, which YAML reads as a number"
    if isinstance(value, str):
        return "text"
    return "a mapping" if isinstance(value, dict) else "a list"


def _missing(found: _Found) -> Complaint:
    return found.says(f"{MODEL_NAMES[found.holder]} needs {found.path[-1]}", f"add a line {found.path[-1]}: …")


def _extra(found: _Found) -> Complaint:
    message, hint = unknown_field(found.holder, str(found.path[-1]))
    return found.says(message, hint, at_key=True)


def _not_text(found: _Found) -> Complaint:
    if found.value is None:
        return _empty_text(found)
    simple = isinstance(found.value, bool | int | float)
    written = str(found.value).lower() if isinstance(found.value, bool) else show(found.value)[1:-1]
    hint = f'put it in quotes: "{written}"' if simple else "write it in one line, without brackets or - before it"
    return found.says(f"{found.name} must be text, and is {_kind(found.value)}", hint)


def _empty_text(found: _Found) -> Complaint:
    info = _field(found.holder, str(found.path[-1]))
    hint = "write a value" if info is None or info.is_required() else "write a value, or delete the line"
    return found.says(f"{found.name} is empty", hint, at_key=found.value is None)


def _long_text(found: _Found) -> Complaint:
    return found.says(f"{found.name} is longer than {found.context['max_length']} characters", "shorten it")


def _unseen(character: str, meant: str) -> str:
    return f"{name_of(character)} in it cannot be seen: write {show(meant)} anew"


def _pattern(found: _Found) -> Complaint:
    what, hint = PATTERNS.get(found.context["pattern"], ("what belongs here", ""))
    lower = str(found.value).strip().lower().replace(" ", "-")
    meant, odd = plain(str(found.value)).strip(" \"'"), find_odd(str(found.value))
    fits = meant != found.value and re.search(found.context["pattern"], meant) is not None
    if odd and fits:
        hint = _unseen(odd[0], meant)
    elif "،" in str(found.value):
        hint = 'entries are parted with "," and not with "،"'
    elif what == "an id" and " " in str(found.value).strip() and isinstance(found.path[-1], int):
        hint = 'entries are parted with ","'
    elif what == "an id" and not str(found.value).isascii():
        hint = NAME_FOR_ID
    elif what == "an id" and lower.endswith(".md"):
        hint = f"did you mean {show(lower.removesuffix('.md'))}?"
    elif what == "an id" and lower != found.value and lower.isascii():
        hint = f"{hint}; did you mean {show(lower)}?"
    elif fits:
        hint = f"did you mean {show(meant)}?"
    return found.says(f"{show(found.value)} is not {what}", hint)


def _choice(found: _Found) -> Complaint:
    info = _field(found.holder, str(found.path[-1]))
    allowed = choices(info.annotation) if info else ()
    if found.value is None:
        return found.says(f"{found.name} is empty", f"write one of {', '.join(allowed)}", at_key=True)
    written = show(found.value) if isinstance(found.value, str) else _kind(found.value)
    meant = find_meant(str(found.value), allowed) if isinstance(found.value, str) else None
    hint = f'did you mean "{meant}"?' if meant else nearest(str(found.value).lower(), allowed)
    if not hint:
        hint = next((f'did you mean "{a}"?' for a in allowed if a.lower() == str(found.value).lower()), "")
    return found.says(f"{found.name} must be one of {', '.join(allowed)}, and is {written}", hint)


def _not_whole(found: _Found) -> Complaint:
    meant = plain(found.value).strip() if isinstance(found.value, str) else ""
    hint = "write a number, as 3"
    if meant.isdecimal():
        number = str(int(meant)) if len(meant) < 10 else meant
        hint = "take the quotes away" if number == found.value.strip() else f"did you mean {number}?"
    message = f"{found.name} must be a whole number, and is {_kind(found.value)}"
    return found.says(message, hint, at_key=found.value is None)


def _too_small(found: _Found) -> Complaint:
    return found.says(f"{found.name} must be {found.context['ge']} or more, and is {show(found.value)[1:-1]}")


def _too_large(found: _Found) -> Complaint:
    return found.says(f"{found.name} must be {found.context['le']} or less, and is {show(found.value)[1:-1]}")


def _not_list(found: _Found) -> Complaint:
    if found.value is None:
        return found.says(f"{found.name} is empty", f"write {found.name}: [], or delete the line", at_key=True)
    hint = "write it as [one, two]"
    if isinstance(found.value, str | int):
        hint = f"put it in brackets: [{show(found.value)[1:-1].strip('()')}]"
    elif isinstance(found.value, dict):
        first = str(next(iter(found.value), ""))
        hint = 'put "- " before its first line and indent the others alike'
        if not any(value is not None for value in found.value.values()):
            hint = f"put it in brackets: [{', '.join(map(str, found.value))}]"
        elif plain(first).startswith("-"):
            hint = f'write "- ", with a space, and not {show(first[0])} alone at its beginning'
    return found.says(f"{found.name} must be a list, and is {_kind(found.value)}", hint)


def _short_list(found: _Found) -> Complaint:
    if found.path[-1] == "said":
        return found.says("said needs at least one speaker", "write who says so: [{who: actor-id}]")
    if found.path[-1] == "claims":
        return found.says("claims needs at least one claim", "name one as <report>#<claim>")
    return found.says(f"{found.name} is an empty list", "write at least one entry")


def _not_mapping(found: _Found) -> Complaint:
    model = list(_models(found.model, found.path))[-1]
    shown = ", ".join(f"{name}: …" for name in fields_of(model)[:2])
    return found.says(f"{found.name} must be a mapping, and is {_kind(found.value)}", f"write it as {{{shown}}}")


def _not_bool(found: _Found) -> Complaint:
    hint = "take the quotes away" if found.value in ("true", "false") else "write true or false"
    return found.says(
        f"{found.name} must be true or false, and is {_kind(found.value)}", hint, at_key=found.value is None
    )


def _unfit(found: _Found) -> Complaint:
    return found.says(found.context["message"], found.context["hint"])


def _unreadable(found: _Found) -> Complaint:
    return found.says(f"{found.name} cannot be read", "see the format's description")


SENTENCES: Mapping[str, Callable[[_Found], Complaint]] = {
    "missing": _missing,
    "extra_forbidden": _extra,
    "string_type": _not_text,
    "string_too_short": _empty_text,
    "string_too_long": _long_text,
    "string_pattern_mismatch": _pattern,
    "literal_error": _choice,
    "int_type": _not_whole,
    "int_from_float": _not_whole,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_large,
    "tuple_type": _not_list,
    "too_short": _short_list,
    "model_type": _not_mapping,
    "bool_type": _not_bool,
    "unfit": _unfit,
}
