"""Read what two built sites are compared by: claims, links, judgments, entries and pages, under the ids of the newer one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from dossier.commands.copies import Copy, NotACopy
from dossier.commands.verify import BAG, DAMAGE, SITE_IN_BAG, SITE_MANIFEST, opened_copy, read_member
from dossier.engine.manifest import read_manifest

Record = Mapping[str, Any]
Former = Mapping[tuple[str, str], str]  # today's id by kind and former id
_redirect = re.compile(r"^/(reports|actors|events)/([a-z0-9_-]+)/\* /\1/([a-z0-9_-]+)/ 301!?$", re.MULTILINE)
# Of what kind are the ids that stand in a field of dossier.json, or in `id` of what stands there.
_NAMED = {
    "who": "actors", "about": "actors", "outlet": "actors", "via": "actors", "actor": "actors", "row": "actors", "event": "events",
    "report": "reports", "actors": "actors", "events": "events", "reports": "reports", "claims": "claims",
}  # fmt: skip
_OF_ENTRIES = {"sources": "actors", "cards": "reports"}  # folders of further pages of entries
CLAIM_FIELDS = ("mode", "said", "about", "when", "when_text", "event", "credibility", "at")
RELATIONS = ("repeats", "agrees", "differs")
ENTRY_FIELDS = {
    "reports": ("title", "short", "outlet", "via", "author", "genre", "published"),
    "actors": ("name", "latin", "kind", "aliases", "reliability"),
    "events": ("title", "when", "actors"),
}


class Edition(Struct, frozen=True, kw_only=True):
    """A built site: `claims` and `links` by reference, `cells` by table, row and column, `entries` by kind and id, `pages` are digests by address."""

    claims: Mapping[str, Record]
    links: Mapping[tuple[str, ...], Record]
    judgments: tuple[Record, ...]
    unknowns: tuple[str, ...]
    tables: Mapping[str, Record]
    cells: Mapping[str, Record]
    entries: Mapping[str, Mapping[str, Record]]
    pages: Mapping[str, str]


def read_editions(old: Path, new: Path) -> tuple[Edition, Edition]:
    """Read two sites: folders, archives, or what these were unpacked to. Raise NotACopy."""
    older, newer = _read(old), _read(new)
    return _edition(old, older, newer.former), _edition(new, newer, {})


class _Site(Struct, frozen=True, kw_only=True):
    """What was read of a site: `dossier.json`, digests by file, and which former ids lead where."""

    record: Record
    digests: Mapping[str, str]
    former: Former


def _read(path: Path) -> _Site:
    with opened_copy(path) as copy:
        base = SITE_IN_BAG if BAG in copy.files else ""
        try:
            record = json.loads(read_member(copy, f"{base}dossier.json"))
            digests = read_manifest(_text(copy, base, SITE_MANIFEST).encode())
            moved = _redirect.findall(_text(copy, base, "_redirects"))
            return _Site(record=record, digests=digests, former={(kind, was): today for kind, was, today in moved})
        except (ValueError, RecursionError, *DAMAGE) as error:
            said = "it has no dossier.json" if isinstance(error, KeyError) else str(error)
            raise NotACopy(f"{path} is no built site that can be read: {said}") from None


def _text(copy: Copy, base: str, name: str) -> str:
    return read_member(copy, base + name).decode("utf-8") if base + name in copy.files else ""


def _edition(path: Path, site: _Site, former: Former) -> Edition:
    try:
        return _arrange(_today(site.record, former), dict(_pages(site, former)))
    except (KeyError, TypeError, AttributeError, IndexError, ValueError, RecursionError):
        raise NotACopy(f"dossier.json of {path} has another form than this version writes") from None


def _arrange(record: Record, pages: Mapping[str, str]) -> Edition:
    claims = {f"{report['id']}#{claim['id']}": claim for report in record["reports"] for claim in report["claims"]}
    return Edition(
        claims=claims,
        links=dict(_links(record, claims)),
        judgments=tuple(record.get("judgments", ())),
        unknowns=tuple(unknown["text"] for unknown in record.get("unknowns", ())),
        tables={table["id"]: table for table in record.get("tables", ())},
        cells=dict(_cells(record)),
        entries={
            kind: {entry["id"]: {name: entry.get(name) for name in fields} for entry in record[kind]}
            for kind, fields in ENTRY_FIELDS.items()
        },
        pages=pages,
    )


def _cells(record: Record) -> Iterator[tuple[str, Record]]:
    for table in record.get("tables", ()):
        for cell in table["cells"]:
            yield f"{table['id']}, {cell['row']}, {cell['column']}", cell


def _links(record: Record, claims: Mapping[str, Record]) -> Iterator[tuple[tuple[str, ...], Record]]:
    for report in record["reports"]:
        for cite in report["cites"]:
            yield ("cites", report["id"], cite["report"]), cite
    for ref, claim in claims.items():
        for relation in RELATIONS:
            for link in claim[relation]:
                aspect = (link["in"],) if "in" in link else ()
                yield (relation, ref, f"{link['report']}#{link['claim']}", *aspect), link


def _pages(site: _Site, former: Former) -> Iterator[tuple[str, str]]:
    """Yield the address of each page that does not only lead on, under its entry's id of today, and its digest."""
    for file, digest in site.digests.items():
        address = f"/{file.removesuffix('index.html')}"
        folder, _, rest = address[1:].partition("/")
        identity, mark, after = rest.partition("/")
        if file.endswith(".html") and (folder, identity) not in site.former:
            today = former.get((_OF_ENTRIES.get(folder, folder), identity))
            yield f"/{folder}/{today}{mark}{after}" if today else address, digest


def _today(value: Any, former: Former, kind: str = "") -> Any:
    """Return a record with today's ids. `kind` says of what its plain texts are ids."""
    if isinstance(value, dict):
        kinds = ((name, kind if name == "id" else _NAMED.get(name, "")) for name in value)
        return {name: _today(value[name], former, of) for name, of in kinds}
    if isinstance(value, list):
        return [_today(inner, former, kind) for inner in value]
    if kind == "claims" and isinstance(value, str):
        report, mark, claim = value.partition("#")
        return f"{former.get(('reports', report), report)}{mark}{claim}"
    return former.get((kind, value), value) if kind and isinstance(value, str) else value
