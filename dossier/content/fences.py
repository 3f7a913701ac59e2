"""Cut a hand-written file where its front matter ends, and find what git left in it where two people changed one line."""

from __future__ import annotations

import re

from msgspec import Struct

from dossier.language.characters import count_lines

FENCE = re.compile(r"(?:\A|(?<=[\r\n]))---[ \t]*(?:\r\n|\r|\n|\Z)")
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")


class Halves(Struct, frozen=True, kw_only=True):
    """A file cut where its front matter ends. `head` still holds the opening line; the body begins in `body_line`."""

    head: str
    body: str
    body_line: int


def split_front_matter(text: str) -> Halves | None:
    """Return front matter and body; None where no closing line is found. The body has no blank lines around it."""
    opening = FENCE.match(text)
    closing = FENCE.search(text, opening.end()) if opening else None
    if closing is None:
        return None
    begin = BLANK_LINES.match(text, closing.end())
    start = begin.end() if begin else closing.end()
    return Halves(head=text[: closing.start()], body=text[start:].rstrip(), body_line=count_lines(text, start))


def begins_with_fence(text: str) -> bool:
    """Tell whether a text opens front matter in its first line."""
    return FENCE.match(text) is not None


def find_conflict(text: str) -> tuple[int, str, str] | None:
    """Return the line of the first mark that git leaves of a conflict, and message and hint; None where there is none."""
    found = _CONFLICT.search(text)
    if found is None:
        return None
    hint = "keep one of the two versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
    return count_lines(text, found.start()), "git left two versions of these lines here", hint
