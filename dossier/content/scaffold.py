"""Begin hand-written files: every field of a kind with its Arabic explanation, with its value where there is one.

Optional lists and mappings stand there as commented examples, key and all, so that taking the # away is enough.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from pydantic import BaseModel

from dossier.content.field_help import HELP
from dossier.content.front_matter import FOLDERS, refuse_id
from dossier.content.model import Actor, ContentPage, Event, Place, Report, Settings
from dossier.content.model_faults import choices, fields_of
from dossier.content.paths import SETTINGS, file_of
from dossier.language.characters import drop_unwanted

UNTITLED = "ملف بلا عنوان"
# What a field with an inner form may look like; commented out in a scaffold.
EXAMPLES: Mapping[type[BaseModel], Mapping[str, tuple[str, ...]]] = {
    Report: {
        "short": ("الصحيفة 2019",),
        "original": ("  sha256: " + 64 * "0", "  file: article.html"),
        "originals": ("  - {sha256: " + 64 * "a" + ", file: corrected.html, captured: بعد يومين}",),
        "means": ("  - {text: القاهرة, actor: egypt, at: [7], original_at: [5]}",),
        "cites": ("  - {report: another-report, certainty: probable, why: يسمّي الصحيفة وينقل عنها}",),
        "claims": (
            "  - id: c1",
            "    text: تقول الصحيفة، عن مصدر لا تسميه، إن لقاء جرى في المدينة.",
            "    said:",
            "      - {who: null, as: مصدر مطلع, anonymous: true}",
            "      - {who: the-paper}",
            "    about: [some-actor]",
            '    when: "2018-06"',
            "    when_text: الشهر الماضي",
            "    at: 1",
            "    mode: reported",
        ),
        "was": ("  - old-id",),
    },
    Actor: {
        "part_of": ("  - the-whole",),
        "wikidata": ("Q79",),
        "reliability": ("  letter: F", "  interest: تملكها الدولة التي تروي عنها"),
        "was": ("  - old-id",),
    },
    ContentPage: {},
    Place: {},
    Event: {"place": ("اسم مكان",), "actors": ("  - some-actor",), "was": ("  - old-id",)},
    Settings: {
        "url": ("https://example.org",),
        "licence": ("CC BY 4.0",),
        "contact": ("desk@example.org",),
        "font": ("Noto Sans Arabic",),
        "tables": (
            "  - id: who",
            "    title: من يُنسب إليه ماذا",
            "    rows: [{actor: some-actor}]",
            "    columns: [{id: money, title: مال}]",
            "    cells: [{row: some-actor, column: money, text: قرض, claims: [some-report#c1]}]",
        ),
        "judgments": (
            "  - title: كذا في سطر",
            "    text: يقول كذا كل من كذا وكذا.",
            "    confidence: low",
            "    claims: [some-report#c1]",
        ),
        "unknowns": ("  - text: لا تقول المصادر متى كان ذلك.",),
        "background": ("  - text: جملة لا خلاف عليها.", "    sources: [{title: موسوعة, url: https://example.org/1}]"),
        "glossary": ("  - {term: كلمة, text: معناها}",),
    },
}
LAST_LINE = {
    Report: "تحت السطر التالي: الموجز بصيغة Markdown، وفيه روابط مثل [نص](actor:some-actor) و[نص](claim:some-report#c1)",
    Actor: "تحت السطر التالي: تعريف قصير بصيغة Markdown",
    Event: "تحت السطر التالي: ما تقوله النصوص عن الحدث، بصيغة Markdown",
    ContentPage: "تحت السطر التالي: نص الصفحة بصيغة Markdown",
}  # fmt: skip


class NewFile(Struct, frozen=True, kw_only=True):
    """A file to be written where none is: its path below the root, and its bytes."""

    path: str
    data: bytes


def scaffold_entry(kind: str, identity: str, *, today: str) -> NewFile:
    """Begin a report, actor, event or page (`kind`). `today` is a plain date. Raise WrongUse for an id that cannot be."""
    folder = f"{kind}s"
    refuse_id(folder, identity)
    values = {"seed": f"{identity}.txt", "added": today, "revised": today} if kind == "report" else {}
    text = front_matter_of(FOLDERS[folder], values)
    return NewFile(path=file_of(folder, identity), data=text.encode())


def scaffold_settings() -> NewFile:
    """Begin the `content/dossier.yaml` of a new dossier: it builds as it is."""
    text = "".join(f"{line}\n" for line in _fields(Settings, {"title": UNTITLED}, {}))
    return NewFile(path=SETTINGS, data=text.encode())


def scaffold_place(name: str) -> str:
    """Begin an entry of `content/places.yaml`: a place of that name."""
    lines = _fields(Place, {"name": name}, {})
    return "".join(f"{'- ' if line.startswith('name:') else '  '}{line}\n" for line in lines)


def front_matter_of(
    model: type[BaseModel], values: Mapping[str, object], notes: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Write front matter with all fields of a model: `values` by field, `notes` further comments above a field."""
    lines = ["---", *_fields(model, values, notes or {}), f"# {LAST_LINE[model]}", "---"]
    return "".join(f"{line}\n" for line in lines)


def scalar(value: object) -> str:
    """Write a value as YAML reads it back in one line: text in double quotes, without what no reader sees."""
    return json.dumps(drop_unwanted(value) if isinstance(value, str) else value, ensure_ascii=False)


def comment(text: str) -> str:
    """Write a comment; whatever the text holds, it stays one line."""
    return f"# {' '.join(drop_unwanted(text).split())}"


def _fields(model: type[BaseModel], values: Mapping[str, object], notes: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name in fields_of(model):
        yield f"# {HELP[model][name]}"
        yield from map(comment, notes.get(name, ()))
        yield from _field(model, name, values)


def _field(model: type[BaseModel], name: str, values: Mapping[str, object]) -> Iterator[str]:
    """Yield the field itself: with its value, as a commented example, or empty where it is required or plain."""
    value = values.get(name)
    if isinstance(value, Mapping):
        yield f"{name}:"
        yield from (f"  {key}: {scalar(inner)}" for key, inner in value.items() if inner is not None)
    elif value is not None:
        yield f"{name}: {scalar(value)}"
    elif example := EXAMPLES[model].get(name):
        yield from _as_comment(name, example)
    else:
        yield f"{name}: {_default(model, name)}".rstrip()


def _as_comment(name: str, example: Sequence[str]) -> Iterator[str]:
    if len(example) == 1 and not example[0].startswith(" "):
        yield f"# {name}: {example[0]}"
        return
    yield f"# {name}:"
    yield from (f"# {line}" for line in example)


def _default(model: type[BaseModel], name: str) -> str:
    """Return what the model takes where nothing is written; a required field is empty, and `check` asks for it."""
    info = model.model_fields[name]
    if info.is_required():  # a text stands ready in quotation marks, for headlines hold colons
        return "" if choices(info.annotation) else '""'
    return "[]" if info.default == () else scalar(info.default).strip('"')
