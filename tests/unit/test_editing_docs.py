"""`docs/editing.ar.md`, `docs/editing.en.md` and the model say the same."""

from __future__ import annotations

import re

import pytest
from pydantic import BaseModel

from dossier.commands.cli import commands
from dossier.content.field_help import HELP
from dossier.content.front_matter import PARSERS
from dossier.content.model import Actor, ContentPage, Event, Place, Release, Report, Settings, Synonym
from dossier.content.model_faults import MODEL_NAMES, fields_of
from tests.conftest import ROOT

DOCS = {language: (ROOT / f"docs/editing.{language}.md").read_text("utf-8") for language in ("ar", "en")}
EXAMPLES = {
    language: re.findall(r"^```yaml (\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    for language, text in DOCS.items()
}
FILES: dict[str, tuple[str, str, type[BaseModel]]] = {
    "report": ("reports", "content/reports/souq.md", Report),
    "actor": ("actors", "content/actors/egypt.md", Actor),
    "event": ("events", "content/events/souq-opening.md", Event),
    "page": ("pages", "content/pages/about.md", ContentPage),
    "places": ("places", "content/places.yaml", Place),
    "releases": ("releases", "content/releases.yaml", Release),
    "synonyms": ("synonyms", "content/synonyms.yaml", Synonym),
    "dossier": ("settings", "content/dossier.yaml", Settings),
}
# How the heading of each model's table begins, in English; in Arabic those of lists begin with the field too.
HEADINGS = {
    "a report": "A report", "an original": "`original`", "an entry of means": "`means`",
    "an entry of cites": "`cites`", "a claim": "`claims`", "a speaker": "`said`", "a link of repeats": "`repeats`",
    "a link of agrees": "`agrees`", "a link of differs": "`differs`", "an actor": "An actor", "an event": "An event",
    "a place": "A place", "a synonym": "A synonym", "a page": "A page", "the dossier": "The dossier", "a judgment": "`judgments`", "an unknown": "`unknowns`",
    "a reliability": "`reliability`", "a credibility": "`credibility`", "a table": "`tables`", "a row of a table": "`rows`",
    "a column of a table": "`columns`", "a cell of a table": "`cells`", "an entry of background": "`background`",
    "a source of background": "`sources`", "a term of the glossary": "`glossary`", "a key": "`keys`",
    "a release": "A release", "withdrawn words": "Withdrawn words",
}  # fmt: skip
IN_ARABIC = {
    "A report": "تقرير", "An actor": "فاعل", "An event": "حدث", "A place": "مكان", "A synonym": "مرادف", "A page": "صفحة",
    "The dossier": "الملف كله", "A release": "إصدار", "Withdrawn words": "كلمات مسحوبة",
}  # fmt: skip


def table_of(model: type[BaseModel], language: str) -> list[list[str]]:
    """The rows of a model's table, cell by cell."""
    heading = HEADINGS[MODEL_NAMES[model]]
    heading = IN_ARABIC.get(heading, heading) if language == "ar" else heading
    parts = re.split(r"^### ", DOCS[language], flags=re.MULTILINE)
    sections = [part for part in parts if re.match(rf"{re.escape(heading)}(?=[ :\n])", part) and "| --- |" in part]
    assert len(sections) == 1, heading
    rows = [line.strip("|").split(" | ") for line in sections[0].splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in row] for row in rows]


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_every_field_is_taught_and_no_other(model: type[BaseModel]) -> None:
    for language in DOCS:
        rows = table_of(model, language)
        assert tuple(row[0].strip("`") for row in rows) == fields_of(model)
        assert all(len(row) == 3 and row[1] and row[2].strip("`") for row in rows)
    assert [row[1] for row in table_of(model, "ar")] == list(HELP[model].values()), "the Arabic is that of scaffolds"


def test_there_is_one_example_for_every_kind() -> None:
    assert EXAMPLES["ar"] == EXAMPLES["en"]
    assert sorted(kind for kind, _ in EXAMPLES["ar"]) == sorted(FILES)
    assert DOCS["ar"].count("```yaml") == len(EXAMPLES["ar"])


@pytest.mark.parametrize(("kind", "text"), EXAMPLES["ar"])
def test_every_example_is_in_order_and_shows_every_field(kind: str, text: str) -> None:
    parser, path, model = FILES[kind]
    value, problems = PARSERS[parser](path, (f"---\n{text}---\n" if path.endswith(".md") else text).encode())
    assert [str(problem) for problem in problems] == []
    for shown in [model, *nested_in(value)]:
        for field in fields_of(shown):
            assert re.search(rf"(?<![\w-]){field}: ", text) or f"{field}:\n" in text, f"{field} of {MODEL_NAMES[shown]}"


def nested_in(value: object) -> set[type[BaseModel]]:
    """The types of all values within a value."""
    if isinstance(value, tuple):
        return {model for item in value for model in {type(item), *nested_in(item)} if model in MODEL_NAMES}
    if isinstance(value, BaseModel):
        inner = [getattr(value, name) for name in type(value).model_fields]
        return {type(part) for part in inner if type(part) in MODEL_NAMES} | {
            m for part in inner for m in nested_in(part)
        }
    return set()


def test_the_day_is_complete_in_both_languages() -> None:
    arabic, english = (re.split(r"^## (?:كل حقل|Every field)$", text, flags=re.MULTILINE)[0] for text in DOCS.values())
    digits = str.maketrans("١٢٣٤٥٦٧٨٩", "123456789")
    steps = [re.findall(r"^### ([1-9])\.", part.translate(digits), re.MULTILINE) for part in (arabic, english)]
    assert steps[0] == steps[1] == list("123456789")
    for word in re.findall(r"`([a-z_]+)`", english):
        assert f"`{word}`" in arabic or word in arabic, word


@pytest.mark.parametrize("name", ["editing.ar", "editing.en", "publishing.ar", "publishing.en"])
def test_the_commands_it_names_exist(name: str) -> None:
    text = (ROOT / f"docs/{name}.md").read_text("utf-8")
    named = set(re.findall(r"(?<![\w./-])dossier ([a-z]+)", text)) - {"is", "you", "build"}
    in_code = {
        word
        for code in re.findall(r"`([^`]*)`|^    (.*)$", text, re.MULTILINE)
        for part in code
        for word in re.findall(r"^(?:\S+/)?dossier ([a-z]+)", part)
    }
    assert in_code <= set(commands.commands)
    assert {"check", "new"} <= in_code and named
    assert not re.search(r"^    make ", text, re.MULTILINE), "no make target takes --root"
