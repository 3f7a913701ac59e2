"""Do the work of `new`: write the beginning of a file where none is, and say what to do next."""

from __future__ import annotations

from pathlib import Path

from dossier.content.scaffold import scaffold_entry, scaffold_settings
from dossier.engine.write import create
from dossier.errors import WrongUse

NEXT = {
    "report": "next: put the article's text into seeds/{id}.txt (UTF-8), fill in the title",
    "actor": "next: fill in name and kind, and how texts name the actor",
    "event": "next: fill in the title, and when it is said to have been",
}


def begin_entry(root: Path, kind: str, identity: str, *, today: str) -> tuple[str, ...]:
    """Write the beginning of a report, actor or event, and return what was done, line by line.

    `today` is YYYY-MM-DD. Raise WrongUse for an id that cannot be one, or that is taken.
    """
    file = scaffold_entry(kind, identity, today=today)
    if not create(root, file.path, file.data):
        raise WrongUse(f"{file.path} is there already: choose another id, or edit that file")
    advice = f"{NEXT[kind].format(id=identity)}; then `dossier check`"
    return (f"{file.path}: written", *begin_dossier(root), advice)


def begin_dossier(root: Path) -> tuple[str, ...]:
    """Write `content/dossier.yaml` where there is none; return a line that says so, or nothing."""
    settings = scaffold_settings()
    if not create(root, settings.path, settings.data):
        return ()
    return (f"{settings.path}: written, for this dossier had none; give it a title",)
