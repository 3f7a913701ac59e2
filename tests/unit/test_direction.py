"""Two directions: which texts are left-to-right as a whole, which runs are isolated with which signs, tags that nest."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from dossier.language.direction import TaggedSpan, is_left_to_right, isolate, left_to_right_runs, mark_up


def runs(text: str) -> list[str]:
    return [text[start:end] for start, end in left_to_right_runs(text)]


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("لغة C++ قديمة", "C++"), ("درجة A+، ثم", "A+"), ("طائرة Il-76 حطت", "Il-76"), ("طائرة MiG-29 حلقت", "MiG-29"),
        ("شركة (U.S.) قالت", "(U.S.)"), ("في U.S. قالت", "U.S."), ("قال (see the U.S. report) ثم", "(see the U.S. report)"),
        ("اتصل +218-91-555-0000 الآن", "+218-91-555-0000"), ("دفع $340 نقدًا", "$340"), ("صفقة 340$ أو", "340$"),
        ("نسبة 50% منهم", "50%"), ("نسبة ٥٠% منهم", "٥٠%"), ("درجة -5 ليلًا", "-5"), ("يوم 2017-01-11 مساء", "2017-01-11"),
        ("وقّع «signed a $340 million contract» أمس", "signed a $340 million contract"),
        ("مبلغ $340 million contract هنا", "$340 million contract"), ("عن Reuters, AFP وغيرهما", "Reuters, AFP"),
        ("قال Haftar.", "Haftar"), ("هل هو Haftar؟", "Haftar"), ("هذا C#.", "C#"), ("و@user كتب", "@user"), ("و#tag فيه", "#tag"),
        ("نقلت Middle East Eye عنه", "Middle East Eye"), ("بصمته 7d4e d52d، ثم", "7d4e d52d"), ("بـ-X قال", "X"),
        ("رابطه https://example.org/خبر?n=1.", "https://example.org/خبر?n=1"), ("نظام Windows 10 قديم", "Windows 10"),
    ],
)  # fmt: skip
def test_a_run_is_whole_and_takes_its_signs_with_it(text: str, run: str) -> None:
    assert runs(text) == [run]


@pytest.mark.parametrize(
    "text", ["عام 2017 و90 %", "من 2014-2016 فقط", "الساعة 10:30", "يوم 11/1/2017", "نص بلا شيء", "", "«قال»: (نعم)"]
)
def test_plain_numbers_and_arabic_are_no_runs(text: str) -> None:
    assert runs(text) == []


@pytest.mark.parametrize(
    ("text", "lang", "whole"),
    [
        ("The U.S. signed a $340 million contract.", "ar", True), ("«Hello world»", "ar", True), ("Reuters", "ar", True),
        ("وقّع «signed a contract with them all»", "ar", False), ("عملية Operation Dignity", "ar", False),
        ("He said حفتر was in Benghazi on that day.", "ar", True), ("Middle East Eye: حفتر يتجه", "ar", False),
        ("2017", "ar", False), ("2017", "en", True), ("حفتر", "en", False), ("Un contrat", "fr", True), ("", "en-GB", True),
        ("نص", "fa", False), ("Подписан контракт", "ru", True),
    ],
)  # fmt: skip
def test_a_text_is_left_to_right_as_a_whole_by_its_letters(text: str, lang: str, whole: bool) -> None:
    assert is_left_to_right(text, lang) is whole


def test_a_whole_text_is_never_cut() -> None:
    assert isolate("It cost $340 (U.S.) & more") == '<bdi dir="ltr">It cost $340 (U.S.) &amp; more</bdi>'


def test_what_stands_in_a_language_says_which() -> None:
    assert isolate("last month", "en") == '<bdi dir="ltr" lang="en">last month</bdi>'
    assert isolate("الشهر الماضي", "en") == "الشهر الماضي"
    assert isolate("Reuters", "ar") == '<bdi dir="ltr">Reuters</bdi>'


def test_a_run_without_a_letter_has_its_direction_written_out() -> None:
    assert isolate("نسبة 50% وC++") == 'نسبة <bdi dir="ltr">50%</bdi> و<bdi>C++</bdi>'
    assert isolate("بمبلغ $340 million") == 'بمبلغ <bdi dir="ltr">$340 million</bdi>'


def link(start: int, end: int) -> TaggedSpan:
    return TaggedSpan(start, end, "<a>", "</a>")


@pytest.mark.parametrize(
    ("text", "spans", "html"),
    [
        ("قال Khalifa Haftar said so هنا", [link(12, 18)], "قال <bdi>Khalifa <a>Haftar</a> said so</bdi> هنا"),
        ("قناة Al Jazeera قالت", [link(0, 15)], "<a>قناة <bdi>Al Jazeera</bdi></a> قالت"),
        (
            "قناة Al Jazeera English قالت",
            [link(0, 15)],
            '<a>قناة <bdi>Al Jazeera</bdi></a><bdi dir="ltr"> English</bdi> قالت',
        ),
        ("قال Haftar", [link(4, 10)], "قال <a><bdi>Haftar</bdi></a>"),
        ("قال علي", [link(4, 7)], "قال <a>علي</a>"),
        ("أ<ب", [], "أ&lt;ب"),
    ],
)
def test_a_run_stays_one_around_a_link_and_is_cut_only_where_they_overlap_by_halves(
    text: str, spans: list[TaggedSpan], html: str
) -> None:
    assert mark_up(text, spans) == Markup(html)


@given(st.text("اب CA+(). $5-%@<«»\n", max_size=40), st.integers(0, 20), st.integers(0, 20))
def test_tags_nest_and_nothing_is_lost(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    span = [link(start, min(start + length, len(text)))] if text[start : start + length] else []
    html = str(mark_up(text, span))
    open_tags: list[str] = []
    for closing, name in re.findall(r"<(/?)(a|bdi)[^>]*>", html):
        assert not closing or open_tags.pop() == name
        if not closing:
            open_tags.append(name)
    assert open_tags == []
    assert Markup(html).striptags() == " ".join(Markup(Markup.escape(text)).striptags().split())


@pytest.mark.parametrize(
    "bad",
    ["$" * 50_000, "A" + "." * 50_000, "1-" * 25_000, "(" * 50_000 + "A", "A " * 25_000, ("A" + "." * 39) * 1_000],
)
def test_hostile_text_has_few_runs_that_stand_apart(bad: str) -> None:
    found = left_to_right_runs(bad)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(found))
