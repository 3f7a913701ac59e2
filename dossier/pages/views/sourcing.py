"""Say how claims, judgments and the dossier as a whole are sourced: counted from the claims, never written by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain

from msgspec import Struct

from dossier.content.model import Judgment
from dossier.linking.confidence import origins_of_judgment
from dossier.linking.linked import LinkedDossier
from dossier.linking.origins import ORIGIN_KINDS, Origin, OriginKind, distinct, merges, strongest_kind
from dossier.linking.survival import carriers_of_all, rests_on_anonymous
from dossier.pages.views.frame import Addresses, Link
from dossier.pages.views.names import WITHOUT
from dossier.pages.views.wording import ORIGIN_WORDS, count, numeral, origins_in_words

METHOD = "method"  # the id of the page on the method, where a dossier has one: it has the figures of the whole
_KINDS: Mapping[OriginKind, str] = {**ORIGIN_WORDS, "unsourced": "صوت الوسيلة، بلا مصدر"}


class Sourcing(Struct, frozen=True, kw_only=True):
    """How a judgment is sourced, in words: by what it says first, and by all that it rests on; without whom nothing of it is left."""

    first: str
    whole: str
    carriers: tuple[Link, ...]


class SourcingSummary(Struct, frozen=True, kw_only=True):
    """How the whole dossier is sourced: what is counted, and the figure in words; `parted` as `are_parted` tells."""

    rows: tuple[tuple[str, str], ...]
    parted: bool


def origins_of(site: LinkedDossier, claims: Iterable[str]) -> tuple[Origin, ...]:
    """Return the independent origins of claims together, each once."""
    return distinct(chain.from_iterable(site.ties[ref].origins for ref in claims))


def count_kinds(site: LinkedDossier, claims: Iterable[str]) -> Counter[OriginKind]:
    """Count claims by the kind of their origins, each once: what repeats others by what it repeats, what has several by the strongest."""
    return Counter(strongest_kind(site.ties[ref].origins) for ref in claims)


def are_parted(site: LinkedDossier, claims: Iterable[str]) -> bool:
    """Tell whether one origin comes in several kinds: somebody who speaks in their own voice and for sources that they do not name."""
    return len({o for ref in claims for o in site.ties[ref].origins}) > len(origins_of(site, claims))


def claim_origins(site: LinkedDossier, ref: str) -> str:
    """Say what origins a claim has; of one that repeats others, that they are those of what it repeats, whoever its chain begins with."""
    words = origins_in_words(site.ties[ref].origins, site.settings.digits)
    return f"في ما يعيده: {words}" if any(map(merges, site.claims[ref].claim.repeats)) else words


def show_sourcing(site: LinkedDossier, judgment: Judgment, to: Addresses) -> Sourcing:
    """Return how a judgment is sourced."""
    return Sourcing(
        first=origins_in_words(origins_of_judgment(site, judgment.claims), to.digits),
        whole=origins_in_words(origins_of(site, judgment.claims), to.digits),
        carriers=tuple(
            Link(href=to.source(speaker), text=WITHOUT.get(speaker) or site.actors[speaker].actor.name)
            for speaker in carriers_of_all(site, judgment.claims)
        ),
    )


def summarise_sourcing(site: LinkedDossier) -> SourcingSummary:
    """Count how the whole dossier is sourced."""
    digits = site.settings.digits
    kinds = count_kinds(site, site.claims)
    several = [c for c in site.clusters if len(c.reports) > 1]
    cells = [cell for table in site.settings.tables for cell in table.cells]
    alone = sum(rests_on_anonymous(site, cell.claims) for cell in cells)
    carried = sum(bool(carriers_of_all(site, judgment.claims)) for judgment in site.settings.judgments)
    return SourcingSummary(
        rows=(
            ("الأقوال", count(len(site.claims), "claim", digits)),
            *((f"منها ما مصدره الأول {_KINDS[kind]}", numeral(kinds[kind], digits)) for kind in ORIGIN_KINDS),
            ("المصادر الأولى المستقلة", origins_in_words(origins_of(site, site.claims), digits)),
            (
                "ما يرد في أكثر من تقرير وله مصدر أول واحد",
                f"{numeral(sum(len(c.origins) == 1 for c in several), digits)} من {numeral(len(several), digits)}",
            ),
            (
                "خلاصات لا يبقى منها شيء بلا قائل واحد أو صنف واحد",
                f"{numeral(carried, digits)} من {numeral(len(site.settings.judgments), digits)}",
            ),
            (
                "خانات في الجداول تقوم على مصادر غير مسمّاة وحدها",
                f"{numeral(alone, digits)} من {numeral(len(cells), digits)}",
            ),
        ),
        parted=are_parted(site, site.claims),
    )
