"""Carry out what was planned: read the dossier, check it as it would be, and replace its files together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from dossier.commands.desk.renaming import Plan, confirm_plan
from dossier.engine.cache import Cache
from dossier.engine.memo import gc_paused
from dossier.engine.snapshot import DATA, Snapshot, snapshot
from dossier.engine.together import replace_together, undo, was_broken_off
from dossier.errors import WrongUse


def carry_out(root: Path, plan: Callable[[Snapshot], Plan]) -> Iterator[str]:
    """Change a dossier as planned, and yield what was done. Raise WrongUse, ContentError or MachineError; then nothing was written."""
    if was_broken_off(root):
        raise WrongUse("a change was broken off here half way: `dossier rename --undo` puts the files back first")
    with gc_paused():
        taken = snapshot(root, folders=DATA)
        planned = plan(taken)
        confirm_plan(taken, planned, Cache(root).memo())
    replace_together(root, planned.files, taken.files)
    changed = [path for path, data in planned.files.items() if data is not None]
    yield from sorted(f"{path}: gone" for path, data in planned.files.items() if data is None)
    yield from sorted(f"{path}: written" for path in changed)
    yield from planned.notes
    places, files = planned.places, len(changed)
    yield f"{places} place{'s' * (places != 1)} in {files} file{'s' * (files != 1)}; the former address leads to the new one"


def put_back(root: Path) -> str:
    """Put back the files of a change that was broken off; return what was done. Raise MachineError."""
    return "the files are as they were" if undo(root) else "nothing was broken off: nothing was done"
