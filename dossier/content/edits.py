"""Change single values of a hand-written file and leave every other character of it as it is: spaces, quotes, comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from dossier.content.fences import split_front_matter
from dossier.content.id_fields import IdPlace, start_of
from dossier.content.scaffold import scalar
from dossier.content.yaml_text import BrokenYaml, FieldPath, FieldStep, read_yaml

_line_end = re.compile(r"\r\n|\r|\n|\Z")


class Edit(Struct, frozen=True):
    """What stands between two offsets of a text, in code points, becomes `text`."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made that do not overlap. One that stands twice is made once."""
    out: list[str] = []
    done = 0
    for edit in sorted(set(edits), key=lambda edit: (edit.start, edit.end)):
        out += (text[done : edit.start], edit.text)
        done = edit.end
    return "".join([*out, text[done:]])


def rename_place(text: str, place: IdPlace, value: str) -> Edit:
    """Name something else at a place, in the quotes that stand there; in some of its own where YAML would take the id for a number or null."""
    quote = text[place.start]
    if place.path is None:
        return Edit(place.start, place.end, value)
    if quote in "\"'":
        return Edit(place.start, place.end, f"{quote}{value}{quote}")
    return Edit(place.start, place.end, written(value))


def written(value: str) -> str:
    """Write a text as an item of any list: plain where YAML reads it back so, else in double quotes."""
    for form in (f"- {value}\n", f"[{value}, x]"):
        try:
            read = read_yaml(form).value
        except BrokenYaml:
            return scalar(value)
        if not isinstance(read, tuple) or read[0] != value or len(read) > 2:
            return scalar(value)
    return value


def remove_item(text: str, items: SequenceNode, index: int) -> Edit:
    """Take one item out of a list; its last one leaves the list empty."""
    nodes: Sequence[Node] = items.value
    node = nodes[index]
    if len(nodes) == 1:
        return Edit(start_of(text, items), _end_of(items), "[]")
    if not items.flow_style:
        return Edit(text.rfind("\n", 0, node.start_mark.index) + 1, _after_line(text, _end_of(node)), "")
    if index + 1 < len(nodes):
        return Edit(node.start_mark.index, nodes[index + 1].start_mark.index, "")
    return Edit(_end_of(nodes[index - 1]), _end_of(node), "")


def add_items(text: str, name: str, values: Sequence[str]) -> Edit | None:
    """Add texts to a list of a file's front matter, in the form that it has there; begin it below all other fields where there is none."""
    halves = split_front_matter(text)
    if halves is None or not values:
        return None
    listed = ", ".join(map(written, values))
    node = node_at(read_yaml(halves.head).root, (name,))
    if node is None:
        end = "\r\n" if "\r\n" in halves.head else "\n"
        return Edit(len(halves.head), len(halves.head), f"{name}: [{listed}]{end}")
    if isinstance(node, ScalarNode):  # null, in one form or other
        return Edit(node.start_mark.index, node.end_mark.index, f"[{listed}]" if node.value else f" [{listed}]")
    if not isinstance(node, SequenceNode):
        return None
    if not node.value:
        return Edit(start_of(text, node), node.end_mark.index, f"[{listed}]")
    last = _end_of(node.value[-1])
    if node.flow_style:
        return Edit(last, last, f", {listed}")
    return _add_lines(text, node.value[-1], last, values)


def _add_lines(text: str, item: Node, last: int, values: Sequence[str]) -> Edit:
    """Add lines below the last item of a list, with what stands before it on its own line."""
    begin = text.rfind("\n", 0, item.start_mark.index) + 1
    before = text[begin : item.start_mark.index]
    place = _after_line(text, last)
    end = "\r\n" if text[:place].endswith("\r\n") else "\n"
    return Edit(place, place, "".join(f"{before}{written(value)}{end}" for value in values))


def set_field(text: str, name: str, lines: str) -> Edit | None:
    """Write a field, of one line or several, into front matter: in the place of an empty one, else below all others."""
    halves = split_front_matter(text)
    root = read_yaml(halves.head).root if halves else None
    if halves is None or root is None:
        return None
    for key, value in root.value:
        if key.value == name:
            begin = text.rfind("\n", 0, key.start_mark.index) + 1
            return Edit(begin, _after_line(text, max(key.end_mark.index, value.end_mark.index)), lines)
    return Edit(len(halves.head), len(halves.head), lines)


def field_lines(text: str, name: str) -> str:
    """Return the lines of a field of a front matter as they are written, its key and all."""
    halves = split_front_matter(text)
    root = read_yaml(halves.head).root if halves else None
    for key, value in root.value if root else ():
        if key.value == name:
            begin = text.rfind("\n", 0, key.start_mark.index) + 1
            return text[begin : _after_line(text, _end_of(value))]
    return ""


def node_at(root: Node | None, path: Iterable[FieldStep]) -> Node | None:
    """Return the node at a path; None where there is none."""
    node = root
    for step in path:
        if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        else:
            return None
    return node


def lists_in(node: Node | None, path: FieldPath = ()) -> Iterator[tuple[FieldPath, SequenceNode]]:
    """Yield every list below a node with its path, the innermost first."""
    if isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            yield from lists_in(item, (*path, index))
        yield path, node
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode):
                yield from lists_in(value, (*path, key.value))


def _end_of(node: Node) -> int:
    """Return where a value ends. A block's own mark stands behind the blank lines and comments that follow it."""
    if (
        isinstance(node, ScalarNode)
        or not isinstance(node, SequenceNode | MappingNode)
        or node.flow_style
        or not node.value
    ):
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end_of(last if isinstance(node, SequenceNode) else last[1])


def _after_line(text: str, place: int) -> int:
    """Return where the line after a place begins."""
    if text[max(0, place - 1) : place] == "\n":  # a text in a block ends with its line
        return place
    found = _line_end.search(text, place)
    return found.end() if found else len(text)
