"""Count how far a judgment's claims bear it out: confidence has one meaning.

It is confidence that the texts say so from independent first sources, never that the thing happened. Low: one independent first
source, or only such as tell of no source. Moderate: two or more, of which one is named or two are outlets that each have a source
of their own. High: three or more, one of them named, and no claim here contradicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dossier.content.findings import Finding
from dossier.content.model import Confidence
from dossier.content.paths import SETTINGS
from dossier.linking.linked import LinkedDossier
from dossier.linking.origins import ORIGIN_KINDS, Origin, OriginKind, distinct

LEVELS: tuple[Confidence, ...] = ("low", "moderate", "high")


def origins_together(site: LinkedDossier, claims: Iterable[str]) -> tuple[Origin, ...]:
    """Return the independent origins of several claims (`<report>#<claim>`) together, each once."""
    return distinct(origin for ref in claims for origin in site.ties[ref].origins)


def supported(site: LinkedDossier, claims: tuple[str, ...]) -> Confidence:
    """Return the confidence that a judgment's claims bear out, by the count above."""
    kinds = [origin.kind for origin in origins_together(site, claims)]
    named = "named" in kinds
    if len(kinds) >= 3 and named and not any(_is_contradicted(site, ref) for ref in claims):
        return "high"
    return "moderate" if len(kinds) >= 2 and (named or kinds.count("anonymous") >= 2) else "low"


def _is_contradicted(site: LinkedDossier, ref: str) -> bool:
    """Tell whether a claim and another differ, more surely than possibly, whichever of the two says so."""
    pointing = ((other, d) for other in site.ties[ref].differed_by for d in site.claims[other].claim.differs)
    own = site.claims[ref].claim.differs
    theirs = (d for _, d in pointing if f"{d.report}#{d.claim}" == ref)
    return any(difference.certainty != "possible" for difference in (*own, *theirs))


def check_confidence(site: LinkedDossier) -> Iterator[Finding]:
    """Find judgments whose confidence is higher than their claims bear out; high on one origin is an error."""
    for index, judgment in enumerate(site.settings.judgments):
        found = supported(site, judgment.claims)
        if LEVELS.index(judgment.confidence) <= LEVELS.index(found):
            continue
        path = ("judgments", index, "confidence")
        kinds = [origin.kind for origin in origins_together(site, judgment.claims)]
        if judgment.confidence == "high" and len(kinds) == 1:
            message = "confidence is high, and all claims of this judgment have one origin"
            yield Finding(SETTINGS, path, message, "lower the confidence, or name a claim with another origin")
            continue
        bearing = f"the claims of this judgment bear out {found}: {_told(kinds)}"
        hint = f"write {found}, or name claims of further independent first sources"
        yield Finding(SETTINGS, path, f"confidence is {judgment.confidence}, and {bearing}", hint, severity="warning")


def _told(kinds: Sequence[OriginKind]) -> str:
    """Say « 3 origins (1 named, 2 anonymous) »."""
    parts = [f"{kinds.count(kind)} {kind}" for kind in ORIGIN_KINDS if kind in kinds]
    return f"{len(kinds)} origin{'s' if len(kinds) != 1 else ''} ({', '.join(parts)})"
