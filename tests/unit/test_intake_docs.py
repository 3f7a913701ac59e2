"""`docs/intake.md` and the table of kinds say the same."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from dossier.articles.kinds.table import OF_BYTES, OF_TEXT

DOCS = " ".join((Path(__file__).parents[2] / "docs/intake.md").read_text("utf-8").split())
KINDS = [kind for kind, _ in (*OF_BYTES, *OF_TEXT)]


def test_every_kind_is_in_the_document_and_every_reader_is_there() -> None:
    assert [kind.name for kind in KINDS if kind.name not in DOCS] == []
    for kind in KINDS:
        if kind.reader:
            module, _, function = kind.reader.partition(":")
            assert callable(getattr(import_module(f"dossier.articles.kinds.{module}"), function))
