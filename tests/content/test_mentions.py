"""Names in the real originals against a reading by hand, where the originals are; tests/gold/README.md has the conventions."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import snapshot

ROOT = Path(__file__).parents[2]
GOLD = json.loads((ROOT / "tests/gold/mentions.json").read_text("utf-8"))


def test_names_in_the_originals_are_found_as_an_editor_reads_them() -> None:
    folder = Path(os.environ.get("DOSSIER_ORIGINALS", ROOT / "seeds/originals"))
    site = compose(snapshot(ROOT, folder if folder.is_dir() else None), Memo()).site
    texts = [report.texts for report in site.reports.values() if report.texts.original]
    if not texts:
        pytest.skip(f"no originals in {folder}: put copies there, or name their folder in DOSSIER_ORIGINALS")
    found, read = set(), set()
    for text in texts:
        assert text.original is not None
        digest = text.original.sha256
        found |= {(digest, m.start, m.end, m.actor) for m in text.mentions.original}
        read |= {(digest, *mention) for mention in GOLD.get(digest, ())}
    right = found & read
    assert len(right) / len(read) >= 0.97, f"missed: {sorted(read - found)}"
    assert len(right) / len(found) >= 0.97, f"too many: {sorted(found - read)}"
