"""`docs/format.md`, the reference of the formats, and what is built say the same."""

from __future__ import annotations

import json
import re
import typing
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from dossier.commands.cli import commands
from dossier.commands.pipeline import compose, site_files
from dossier.commands.templates import find_folder
from dossier.content.addresses import RESERVED
from dossier.content.model_faults import MODEL_NAMES, fields_of
from dossier.engine.memo import Memo
from dossier.engine.snapshot import read_templates, snapshot
from dossier.language.dates import parse_edtf
from dossier.pages.exports import CLAIM_FIELDS, RELATION_FIELDS
from tests.conftest import ROOT

DOCS = (ROOT / "docs/format.md").read_text("utf-8")
NEXT = " ⁺"  # agreed, and not built yet
SECTIONS = {
    heading.replace("`", "").lower(): text
    for heading, text in re.findall(r"^### (.+?)\n(.*?)(?=^##)", DOCS, re.MULTILINE | re.DOTALL)
}


def rows_of(model: type[BaseModel]) -> dict[str, list[str]]:
    """The cells of a model's table by field; fields that are not built yet are left out."""
    lines = re.findall(r"^\| `(\w+)`( ⁺)? \| (.*) \|$", SECTIONS[MODEL_NAMES[model]], re.MULTILINE)
    return {name: cells.split(" | ") for name, later, cells in lines if not later}


def field_of(model: type[BaseModel], name: str) -> FieldInfo:
    return next(f for own, f in model.model_fields.items() if name in (f.alias, own))


def without(field: FieldInfo) -> str:
    """How the reference has to call what stands where a field is left out."""
    if field.is_required():
        return "required"
    return {None: "null", (): "none", False: "false", True: "true"}.get(field.default, str(field.default))


def choices_in(annotation: object) -> set[str]:
    """The words that a field may hold, where these are few."""
    if typing.get_origin(annotation) is typing.Literal:
        return {str(word) for word in typing.get_args(annotation)}
    return set().union(*map(choices_in, typing.get_args(annotation)))


@pytest.mark.parametrize("model", MODEL_NAMES, ids=MODEL_NAMES.get)
def test_every_field_is_named_and_no_other(model: type[BaseModel]) -> None:
    rows = rows_of(model)
    assert tuple(rows) == fields_of(model), f"what is built now loses its{NEXT}, what is gone its line"
    for name, (value, default, meaning) in rows.items():
        field = field_of(model, name)
        assert default == without(field), name
        assert choices_in(field.annotation) <= set(re.findall(r"`([^`]+)`", value)), name
        assert meaning


def test_every_kind_of_entry_has_a_table() -> None:
    tables = {heading for heading, text in SECTIONS.items() if "| field |" in text}
    assert {heading for heading in tables if not heading.endswith(NEXT)} == set(MODEL_NAMES.values())


def test_every_command_is_named_with_its_options_and_no_other() -> None:
    lines = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (`--.*) \|$", DOCS, re.MULTILINE))
    assert set(lines) == set(commands.commands)
    for name, command in commands.commands.items():
        options = {opt for p in command.params for opt in p.opts if opt.startswith("--")}
        assert set(re.findall(r"`(--[a-z-]+)`", lines[name])) == options, name


def test_ids_that_cannot_be_are_named() -> None:
    for words in RESERVED.values():
        assert words <= set(re.findall(r"`([a-z0-9-]+)`", DOCS))


def test_every_date_that_is_shown_is_one() -> None:
    dates = re.findall(r'`"([^"`]+)"`', SECTIONS["dates"])
    assert len(dates) > 12
    for date in dates:
        parse_edtf(date)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is built of the broken dossiers' sound base, published at an address."""
    site = compose(snapshot(ROOT / "tests/invalid/base"), Memo(), url="https://example.org").site
    made = site_files(site, read_templates(find_folder("templates")), Memo())
    return {address: made[address]() for address in made if not address.startswith("/assets/")}


def keys_in(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys_in, value.values()))
    return set().union(*map(keys_in, value)) if isinstance(value, list) else set()


def test_all_that_dossier_json_holds_is_named(files: dict[str, bytes]) -> None:
    block = SECTIONS["/dossier.json"].split("```")[1]
    keys = keys_in(json.loads(files["/dossier.json"]))
    assert len(keys) > 40
    assert keys <= set(re.findall(r'"(\w+)"', block))


def test_all_columns_of_the_tables_are_named() -> None:
    section = SECTIONS["/claims.csv and /relations.csv"]
    for table, fields in (("claims", CLAIM_FIELDS), ("relations", RELATION_FIELDS)):
        row = next(line for line in section.splitlines() if line.startswith(f"| {table} |"))
        assert set(fields) <= set(re.findall(r"`(\w+)`", row))


def test_every_address_is_named(files: dict[str, bytes]) -> None:
    section = DOCS.split("## What a build publishes")[1].split("### ")[0]
    named = {name for line in section.splitlines() for name in re.findall(r"`(/[^` ]*)`", line) if NEXT not in line}
    for address in files:
        parent, name = f"{Path(address).parent}/".replace("//", "/"), Path(address).name
        of_an_id = address.endswith("/") and not (parent == "/" and name in RESERVED["pages"])
        folders = {"/cards/": "/cards/<report>/<claim>/", "/pictures/": "/pictures/"}
        within = [name for folder, name in folders.items() if address.startswith(folder)]
        assert named & {address, *within, *([f"{parent}<id>/"] if of_an_id else [])}, address
