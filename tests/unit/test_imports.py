"""Rooms import one way: each lists the rooms it may use, and none is listed by a room that it uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "dossier"
ROOMS: dict[str, set[str]] = {
    "errors": set(),
    "language": {"errors"},
    "engine": {"errors"},
    "content": {"language", "engine", "errors"},
    "articles": {"language", "engine", "errors"},
    "search": {"language", "engine", "errors"},
    "linking": {"content", "articles", "language", "engine", "errors"},
    "pages": {"linking", "content", "articles", "search", "language", "engine", "errors"},
    "commands": {"pages", "linking", "content", "articles", "search", "language", "engine", "errors"},
}  # fmt: skip


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_used(path: Path) -> set[str]:
    used = {module.split(".")[1] for module in imported_modules(path) if module.startswith("dossier.")}
    return used - {room_of(path), "__version__"}


def test_there_are_the_rooms_that_are_listed_and_no_others() -> None:
    top = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert top - {"__init__", "__main__"} == set(ROOMS)


def test_no_two_rooms_use_each_other() -> None:
    TopologicalSorter(ROOMS).prepare()  # raises CycleError


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_only_the_rooms_it_may(room: str) -> None:
    for path in PACKAGE.rglob("*.py"):
        if room_of(path) == room:
            assert rooms_used(path) <= ROOMS[room], f"{path.relative_to(PACKAGE)}"
