"""Show problems and progress in a terminal: the place, the line itself with a caret, and what to do."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from msgspec.structs import asdict

from dossier.commands.speech import said, told
from dossier.errors import Problem

COLOURS = {"error": "red", "warning": "yellow"}
LONGEST_LINE = 160
Tell = Callable[[str], None]


def show_problems(problems: tuple[Problem, ...], root: Path | None) -> None:
    """Write problems to standard error, each with its source line where `root` tells where to find it."""
    for problem in map(told, problems):
        label = click.style(said(problem.severity), fg=COLOURS[problem.severity], bold=True)
        click.echo(f"{problem.where}: {label}: {problem.message}", err=True)
        for line in excerpt(problem, root):
            click.echo(f"    {line}", err=True)
        if problem.hint:
            click.echo(f"    {problem.hint}", err=True)


def excerpt(problem: Problem, root: Path | None) -> tuple[str, ...]:
    """Return the line of a problem and a caret below it; nothing where the file cannot be read or no line is named."""
    if root is None or not problem.line:
        return ()
    try:
        cut = line_of(problem, (root / problem.file).read_bytes())
    except OSError:
        return ()
    return (cut[0], " " * cut[1] + "^") if cut else ()


def line_of(problem: Problem, data: bytes) -> tuple[str, int] | None:
    """Return the line of a problem, at most `LONGEST_LINE` characters of it, and the caret's place in it, counted from 0.

    Return None where the file has no such line.
    """
    lines = data.decode("utf-8-sig", "replace").splitlines()
    if not 0 < problem.line <= len(lines):
        return None
    line = "".join(c if c.isprintable() else "�" for c in lines[problem.line - 1].replace("\t", " "))
    start = max(0, problem.column - LONGEST_LINE // 2)
    return line[start : start + LONGEST_LINE], max(0, problem.column - 1 - start)


def problems_as_json(problems: tuple[Problem, ...]) -> str:
    """Return a JSON list of objects with the fields of `Problem`."""
    return json.dumps([asdict(told(problem)) for problem in problems], ensure_ascii=False, indent=1)


@contextmanager
def progress() -> Iterator[Tell]:
    """Give a function to tell what is going on: one line that renews itself in a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("…") as status:
        yield status.update
