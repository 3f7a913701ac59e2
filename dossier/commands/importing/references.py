"""Read references (CSL-JSON, RIS, BibTeX): each becomes the beginning of a report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from dossier.commands.importing.entries import MOST, Import, NewEntry, choose_id, cleaned
from dossier.content.model import Actor
from dossier.errors import Problem

LONGEST = 20_000  # characters of a field that goes on in further lines
Reference = Mapping[str, str]  # id, title, author, date, outlet, url, lang, abstract
_OWN = re.compile(r"/reports/([a-z0-9][a-z0-9_-]*)/$")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*))?$")
# By tags of RIS; of several the first that is there.
_RIS: Mapping[str, tuple[str, ...]] = {
    "title": ("TI", "T1", "CT"), "outlet": ("T2", "JO", "JF", "PB"), "url": ("UR",), "lang": ("LA",), "abstract": ("AB", "N2"), "id": ("ID",),
}  # fmt: skip
_BIB: Mapping[str, tuple[str, ...]] = {
    "title": ("title",), "outlet": ("journaltitle", "journal", "organization", "publisher"), "url": ("url",), "lang": ("langid",),
    "abstract": ("abstract",), "author": ("author",), "date": ("date", "year"),
}  # fmt: skip
_BIB_ENTRY = re.compile(r"@(\w{1,40})\s{0,9}\{\s{0,9}([^,\s{}@]{1,200})\s{0,9},")
_BIB_FIELD = re.compile(r"\s*(\w{1,40})\s*=\s*")
_LINE_END = re.compile(r"\r\n|\n|\r")
_BIB_NAMES = {
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbraceleft": "{",
    "textbraceright": "}",
}
_LANGIDS = {
    "arabic": "ar",
    "english": "en",
    "french": "fr",
    "german": "de",
    "italian": "it",
    "spanish": "es",
    "turkish": "tr",
    "russian": "ru",
}


def read_csl(file: str, text: str, actors: Iterable[Actor]) -> Import:
    """Return the reports that CSL-JSON tells of."""
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Import(
            problems=(Problem(message=f"this is no JSON: {error}", file=file, hint="export it again as CSL JSON"),)
        )
    wrong = [n for n, item in enumerate(items if isinstance(items, list) else [items], 1) if not isinstance(item, dict)]
    if not isinstance(items, list) or wrong:
        return Import(
            problems=(
                Problem(
                    message=f"item {wrong[0] if wrong else 1} is no reference",
                    file=file,
                    hint="CSL-JSON is a list of items",
                ),
            )
        )
    return _as_reports(file, [(f"{file}, item {n}", _of_csl(item)) for n, item in enumerate(items, 1)], actors)


def read_ris(file: str, text: str, actors: Iterable[Actor]) -> Import:
    """Return the reports that RIS tells of."""
    found: list[tuple[str, Reference]] = []
    tags: dict[str, list[str]] = {}
    begun = 0
    for number, line in enumerate(_LINE_END.split(text), 1):
        match = _TAG.match(line.strip("\ufeff"))
        tag, value = (match[1], (match[2] or "").strip()) if match else ("", line.strip())
        if tag == "TY":
            tags, begun = {}, number
        elif tag == "ER" and begun:
            found.append((f"{file}:{begun}", _of_ris(tags)))
            begun = 0
        elif tag and begun:
            tags.setdefault(tag, []).append(value)
        elif value and begun and tags:
            last = next(reversed(tags.values()))
            last[-1] += f" {value}" if len(last[-1]) < LONGEST else ""
    lost = (
        (
            Problem(
                message="this reference has no end",
                file=file,
                line=begun,
                column=1,
                hint='a reference ends with "ER  - "',
            ),
        )
        if begun
        else ()
    )
    made = _as_reports(file, found, actors)
    return Import(entries=made.entries, problems=(*made.problems, *lost), left=made.left)


def read_bibtex(file: str, text: str, actors: Iterable[Actor]) -> Import:
    """Return the reports that BibTeX tells of."""
    found: list[tuple[str, Reference]] = []
    at, line = 0, 1
    while (match := _BIB_ENTRY.search(text, at)) and len(found) <= MOST:
        fields, end = _bib_fields(text, match.end())
        line += text.count("\n", at, match.start())
        if match[1].lower() not in ("comment", "string", "preamble"):
            said = {name: next((fields[key] for key in keys if fields.get(key)), "") for name, keys in _BIB.items()}
            lang = said["lang"].lower()
            found.append((f"{file}:{line}", {**said, "lang": _LANGIDS.get(lang, lang), "id": match[2]}))
        line += text.count("\n", match.start(), end)
        at = end
    return _as_reports(file, found, actors)


def _of_csl(item: Mapping[str, Any]) -> Reference:
    def word(name: str) -> str:
        value = item.get(name)
        return " ".join(str(value).split()) if isinstance(value, str | int) else ""

    identity = word("id").rstrip("/").rpartition("/")[2]
    own = _OWN.search(word("URL"))
    return {
        "id": word("citation-key") or identity, "title": word("title"), "url": word("URL"), "lang": word("language"),
        "outlet": word("original-publisher") if own else word("container-title") or word("publisher"),
        "author": _people(item.get("original-author" if own else "author")), "date": _csl_date(item.get("issued")), "abstract": word("abstract"),
    }  # fmt: skip


def _people(people: object) -> str:
    """Write CSL's names in a row."""
    named = [person for person in people if isinstance(person, dict)] if isinstance(people, list) else []
    whole = (
        person.get("literal") or " ".join(str(person.get(part) or "") for part in ("given", "family"))
        for person in named
    )
    return "، ".join(" ".join(str(name).split()) for name in whole if str(name).strip())


def _csl_date(date: object) -> str:
    parts = date.get("date-parts") if isinstance(date, dict) else None
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    numbers = [str(part) for part in first[:3]]
    return "-".join(number.zfill(4 if not at else 2) for at, number in enumerate(numbers) if number.isdigit())


def _of_ris(tags: Mapping[str, list[str]]) -> Reference:
    said = {name: next((tags[tag][0] for tag in wanted if tags.get(tag)), "") for name, wanted in _RIS.items()}
    date = next((tags[tag][0] for tag in ("DA", "PY", "Y1") if tags.get(tag)), "")
    return {**said, "author": "، ".join(tags.get("AU", tags.get("A1", []))), "date": date.strip("/").replace("/", "-")}


def _bib_fields(text: str, at: int) -> tuple[dict[str, str], int]:
    """Return the fields of an entry from behind its key (in braces, in quotation marks, or bare), and where it ends."""
    fields: dict[str, str] = {}
    while match := _BIB_FIELD.match(text, at):
        begin = at = match.end()
        closing, depth = ('"', 0) if text[at : at + 1] == '"' else ("", 0)
        at += bool(closing)
        while at < len(text):
            char = text[at]
            if char == "\\":
                at += 1
            elif char == "{":
                depth += 1
            elif char == "}":
                if not depth:
                    break
                depth -= 1
            elif not depth and char == (closing or ","):
                break
            at += 1
        fields[match[1].lower()] = _unlatex(text[begin:at].strip().strip('"'))
        if text[at : at + 1] == "}":
            break
        at += 1
        if closing:
            at += len(text[at : at + 9]) - len(text[at : at + 9].lstrip(" \t\r\n,"))
    return fields, at


def _unlatex(value: str) -> str:
    value = value[1:-1] if value.startswith("{") and value.endswith("}") else value
    value = re.sub(r"\\(text[a-z]+)\{\}", lambda found: _BIB_NAMES.get(found[1], found[0]), value)
    return " ".join(re.sub(r"\\([%&#$_])|[{}](?!$)", lambda found: found[1] or "", value).split())


def _as_reports(file: str, found: list[tuple[str, Reference]], actors: Iterable[Actor]) -> Import:
    if not found:
        return Import(
            problems=(
                Problem(message="no reference was found", file=file, hint="export it again as CSL JSON, RIS or BibTeX"),
            )
        )
    if len(found) > MOST:
        return Import(
            problems=(Problem(message=f"there are more than {MOST:,} references", file=file, hint="part the file"),)
        )
    outlets = {name: a.id for a in actors if a.kind == "outlet" for name in (a.name, a.latin, *a.aliases) if name}
    taken: set[str] = set()
    untitled = [
        Problem(message="a reference has no title", file=where, hint="give it one, and export it again")
        for where, r in found
        if not r["title"]
    ]
    entries = tuple(_report(where, reference, taken, outlets) for where, reference in found if reference["title"])
    return Import(entries=entries, problems=tuple(untitled))


def _report(where: str, reference: Reference, taken: set[str], outlets: Mapping[str, str]) -> NewEntry:
    own = _OWN.search(reference["url"])
    wanted = [own[1]] if own else [reference["id"], "-".join(reference["title"].split()[:6])]
    identity = choose_id("reports", wanted, taken, reference["title"] + reference["url"])
    date, day = reference["date"], re.fullmatch(r"\d{4}-\d{2}-\d{2}", reference["date"])
    plain = date if re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", date) else None
    outlet = outlets.get(reference["outlet"])
    values: dict[str, object] = {
        "title": reference["title"], "seed": f"{identity}.txt", "outlet": outlet,
        "lang": reference["lang"] if _LANGUAGE.fullmatch(reference["lang"]) else None,
        "author": None if own and not reference.get("outlet") else reference["author"],
    }  # fmt: skip
    if own:  # the citation of one of our own reports: its date is ours, and so is who published it
        values |= {"author": reference["author"] if outlet else None, "added": date if day else None}
    else:
        values |= {"published": plain, "published_basis": "من بيانات المرجع" if plain else None}
    notes = {
        "original": (f"العنوان على الشبكة: {reference['url']}",) if reference["url"] else (),
        "outlet": (f"في المرجع: {reference['outlet']}",) if reference["outlet"] and not outlet else (),
        "published": (f"في المرجع: {date}",) if date and not plain else (),
    }
    seed = reference["abstract"] or reference["title"]
    return NewEntry(kind="reports", id=identity, values=cleaned(values), where=where, notes=notes, seed=seed)
