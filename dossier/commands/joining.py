"""Write the files that are made of pieces: pieces just made, and all others out of the last build's files.

A file whose pieces are what they were, in their order and with the same between them, is taken over whole. What telling a file
reads of the dossier is noted as it is of pages, so that a file is told again only where that has changed, or a piece of it has.
"""

from __future__ import annotations

import mmap
import os
from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import cast

from msgspec import Struct, field

from dossier.engine.manifest import file_of
from dossier.engine.write import Staging
from dossier.linking.linked import LinkedDossier
from dossier.pages.pieces import Piece, files_of_pieces
from dossier.pages.reads import Watched


class Place(Struct, frozen=True):
    """Where a piece that was just made stands: a file, and where it begins and ends in it."""

    file: str
    start: int
    end: int


Fetch = Callable[[Place], bytes]


class Joined(Struct, frozen=True, kw_only=True):
    """A file as it was joined: the reports whose pieces stand there, by kind, and where each begins and ends."""

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

    def holds(self, made: Mapping[Piece, Place], fetch: Fetch) -> bool:
        """Tell whether the pieces that were just made, as far as the file has them, are what stands there."""
        known = ((place, self.get(piece)) for piece, place in made.items())
        return all(data is None or data == fetch(place) for place, data in known)


class AllJoined(Struct, kw_only=True):
    """How all files were joined, and the SHA-256 of each, by path; and what was read for those that were stale, by address."""

    joined: dict[str, Joined] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    reads: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)


def join_all(
    site: Watched,
    staging: Staging,
    made: Mapping[Piece, Place],
    last: Mapping[str, Joined],
    folder: Path,
    stale: Container[str],
) -> AllJoined:
    """Write all files that are made of pieces.

    `made` are pieces that were just made, `last` is how the files in `folder` were joined; `stale` are the addresses of files that
    may be of other pieces now, or have other bytes between them.
    """
    done = AllJoined()
    with ExitStack() as files:
        opened: dict[str, mmap.mmap | bytes] = {}

        def fetch(place: Place) -> bytes:
            if place.file not in opened:
                opened[place.file] = files.enter_context(_mapped(Path(place.file)))
            return opened[place.file][place.start : place.end]

        for address, tell in files_of_pieces(cast("LinkedDossier", site)).items():
            file = file_of(address)
            before = last.get(file)
            with _mapped(folder / file) if before else nullcontext(b"") as data:
                known = _Known(before, data)
                if before and address not in stale and known.holds(made, fetch):
                    done.joined[file], done.digests[file] = before, staging.take(file)
                    continue
                site.take_reads()
                parts = tuple(tell())
                if address in stale:
                    done.reads[address] = site.take_reads()
                found = [_bytes_of(part, made, fetch, known) for part in parts]
                done.joined[file] = _lay(parts, found)
                done.digests[file] = staging.write(address, b"".join(found))
    return done


def _bytes_of(part: bytes | Piece, made: Mapping[Piece, Place], fetch: Fetch, known: _Known) -> bytes:
    if isinstance(part, bytes):
        return part
    found = fetch(made[part]) if part in made else known.get(part)
    assert found is not None, "a page that is not made anew had its pieces made when it was"
    return found


def _lay(parts: Iterable[bytes | Piece], found: Iterable[bytes]) -> Joined:
    """Tell where pieces come to stand when all parts follow one another."""
    reports: dict[str, list[str]] = {}
    bounds: dict[str, array[int]] = {}
    at = 0
    for part, data in zip(parts, found, strict=True):
        if isinstance(part, Piece):
            reports.setdefault(part.kind, []).append(part.report)
            bounds.setdefault(part.kind, array("Q")).extend((at, at + len(data)))
        at += len(data)
    return Joined(reports=reports, bounds=bounds)


@contextmanager
def _mapped(path: Path) -> Iterator[mmap.mmap | bytes]:
    """Yield a file's bytes, which are read where they are asked for."""
    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            yield b""  # cannot be mapped
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield data
