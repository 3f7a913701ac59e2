"""Write where each claim stands in seed and original as Web Annotations, so that the place is found when paragraphs are numbered anew.

A target has two selectors (W3C Web Annotation Data Model, 4.2): the words at the paragraph's beginning, and its place in the text. The words of
an original are given only where its text was taken up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dossier.articles.source_text import SourceText
from dossier.content.addresses import address_of
from dossier.content.model import Claim
from dossier.linking.linked import LinkedDossier

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
QUOTED, AROUND = 80, 32  # characters of the words by which a place is found, and of those behind them


def annotation_lines(site: LinkedDossier, report: str) -> bytes:
    """Return the annotations of a report's claims, one a line, parted by commas; empty where there are none."""
    return ",\n".join(json.dumps(a, ensure_ascii=False) for a in _annotations(site, report)).encode()


def _annotations(site: LinkedDossier, report: str) -> Iterator[dict[str, Any]]:
    linked = site.reports[report]
    for claim in linked.report.claims:
        address = f"{address_of('reports', report).lstrip('/')}#{claim.id}"
        yield {
            "id": f"annotations.jsonld#{report}-{claim.id}",
            "type": "Annotation",
            "motivation": "describing",
            "body": address,
            "target": list(_targets(site, report, claim)),
        }


def _targets(site: LinkedDossier, report: str, claim: Claim) -> Iterator[dict[str, Any]]:
    texts = site.reports[report].texts
    yield _target(report, f"p{claim.at}", texts.seed, claim.at)
    if claim.original_at and texts.original:
        yield _target(report, f"o{claim.original_at}", texts.original, claim.original_at)


def _target(report: str, anchor: str, text: SourceText, number: int) -> dict[str, Any]:
    paragraph = text.paragraphs[number - 1]
    exact = beginning_of(text.text[paragraph.start : paragraph.end])
    after = paragraph.start + len(exact)
    return {
        "source": f"{address_of('reports', report).lstrip('/')}#{anchor}",
        "state": {"type": "State", "dcterms:identifier": f"urn:sha256:{text.sha256}"},
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": exact,
                "suffix": text.text[after : min(after + AROUND, paragraph.end)],
            },
            {"type": "TextPositionSelector", "start": paragraph.start, "end": paragraph.end},
        ],
    }


def beginning_of(words: str) -> str:
    """Return the beginning of a paragraph, cut between two words."""
    if len(words) <= QUOTED:
        return words
    cut = words.rfind(" ", QUOTED // 2, QUOTED + 1)
    return words[:cut] if cut > 0 else words[:QUOTED]
