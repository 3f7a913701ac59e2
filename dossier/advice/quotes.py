"""Quotation marks that do not pair, in the editor's own words and in seeds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.errors import Problem
from dossier.reading import place_of
from dossier.seeds import SourceText
from dossier.site import Site
from dossier.sources import Snapshot

PAIRS = {"«": "»", "“": "”", "‹": "›"}
_MARK = re.compile(r"[«»“”‹›\"]")
_LINE = re.compile(r".*(?:\r\n|\n|\r|\Z)")
_NEW = re.compile(r"\s*(?:- |[\w-]+:\s|\Z)")  # a line that begins another value, item or paragraph


def advise_on_quotes(site: Site, snapshot: Snapshot) -> Iterator[Problem]:
    """The first mark that does not pair, of each value and paragraph of content and each paragraph of a seed."""
    for linked in site.reports.values():
        yield from _in_seed(linked.texts.seed)
    for path, file in snapshot.files.items():
        if path.startswith("content/") and path.endswith((".md", ".yaml")):
            text = file.data.decode("utf-8-sig", "replace")
            for start, end in _stretches(text):
                # YAML's own quotation marks are straight; in these files only the others tell.
                yield from _first(path, text, start, end, straight=False)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Values and paragraphs, which may run over several lines."""
    start = 0
    for line in _LINE.finditer(text):
        if _NEW.match(text, line.start(), line.end()):
            yield start, line.start()
            start = line.start()
    yield start, len(text)


def _in_seed(seed: SourceText) -> Iterator[Problem]:
    for paragraph in seed.paragraphs:
        yield from _first(seed.file, seed.text, paragraph.start, paragraph.end, straight=True)


def _first(file: str, text: str, start: int, end: int, *, straight: bool) -> Iterator[Problem]:
    offset = unpaired(text, start, end, straight=straight)
    if offset is not None:
        line, column = place_of(text, offset)
        message = f"the quotation mark {text[offset]} has no partner"
        yield Problem(message=message, file=file, line=line, column=column, hint="close it, or delete it", severity="warning")


def unpaired(text: str, start: int, end: int, *, straight: bool) -> int | None:
    """The offset of the first quotation mark between two offsets that does not pair."""
    open_marks: list[int] = []
    quotes: list[int] = []
    for match in _MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if mark == '"':
            quotes.append(at)
        elif mark in PAIRS:
            open_marks.append(at)
        elif not open_marks or PAIRS[text[open_marks.pop()]] != mark:
            return at
    if open_marks:
        return open_marks[0]
    return quotes[-1] if straight and len(quotes) % 2 else None
