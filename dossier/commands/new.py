"""Do the work of `new`: write the beginning of a file where none is, and say what to do next."""

from __future__ import annotations

from pathlib import Path

from dossier.commands.copies import open_ordinary
from dossier.content.front_matter import parse_places
from dossier.content.model import Place
from dossier.content.paths import PLACES
from dossier.content.scaffold import scaffold_entry, scaffold_place, scaffold_settings
from dossier.engine.snapshot import LARGEST_FILE
from dossier.engine.write import create, replacing_file
from dossier.errors import WrongUse, reason_of

NEXT = {
    "report": "next: put the article's text into seeds/{id}.txt (UTF-8), fill in the title",
    "actor": "next: fill in name and kind, and how texts name the actor",
    "event": "next: fill in the title, and when it is said to have been",
    "page": "next: fill in the title, and write the text below the second ---",
}


def begin_entry(root: Path, kind: str, identity: str, *, today: str) -> tuple[str, ...]:
    """Write the beginning of a report, actor, event or page, and return what was done, line by line.

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


def add_place(root: Path, name: str) -> tuple[str, ...]:
    """Add a place to `content/places.yaml`, and return what was done, line by line. Raise WrongUse where it is there or cannot be added."""
    path = root / PLACES
    entry = scaffold_place(name)
    try:
        with open_ordinary(path, follow=True) as file:
            known = file.read(LARGEST_FILE)
    except FileNotFoundError:
        known = b""
    except OSError as error:
        raise WrongUse(f"{PLACES} cannot be read: {reason_of(error)}") from None
    before, _ = parse_places(PLACES, known)
    if before is None:
        raise WrongUse(f"{PLACES} has problems: mend what `dossier check` shows first")
    if any(place.name == name for place in before):
        raise WrongUse(f"the place is in {PLACES} already")
    text = known.decode().rstrip()
    data = (f"{text}\n{entry}" if text else entry).encode()
    if parse_places(PLACES, data)[0] != (*before, Place(name=name)):
        raise WrongUse(f"{PLACES} is not written as a list of lines that begin with -: add the place to it by hand")
    if not create(root, PLACES, data):
        with replacing_file(path, lambda there: there.read_bytes() == known) as file:
            file.write(data)
    return (f"{PLACES}: the place was added", "next: write its other spellings; an event names it in place")
