"""Check what only the linked dossier shows: judgments on too narrow a ground, and claims that repeat each other in a circle."""

from __future__ import annotations

from collections.abc import Sequence

from dossier.content.findings import Finding, place_findings
from dossier.content.model import Release
from dossier.content.paths import RELEASES, file_of
from dossier.engine.snapshot import Snapshot
from dossier.errors import Problem
from dossier.linking.confidence import check_confidence
from dossier.linking.ledger import former_ids, unreleased
from dossier.linking.linked import LinkedDossier


def check_origins(site: LinkedDossier, snapshot: Snapshot) -> tuple[Problem, ...]:
    """Find every problem with where claims come from; judgments first, then circles."""
    circles = [_circle(cycle, site) for cycle in site.cycles]
    return (*place_findings(check_confidence(site), snapshot), *place_findings(circles, snapshot))


def check_released(site: LinkedDossier, releases: Sequence[Release]) -> tuple[Problem, ...]:
    """Warn where a ledger is kept and claims have other words than were released last: nothing would tell readers."""
    if not releases:
        return ()
    former = former_ids(linked.report for linked in site.reports.values())
    changed = unreleased(releases, former, {ref: linked.claim.text for ref, linked in site.claims.items()})
    if not changed:
        return ()
    named = ", ".join(list(changed)[:3])
    message = f"{len(changed)} claims changed since the release of {releases[-1].date} ({named}{', …' if len(changed) > 3 else ''})"
    hint = "`dossier release` puts them down, before you publish"
    return (Problem(message=message, file=RELEASES, hint=hint, severity="warning"),)


def _circle(cycle: tuple[str, ...], site: LinkedDossier) -> Finding:
    report, _, claim = cycle[0].partition("#")
    number = [c.id for c in site.reports[report].report.claims].index(claim)
    message = f"claims repeat each other in a circle: {' → '.join((*cycle, cycle[0]))}"
    hint = "remove one of these `repeats`: somebody said it first"
    return Finding(file_of("reports", report), ("claims", number, "repeats"), message, hint)
