"""The words that both halves of search are held to: the browser's half by `tests/js/`, this one here."""

from __future__ import annotations

import json

import pytest

from tests.vectors import FILE, make


@pytest.mark.parametrize("part", ["texts", "names", "singulars", "vocabulary", "postings", "tables"])
def test_the_build_makes_of_them_what_is_written_there(part: str) -> None:
    written = json.loads(FILE.read_text("utf-8"))
    assert make()[part] == written[part], "if that is meant, run python -m tests.vectors, and read what changed"
