"""Check what only the linked dossier shows: judgments on too narrow a ground, and claims that repeat each other in a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dossier.content.findings import Finding, place_findings
from dossier.content.model import Settings
from dossier.content.paths import SETTINGS, file_of
from dossier.engine.snapshot import Snapshot
from dossier.errors import Problem
from dossier.linking.linked import LinkedDossier


def check_origins(site: LinkedDossier, snapshot: Snapshot) -> tuple[Problem, ...]:
    """Find every problem with where claims come from; judgments first, then circles."""
    circles = [_circle(cycle, site) for cycle in site.cycles]
    return (
        *check_judgments(site.settings, lambda ref: site.ties[ref].origins, snapshot),
        *place_findings(circles, snapshot),
    )


def check_judgments(
    settings: Settings, origins_of: Callable[[str], Iterable[object]], snapshot: Snapshot
) -> tuple[Problem, ...]:
    """Find judgments of high confidence that rest on one origin. `origins_of` gives those of a claim, `<report>#<claim>`."""
    findings = []
    for index, judgment in enumerate(settings.judgments):
        origins = {getattr(origin, "key", origin) for claim in judgment.claims for origin in origins_of(claim)}
        if judgment.confidence == "high" and len(origins) <= 1:
            message = "confidence is high, and all claims of this judgment have one origin"
            hint = "lower the confidence, or name a claim with another origin"
            findings.append(Finding(SETTINGS, ("judgments", index, "confidence"), message, hint))
    return place_findings(findings, snapshot)


def _circle(cycle: tuple[str, ...], site: LinkedDossier) -> Finding:
    report, _, claim = cycle[0].partition("#")
    number = [c.id for c in site.reports[report].report.claims].index(claim)
    message = f"claims repeat each other in a circle: {' → '.join((*cycle, cycle[0]))}"
    hint = "remove one of these `repeats`: somebody said it first"
    return Finding(file_of("reports", report), ("claims", number, "repeats"), message, hint)
