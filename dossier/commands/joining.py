"""Write the files that are made of pieces: pieces just made, and all others out of the last build's files.

A file whose pieces are what they were, in their order and with the same between them, is taken over whole.
"""

from __future__ import annotations

import hashlib
import mmap
import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from dossier.engine.manifest import file_of
from dossier.engine.write import Staging
from dossier.linking.linked import LinkedDossier
from dossier.pages.pieces import Piece, files_of_pieces


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece that was just made stands: a file, and where it begins and ends in it."""

    file: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Joined:
    """A file as it was joined: `order` is a digest of all that it is made of but the pieces' own bytes.

    `reports` are those whose pieces stand there, by kind, `bounds` where each begins and ends.
    """

    order: str
    reports: Mapping[str, Sequence[str]]
    bounds: Mapping[str, array[int]]


class _Known:
    """The pieces of a file as it was joined before; of one that was not, none."""

    def __init__(self, joined: Joined | None, data: mmap.mmap | bytes) -> None:
        kinds = joined.reports.items() if joined else ()
        self._numbers = {kind: {report: n for n, report in enumerate(reports)} for kind, reports in kinds}
        self._joined, self._data = joined, data

    def get(self, piece: Piece) -> bytes | None:
        """Return a piece's bytes, None where there is none."""
        number = self._numbers.get(piece.kind, {}).get(piece.report)
        if self._joined is None or number is None:
            return None
        start, end = self._joined.bounds[piece.kind][2 * number : 2 * number + 2]
        return self._data[start:end]


def join_all(
    site: LinkedDossier, staging: Staging, made: Mapping[Piece, Place], last: Mapping[str, Joined], folder: Path
) -> tuple[dict[str, Joined], dict[str, str]]:
    """Write all files that are made of pieces; return how each was joined, and its SHA-256, by path.

    `made` are pieces that were just made, `last` is how the files in `folder` were joined.
    """
    joined: dict[str, Joined] = {}
    digests: dict[str, str] = {}
    with ExitStack() as files:
        opened: dict[str, mmap.mmap | bytes] = {}

        def fetch(place: Place) -> bytes:
            if place.file not in opened:
                opened[place.file] = files.enter_context(_mapped(Path(place.file)))
            return opened[place.file][place.start : place.end]

        for address, tell in files_of_pieces(site).items():
            file, parts = file_of(address), tuple(tell())
            order, before = _digest_of_order(parts), last.get(file)
            new = {part: fetch(made[part]) for part in parts if isinstance(part, Piece) and part in made}
            with _mapped(folder / file) if before else nullcontext(b"") as data:
                known = _Known(before, data)
                if before and before.order == order and all(known.get(piece) == data for piece, data in new.items()):
                    joined[file], digests[file] = before, staging.take(file)
                else:
                    found = [_bytes_of(part, new, known) for part in parts]
                    joined[file] = _lay(order, parts, found)
                    digests[file] = staging.write(address, b"".join(found))
    return joined, digests


def _bytes_of(part: bytes | Piece, new: Mapping[Piece, bytes], known: _Known) -> bytes:
    if isinstance(part, bytes):
        return part
    found = new.get(part)
    found = known.get(part) if found is None else found
    assert found is not None, "a page that is not made anew had its pieces made when it was"
    return found


def _digest_of_order(parts: Iterable[bytes | Piece]) -> str:
    made = hashlib.sha256()
    for part in parts:
        made.update(
            b"\0%d\0%b" % (len(part), part) if isinstance(part, bytes) else f"\1{part.kind}\1{part.report}".encode()
        )
    return made.hexdigest()


def _lay(order: str, parts: Iterable[bytes | Piece], found: Iterable[bytes]) -> Joined:
    """Tell where pieces come to stand when all parts follow one another."""
    reports: dict[str, list[str]] = {}
    bounds: dict[str, array[int]] = {}
    at = 0
    for part, data in zip(parts, found, strict=True):
        if isinstance(part, Piece):
            reports.setdefault(part.kind, []).append(part.report)
            bounds.setdefault(part.kind, array("Q")).extend((at, at + len(data)))
        at += len(data)
    return Joined(order=order, reports=reports, bounds=bounds)


@contextmanager
def _mapped(path: Path) -> Iterator[mmap.mmap | bytes]:
    """Yield a file's bytes, which are read where they are asked for."""
    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            yield b""  # cannot be mapped
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield data
