"""Files to the model: what good ones give, and where things stand in them. Broken ones are in `test_invalid`."""

from __future__ import annotations

import pickle

import pytest

from dossier.content.front_matter import find_positions, locate, parse_places, parse_report
from dossier.content.model import Speaker
from dossier.content.paths import kind_of

REPORT = """---
title: "خبر: الطريق"
seed: a.txt
author: ~
published: 2017-01-11
topics: [no, 12:30, 'true']
claims:
  - id: c1
    text: فُتح الطريق
    said: [{who: null, as: شاهد, anonymous: true}, {who: paper}]
    at: 1
    mode: hedged
---

  موجز أول.

موجز ثان.
"""


def test_a_report_is_read_as_it_is_written() -> None:
    report, problems = parse_report("content/reports/road.md", REPORT.encode())
    assert problems == ()
    assert report is not None
    assert (report.id, report.title, report.author, report.published) == ("road", "خبر: الطريق", None, "2017-01-11")
    assert report.topics == ("no", "12:30", "true")
    assert report.claims[0].said == (Speaker(who=None, described="شاهد", anonymous=True), Speaker(who="paper"))
    assert report.body == "  موجز أول.\n\nموجز ثان."


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_change_nothing_but_the_body(end: str) -> None:
    report, _ = parse_report("content/reports/road.md", REPORT.encode())
    other, problems = parse_report("content/reports/road.md", b"\xef\xbb\xbf" + REPORT.replace("\n", end).encode())
    assert problems == ()
    assert report is not None
    assert other is not None
    assert other.model_copy(update={"body": other.body.replace(end, "\n")}) == report


def test_results_can_be_kept_on_disk() -> None:
    result = parse_report("content/reports/road.md", REPORT.encode())
    assert pickle.loads(pickle.dumps(result)) == result


def test_places_may_be_none() -> None:
    assert parse_places("content/places.yaml", b"# nothing yet\n") == ((), ())


def test_values_missing_values_and_bodies_have_places() -> None:
    data = REPORT.encode()
    assert locate(data, ("title",)) == (2, 8)
    assert locate(data, ("claims", 0, "said", 1, "who")) == (10, 58)
    assert locate(data, ("claims", 0, "event")) == (8, 5)
    assert find_positions(data).in_body(3, 2) == (17, 2)
    assert locate(b"title: x\njudgments: []\n", ("judgments",)) == (2, 12)
    assert locate(b"\xff", ("title",)) == (1, 1)


def test_files_are_known_by_where_they_lie() -> None:
    kinds = {
        path: kind_of(f"content/{path}")
        for path in ("dossier.yaml", "places.yaml", "actors/a.md", "x/a.md", "pages/a/b.md")
    }
    assert kinds == {
        "dossier.yaml": "settings",
        "places.yaml": "places",
        "actors/a.md": "actors",
        "x/a.md": None,
        "pages/a/b.md": None,
    }
