"""Broken dossiers, and exactly what is said of each.

A case is a folder of `tests/invalid/`: files that replace or join those of `tests/invalid/base/`, which is in order,
and `expected.txt`, one problem a line. A file named in `missing.txt` is taken away.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot, snapshot
from dossier.errors import ContentError, Problem

CASES = Path(__file__).parent.parent / "invalid"
BASE = CASES / "base"
NAMES = sorted(path.parent.name for path in CASES.glob("*/expected.txt"))


def find_problems(files: Snapshot) -> tuple[Problem, ...]:
    """What parsing and checking say, as a build would gather it."""
    try:
        return compose(files, Memo()).warnings
    except ContentError as error:
        return error.problems


def lay_out(case: Path, folder: Path) -> None:
    """The base with a case's files over it."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    shutil.copytree(case, folder, dirs_exist_ok=True)
    missing = case / "missing.txt"
    for name in missing.read_text(encoding="utf-8").split() if missing.exists() else ():
        (folder / name).unlink()


def show_problem(problem: Problem) -> str:
    return f"{'warning: ' if problem.severity == 'warning' else ''}{problem}"


def test_the_base_is_in_order(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    assert find_problems(snapshot(tmp_path)) == ()


def test_there_are_cases() -> None:
    assert len(NAMES) >= 60


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_dossier_is_explained(name: str, tmp_path: Path) -> None:
    lay_out(CASES / name, tmp_path)
    found = "".join(f"{show_problem(problem)}\n" for problem in find_problems(snapshot(tmp_path)))
    assert found == (CASES / name / "expected.txt").read_text(encoding="utf-8")
    assert "pydantic" not in found.lower()
