"""The first page stays short: what does not fit into its words is folded, and nothing is lost."""

from __future__ import annotations

from typing import Any

from dossier.pages.views.brief import TABLE_WORDS, fitting, words
from dossier.pages.views.tables import NAMES_SHOWN
from tests.unit.test_views import FILES, site_of, view

LONG = " ".join(["كلمة"] * 40)


def home(rows: int, judgments: int = 0) -> Any:
    """The first page of a dossier whose table has so many rows of 40 words and more."""
    actors = [f"state-{n}" for n in range(rows)]
    cells = "".join(f"      - {{row: {a}, column: arms, text: {LONG}, claims: [one#c1]}}\n" for a in actors)
    table = (
        "tables:\n  - id: backers\n    title: ما يُنسب\n"
        f"    rows: [{', '.join(f'{{actor: {a}}}' for a in actors)}]\n"
        f"    columns: [{{id: arms, title: سلاح}}]\n    cells:\n{cells}"
    )
    said = "".join(
        f"  - {{title: خلاصة {LONG}, text: تقول الجريدة, confidence: low, claims: [one#c1]}}\n"
        for _ in range(judgments)
    )
    files = {f"content/actors/{a}.md": f"---\nname: دولة {n}\nkind: state\n---\n" for n, a in enumerate(actors)}
    settings = f"title: ملف\n{table}" + (f"judgments:\n{said}" if said else "")
    return view(site_of({**files, "content/dossier.yaml": settings}), "/")


def test_as_much_stands_open_as_fits_and_at_least_one() -> None:
    assert fitting((10, 10, 10, 10), 25) == 2
    assert fitting((99, 1, 1), 25) == 1
    assert fitting((10, 10), 25) == 2
    assert fitting((), 25) == 0


def test_one_alone_is_not_folded() -> None:
    assert fitting((10, 10, 10), 25) == 3


def test_words_are_counted_in_all_that_is_there() -> None:
    assert words("قول واحد", None, "ثالثة") == 3


def test_rows_beyond_the_words_of_a_table_are_folded_under_their_names() -> None:
    (table,) = home(6).tables
    assert 40 * table.shown <= TABLE_WORDS < 43 * (table.shown + 1)
    assert len(table.rows) == 6
    assert table.rest == "وكذلك: دولة 3 ودولة 4 ودولة 5"


def test_of_very_many_folded_rows_the_first_are_named() -> None:
    (table,) = home(20).tables
    assert table.rest.count("دولة") == NAMES_SHOWN
    assert table.rest.endswith(" وغيرها")


def test_a_short_table_is_whole() -> None:
    (table,) = home(2).tables
    assert (table.shown, table.rest) == (2, None)


def test_an_actors_page_folds_nothing() -> None:
    site = site_of({
        "content/dossier.yaml": "title: ملف\ntables:\n  - {id: t, title: ما يُنسب, rows: [{actor: sami}], columns: [{id: a, title: سلاح}], "
        "cells: [{row: sami, column: a, text: قيل, claims: [one#c1]}]}\n"
    })  # fmt: skip
    (table,) = view(site, "/actors/sami/").tables
    assert (table.shown, table.rest) == (1, None)


def test_judgments_beyond_their_words_are_folded_under_their_number() -> None:
    shown = home(1, judgments=5)
    assert (len(shown.judgments), shown.judgments_open, shown.more_judgments) == (5, 2, "3 خلاصات")
    assert shown.confidences == (("low", "منخفضة"),)
    assert home(1, judgments=1).more_judgments is None


def test_one_disagreement_stands_on_the_first_page_and_the_others_are_counted() -> None:
    two = FILES["content/reports/two.md"]
    both = two.replace("why: المكان}", "why: المكان}, {report: one, claim: c1, in: date, why: الموعد}")
    assert both != two
    shown = view(site_of({"content/reports/two.md": both}), "/")
    assert (len(shown.disputes), shown.more_disputes) == (1, "1")
    assert view(site_of(), "/").more_disputes is None
