"""Warn where a judgment or a cell of a table stands on less than it says: one speaker alone, anonymous sources alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.content.findings import Finding
from dossier.content.paths import SETTINGS
from dossier.language.arabic import fold
from dossier.linking.linked import LinkedDossier
from dossier.linking.survival import carriers_of_all, rests_on_anonymous

# What a cell says of sources that nobody names: a source, sources, leaks, unknown, not named.
_tells_of_sources = re.compile("|".join(map(fold, ("مصدر", "مصادر", "تسريب", "مجهول", "تسم", "يسم", "مسم")))).search


def advise_on_sourcing(site: LinkedDossier) -> Iterator[Finding]:
    """Yield warnings: judgments of which nothing is left without one speaker, cells that hide that all their sources are anonymous."""
    for place, judgment in enumerate(site.settings.judgments):
        carriers = carriers_of_all(site, judgment.claims)
        if carriers:
            message = f"one origin carries this judgment: without {' or '.join(carriers)} none of its claims is left"
            hint = "say so in its text, or name a claim that came another way"
            yield Finding(SETTINGS, ("judgments", place, "claims"), message, hint, severity="warning")
    for place, table in enumerate(site.settings.tables):
        for number, cell in enumerate(table.cells):
            if rests_on_anonymous(site, cell.claims) and not _tells_of_sources(fold(cell.text)):
                message = "this cell rests on anonymous sources alone, and its text does not say so"
                hint = "say whose source it is (« مصدر لـ… »), or name a claim of somebody who is named"
                yield Finding(SETTINGS, ("tables", place, "cells", number, "text"), message, hint, severity="warning")
