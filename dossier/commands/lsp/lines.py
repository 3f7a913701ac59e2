"""Turn an editor's positions, which count lines and the units of its encoding, into offsets of a text, and back."""

from __future__ import annotations

import re
from bisect import bisect_right

from lsprotocol.types import Position, Range
from pygls.workspace import PositionCodec

_line_ends = re.compile(r"\r\n|\r|\n").finditer
_word = re.compile(r"[\"'«]?[^\s,\[\]{}\"'«»]+[\"'»]?").match


class Lines:
    """A text by its lines, which CRLF, CR and LF end. `codec` says how the editor counts columns."""

    def __init__(self, text: str, codec: PositionCodec) -> None:
        self.text = text
        self._codec = codec
        self._starts = [0, *(end.end() for end in _line_ends(text))]

    def offset(self, position: Position) -> int:
        """Return the offset of a position; of the nearest there is where the text has no such one."""
        number = min(max(position.line, 0), len(self._starts) - 1)
        line = self._line(number)
        column = 0
        units = 0
        while column < len(line) and units < position.character:
            units += self._codec.client_num_units(line[column])
            column += 1
        return self._starts[number] + column

    def position(self, offset: int) -> Position:
        """Return the position of an offset."""
        number = bisect_right(self._starts, offset) - 1
        before = self.text[self._starts[number] : offset]
        return Position(line=number, character=self._codec.client_num_units(before))

    def range(self, start: int, end: int) -> Range:
        """Return the range between two offsets."""
        return Range(start=self.position(start), end=self.position(end))

    def word_range(self, line: int, column: int) -> Range:
        """Return the range of the word at a place, both counted from 1 and 0 for the whole file, as problems have it."""
        number = min(max(line - 1, 0), len(self._starts) - 1)
        start = self._starts[number] + min(max(column - 1, 0), len(self._line(number)))
        found = _word(self.text, start)
        return self.range(start, found.end() if found else start)

    def _line(self, number: int) -> str:
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)
        return self.text[self._starts[number] : end].rstrip("\r\n")
