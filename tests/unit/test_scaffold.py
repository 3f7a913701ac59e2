"""Beginnings of files: complete, explained, and true to the model."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from dossier.content.field_help import HELP
from dossier.content.front_matter import FOLDERS, PARSERS, fault_of_id, parse_settings
from dossier.content.model import Actor, ContentPage, Event, Report, Settings
from dossier.content.model_faults import MODEL_NAMES, fields_of
from dossier.content.scaffold import EXAMPLES, comment, front_matter_of, scaffold_entry, scaffold_settings
from dossier.errors import WrongUse

REQUIRED: dict[type[BaseModel], dict[str, object]] = {
    Report: {"title": "عنوان", "seed": "a.txt"},
    Actor: {"name": "جريدة", "kind": "outlet"},
    Event: {"title": "لقاء"},
    ContentPage: {"title": "عن الملف"},
}


def folder_of(model: type[BaseModel]) -> str:
    return next(folder for folder, kind in FOLDERS.items() if kind is model)


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_every_field_of_the_model_is_explained_and_no_other(model: type[BaseModel]) -> None:
    assert tuple(HELP[model]) == fields_of(model)


@pytest.mark.parametrize("model", REQUIRED)
def test_a_scaffold_with_its_required_fields_is_in_order(model: type[BaseModel]) -> None:
    text = front_matter_of(model, REQUIRED[model])
    value, problems = PARSERS[folder_of(model)](f"content/{folder_of(model)}/a.md", text.encode())
    assert problems == ()
    assert isinstance(value, model)


@pytest.mark.parametrize("model", REQUIRED)
def test_its_examples_hold_when_their_marks_are_taken_away(model: type[BaseModel]) -> None:
    lines = front_matter_of(model, REQUIRED[model]).splitlines()
    names = [f"# {name}:" for name in EXAMPLES[model]]
    open_ones = [
        line.removeprefix("# ") if line.startswith(("#   ", *names)) and "Markdown" not in line else line
        for line in lines
    ]
    value, problems = PARSERS[folder_of(model)](f"content/{folder_of(model)}/a.md", "\n".join(open_ones).encode())
    assert problems == ()
    assert value is not None
    assert set(EXAMPLES[model]) <= value.model_fields_set  # type: ignore[union-attr]


@pytest.mark.parametrize("model", REQUIRED)
def test_every_field_stands_in_its_scaffold(model: type[BaseModel]) -> None:
    lines = front_matter_of(model, {}).splitlines()
    for name in fields_of(model):
        assert [line for line in lines if line.removeprefix("# ").startswith(f"{name}:")], name


def test_settings_of_a_new_dossier_are_in_order_and_name_every_field() -> None:
    file = scaffold_settings()
    value, problems = parse_settings(file.path, file.data)
    assert (problems, value) == ((), Settings(title="ملف بلا عنوان"))
    assert all(f"{name}:" in file.data.decode() for name in fields_of(Settings))


@pytest.mark.parametrize("identity", ["Haftar", "خليفة", "a b", "-a", "page", "a/b", ""])
def test_an_id_that_cannot_be_is_refused_in_the_words_of_check(identity: str) -> None:
    fault = fault_of_id("reports", identity)
    assert fault is not None
    with pytest.raises(WrongUse) as refused:
        scaffold_entry("report", identity, today="2026-01-31")
    assert str(refused.value).startswith(fault[0])


def test_values_are_written_so_that_they_are_read_back() -> None:
    title = 'قال: "نعم" # ليس تعليقا \\ \u202e'
    text = front_matter_of(Report, {"title": title, "seed": "2017", "original": {"sha256": "0" * 64, "file": "a: b"}})
    value, problems = PARSERS["reports"]("content/reports/a.md", text.encode())
    assert problems == ()
    assert isinstance(value, Report)
    assert (value.title, value.seed) == ('قال: "نعم" # ليس تعليقا \\', "2017")
    assert value.original is not None and value.original.file == "a: b"


def test_a_comment_stays_one_line_whatever_it_holds() -> None:
    assert comment("أول\nثان\r\n---\u2028ثالث\x85رابع") == "# أول ثان --- ثالث رابع"
