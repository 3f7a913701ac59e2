"""Say which fields of hand-written files hold ids, of what kind, and find them and links in a file's text.

`tests/unit/test_renaming.py` holds the table to the model: no field that holds an id is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from dossier.content.fences import split_front_matter
from dossier.content.model import RELATIONS
from dossier.content.paths import KINDS
from dossier.content.yaml_text import FieldPath, read_yaml
from dossier.language.markdown import links

EACH = "*"  # any item of a list
_properties = re.compile(r"(?:[&!]\S*\s+)*").match
_line_ends = re.compile(r"\r\n|\r|\n").finditer
Pattern = tuple[str, ...]
# By kind of file, which fields name an actor, a report, an event, a claim (`<report>#<claim>`), or a claim of the report beside it (`number`).
ID_FIELDS: Mapping[str, Mapping[Pattern, str]] = {
    "reports": {
        ("outlet",): "actor",
        ("via", EACH): "actor",
        ("means", EACH, "actor"): "actor",
        ("cites", EACH, "report"): "report",
        ("claims", EACH, "said", EACH, "who"): "actor",
        ("claims", EACH, "about", EACH): "actor",
        ("claims", EACH, "event"): "event",
        **{("claims", EACH, relation, EACH, "report"): "report" for relation in RELATIONS},
        **{("claims", EACH, relation, EACH, "claim"): "number" for relation in RELATIONS},
    },
    "actors": {("part_of", EACH): "actor"},
    "events": {("actors", EACH): "actor"},
    "settings": {
        ("judgments", EACH, "claims", EACH): "claim",
        ("unknowns", EACH, "claims", EACH): "claim",
        ("tables", EACH, "rows", EACH, "actor"): "actor",
        ("tables", EACH, "cells", EACH, "row"): "actor",
        ("tables", EACH, "cells", EACH, "claims", EACH): "claim",
    },
}


class IdPlace(Struct, frozen=True, kw_only=True):
    """Where a text names something: `start` and `end` are code points of the whole text, quotes included.

    `path` is that of a field, None for a link of Markdown; `kind` as in `ID_FIELDS`.
    """

    kind: str
    value: str
    start: int
    end: int
    path: FieldPath | None = None


def find_ids(kind: str, text: str) -> Iterator[IdPlace]:
    """Yield all places of a file's text that name something, fields first. `kind` is that of the file. Raise BrokenYaml."""
    halves = split_front_matter(text) if kind in KINDS else None
    if kind in KINDS and halves is None:
        return
    fields = ID_FIELDS.get(kind, {})
    for path, node in scalars(read_yaml(halves.head if halves else text).root):
        named = fields.get(tuple(EACH if isinstance(step, int) else step for step in path))
        if named and node.value:
            begin = start_of(text, node)
            yield IdPlace(kind=named, value=node.value, start=begin, end=node.end_mark.index, path=path)
    if halves:
        yield from _links(text, halves.body, halves.body_line)


def start_of(text: str, node: Node) -> int:
    """Return where a value begins, its anchor and tag left out."""
    begin: int = node.start_mark.index
    properties = _properties(text, begin, node.end_mark.index)
    return properties.end() if properties else begin


def _links(text: str, body: str, body_line: int) -> Iterator[IdPlace]:
    starts = _line_starts(text)
    taken: set[int] = set()
    for scheme, target, line, column in links(body):
        place = _own_place(text, f"{scheme}:{target}", starts[body_line + line - 2] + column - 1, taken)
        taken.add(place)
        start = place + len(scheme) + 1
        yield IdPlace(kind=scheme, value=target, start=start, end=start + len(target))


def _own_place(text: str, address: str, place: int, taken: set[int]) -> int:
    """Return where a link's address stands that is sought at `place`: not as code, nor where another link has it, else in its definition."""
    if place not in taken and text[place - 1 : place] != "`":
        return place
    inline = text.find(f"({address}", place) + 1
    while inline in taken:
        inline = text.find(f"({address}", inline) + 1
    definition = re.search(
        rf"^ {{0,3}}\[[^\]\n]+\]:[ \t]*<?(?={re.escape(address)})", text, re.MULTILINE | re.IGNORECASE
    )
    return inline or (definition.end() if definition else place)


def _line_starts(text: str) -> list[int]:
    """Return where each line begins; CRLF, CR and LF each end one."""
    return [0, *(end.end() for end in _line_ends(text))]


def scalars(node: Node | None, path: FieldPath = ()) -> Iterator[tuple[FieldPath, ScalarNode]]:
    """Yield every plain value below a node with its path."""
    if isinstance(node, ScalarNode):
        yield path, node
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            yield from scalars(item, (*path, index))
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode):
                yield from scalars(value, (*path, key.value))
