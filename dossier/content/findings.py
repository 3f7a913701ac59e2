"""Note what is wrong in a file before its place is looked up, and look places up: they cost more than checks."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct

from dossier.content.front_matter import Positions, find_positions
from dossier.content.yaml_text import FieldPath
from dossier.engine.snapshot import Snapshot
from dossier.errors import Problem, Severity, in_order


class Finding(Struct, frozen=True):
    """Something wrong in a file: at a path of its YAML, in its body, or at a known line and column (`at`)."""

    file: str
    path: FieldPath
    message: str
    hint: str = ""
    severity: Severity = "error"
    in_body: tuple[int, int] | None = None
    at: tuple[int, int] | None = None


def place_findings(findings: Iterable[Finding], snapshot: Snapshot) -> tuple[Problem, ...]:
    """Turn findings into problems with line and column, in order.

    Files are parsed again one after the other: what their places take is not kept.
    """
    problems = []
    for file, group in groupby(sorted(findings, key=lambda finding: finding.file), key=lambda finding: finding.file):
        here = tuple(group)
        source = snapshot.files.get(file)
        places = find_positions(source.data) if source and any(f.path or f.in_body for f in here) else None
        problems += [_problem(finding, places) for finding in here]
    return in_order(problems)


def _problem(finding: Finding, places: Positions | None) -> Problem:
    line, column = finding.at or (0, 0)
    if places and (finding.path or finding.in_body):
        line, column = places.in_body(*finding.in_body) if finding.in_body else places.of(finding.path)
    return Problem(
        message=finding.message,
        file=finding.file,
        line=line,
        column=column,
        hint=finding.hint,
        severity=finding.severity,
    )
