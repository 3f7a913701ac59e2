"""Watch folders, and gather changes until they have come to rest: no clock of its own, watchdog for the rest.

Nobody waits longer than the change needs: a file that was closed after writing, or moved into place, is done. One that went
away or is being written may be half of a save, and is given a moment.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)  # fmt: skip
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

HEARD: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent, FileClosedEvent, FileCreatedEvent, FileDeletedEvent,
    FileModifiedEvent, FileMovedEvent,
]  # fmt: skip
# Seconds after which a change is taken for finished. Editors that save by moving the old file away put the new one in its
# place within milliseconds; a program that writes for longer than this is seen twice, which is right too.
DONE, BEGUN, GONE = 0.002, 0.05, 0.03
LONGEST = 0.25  # a change waits no longer for others that go on and on


class Change(Struct, frozen=True):
    """A path that changed, real and absolute. `rest`: seconds after its last event until it is finished. `folder`: what lies below too."""

    path: str
    rest: float
    folder: bool = False


class Debouncer:
    """Changes that have not come to rest yet. Times are seconds of any clock that never goes back."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}
        self._folders: set[str] = set()
        self._first = 0.0

    def add(self, change: Change, now: float) -> None:
        """Note a change; a later one of the same path takes the earlier one's place."""
        if not self._due:
            self._first = now
        self._due[change.path] = now + change.rest
        if change.folder:
            self._folders.add(change.path)

    def wait(self, now: float) -> float | None:
        """Return the seconds until everything has come to rest, 0 where it has; None where nothing changed."""
        if not self._due:
            return None
        return max(0.0, min(max(self._due.values()), self._first + LONGEST) - now)

    def take(self) -> tuple[frozenset[str], bool]:
        """Return the paths that changed, and whether folders are among them; begin anew."""
        taken = frozenset(self._due), bool(self._folders)
        self._due, self._folders = {}, set()
        return taken


def changes_of(event: FileSystemEvent) -> Iterator[Change]:
    """Yield what an event says has changed; nothing where a folder's list of files did, which its files say themselves."""
    source, target = os.fsdecode(event.src_path), os.fsdecode(event.dest_path or "")
    kind = event.event_type
    if kind == "moved":
        yield Change(source, GONE, event.is_directory)
        yield Change(target, DONE, event.is_directory)
    elif kind == "deleted":
        yield Change(source, GONE, event.is_directory)
    elif kind == "closed":
        yield Change(source, DONE)
    elif event.is_directory:
        if kind == "created":
            yield Change(source, BEGUN, folder=True)
    else:
        yield Change(source, BEGUN if kind == "modified" else GONE)


class Watch(FileSystemEventHandler):
    """Watch folders, and tell every change from a thread of its own. Folders that come later are watched by `renew`.

    Where the system gives no more watches that is said once, and `is_deaf` until it does.
    """

    def __init__(self, folders: tuple[Path, ...], tell: Callable[[Change], None], say: Callable[[str], None]) -> None:
        self._folders = folders
        self._tell, self._say = tell, say
        self._watched: dict[Path, tuple[int, ObservedWatch]] = {}
        self._observer = Observer()
        self.is_deaf = False

    def start(self) -> None:
        """Begin to watch."""
        try:
            self._observer.start()
        except (OSError, RuntimeError) as error:
            self._go_deaf(error)
        self.renew()

    def renew(self) -> None:
        """Watch folders that have come, or came anew, since, and those whose watching ended."""
        refused: Exception | None = None
        for folder in self._folders:
            try:
                self._renew_one(folder)
            except (OSError, RuntimeError) as error:
                refused = error
        if refused is not None:
            self._go_deaf(refused)
        elif self.is_deaf:
            self.is_deaf = False
            self._say("changes are heard again")

    def _renew_one(self, folder: Path) -> None:
        identity = folder.stat().st_ino if folder.is_dir() else None
        watched = self._watched.get(folder)
        if watched and (watched[0] != identity or not self._is_alive(watched[1])):
            del self._watched[folder]
            self._forget(watched[1])
        if identity is not None and folder not in self._watched:
            watch = self._observer.schedule(self, str(folder), recursive=True, event_filter=HEARD)
            self._watched[folder] = identity, watch

    def _is_alive(self, watch: ObservedWatch) -> bool:
        """Tell whether a watch still hears: its thread may have ended."""
        return any(emitter.watch == watch and emitter.is_alive() for emitter in self._observer.emitters)

    def _forget(self, watch: ObservedWatch) -> None:
        with suppress(KeyError, OSError, RuntimeError):
            self._observer.unschedule(watch)

    def _go_deaf(self, error: Exception) -> None:
        if not self.is_deaf:
            self.is_deaf = True
            self._say(
                f"the system does not tell of changes ({error}): the folders are looked at every two seconds instead"
            )

    def stop(self) -> None:
        """End the watching."""
        with suppress(RuntimeError):  # it never began
            self._observer.stop()
            self._observer.join(2)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take an event from watchdog."""
        for change in changes_of(event):
            self._tell(change)
