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
from typing import cast

from jinja2 import Environment
from msgspec import Struct, field
from msgspec.structs import replace

from dossier.commands.joining import Joined, Place, join_all
from dossier.engine.forks import share_out
from dossier.engine.manifest import file_of
from dossier.engine.memo import digest_of
from dossier.engine.write import Former, Staging
from dossier.linking.linked import LinkedDossier
from dossier.pages.exports import export_files
from dossier.pages.outline import Outline
from dossier.pages.pieces import Piece, files_of_pieces, make_pieces
from dossier.pages.reads import Register, Values, Watched, changed_since, values_of
from dossier.pages.render import render_view
from dossier.pages.views.reports import ReportView

PARTS = ".parts"  # the folder where processes put pieces until they are joined


class Visit(Struct, frozen=True):
    """What a page, or a file of pieces, was made of: its arguments, and what it read, by the numbers of a register."""

    arguments: tuple[object, ...]
    reads: array[int]


class Written(Struct, frozen=True, kw_only=True):
    """What stands in an output folder: SHA-256 of all files by path, and how those that are made of pieces were joined.

    `templates` stands for the templates. `remade` are the addresses that are of later values than the visits that are kept.
    """

    templates: str
    digests: Mapping[str, str]
    joined: Mapping[str, Joined]
    remade: frozenset[str] = frozenset()

    def of_its_own_values(self) -> Written:
        """Return the same for visits that are of the same values."""
        return replace(self, remade=frozenset())


class Last(Struct, frozen=True, kw_only=True):
    """The last build: its output folder, untouched since, and its visits with the values that they read."""

    former: Former
    written: Written
    values: Values
    visits: Mapping[str, Visit]


class _Made(Struct, kw_only=True):
    """What one process made: SHA-256 by path, visits of pages by address, and pieces."""

    digests: dict[str, str] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    pieces: dict[Piece, Place] = field(default_factory=dict)


class Visits:
    """The pages of one build: `stale` are to be made, `kept` are taken over from the last output. Exports are dealt with in the same way."""

    def __init__(self, site: LinkedDossier, environment: Environment, templates: str, last: Last | None) -> None:
        """Find out which pages have to be made. `templates` stands for the templates that `environment` holds."""
        self._watched = Watched(site)
        self._environment, self._templates = environment, templates
        self._last = last if last and last.written.templates == templates else None
        self._outline = Outline(cast("LinkedDossier", self._watched))
        self.values = values_of(site)
        self._register = Register(self.values)
        joined, pages = tuple(files_of_pieces(site)), tuple(self._outline)
        self._watched.take_reads()
        self._exports = export_files(cast("LinkedDossier", self._watched), pages)
        self._exports_made_of = Visit((digest_of(pages),), self._take_reads())
        self.stale, self._stale_joined, self._stale_exports = self._find_stale(pages, joined)
        stale = frozenset((*self.stale, *self._stale_joined, *self._stale_exports))
        self.kept = tuple(address for address in pages if address not in stale)
        self._kept_joined = tuple(address for address in joined if address not in stale)
        self._kept_exports = tuple(address for address in self._exports if address not in stale)

    def _find_stale(
        self, pages: tuple[str, ...], joined: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Return the pages, and of the files made of pieces and of the exports those, that may come out different."""
        last = self._last
        if last is None:
            return pages, joined, tuple(self._exports)
        changed = changed_since(last.values, self.values)
        reads = {address: visit.reads for address, visit in last.visits.items()}
        concerned = last.written.remade | (Register(last.values).concerned(changed, reads) if changed else set())

        def is_stale(address: str) -> bool:
            visit = last.visits.get(address)
            return visit is None or address in concerned or file_of(address) not in last.written.digests

        def is_stale_page(address: str) -> bool:
            return is_stale(address) or last.visits[address].arguments != self._outline[address].arguments

        def is_stale_export(address: str) -> bool:
            return is_stale(address) or last.visits[address].arguments != self._exports_made_of.arguments

        return (
            tuple(filter(is_stale_page, pages)),
            tuple(filter(is_stale, joined)),
            tuple(filter(is_stale_export, self._exports)),
        )

    def write(self, staging: Staging, others: Iterable[tuple[str, bytes]]) -> tuple[Written, dict[str, Visit]]:
        """Write all pages, the files made of pieces, the exports, and `others`.

        Return what stands there, and what was made by address with what it read (by numbers of these values).
        """
        digests: dict[str, str] = {}

        def write_rest() -> _Made:
            digests.update({file_of(address): staging.write(address, data) for address, data in others})
            digests.update({path: staging.take(path) for path in map(file_of, (*self.kept, *self._kept_exports))})
            return self._export(staging)

        (staging.folder / PARTS).mkdir()
        made = share_out(self.stale, lambda mine: self._visit(mine, staging), write_rest)
        whole = _Made()
        for part in made:
            whole.visits |= part.visits
            whole.pieces |= part.pieces
            digests |= part.digests
        last = self._last
        before, folder = (last.written.joined, last.former.folder) if last else ({}, staging.folder)
        done = join_all(self._watched, staging, whole.pieces, before, folder, self._stale_joined)
        shutil.rmtree(staging.folder / PARTS)
        digests |= done.digests
        whole.visits |= {a: Visit((), self._register.numbers(reads)) for a, reads in done.reads.items()}
        stale = (*self.stale, *self._stale_joined, *self._stale_exports)
        remade = last.written.remade.union(stale) if last else frozenset()
        return Written(templates=self._templates, digests=digests, joined=done.joined, remade=remade), whole.visits

    @property
    def former(self) -> Former | None:
        """The last build's folder, where there is anything to take from it."""
        return self._last.former if self._last else None

    def all_visits(self, made: Mapping[str, Visit]) -> dict[str, Visit]:
        """Return the visits of all pages by the numbers of these values: those just made, and those of pages taken over."""
        if self._last is None:
            return dict(made)
        before = Register(self._last.values)
        kept = (
            (address, self._last.visits[address]) for address in (*self.kept, *self._kept_joined, *self._kept_exports)
        )
        return {a: Visit(v.arguments, self._register.numbers(before.names(v.reads))) for a, v in kept} | dict(made)

    def _take_reads(self) -> array[int]:
        return self._register.numbers(self._watched.take_reads())

    def _export(self, staging: Staging) -> _Made:
        """Make exports. What was read to list them counts for each."""
        made = _Made()
        for address in self._stale_exports:
            self._watched.take_reads()
            made.digests[file_of(address)] = staging.write(address, self._exports[address]())
            reads = self._exports_made_of.reads + self._take_reads()
            made.visits[address] = Visit(self._exports_made_of.arguments, reads)
        return made

    def _visit(self, addresses: Iterator[str], staging: Staging) -> _Made:
        """Make pages in one process, and with a report's page its pieces."""
        made, watched = _Made(), cast("LinkedDossier", self._watched)
        path = (staging.folder / PARTS / str(os.getpid())).absolute()  # a relative one would be of the last build
        with path.open("wb") as pieces:
            for address in addresses:
                page = self._outline[address]
                self._watched.take_reads()
                view = page.make_view()
                made.digests[file_of(address)] = staging.write(address, render_view(self._environment, page, view))
                if isinstance(view, ReportView):
                    for piece, data in make_pieces(watched, view.id, [related.found for related in view.related]):
                        start = pieces.tell()
                        pieces.write(data)
                        made.pieces[piece] = Place(str(path), start, pieces.tell())
                made.visits[address] = Visit(page.arguments, self._take_reads())
        return made
