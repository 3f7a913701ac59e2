"""Read what of a file fits the format where something in it does not: for checks that tell all problems at once, never for a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from dossier.content.fences import split_front_matter
from dossier.content.front_matter import FOLDERS, parse_file
from dossier.content.model import Actor, ContentPage, Dossier, Event, Report, Settings
from dossier.content.parsing import NO_SETTINGS
from dossier.content.paths import SETTINGS, kind_of
from dossier.content.yaml_text import BrokenYaml, read_yaml
from dossier.engine.snapshot import SourceFile
from dossier.language.characters import decode

UNKNOWN = "?"  # in the place of what is missing; no check asks for it
MOST_ROUNDS = 6  # each may bring to light what the one before hid
PLACEHOLDERS: Mapping[str, Any] = {
    "title": UNKNOWN, "name": UNKNOWN, "text": UNKNOWN, "why": UNKNOWN, "seed": UNKNOWN, "kind": "person", "mode": "reported", "at": 1,
    "certainty": "possible", "in": "date", "confidence": "low", "said": ({"who": None, "as": UNKNOWN},),
}  # fmt: skip


def read_unsound(files: Iterable[SourceFile]) -> Dossier:
    """Return what fits of files that have errors. Sound ones are left out."""
    values = [value for file in files if parse_file(file)[0] is None and (value := _read(file))]

    def of(model: type[BaseModel]) -> tuple[Any, ...]:
        return tuple(value for value in values if isinstance(value, model))

    return Dossier.model_construct(
        settings=next(iter(of(Settings)), NO_SETTINGS),
        reports=of(Report),
        actors=of(Actor),
        events=of(Event),
        pages=of(ContentPage),
    )


def _read(file: SourceFile) -> BaseModel | None:
    kind = kind_of(file.path) or ""
    model = Settings if file.path == SETTINGS else FOLDERS.get(kind)
    text, _ = decode(file.path, file.data)
    halves = split_front_matter(text) if text and model is not Settings else None
    if model is None or text is None or (halves is None and model is not Settings):
        return None
    try:
        written = read_yaml(halves.head if halves else text).value
    except BrokenYaml:
        return None
    if not isinstance(written, dict):
        return None
    given = {"id": file.path.split("/")[-1].removesuffix(".md"), "body": halves.body} if halves else {}
    return _fit({**written, **given}, model)


def _fit(written: dict[str, Any], model: type[BaseModel]) -> BaseModel | None:
    """Take out what does not fit until the rest does; None where it never does."""
    held = _open(written)
    for _ in range(MOST_ROUNDS):
        try:
            return model.model_validate(_close(held), strict=True, by_alias=True, by_name=False)
        except ValidationError as error:
            for detail in reversed(error.errors(include_url=False)):
                _take_out(held, detail["loc"], missing=detail["type"] == "missing")
    return None


def _take_out(held: Any, path: tuple[int | str, ...], *, missing: bool) -> None:
    """Take out the value at a path. A list ends before one of its entries that does not fit, so that the others keep their numbers."""
    *way, last = path or ("",)
    holder = held
    for step in way:
        try:
            holder = holder[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(holder, list) and isinstance(last, int):
        del holder[last:]
    elif not isinstance(holder, dict):
        _take_out(held, tuple(way), missing=False)
    elif not missing:
        holder.pop(last, None)
    elif last in PLACEHOLDERS:
        holder[last] = _open(PLACEHOLDERS[str(last)])
    elif way:
        _take_out(held, tuple(way), missing=False)


def _open(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _open(inner) for key, inner in value.items()}
    return [_open(inner) for inner in value] if isinstance(value, tuple) else value


def _close(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _close(inner) for key, inner in value.items()}
    return tuple(_close(inner) for inner in value) if isinstance(value, list) else value
