"""The script: what compares equal, where sentences end, how names collate."""

from __future__ import annotations

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from dossier.language.arabic import (
    bidi_controls,
    fold,
    fold_with_offsets,
    plural_form,
    sort_key,
    split_sentences,
    to_digits,
)

LETTERS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآؤئىة ", max_size=40)
MARKS = st.sampled_from("\u064b\u064e\u0650\u0651\u0652\u0640\u200f\u200c")


@pytest.mark.parametrize(
    ("written", "same_as"),
    [
        ("أحمد", "احمد"), ("إيمان", "ايمان"), ("مستشفى", "مستشفي"), ("مكتبة", "مكتبه"), ("کتاب ایران", "كتاب ايران"),
        ("مُحَمَّد", "محمد"), ("كـــبير", "كبير"), ("ﻻ", "لا"), ("مؤتمر", "موتمر"), ("رئيس", "رييس"), ("١٩٩٩", "1999"), ("۱۹", "19"),
        ("a\u00a0b", "a b"), ("\u202bنص\u202c", "نص"), ("É", "e"),
    ],
)  # fmt: skip
def test_variants_of_writing_fold_to_one(written: str, same_as: str) -> None:
    assert fold(written) == fold(same_as)


@given(LETTERS, st.lists(st.tuples(st.integers(0, 40), MARKS), max_size=6))
def test_marks_and_tatweel_change_neither_the_folded_text_nor_where_it_stands(
    text: str, marks: list[tuple[int, str]]
) -> None:
    marked = text
    for at, mark in marks:
        marked = marked[:at] + mark + marked[at:]
    folded, offsets = fold_with_offsets(marked)
    assert folded == fold(text)
    assert len(offsets) == len(folded)
    assert [fold(marked[i]) for i in offsets] == list(folded)


def test_a_ligature_is_folded_to_letters_that_stand_where_it_stands() -> None:
    folded, offsets = fold_with_offsets("س ﻻ ب")
    assert folded == "س لا ب"
    assert list(offsets) == [0, 1, 2, 2, 3, 4]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def test_sentences_end_at_stops_but_not_in_quotations_numbers_or_initials() -> None:
    assert sentences("جاء الوفد. هل غادر؟ نعم!") == ["جاء الوفد.", "هل غادر؟", "نعم!"]
    assert sentences("قال «لن نذهب. سنبقى» ثم صمت. وعاد.") == ["قال «لن نذهب. سنبقى» ثم صمت.", "وعاد."]
    assert sentences("بلغ 3.5 في المئة. انتهى") == ["بلغ 3.5 في المئة.", "انتهى"]
    assert sentences("حضر د. سامي اليوم. غاب") == ["حضر د. سامي اليوم.", "غاب"]
    assert sentences('قال "لن نذهب. سنبقى" ثم صمت. وعاد.') == ['قال "لن نذهب. سنبقى" ثم صمت.', "وعاد."]
    assert sentences("") == []


def test_a_quotation_that_never_closes_does_not_swallow_the_rest() -> None:
    assert sentences("قال «لن نذهب. ثم صمت. وعاد.") == ["قال «لن نذهب.", "ثم صمت.", "وعاد."]


def test_names_collate_without_article_hamza_and_marks() -> None:
    assert sorted(["تركيا", "الأردن", "إيطاليا", "البحرين"], key=sort_key) == ["الأردن", "إيطاليا", "البحرين", "تركيا"]


def test_digits_turn_both_ways() -> None:
    assert to_digits("عام 2017", "arab") == "عام ٢٠١٧"
    assert to_digits("عام ٢٠۱۷", "latn") == "عام 2017"


def test_bidi_controls_are_found() -> None:
    assert bidi_controls("نص\u202eمقلوب\u202c") == (2, 8)


def test_numbers_take_the_forms_that_unicode_says() -> None:
    forms = ("zero", "one", "two", "few", "many", "other")
    plural = Locale("ar").plural_form
    assert [forms[plural_form(n)] for n in range(1_213)] == [plural(n) for n in range(1_213)]
