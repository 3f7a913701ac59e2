"""Make JSON Schemas of hand-written files from the model, so that editors complete and check while one types.

`python -m dossier.content.schema FOLDER` writes them, one file for each kind.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, TypeAdapter

from dossier.content.field_help import HELP
from dossier.content.model import Actor, ContentPage, Event, Place, Report, Settings, Synonym
from dossier.content.model_faults import FROM_FILE, NOT_WRITTEN

SchemaKind = Literal["report", "actor", "event", "page", "dossier", "places", "synonyms"]
MODELS: Mapping[SchemaKind, type[BaseModel]] = {
    "report": Report,
    "actor": Actor,
    "event": Event,
    "page": ContentPage,
    "dossier": Settings,
}
LISTS: Mapping[SchemaKind, Any] = {"places": tuple[Place, ...], "synonyms": tuple[Synonym, ...]}
_BY_NAME = {model.__name__: model for model in HELP}


def json_schema(kind: SchemaKind) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what a file of one kind may hold in YAML, under its written names."""
    model = MODELS.get(kind)
    adapter: TypeAdapter[Any] = TypeAdapter(model or LISTS[kind])
    schema = adapter.json_schema(by_alias=True)
    if model in FROM_FILE:
        schema["properties"] = {name: field for name, field in schema["properties"].items() if name not in NOT_WRITTEN}
        schema["required"] = [name for name in schema["required"] if name not in NOT_WRITTEN]
    for name, part in (*schema.get("$defs", {}).items(), (model.__name__ if model else "", schema)):
        _describe(part, _BY_NAME.get(name))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_without_titles(schema), "title": kind}


def schema_files() -> dict[str, bytes]:
    """Return every schema as a file, by name (`report.json`)."""
    return {f"{kind}.json": _as_json(json_schema(kind)) for kind in get_args(SchemaKind)}


def _as_json(schema: Mapping[str, Any]) -> bytes:
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _describe(schema: dict[str, Any], model: type[BaseModel] | None) -> None:
    """Give every field the line that people read, in the place of the type's description, which is for programmers."""
    schema.pop("description", None)
    for name, field in schema.get("properties", {}).items():
        if model is not None:
            field["description"] = HELP[model][name]


def _without_titles(schema: Any) -> Any:
    """Drop the titles that pydantic makes of field names: they say nothing that the names do not."""
    if isinstance(schema, list):
        return [_without_titles(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: part for name, part in schema.items() if not (name == "title" and isinstance(part, str))}
    return {name: _without_titles(part) for name, part in kept.items()}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in schema_files().items():
        (folder / name).write_bytes(data)
