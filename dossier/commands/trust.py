"""Whether a dossier's own templates may make its pages: a yes that somebody gave for its folder, kept outside of it.

Templates are programs. They run in a sandbox, and only where this module says so; a dossier that was cloned is data.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import click
from msgspec import Struct

from dossier.commands.speech import said
from dossier.engine.places import PRIVATE
from dossier.engine.snapshot import DATA, INPUTS

CONFIG = "DOSSIER_CONFIG"  # the environment's name for another folder than the user's own


class Trust(Struct, frozen=True, kw_only=True):
    """The folders of a dossier that are read, and what is to be said about it."""

    folders: tuple[str, ...]
    note: str = ""


def decide(root: Path, templates: Path, *, flag: bool, ask: Callable[[str], bool]) -> Trust:
    """Decide whether `templates/` of a dossier is read; `ask` is asked a question where nobody answered it before.

    `templates` is the folder of the generator's own.
    """
    own = root / "templates"
    if flag or not os.path.lexists(own) or _is_generators(own, templates) or is_trusted(root):
        return Trust(folders=INPUTS)
    question = said(f"{root} brings templates of its own, which are programs. Use them, now and from now on?")
    if ask(question) and remember(root):
        return Trust(folders=INPUTS)
    return Trust(
        folders=DATA, note="templates/ of this dossier is left out: look through it, then build with --trust-templates"
    )


def ask_person(question: str) -> bool:
    """Ask in a terminal; no where there is none."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm(question, default=False, err=True)


def is_trusted(root: Path) -> bool:
    """Tell whether a yes was kept for this folder by this user, outside of the folder."""
    kept = _kept(root)
    try:
        with open(os.open(kept, os.O_RDONLY | PRIVATE), "rb") as file:
            status = os.fstat(file.fileno())
            ours = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()
            return ours and not _is_inside(kept, root) and file.read(65536) == _written(root)
    except OSError:
        return False


def remember(root: Path) -> bool:
    """Keep a yes for this folder; tell whether it could be kept outside of it."""
    kept = _kept(root)
    if _is_inside(kept, root):
        return False
    try:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.unlink(missing_ok=True)
        with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL | PRIVATE, 0o600), "wb") as file:
            file.write(_written(root))
    except OSError:
        return False
    return True


def _is_generators(own: Path, templates: Path) -> bool:
    """Tell whether these are the templates that come with the generator, as in its own repository."""
    try:
        return not own.is_symlink() and own.samefile(templates)
    except OSError:
        return False


def _kept(root: Path) -> Path:
    from platformdirs import user_config_path

    folder = os.environ.get(CONFIG) or user_config_path("dossier", appauthor=False)
    return Path(folder) / "trusted" / hashlib.sha256(_written(root)).hexdigest()


def _written(root: Path) -> bytes:
    return os.fsencode(os.path.realpath(root))


def _is_inside(kept: Path, root: Path) -> bool:
    return Path(os.path.realpath(kept)).is_relative_to(os.path.realpath(root))
