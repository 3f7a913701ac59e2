"""How to cite a report: as text, BibTeX, RIS and CSL-JSON, and as JSON-LD for those who read pages by machine.

What is cited is our report; the article that it is about is named in the note. Uncertain dates are never made precise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from dossier.content.model import Claim
from dossier.language.dates import describe, parse_edtf
from dossier.linking.linked import LinkedDossier, LinkedReport

# Braces by name: BibTeX counts them even behind a backslash, and one alone would end the field, or never.
_LATEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Citations:
    """One report's citation in four forms."""

    text: str
    bibtex: str
    ris: str
    csl_json: str


def cite(site: LinkedDossier, report: str) -> Citations:
    """The citation of a report."""
    linked = site.reports[report]
    return Citations(
        text=_text(site, linked), bibtex=_bibtex(site, linked), ris=_ris(site, linked), csl_json=_csl_json(site, linked)
    )


def address(site: LinkedDossier, linked: LinkedReport) -> str:
    """Where the report is published; its path alone where no address is known."""
    return f"{(site.url or '').rstrip('/')}/reports/{linked.id}/"


def _publisher(site: LinkedDossier) -> str:
    return site.settings.publisher or site.settings.title


def _article(site: LinkedDossier, linked: LinkedReport) -> str:
    r = linked.report
    author = f" بقلم {r.author}" if r.author else ""
    when = describe(linked.published) if linked.published else "بلا تاريخ معروف"
    return f"عن مقال{author} في: {_outlet(site, linked) or 'وسيلة غير مسمّاة'}، {when}"


def _outlet(site: LinkedDossier, linked: LinkedReport) -> str | None:
    outlet = linked.report.outlet
    return site.actors[outlet].actor.name if outlet else None


def _text(site: LinkedDossier, linked: LinkedReport) -> str:
    day = linked.report.revised or linked.report.added
    when = describe(parse_edtf(day)) if day else ""
    title = linked.report.title.replace("«", "“").replace("»", "”")  # marks within marks
    parts = [_publisher(site), f"«{title}»", site.settings.title, when, address(site, linked)]
    return "، ".join(part for part in parts if part) + f" ({_article(site, linked)})."


def _bibtex(site: LinkedDossier, linked: LinkedReport) -> str:
    day = linked.report.revised or linked.report.added
    fields = {
        "title": linked.report.title,
        "organization": _publisher(site),
        "year": day[:4] if day else "",
        "date": day or "",
        "url": address(site, linked),
        "note": _article(site, linked),
        "langid": "arabic",
    }
    written = {name: _escape_url(value) if name == "url" else _escape(value) for name, value in fields.items() if value}
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in written.items())
    return f"@online{{{linked.id},\n{lines}\n}}"


def _escape(value: str) -> str:
    """A value on one line with what LaTeX takes for commands written out."""
    return re.sub(r"[\\{}%&#$_~^]", lambda found: _LATEX.get(found[0], f"\\{found[0]}"), " ".join(value.split()))


def _escape_url(url: str) -> str:
    """An address, which BibTeX takes word for word but for what would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _ris(site: LinkedDossier, linked: LinkedReport) -> str:
    day = linked.report.revised or linked.report.added
    fields = [
        ("TY", "ELEC"), ("TI", linked.report.title), ("AU", _publisher(site)), ("T2", site.settings.title),
        ("PY", day[:4] if day else ""), ("DA", day.replace("-", "/") if day else ""), ("UR", address(site, linked)),
        ("LA", "ar"), ("N1", _article(site, linked)),
    ]  # fmt: skip
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value) + "\nER  - "


def _csl_json(site: LinkedDossier, linked: LinkedReport) -> str:
    day = linked.report.revised or linked.report.added
    item: dict[str, object] = {
        "id": linked.id,
        "type": "webpage",
        "title": linked.report.title,
        "container-title": site.settings.title,
        "author": [{"literal": _publisher(site)}],
        "URL": address(site, linked),
        "language": "ar",
        "note": _article(site, linked),
    }
    if day:
        item["issued"] = {"date-parts": [[int(part) for part in day.split("-")]]}
    return json.dumps([item | _original(site, linked)], ensure_ascii=False, indent=1)


def _original(site: LinkedDossier, linked: LinkedReport) -> dict[str, object]:
    """CSL's variables of the article that our report is about; its date is in words, since numbers would feign precision."""
    r = linked.report
    known: dict[str, object] = {
        "original-title": r.original.headline if r.original else None,
        "original-author": [{"literal": r.author}] if r.author else None,
        "original-publisher": _outlet(site, linked),
        "original-date": {"literal": describe(linked.published)} if linked.published else None,
    }
    return {name: value for name, value in known.items() if value}


def json_ld(site: LinkedDossier, report: str) -> str:
    """schema.org's NewsArticle with its claims and those named, safe within a script element."""
    linked = site.reports[report]
    r = linked.report
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": r.title,
        "inLanguage": "ar",
        "url": address(site, linked) if site.url else None,
        "isPartOf": {"@type": "CreativeWork", "name": site.settings.title},
        "publisher": {"@type": "Organization", "name": _publisher(site)},
        "about": [_thing(site, actor) for actor in list(linked.counts)[:20]],
        "citation": [_cited_thing(site, c.report) for c in r.cites],
        "hasPart": [_claim_thing(site, c) for c in r.claims],
        "isBasedOn": _article_thing(site, linked),
        "datePublished": r.added,
        "dateModified": r.revised,
    }
    return _in_script({name: value for name, value in data.items() if value})


def _cited_thing(site: LinkedDossier, report: str) -> dict[str, str]:
    """A report that this one's article relies on."""
    linked = site.reports[report]
    known = {"@type": "NewsArticle", "headline": linked.report.title}
    return known | ({"url": address(site, linked)} if site.url else {})


def _claim_thing(site: LinkedDossier, claim: Claim) -> dict[str, object]:
    """A claim with its claimant where the first speaker is named: whoever only passes it on did not make it."""
    first = claim.said[0]
    author = {"author": _thing(site, first.who)} if first.who and not first.anonymous else {}
    return {"@type": "Claim", "@id": f"#{claim.id}", "text": claim.text, **author}


def _article_thing(site: LinkedDossier, linked: LinkedReport) -> dict[str, object]:
    """The article that our report is about; dated only where its date is one day, month or year and sure."""
    r, when, outlet = linked.report, linked.published, _outlet(site, linked)
    sure = when and re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", when.edtf)
    known: dict[str, object] = {
        "@type": "Article",
        "headline": r.original.headline if r.original else None,
        "url": r.original.url if r.original else None,
        "author": {"@type": "Person", "name": r.author} if r.author else None,
        "publisher": {"@type": "Organization", "name": outlet} if outlet else None,
        "datePublished": when.edtf if when and sure else None,
    }
    return {name: value for name, value in known.items() if value}


def actor_json_ld(site: LinkedDossier, actor: str) -> str:
    """schema.org's Person, Country or Organization, safe within a script element."""
    a = site.actors[actor].actor
    names = [name for name in (a.latin, *a.aliases) if name]
    data: dict[str, object] = {"@context": "https://schema.org", **_thing(site, actor), "alternateName": names}
    if site.url:
        data["url"] = f"{site.url.rstrip('/')}/actors/{a.id}/"
    if a.wikidata:
        data["sameAs"] = f"https://www.wikidata.org/wiki/{a.wikidata}"
    return _in_script(data)


def _in_script(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("&", "\\u0026")


def _thing(site: LinkedDossier, actor: str) -> dict[str, str]:
    a = site.actors[actor].actor
    kind = {"person": "Person", "state": "Country"}.get(a.kind, "Organization")
    return {"@type": kind, "name": a.name, **({"alternateName": a.latin} if a.latin else {})}
