"""Replace several files of a dossier together: all of them or, whatever happens meanwhile, none.

What stood there is kept in a hidden folder until all is done. Where a process is killed between two files, that folder is left,
and `undo` puts back what it holds.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from dossier.engine.places import OutputRefused, beside, in_words, kind_of, locked
from dossier.engine.snapshot import SourceFile
from dossier.engine.write import flush, flush_entry
from dossier.errors import WrongUse

KEPT = ".dossier-undo"
LIST = "files.json"
CONTENT = "content/"  # nothing else is ever replaced


def replace_together(root: Path, files: Mapping[str, bytes | None], before: Mapping[str, SourceFile]) -> None:
    """Write files below `root`, or take away those with None. `before` is what stood there when it was read.

    Raise WrongUse where somebody changed one meanwhile or a link leads there, and MachineError; then all is as it was.
    """
    with in_words(root / CONTENT), locked(root / "content"):
        _undo(root)
        for path in files:
            _check(root, path, before.get(path))
        _keep(root, files)
        try:
            for path, data in files.items():
                _put(root / path, data)
            for folder in {(root / path).parent for path in files}:
                flush(folder)
        except BaseException:
            _undo(root)
            raise
        _forget(root)


def was_broken_off(root: Path) -> bool:
    """Tell whether files were left half replaced."""
    return os.path.isfile(root / KEPT / LIST)


def undo(root: Path) -> bool:
    """Put back what stood there where a replacement was broken off; return whether there was anything. Raise MachineError."""
    with in_words(root / CONTENT), locked(root / "content"):
        return _undo(root)


def _check(root: Path, path: str, known: SourceFile | None) -> None:
    place = root / path
    _refuse_elsewhere(root, path)
    there = place.read_bytes() if kind_of(place) is not None else None
    if there != (known.data if known else None):
        raise WrongUse(f"{path} was changed meanwhile: nothing was written, do it again")


def _refuse_elsewhere(root: Path, path: str) -> None:
    """Refuse a path that is not directly a file of this dossier."""
    real = Path(os.path.realpath(root))
    if not path.startswith(CONTENT) or Path(os.path.realpath(real / path)) != real / path:
        raise OutputRefused(f"{path} is or lies behind a link: put the file itself there first")


def _keep(root: Path, files: Mapping[str, bytes | None]) -> None:
    """Put a copy of all that will be replaced into the hidden folder, complete before it gets its name."""
    kept, new = root / KEPT, beside(root / KEPT, "new")
    for folder in (kept, new):
        if kind_of(folder) is not None:
            shutil.rmtree(folder)
    there = [path for path in files if (root / path).exists()]
    for path in there:
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / path, new / path)
    new.mkdir(exist_ok=True)
    (new / LIST).write_text(json.dumps({path: path in there for path in files}), "utf-8")
    flush(new)
    new.rename(kept)
    flush_entry(kept)


def _put(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
        return
    new = beside(path, "new")
    new.unlink(missing_ok=True)
    new.write_bytes(data)
    if path.exists():
        shutil.copymode(path, new)
    new.replace(path)


def _undo(root: Path) -> bool:
    if not was_broken_off(root):
        return False
    kept = root / KEPT
    for path, was_there in _read_list(root).items():
        _refuse_elsewhere(root, path)
        _put(root / path, (kept / path).read_bytes() if was_there else None)
        beside(root / path, "new").unlink(missing_ok=True)
    _forget(root)
    return True


def _read_list(root: Path) -> Mapping[str, bool]:
    """Return which paths are to be put back, and whether a file stood there. A folder that is not of ours is refused."""
    kept = root / KEPT
    _refuse_foreign(root, kept / LIST)
    try:
        listed = json.loads((kept / LIST).read_text("utf-8"))
        copies = [kept / path for path, was_there in listed.items() if was_there]
    except (ValueError, AttributeError, TypeError):
        raise OutputRefused(f"{kept} is damaged: see what it holds, and remove it") from None
    for copy in copies:
        _refuse_foreign(root, copy)
    return {str(path): bool(was_there) for path, was_there in listed.items()}


def _refuse_foreign(root: Path, copy: Path) -> None:
    """Refuse what would be read of the hidden folder where it is no plain file directly there: a link, or a pipe that never ends."""
    real = Path(os.path.realpath(root)) / copy.relative_to(root)
    if Path(os.path.realpath(copy)) != real or not os.path.isfile(real):
        raise OutputRefused(f"{copy} is or lies behind a link: remove {root / KEPT}")


def _forget(root: Path) -> None:
    """Remove the list: from the moment it is gone all is done."""
    (root / KEPT / LIST).unlink()
    flush_entry(root / KEPT / LIST)
    shutil.rmtree(root / KEPT, ignore_errors=True)
