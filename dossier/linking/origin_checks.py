"""Check what only the linked dossier shows: judgments on too narrow a ground, and claims that repeat each other in a circle."""

from __future__ import annotations

from dossier.content.findings import Finding, place_findings
from dossier.content.paths import file_of
from dossier.engine.snapshot import Snapshot
from dossier.errors import Problem
from dossier.linking.confidence import check_confidence
from dossier.linking.linked import LinkedDossier


def check_origins(site: LinkedDossier, snapshot: Snapshot) -> tuple[Problem, ...]:
    """Find every problem with where claims come from; judgments first, then circles."""
    circles = [_circle(cycle, site) for cycle in site.cycles]
    return (*place_findings(check_confidence(site), snapshot), *place_findings(circles, snapshot))


def _circle(cycle: tuple[str, ...], site: LinkedDossier) -> Finding:
    report, _, claim = cycle[0].partition("#")
    number = [c.id for c in site.reports[report].report.claims].index(claim)
    message = f"claims repeat each other in a circle: {' → '.join((*cycle, cycle[0]))}"
    hint = "remove one of these `repeats`: somebody said it first"
    return Finding(file_of("reports", report), ("claims", number, "repeats"), message, hint)
