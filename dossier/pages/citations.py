"""Cite a report: as text, BibTeX, RIS and CSL-JSON.

What is cited is our report; the article that it is about is named in the note. Uncertain dates are never made precise.
"""

from __future__ import annotations

import json
import re

from msgspec import Struct

from dossier.content.addresses import address_of
from dossier.language.date_words import describe, describe_day
from dossier.language.dates import parse_edtf
from dossier.linking.linked import LinkedDossier, LinkedReport

# Braces by name: BibTeX counts them even behind a backslash, and one alone would end the field, or never.
_LATEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
}  # fmt: skip


class Citations(Struct, frozen=True, kw_only=True):
    """One report's citation in four forms."""

    text: str
    bibtex: str
    ris: str
    csl_json: str


def cite(site: LinkedDossier, report: str) -> Citations:
    """Return the citation of a report in all forms. `report` is its id."""
    linked = site.reports[report]
    return Citations(
        text=_text(site, linked),
        bibtex=_bibtex(site, linked),
        ris=_ris(site, linked),
        csl_json=json.dumps([_csl_item(site, linked)], ensure_ascii=False, indent=1),
    )


def bibtex(site: LinkedDossier, report: str) -> str:
    """Return the citation of a report as BibTeX."""
    return _bibtex(site, site.reports[report])


def ris(site: LinkedDossier, report: str) -> str:
    """Return the citation of a report as RIS."""
    return _ris(site, site.reports[report])


def csl_item(site: LinkedDossier, report: str) -> dict[str, object]:
    """Return the citation of a report as an item of CSL-JSON."""
    return _csl_item(site, site.reports[report])


def address(site: LinkedDossier, linked: LinkedReport) -> str:
    """Return where a report is published; its path alone where the site has no address."""
    return _published(site, address_of("reports", linked.id))


def _published(site: LinkedDossier, address: str) -> str:
    return (site.url or "").rstrip("/") + address


def _publisher(site: LinkedDossier) -> str:
    return site.settings.publisher or site.settings.title


def article_in_words(site: LinkedDossier, linked: LinkedReport) -> str:
    """Say which article our report is about: its author, outlet and date as far as they are known."""
    r = linked.report
    author = f" بقلم {r.author}" if r.author else ""
    when = describe_day(linked.published) if linked.published else "بلا تاريخ معروف"
    return f"عن مقال{author} في: {_outlet(site, linked) or 'وسيلة غير معروفة'}، {when}"


def _outlet(site: LinkedDossier, linked: LinkedReport) -> str | None:
    outlet = linked.report.outlet
    return site.actors[outlet].actor.name if outlet else None


def _text(site: LinkedDossier, linked: LinkedReport) -> str:
    day = linked.report.revised or linked.report.added
    when = describe(parse_edtf(day)) if day else ""
    title = linked.report.title.replace("«", "“").replace("»", "”")  # marks within marks
    parts = [_publisher(site), f"«{title}»", site.settings.title, when, address(site, linked)]
    return "، ".join(part for part in parts if part) + f" ({article_in_words(site, linked)})."


def _bibtex(site: LinkedDossier, linked: LinkedReport) -> str:
    day = linked.report.revised or linked.report.added
    fields = {
        "title": linked.report.title,
        "organization": _publisher(site),
        "year": day[:4] if day else "",
        "date": day or "",
        "url": address(site, linked) if site.url else "",
        "note": article_in_words(site, linked),
        "langid": "arabic",
    }
    written = {name: _escape_url(value) if name == "url" else _escape(value) for name, value in fields.items() if value}
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in written.items())
    return f"@online{{{linked.id},\n{lines}\n}}"


def _escape(value: str) -> str:
    """Put a value on one line and write out what LaTeX takes for commands."""
    return re.sub(r"[\\{}%&#$_~^]", lambda found: _LATEX.get(found[0], f"\\{found[0]}"), " ".join(value.split()))


def _escape_url(url: str) -> str:
    """Write out what would end a field in an address, which BibTeX takes word for word else."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _ris(site: LinkedDossier, linked: LinkedReport) -> str:
    day = linked.report.revised or linked.report.added
    fields = [
        ("TY", "ELEC"), ("TI", linked.report.title), ("AU", _publisher(site)), ("T2", site.settings.title),
        ("PY", day[:4] if day else ""), ("DA", day.replace("-", "/") if day else ""), ("UR", address(site, linked)),
        ("LA", "ar"), ("N1", article_in_words(site, linked)),
    ]  # fmt: skip
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value) + "\nER  - "


def _csl_item(site: LinkedDossier, linked: LinkedReport) -> dict[str, object]:
    day = linked.report.revised or linked.report.added
    item: dict[str, object] = {
        "id": linked.id,
        "type": "webpage",
        "title": linked.report.title,
        "container-title": site.settings.title,
        "author": [{"literal": _publisher(site)}],
        "URL": address(site, linked),
        "language": "ar",
        "note": article_in_words(site, linked),
    }
    if day:
        item["issued"] = {"date-parts": [[int(part) for part in day.split("-")]]}
    return item | _original(site, linked)


def _original(site: LinkedDossier, linked: LinkedReport) -> dict[str, object]:
    """Return CSL's variables of the article that our report is about; its date is in words, since numbers would feign precision."""
    r = linked.report
    known: dict[str, object] = {
        "original-title": r.original.headline if r.original else None,
        "original-author": [{"literal": r.author}] if r.author else None,
        "original-publisher": _outlet(site, linked),
        "original-date": {"literal": describe_day(linked.published)} if linked.published else None,
    }
    return {name: value for name, value in known.items() if value}
