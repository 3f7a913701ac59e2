"""Say what is wrong in YAML in words for people: the parser's terse messages with their places, and how to mend each."""

from __future__ import annotations

import re

from msgspec import Struct
from yaml import MarkedYAMLError

from dossier.language.characters import name_of, show
from dossier.language.lookalikes import HYPHENS, INVISIBLE, SPACES


class Fault(Struct, frozen=True):
    """Something wrong in a text. `line` and `column` count from 1."""

    message: str
    line: int
    column: int
    hint: str = ""


class _Explanation(Struct, frozen=True):
    """How one of libyaml's messages reads here. With `at_start` the place is where the broken thing begins."""

    problem: str
    message: str
    hint: str
    context: str = ""
    at_start: bool = False


QUOTE_IT = "put the text in quotes"
NEVER_CLOSED, CLOSE_IT = "the quote that opens here is never closed", "put {} at the end of the text"
QUOTE_INSIDE = {
    "'": "a quote inside single quotes is written twice ('')",
    '"': 'a quote inside double quotes is written \\"',
}
QUOTE_ALL = "put \"…\" or '…' around the whole"
# Keyed by phrases of libyaml 0.2.5's scanner and parser and PyYAML's composer; the first that fits is taken.
EXPLANATIONS = (
    _Explanation("tab character", "a tab stands where YAML wants spaces", "indent with spaces"),
    _Explanation(
        "mapping values are not allowed",
        "a colon is not allowed here",
        "put text that holds a colon in quotes, and check the spaces at the beginning of the line",
    ),
    _Explanation("unexpected ':'", "a colon is not allowed here", "put a space behind it, or the text in quotes"),
    _Explanation("mapping keys", "? at the beginning of a value has a meaning in YAML", QUOTE_IT),
    _Explanation(
        "unexpected end of stream",
        NEVER_CLOSED,
        "put the same quote at the end of the text",
        "quoted scalar",
        at_start=True,
    ),
    _Explanation(
        "unexpected document indicator",
        NEVER_CLOSED,
        "put the same quote at the end of the text",
        "quoted scalar",
        at_start=True,
    ),
    _Explanation(
        "expected ',' or ']'",
        "the list that opens here is not closed, or a comma is missing in it",
        "write it as [one, two]",
        at_start=True,
    ),
    _Explanation(
        "expected ',' or '}'",
        "the mapping that opens here is not closed, or a comma is missing in it",
        "write it as {name: value, name: value}",
        at_start=True,
    ),
    _Explanation(
        "alphabetic or numeric", "* and & at the beginning of a value have a meaning in YAML", QUOTE_IT, at_start=True
    ),
    _Explanation(
        "undefined alias",
        "* at the beginning of a value stands for an anchor (&name), and none has that name",
        QUOTE_IT,
    ),
    _Explanation("second occurrence", "an anchor (&name) of this name stands further up", "give it another name"),
    _Explanation("could not find expected ':'", "a line without a colon", "write it as name: value", at_start=True),
    _Explanation(
        "block sequence entries", "a list cannot begin here", 'put each "- item" on a line of its own, indented alike'
    ),
    _Explanation(
        "expected '-' indicator",
        "this line does not fit into the list above it",
        'begin it with "- ", or mend its indentation',
    ),
    _Explanation(
        "unknown escape",
        "a backslash in double quotes has a meaning, and this one has none",
        "use single quotes, or write \\\\",
    ),
    _Explanation(
        "escape code", "this escape stands for no character", "use single quotes, or write the character itself"
    ),
    _Explanation("hexdecimal number", "this escape is incomplete", "use single quotes, or write the character itself"),
    _Explanation(
        "another document", "--- stands here a second time: a file holds one YAML document", "delete this line"
    ),
    _Explanation("<document start>", "text goes on after the end of the document", 'delete the line "..." above'),
    _Explanation("comment or line break", "text stands behind | or >", "begin the text in the next line, indented"),
    _Explanation(
        "undefined tag handle", "a value cannot begin with !", f"{QUOTE_IT}; tags are not allowed", at_start=True
    ),
    _Explanation("", "a value cannot begin with !", f"{QUOTE_IT}; tags are not allowed", " tag", at_start=True),
    _Explanation("incompatible YAML document", "a %YAML line is not needed here", "delete it"),
    _Explanation("", "a line cannot begin with % here", "delete it", " directive", at_start=True),
    _Explanation("indentation indicator", "text stands behind | or >", "begin the text in the next line, indented"),
    _Explanation(
        "expected node content", "a value is missing, or a bracket or comma too many", "check the brackets in this line"
    ),
    _Explanation("expected key", "this line does not fit to those above it", "indent all fields of one kind alike"),
    _Explanation("anchors", "an anchor (&name) cannot stand here", QUOTE_IT),
)


class _Lookalike:
    """A beginning of a line, the sign in it that YAML does not know, and what to say of it."""

    def __init__(self, pattern: str, message: str, hint: str) -> None:
        self.match = re.compile(pattern).match
        self.message, self.hint = message, hint


_FIELD = r"[ ]*(?:- +)?[{]?[\w-]+"
LOOKALIKES = (
    _Lookalike(
        f"[ ]*(?P<sign>[{SPACES}{INVISIBLE}])",
        "the line begins with {}, which looks like a space or like nothing",
        "delete it and indent with spaces",
    ),
    _Lookalike(f"[ ]*(?P<sign>[{HYPHENS}])", "{} is not the hyphen that begins an item", 'write "- "'),
    _Lookalike(f"{_FIELD}(?P<sign>[：﹕])", "{} is not the colon of YAML", 'write ":" and a space'),
    _Lookalike(
        rf"{_FIELD}:(?P<sign>[{SPACES}{INVISIBLE}])",
        "behind the colon stands {}, which looks like a space or like nothing",
        "delete it and write an ordinary space",
    ),
    _Lookalike(r"[ ]*(?P<sign>-)(?=[a-z_]+:)", "no space stands behind {}", 'write "- "'),
    _Lookalike(rf"{_FIELD}(?P<sign>:)(?=[^\s/])", "no space stands behind {}", "write name: value"),
    _Lookalike(
        rf"{_FIELD}: +(?P<sign>\[)[^\[\]]*\] *[^\s#,\]}}]",
        "a value that begins with {} is a list, and text goes on behind it",
        QUOTE_ALL,
    ),
    _Lookalike(
        r"[ ]*(?:- +)?(?:[\w-]+: +)?[\[{].*?(?P<sign>،)(?= *(?:[\[{\"']|[a-z_]+: ))",
        "{} is not the comma of YAML",
        'entries are parted with "," and not with "،"',
    ),
    _Lookalike(
        rf"{_FIELD}: +(?P<sign>[«“„‘”])(?=.*:)", "a colon is not allowed here, and {} is no quote of YAML", QUOTE_ALL
    ),
)
# Characters that YAML keeps for itself at the beginning of a value.
RESERVED = "@`%"


def explain_syntax(error: MarkedYAMLError, text: str) -> Fault:
    """Return the fault that ended the parser's work, in our words."""
    problem, context = error.problem or "", error.context or ""
    here = error.problem_mark or error.context_mark
    line, column = (here.line, here.column) if here else (0, 0)
    if found := _find_lookalike(text.splitlines(), line) or _find_open_quote(text.splitlines(), line):
        return found
    if special := _by_text(problem, text, line, column):
        return Fault(special[0], line + 1, column + 1, special[1])
    for explanation in EXPLANATIONS:
        if explanation.problem in problem and explanation.context in context:
            start = error.context_mark if explanation.at_start and error.context_mark else here
            line, column = (start.line, start.column) if start else (0, 0)
            return Fault(explanation.message, line + 1, column + 1, explanation.hint)
    return Fault(
        "this is no YAML", line + 1, column + 1, "check brackets, quotes and indentation of this line and the one above"
    )


def _find_lookalike(lines: list[str], line: int) -> Fault | None:
    """Find what looks like YAML and is not, in the line where the parser gave up or in the one above it."""
    for number in (line, line - 1):
        written = lines[number] if 0 <= number < len(lines) else ""
        for look in LOOKALIKES:
            if found := look.match(written):
                sign = found["sign"]
                named = (
                    show(sign)
                    if sign.isascii()
                    else f"{show(sign)} ({name_of(sign)})"
                    if sign.isprintable()
                    else name_of(sign)
                )
                return Fault(look.message.format(named), number + 1, found.start("sign") + 1, look.hint)
    return None


def _find_open_quote(lines: list[str], line: int) -> Fault | None:
    """Find a quote that opens above the place where the parser gave up, and that only the opening quote of a later field closed."""
    for number, written in enumerate(lines[: line + 1]):
        for quote in QUOTE_INSIDE:
            if not _opens(written, quote):
                continue
            closing = next((later for later in lines[number + 1 :] if _is_odd(later, quote)), "")
            if not closing or _opens(closing, quote):
                return Fault(NEVER_CLOSED, number + 1, written.rindex(quote) + 1, CLOSE_IT.format(quote))
    return None


def _opens(line: str, quote: str) -> bool:
    """Tell whether a value of this line begins with a quote that the line does not close."""
    return _is_odd(line, quote) and re.search(rf"[:\[{{,-]\s*{quote}[^{quote}]*$", line) is not None


def _is_odd(line: str, quote: str) -> bool:
    return line.replace("\\" + quote, "").count(quote) % 2 == 1


def _by_text(problem: str, text: str, line: int, column: int) -> tuple[str, str] | None:
    """Return message and hint that depend on what stands at the place; None where the table has them."""
    lines = text.splitlines()
    written = lines[line] if line < len(lines) else ""
    character = written[column : column + 1]
    if "cannot start any token" in problem:
        if character == "\t":
            return "a tab stands where YAML wants spaces", "indent with spaces"
        if character and character in RESERVED:
            return f"a value cannot begin with {show(character)}", QUOTE_IT
        return f"{show(character)} cannot stand here", QUOTE_IT
    if "<document start>" in problem and line and lines[line - 1].startswith("%"):
        return "the line above begins with %, which has a meaning in YAML", "delete it"
    quote = written[:column].rstrip()[-1:]
    if "expected key" in problem and quote in QUOTE_INSIDE:
        hint = f"quote the whole value; {QUOTE_INSIDE[quote]}"
        return "text goes on after the closing quote", hint
    return None
