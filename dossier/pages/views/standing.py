"""Show what is left where a speaker is set aside: which claims still stand, and how one that resembles a fallen claim is joined to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from markupsafe import Markup
from msgspec import Struct

from dossier.language.direction import isolate
from dossier.linking.linked import LinkedDossier
from dossier.linking.origins import merges, reference
from dossier.linking.survival import Aside, passed_on
from dossier.pages.views.claims import claim_link
from dossier.pages.views.frame import Addresses, Link
from dossier.pages.views.wording import MODES, count


class StandingClaim(Struct, frozen=True, kw_only=True):
    """A claim that stands, in its words. `mode` says how it is said where not as news; `perhaps` are fallen claims that it repeats only possibly."""

    link: Link
    text: Markup
    mode: str | None
    perhaps: tuple[Link, ...]


class Standing(Struct, frozen=True, kw_only=True):
    """What stands of something: how many claims in words, and these; `more` counts those that are not listed."""

    left: str
    claims: tuple[StandingClaim, ...]
    more: str | None


class SimilarClaim(Struct, frozen=True, kw_only=True):
    """A claim of a fallen one's cluster that stands, and how they are joined."""

    link: Link
    how: str


def show_standing(
    site: LinkedDossier, aside: Aside, claims: Sequence[str], left: str, to: Addresses, most: int
) -> Standing:
    """Return those of some claims that stand, at most `most` of them. `left` says how many, in words."""
    kept = [ref for ref in dict.fromkeys(claims) if ref not in aside.gone]
    hidden = len(kept) - most
    return Standing(
        left=left,
        claims=tuple(_standing(site, aside, ref, to) for ref in kept[:most]),
        more=count(hidden, "claim", to.digits) if hidden > 0 else None,
    )


def _standing(site: LinkedDossier, aside: Aside, ref: str, to: Addresses) -> StandingClaim:
    claim = site.claims[ref].claim
    return StandingClaim(
        link=claim_link(site, ref, to),
        text=isolate(claim.text),
        mode=MODES[claim.mode] if claim.mode != "reported" else None,
        perhaps=tuple(claim_link(site, other, to) for other in _possible(site, ref) if other in aside.gone),
    )


def show_similar(
    site: LinkedDossier, ref: str, others: Iterable[str], to: Addresses, most: int
) -> Iterator[SimilarClaim]:
    """Yield the claims of a fallen one's cluster that stand, at most `most` of them, with how each is joined to it."""
    below, above = passed_on(site, ref)
    for other in islice(others, most):
        if other in below:
            how = "يعيده هذا القول"
        elif other in above:
            how = "يعيد هذا القول"
        elif other in _agreeing(site, ref):
            relying = _rely(site, site.claims[ref].report, site.claims[other].report)
            how = "يوافقه، وبين تقريريهما اعتماد" if relying else "يوافقه"
        else:
            how = "يتصل به عبر قول آخر"
        yield SimilarClaim(link=claim_link(site, other, to), how=how + _perhaps(site, ref, other))


def _perhaps(site: LinkedDossier, ref: str, other: str) -> str:
    """Say that one of two claims repeats the other only possibly, where it does."""
    if other in _possible(site, ref):
        return "، وربما يعيده هذا القول"
    return "، وربما يعيد هذا القول" if ref in _possible(site, other) else ""


def _possible(site: LinkedDossier, ref: str) -> list[str]:
    return [reference(r.report, r.claim) for r in site.claims[ref].claim.repeats if not merges(r)]


def _agreeing(site: LinkedDossier, ref: str) -> set[str]:
    own = {reference(a.report, a.claim) for a in site.claims[ref].claim.agrees if merges(a)}
    theirs = ((other, a) for other in site.ties[ref].agreed_by for a in site.claims[other].claim.agrees if merges(a))
    return own | {other for other, a in theirs if reference(a.report, a.claim) == ref}


def _rely(site: LinkedDossier, report: str, other: str) -> bool:
    """Tell whether one of two reports relies on the other, however surely."""
    pairs = ((report, other), (other, report))
    return any(cite.report == target for source, target in pairs for cite in site.reports[source].report.cites)
