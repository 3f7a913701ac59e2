"""Make the files that hold all reports out of pieces, each of one report: so that it is visited once, and kept.

The pieces of a report are its line in dossier.json and its rows in the tables. A file is told as a sequence of bytes and of the
pieces that stand between them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from dossier.content.addresses import SOURCES_TABLE
from dossier.linking.linked import LinkedDossier, Related
from dossier.linking.survival import speakers
from dossier.pages.annotations import CONTEXT, annotation_lines
from dossier.pages.citations import bibtex, csl_item, ris
from dossier.pages.exports import (
    CLAIM_FIELDS,
    RELATION_FIELDS,
    Record,
    actor_record,
    carrier_lines,
    citation_rows,
    claim_rows,
    csv_head,
    csv_lines,
    event_record,
    json_line,
    judgment_record,
    relation_rows,
    report_record,
    source_record,
    speaker_lines,
)
from dossier.pages.ftm import actor_entities, event_entities, report_entities
from dossier.pages.nanopubs import nanopubs, trig_head


class Piece(Struct, frozen=True):
    """What one report brings to a file: `kind` is a key of `PIECES`, `report` an id."""

    kind: str
    report: str


def _record_line(site: LinkedDossier, report: str, found: Iterable[Related] | None = None) -> bytes:
    return json_line(report_record(site, report, found)).encode()


Maker = Callable[[LinkedDossier, str], bytes]
PIECES: dict[str, Maker] = {
    "json": _record_line,
    "claims": lambda site, report: csv_lines(CLAIM_FIELDS, claim_rows(site, report)),
    "citations": lambda site, report: csv_lines(RELATION_FIELDS, citation_rows(site, report)),
    "relations": lambda site, report: csv_lines(RELATION_FIELDS, relation_rows(site, report)),
    "entities": lambda site, report: _lines(report_entities(site, report)),
    "nanopubs": nanopubs,
    "annotations": annotation_lines,
    "carriers": carrier_lines,
    "bib": lambda site, report: bibtex(site, report).encode() + b"\n",
    "ris": lambda site, report: ris(site, report).encode() + b"\n",
    "csl": lambda site, report: json.dumps(csl_item(site, report), ensure_ascii=False).encode(),
}


def make_piece(site: LinkedDossier, piece: Piece) -> bytes:
    """Make one piece."""
    return PIECES[piece.kind](site, piece.report)


def make_pieces(site: LinkedDossier, report: str, found: Iterable[Related]) -> Iterator[tuple[Piece, bytes]]:
    """Yield all pieces of a report. `found` are its related ones: to look for them costs more than all else here."""
    for kind, make in PIECES.items():
        yield Piece(kind, report), _record_line(site, report, found) if kind == "json" else make(site, report)


def files_of_pieces(site: LinkedDossier) -> dict[str, Callable[[], Iterator[bytes | Piece]]]:
    """Return how to tell each file that is made of pieces, by address."""
    return {
        "/dossier.json": lambda: _dossier_json(site),
        "/claims.csv": lambda: _claims(site),
        "/relations.csv": lambda: _relations(site),
        "/entities.ftm.json": lambda: _entities(site),
        "/claims.trig": lambda: _nanopubs(site),
        "/annotations.jsonld": lambda: _annotations(site),
        SOURCES_TABLE: lambda: _carriers(site),
        "/citations.bib": lambda: (Piece("bib", report) for report in site.reports),
        "/citations.ris": lambda: (Piece("ris", report) for report in site.reports),
        "/citations.json": lambda: _citations_json(site),
    }


def join(parts: Iterable[bytes | Piece], fetch: Callable[[Piece], bytes]) -> bytes:
    """Return the bytes of a file, its pieces as `fetch` gives them."""
    return b"".join(fetch(part) if isinstance(part, Piece) else part for part in parts)


def _dossier_json(site: LinkedDossier) -> Iterator[bytes | Piece]:
    """Tell dossier.json, the whole dossier in the shape of the format: a line for each entry of its lists."""
    settings = site.settings
    yield b'{"title": ' + json_line(settings.title).encode()
    yield _list_of("judgments", (judgment_record(site, judgment) for judgment in settings.judgments))
    yield _list_of("unknowns", (unknown.model_dump() for unknown in settings.unknowns))
    yield _list_of("tables", (table.model_dump() for table in settings.tables))
    yield b',\n"reports": [\n'
    for number, report in enumerate(site.reports):
        if number:
            yield b",\n"
        yield Piece("json", report)
    yield b"\n]"
    yield _list_of("actors", map(actor_record, site.actors.values()))
    yield _list_of("events", map(event_record, site.events.values()))
    yield _list_of("sources", (source_record(site, speaker) for speaker in speakers(site)))
    yield b"}\n"


def _citations_json(site: LinkedDossier) -> Iterator[bytes | Piece]:
    """Tell the citations of all reports as one list of CSL-JSON."""
    yield b"["
    for number, report in enumerate(site.reports):
        yield b",\n" if number else b"\n"
        yield Piece("csl", report)
    yield b"\n]\n"


def _list_of(name: str, records: Iterable[Record]) -> bytes:
    lines = ",\n".join(map(json_line, records))
    return f',\n"{name}": [\n{lines}\n]'.encode()


def _claims(site: LinkedDossier) -> Iterator[bytes | Piece]:
    yield csv_head(CLAIM_FIELDS)
    for report in _in_order_of_claims(site):
        yield Piece("claims", report)


def _relations(site: LinkedDossier) -> Iterator[bytes | Piece]:
    yield csv_head(RELATION_FIELDS)
    for report in site.reports:
        yield Piece("citations", report)
    for report in _in_order_of_claims(site):
        yield Piece("relations", report)


def _lines(records: Iterable[Record]) -> bytes:
    return "".join(f"{json_line(record)}\n" for record in records).encode()


def _entities(site: LinkedDossier) -> Iterator[bytes | Piece]:
    yield _lines(actor_entities(site))
    yield _lines(event_entities(site))
    for report in site.reports:
        yield Piece("entities", report)


def _nanopubs(site: LinkedDossier) -> Iterator[bytes | Piece]:
    yield trig_head(site)
    for report in _in_order_of_claims(site):
        yield Piece("nanopubs", report)


def _annotations(site: LinkedDossier) -> Iterator[bytes | Piece]:
    yield f'{{"@context": "{CONTEXT}", "id": "annotations.jsonld", "type": "AnnotationPage", "items": [\n'.encode()
    for number, report in enumerate(_in_order_of_claims(site)):
        if number:
            yield b",\n"
        yield Piece("annotations", report)
    yield b"\n]}\n"


def _carriers(site: LinkedDossier) -> Iterator[bytes | Piece]:
    yield speaker_lines(site)
    for report in _in_order_of_claims(site):
        yield Piece("carriers", report)


def _in_order_of_claims(site: LinkedDossier) -> Iterable[str]:
    return dict.fromkeys(linked.report for linked in site.claims.values())
