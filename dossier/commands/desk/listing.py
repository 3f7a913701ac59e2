"""List what a dossier can refer to: ids with the words that people know them by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from dossier.content.catalogue import Named, find, name_all
from dossier.content.parsing import parse_dossier
from dossier.engine.snapshot import DATA, snapshot
from dossier.language.characters import printable


def list_known(root: Path, kind: str, question: str) -> tuple[tuple[Named, ...], int]:
    """Return everything of a kind that answers a question, and how many files were passed over for their errors, which `check` tells."""
    dossier, problems = parse_dossier(snapshot(root, folders=DATA))
    broken = {problem.file for problem in problems if problem.severity == "error"}
    return tuple(find(name_all(dossier)[kind], question)), len(broken)


def lines(known: tuple[Named, ...]) -> Iterator[str]:
    """Yield a line for each: id, name and what else is known of it, parted by tabs."""
    for named in known:
        cells = (named.id, named.name, *named.details.values())
        yield "\t".join(printable(" ".join(cell.split())) for cell in cells)


def as_json(known: tuple[Named, ...]) -> str:
    """Return a JSON list of objects with `id`, `name`, `file` and what else is known."""
    records = [{"id": n.id, "name": n.name, "file": n.file, **n.details} for n in known]
    return json.dumps(records, ensure_ascii=False, indent=1)
