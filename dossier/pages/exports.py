"""The dossier for machines: dossier.json, tables as CSV with their data package, redirects."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from dossier.articles.mentions import Mention
from dossier.articles.source_text import SourceText
from dossier.content.model import Agreement, Claim, Difference, Repeat, Speaker
from dossier.language.dates import DateSpan
from dossier.linking.linked import LinkedActor, LinkedDossier, LinkedEvent, LinkedReport, Related, related
from dossier.linking.origins import depth, reference
from dossier.pages.feeds import atom_feed, sitemap

Record = dict[str, Any]


def export_files(site: LinkedDossier, pages: Iterable[str]) -> dict[str, Callable[[], bytes]]:
    """Every file that is no page, by address. `pages` are the HTML addresses; feed and sitemap need a published address."""
    files: dict[str, Callable[[], bytes]] = {
        "/dossier.json": lambda: dossier_json(site),
        "/robots.txt": lambda: _robots(site),
        "/claims.csv": lambda: _csv(CLAIM_FIELDS, claim_rows(site)),
        "/relations.csv": lambda: _csv(RELATION_FIELDS, relation_rows(site)),
        "/datapackage.json": lambda: _data_package(site),
        "/_redirects": lambda: _redirects(site),
    }
    if site.url:
        url = site.url.rstrip("/")
        files["/feed.xml"] = lambda: atom_feed(site, url)
        files["/sitemap.xml"] = lambda: sitemap(url, _lasting(site, pages))
    return files


def dossier_json(site: LinkedDossier) -> bytes:
    """The whole dossier in the shape of the format, a line for each report, actor and event."""
    parts = (
        ("reports", (report_record(site, r) for r in site.reports)),
        ("actors", (actor_record(a) for a in site.actors.values())),
        ("events", (event_record(e) for e in site.events.values())),
    )
    lines = (f'"{name}": [\n' + ",\n".join(map(_json, records)) + "\n]" for name, records in parts)
    return ('{"title": ' + _json(site.settings.title) + ",\n" + ",\n".join(lines) + "}\n").encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def report_record(site: LinkedDossier, report: str) -> Record:
    """One report as dossier.json has it."""
    linked = site.reports[report]
    r, texts = linked.report, linked.texts
    return {
        "id": r.id,
        "url": f"/reports/{r.id}/",
        "title": r.title,
        "outlet": r.outlet,
        "via": list(r.via),
        "author": r.author,
        "genre": r.genre,
        "topics": list(r.topics),
        "grade": r.grade.model_dump(),
        "published": _span(linked.published),
        "seed": {"file": r.seed, "sha256": texts.seed.sha256},
        "original": _original(linked),
        "actors": [{"id": actor, "mentions": number} for actor, number in linked.counts.items()],
        "mentions": {"seed": _mentions(texts.seed_mentions), "original": _mentions(texts.original_mentions)},
        "noise": {"original": _noise(texts.original)},
        "cites": [c.model_dump() for c in r.cites],
        "cited_by": [c.report for c in site.cited_by.get(linked.id, ())],
        "related": [_related(x) for x in related(site, r.id)],
        "claims": [claim_record(site, r.id, claim) for claim in r.claims],
    }


def _original(linked: LinkedReport) -> Record | None:
    known = linked.report.original
    if known is None:
        return None
    return {"sha256": known.sha256, "file": known.file, "present": linked.texts.original is not None}


def _noise(original: SourceText | None) -> list[Record]:
    return [{"start": n.start, "end": n.end, "reason": n.reason} for n in original.noise] if original else []


def _related(found: Related) -> Record:
    return {"report": found.report, "score": found.score, "actors": list(found.actors), "events": list(found.events)}


def _span(span: DateSpan | None) -> Record | None:
    return {"edtf": span.edtf, "earliest": span.earliest, "latest": span.latest} if span else None


def _mentions(mentions: Sequence[Mention]) -> list[Record]:
    return [{"start": m.start, "end": m.end, "actor": m.actor} for m in mentions]


def claim_record(site: LinkedDossier, report: str, claim: Claim) -> Record:
    """One claim as dossier.json has it; `when` is the EDTF string."""
    return {
        "id": claim.id,
        "text": claim.text,
        "said": [_speaker(speaker) for speaker in claim.said],
        "about": list(claim.about),
        "when": claim.when,
        "at": claim.at,
        "mode": claim.mode,
        "event": claim.event,
        "repeats": [_relation(x) for x in claim.repeats],
        "agrees": [_relation(x) for x in claim.agrees],
        "differs": [_relation(x) for x in claim.differs],
        "origins": [origin.key for origin in site.ties[reference(report, claim.id)].origins],
        "depth": depth(claim),
    }


def _speaker(speaker: Speaker) -> Record:
    described = {"as": speaker.described} if speaker.described else {}
    return {"who": speaker.who, **described, "anonymous": speaker.anonymous or speaker.who is None}


def _relation(relation: Repeat | Agreement | Difference) -> Record:
    aspect = {"in": relation.aspect} if isinstance(relation, Difference) else {}
    return {
        "report": relation.report,
        "claim": relation.claim,
        **aspect,
        "certainty": relation.certainty,
        "why": relation.why,
    }


def actor_record(linked: LinkedActor) -> Record:
    """One actor as dossier.json has it; `claims` are those about them."""
    a = linked.actor
    return {
        "id": a.id,
        "url": f"/actors/{a.id}/",
        "name": a.name,
        "latin": a.latin,
        "kind": a.kind,
        "aliases": list(a.aliases),
        "reports": list(linked.reports),
        "mentions": linked.mentions,
        "claims": list(linked.about),
    }


def event_record(linked: LinkedEvent) -> Record:
    """One event as dossier.json has it."""
    e = linked.event
    return {
        "id": e.id,
        "url": f"/events/{e.id}/",
        "title": e.title,
        "when": _span(linked.when),
        "actors": list(e.actors),
        "reports": list(linked.reports),
        "claims": list(linked.claims),
    }


# Fields of the tables: their type in the data package (Frictionless Table Schema), and what they hold.
Fields = Mapping[str, tuple[str, str]]
CLAIM_FIELDS: Fields = {
    "ref": ("string", "معرّف التقرير، ثم #، ثم معرّف القول"),
    "report": ("string", "معرّف التقرير"),
    "claim": ("string", "معرّف القول في تقريره"),
    "text": ("string", "القول بعبارتنا"),
    "said": ("string", "من قاله ومن نقله، الأول أولًا، تفصل بينهم فاصلة منقوطة"),
    "anonymous_first": ("boolean", "هل أول من قاله مجهول"),
    "about": ("string", "معرّفات من يتحدث عنهم القول"),
    "when": ("string", "زمن ما يقوله، بصيغة EDTF"),
    "when_text": ("string", "الزمن كما يذكره النص"),
    "at": ("integer", "رقم الفقرة في البذرة، من 1"),
    "original_at": ("integer", "رقم الفقرة في الأصل، من 1"),
    "mode": ("string", "كيف يقال"),
    "event": ("string", "معرّف الحدث"),
    "origins": ("string", "الأصول المستقلة: actor:<id> أو report:<id>"),
    "depth": ("integer", "عدد مرات النقل"),
}
RELATION_FIELDS: Fields = {
    "kind": ("string", "cites بين التقارير؛ repeats وagrees وdiffers بين الأقوال"),
    "from": ("string", "معرّف التقرير أو القول"),
    "to": ("string", "معرّف ما تشير إليه الصلة"),
    "in": ("string", "وجه الاختلاف"),
    "certainty": ("string", "درجة التأكد: certain أو probable أو possible"),
    "why": ("string", "علامَ تقوم الصلة"),
}


def claim_rows(site: LinkedDossier) -> Iterator[Mapping[str, object]]:
    """A row for each claim; lists are joined by semicolons."""
    for ref, linked in site.claims.items():
        c = linked.claim
        yield {
            "ref": ref, "report": linked.report, "claim": c.id, "text": c.text,
            "said": "; ".join(s.who or s.described or "" for s in c.said),
            "anonymous_first": str(c.said[0].anonymous or c.said[0].who is None).lower(),
            "about": "; ".join(c.about), "when": c.when, "when_text": c.when_text, "at": c.at, "original_at": c.original_at,
            "mode": c.mode, "event": c.event, "origins": "; ".join(o.key for o in site.ties[ref].origins), "depth": depth(c),
        }  # fmt: skip


def relation_rows(site: LinkedDossier) -> Iterator[Mapping[str, object]]:
    """A row for each citation between reports and each relation between claims."""
    for report in site.reports.values():
        for cite in report.report.cites:
            yield {"kind": "cites", "from": report.id, "to": cite.report, "certainty": cite.certainty, "why": cite.why}
    for ref, linked in site.claims.items():
        for kind, relations in (
            ("repeats", linked.claim.repeats),
            ("agrees", linked.claim.agrees),
            ("differs", linked.claim.differs),
        ):
            for x in relations:
                yield {"kind": kind, "from": ref, "to": reference(x.report, x.claim), **_relation(x)}


def _csv(fields: Fields, rows: Iterator[Mapping[str, object]]) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheets misread Arabic."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(fields), extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(row.get(name)) for name in fields} for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


# What spreadsheets take for a formula at a cell's beginning, the wide signs too. Where a semicolon parts cells, as in many
# countries, a cell begins behind each.
_FORMULA = re.compile(r"((?:^|[;\t\r\n])\s*)([=+\-@＝＋－＠])")


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    text = _FORMULA.sub(r"\1'\2", text)
    return f"'{text}" if text.startswith(("\t", "\r")) else text


def _data_package(site: LinkedDossier) -> bytes:
    """The tables described (Frictionless Data Package 1.0)."""
    package: Record = {
        "profile": "tabular-data-package",
        "name": "dossier",
        "title": site.settings.title,
        "resources": [_resource("claims", CLAIM_FIELDS, key="ref"), _resource("relations", RELATION_FIELDS)],
    }
    if site.url:
        package["homepage"] = f"{site.url.rstrip('/')}/"
    if site.updated:
        package["version"] = site.updated
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(name: str, fields: Fields, key: str | None = None) -> Record:
    described = [{"name": field, "type": kind, "description": text} for field, (kind, text) in fields.items()]
    schema: Record = {"fields": described, "missingValues": [""], **({"primaryKey": key} if key else {})}
    return {
        "name": name, "path": f"{name}.csv", "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "schema": schema,
    }  # fmt: skip


def _robots(site: LinkedDossier) -> bytes:
    lines = ["User-agent: *", "Allow: /"]
    if site.url:
        lines.append(f"Sitemap: {site.url.rstrip('/')}/sitemap.xml")
    return ("\n".join(lines) + "\n").encode()


def _redirects(site: LinkedDossier) -> bytes:
    """Former addresses, and the page for what is nowhere, in the form that Netlify reads: the first rule that fits.

    The rules are forced (`!`), since pages that lead on stand at former addresses for hosts without redirects.
    """
    lines = [f"{old}* {new} 301!" for old, new in former_addresses(site).items()]
    return ("\n".join([*lines, "/* /404.html 404"]) + "\n").encode()


def _lasting(site: LinkedDossier, pages: Iterable[str]) -> list[str]:
    """Pages but for those that only lead on to another."""
    former = former_addresses(site)
    return [page for page in pages if page not in former]


def former_addresses(site: LinkedDossier) -> dict[str, str]:
    """Where each address leads that a report, an actor or an event once had."""
    reports = {
        f"/reports/{old}/": f"/reports/{r.id}/"
        for r in map(site.reports.__getitem__, site.moved)
        for old in r.report.was
    }
    actors = {f"/actors/{old}/": f"/actors/{a.id}/" for a in site.actors.values() for old in a.actor.was}
    events = {f"/events/{old}/": f"/events/{e.id}/" for e in site.events.values() for old in e.event.was}
    return reports | actors | events
