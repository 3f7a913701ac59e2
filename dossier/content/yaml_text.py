"""Read YAML as people mean it: plain values, with the place of every value and of everything that is wrong.

Only `true`, `false`, `null` (also `~` and nothing) and plain numbers are not strings. A key stands once. There are no
tags, and aliases are bounded. PyYAML's C parser composes nodes, which carry their places; the values are built here,
three times faster than by PyYAML's own constructor. Sequences become tuples, mappings dicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from yaml import MappingNode, MarkedYAMLError, Node, ScalarNode, SequenceNode, YAMLError
from yaml._yaml import CParser

from dossier.content.yaml_faults import Fault, explain_syntax
from dossier.language.characters import UNWANTED, drop_unwanted, neutralise, show

DEEPEST = 32
MAX_ALIASED = 10_000
MAX_FAULTS = 100
NO_TAG = ""

YamlValue = None | bool | int | float | str | tuple["YamlValue", ...] | dict[str, "YamlValue"]
FieldStep = str | int
FieldPath = tuple[FieldStep, ...]

find_hashtag = re.compile(r"(?<=[ \t])(#\w.*)").search
plain_integer = re.compile(r"-?(?:0|[1-9][0-9]{0,99})").fullmatch
plain_decimal = re.compile(r"-?(?:0|[1-9][0-9]{0,99})\.[0-9]{1,100}").fullmatch


class BrokenYaml(Exception):
    """The text is no YAML at all; `fault` says where and why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.message)


class _TooDeep(Exception):
    """Raised out of the parser, with the node that holds what is too deep."""


class _Parser(CParser):
    """PyYAML's C parser, which guesses no types and goes no deeper than `DEEPEST`."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0

    def resolve(self, kind: type[Node], value: str | None, implicit: object) -> str:
        return NO_TAG  # what still has a tag after this had one in the text

    def descend_resolver(self, parent: Node | None, index: object) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _TooDeep(parent)

    def ascend_resolver(self) -> None:
        self.depth -= 1


class YamlText(Struct, frozen=True):
    """What a text says: its value, its node tree (None where it is empty) and what is wrong with it short of syntax.

    `comments` are those that may have been meant as text: «#word» behind a value.
    """

    value: YamlValue
    root: Node | None
    faults: tuple[Fault, ...] = ()
    comments: tuple[Fault, ...] = ()

    def place(self, path: Iterable[FieldStep]) -> tuple[int, int]:
        """Return line and column, from 1, of the value at a path; of the last key or item before it where there is none."""
        return _place(self.root, tuple(path))

    def key_place(self, path: Iterable[FieldStep]) -> tuple[int, int]:
        """Return line and column of the key that a path ends with; of its value where it ends with a number."""
        return _place(self.root, tuple(path), of_key=True)


class _Builder(Struct):
    """Builds one text's value and gathers its faults."""

    faults: list[Fault] = field(default_factory=list)
    clean: bool = True

    def build(self, node: Node) -> YamlValue:
        if node.tag != NO_TAG:
            self.faults.append(_tagged(node))
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if node.__class__ is SequenceNode:
            return tuple([self.build(item) for item in node.value])
        return self._mapping(node.value)

    def _scalar(self, node: ScalarNode) -> YamlValue:
        text: str = node.value
        if node.style:  # quoted, or a block
            return text if self.clean else self._cleaned(node, text)
        if not text or text == "null" or text == "~":
            return None
        if text[0] in "-0123456789":
            if plain_integer(text):
                return int(text)
            if plain_decimal(text):
                return float(text)
        elif text == "true":
            return True
        elif text == "false":
            return False
        return text if self.clean else self._cleaned(node, text)

    def _cleaned(self, node: Node, text: str) -> str:
        """Return the text without control characters; those that an escape brought in are faults."""
        escaped = [c for c in UNWANTED.findall(text) if c != "\ufdd0"]
        if escaped:
            message = f"an escape makes the control character U+{ord(escaped[0]):04X}"
            self.faults.append(_at(node, message, "write the text without it"))
        return drop_unwanted(text)

    def _mapping(self, pairs: list[tuple[Node, Node]]) -> dict[str, YamlValue]:
        mapping: dict[str, YamlValue] = {}
        for key, value in pairs:
            if key.__class__ is not ScalarNode:
                self.faults.append(_at(key, "a key must be one word", "put the name of a field before the colon"))
            elif key.value in mapping:
                if len(self.faults) < MAX_FAULTS:  # each takes a search for the first
                    self.faults.append(_repeated(key, pairs))
            else:
                mapping[key.value if self.clean else self._cleaned(key, key.value)] = self.build(value)
                if key.tag != NO_TAG:
                    self.faults.append(_tagged(key))
        return mapping


def read_yaml(text: str) -> YamlText:
    """Read one document. Raise BrokenYaml where the text is no YAML, deeper than `DEEPEST`, or its aliases stand for too much."""
    clean = UNWANTED.search(text) is None
    text = text if clean else neutralise(text)
    root = _compose(text)
    if root is None:
        return YamlText(None, None)
    if "*" in text:
        _bound_aliases(root)
    builder = _Builder(clean=clean and "\\" not in text)
    value = builder.build(root)
    return YamlText(value, root, tuple(builder.faults), tuple(_doubtful_comments(text, root)))


def _doubtful_comments(text: str, root: Node) -> Iterator[Fault]:
    if not find_hashtag(text):
        return
    lines = text.splitlines()
    for node in _walk(root):
        if isinstance(node, ScalarNode) and not node.style and node.end_mark.line < len(lines):
            found = find_hashtag(lines[node.end_mark.line], max(0, node.end_mark.column - 1))
            if found and not lines[node.end_mark.line][node.end_mark.column : found.start()].strip():
                message = f"{show(found[1])} is a comment, which nobody will see"
                yield Fault(
                    message,
                    node.end_mark.line + 1,
                    found.start(1) + 1,
                    "put the whole value in quotes, or a space behind #",
                )


def _compose(text: str) -> Node | None:
    parser = _Parser(text)
    try:
        root: Node | None = parser.get_single_node()
    except _TooDeep as error:
        message = f"values are nested deeper than {DEEPEST} levels"
        raise BrokenYaml(_at(error.args[0], message, "no field needs that; look for a stray bracket")) from None
    except MarkedYAMLError as error:
        raise BrokenYaml(explain_syntax(error, text)) from None
    except YAMLError as error:
        raise BrokenYaml(Fault(f"this is no YAML: {error}", 1, 1)) from None
    finally:
        parser.dispose()
    return root


def _bound_aliases(root: Node) -> None:
    """Refuse texts whose aliases stand for too much, or for themselves: sizes are counted, nothing is unfolded."""
    sizes: dict[int, int] = {}
    _size(root, sizes, set())
    if sizes[id(root)] - len(sizes) > MAX_ALIASED:
        culprit = next(node for node in _walk(root) if sizes[id(node)] > MAX_ALIASED)
        message = f"aliases (*name) here stand for more than {MAX_ALIASED:,} values"
        raise BrokenYaml(_at(culprit, message, "write the values out"))


def _size(node: Node, sizes: dict[int, int], within: set[int]) -> int:
    """Return how many nodes a node stands for; recursion ends at `DEEPEST`, for which the parser has already answered."""
    if id(node) in within:
        raise BrokenYaml(_at(node, "an alias (*name) stands for a value that holds it", "write the value out"))
    if id(node) not in sizes:
        within.add(id(node))
        sizes[id(node)] = 1 + sum(_size(child, sizes, within) for child in _children(node))
        within.discard(id(node))
    return sizes[id(node)]


def _children(node: Node) -> Iterator[Node]:
    if isinstance(node, SequenceNode):
        yield from node.value
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield key
            yield value


def _walk(root: Node) -> Iterator[Node]:
    """Yield every node once, what is inside before what holds it."""
    seen: set[int] = set()

    def visit(node: Node) -> Iterator[Node]:
        if id(node) not in seen:
            seen.add(id(node))
            for child in _children(node):
                yield from visit(child)
            yield node

    return visit(root)


def _repeated(key: Node, pairs: list[tuple[Node, Node]]) -> Fault:
    first = next(other for other, _ in pairs if other.value == key.value)
    line = first.start_mark.line + 1
    return _at(key, f"{show(key.value)} stands here a second time; the first is in line {line}", "keep one of them")


def _tagged(node: Node) -> Fault:
    written = str(node.tag).replace("tag:yaml.org,2002:", "!!")
    return _at(node, f"the tag {show(written)} is not allowed here", "delete it: types are known from the field")


def _at(node: Node, message: str, hint: str = "") -> Fault:
    return Fault(message, node.start_mark.line + 1, node.start_mark.column + 1, hint)


def _place(root: Node | None, path: FieldPath, *, of_key: bool = False) -> tuple[int, int]:
    if root is None:
        return 1, 1
    node, owner, missing = root, root, False
    for step in path:
        key, child = _child(node, step)
        if child is None:
            missing = True
            break
        node, owner = child, key or child
    empty = isinstance(node, ScalarNode) and not node.value and not node.style
    mark = (owner if missing or empty or of_key else node).start_mark
    return mark.line + 1, mark.column + 1


def _child(node: Node, step: FieldStep) -> tuple[Node | None, Node | None]:
    """Return the key node (of a mapping) and the node that a step leads to."""
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    if isinstance(node, MappingNode):
        return next((pair for pair in node.value if _reads_as(pair[0], step)), (None, None))
    return None, None


def _reads_as(key: Node, step: FieldStep) -> bool:
    """Tell whether a key is the one of a path, where control characters are left out."""
    return isinstance(key, ScalarNode) and (key.value == step or drop_unwanted(key.value) == step)
