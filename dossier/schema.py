"""JSON Schemas of hand-written files, made from the model, so that editors complete and check while one types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter

from dossier.explain import FROM_FILE, NOT_WRITTEN
from dossier.model import Actor, ContentPage, Event, Place, Report, Settings

Kind = Literal["report", "actor", "event", "page", "dossier", "places"]
MODELS: Mapping[Kind, type[BaseModel]] = {
    "report": Report,
    "actor": Actor,
    "event": Event,
    "page": ContentPage,
    "dossier": Settings,
}


def json_schema(kind: Kind) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what a file of one kind may hold in YAML, under its written names."""
    model = MODELS.get(kind)
    adapter: TypeAdapter[Any] = TypeAdapter(model if model else tuple[Place, ...])
    schema = adapter.json_schema(by_alias=True)
    if model in FROM_FILE:
        schema["properties"] = {name: field for name, field in schema["properties"].items() if name not in NOT_WRITTEN}
        schema["required"] = [name for name in schema["required"] if name not in NOT_WRITTEN]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_without_titles(schema), "title": kind}


def _without_titles(schema: Any) -> Any:
    """A schema without the titles that pydantic makes of field names: they say nothing that the names do not."""
    if isinstance(schema, list):
        return [_without_titles(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: part for name, part in schema.items() if not (name == "title" and isinstance(part, str))}
    return {name: _without_titles(part) for name, part in kept.items()}
