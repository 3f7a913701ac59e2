"""Read and begin tables: claims or actors in spreadsheets (XLSX) and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dossier.articles.extraction import TooCostly, read_apart
from dossier.commands.importing.entries import MOST, Import, NewEntry, Row, choose_id, cleaned
from dossier.content.model import Actor, Claim
from dossier.content.model_faults import choices, explain
from dossier.errors import Problem, WrongUse, nearest
from dossier.language.characters import drop_unwanted

CLAIMS = "claims"
COLUMNS = (
    "report",
    "claim",
    "text",
    "said",
    "about",
    "when",
    "when_text",
    "at",
    "original_at",
    "mode",
    "credibility",
    "event",
)
NEEDED = {"claims": ("report", "text", "said", "at", "mode"), "actors": ("name", "kind")}
ACTOR_COLUMNS = ("id", "name", "latin", "kind", "aliases", "spellings", "part_of", "wikidata", "role")
LIST_OF = {  # by column, the list of which its cells have one
    "report": "reports",
    "said": "actors",
    "about": "actors",
    "event": "events",
    "mode": "mode",
    "credibility": "credibility",
}
SEVERAL = ("said", "about")  # but of these there may be several, with semicolons between
_LISTS = frozenset({"aliases", "spellings", "part_of"})
# What our own tables put before a cell that a spreadsheet would take for a formula.
_GUARD = re.compile(r"((?:^|[;\t\r\n])\s*)'(?=[=+\-@＝＋－＠\t\r])")


def read_table(file: str, data: bytes) -> Import:
    """Return the claims or actors of a table; of a spreadsheet those of its first sheet that has the columns. Raise WrongUse where it cannot be read."""
    sheets = _sheets(file, data) if data.startswith(b"PK") else [(None, _csv(file, data))]
    for name, rows in sheets:
        head = [cell.strip().lower() for cell in rows[0]] if rows else []
        for kind, needed in NEEDED.items():
            if set(needed) <= set(head):
                table = tuple(_rows(name, head, rows[1:]))
                return Import(claims=table) if kind == "claims" else _actors(file, table)
    head = [cell.strip().lower() for cell in sheets[0][1][0]] if sheets and sheets[0][1] else []
    missing = [name for name in NEEDED["claims"] if name not in head]
    raise WrongUse(
        f"{file}: no sheet has the columns of claims or of actors in its first row (of claims it lacks {', '.join(missing)}):"
        " `dossier import --template claims.xlsx` writes an empty table"
    )


def _sheets(file: str, data: bytes) -> list[tuple[str | None, list[list[str]]]]:
    try:
        article = read_apart("sheets:read", data)
    except TooCostly as error:
        raise WrongUse(f"{file}: {error}" + (f" ({error.hint})" if error.hint else "")) from None
    return [("".join(filter(str.isprintable, part.name)), json.loads(part.data)) for part in article.parts]


def _csv(file: str, data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUse(f"{file}: it is not UTF-8: save it as CSV UTF-8, or as .xlsx") from None
    first = text.partition("\n")[0]
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True):
            rows.append(row)
            if len(rows) > MOST + 1:
                raise WrongUse(f"{file}: there are more than {MOST:,} rows: part the file")
    except csv.Error as error:
        raise WrongUse(f"{file}: row {len(rows) + 1} is broken: {error}") from None
    return rows


def _rows(sheet: str | None, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Row]:
    columns = {name: letter_of(place) for place, name in enumerate(head) if name}
    for number, row in enumerate(rows, 2):
        cells = {
            name: _GUARD.sub(r"\1", drop_unwanted(cell)).strip() for name, cell in zip(head, row, strict=False) if name
        }
        if any(cells.values()):
            yield Row(number=number, cells=cells, columns=columns, sheet=sheet)


def letter_of(place: int) -> str:
    """Return the letters of a column. `place` counts from 0: `A` to `Z`, then `AA`."""
    return (letter_of(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def parted(cell: str) -> list[str]:
    """Return what stands in a cell with semicolons between."""
    return [part for part in (part.strip() for part in cell.split(";")) if part]


def _actors(file: str, rows: Sequence[Row]) -> Import:
    entries, problems = [], []
    taken: set[str] = set()
    for row in rows:
        cells = {name: row.cells.get(name, "") for name in ACTOR_COLUMNS}
        identity = choose_id("actors", [cells.pop("id"), cells["latin"]], taken, cells["name"])
        values = cleaned({name: parted(cell) if name in _LISTS else cell for name, cell in cells.items()})
        try:
            Actor.model_validate({**values, "id": identity})
        except ValueError as error:
            for fault in explain(error, Actor):  # type: ignore[arg-type]
                problems.append(
                    Problem(message=fault.message, file=f"{file}, {row.place(str(fault.path[0]))}", hint=fault.hint)
                )
            continue
        entries.append(NewEntry(kind="actors", id=identity, values=values, where=f"{file}, row {row.number}"))
    return Import(entries=tuple(entries), problems=tuple(problems))


def empty_table(name: str, known: Mapping[str, Sequence[str]]) -> bytes:
    """Return an empty table of claims, by the ending of its file's name. `known` are ids of reports, actors and events."""
    if name.lower().endswith(".csv"):
        return b"\xef\xbb\xbf" + (",".join(COLUMNS) + "\r\n").encode()
    if name.lower().endswith(".xlsx"):
        return _empty_book({**known, "mode": choices(Claim.model_fields["mode"].annotation), "credibility": "123456"})
    meant = nearest(name, ["claims.xlsx"])
    raise WrongUse(
        f"{name}: a template is a spreadsheet: end its name with .xlsx or .csv" + (f" ({meant})" if meant else "")
    )


def _empty_book(offered: Mapping[str, Sequence[str]]) -> bytes:
    """Return a spreadsheet that offers, in the columns of `LIST_OF`, what it has on a second sheet: `offered`, a column each."""
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Font
    except ModuleNotFoundError:
        raise WrongUse(
            "spreadsheets need openpyxl: pip install '.[import]' in the generator's folder, or name a file that ends with .csv"
        ) from None
    book = Workbook()
    sheet, lists = book.active, book.create_sheet("lists")
    sheet.title = CLAIMS
    sheet.append(COLUMNS)
    sheet.freeze_panes = "A2"
    for place, (title, values) in enumerate(offered.items(), 1):
        for row, value in enumerate((title, *values), 1):
            lists.cell(row=row, column=place, value=int(value) if value.isdigit() else value)
    for place, column in enumerate(COLUMNS):
        sheet.cell(row=1, column=place + 1).font = Font(bold=True)
        sheet.column_dimensions[letter_of(place)].width = 48 if column == "text" else 18
        if offered.get(LIST_OF.get(column, "")):
            _offer(sheet, place, column, offered)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _offer(sheet: Any, place: int, column: str, offered: Mapping[str, Sequence[str]]) -> None:
    """Let cells of a column be chosen from its list."""
    from openpyxl.worksheet.datavalidation import DataValidation

    title = LIST_OF[column]
    letter = letter_of(list(offered).index(title))
    values = f"lists!${letter}$2:${letter}${len(offered[title]) + 1}"
    rule = DataValidation(type="list", formula1=values, allow_blank=True)
    rule.showErrorMessage = column not in SEVERAL
    rule.error = f"one of the list {title}"
    sheet.add_data_validation(rule)
    rule.add(f"{letter_of(place)}2:{letter_of(place)}{MOST}")
