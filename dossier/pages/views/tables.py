"""Show tables of who is said to have done what: every cell with the claims that say so, and how they say it."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from dossier.content.model import Table, TableCell
from dossier.language.direction import isolate
from dossier.linking.linked import LinkedDossier
from dossier.linking.origins import strongest_kind
from dossier.linking.survival import rests_on_anonymous
from dossier.pages.views.brief import fitting, words
from dossier.pages.views.frame import Addresses, Link
from dossier.pages.views.names import claim_name
from dossier.pages.views.wording import MODES, ORIGIN_WORDS, count, join_words

ALONE = "كلها غير مسمّاة"  # beside the marks of the sources
NAMES_SHOWN = 6  # of folded rows


class BasisView(Struct, frozen=True, kw_only=True):
    """A claim that a cell rests on: its reference, and in words how it is said where not as news, and the kind of its origin."""

    link: Link
    mode: str
    kind: str
    kind_words: str
    mode_words: str


class CellView(Struct, frozen=True, kw_only=True):
    """A cell; without text where nothing is said. `modes` are in what other ways than as news its claims say so; `label` says all of it.

    `alone` says so where all sources are anonymous.
    """

    column: str
    text: Markup | None
    basis: tuple[BasisView, ...]
    label: str
    modes: tuple[str, ...]
    alone: str | None


class RowView(Struct, frozen=True, kw_only=True):
    """A row: whom it is about, and a cell for every column."""

    actor: Link
    note: Markup | None
    cells: tuple[CellView, ...]


class TableView(Struct, frozen=True, kw_only=True):
    """A table of the dossier; `id` makes its anchors. The first `shown` rows stand open, the rest are folded under their names, `rest`."""

    id: str
    title: Markup
    note: Markup | None
    columns: tuple[Markup, ...]
    rows: tuple[RowView, ...]
    shown: int
    rest: str | None = None


def show_tables(site: LinkedDossier, to: Addresses, actor: str | None = None) -> tuple[TableView, ...]:
    """Return all tables of the dossier, or of an actor's page: those that have a row for them, with that row alone."""
    found = (_show(site, table, to, actor) for table in site.settings.tables)
    return tuple(table for table in found if table.rows)


def fold(table: TableView, most: int) -> TableView:
    """Leave as many rows open as have no more than `most` words together."""
    shown = fitting(map(_words, table.rows), most)
    names = [row.actor.text for row in table.rows[shown:]]
    named = join_words([*names[:NAMES_SHOWN], "غيرها"] if len(names) > NAMES_SHOWN else names)
    return replace(table, shown=shown, rest=f"وكذلك: {named}" if names else None)


def _words(row: RowView) -> int:
    return words(row.actor.text) + sum(words(cell.text, *cell.modes, cell.alone) for cell in row.cells)


def _show(site: LinkedDossier, table: Table, to: Addresses, actor: str | None) -> TableView:
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    rows = tuple(
        RowView(
            actor=Link(href=to.actor(row.actor), text=site.actors[row.actor].actor.name),
            note=isolate(row.note) if row.note else None,
            cells=tuple(_cell(site, c.title, cells.get((row.actor, c.id)), to) for c in table.columns),
        )
        for row in table.rows
        if actor in (None, row.actor)
    )
    return TableView(
        id=table.id,
        title=isolate(table.title),
        note=isolate(table.note) if table.note else None,
        columns=tuple(isolate(column.title) for column in table.columns),
        rows=rows,
        shown=len(rows),
    )


def _cell(site: LinkedDossier, column: str, cell: TableCell | None, to: Addresses) -> CellView:
    basis = tuple(_basis(site, ref, to) for ref in cell.claims) if cell else ()
    modes = tuple(dict.fromkeys(claim.mode_words for claim in basis if claim.mode_words))
    return CellView(
        column=column,
        text=isolate(cell.text) if cell else None,
        basis=basis,
        label="، ".join((count(len(basis), "claim", to.digits), *(claim.kind_words for claim in basis), *modes)),
        modes=modes,
        alone=ALONE if cell and rests_on_anonymous(site, cell.claims) else None,
    )


def _basis(site: LinkedDossier, ref: str, to: Addresses) -> BasisView:
    mode = site.claims[ref].claim.mode
    kind = strongest_kind(site.ties[ref].origins)
    return BasisView(
        link=Link(href=to.claim(ref), text=claim_name(site, ref)),
        mode=mode,
        kind=kind,
        kind_words=ORIGIN_WORDS[kind],
        mode_words=MODES[mode] if mode != "reported" else "",
    )
