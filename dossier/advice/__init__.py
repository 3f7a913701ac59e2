"""Warnings that a careful editor wants and a build need not wait for: whole texts are read for them."""

from __future__ import annotations

from dossier.advice.claims import advise_on_claims
from dossier.advice.names import advise_on_names
from dossier.advice.quotes import advise_on_quotes
from dossier.advice.strangers import find_strangers
from dossier.errors import Problem, in_order
from dossier.findings import place
from dossier.memo import Memo
from dossier.site import Site
from dossier.sources import Snapshot


def advise(site: Site, snapshot: Snapshot, memo: Memo) -> tuple[Problem, ...]:
    """All advice on a dossier that can be built, in order of place."""
    findings = (*advise_on_names(site), *advise_on_claims(site))
    return in_order((*place(findings, snapshot), *advise_on_quotes(site, snapshot), *find_strangers(site, memo)))
