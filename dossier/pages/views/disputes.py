"""Show where claims differ, and say in few words what claims are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from dossier.content.addresses import CLAIMS
from dossier.language.direction import isolate
from dossier.linking.linked import Dispute, LinkedDossier
from dossier.pages.views.claims import ClaimRow, show_row, tell_sides
from dossier.pages.views.frame import Addresses, Link
from dossier.pages.views.names import claim_name, short_name
from dossier.pages.views.wording import ASPECTS, CERTAINTIES, certainty_of, join_words

TOPIC_NAMES = 4
COLUMNS_SHOWN = 6  # reports, as many as stand beside each other


class DisputeView(Struct, frozen=True, kw_only=True):
    """Two claims that differ, side by side. `id` is the anchor on the claims page, `href` the way there; `sided` as `tell_sides` says."""

    id: str
    href: str
    topic: Markup
    aspect: str
    certainty: str
    why: Markup
    sided: str | None
    sides: tuple[ClaimRow, ClaimRow]


class BoardCell(Struct, frozen=True, kw_only=True):
    """What one report says on a subject; without claims where it says nothing."""

    report: Link
    claims: tuple[ClaimRow, ...]


class BoardRow(Struct, frozen=True, kw_only=True):
    """A subject on which reports differ: every disagreement in it, and what each report says."""

    topic: Markup
    disputes: tuple[DisputeView, ...]
    cells: tuple[BoardCell, ...]


class BoardView(Struct, frozen=True, kw_only=True):
    """The board of disagreements. `columns` are reports; where they are too many there are none, and rows hold only who speaks."""

    columns: tuple[Link, ...]
    rows: tuple[BoardRow, ...]


def weightiest_first(site: LinkedDossier) -> list[Dispute]:
    """Sort disagreements: the surest first, of wording alone last, then by how much of judgments and tables rests on their claims."""
    resting = [judgment.claims for judgment in site.settings.judgments]
    resting += [cell.claims for table in site.settings.tables for cell in table.cells]
    weight = Counter(ref for claims in resting for ref in claims)

    def rank(dispute: Dispute) -> tuple[int, bool, int]:
        sure = list(CERTAINTIES).index(dispute.certainty)
        return sure, dispute.aspect == "wording", -weight[dispute.left] - weight[dispute.right]

    return sorted(site.disputes, key=rank)


def dispute_id(dispute: Dispute) -> str:
    """Return a disagreement's anchor, which stays as long as its two claims: `d-<report>-c1-<report>-c4-date`."""
    return f"d-{dispute.left}-{dispute.right}-{dispute.aspect}".replace("#", "-")


def show_dispute(site: LinkedDossier, dispute: Dispute, to: Addresses) -> DisputeView:
    """Return a disagreement for a list, its two claims side by side."""
    anchor = dispute_id(dispute)
    return DisputeView(
        id=anchor,
        href=f"{to.to(CLAIMS)}#{anchor}",
        topic=isolate(topic_of(site, (dispute.left, dispute.right))),
        aspect=ASPECTS[dispute.aspect],
        certainty=certainty_of("differs", dispute.certainty),
        why=isolate(dispute.why),
        sided=tell_sides(dispute.why, claim_name(site, dispute.left), claim_name(site, dispute.right)),
        sides=(show_row(site, dispute.left, to), show_row(site, dispute.right, to)),
    )


def show_board(site: LinkedDossier, disputes: Sequence[Dispute], to: Addresses) -> BoardView:
    """Return the board of these disagreements; those that share a claim are one subject, the weightiest first."""
    speaking = {site.claims[ref].report for dispute in disputes for ref in (dispute.left, dispute.right)}
    reports = [report for report in site.reports if report in speaking]
    links = {report: Link(href=to.report(report), text=short_name(site, report)) for report in reports}
    columns = reports if len(reports) <= COLUMNS_SHOWN else []
    rows = tuple(_board_row(site, group, links, columns, to) for group in _subjects(disputes))
    return BoardView(columns=tuple(links[report] for report in columns), rows=rows)


def _subjects(disputes: Sequence[Dispute]) -> list[list[Dispute]]:
    """Group disagreements that share a claim, directly or by others."""
    groups: list[tuple[set[str], list[Dispute]]] = []
    for dispute in disputes:
        sides = {dispute.left, dispute.right}
        joined = [group for group in groups if group[0] & sides]
        first = joined[0] if joined else (set(), [])
        for refs, others in joined[1:]:
            first[0].update(refs)
            first[1].extend(others)
            groups.remove((refs, others))
        first[0].update(sides)
        first[1].append(dispute)
        if not joined:
            groups.append(first)
    return [group for _, group in groups]


def _board_row(
    site: LinkedDossier, group: Sequence[Dispute], links: Mapping[str, Link], columns: Sequence[str], to: Addresses
) -> BoardRow:
    refs = tuple(dict.fromkeys(ref for dispute in group for ref in (dispute.left, dispute.right)))
    said: dict[str, list[str]] = {report: [] for report in columns}
    for ref in refs:
        said.setdefault(site.claims[ref].report, []).append(ref)
    cells = (
        BoardCell(report=links[report], claims=tuple(show_row(site, ref, to) for ref in found))
        for report, found in said.items()
    )
    return BoardRow(
        topic=isolate(topic_of(site, refs)),
        disputes=tuple(show_dispute(site, dispute, to) for dispute in group),
        cells=tuple(cells),
    )


def topic_of(site: LinkedDossier, refs: Sequence[str]) -> str:
    """Say what claims are about: the event of most, else whom all of them are about, else whom the first is."""
    claims = [site.claims[ref].claim for ref in refs]
    events = Counter(claim.event for claim in claims if claim.event)
    if events:
        return site.events[events.most_common(1)[0][0]].event.title
    common = [actor for actor in claims[0].about if all(actor in claim.about for claim in claims)]
    names = [site.actors[actor].actor.name for actor in (common or claims[0].about)[:TOPIC_NAMES]]
    return join_words(names) or short_name(site, site.claims[refs[0]].report)
