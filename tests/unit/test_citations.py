"""Citations in four forms: safe, complete, and no more precise than what is known."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.linking.linked import LinkedDossier
from dossier.pages.citations import Citations, cite

TITLE = r"نسبة 5% & أكثر_من {مرة} \ </script><!--"
REPORT = f"""---
title: '{TITLE}'
seed: a.txt
outlet: paper
author: سلمى البحري
published: "2017-07~/2017-08"
added: 2020-01-05
revised: 2020-02-06
original:
  sha256: "{"a" * 64}"
  headline: عنوان الجريدة
cites: [{{report: bare, certainty: certain, why: يذكره}}]
claims:
  - {{id: c1, text: قيل كذا, said: [{{who: paper}}], about: [salma], at: 1, mode: reported}}
  - {{id: c2, text: قيل غيره, said: [{{who: null, as: شاهد, anonymous: true}}, {{who: paper}}], at: 1, mode: reported}}
---
"""
FILES = {
    "content/dossier.yaml": "title: ملف الميناء\nurl: https://example.org/d_1/\npublisher: مكتب الساحل\n",
    "content/actors/paper.md": "---\nname: جريدة المرفأ\nlatin: Al-Marfa\nkind: outlet\n---\n",
    "content/actors/salma.md": "---\nname: سلمى البحري\nkind: person\naliases: [البحري]\n---\n",
    "content/reports/a_1.md": REPORT,
    "content/reports/bare.md": "---\ntitle: خبر\nseed: b.txt\n---\n",
    "seeds/a.txt": "كتبت سلمى البحري في جريدة المرفأ.\n",
    "seeds/b.txt": "نص.\n",
}
# Names and dates of the CSL input schema (citation-style-language/schema, csl-data.json), as far as they are used here.
CSL_STRINGS = {"id", "type", "title", "container-title", "URL", "language", "note", "original-title", "original-publisher"}  # fmt: skip
CSL_NAMES, CSL_DATES = {"author", "original-author"}, {"issued", "original-date"}


def make_site(**changes: str) -> LinkedDossier:
    return compose(
        make_snapshot(FILES | {name.replace("__", "/"): text for name, text in changes.items()}), Memo()
    ).site


@pytest.fixture(scope="module")
def site() -> LinkedDossier:
    return make_site()


@pytest.fixture(scope="module")
def cited(site: LinkedDossier) -> Citations:
    return cite(site, "a_1")


def ris_fields(text: str) -> dict[str, str]:
    return dict(re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups() for line in text.splitlines())  # type: ignore[union-attr, misc]


def csl_item(site: LinkedDossier, report: str) -> dict[str, Any]:
    (item,) = json.loads(cite(site, report).csl_json)
    return dict(item)


def test_the_text_names_the_report_its_address_and_the_article_behind_it(cited: Citations) -> None:
    for part in (
        "مكتب الساحل",
        "ملف الميناء",
        "https://example.org/d_1/reports/a_1/",
        "سلمى البحري",
        "جريدة المرفأ",
        "2017",
    ):
        assert part in cited.text


def test_bibtex_keeps_its_braces_in_balance_and_its_address_as_it_is(cited: Citations) -> None:
    assert cited.bibtex.count("{") == cited.bibtex.count("}")
    assert r"5\% \& أكثر\_من \textbraceleft{}مرة\textbraceright{} \textbackslash{}" in cited.bibtex
    assert "url = {https://example.org/d_1/reports/a_1/}" in cited.bibtex


def test_ris_is_one_field_a_line_from_type_to_end(cited: Citations) -> None:
    fields = ris_fields(cited.ris)
    assert [*fields][:1] + [*fields][-1:] == ["TY", "ER"]
    assert (fields["TI"], fields["DA"], fields["LA"]) == (TITLE, "2020/02/06", "ar")


def test_reference_managers_read_all_of_it(cited: Citations) -> None:
    (entry,) = parse_string(cited.bibtex).entries
    assert (entry.entry_type, entry.key) == ("online", "a_1")
    assert {"title", "organization", "date", "url", "note"} <= set(entry.fields_dict)
    (record,) = rispy.loads(cited.ris)
    assert record["title"] and record["type_of_reference"] == "ELEC"
    assert record["urls"] == ["https://example.org/d_1/reports/a_1/"]


@pytest.mark.parametrize("report", ["a_1", "bare"])
def test_csl_json_holds_only_what_its_schema_knows(report: str, site: LinkedDossier) -> None:
    item = csl_item(site, report)
    assert set(item) <= CSL_STRINGS | CSL_NAMES | CSL_DATES
    assert item["type"] == "webpage"
    assert all(isinstance(item[name], str) for name in CSL_STRINGS & set(item))
    assert all(set(person) == {"literal"} for name in CSL_NAMES & set(item) for person in item[name])
    assert all(set(item[name]) in ({"literal"}, {"date-parts"}) for name in CSL_DATES & set(item))


def test_our_day_is_exact_and_the_articles_uncertain_date_stays_words(site: LinkedDossier) -> None:
    item = csl_item(site, "a_1")
    assert item["issued"] == {"date-parts": [[2020, 2, 6]]}
    assert "2017" in item["original-date"]["literal"]
    assert item["original-author"] == [{"literal": "سلمى البحري"}]


def test_what_is_not_known_is_not_there(site: LinkedDossier) -> None:
    found = cite(site, "bare")
    assert "وسيلة غير معروفة" in found.text and "بلا تاريخ معروف" in found.text
    assert not {"issued", "original-date", "original-author", "original-publisher"} & set(csl_item(site, "bare"))
    assert not {"PY", "DA"} & set(ris_fields(found.ris))
    assert "year" not in found.bibtex and "date" not in found.bibtex
    assert "None" not in found.text + found.bibtex + found.ris
