"""Read what the preview is made from: a dossier's files and the templates, whole or only what changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from dossier.commands.build import templates_of
from dossier.commands.templates import TEMPLATES
from dossier.engine.snapshot import INPUTS, ORIGINALS, Snapshot, read_templates, refresh, snapshot


class Inputs(Struct, frozen=True, kw_only=True):
    """The dossier's files and the templates by name: `project` are the generator's, `templates` have the dossier's own in their place."""

    snapshot: Snapshot
    project: Mapping[str, bytes]
    templates: Mapping[str, bytes]

    def data_of(self, path: str) -> bytes | None:
        """Return the bytes of a file that a problem names; None where it is not among the inputs."""
        found = self.snapshot.files.get(path)
        return found.data if found else self.templates.get(path.removeprefix("templates/"))


def read_inputs(root: Path, previous: Inputs | None = None, folders: tuple[str, ...] = INPUTS) -> Inputs:
    """Read everything in `folders`, or in those of `previous`, with the user's own copies of originals.

    A file that the file system calls unchanged since `previous` is not opened again.
    """
    before = previous.snapshot if previous else None
    taken = snapshot(root, root / ORIGINALS, before, before.folders if before else folders)
    return make_inputs(taken, read_templates(TEMPLATES), previous)


def refresh_inputs(previous: Inputs, root: Path, paths: Iterable[str]) -> Inputs | None:
    """Return `previous` with the files at these real paths read anew; None where everything has to be looked at."""
    own, generators = os.path.realpath(root) + os.sep, os.path.realpath(TEMPLATES) + os.sep
    paths = tuple(paths)
    names = [path.removeprefix(own).replace(os.sep, "/") for path in paths if path.startswith(own)]
    taken = refresh(previous.snapshot, root, names)
    if taken is None:
        return None
    is_same = not any(path.startswith(generators) for path in paths)
    return make_inputs(taken, previous.project if is_same else read_templates(TEMPLATES), previous)


def make_inputs(taken: Snapshot, project: Mapping[str, bytes], previous: Inputs | None = None) -> Inputs:
    """Return the inputs of a snapshot; templates that are equal to those of `previous` are the same object."""
    templates = templates_of(taken, project)
    same = previous is not None and previous.templates == templates
    return Inputs(snapshot=taken, project=project, templates=previous.templates if previous and same else templates)


def watched_folders(root: Path) -> tuple[Path, ...]:
    """Return the folders whose changes matter, by their real paths; never one outside, where a link may lead."""
    real = Path(os.path.realpath(root))
    inside = (f for name in INPUTS if real in (f := Path(os.path.realpath(real / name))).parents)
    return tuple(dict.fromkeys((*inside, Path(os.path.realpath(TEMPLATES)))))
