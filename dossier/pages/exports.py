"""Write the dossier for machines: dossier.json, tables as CSV with their data package, redirects."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from dossier.articles.mentions import Mention
from dossier.articles.source_text import SourceText
from dossier.content.addresses import NOT_FOUND, address_of, argdown_address, source_address
from dossier.content.model import Agreement, Claim, Difference, Judgment, Repeat
from dossier.language.dates import DateSpan
from dossier.linking.confidence import supported
from dossier.linking.linked import LinkedActor, LinkedDossier, LinkedEvent, LinkedReport, Related, related
from dossier.linking.origins import depth, is_anonymous, kind_of, merges, outlets_of, reference
from dossier.linking.survival import set_aside, speakers
from dossier.pages.argdown import write_argdown
from dossier.pages.feeds import atom_feed, sitemap
from dossier.pages.moved import find_moved
from dossier.pages.views.names import WITHOUT

Record = dict[str, Any]


def export_files(site: LinkedDossier, pages: Iterable[str]) -> dict[str, Callable[[], bytes]]:
    """Return how to make every file that is neither a page nor made of pieces, by address.

    `pages` are the HTML addresses. Feed and sitemap are left out where the site has no published address.
    """
    files: dict[str, Callable[[], bytes]] = {
        "/robots.txt": lambda: _robots(site),
        "/datapackage.json": lambda: _data_package(site),
        "/_redirects": lambda: _redirects(site),
    }
    for place in range(len(site.settings.judgments)):
        files[argdown_address(place)] = partial(write_argdown, site, place)
    if site.url:
        url = site.url.rstrip("/")
        files["/feed.xml"] = lambda: atom_feed(site, url)
        files["/sitemap.xml"] = lambda: sitemap(url, _lasting(site, pages))
    return files


def json_line(value: object) -> str:
    """Write a value as JSON on one line, letters as they are."""
    return json.dumps(value, ensure_ascii=False)


def judgment_record(site: LinkedDossier, judgment: Judgment) -> Record:
    """One judgment as dossier.json has it; `supported` is the confidence that its claims bear out."""
    return {**judgment.model_dump(), "supported": supported(site, judgment.claims)}


def report_record(site: LinkedDossier, report: str, found: Iterable[Related] | None = None) -> Record:
    """Return a report as dossier.json has it. `report` is its id, `found` the related ones where they have been looked for."""
    linked = site.reports[report]
    r, texts = linked.report, linked.texts
    return {
        "id": r.id,
        "url": address_of("reports", r.id),
        "title": r.title,
        "short": r.short,
        "lang": r.lang,
        "outlet": r.outlet,
        "via": list(r.via),
        "author": r.author,
        "genre": r.genre,
        "topics": list(r.topics),
        "published": _span(linked.published),
        "seed": {"file": r.seed, "sha256": texts.seed.sha256},
        "original": _original(linked),
        "originals": [
            {"sha256": ref.sha256, "file": ref.file, "present": text is not None}
            for ref, text in zip(r.originals, texts.others, strict=False)
        ],
        "actors": [{"id": actor, "mentions": number} for actor, number in linked.counts.items()],
        "mentions": {"seed": _mentions(texts.mentions.seed), "original": _mentions(texts.mentions.original)},
        "noise": {"original": _noise(texts.original)},
        "cites": [c.model_dump() for c in r.cites],
        "cited_by": [c.report for c in site.cited_by.get(linked.id, ())],
        "related": [_related(x) for x in (related(site, r.id) if found is None else found)],
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
    """Return a claim as dossier.json has it; `when` is the EDTF string."""
    return {
        "id": claim.id,
        "text": claim.text,
        "said": [_speaker(claim, position) for position in range(len(claim.said))],
        "about": list(claim.about),
        "when": claim.when,
        "when_text": claim.when_text,
        "at": claim.at,
        "original_at": claim.original_at,
        "mode": claim.mode,
        "credibility": claim.credibility.model_dump() if claim.credibility else None,
        "event": claim.event,
        "repeats": [_relation(x) for x in claim.repeats],
        "agrees": [_relation(x) for x in claim.agrees],
        "differs": [_relation(x) for x in claim.differs],
        "origins": [{"key": o.key, "kind": o.kind} for o in site.ties[reference(report, claim.id)].origins],
        "depth": depth(claim),
    }


def _speaker(claim: Claim, position: int) -> Record:
    speaker = claim.said[position]
    described = {"as": speaker.described} if speaker.described else {}
    return {"who": speaker.who, **described, "anonymous": is_anonymous(claim, position)}


def _relation(relation: Repeat | Agreement | Difference) -> Record:
    aspect = {"in": relation.aspect} if isinstance(relation, Difference) else {}
    return {
        "report": relation.report,
        "claim": relation.claim,
        **aspect,
        "certainty": relation.certainty,
        "why": relation.why,
    }


def source_record(site: LinkedDossier, speaker: str) -> Record:
    """Return what falls without a speaker as dossier.json has it: claims by reference, judgments by numbers from 0."""
    aside = set_aside(site, speaker)
    losing = aside.judgments(site)
    return {
        "id": speaker,
        "url": source_address(speaker),
        "falls": list(aside.falls),
        "stands_on_others": list(aside.others),
        "judgments": {"all": list(losing["all"]), "some": list(losing["some"])},
    }


def actor_record(linked: LinkedActor) -> Record:
    """Return an actor as dossier.json has it; `claims` are those about them."""
    a = linked.actor
    return {
        "id": a.id,
        "url": address_of("actors", a.id),
        "name": a.name,
        "latin": a.latin,
        "kind": a.kind,
        "aliases": list(a.aliases),
        "reliability": a.reliability.model_dump() if a.reliability else None,
        "reports": list(linked.reports),
        "mentions": linked.mentions,
        "claims": list(linked.about),
    }


def event_record(linked: LinkedEvent) -> Record:
    """Return an event as dossier.json has it."""
    e = linked.event
    return {
        "id": e.id,
        "url": address_of("events", e.id),
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
    "first_speaker": (
        "string",
        "named: طرف غير وسيلة إعلام يتكلم باسمه؛ anonymous: مصدر لا تسميه الوسيلة؛ unsourced: بصوت الوسيلة، بلا مصدر",
    ),
    "about": ("string", "معرّفات من يتحدث عنهم القول"),
    "when": ("string", "زمن ما يقوله، بصيغة EDTF: a/b ما امتد من a إلى b، و[a..b] ما كان في يوم بينهما لا نعرفه"),
    "when_text": ("string", "كلمات المقال الأصلي عن الزمن"),
    "at": ("integer", "رقم الفقرة في الملخّص، من 1"),
    "original_at": ("integer", "رقم الفقرة في المقال الأصلي، من 1"),
    "mode": ("string", "كيف يقال"),
    "credibility": ("integer", "تقييم القول من 1 إلى 6، إن قيّمه أحد"),
    "event": ("string", "معرّف الحدث"),
    "origins": ("string", "المصادر الأولى المستقلة: actor:<id> أو report:<id>"),
    "origin_kinds": ("string", "أنواعها بالترتيب نفسه: named أو anonymous أو unsourced"),
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


def claim_rows(site: LinkedDossier, report: str) -> Iterator[Mapping[str, object]]:
    """Yield a row for each claim of a report, by the names in `CLAIM_FIELDS`; lists are joined by semicolons."""
    for c in site.reports[report].report.claims:
        ref = reference(report, c.id)
        origins = site.ties[ref].origins
        outlets = outlets_of(site.actors[speaker.who].actor for speaker in c.said[:1] if speaker.who)
        yield {
            "ref": ref, "report": report, "claim": c.id, "text": c.text,
            "said": "; ".join(s.who or s.described or "" for s in c.said),
            "first_speaker": kind_of(c, outlets),
            "about": "; ".join(c.about), "when": c.when, "when_text": c.when_text, "at": c.at, "original_at": c.original_at,
            "mode": c.mode, "credibility": c.credibility and c.credibility.number, "event": c.event,
            "origins": "; ".join(o.key for o in origins), "origin_kinds": "; ".join(o.kind for o in origins), "depth": depth(c),
        }  # fmt: skip


def citation_rows(site: LinkedDossier, report: str) -> Iterator[Mapping[str, object]]:
    """Yield a row for each report that this one cites, by the names in `RELATION_FIELDS`."""
    for cite in site.reports[report].report.cites:
        yield {"kind": "cites", "from": report, "to": cite.report, "certainty": cite.certainty, "why": cite.why}


def relation_rows(site: LinkedDossier, report: str) -> Iterator[Mapping[str, object]]:
    """Yield a row for each relation of a report's claims to others, by the names in `RELATION_FIELDS`."""
    for claim in site.reports[report].report.claims:
        source = reference(report, claim.id)
        for kind, relations in (("repeats", claim.repeats), ("agrees", claim.agrees), ("differs", claim.differs)):
            for x in relations:
                yield {"kind": kind, "from": source, "to": reference(x.report, x.claim), **_relation(x)}


def speaker_lines(site: LinkedDossier) -> bytes:
    """Write who can be set aside, a line each: id and name, parted by a tab."""
    names = ((who, WITHOUT.get(who) or site.actors[who].actor.name) for who in speakers(site))
    return "".join(f"{who}\t{' '.join(name.split())}\n" for who, name in names).encode()


def carrier_lines(site: LinkedDossier, report: str) -> bytes:
    """Write who carries each claim of a report by itself, and which claims it repeats: three fields parted by tabs, lists by spaces."""
    lines = []
    for claim in site.reports[report].report.claims:
        ref = reference(report, claim.id)
        repeats = [reference(x.report, x.claim) for x in claim.repeats if merges(x)]
        carriers = [s.who for s in claim.said if s.who] if repeats else site.ties[ref].carriers
        lines.append(f"{ref}\t{' '.join(dict.fromkeys(carriers))}\t{' '.join(repeats)}\n")
    return "".join(lines).encode()


def csv_head(fields: Fields) -> bytes:
    """Return the first line of a table, after a byte order mark without which spreadsheets misread Arabic (UTF-8)."""
    return b"\xef\xbb\xbf" + csv_lines(fields, [{name: name for name in fields}])


def csv_lines(fields: Fields, rows: Iterable[Mapping[str, object]]) -> bytes:
    """Write rows of a table (RFC 4180), in UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_cell(row.get(name)) for name in fields] for row in rows)
    return out.getvalue().encode()


# What spreadsheets take for a formula at a cell's beginning, the wide signs too. Where a semicolon parts cells, as in many
# countries, a cell begins behind each.
_FORMULA = re.compile(r"((?:^|[;\t\r\n])\s*)([=+\-@＝＋－＠])")


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    text = _FORMULA.sub(r"\1'\2", text)
    return f"'{text}" if text.startswith(("\t", "\r")) else text


def _data_package(site: LinkedDossier) -> bytes:
    """Describe the tables (Frictionless Data Package 1.0)."""
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
    """Write where former addresses lead, and the page for what is nowhere, as Netlify reads it: the first rule that fits.

    The rules are forced (`!`), since pages that lead on stand at former addresses for hosts without redirects.
    """
    lines = [f"{moved.former}* {moved.address} 301!" for moved in find_moved(site)]
    return ("\n".join([*lines, f"/* {NOT_FOUND} 404"]) + "\n").encode()


def _lasting(site: LinkedDossier, pages: Iterable[str]) -> list[str]:
    """Return the pages that do not only lead on to another."""
    former = {moved.former for moved in find_moved(site)}
    return [page for page in pages if page not in former]
