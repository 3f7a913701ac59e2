"""What the guides through the code name is there, and nothing of a room is left out."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.unit.test_imports import PACKAGE, ROOMS


def modules_of(room: str) -> set[str]:
    return {path.stem for path in (PACKAGE / room).iterdir() if path.suffix == ".py" or path.is_dir()} - {
        "__init__",
        "__pycache__",
    }


@pytest.mark.parametrize("room", sorted(set(ROOMS) - {"errors"}))
def test_the_guide_of_a_room_names_every_module_of_it(room: str) -> None:
    guide = importlib.import_module(f"dossier.{room}").__doc__ or ""
    named = set(re.findall(r"`([a-z_0-9]+)[/`.]", guide))
    assert modules_of(room) - named == set()


def names_in(document: Path) -> set[str]:
    rooms = "|".join(ROOMS)
    return set(re.findall(rf"`((?:{rooms})\.(?!js`)[a-z_]+(?:\.[A-Za-z_]+)*)`", document.read_text("utf-8")))


@pytest.mark.parametrize("document", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_functions_that_documents_name_are_there(document: Path) -> None:
    for name in names_in(document):
        room, module, *path = name.split(".")
        found = importlib.import_module(f"dossier.{room}.{module}")
        for part in path:
            found = getattr(found, part, None) or importlib.import_module(f"{found.__name__}.{part}")


def test_files_that_documents_name_are_there() -> None:
    for document in (ROOT / "docs").rglob("*.md"):
        for name in re.findall(
            r"`((?:dossier|tests|templates|starter|docs)/[\w/.-]+\.\w+)`", document.read_text("utf-8")
        ):
            assert (ROOT / name).exists(), f"{document.name}: {name}"
