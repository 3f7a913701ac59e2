"""Do the work of `new dossier`: a folder with a small dossier that builds as it is and teaches by example."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from dossier.commands.templates import STARTER
from dossier.content.schema import schema_files
from dossier.content.snippets import snippet_file
from dossier.engine.write import create
from dossier.errors import MachineError, WrongUse, reason_of

EDITOR = ".vscode"
OWN = ("content", "seeds")  # a folder that holds one of these is somebody's work
NEXT = ("next: cd {folder}", "next: `dossier serve --open` shows it; README.md tells how to go on")


def begin_whole_dossier(folder: Path) -> tuple[str, ...]:
    """Write the example dossier into a folder, and return what was done, line by line.

    Raise WrongUse where a dossier, or a part of one, is there already. Other files stay as they are.
    """
    taken = [name for name in OWN if os.path.lexists(folder / name)]
    if taken:
        raise WrongUse(f"{folder / taken[0]} is there already: name an empty folder, or one that is not there yet")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise WrongUse(f"{folder} is a file: name a folder") from None
    except OSError as error:
        raise MachineError(f"the folder {folder} cannot be made: {reason_of(error)}") from error
    kept = [name for name, data in starter_files() if not create(folder, name, data)]
    written = [f"{folder}: a dossier that builds as it is, with two reports to learn from"]
    return (
        *written,
        *(f"{name}: was there already, and stays" for name in kept),
        *(n.format(folder=folder) for n in NEXT),
    )


def starter_files() -> Iterator[tuple[str, bytes]]:
    """Yield all files of the example dossier by path: those that lie with the project, and what is made of the model."""
    for path in sorted(STARTER.rglob("*")):
        if path.is_file():
            yield path.relative_to(STARTER).as_posix(), path.read_bytes()
    yield from ((f"{EDITOR}/schemas/{name}", data) for name, data in schema_files().items())
    yield f"{EDITOR}/dossier.code-snippets", snippet_file()
