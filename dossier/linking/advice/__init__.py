"""Find what a careful editor wants to know and no build needs to: warnings that only `check` asks for.

They read whole texts, so results are kept by text. Nothing here is ever an error.
"""

from __future__ import annotations

from dossier.content.findings import place_findings
from dossier.content.parsing import assemble
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot
from dossier.errors import Problem
from dossier.linking.advice.actors import advise_on_actors
from dossier.linking.advice.links import advise_on_links, advise_on_markdown
from dossier.linking.advice.quotes import advise_on_quotes
from dossier.linking.advice.reports import advise_on_reports
from dossier.linking.advice.sourcing import advise_on_sourcing
from dossier.linking.advice.texts import advise_on_texts, advise_on_values
from dossier.linking.entries import read_entries
from dossier.linking.linked import LinkedDossier


def advise_on_files(snapshot: Snapshot, memo: Memo) -> tuple[Problem, ...]:
    """Return the warnings that need no linked dossier: on what each sound file says by itself, while others have errors."""
    entries = read_entries(snapshot, memo)
    dossier, _ = assemble(snapshot, entries.reports, (), memo)
    return place_findings(advise_on_values(dossier, entries, snapshot, memo), snapshot)


def advise(site: LinkedDossier, snapshot: Snapshot, memo: Memo) -> tuple[Problem, ...]:
    """Return every warning on a linked dossier, in order of place."""
    findings = (
        *advise_on_actors(site, memo),
        *advise_on_links(site),
        *advise_on_markdown(site),
        *advise_on_sourcing(site),
        *advise_on_quotes(site),
        *advise_on_reports(site),
        *advise_on_texts(site, snapshot, memo),
    )
    return place_findings(findings, snapshot)
