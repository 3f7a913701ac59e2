"""Draw what a judgment rests on, in layers from the right: the judgment, its claims by report, and their origins, each drawn once.

Claims that contradict one of them stand below, with dashed lines. Every node is a link.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup, escape
from msgspec import Struct

WIDTH, HEAD, FOOT = 360, 44, 8  # units of the viewBox; a phone shows about one for a pixel
TRUNK, NAME, DOT = 354, 344, 250  # across: the judgment's line, where names of claims begin, and their dots
KIND = 268  # where the shapes of claims' kinds of origin stand, between name and dot
ORIGIN = 132  # where the dots of origins stand; their names run from there to the left edge
HEADING, LINE, ORIGIN_ROOM = 24, 22, 36
NAME_LETTERS, ORIGIN_LETTERS = 22, 20
HALF = (DOT + ORIGIN) // 2


class OriginNode(Struct, frozen=True, kw_only=True):
    """An origin: its key, where it leads, its name, its strongest kind for style sheets, and in words all that it has here."""

    key: str
    href: str
    name: str
    kind: str
    kind_name: str


class ClaimNode(Struct, frozen=True, kw_only=True):
    """A claim, or many of one report and the same origins: where it leads, its name, and its report's.

    `origins` are keys, `kind` is how they stand for this claim; `against` are the claims of the judgment, by `id`, that it contradicts; `inside` tells whether it is one of
    these itself.
    """

    id: str
    href: str
    name: str
    title: str
    report: str
    mode: str
    kind: str
    origins: tuple[str, ...]
    inside: bool = True
    against: tuple[str, ...] = ()


def draw_evidence(
    judgment: str, claims: Sequence[ClaimNode], origins: Sequence[OriginNode], contradicting: str
) -> Markup:
    """Draw a judgment, called `judgment`. Claims come in the order in which they stand; `contradicting` heads those from outside."""
    rows, headings, height = _rows(claims, contradicting)
    floor = max(height, HEAD + ORIGIN_ROOM * len(origins) + FOOT)
    places = _place_origins(claims, origins, rows, floor)
    inside = [rows[claim.id] for claim in claims if claim.inside]
    parts = [
        f'<svg class="chart-evidence" viewBox="0 0 {WIDTH} {floor}" role="group" aria-label="على أي أقوال تقوم، وإلى أي مصادر أولى تنتهي">',
        f'<rect class="evidence-judgment" x="1" y="1" width="{WIDTH - 2}" height="26" rx="4"/>',
        f'<text class="chart-label" x="{WIDTH // 2}" y="19" direction="rtl" text-anchor="middle">{escape(judgment)}</text>',
        f'<path class="evidence-trunk" d="M{TRUNK} 27V{max(inside, default=HEAD)}"/>',
        *_edges(claims, rows, places),
        *headings,
        *(_claim(claim, rows[claim.id]) for claim in claims),
        *(_origin(origin, places[origin.key]) for origin in origins),
        "</svg>",
    ]
    return Markup("".join(parts))


def _rows(claims: Sequence[ClaimNode], contradicting: str) -> tuple[dict[str, int], list[str], int]:
    """Give each claim its height on the page, below its report's name; those from outside below a heading of their own."""
    rows: dict[str, int] = {}
    headings: list[str] = []
    y = HEAD - 10
    for (inside, report), group in groupby(claims, key=lambda claim: (claim.inside, claim.report)):
        if not inside and all(claim.inside for claim in claims if claim.id in rows):
            y += HEADING
            headings.append(_heading(contradicting, y, "evidence-against"))
        y += HEADING
        headings.append(_heading(report, y, "chart-when"))
        for claim in group:
            y += LINE
            rows[claim.id] = y - 4
    return rows, headings, y + FOOT


def _heading(text: str, y: int, style: str) -> str:
    return f'<text class="{style}" x="{NAME}" y="{y}" direction="rtl" text-anchor="start">{escape(_cut(text, NAME_LETTERS + 8))}</text>'


def _place_origins(
    claims: Sequence[ClaimNode], origins: Sequence[OriginNode], rows: Mapping[str, int], floor: int
) -> dict[str, int]:
    """Place each origin about where the claims are that go back to it, none over another, none outside."""
    wanted = {o.key: [rows[claim.id] for claim in claims if o.key in claim.origins] or [HEAD] for o in origins}
    ordered = sorted((sum(ys) / len(ys), key) for key, ys in wanted.items())
    places: dict[str, int] = {}
    least = HEAD
    for number, (middle, key) in enumerate(ordered):
        most = floor - FOOT - ORIGIN_ROOM * (len(ordered) - number - 1) - ORIGIN_ROOM // 2
        places[key] = y = round(max(least, min(middle, most)))
        least = y + ORIGIN_ROOM
    return places


def _edges(claims: Sequence[ClaimNode], rows: Mapping[str, int], places: Mapping[str, int]) -> Iterator[str]:
    for claim in claims:
        y = rows[claim.id]
        style = "evidence-edge" if claim.inside else "evidence-edge evidence-outside"
        for key in claim.origins:
            yield f'<path class="{style}" d="M{DOT} {y}C{HALF} {y} {HALF} {places[key]} {ORIGIN} {places[key]}"/>'
        if claim.inside:
            yield f'<path class="evidence-trunk" d="M{TRUNK} {y}H{NAME + 4}"/>'
        for other in claim.against:
            yield f'<path class="evidence-contradicts" d="M{DOT} {y}C{DOT - 34} {y} {DOT - 34} {rows[other]} {DOT} {rows[other]}"/>'


def _claim(claim: ClaimNode, y: int) -> str:
    style = (
        f"evidence-claim evidence-{claim.mode}"
        if claim.inside
        else f"evidence-claim evidence-{claim.mode} evidence-other"
    )
    return (
        f'<a href="{escape(claim.href)}" aria-label="{escape(claim.title)}"><title>{escape(claim.title)}</title>'
        f'<rect class="chart-hit" x="{DOT - 6}" y="{y - 11}" width="{NAME - DOT + 10}" height="{LINE}"/>'
        f'<circle class="{style}" cx="{DOT}" cy="{y}" r="4.5"/>{_shape("evidence-kind", claim.kind, KIND, y, 3.5)}'
        f'<text class="chart-name" x="{NAME}" y="{y + 4}" direction="rtl" text-anchor="start">{escape(_cut(claim.name, NAME_LETTERS))}</text></a>'
    )


def _origin(origin: OriginNode, y: int) -> str:
    x = ORIGIN - 10
    name = f"{escape(origin.name)}، {escape(origin.kind_name)}"
    return (
        f'<a href="{escape(origin.href)}" aria-label="{name}"><title>{name}</title>'
        f'<rect class="chart-hit" x="0" y="{y - 16}" width="{ORIGIN + 6}" height="{ORIGIN_ROOM - 2}"/>'
        f"{_shape('evidence-origin', origin.kind, ORIGIN, y, 6)}"
        f'<text class="chart-name" x="{x}" y="{y}" direction="rtl" text-anchor="start">{escape(_cut(origin.name, ORIGIN_LETTERS))}</text>'
        f'<text class="chart-when" x="{x}" y="{y + 14}" direction="rtl" text-anchor="start">{escape(origin.kind_name)}</text></a>'
    )


def _shape(style: str, kind: str, x: int, y: int, radius: float) -> str:
    """Draw a kind of origin by the shape that it has on all pages: a dot, a broken ring, a square. Claims' own are no circles, so that dots stay claims."""
    if kind != "unsourced" and style == "evidence-origin":
        return f'<circle class="{style} evidence-{kind}" cx="{x}" cy="{y}" r="{radius}"/>'
    corner = "" if kind == "unsourced" else f' rx="{radius}"'
    return f'<rect class="{style} evidence-{kind}" x="{x - radius:g}" y="{y - radius:g}" width="{2 * radius:g}" height="{2 * radius:g}"{corner}/>'


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
