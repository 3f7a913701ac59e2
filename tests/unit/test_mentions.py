"""Actors found in text: clitics, spaces, boundaries, ambiguous names."""

from __future__ import annotations

import itertools
import random

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.articles.mentions import Mention, Name, Names, Settled, compile_names, find_mentions
from dossier.articles.source_text import SourceText, read_text
from dossier.language.arabic import fold
from tests.steps import growth

SURE = {
    "morocco": ["المغرب"], "oman": ["سلطنة عمان"], "un": ["الأمم المتحدة"], "masr": ["مصر"], "peru": ["بيرو"], "salih": ["صالح"],
    "abdullah": ["عبد الله سعيد"], "spain": ["إسبانيا"], "council": ["مجلس الشورى"], "saudi": ["السعودية"], "moroccan-news": ["المغربية للأنباء"],
    "bbc": ["BBC"], "committee": ["اللجنة"], "ali": ["علي"],
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
        ("لـالمغرب ولـ«المغرب»", [("المغرب", "morocco"), ("المغرب", "morocco")]),
        ("لمصر2017 و2017مصر", [("مصر", "masr")] * 2),
        ("قال BBCوقناةBBC", [("BBC", "bbc")] * 2),
        ("للجنة واللجنة", [("لجنة", "committee"), ("اللجنة", "committee")]),
        ("عبدالله\u200f سعيد", [("عبدالله\u200f سعيد", "abdullah")]),
        ("مصرُ", [("مصرُ", "masr")]),
        ("اسبانيا", [("اسبانيا", "spain")]),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(text: str, expected: list[tuple[str, str]], names: Names) -> None:
    assert found(text, names) == expected


@pytest.mark.parametrize(
    "text",
    [
        "مصالح الناس",
        "ودائع المصرف",
        "المصرية",
        "مصري",
        "تمصر",
        "الإسباني",
        "من صالحها",
        "م صر",
        "المغربية",
        "أسبانياه",
        "السياسة السعودية",
        "ABBC",
        "فللمغربي",
        "محمد بن صالح",
        "وأبو صالح",
        "الأمم\n\nالمتحدة",
        "اجتمع على مائدة وعلى أرض",
        "تصب لصالح الناس",
        "مصرمصر",
    ],
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
    assert found("مكاتب بالقاهرة ومدريد وليما", names) == []
    assert found("القاهرة ومدريد", names) == []
    assert found("القاهرة ومدريد والقاهرة", names) == []


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


def test_a_name_that_folds_like_a_particle_is_found_where_it_is_spelt_as_a_name(names: Names) -> None:
    assert found("قال عَلِيّ ولعلي على عجل", names) == [("عَلِيّ", "ali"), ("علي", "ali")]


def test_a_name_is_found_apart_though_another_alias_writes_it_together() -> None:
    both = compile_names(Name(actor="un", text=t, ambiguous=False) for t in ("الأممالمتحدة", "الأمم المتحدة"))
    assert found("الأمم المتحدة", both) == [("الأمم المتحدة", "un")]


def test_a_word_is_glued_of_names_only_if_it_is_so_wholly(names: Names) -> None:
    assert found("المغربوإسبانيا", names) == [("المغرب", "morocco"), ("إسبانيا", "spain")]
    assert found("المغربوإسبانياه المغربوناس", names) == []
    assert found("المغربإسبانيا", names) == [("المغرب", "morocco"), ("إسبانيا", "spain")]


def test_a_glued_capital_counts_where_it_is_settled(names: Names) -> None:
    settled = Settled(text="مدريد", actor="spain", paragraphs=(1,))
    assert found("بين المغربومدريد", names) == [("المغرب", "morocco")]
    assert found("بين المغربومدريد", names, settled) == [("المغرب", "morocco"), ("مدريد", "spain")]


def test_the_editor_may_give_a_plain_name_to_another_actor_in_one_paragraph(names: Names) -> None:
    text = "قالت مصر ذلك.\n\nقالت مصر ذلك."
    assert found(text, names, Settled(text="مصر", actor="team", paragraphs=(2,))) == [("مصر", "masr"), ("مصر", "team")]


CLITIC_RUNS = ["", "و", "ف", "ب", "ل", "ك", "وب", "فل", "وك"]
PIECES = st.sampled_from(
    [t for ts in SURE.values() for t in ts] + [*CAPITALS.values(), "مصالح", "مصرف", "المصرية", "في", "قال", "،", "و"]
)
WRITTEN = st.lists(
    st.tuples(st.sampled_from(CLITIC_RUNS), PIECES, st.sampled_from([" ", "  ", "\n", "\u00a0", "", ". "])), max_size=12
)
MARKS = st.lists(st.tuples(st.integers(0, 400), st.sampled_from("\u064e\u0651\u0640\u200f\u200c")), max_size=8)


@given(WRITTEN)
def test_spans_are_in_order_apart_and_spell_names_of_their_actors(parts: list[tuple[str, str, str]]) -> None:
    names = compile_names(Name(actor=a, text=t, ambiguous=False) for a, ts in SURE.items() for t in ts)
    text = "".join(itertools.chain.from_iterable(parts))
    mentions = find_mentions(source(text), names)
    assert all(left.end <= right.start for left, right in itertools.pairwise(mentions))
    for mention in mentions:
        letters = fold(source(text).text[mention.start : mention.end]).replace(" ", "")
        spelt = {fold(name).replace(" ", "") for name in SURE[mention.actor]}
        assert letters in spelt | {name.removeprefix("ال") for name in spelt}


@given(WRITTEN, MARKS)
def test_marks_tatweel_and_invisible_characters_change_no_mention(
    parts: list[tuple[str, str, str]], marks: list[tuple[int, str]]
) -> None:
    names = compile_names(Name(actor=a, text=t, ambiguous=False) for a, ts in SURE.items() for t in ts if a != "ali")
    text = "".join(itertools.chain.from_iterable(parts)).strip()
    marked = text
    for at, mark in marks:
        after_letter = 0 < at < len(marked) and marked[at - 1].isalpha()
        marked = marked[:at] + mark + marked[at:] if after_letter else marked

    def named(written: str) -> list[tuple[str, str]]:
        return [(fold(written[m.start : m.end]), m.actor) for m in find_mentions(source(written), names)]

    assert named(marked) == named(text)


@given(st.sampled_from(sorted(SURE)), st.sampled_from(CLITIC_RUNS))
def test_a_name_between_spaces_is_found_after_any_clitics(actor: str, clitics: str) -> None:
    names = compile_names(Name(actor=a, text=t, ambiguous=False) for a, ts in SURE.items() for t in ts)
    name = SURE[actor][0]
    hypothesis.assume(clitics[-1:] + name != "لصالح")
    written, shown = clitics + name, name
    if clitics.endswith("ل") and name.startswith("ال"):
        written, shown = clitics + (name[2:] if name.startswith("الل") else name[1:]), name[2:]
    assert found(f"قيل {written} مرة", names) == [(shown, actor)]


def test_ten_times_the_names_cost_no_more_and_ten_times_the_words_ten_times_as_much() -> None:
    letters = "بتثجحدرسشصطعقمنهي"
    words = ["".join(random.Random(i).choices(letters, k=6)) for i in range(1000)]
    names = {
        number: compile_names(Name(actor=f"a{i}", text=word, ambiguous=False) for i, word in enumerate(words[:number]))
        for number in (100, 1000)
    }
    texts = {number: source(" ".join(words[:number])) for number in (60, 100, 600)}
    assert len(find_mentions(texts[600], names[1000])) == 600
    assert growth(lambda number: find_mentions(texts[100], names[number]), 100) < 1.2
    assert growth(lambda number: find_mentions(texts[number], names[1000]), 60) < 12


def test_the_cost_grows_with_the_paragraphs_and_not_with_their_square() -> None:
    sought = compile_names([Name(actor="egypt", text="مصر", ambiguous=True)])
    texts = {
        number: read_text("a.txt", "\n\n".join(["في مصر"] * number).encode(), noise=False) for number in (300, 3_000)
    }
    assert growth(lambda number: find_mentions(texts[number], sought), 300) < 12
