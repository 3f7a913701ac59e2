"""Count how far a judgment's claims bear it out: confidence has one meaning.

It is confidence that the texts say so from independent first sources, never that the thing happened. What counts is the claim that
a judgment names first, which is what its first sentence says, and those of its other claims that repeat it or agree with it. Low: one
independent first source, or only such as tell of no source. Moderate: two or more, of which one is named or two are outlets that each
have a source of their own. High: three or more, two of them named, and no claim here contradicts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dossier.content.findings import Finding
from dossier.content.model import Confidence
from dossier.content.paths import SETTINGS
from dossier.linking.linked import LinkedDossier
from dossier.linking.origins import ORIGIN_KINDS, Origin, OriginKind, distinct

LEVELS: tuple[Confidence, ...] = ("low", "moderate", "high")


def core_of(site: LinkedDossier, claims: Sequence[str]) -> tuple[str, ...]:
    """Return the claims (`<report>#<claim>`) that say what a judgment says first: the first, and those of its cluster."""
    cluster = site.ties[claims[0]].cluster.claims if claims else ()
    return tuple(ref for ref in claims if ref in cluster)


def origins_of_judgment(site: LinkedDossier, claims: Sequence[str]) -> tuple[Origin, ...]:
    """Return the independent origins of what a judgment says first, each once."""
    return distinct(origin for ref in core_of(site, claims) for origin in site.ties[ref].origins)


def supported(site: LinkedDossier, claims: Sequence[str]) -> Confidence:
    """Return the confidence that a judgment's claims bear out, by the count above."""
    kinds = [origin.kind for origin in origins_of_judgment(site, claims)]
    named = kinds.count("named")
    if len(kinds) >= 3 and named >= 2 and not any(_is_contradicted(site, ref) for ref in core_of(site, claims)):
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
        kinds = [origin.kind for origin in origins_of_judgment(site, judgment.claims)]
        if judgment.confidence == "high" and len(kinds) == 1:
            message = "confidence is high, and all that bears out this judgment has one origin"
            yield Finding(SETTINGS, path, message, "lower the confidence, or name a claim with another origin")
            continue
        bearing = f"the claims of this judgment bear out {found}: {_told(kinds)}"
        hint = f"write {found}, or name claims of further independent first sources that agree with the first"
        yield Finding(SETTINGS, path, f"confidence is {judgment.confidence}, and {bearing}", hint, severity="warning")


def _told(kinds: Sequence[OriginKind]) -> str:
    """Say « 3 origins (1 named, 2 anonymous) »."""
    parts = [f"{kinds.count(kind)} {kind}" for kind in ORIGIN_KINDS if kind in kinds]
    return f"{len(kinds)} origin{'s' if len(kinds) != 1 else ''} ({', '.join(parts)})"
