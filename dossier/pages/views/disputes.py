"""Show where claims differ, and say in few words what claims are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from dossier.content.addresses import CLAIMS
from dossier.language.direction import isolate
from dossier.linking.linked import Dispute, LinkedDossier
from dossier.pages.views.claims import ClaimRow, show_row
from dossier.pages.views.frame import Addresses
from dossier.pages.views.names import short_name
from dossier.pages.views.wording import ASPECTS, CERTAINTIES, certainty_of, join_words

TOPIC_NAMES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeView:
    """Two claims that differ, side by side. `id` is the anchor on the claims page, `href` the way there."""

    id: str
    href: str
    topic: Markup
    aspect: str
    certainty: str
    why: Markup
    sides: tuple[ClaimRow, ClaimRow]


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
        sides=(show_row(site, dispute.left, to), show_row(site, dispute.right, to)),
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
