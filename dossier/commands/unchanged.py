"""Know that nothing changed since the last build, before anything of the dossier is loaded.

A build leaves a receipt in the user's cache folder: what it read and what it wrote, each with what the file system said of it, and
the SHA-256 of what it read. The next build is done where both are as they were. As git does it: a file of the same times, size and
inode is the same; one that is not, or was too fresh to tell, is read and compared by digest.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from dossier.engine.cache import Cache
from dossier.engine.memo import Memo, digest_of
from dossier.engine.snapshot import DATA, Snapshot, Stamp, read_templates, snapshot, stamp_of
from dossier.errors import DossierError, Problem


class Built(Struct, frozen=True, kw_only=True):
    """What a build did: how many reports and files, the warnings, and notes on what was left out."""

    reports: int
    files: int
    warnings: tuple[Problem, ...]
    notes: tuple[str, ...]


class Order(Struct, frozen=True, kw_only=True):
    """What a build is asked for: the dossier, the folder or file to write, and all that changes what is written there."""

    root: Path
    out: Path
    originals: Path | None = None
    url: str | None = None
    search: bool = True
    folders: tuple[str, ...] = DATA
    drafts: bool = False

    @property
    def key(self) -> str:
        """A digest that tells orders apart."""
        places = (
            os.path.realpath(self.root),
            os.path.realpath(self.out),
            self.originals and os.path.realpath(self.originals),
        )
        return digest_of((places, self.url, self.search, self.folders, self.drafts))[:20]


class Receipt(Struct, frozen=True, kw_only=True):
    """What a build read (without the bytes), the digest of the generator's own templates, what it wrote, and what it said.

    `build` names the build, for what else is kept of it.
    """

    build: str
    inputs: Snapshot
    templates: str
    outputs: Mapping[str, Stamp]
    built: Built


class Look(Struct, frozen=True, kw_only=True):
    """What was found of an order's last build.

    `receipt` is there where its output is as it was; `taken` are the inputs as they are now, where they could be read; `built` is
    what that build did, where it would do the same again.
    """

    receipt: Receipt | None = None
    taken: Snapshot | None = None
    built: Built | None = None


def look(order: Order, templates: Path) -> Look:
    """Find out what has to be done. `templates` is the folder of the generator's own. Never raise: the build says what is wrong."""
    try:
        kept = Cache(order.root).memo().last_results(_step(order)).get(order.key)
        if not isinstance(kept, Receipt):
            return Look()
        receipt = kept if kept.outputs == _stamps_below(order.out) else None
        now = snapshot(order.root, order.originals, kept.inputs, order.folders)
        same = not now.problems and _digests(now) == _digests(kept.inputs) and _digest_of(templates) == kept.templates
        return Look(receipt=receipt, taken=now, built=kept.built if receipt and same else None)
    except (OSError, DossierError):
        return Look()


def leave_receipt(
    order: Order, build: str, templates: Path, taken: Snapshot, built: Built, written: Mapping[str, Stamp | None]
) -> None:
    """Keep what a build read (without the bytes), wrote and said. `written` are the files that stand there now, with their stamps as far as they are known."""
    receipt = Receipt(
        build=build,
        inputs=taken,
        templates=_digest_of(templates),
        outputs={path: stamp or stamp_of(os.lstat(order.out / path)) for path, stamp in written.items()},
        built=built,
    )
    memo = Memo()
    memo.get(_step(order), order.key, lambda: receipt)
    Cache(order.root).save(memo)


def _step(order: Order) -> str:
    return f"built-{order.key}"


def _digests(taken: Snapshot) -> tuple[dict[str, str], dict[str, str]]:
    return {path: f.sha256 for path, f in taken.files.items()}, {
        digest: f.path for digest, f in taken.originals.items()
    }


def _digest_of(templates: Path) -> str:
    return digest_of(sorted(read_templates(templates).items()))


def _stamps_below(folder: Path) -> dict[str, Stamp]:
    """Return what the file system says of each file below a folder, by path."""
    found: dict[str, Stamp] = {}
    waiting = [(os.fspath(folder), "")]
    while waiting:
        place, name = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{name}{entry.name}/"))
                else:
                    found[name + entry.name] = stamp_of(entry.stat(follow_symlinks=False))
    return found
