"""Put claims of a table into the reports they belong to: behind those that are there, of which no byte is changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from pydantic import ValidationError
from yaml import Node, ScalarNode, SequenceNode

from dossier.commands.importing.entries import Row
from dossier.commands.importing.tables import parted
from dossier.content.edits import node_at
from dossier.content.fences import split_front_matter
from dossier.content.front_matter import parse_report
from dossier.content.model import Claim, Report
from dossier.content.model_faults import explain
from dossier.content.yaml_text import read_yaml
from dossier.errors import Problem, WrongUse, nearest
from dossier.language.characters import drop_unwanted

_NUMBERS = ("at", "original_at", "credibility")
_COLUMN = {"id": "claim"}
_EMPTY = re.compile(r"^claims:[ \t]*(?:\[[ \t]*\]|null|~)?[ \t]*(?:#[^\r\n]*)?$", re.MULTILINE)
Value = dict[str, object]


class NewClaim(Struct, frozen=True, kw_only=True):
    """A claim as YAML's values, and the row that it comes from."""

    value: Value
    row: Row


def read_claims(
    file: str, rows: Iterable[Row], reports: Mapping[str, Report], actors: Iterable[str]
) -> tuple[dict[str, list[NewClaim]], list[Problem], list[str]]:
    """Return the new claims by report, what is wrong with cells, and what is left as it is."""
    known = frozenset(actors)
    added: dict[str, list[NewClaim]] = {}
    problems: list[Problem] = []
    left: list[str] = []
    for row in rows:
        report = reports.get(row.cells["report"])
        if report is None:
            hint = (
                nearest(row.cells["report"], reports)
                or "begin the report first: `dossier import` of its reference, or `dossier new report`"
            )
            problems.append(_fault(file, row, "report", f'no report "{row.cells["report"]}" is here', hint))
            continue
        before = {claim.id: claim.text for claim in report.claims} | {
            str(c.value["id"]): str(c.value["text"]) for c in added.get(report.id, [])
        }
        identity = row.cells.get("claim") or _next_id(before)
        if identity in before:
            same = before[identity] == row.cells["text"]
            left.append(
                f"{report.id}#{identity}: is there already{'' if same else ', with other words'}; left as it is"
            )
            continue
        value, faults = _claim(file, row, identity, known)
        problems += faults
        if not faults:
            added.setdefault(report.id, []).append(NewClaim(value=value, row=row))
    return added, problems, left


def _next_id(before: Iterable[str]) -> str:
    return f"c{max((int(identity[1:]) for identity in before), default=0) + 1}"


def _fault(file: str, row: Row, column: str, message: str, hint: str) -> Problem:
    return Problem(message=message, file=f"{file}, {row.place(column)}", hint=hint)


def _claim(file: str, row: Row, identity: str, actors: frozenset[str]) -> tuple[Value, list[Problem]]:
    cells = row.cells
    value: Value = {
        "id": identity, "text": cells["text"], "said": [{"who": who} if who in actors else {"who": None, "as": who} for who in parted(cells["said"])],
        "about": parted(cells.get("about", "")), **{name: cells.get(name, "") for name in ("when", "when_text", "at", "original_at", "mode", "event")},
        "credibility": cells.get("credibility", ""),
    }  # fmt: skip
    for name in _NUMBERS:
        written = str(value[name])
        value[name] = int(written) if written.isdecimal() and written.isascii() else written
    value = {name: v for name, v in value.items() if v not in ("", [])}
    if "credibility" in value:
        value["credibility"] = {"number": value["credibility"]}
    problems = [
        _fault(file, row, "about", f'no actor "{who}" is here', nearest(who, actors) or "import the actor first")
        for who in parted(cells.get("about", ""))
        if who not in actors
    ]
    try:
        Claim.model_validate(value)
    except ValidationError as error:
        for complaint in explain(error, Claim):
            column = str(complaint.path[0]) if complaint.path else "text"
            problems.append(_fault(file, row, _COLUMN.get(column, column), complaint.message, complaint.hint))
    return value, problems


def add_claims(path: str, data: bytes, claims: Sequence[NewClaim]) -> tuple[bytes, dict[int, tuple[Row, str]]]:
    """Return a report's file with claims behind its own, and the row and column that each new line comes from, by its number. Raise WrongUse where its list is written so that none can be added."""
    text = data.decode("utf-8")
    halves = split_front_matter(text)
    before, _ = parse_report(path, data)
    if halves is None or before is None:
        raise WrongUse(f"{path}: the file has faults: mend what `dossier check` tells, then import again")
    line_end = "\r\n" if "\r\n" in halves.head else "\n"
    head, begin = _with_claims(path, halves.head, [claim.value for claim in claims], line_end)
    made = (head + text[len(halves.head) :]).encode()
    after, _ = parse_report(path, made)
    same = after is not None and after.model_copy(update={"claims": before.claims}) == before
    if after is None or not same or after.claims[: len(before.claims)] != before.claims:
        raise WrongUse(
            f"{path}: claims cannot be added to its list as it is written: write it with a line for each claim"
        )
    sources = ((claim.row, _COLUMN.get(name, name)) for claim in claims for name in claim.value)
    return made, dict(enumerate(sources, begin))


def _with_claims(path: str, head: str, claims: Sequence[Value], line_end: str) -> tuple[str, int]:
    """Return front matter with claims, and the number of the first line of these."""
    listed = _list_of(head)
    if listed is not None and listed.value:
        if listed.flow_style:
            raise WrongUse(f"{path}: its claims stand in brackets: write a line for each, then import again")
        lines = head.splitlines(keepends=True)
        at = _last_line(listed) + 1
        indent = " " * listed.start_mark.column
        return "".join((*lines[:at], *_lines(claims, indent, line_end), *lines[at:])), at + 1
    new = "".join(("claims:", line_end, *_lines(claims, "  ", line_end)))
    match = _EMPTY.search(head)
    start, rest = (head[: match.start()], head[match.end() :]) if match else (head, line_end)
    return f"{start}{new.removesuffix(line_end)}{rest}", start.count("\n") + 2


def _list_of(head: str) -> SequenceNode | None:
    found = node_at(read_yaml(head).root, ("claims",))
    return found if isinstance(found, SequenceNode) else None


def _last_line(node: Node) -> int:
    """Return the last line, from 0, on which something of a node stands."""
    if isinstance(node, ScalarNode) or getattr(node, "flow_style", False) or not node.value:
        return int(node.end_mark.line) - (node.end_mark.column == 0)
    inner = (part for item in node.value for part in (item if isinstance(item, tuple) else (item,)))
    return max(map(_last_line, inner))


def _lines(claims: Iterable[Value], indent: str, line_end: str) -> Iterator[str]:
    for claim in claims:
        for place, (name, value) in enumerate(claim.items()):
            yield f"{indent}{'  ' if place else '- '}{name}: {_written(value)}{line_end}"


def _written(value: object) -> str:
    """Write a value as YAML reads it back, on one line: texts in double quotes, but plain words as they are."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_written(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, str):
        return (
            value
            if re.fullmatch(r"[a-z][a-z0-9_-]*", value)
            and value not in ("no", "yes", "on", "off", "y", "n", "null", "true", "false")
            else json.dumps(drop_unwanted(value), ensure_ascii=False)
        )
    return json.dumps(value)
