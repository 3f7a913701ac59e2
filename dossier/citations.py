"""How to cite a report: as text, BibTeX, RIS and CSL-JSON, and as JSON-LD for those who read pages by machine.

What is cited is our report; the article that it is about is named in the note. Uncertain dates are never made precise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from dossier.dates import describe, parse_edtf
from dossier.site import LinkedReport, Site


@dataclass(frozen=True, kw_only=True, slots=True)
class Citations:
    """One report's citation in four forms."""

    text: str
    bibtex: str
    ris: str
    csl_json: str


def cite(site: Site, report: str) -> Citations:
    """The citation of a report."""
    linked = site.reports[report]
    return Citations(
        text=_text(site, linked), bibtex=_bibtex(site, linked), ris=_ris(site, linked), csl_json=_csl_json(site, linked)
    )


def address(site: Site, linked: LinkedReport) -> str:
    """Where the report is published; its path alone where no address is known."""
    return f"{(site.url or '').rstrip('/')}/reports/{linked.id}/"


def _publisher(site: Site) -> str:
    return site.settings.publisher or site.settings.title


def _article(site: Site, linked: LinkedReport) -> str:
    r = linked.report
    outlet = site.actors[r.outlet].actor.name if r.outlet else "وسيلة غير مسمّاة"
    when = f"، {describe(linked.published)}" if linked.published else "، بلا تاريخ معروف"
    return f"عن مقال في: {outlet}{when}"


def _text(site: Site, linked: LinkedReport) -> str:
    day = linked.report.revised or linked.report.added
    when = describe(parse_edtf(day)) if day else ""
    parts = [_publisher(site), f"«{linked.report.title}»", site.settings.title, when, address(site, linked)]
    return "، ".join(part for part in parts if part) + f" ({_article(site, linked)})."


def _bibtex(site: Site, linked: LinkedReport) -> str:
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
    lines = ",\n".join(f"  {name} = {{{_braced(value)}}}" for name, value in fields.items() if value)
    return f"@online{{{linked.id},\n{lines}\n}}"


def _braced(value: str) -> str:
    return re.sub(r"([{}%&#$_\\])", r"\\\1", value)


def _ris(site: Site, linked: LinkedReport) -> str:
    day = linked.report.revised or linked.report.added
    fields = [
        ("TY", "ELEC"), ("TI", linked.report.title), ("AU", _publisher(site)), ("T2", site.settings.title),
        ("PY", day[:4] if day else ""), ("DA", day.replace("-", "/") if day else ""), ("UR", address(site, linked)),
        ("LA", "ar"), ("N1", _article(site, linked)),
    ]  # fmt: skip
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value) + "\nER  - "


def _csl_json(site: Site, linked: LinkedReport) -> str:
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
    return json.dumps([item], ensure_ascii=False, indent=1)


def json_ld(site: Site, report: str) -> str:
    """schema.org's NewsArticle with its claims and those named, safe within a script element."""
    linked = site.reports[report]
    r = linked.report
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": r.title,
        "inLanguage": "ar",
        "url": address(site, linked),
        "isPartOf": {"@type": "CreativeWork", "name": site.settings.title},
        "publisher": {"@type": "Organization", "name": _publisher(site)},
        "about": [_thing(site, actor) for actor in list(linked.counts)[:20]],
        "hasPart": [{"@type": "Claim", "@id": f"#{c.id}", "text": c.text} for c in r.claims],
    }
    dates = {"datePublished": r.added, "dateModified": r.revised}
    data |= {name: day for name, day in dates.items() if day}
    return _in_script(data)


def actor_json_ld(site: Site, actor: str) -> str:
    """schema.org's Person, Country or Organization, safe within a script element."""
    a = site.actors[actor].actor
    names = [name for name in (a.latin, *a.aliases) if name]
    data: dict[str, object] = {"@context": "https://schema.org", **_thing(site, actor), "alternateName": names}
    data["url"] = f"{(site.url or '').rstrip('/')}/actors/{a.id}/"
    if a.wikidata:
        data["sameAs"] = f"https://www.wikidata.org/wiki/{a.wikidata}"
    return _in_script(data)


def _in_script(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("&", "\\u0026")


def _thing(site: Site, actor: str) -> dict[str, str]:
    a = site.actors[actor].actor
    kind = {"person": "Person", "state": "Country"}.get(a.kind, "Organization")
    return {"@type": kind, "name": a.name, **({"alternateName": a.latin} if a.latin else {})}
