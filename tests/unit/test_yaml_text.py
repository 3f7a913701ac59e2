"""YAML as people mean it: what is a string, and where everything stands."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dossier.content.yaml_text import BrokenYaml, read_yaml


@pytest.mark.parametrize(
    "written",
    ["no", "yes", "on", "Off", "y", "12:30", "1:2:3", "2017-01-11", "2017-01", "0x1F", "017", "1_000", "+5", ".5",
     "1e3", "True", "Null", "NULL", ".nan", ".inf", "=", "<", "007", "1.2.3", "٣", "0.0.0.0", "-"],
)  # fmt: skip
def test_plain_words_stay_strings(written: str) -> None:
    if written == "-":  # alone it is an empty list item
        assert read_yaml("a: '-'").value == {"a": "-"}
    else:
        assert read_yaml(f"a: {written}").value == {"a": written}


@pytest.mark.parametrize(
    ("written", "value"),
    [("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("0", 0), ("-12", -12), ("3.50", 3.5)],
)
def test_true_false_null_and_plain_numbers_are_not_strings(written: str, value: object) -> None:
    assert read_yaml(f"a: {written}").value == {"a": value}


@pytest.mark.parametrize("written", ["'true'", '"12"', "|\n  null", ">-\n  3"])
def test_quoted_and_block_values_are_strings(written: str) -> None:
    value = read_yaml(f"a: {written}").value
    assert isinstance(value, dict)
    assert isinstance(value["a"], str)


def test_keys_are_strings_as_they_are_written() -> None:
    assert read_yaml("2017: a\ntrue: b\nnull: c\n").value == {"2017": "a", "true": "b", "null": "c"}


def test_lists_are_tuples() -> None:
    assert read_yaml("a: [1, [x]]\nb:\n- c: d\n").value == {"a": (1, ("x",)), "b": ({"c": "d"},)}


def test_a_text_without_values_is_none() -> None:
    assert read_yaml("").value is None
    assert read_yaml("# only a comment\n").value is None


def test_aliases_stand_for_their_values() -> None:
    assert read_yaml("a: &x [1]\nb: *x\n").value == {"a": (1,), "b": (1,)}


def test_places_are_of_values_of_keys_and_of_parents() -> None:
    text = read_yaml("title: x\nclaims:\n  - id: c1\n    about: [a, b]\n    when:\n")
    assert text.place(("title",)) == (1, 8)
    assert text.key_place(("title",)) == (1, 1)
    assert text.place(("claims", 0, "about", 1)) == (4, 16)
    assert text.place(("claims", 0, "when")) == (5, 5)  # it is empty: the key
    assert text.place(("claims", 0, "said")) == (3, 5)  # it is missing: the claim
    assert text.place(("claims", 7)) == (2, 1)  # the list's key
    assert text.place(("nothing",)) == (1, 1)


def test_columns_count_code_points() -> None:
    assert read_yaml("عنوان: {حقل: 𞸀, آخر: س}").place(("عنوان", "آخر")) == (1, 22)


def test_control_characters_are_left_out_of_values() -> None:
    assert read_yaml("a\x07: b\x1bc\u2028d\n").value == {"a": "bc d"}


def test_all_faults_of_a_text_come_at_once() -> None:
    text = read_yaml("a: 1\na: 2\nb: !!int 3\n? [x]\n: y\n")
    assert [(fault.line, fault.column) for fault in text.faults] == [(2, 1), (3, 4), (4, 3)]
    assert text.value == {"a": 1, "b": 3}


@given(st.text(max_size=60))
def test_any_text_is_read_or_broken_at_a_place_in_it(text: str) -> None:
    try:
        read_yaml(text)
    except BrokenYaml as error:
        assert error.fault.message
        assert 1 <= error.fault.line <= len(text.splitlines()) + 1
        assert error.fault.column >= 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text("abc ابج:#-[]{}'\"\\,&*!|>%@`", max_size=12),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.text("abcاب", min_size=1), children, max_size=3)
    ),
    max_leaves=12,
)


def as_tuples(value: object) -> object:
    if isinstance(value, list):
        return tuple(as_tuples(item) for item in value)
    return {key: as_tuples(item) for key, item in value.items()} if isinstance(value, dict) else value


@given(json_values)
def test_what_a_yaml_writer_writes_is_read_back(value: object) -> None:
    written = yaml.safe_dump({"v": value}, allow_unicode=True)
    assert read_yaml(written).value == {"v": as_tuples(value)}
