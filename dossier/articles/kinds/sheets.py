"""Read spreadsheets (XLSX): the cells of every sheet, as texts."""

from __future__ import annotations

import datetime
import io
import json

from dossier.articles.article import Article, Part, Unfit
from dossier.articles.kinds.office import open_archive

MOST_ROWS, MOST_COLUMNS = 10_001, 64


def read(data: bytes) -> Article:
    """Return a part for each sheet: its name, and its rows as JSON, lists of texts. Formulas count as what they last gave."""
    open_archive(data).close()
    try:
        from openpyxl import load_workbook
    except ModuleNotFoundError:
        raise Unfit(
            "reading spreadsheets needs openpyxl", "pip install '.[import]' in the generator's folder"
        ) from None
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    parts = []
    for sheet in book.worksheets:
        rows = [
            [_text(cell) for cell in row]
            for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
        ]
        if len(rows) > MOST_ROWS:
            raise Unfit(f'sheet "{sheet.title}" has more than {MOST_ROWS - 1:,} rows', "part the file")
        parts.append(Part(name=sheet.title, data=json.dumps(rows).encode()))
    return Article(text=None, parts=tuple(parts))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
