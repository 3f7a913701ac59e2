"""Show whom claims speak of together: an actor's neighbours with the claims that join them, and the strongest dozen in a matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from dossier.language.direction import isolate
from dossier.linking.linked import LinkedDossier
from dossier.pages.charts.network import (
    Edge,
    Neighbour,
    by_pair,
    draw_neighbours,
    edges_of,
    network_edges,
    strongest_actors,
)
from dossier.pages.views.frame import Addresses, Link
from dossier.pages.views.wording import besides, count, numeral, origins_in_words, strongest_of

NEIGHBOURS_SHOWN, MATRIX_SHOWN, EDGES_SHOWN = 12, 12, 100
JOINING_SHOWN = 3  # claims that join two; the rest is counted


class NeighbourView(Struct, frozen=True, kw_only=True):
    """Somebody whom claims join with an actor: how many, of what origins, and the first of them."""

    link: Link
    words: str
    claims: tuple[Link, ...]
    more: str | None


class NeighboursView(Struct, frozen=True, kw_only=True):
    """An actor's nearest: the picture, and the list that says the same and more. `cut` says that there are others."""

    picture: Markup
    neighbours: tuple[NeighbourView, ...]
    cut: bool


class MatrixCell(Struct, frozen=True, kw_only=True):
    """How many origins join two actors: as a number, empty where none; `weight` from 0 to 5; `name` in words."""

    number: str
    weight: int
    name: str


class MatrixRow(Struct, frozen=True, kw_only=True):
    """An actor of the matrix, under the number that its column has."""

    number: str
    actor: Link
    cells: tuple[MatrixCell, ...]


class EdgeRow(Struct, frozen=True, kw_only=True):
    """A row of the table of ties."""

    left: Link
    right: Link
    origins: str
    origins_number: int
    claims: str
    reports: str


class NetworkView(Struct, frozen=True, kw_only=True):
    """The strongest actors against each other, and the ties in a table; `edges_cut` names how many where not all are there."""

    matrix: tuple[MatrixRow, ...]
    edges: tuple[EdgeRow, ...]
    edges_cut: str | None


def show_neighbours(site: LinkedDossier, actor: str, to: Addresses) -> NeighboursView | None:
    """Return an actor's neighbours, the strongest first; None where no claim joins them with anybody."""
    edges = edges_of(site, actor)
    if not edges:
        return None
    drawn = [
        Neighbour(
            href=to.actor(edge.right),
            name=site.actors[edge.right].actor.name,
            words=_joining(edge, to),
            origins=len(edge.origins),
        )
        for edge in edges[:NEIGHBOURS_SHOWN]
    ]
    return NeighboursView(
        picture=draw_neighbours(site.actors[actor].actor.name, drawn),
        neighbours=tuple(_neighbour(site, edge, to) for edge in edges[:NEIGHBOURS_SHOWN]),
        cut=len(edges) > NEIGHBOURS_SHOWN,
    )


def _joining(edge: Edge, to: Addresses) -> str:
    return f"{count(len(edge.claims), 'claim', to.digits)}، {count(len(edge.origins), 'origin', to.digits)}"


def _neighbour(site: LinkedDossier, edge: Edge, to: Addresses) -> NeighbourView:
    hidden = len(edge.claims) - JOINING_SHOWN
    return NeighbourView(
        link=_actor(site, edge.right, to),
        words=f"{count(len(edge.claims), 'claim', to.digits)}، {origins_in_words(edge.origins, to.digits)}",
        claims=tuple(
            Link(href=to.claim(ref), text=isolate(site.claims[ref].claim.text)) for ref in edge.claims[:JOINING_SHOWN]
        ),
        more=besides(hidden, "claim", to.digits) if hidden > 0 else None,
    )


def _actor(site: LinkedDossier, actor: str, to: Addresses) -> Link:
    return Link(href=to.actor(actor), text=site.actors[actor].actor.name)


def show_network(site: LinkedDossier, to: Addresses) -> NetworkView | None:
    """Return the strongest actors against each other, and the ties in a table; None where there are none."""
    edges = network_edges(site)
    if not edges:
        return None
    return NetworkView(
        matrix=tuple(_matrix(site, edges, to)),
        edges=tuple(
            EdgeRow(
                left=_actor(site, edge.left, to),
                right=_actor(site, edge.right, to),
                origins=origins_in_words(edge.origins, to.digits),
                origins_number=len(edge.origins),
                claims=numeral(len(edge.claims), to.digits),
                reports=numeral(len(edge.reports), to.digits),
            )
            for edge in edges[:EDGES_SHOWN]
        ),
        edges_cut=strongest_of(EDGES_SHOWN, len(edges), to.digits) if len(edges) > EDGES_SHOWN else None,
    )


def _matrix(site: LinkedDossier, edges: Sequence[Edge], to: Addresses) -> Iterator[MatrixRow]:
    actors = strongest_actors(edges, MATRIX_SHOWN)
    found = by_pair(edges)
    for number, actor in enumerate(actors, 1):
        cells = (_cell(site, found.get(frozenset((actor, other))), to) for other in actors)
        yield MatrixRow(number=numeral(number, to.digits), actor=_actor(site, actor, to), cells=tuple(cells))


def _cell(site: LinkedDossier, edge: Edge | None, to: Addresses) -> MatrixCell:
    if edge is None:
        return MatrixCell(number="", weight=0, name="")
    names = f"{site.actors[edge.left].actor.name} و{site.actors[edge.right].actor.name}"
    number = len(edge.origins)
    return MatrixCell(number=numeral(number, to.digits), weight=min(number, 5), name=f"{names}: {_joining(edge, to)}")
