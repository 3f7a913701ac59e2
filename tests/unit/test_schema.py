"""JSON Schemas say what the parser takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import get_args

import jsonschema
import pytest

from dossier.content.model_faults import fields_of
from dossier.content.schema import MODELS, SchemaKind, json_schema, schema_files

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("kind", get_args(SchemaKind))
def test_every_kind_has_a_schema(kind: SchemaKind) -> None:
    schema = json_schema(kind)
    assert schema["type"] == ("array" if kind in ("places", "synonyms") else "object")
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize("kind", MODELS)
def test_a_schema_has_the_fields_that_are_written(kind: SchemaKind) -> None:
    schema = json_schema(kind)
    assert tuple(schema["properties"]) == fields_of(MODELS[kind])
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) <= set(schema["properties"])


def test_names_are_those_of_the_files() -> None:
    definitions = json_schema("report")["$defs"]
    assert set(definitions["Speaker"]["properties"]) == {"who", "as", "anonymous"}
    assert "in" in definitions["Difference"]["properties"]
    assert definitions["Claim"]["properties"]["mode"]["enum"][0] == "reported"


@pytest.mark.parametrize("kind", get_args(SchemaKind))
def test_every_field_is_described(kind: SchemaKind) -> None:
    schema = json_schema(kind)
    parts = [schema, *schema.get("$defs", {}).values()]
    fields = [field for part in parts for field in part.get("properties", {}).values()]
    assert fields
    assert all(field["description"] for field in fields)


def test_the_schemas_of_the_repository_are_those_of_the_model(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "dossier.content.schema", str(tmp_path)], cwd=ROOT, check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    there = {path.name: path.read_bytes() for path in (ROOT / "schemas").iterdir()}
    assert made == there, "run `make schemas`"


def test_the_editor_is_told_of_every_schema() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    assert set(settings["yaml.schemas"]) == {f"./schemas/{name}" for name in schema_files()}
    for patterns in settings["yaml.schemas"].values():
        assert all(list(ROOT.glob(pattern)) for pattern in patterns)


def test_a_schema_refuses_what_the_parser_refuses() -> None:
    validator = jsonschema.Draft202012Validator(json_schema("event"))
    assert [e.message for e in validator.iter_errors({"title": "x", "wen": "2017"})] == [
        "Additional properties are not allowed ('wen' was unexpected)"
    ]


def as_json(value: object) -> object:
    """A value of YAML as JSON knows it: lists for tuples."""
    return json.loads(json.dumps(value))
