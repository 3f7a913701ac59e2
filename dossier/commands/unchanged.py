"""Know that nothing changed since the last build, before anything of the dossier is loaded.

A build leaves a receipt in the user's cache folder: what it read and what it wrote, each with what the file system said of it, and
the SHA-256 of what it read. The next build is done where both are as they were. As git does it: a file of the same times, size and
inode is the same; one that is not, or was too fresh to tell, is read and compared by digest.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dossier.engine.cache import Cache
from dossier.engine.memo import Memo
from dossier.engine.snapshot import DATA, Snapshot, SourceFile, Stamp, read_templates, snapshot, stamp_of
from dossier.errors import DossierError, Problem


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What a build did: how many reports and files, the warnings, and notes on what was left out."""

    reports: int
    files: int
    warnings: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What a build is asked for: the dossier, the folder to write, and all that changes what is written there."""

    root: Path
    out: Path
    originals: Path | None
    url: str | None
    search: bool
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
        return hashlib.sha256(repr((places, self.url, self.search, self.folders, self.drafts)).encode()).hexdigest()[
            :20
        ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """What a build read (without the bytes), the digest of the generator's own templates, what it wrote, and what it said.

    `build` names the build, for what else is kept of it.
    """

    build: str
    inputs: Snapshot
    templates: str
    outputs: Mapping[str, Stamp]
    built: Built


def find_receipt(order: Order, templates: Path) -> Built | None:
    """Return what the last build of this order did, where it would do the same again; None where it has to be done.

    `templates` is the folder of the generator's own.
    """
    try:
        kept = last_receipt(order, Cache(order.root))
        if kept is None:
            return None
        now = snapshot(order.root, order.originals, kept.inputs, order.folders)
        same = not now.problems and _digests(now) == _digests(kept.inputs) and _digest_of(templates) == kept.templates
        return kept.built if same else None
    except (OSError, DossierError):  # the build itself will say what is wrong
        return None


def last_receipt(order: Order, cache: Cache) -> Receipt | None:
    """Return the last build's receipt, where its output is as it was."""
    kept = cache.memo().last_results(_step(order)).get(order.key)
    try:
        return kept if isinstance(kept, Receipt) and kept.outputs == _stamps_below(order.out) else None
    except OSError:
        return None


def leave_receipt(order: Order, build: str, templates: Path, taken: Snapshot, built: Built) -> None:
    """Keep what a build read, wrote and said."""
    receipt = Receipt(
        build=build,
        inputs=_without_bytes(taken),
        templates=_digest_of(templates),
        outputs=_stamps_below(order.out),
        built=built,
    )
    memo = Memo()
    memo.get(_step(order), order.key, lambda: receipt)
    Cache(order.root).save(memo)


def _step(order: Order) -> str:
    return f"built-{order.key}"


def _without_bytes(taken: Snapshot) -> Snapshot:
    def strip(file: SourceFile) -> SourceFile:
        return SourceFile(file.path, b"", file.sha256, file.stamp)

    return Snapshot(
        files={path: strip(file) for path, file in taken.files.items()},
        originals={digest: strip(file) for digest, file in taken.originals.items()},
        folders=taken.folders,
    )


def _digests(taken: Snapshot) -> tuple[dict[str, str], dict[str, str]]:
    return {path: f.sha256 for path, f in taken.files.items()}, {
        digest: f.path for digest, f in taken.originals.items()
    }


def _digest_of(templates: Path) -> str:
    return hashlib.sha256(repr(sorted(read_templates(templates).items())).encode()).hexdigest()


def _stamps_below(folder: Path) -> dict[str, Stamp]:
    """Return what the file system says of each file below a folder, by path."""
    found: dict[str, Stamp] = {}
    waiting = [os.fspath(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    found[entry.path] = stamp_of(entry.stat(follow_symlinks=False))
    return found
