"""Decode UTF-8, and find, name and drop characters that no reader sees: controls, bidi overrides, noncharacters.

The one decoder of the package: hand-written files, seeds and templates. Captured articles, which come in other encodings
too, share its words for what is broken. Lines and columns count from 1, columns in code points.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from dossier.errors import Problem, has_errors

BOM = b"\xef\xbb\xbf"
SHOWN = 60  # most characters of a written value that a message shows
SAVE_AS_UTF8 = "save it as UTF-8"

# Everything that no reader sees and that YAML, XML or a terminal refuse or obey: C0 and C1 controls but tab and line
# ends, line and paragraph separators, noncharacters, and the bidi embeddings, overrides and isolates that can reorder a
# line (UAX #9). The marks U+200E, U+200F and U+061C are left alone: they are ordinary in Arabic text.
UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
SPACES = "\x0b\x0c\x85\u2028\u2029"


def decode(path: str, data: bytes, hint: str = SAVE_AS_UTF8) -> tuple[str | None, tuple[Problem, ...]]:
    """Decode a file as UTF-8 without its byte order mark; the text is None where it is no UTF-8 or holds NUL.

    The problems name each kind of unwanted character once, at its first place: an error for NUL and for bytes that are
    no UTF-8 (with `hint`), else a warning.
    """
    try:
        text = str(data.removeprefix(BOM), "utf-8")
    except UnicodeDecodeError as error:
        return None, (_not_utf8(path, data, error, hint),)
    if UNWANTED.search(text) is None:
        return text, ()
    problems = _name_unwanted(path, text)
    return (None if has_errors(problems) else text), problems


def find_nul(path: str, text: str) -> Problem | None:
    """Name the first NUL in a decoded text; None where there is none."""
    return next(filter(_is_error, _name_unwanted(path, text)), None) if "\0" in text else None


def warn_of_unwanted(path: str, data: bytes) -> tuple[Problem, ...]:
    """Return warnings for control characters in a text that is published as it is.

    Return none where the file cannot be decoded: whoever reads it reports that.
    """
    text, problems = decode(path, data)
    return tuple(replace(problem, hint="delete it") for problem in problems) if text is not None else ()


def neutralise(text: str) -> str:
    """Replace each unwanted character by a stand-in that YAML accepts; the length stays.

    `drop_unwanted` takes the stand-ins out.
    """
    return UNWANTED.sub(lambda found: " " if found[0] in SPACES else "\ufdd0", text)


def drop_unwanted(text: str) -> str:
    """Take out unwanted characters; those that part lines become spaces."""
    return UNWANTED.sub(lambda found: " " if found[0] in SPACES else "", text)


def count_lines(text: str, offset: int) -> int:
    """Return the line, from 1, in which an offset lies; CRLF, CR and LF each end a line."""
    before = text[:offset]
    return 1 + before.count("\n") + before.count("\r") - before.count("\r\n")


def place_of_byte(data: bytes, offset: int) -> tuple[int, int]:
    """Return line and column of a byte in UTF-8 without a byte order mark."""
    before = data[:offset].decode("utf-8", "replace")
    return place_of(before, len(before))


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, from 1, of an offset; columns count code points."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return count_lines(text, offset), offset - start + 1


def show(value: object) -> str:
    """Quote a written value for a message: short, and with nothing in it that a terminal obeys."""
    text = str(value)
    short = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    return f'"{printable(short)}"'


def shorten(text: str, most: int) -> str:
    """Return a text on one line; one that is longer than `most` characters ends between two of its words."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"


def printable(text: str) -> str:
    """Return a name or a value, where every character counts: what cannot be seen, by its escape."""
    return "".join(c if c.isprintable() else _escaped(c) for c in text)


def on_one_line(text: str) -> str:
    """Return a sentence with a stranger's words in it: what would end its line, turn its direction or steer a terminal, by its escape.

    The marks and spaces with which Arabic is written stay as they are.
    """
    return re.sub(f"[\t\n\r]|{UNWANTED.pattern}", lambda found: _escaped(found[0]), text)


def name_of(character: str) -> str:
    """Name a character that cannot be shown: `U+202E`."""
    return f"U+{ord(character):04X}"


def _escaped(character: str) -> str:
    """Return a backslash, u and a character's code in four digits or more."""
    return f"\\u{ord(character):04x}"


def _is_error(problem: Problem) -> bool:
    return problem.severity == "error"


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError, hint: str) -> Problem:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(message="the file is UTF-16, not UTF-8", file=path, line=1, column=1, hint=hint)
    bare = data.removeprefix(BOM)
    line, column = place_of_byte(bare, error.start)
    message = f"the file is not UTF-8: the byte {bare[error.start]:02X} cannot stand here"
    return Problem(message=message, file=path, line=line, column=column, hint=hint)


def _name_unwanted(path: str, text: str) -> tuple[Problem, ...]:
    """Return one problem for every kind of character, at its first place."""
    counts: dict[str, int] = {}
    first: dict[str, int] = {}
    for found in UNWANTED.finditer(text):
        counts[found[0]] = counts.get(found[0], 0) + 1
        first.setdefault(found[0], found.start())
    return tuple(_unwanted(path, text, first[c], c, counts[c]) for c in sorted(first, key=first.__getitem__))


def _unwanted(path: str, text: str, offset: int, character: str, count: int) -> Problem:
    line, column = place_of(text, offset)
    kind = "bidi control" if BIDI.match(character) else "control character"
    times = f", {count} times, here first" if count > 1 else ""
    fatal = character == "\0"
    return Problem(
        message=f"holds {'NUL' if fatal else f'the {kind} {name_of(character)}'}{times}",
        file=path,
        line=line,
        column=column,
        hint="delete it; is this a text file?" if fatal else "it is left out; delete it",
        severity="error" if fatal else "warning",
    )
