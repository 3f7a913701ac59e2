"""What a captured file says, as its reader hands it on."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

NoteCode = Literal[
    "mended", "scanned-pages", "large-table", "digest-right", "digest-wrong", "no-digest", "attachments", "messages", "script-only",
    "hidden-text", "cut", "time-codes",
]  # fmt: skip


class Note(Struct, frozen=True):
    """What an editor must know of how a file was read; `value` is a number or a name."""

    code: NoteCode
    value: str = ""


class Part(Struct, frozen=True, kw_only=True):
    """One of several articles in a file: its own bytes, as they stand there, and what the file says of it."""

    name: str
    data: bytes
    url: str | None = None
    captured: str | None = None
    notes: tuple[Note, ...] = ()


class Article(Struct, frozen=True, kw_only=True):
    """What a file says: its text, a paragraph a line, and what it says of itself. `parts` stand in place of a text.

    `published`, `modified` and `captured` are days or times as ISO 8601 has them.
    """

    text: str | None
    headline: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None
    section: str | None = None
    modified: str | None = None
    captured: str | None = None
    notes: tuple[Note, ...] = ()
    parts: tuple[Part, ...] = ()


class Unfit(Exception):
    """A file that its reader cannot take; the message says why, the second argument what to do."""
