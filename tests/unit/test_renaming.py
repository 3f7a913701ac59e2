"""Another id in every file that names an entry: the site is what it would be had it been written so from the start."""

from __future__ import annotations

import os
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from dossier.commands.desk.changing import carry_out, put_back
from dossier.commands.desk.merging import plan_merge
from dossier.commands.desk.renaming import Plan, plan_rename
from dossier.commands.pipeline import compose, site_files
from dossier.commands.templates import TEMPLATES
from dossier.content.addresses import PICTURES
from dossier.content.id_fields import EACH, ID_FIELDS, find_ids
from dossier.content.model import Actor, Event, Report, Settings
from dossier.engine import together
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot, read_templates, snapshot
from dossier.errors import ContentError, MachineError, WrongUse
from tests.bench.renaming import CASES, write_dossier

NO_REFERENCE = {("id",), ("was", EACH), ("claims", EACH, "id")} | {("tables", EACH, *own) for own in (("id",), ("columns", EACH, "id"), ("cells", EACH, "column"))}  # fmt: skip
ACTOR = "---\nname: هيئة الميناء\nkind: organisation\n---\n"


def change(root: Path, command: str, *names: str) -> list[str]:
    """What `dossier rename` or `dossier merge` does."""

    def plan(taken: Snapshot) -> Plan:
        return plan_rename(taken, *names) if command == "rename" else plan_merge(taken, *names[1:])

    return list(carry_out(root, plan))


def site_of(root: Path) -> dict[str, bytes]:
    made = site_files(compose(snapshot(root), Memo()).site, read_templates(TEMPLATES), Memo())
    return {address: made[address]() for address in made if not address.startswith(PICTURES)}  # they take long


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8", newline="")
    return root


@pytest.mark.parametrize("case", CASES)
def test_the_site_is_what_it_would_be_had_it_been_written_so_from_the_start(case: str, tmp_path: Path) -> None:
    command, so_from_the_start, former = CASES[case]
    changed, wanted = tmp_path / "changed", tmp_path / "wanted"
    write_dossier(changed, 7)
    write_dossier(wanted, 7, so_from_the_start)
    before = site_of(changed)
    change(changed, *command)
    site = site_of(changed)
    assert site == site_of(wanted)
    assert site != before
    assert f"/{former}/* ".encode() in site["/_redirects"]


SOUQ = (
    "---\r\n# رأس\r\ntitle: \"السوق\"   # عنوان\r\nseed: souq.txt\r\nvia: []\r\nclaims:\r\n  - id: c1\r\n    text: قول\r\n"
    "    said:\r\n      - who: &who 'port' # القائل\r\n    about: [ port,  'quay' ]\r\n    at: 1\r\n    mode: reported\r\n---\r\n\r\n"
    "قال `actor:port` شفرة [الميناء](actor:port \"port\")، و[غيره][1] و port كلمة.\r\n\r\n[1]: actor:port\r\n"
)  # fmt: skip


def small(root: Path) -> Path:
    return write(
        root,
        {
            "content/dossier.yaml": "title: ملف\n",
            "content/reports/souq.md": SOUQ,
            "content/actors/port.md": "\ufeff" + ACTOR.replace("---\n", "---\nwas: [ old ]  # قديم\n", 1),
            "content/actors/quay.md": ACTOR.replace("هيئة", "رصيف") + "ملاحظة.\n",
            "seeds/souq.txt": "قالت هيئة الميناء ذلك.\n",
        },
    )


def test_everything_but_the_id_stays_as_it_was_written(tmp_path: Path) -> None:
    root = small(tmp_path)
    change(root, "rename", "actor", "port", "2019")
    wanted = SOUQ
    for old, new in (("'port'", "'2019'"), ("[ port,", '[ "2019",'), ("(actor:port ", "(actor:2019 "), (": actor:port", ": actor:2019")):  # fmt: skip
        assert old in SOUQ
        wanted = wanted.replace(old, new)
    assert (root / "content/reports/souq.md").read_bytes().decode() == wanted
    assert (root / "content/actors/2019.md").read_bytes().decode().startswith("\ufeff---\nwas: [ old, port ]  # قديم\n")
    change(root, "rename", "actor", "2019", "port")
    assert 'was: [ old, "2019" ]' in (root / "content/actors/port.md").read_text("utf-8")


def test_a_merge_keeps_names_notes_and_former_ids_and_names_nobody_twice(tmp_path: Path) -> None:
    root = small(tmp_path)
    told = change(root, "merge", "actor", "quay", "port")
    assert "about: [ port ]" in (root / "content/reports/souq.md").read_text("utf-8")
    kept = (root / "content/actors/port.md").read_text("utf-8")
    assert "was: [ old, quay ]  # قديم" in kept and "aliases: [رصيف الميناء]" in kept and kept.endswith("\n\nملاحظة.\n")
    assert not (root / "content/actors/quay.md").exists()
    assert told[-1].startswith("1 place in ")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("rename", "actor", "pott", "x"), "content/actors/pott.md is not there: did you mean \"port\"?"),
        (("rename", "actor", "port", "quay"), "is there already"),
        (("rename", "actor", "port", "Port"), "cannot be an id"),
        (("rename", "report", "souq", "page"), "which the site needs itself"),
        (("merge", "actor", "port", "port"), "one and the same"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(command: tuple[str, ...], said: str, tmp_path: Path) -> None:
    root = small(tmp_path)
    before = contents(root)
    with pytest.raises(WrongUse, match=said):
        change(root, *command)
    assert contents(root) == before


def test_nothing_is_written_where_the_result_would_not_check(tmp_path: Path) -> None:
    root = small(tmp_path)
    write(root, {"content/actors/third.md": ACTOR.replace("---\n", "---\nwas: [new-port]\n", 1)})
    before = contents(root)
    with pytest.raises(ContentError, match="is the address of an actor of today"):
        change(root, "rename", "actor", "port", "new-port")
    write(root, {"content/dossier.yaml": "title: [\n"})
    with pytest.raises(ContentError):
        change(root, "rename", "actor", "port", "new-name")
    assert {**contents(root), "content/dossier.yaml": before["content/dossier.yaml"]} == before


def test_a_title_that_is_an_alias_of_an_id_is_not_changed_with_it(tmp_path: Path) -> None:
    root = small(tmp_path)
    text = SOUQ.replace('"السوق"', "&x port").replace("&who 'port'", "*x")
    write(root, {"content/reports/souq.md": text})
    with pytest.raises(WrongUse, match=r"souq\.md names port in a way that cannot be changed"):
        change(root, "rename", "actor", "port", "new-port")


def test_all_files_are_replaced_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small(tmp_path)
    before = contents(root)
    real = together._put
    left = [2]

    def fail(path: Path, data: bytes | None) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        real(path, data)

    monkeypatch.setattr(together, "_put", fail)
    with pytest.raises(MachineError, match="No space left"):
        change(root, "rename", "actor", "port", "new-port")
    assert contents(root) == before
    # a process that is killed there undoes nothing itself
    monkeypatch.setattr(together, "_undo", lambda root: False)
    left[0] = 2
    with pytest.raises(MachineError):
        change(root, "rename", "actor", "port", "new-port")
    monkeypatch.undo()
    with pytest.raises(WrongUse, match="broken off"):
        change(root, "rename", "actor", "port", "new-port")
    assert put_back(root) == "the files are as they were"
    assert contents(root) == before


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    root = small(tmp_path)
    (root / "content/reports/souq.md").rename(root / "content/pages-souq.md")
    (root / "content/reports/souq.md").symlink_to("../pages-souq.md")
    with pytest.raises(WrongUse, match="behind a link"):
        change(root, "rename", "actor", "port", "new-port")
    assert (root / "content/actors/port.md").exists()


@pytest.mark.parametrize("planted", ["the list is a link", "a copy is a link", "a copy is a pipe", "a path leads out"])
def test_an_undo_that_came_with_a_dossier_reads_and_writes_nothing_outside(planted: str, tmp_path: Path) -> None:
    root = small(tmp_path / "root")
    outside = tmp_path / "outside.md"
    path = "content/../../outside.md" if planted == "a path leads out" else "content/actors/port.md"
    outside.write_text('{"content/actors/port.md": true}')
    kept = root / together.KEPT
    (kept / path).resolve().parent.mkdir(parents=True, exist_ok=True)
    (kept / "content/actors").mkdir(parents=True, exist_ok=True)
    (kept / together.LIST).write_text(f'{{"{path}": {"false" if planted == "a path leads out" else "true"}}}')
    if planted == "the list is a link":
        (kept / together.LIST).unlink()
        (kept / together.LIST).symlink_to(outside)
    elif planted == "a copy is a link":
        (kept / path).symlink_to(outside)
    elif planted == "a copy is a pipe":
        os.mkfifo(kept / path)
    before = contents(root)
    with pytest.raises(WrongUse, match="behind a link"):
        put_back(root)
    assert contents(root) == before and outside.read_text() == '{"content/actors/port.md": true}'


IDS = {"^[a-z0-9][a-z0-9_-]*$", "^c[1-9][0-9]{0,4}$", "^[a-z0-9][a-z0-9_-]*#c[1-9][0-9]{0,4}$"}


def id_paths(annotation: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """All fields below a type whose text has the form of an id, as `ID_FIELDS` writes them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, info in annotation.model_fields.items():
            here = (*path, info.alias or name)
            if any(getattr(mark, "pattern", None) in IDS for mark in info.metadata):
                yield here
            yield from id_paths(info.annotation, here)
    elif typing.get_origin(annotation) is typing.Annotated:
        if any(getattr(mark, "pattern", None) in IDS for mark in typing.get_args(annotation)[1:]):
            yield path
        yield from id_paths(typing.get_args(annotation)[0], path)
    else:
        item = (*path, EACH) if typing.get_origin(annotation) is tuple else path
        for inner in typing.get_args(annotation):
            yield from id_paths(inner, item)


def test_every_field_of_the_model_that_holds_an_id_is_known() -> None:
    for kind, model in {"reports": Report, "actors": Actor, "events": Event, "settings": Settings}.items():
        found = set(id_paths(model)) - NO_REFERENCE
        assert found == set(ID_FIELDS[kind]), kind


def test_places_are_those_of_the_text_whatever_stands_around() -> None:
    text = SOUQ.replace("'port' #", "port #")
    found = [(place.kind, text[place.start : place.end]) for place in find_ids("reports", text)]
    assert found == [("actor", "port"), ("actor", "port"), ("actor", "'quay'"), ("actor", "port"), ("actor", "port")]
