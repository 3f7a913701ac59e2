"""What pages say, on tiny dossiers: digits, plurals, anonymous chains, many actors, broken templates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dossier.commands.pipeline import compose, site_files
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot, read_templates
from dossier.errors import ContentError

TEMPLATES = read_templates(Path(__file__).parents[2] / "templates")
ACTOR = "---\nname: {}\nkind: organisation\n---\n"
REPORT = (
    "---\ntitle: خبر Reuters عن ميناء\nseed: one.txt\nclaims:\n"
    "  - {{id: c1, text: قيل شيء, said: [{{who: null, as: بحار, anonymous: true}}], about: [{}], at: 2, mode: feared}}\n---\nخلاصة.\n"
)


def page(files: dict[str, str], address: str, templates: dict[str, bytes] | None = None) -> str:
    base = {
        "content/dossier.yaml": "title: ملف\n",
        "content/reports/one.md": REPORT.format(""),
        "seeds/one.txt": "أولى.\n\nثانية.\n",
    }
    site = compose(make_snapshot({**base, **files}), Memo()).site
    made = dict(site_files(site, {**TEMPLATES, **(templates or {})}, Memo()))
    return made[address]().decode("utf-8")


def test_a_claim_shows_who_says_so_how_and_from_how_many_origins() -> None:
    html = page({}, "/reports/one/")
    assert "بحار" in html and "(قائل غير مسمّى)" in html and "مصدر أول واحد، غير مسمّى" in html and "متخوَّف منه" in html
    assert 'id="c1"' in html and 'href="#p2"' in html


def test_a_known_speaker_is_shown_with_what_the_report_says_of_how_it_speaks() -> None:
    said = "said: [{who: null, as: بحار, anonymous: true}]"
    spoken = REPORT.format("").replace(said, "said: [{who: paper, as: الجملة بلا إسناد}]")
    files = {"content/reports/one.md": spoken, "content/actors/paper.md": ACTOR.format("الجريدة")}
    assert ">الجريدة (الجملة بلا إسناد)</a>" in page(files, "/reports/one/")


def test_reference_managers_find_our_page_and_the_article_s_author_and_date() -> None:
    head = "author: سلمى\npublished: '2019-05-01/2019-05-09'\nadded: 2020-01-05\nrevised: 2020-02-06\n"
    files = {
        "content/dossier.yaml": "title: ملف\npublisher: مكتب\n",
        "content/reports/one.md": REPORT.format("").replace("seed: one.txt\n", f"seed: one.txt\n{head}"),
    }
    found = dict(re.findall(r'<meta name="([^"]+)" content="([^"]*)"', page(files, "/reports/one/")))
    assert (found["citation_date"], found["citation_author"]) == ("2020-02-06", "مكتب")
    assert found["dc.contributor"] == "سلمى"
    assert "بقلم سلمى" in found["citation_abstract"] and "يوم بين 1 و9 مايو/أيار 2019" in found["citation_abstract"]
    assert "citation_date" not in page({}, "/reports/one/") and "dc.contributor" not in page({}, "/reports/one/")


def test_without_a_contact_the_foot_says_that_there_is_none_yet() -> None:
    assert "لا عنوان للمراسلة بعد" in page({}, "/404.html")
    with_one = page({"content/dossier.yaml": "title: ملف\ncontact: desk@example.org\n"}, "/404.html")
    assert "mailto:desk@example.org" in with_one and "لا عنوان" not in with_one


def test_latin_in_arabic_is_isolated_and_unknown_dates_stay_unknown() -> None:
    html = page({}, "/reports/one/")
    assert "<bdi>Reuters</bdi>" in html
    assert "تاريخ النشر غير معروف" in html


def test_several_disagreements_on_a_subject_are_told_apart_before_they_are_unfolded() -> None:
    claim = "  - {{id: c{0}, text: قول {0}, said: [{{who: null, as: بحار, anonymous: true}}], about: [ship], at: 1, mode: reported{1}}}\n"
    differs = "".join(f"{{report: one, claim: c{n}, in: wording, why: لفظ}}, " for n in (1, 2))
    head = "---\ntitle: خبر\nshort: {0}\nseed: {1}.txt\nclaims:\n"
    files = {
        "content/actors/ship.md": ACTOR.format("السفينة"),
        "content/reports/one.md": head.format("الأول", "one") + claim.format(1, "") + claim.format(2, "") + "---\n",
        "content/reports/two.md": head.format("الثاني", "two") + claim.format(3, f", differs: [{differs}]") + "---\n",
        "seeds/two.txt": "السفينة.\n",
    }
    summaries = re.findall(r"board-why.*?<summary>(.*?)</summary>", page(files, "/claims/"))
    assert len(summaries) == len(set(summaries)) == 2
    assert all("الثاني، القول&nbsp;3" in summary and "الأول، القول&nbsp;" in summary for summary in summaries)
    files["content/reports/two.md"] = files["content/reports/two.md"].replace(differs, differs[: len(differs) // 2])
    (alone,) = re.findall(r"board-why.*?<summary>(.*?)</summary>", page(files, "/claims/"))
    assert "القول" not in alone


def test_how_a_judgment_is_sourced_is_said_once_where_its_first_sentence_says_all() -> None:
    settings = "title: ملف\njudgments:\n  - {title: خلاصة, text: حكم, confidence: low, claims: ['one#c1']}\n"
    html = page({"content/dossier.yaml": settings}, "/judgments/1/")
    assert "ما تقوله في جملتها الأولى، وأقوالها كلها معًا: مصدر أول واحد" in html


def test_digits_are_arabic_where_the_dossier_says_so() -> None:
    html = page({"content/dossier.yaml": "title: ملف\ndigits: arab\n"}, "/reports/one/")
    assert ">٢</a>" in html and ">2</a>" not in html


def test_a_dossier_s_own_template_replaces_the_project_s() -> None:
    own = {"pages/404.html": b'{% extends "base.html" %}{% block main %}mine{% endblock %}'}
    assert "mine" in page({}, "/404.html", own)


def test_a_broken_template_is_named_with_its_line() -> None:
    with pytest.raises(ContentError, match=r"templates/pages/404\.html:2"):
        page({}, "/404.html", {"pages/404.html": b"line\n{% if %}"})


def test_a_name_that_a_template_does_not_have_is_an_error() -> None:
    with pytest.raises(ContentError, match=r"templates/pages/404\.html:1"):
        page({}, "/404.html", {"pages/404.html": b"{{ view.nothing }}"})


def test_of_many_actors_the_matrix_shows_the_strongest_and_the_table_says_that_there_are_more() -> None:
    actors = {f"content/actors/a{n}.md": ACTOR.format(f"هيئة رقم {n}") for n in range(300)}
    claims = "".join(
        f"  - {{id: c{n + 1}, text: قول, said: [{{who: a{2 * n}}}], about: [a{2 * n}, a{2 * n + 1}], at: 1, mode: reported}}\n"
        for n in range(150)
    )
    files = {**actors, "content/reports/one.md": f"---\ntitle: خبر\nseed: one.txt\nclaims:\n{claims}---\n"}
    html = page({**files, "seeds/one.txt": "نص"}, "/actors/")
    assert html.count('<th scope="row">') == 12
    assert "أقوى 100 صلة من 150" in html


def test_a_fault_is_named_in_the_template_in_which_it_lies() -> None:
    with pytest.raises(ContentError, match=r"templates/base\.html:1"):
        page({}, "/404.html", {"base.html": b"{{ 1 / 0 }}"})
    with pytest.raises(ContentError, match=r"templates/base\.html:2:1: template: the file is not UTF-8"):
        page({}, "/404.html", {"base.html": b"one\n\xff"})
