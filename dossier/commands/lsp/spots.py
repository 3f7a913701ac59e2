"""Tell what somebody is naming at a place of a hand-written file, although the file is half written."""

from __future__ import annotations

import re

from msgspec import Struct

from dossier.content.fences import FENCE, split_front_matter
from dossier.content.id_fields import EACH, ID_FIELDS, IdPlace, find_ids
from dossier.content.paths import KINDS
from dossier.content.yaml_text import BrokenYaml

FIELDS_OF_TEXT = {("events", "place"): "place", ("reports", "seed"): "seed"}  # they name something that has no id
_key = re.compile(r"(?:^|[\s{\[,])([a-z_]+):(?:[ \t]+|$)")
_list_item = re.compile(r"[ \t]*(?:- +)+(?=[^ ]|$)")
_bare_key = re.compile(r"[ \t]*(?:- +)*([a-z_]+):[ \t]*(?:\[(?!.*\]).*)?(?:#.*)?$")
_link = re.compile(r"\b(actor|report|event|claim):([^\s<>()\[\]\"'`]*)$", re.IGNORECASE)
_rest = re.compile(r"[a-z0-9_#-]*")
_sibling = re.compile(r"\breport:\s*[\"']?([a-z0-9_-]+)")


class Spot(Struct, frozen=True, kw_only=True):
    """Where something is being named: `kind` as in `ID_FIELDS`, or `place` or `seed`; `start` and `end` of what stands there.

    `report` is the one beside the number of a claim.
    """

    kind: str
    start: int
    end: int
    typed: str
    report: str = ""


def spot_at(kind: str, text: str, offset: int) -> Spot | None:
    """Return what is being named at an offset; None where nothing is. `kind` is that of the file."""
    line = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    before = text[line:offset]
    end = _rest.match(text, offset).end()  # type: ignore[union-attr]  # it matches nothing, too
    if kind in KINDS and _is_in_body(text, offset):
        found = _link.search(before)
        if found is None:
            return None
        return Spot(kind=found[1].lower(), start=line + found.start(2), end=end, typed=found[2])
    named = _field(text[:line], before)
    what = named and _kind_of(kind, named[0])
    if not named or not what:
        return None
    start = line + named[1]
    if text[start : start + 1] in ("'", '"') and start < offset:
        start += 1
    report = _report_beside(text, line, offset) if what == "number" else ""
    return Spot(kind=what, start=start, end=end, typed=text[start:offset], report=report)


def place_at(kind: str, text: str, offset: int) -> IdPlace | None:
    """Return what is named at an offset, in full: for a look at it, not for typing. A claim's number stands with its report."""
    try:
        places = list(find_ids(kind, text))
    except BrokenYaml:
        places = []
    found = next((place for place in places if place.start <= offset <= place.end), None)
    if found is None:
        spot = spot_at(kind, text, offset)
        value = text[spot.start : spot.end].strip("\"' ") if spot else ""
        if spot is None or not value:
            return None
        found = IdPlace(kind=spot.kind, value=value, start=spot.start, end=spot.end)
    if found.kind != "number":
        return found
    beside = next((p for p in places if found.path and p.path == (*found.path[:-1], "report")), None)
    spot = None if beside else spot_at(kind, text, offset)
    report = beside.value if beside else spot.report if spot else ""
    return IdPlace(kind="claim", value=f"{report}#{found.value}", start=found.start, end=found.end, path=found.path)


def _is_in_body(text: str, offset: int) -> bool:
    halves = split_front_matter(text)
    closing = FENCE.match(text, len(halves.head)) if halves else None
    return closing is not None and offset >= closing.end()


def _field(above: str, before: str) -> tuple[str, int] | None:
    """Return the field whose value is being written, and where in its line the value begins."""
    keys = list(_key.finditer(before))
    key = keys[-1] if keys else None
    item = _list_item.match(before)
    begin = key.end() if key else item.end() if item else len(before) - len(before.lstrip())
    value = before[begin:]
    opened = value.rfind("[") + 1
    if key and "{" in before[: key.start() + 1] and not opened and "," in value:
        return None  # the next field of a mapping in braces
    if "]" in value[opened:] or "}" in value or " #" in value:
        return None
    listed = bool(opened) or not key
    comma = max(value.rfind(","), value.rfind("،")) + 1 if listed else 0
    at = max(opened, comma)
    at += len(value[at:]) - len(value[at:].lstrip())
    name = key[1] if key else _field_above(above, len(before) - len(before.lstrip()), is_item=item is not None)
    return (name, begin + at) if name else None


def _field_above(above: str, indent: int, *, is_item: bool) -> str | None:
    """Return the field whose list a line belongs to: the nearest above that stands further out, or as far for items of a list."""
    for line in reversed(above.splitlines()):
        found = _bare_key.fullmatch(line)
        depth = len(line) - len(line.lstrip())
        if found and (depth < indent or (is_item and depth == indent and not line.lstrip().startswith("-"))):
            return found[1]
        if not line.strip() or line.lstrip().startswith(("#", "- ")) or depth >= indent:
            continue
        return None
    return None


def _kind_of(kind: str, name: str) -> str | None:
    for pattern, named in ID_FIELDS.get(kind, {}).items():
        if next(step for step in reversed(pattern) if step != EACH) == name:
            return named
    return FIELDS_OF_TEXT.get((kind, name))


def _report_beside(text: str, line: int, offset: int) -> str:
    """Return the report that is named nearest before a claim's number, in its braces or above; else in the rest of its line."""
    before = text[max(0, line - 400) : offset]
    after = text[offset : offset + 200].splitlines()[:1]
    found = _sibling.findall(before) or _sibling.findall("".join(after))
    return str(found[-1]) if found else ""
