"""Tell an editor which claims may belong together: each with its reasons, and a line to paste. Nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from dossier.commands.pipeline import compose
from dossier.engine.cache import Cache
from dossier.engine.snapshot import ORIGINALS, snapshot
from dossier.errors import WrongUse, nearest
from dossier.language.characters import shorten
from dossier.linking.linked import LinkedDossier
from dossier.linking.suggest import Index, Suggestion, build_index, copied_texts, known_links, suggest

EXCERPT = 100  # characters of a claim, so that a suggestion stays on a screen
PASSAGES_SHOWN = 3
COMPARED = 200  # reports; in a larger dossier texts are compared for a report that is named
# What two claims share, as `why` says it in the dossier's language.
REASONS: Mapping[str, str] = {
    "passage": "كلمات منقولة", "event": "الحدث نفسه", "number": "أرقام", "day": "الزمن", "relies": "ينقل عن",
    "actor": "الأسماء", "word": "ألفاظ",
}  # fmt: skip
NAMED = ("relies", "actor")


def suggest_links(root: Path, report: str | None) -> Iterator[str]:
    """Yield what is suggested for each claim of a report, or of all where none is named. Raise WrongUse or ContentError."""
    site = compose(snapshot(root, root / ORIGINALS), Cache(root).memo(), drafts=True).site
    if report is not None and report not in site.reports:
        unknown, close = f'there is no report "{report}"', nearest(report, site.reports)
        raise WrongUse(f"{unknown}: {close}" if close else f"{unknown}: `dossier list reports` names all")
    index, known = build_index(site), known_links(site)
    for name in [report] if report else site.reports:
        if report or len(site.reports) <= COMPARED:
            yield from _texts(site, name)
        for claim in site.reports[name].report.claims:
            ref = f"{name}#{claim.id}"
            yield from _claim(index, ref, known.get(ref, frozenset()))


def _texts(site: LinkedDossier, report: str) -> Iterator[str]:
    """Say with which reports' texts a report shares passages."""
    for copied in copied_texts(site, report):
        number = len(copied.passages)
        passages = f"{number} passage{'s' * (number > 1)}"
        words = f"{copied.words} word{'s' * (copied.words > 1)}"
        yield f"{report} and {copied.report} share {words} in {passages}: does one pass on the other (cites)?"
        yield from (f"    «{shorten(passage, EXCERPT)}»" for passage in copied.passages[:PASSAGES_SHOWN])


def _claim(index: Index, ref: str, known: frozenset[str]) -> Iterator[str]:
    new = (suggestion for suggestion in suggest(index, ref) if suggestion.other not in known)
    found = [suggestion for suggestion in new if _reasons(index.site, suggestion)]
    if not found:
        return
    yield f"\n{ref}: {shorten(index.site.claims[ref].claim.text, EXCERPT)}"
    for suggestion in found:
        yield f"  {suggestion.relation}? {suggestion.other}: {shorten(index.site.claims[suggestion.other].claim.text, EXCERPT)}"
        yield f"    {_line(index.site, suggestion)}"


def _line(site: LinkedDossier, suggestion: Suggestion) -> str:
    """Write a suggestion as YAML to paste into a claim. It says « possible », and why somebody should look."""
    report, _, claim = suggestion.other.partition("#")
    aspect = f"in: {suggestion.aspect}, " if suggestion.relation == "differs" else ""
    why = json.dumps(_reasons(site, suggestion), ensure_ascii=False)
    return f"{suggestion.relation}: [{{report: {report}, claim: {claim}, {aspect}certainty: possible, why: {why}}}]"


def _reasons(site: LinkedDossier, suggestion: Suggestion) -> str:
    parts = []
    for kind, words in REASONS.items():
        values = suggestion.shared.get(kind, ())
        if values:
            parts.append(f"{words}: {'، '.join(_name(site, kind, value) for value in values)}")
    return "؛ ".join(parts)


def _name(site: LinkedDossier, kind: str, value: str) -> str:
    if kind == "event":
        return site.events[value].event.title
    return site.actors[value].actor.name if kind in NAMED and value in site.actors else value
