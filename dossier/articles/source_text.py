"""Cut plain texts of articles into paragraphs and pieces, and mark the noise that captures bring along.

Spans are in code points of the decoded text, end exclusive; a byte order mark is not counted and no newline is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from msgspec import Struct

from dossier.articles.noise import Noise, find_noise
from dossier.articles.spans import Span
from dossier.engine.packing import ByNeed
from dossier.errors import DossierError, Problem
from dossier.language.arabic import split_sentences
from dossier.language.characters import SAVE_AS_UTF8, decode

LONGEST_PIECE = 700  # a longer paragraph is shown in pieces (FORMAT)
MAX_HEADS = 2  # lines of their own before the article: its title and who signs it
SHORTEST_LINE = 100  # characters of the longest line; where all are shorter, a program may have broken them
_ENDS = (".", "؟", "!", "…", "»", "”", '"', ":")
# Atomic, or the halves of one CRLF would pass for two line ends.
_LINE_END = r"(?>\r\n|\r|\n)"
_BLANK_LINES = re.compile(rf"{_LINE_END}[^\S\r\n]*(?:{_LINE_END}[^\S\r\n]*)+")
_LINE_ENDS = re.compile(_LINE_END)


class UnreadableText(DossierError):
    """A text that cannot be read; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class Piece(Struct, frozen=True, kw_only=True):
    """A part of a paragraph that ends with a sentence; `anchor` is `3`, then `3-2`, `3-3` and so on."""

    anchor: str
    start: int
    end: int


class Paragraph(Struct, frozen=True, kw_only=True):
    """A paragraph, counted from 1, trimmed of white space."""

    number: int
    start: int
    end: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceText(ByNeed):
    """A seed or an original as it was read, with the SHA-256 of its bytes."""

    file: str
    sha256: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    noise: tuple[Noise, ...]


def read_text(file: str, data: bytes, *, noise: bool) -> SourceText:
    """Decode UTF-8 and cut it into paragraphs; seek noise only where asked, in originals. Raise UnreadableText."""
    text, problems = decode(file, data, f"{SAVE_AS_UTF8}, or take it in with `intake`")
    if text is None:
        raise UnreadableText(next(problem for problem in problems if problem.severity == "error"))
    return make_text(file, sha256(data).hexdigest(), text, noise=noise)


def make_text(file: str, digest: str, text: str, *, noise: bool) -> SourceText:
    """Cut a decoded text into paragraphs. `digest` is the SHA-256 of the bytes it was decoded from."""
    paragraphs = tuple(split_paragraphs(text))
    spans = tuple((p.start, p.end) for p in paragraphs)
    return SourceText(
        file=file,
        sha256=digest,
        text=text,
        paragraphs=paragraphs,
        noise=find_noise(text, spans) if noise else (),
    )


def split_paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs: blank lines part them; in a text without any, or with none but after its title, line ends do."""
    parting = _BLANK_LINES if _BLANK_LINES.search(text.strip()) and not _is_headed_lines(text) else _LINE_ENDS
    number = 0
    for start, end in _between(parting, text):
        body = text[start:end]
        if not body.strip():
            continue
        number += 1
        start, end = start + len(body) - len(body.lstrip()), start + len(body.rstrip())
        yield Paragraph(number=number, start=start, end=end, pieces=tuple(_pieces(text, number, start, end)))


def _is_headed_lines(text: str) -> bool:
    """Tell whether blank lines part only a title and what stands under it from lines of which each is a paragraph.

    Lines that a program broke at a width end in the midst of sentences, and are none.
    """
    *heads, body = [
        text[start:end].strip() for start, end in _between(_BLANK_LINES, text) if text[start:end].strip()
    ] or [""]
    lines = [line.strip() for line in _LINE_ENDS.split(body) if line.strip()]
    if not 1 <= len(heads) <= MAX_HEADS or len(lines) < 2 or any(_LINE_ENDS.search(head) for head in heads):
        return False
    return all(line.endswith(_ENDS) for line in lines[:-1]) and max(map(len, lines)) >= SHORTEST_LINE


def _between(parting: re.Pattern[str], text: str) -> Iterator[Span]:
    start = 0
    for match in parting.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _pieces(text: str, number: int, start: int, end: int) -> Iterator[Piece]:
    """Yield whole sentences together, as many as fit into `LONGEST_PIECE`; a single longer sentence stays whole."""
    if end - start <= LONGEST_PIECE:
        yield Piece(anchor=str(number), start=start, end=end)
        return
    groups: list[Span] = []
    for low, high in split_sentences(text[start:end]):
        if groups and high - groups[-1][0] <= LONGEST_PIECE:
            groups[-1] = (groups[-1][0], high)
        else:
            groups.append((low, high))
    for count, (low, high) in enumerate(groups, 1):
        anchor = str(number) if count == 1 else f"{number}-{count}"
        yield Piece(anchor=anchor, start=start + low, end=start + high)
