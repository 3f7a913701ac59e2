"""Write a site: pages that may have changed are made, in forks; all others are taken over from the last build's output.

Each page is visited once. What its making read of the dossier is noted (`pages.reads`), so that the next build knows by value
which pages a change concerns; a report's pieces of the files that hold all reports are made in the same visit. There is one way
only: a build that has nothing to take over visits every page.
"""

from __future__ import annotations

import os
import shutil
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from jinja2 import Environment

from dossier.content.addresses import REPORTS
from dossier.engine.forks import share_out
from dossier.engine.manifest import digest, file_of
from dossier.engine.write import Staging
from dossier.linking.linked import LinkedDossier
from dossier.pages.outline import Outline
from dossier.pages.pieces import PIECES, Piece, files_of_pieces, join, make_piece
from dossier.pages.reads import Register, Values, Watched, changed_since, values_of
from dossier.pages.render import render

PARTS = ".parts"  # the folder where processes put pieces until they are joined


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page was made of: its arguments, and what it read, by the numbers of a register."""

    arguments: tuple[object, ...]
    reads: array[int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where bytes stand: a file's path, and where they begin and end in it."""

    file: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What stands in an output folder: SHA-256 of pages by address, and where each piece stands.

    `templates` stands for the templates. `remade` are the pages that are of later values than the visits that are kept.
    """

    templates: str
    digests: Mapping[str, str]
    pieces: Mapping[Piece, Place]
    remade: frozenset[str] = frozenset()

    def of_its_own_values(self) -> Written:
        """Return the same for visits that are of the same values."""
        return replace(self, remade=frozenset())


@dataclass(frozen=True, kw_only=True, slots=True)
class Last:
    """The last build: its output folder, untouched since, and its visits with the values that they read."""

    folder: Path
    written: Written
    values: Values
    visits: Mapping[str, Visit]


@dataclass(kw_only=True, slots=True)
class _Made:
    """What one process made: digests and visits of pages by address, and pieces."""

    digests: dict[str, str] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    pieces: dict[Piece, Place] = field(default_factory=dict)


class Visits:
    """The pages of one build: `stale` are to be made, `kept` are taken over from the last output."""

    def __init__(self, site: LinkedDossier, environment: Environment, templates: str, last: Last | None) -> None:
        """Find out which pages have to be made. `templates` stands for the templates that `environment` holds."""
        self._site, self._watched = site, Watched(site)
        self._environment, self._templates = environment, templates
        self._last = last if last and last.written.templates == templates else None
        self._outline = Outline(cast("LinkedDossier", self._watched))
        self.values = values_of(site)
        self._register = Register(self.values)
        self.stale = self._find_stale()
        stale = frozenset(self.stale)
        self.kept = tuple(address for address in self._outline if address not in stale)

    def _find_stale(self) -> tuple[str, ...]:
        last = self._last
        if last is None:
            return tuple(self._outline)
        changed = changed_since(last.values, self.values)
        reads = {address: visit.reads for address, visit in last.visits.items()}
        concerned = last.written.remade | (Register(last.values).concerned(changed, reads) if changed else set())

        def is_stale(address: str) -> bool:
            visit = last.visits.get(address)
            new = visit is None or address in concerned or address not in last.written.digests
            return new or (visit is not None and visit.arguments != self._outline[address].arguments)

        return tuple(filter(is_stale, self._outline))

    def write(
        self, staging: Staging, others: Iterable[tuple[str, bytes]]
    ) -> tuple[Written, dict[str, Visit], dict[str, str]]:
        """Write all pages, the files made of pieces, and `others`.

        Return what stands there, what was made by address with what it read (by numbers of these values), and the SHA-256 of
        every file by path.
        """
        digests: dict[str, str] = {}

        def write_rest() -> _Made:
            for address, data in others:
                staging.write(address, data)
                digests[file_of(address)] = digest([data])
            return self._take_over(staging)

        (staging.folder / PARTS).mkdir()
        made = share_out(self.stale, lambda mine: self._visit(mine, staging), write_rest)
        whole = _Made()
        for part in made:
            whole.digests |= part.digests
            whole.visits |= part.visits
            whole.pieces |= part.pieces
        pieces = self._join(staging, whole.pieces, digests)
        shutil.rmtree(staging.folder / PARTS)
        digests |= {file_of(address): found for address, found in whole.digests.items()}
        remade = self._last.written.remade | frozenset(self.stale) if self._last else frozenset()
        written = Written(templates=self._templates, digests=whole.digests, pieces=pieces, remade=remade)
        return written, whole.visits, digests

    @property
    def addresses(self) -> Iterator[str]:
        """The addresses of all pages, in the order of the outline."""
        return iter(self._outline)

    def all_visits(self, made: Mapping[str, Visit]) -> dict[str, Visit]:
        """Return the visits of all pages by the numbers of these values: those just made, and those of pages taken over."""
        if self._last is None:
            return dict(made)
        before = Register(self._last.values)
        kept = ((address, self._last.visits[address]) for address in self.kept)
        return {a: Visit(v.arguments, self._register.numbers(before.names(v.reads))) for a, v in kept} | dict(made)

    def _take_over(self, staging: Staging) -> _Made:
        """Link the files of pages that are as they were; where files cannot be linked, copy them."""
        if self._last is None:
            return _Made()
        for address in self.kept:
            staging.take(address, self._last.folder)
        return _Made(digests={address: self._last.written.digests[address] for address in self.kept})

    def _visit(self, addresses: Iterator[str], staging: Staging) -> _Made:
        """In one process: make pages, and with a report's page its pieces."""
        made, watched = _Made(), cast("LinkedDossier", self._watched)
        path = (staging.folder / PARTS / str(os.getpid())).absolute()  # a relative one would be of the last build
        with path.open("wb") as pieces:
            for address in addresses:
                page = self._outline[address]
                self._watched.take_reads()
                data = render(self._environment, page)
                for piece in self._pieces_of(address):
                    start = pieces.tell()
                    pieces.write(make_piece(watched, piece))
                    made.pieces[piece] = Place(str(path), start, pieces.tell())
                staging.write(address, data)
                made.digests[address] = digest([data])
                made.visits[address] = Visit(page.arguments, self._register.numbers(self._watched.take_reads()))
        return made

    def _pieces_of(self, address: str) -> Iterator[Piece]:
        report = address.removeprefix(REPORTS).removesuffix("/")
        if address.startswith(REPORTS) and report in self._site.reports:
            yield from (Piece(kind, report) for kind in PIECES)

    def _join(self, staging: Staging, made: Mapping[Piece, Place], digests: dict[str, str]) -> dict[Piece, Place]:
        """Write the files that are made of pieces; return where each piece stands in the output folder, its path relative."""
        known = self._last.written.pieces if self._last else {}
        places: dict[Piece, Place] = {}
        with _Files(self._last.folder if self._last else staging.folder) as files:
            for address, tell in files_of_pieces(self._site).items():
                file, at = file_of(address), 0

                def fetch(piece: Piece) -> bytes:
                    return files.read(made[piece] if piece in made else known[piece])

                parts = list(tell())
                data = join(parts, fetch)
                for part in parts:
                    if isinstance(part, Piece):
                        place = made[part] if part in made else known[part]
                        places[part] = Place(file, at, at + place.end - place.start)
                    at += len(part) if isinstance(part, bytes) else places[part].end - at
                staging.write(address, data)
                digests[file] = digest([data])
        return places


class _Files:
    """Files that pieces are read from, held open meanwhile. Relative paths are below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, int] = {}

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *_: object) -> None:
        for descriptor in self._open.values():
            os.close(descriptor)

    def read(self, place: Place) -> bytes:
        """Return the bytes that stand at a place."""
        if place.file not in self._open:
            self._open[place.file] = os.open(self._folder / place.file, os.O_RDONLY | os.O_CLOEXEC)
        return os.pread(self._open[place.file], place.end - place.start, place.start)
