"""The words of the interface: six plural forms, zero in words, origins, digits."""

from __future__ import annotations

import pytest

from dossier.content.model import Claim, Report
from dossier.pages.views.wording import (
    ACTOR_KINDS,
    ASPECTS,
    GENRES,
    MODES,
    NOUNS,
    count,
    join_words,
    numeral,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "لا تقارير"), (1, "تقرير واحد"), (2, "تقريران"), (3, "3 تقارير"), (10, "10 تقارير"), (11, "11 تقريرًا"),
        (99, "99 تقريرًا"), (100, "100 تقرير"), (101, "101 تقرير"), (102, "102 تقرير"), (103, "103 تقارير"), (1011, "1011 تقريرًا"),
    ],
)  # fmt: skip
def test_counts_take_the_form_that_arabic_asks_for(number: int, words: str) -> None:
    assert count(number, "report") == words


def test_one_and_two_are_words_in_every_noun() -> None:
    for noun in NOUNS:
        for number in (0, 1, 2):
            assert not any(c.isdigit() for c in count(number, noun)), noun


def test_every_noun_has_the_six_forms() -> None:
    assert {len(forms) for forms in NOUNS.values()} == {6}
    for noun in NOUNS:
        assert "12" in count(12, noun) and "5" in count(5, noun), noun


def test_numbers_are_written_in_the_dossier_s_digits() -> None:
    assert count(12, "claim", "arab") == "١٢ قولًا"
    assert numeral(2017, "arab") == "٢٠١٧"
    assert numeral(2017, "latn") == "2017"


def test_lists_are_joined_with_waw() -> None:
    assert join_words(["أ", "ب", "ج"]) == "أ وب وج"
    assert join_words(["أ"]) == "أ"


def test_every_value_of_the_model_has_words() -> None:
    def literals(model: type[Claim] | type[Report], field: str) -> set[str]:
        return set(model.model_json_schema()["properties"][field]["enum"])

    assert set(MODES) == literals(Claim, "mode")
    assert set(GENRES) == literals(Report, "genre")
    assert set(ASPECTS) == {"date", "actor", "place", "object", "number", "wording"}
    assert all(len(names) == 2 for names in ACTOR_KINDS.values())
