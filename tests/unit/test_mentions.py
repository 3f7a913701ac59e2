"""Actors found in text: clitics, spaces, boundaries, ambiguous names."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.mentions import Mention, Name, Names, Settled, compile_names, find_mentions
from dossier.seeds import SourceText, read_text

SURE = {
    "morocco": ["المغرب"], "oman": ["سلطنة عمان"], "un": ["الأمم المتحدة"], "masr": ["مصر"], "peru": ["بيرو"], "salih": ["صالح"],
    "abdullah": ["عبد الله سعيد"], "spain": ["إسبانيا"], "council": ["مجلس الشورى"], "saudi": ["السعودية"], "moroccan-news": ["المغربية للأنباء"],
}  # fmt: skip
CAPITALS = {"peru": "ليما", "spain": "مدريد", "morocco": "الرباط", "masr": "القاهرة"}


@pytest.fixture(scope="module")
def names() -> Names:
    sure = [Name(actor=a, text=t, ambiguous=False) for a, texts in SURE.items() for t in texts]
    return compile_names([*sure, *(Name(actor=a, text=t, ambiguous=True) for a, t in CAPITALS.items())])


def source(text: str) -> SourceText:
    return read_text("seeds/a.txt", text.encode(), noise=True)


def found(text: str, names: Names, *settled: Settled) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.actor) for m in find_mentions(source(text), names, settled)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوفد إلى مصر أمس", [("مصر", "masr")]),
        ("ولمصر ومصر وبمصر كلام", [("مصر", "masr")] * 3),
        ("للمغرب وبالمغرب والمغرب", [("مغرب", "morocco"), ("المغرب", "morocco"), ("المغرب", "morocco")]),
        ("للأمم المتحدة رأي", [("أمم المتحدة", "un")]),
        ("قالت الأُمم المتّحدة", [("الأُمم المتّحدة", "un")]),
        ("في مصـــر", [("مصـــر", "masr")]),
        ("الأمم\u00a0المتحدة والأمم  المتحدة", [("الأمم\u00a0المتحدة", "un"), ("الأمم  المتحدة", "un")]),
        ("الأمم\nالمتحدة", [("الأمم\nالمتحدة", "un")]),
        ("قرار الأممالمتحدة", [("الأممالمتحدة", "un")]),
        ("بين المغربومصر", [("المغرب", "morocco"), ("مصر", "masr")]),
        ("عبدالله سعيد وعبد الله سعيد", [("عبدالله سعيد", "abdullah"), ("عبد الله سعيد", "abdullah")]),
        ("«مصر» و\"بيرو\"", [("مصر", "masr"), ("بيرو", "peru")]),
        ("مصرُ", [("مصرُ", "masr")]),
        ("اسبانيا", [("اسبانيا", "spain")]),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(text: str, expected: list[tuple[str, str]], names: Names) -> None:
    assert found(text, names) == expected


@pytest.mark.parametrize(
    "text",
    ["مصالح الناس", "ودائع المصرف", "المصرية", "مصري", "تمصر", "الإسباني", "من صالحها", "م صر", "المغربية", "أسبانياه", "السياسة السعودية"],
)
def test_a_name_within_a_word_a_demonym_or_an_adjective_is_none(text: str, names: Names) -> None:
    assert found(text, names) == []


def test_the_longest_name_wins_and_names_within_it_are_none(names: Names) -> None:
    assert found("المغربية للأنباء", names) == [("المغربية للأنباء", "moroccan-news")]


def test_a_country_with_the_form_of_an_adjective_is_found_where_it_stands_alone(names: Names) -> None:
    assert found("زار السعودية وإلى السعودية", names) == [("السعودية", "saudi")] * 2


def test_a_capital_is_a_place_until_the_editor_says_otherwise(names: Names) -> None:
    text = "رفضت مدريد الأمر.\n\nرفضت مدريد الأمر."
    settled = Settled(text="مدريد", actor="spain", paragraphs=(2,))
    assert find_mentions(source(text), names) == ()
    assert find_mentions(source(text), names, [settled]) == (Mention(24, 29, "spain"),)


def test_where_a_capital_acts_its_other_uses_after_prepositions_stay_places(names: Names) -> None:
    text = "رفضت مدريد الأمر بعد لقاء في مدريد."
    assert find_mentions(source(text), names, [Settled(text="مدريد", actor="spain", paragraphs=(1,))]) == (
        Mention(5, 10, "spain"),
    )


def test_a_row_of_three_capitals_is_governments_unless_it_says_where(names: Names) -> None:
    assert [actor for _, actor in found("تدعم القاهرة ومدريد وليما القرار", names)] == ["masr", "spain", "peru"]
    assert [actor for _, actor in found("كل من القاهرة ومدريد والرباط", names)] == ["masr", "spain", "morocco"]
    assert found("فروع في القاهرة ومدريد وليما", names) == []
    assert found("القاهرة ومدريد", names) == []


def test_the_editor_can_settle_a_name_that_no_actor_lists(names: Names) -> None:
    assert found("قالت الحكومة كلمتها", names, Settled(text="الحكومة", actor="spain", paragraphs=(1,))) == [
        ("الحكومة", "spain")
    ]


def test_an_alias_that_two_actors_share_is_ambiguous() -> None:
    shared = compile_names(Name(actor=a, text="الحركة", ambiguous=False) for a in ("one", "two"))
    assert found("قالت الحركة", shared) == []
    assert found("قالت الحركة", shared, Settled(text="الحركة", actor="two", paragraphs=(1,))) == [("الحركة", "two")]


def test_noise_names_nobody(names: Names) -> None:
    assert found("خبر عن مصر\n\nاقرأ أيضا: أزمة في بيرو", names) == [("مصر", "masr")]


def test_no_names_find_nothing() -> None:
    assert found("نص", compile_names([])) == []


@given(st.text("مصرالغبويةفكلم \n،.«»", max_size=60))
def test_spans_are_in_order_apart_and_spell_their_names(text: str) -> None:
    names = compile_names(Name(actor=a, text=t, ambiguous=False) for a, ts in SURE.items() for t in ts)
    mentions = find_mentions(source(text), names)
    assert all(left.end <= right.start for left, right in itertools.pairwise(mentions))
    assert all(source(text).text[m.start : m.end].strip() for m in mentions)
