"""Make snippets for VS Code from the model: they complete fields in front matter while the file stays Markdown.

The editor's YAML support does not look into Markdown, its snippets do: one for each field, with the words of a closed list
to choose from and the Arabic line that explains it.
"""

from __future__ import annotations

import json
from typing import Any, TypeGuard, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from dossier.content.field_help import HELP
from dossier.content.model import Actor, ContentPage, Event, Report
from dossier.content.model_faults import choices, strip_annotation, written_fields

BASES: tuple[type[BaseModel], ...] = (
    Report,
    Actor,
    Event,
    ContentPage,
)  # what stands in the front matter of Markdown files
IN_ONE_LINE = 4  # most values of an entry that stand in one line


def snippet_file() -> bytes:
    """Return the snippets of all fields that may stand in front matter, as a `.code-snippets` file."""
    snippets = {
        f"{model.__name__}.{written}": {
            "scope": "markdown,yaml",
            "prefix": written,
            "body": _body(written, info),
            "description": HELP[model][written],
        }
        for model in _models()
        for written, info in written_fields(model)
    }
    return (json.dumps(snippets, ensure_ascii=False, indent=2) + "\n").encode()


def _models() -> tuple[type[BaseModel], ...]:
    """Return the models of front matter and all within them, each once, the outer first."""
    found: dict[type[BaseModel], None] = dict.fromkeys(BASES)
    waiting = list(BASES)
    while waiting:
        for _, info in written_fields(waiting.pop()):
            inner = _item(info.annotation) or strip_annotation(info.annotation)
            if _is_model(inner) and inner not in found:
                found[inner] = None
                waiting.append(inner)
    return tuple(found)


def _item(annotation: Any) -> Any:
    """Return what a list holds; None for what is none."""
    inner = strip_annotation(annotation)
    return strip_annotation(get_args(inner)[0]) if get_origin(inner) is tuple else None


def _body(name: str, info: FieldInfo) -> list[str]:
    """Return the lines of a snippet, `$1` where the cursor waits."""
    item, inner = _item(info.annotation), strip_annotation(info.annotation)
    if _is_model(item):
        values = _required(item)
        if len(values) <= IN_ONE_LINE:
            return [f"{name}:", f"  - {{{', '.join(values)}}}"]
        return [f"{name}:", f"  - {values[0]}", *(f"    {value}" for value in values[1:])]
    if _is_model(inner):
        return [f"{name}: {{{', '.join(_required(inner))}}}"]
    if item is None and inner is str and not choices(info.annotation):
        return [f'{name}: "$1"']
    return [f"{name}: {_place(info, 1)}"]


def _required(model: type[BaseModel]) -> list[str]:
    """Return what a mapping must hold, `name: value` each, the first field where nothing is required."""
    fields = [field for field in written_fields(model) if field[1].is_required()] or list(written_fields(model))[:1]
    return [f"{name}: {_place(info, number)}" for number, (name, info) in enumerate(fields, 1)]


def _place(info: FieldInfo, number: int) -> str:
    """Return where a value is written: words to choose from, a list, or an empty place."""
    item, inner = _item(info.annotation), strip_annotation(info.annotation)
    if words := ("true", "false") if inner is bool else choices(info.annotation):
        return f"${{{number}|{','.join(words)}|}}"
    if _is_model(item):
        return f"[{{{next(written_fields(item))[0]}: ${number}}}]"
    return f"[${number}]" if item else f"${number}"


def _is_model(kind: Any) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
