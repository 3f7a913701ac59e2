"""JSON Schemas say what the parser takes."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from dossier.explain import fields_of
from dossier.schema import MODELS, Kind, json_schema


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_has_a_schema(kind: Kind) -> None:
    schema = json_schema(kind)
    assert schema["type"] == ("array" if kind == "places" else "object")
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize("kind", MODELS)
def test_a_schema_has_the_fields_that_are_written(kind: Kind) -> None:
    schema = json_schema(kind)
    assert tuple(schema["properties"]) == fields_of(MODELS[kind])
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) <= set(schema["properties"])


def test_names_are_those_of_the_files() -> None:
    definitions = json_schema("report")["$defs"]
    assert set(definitions["Speaker"]["properties"]) == {"who", "as", "anonymous"}
    assert "in" in definitions["Difference"]["properties"]
    assert definitions["Claim"]["properties"]["mode"]["enum"][0] == "reported"
