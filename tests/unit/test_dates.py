"""EDTF dates: their bounds, the dates that cannot be, and their Arabic words."""

from __future__ import annotations

import datetime

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.language.dates import DateError, DateSpan, describe, parse_edtf


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2017", "2017-01-01", "2017-12-31"),
        ("2017-02", "2017-02-01", "2017-02-28"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2017-01-11", "2017-01-11", "2017-01-11"),
        ("2017~", "2017-01-01", "2017-12-31"),
        ("2017-07/2017-08", "2017-07-01", "2017-08-31"),
        ("2017-01-11/2017-01-31", "2017-01-11", "2017-01-31"),
        ("../2016", None, "2016-12-31"),
        ("2016/..", "2016-01-01", None),
        ("/2016", None, "2016-12-31"),
        ("../..", None, None),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("2017-XX", "2017-01-01", "2017-12-31"),
        ("2017-02-XX", "2017-02-01", "2017-02-28"),
        ("2017-XX-XX", "2017-01-01", "2017-12-31"),
        ("201X-02-29", "2010-02-28", "2019-02-28"),
        ("2017-21", "2017-03-01", "2017-05-31"),
        ("2017-34", "2017-04-01", "2017-06-30"),
        ("0000-02-29", "0000-02-29", "0000-02-29"),
        ("2017-01-11T23:59:00Z", "2017-01-11", "2017-01-11"),
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31"),
        ("[..1984]", None, "1984-12-31"),
        ("[1760-12..]", "1760-12-01", None),
        ("{2018,2017-06}", "2017-06-01", "2018-12-31"),
        ("{201X}", "2010-01-01", "2019-12-31"),
        ("[2017,2018]/2019", "2017-01-01", "2019-12-31"),
        ("2004-06-~11", "2004-06-11", "2004-06-11"),
        ("?2004-06%-11~", "2004-06-11", "2004-06-11"),
        ("2X17", "2017-01-01", "2917-12-31"),
    ],
)
def test_bounds_are_strict(text: str, earliest: str | None, latest: str | None) -> None:
    span = parse_edtf(text)
    assert (span.edtf, span.earliest, span.latest) == (text, earliest, latest)


def test_doubt_is_kept_apart_from_bounds() -> None:
    assert (parse_edtf("2017~").approximate, parse_edtf("2017~").uncertain) == (True, False)
    assert (parse_edtf("2017?").approximate, parse_edtf("2017?").uncertain) == (False, True)
    assert (parse_edtf("2016%/2017").approximate, parse_edtf("2016%/2017").uncertain) == (True, True)
    assert (parse_edtf("2017-~06").approximate, parse_edtf("2017-~06").uncertain) == (True, False)
    assert (parse_edtf("{2017?,2018}").approximate, parse_edtf("{2017?,2018}").uncertain) == (False, True)


days = st.dates(datetime.date(1, 1, 1)).map(str)
plain = st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4]))
marked = st.tuples(st.sampled_from(["", "~", "?"]), days, st.sampled_from(["", "~", "?"])).map(
    lambda parts: f"{parts[1][:5]}{parts[0]}{parts[1][5:8]}{parts[2]}{parts[1][8:]}"
)
sets = st.tuples(st.sampled_from(["[]", "{}", "[].."]), st.lists(plain, min_size=2, max_size=4)).map(
    lambda parts: f"{parts[0][0]}{parts[0][2:]}{','.join(parts[1])}{parts[0][1]}"
)
dates = st.one_of(
    marked,
    sets,
    st.tuples(plain, st.sampled_from(["", "~", "?", "%"])).map("".join),
    days.map(lambda day: f"{day[:3]}X"),
    days.map(lambda day: f"{day[:7]}-XX"),
    st.tuples(st.integers(1, 9999), st.integers(21, 41)).map(lambda parts: f"{parts[0]:04}-{parts[1]}"),
)


@given(dates)
def test_bounds_agree_with_the_edtf_library(text: str) -> None:
    expected = edtf.parse_edtf(text)
    span = parse_edtf(text)
    for found, wanted in ((span.earliest, expected.lower_strict()), (span.latest, expected.upper_strict())):
        assert found == (None if isinstance(wanted, float) else "{:04}-{:02}-{:02}".format(*wanted[:3]))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("2017-02-30", '"2017-02-30" is no day: February 2017 has 28 days', ""),
        ("2017-31-01", '"2017-31-01": there is no month 31', "did you mean 2017-01-31?"),
        ("2018/2017", 'the interval "2018/2017" ends before it begins', "write 2017/2018"),
        ("[2018..2017]", '"2018..2017" ends before it begins', "write 2017..2018"),
        ("{2017-13,2018}", '"2017-13": there is no month 13', "write it as year-month-day"),
        ("{..}", '"{..}" is no EDTF date', "write it as 2017, 2017-01, 2017-01-11 or first/last"),
        ("[2017..,2018]", '"[2017..,2018]" is no EDTF date', "write it as 2017, 2017-01, 2017-01-11 or first/last"),
        ("2017/01/11", '"2017/01/11" is no EDTF date', "did you mean 2017-01-11?"),
        ("2017-1", '"2017-1" is no EDTF date', "did you mean 2017-01?"),
        ("2016–2017", '"2016–2017" is no EDTF date', "did you mean 2016/2017?"),
        ("ca. 2017", '"ca. 2017" is no EDTF date', "did you mean 2017~?"),
        ("2017-XX-05", '"2017-XX-05" names a day and no month', "write XX for the day too"),
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(text: str, message: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_edtf(text)
    assert (str(caught.value), caught.value.hint) == (message, hint)


@given(st.text("0123456789-/.X~?%[]{},TYSEZ: ", max_size=20))
def test_any_text_is_a_date_or_an_error_for_people(text: str) -> None:
    try:
        span = parse_edtf(text)
    except DateError as error:
        assert str(error)
    else:
        assert (span.earliest or "") <= (span.latest or "9999")
        assert describe(span)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2017", "2017"),
        ("2017-07", "يوليو/تموز 2017"),
        ("2017-01-11", "11 يناير/كانون الثاني 2017"),
        ("2017~", "حوالى 2017"),
        ("2017?", "2017 على الأرجح"),
        ("2017%", "حوالى 2017 على الأرجح"),
        ("2017-01-11/2017-01-31", "بين 11 و31 يناير/كانون الثاني 2017"),
        ("2017-07/2017-08", "بين يوليو/تموز وأغسطس/آب 2017"),
        ("2017-07-27/2017-08-03", "بين 27 يوليو/تموز و3 أغسطس/آب 2017"),
        ("2016-12-30/2017-01-02", "بين 30 ديسمبر/كانون الأول 2016 و2 يناير/كانون الثاني 2017"),
        ("2016~/2017", "بين حوالى 2016 و2017"),
        ("../2016", "حتى 2016"),
        ("2016/..", "منذ 2016"),
        ("2017-21", "ربيع 2017"),
        ("2017-33", "الربع الأول من 2017"),
        ("201X", "عقد 2010"),
        ("20XX", "بين 2000 و2099"),
        ("2017-01-XX", "يوم غير محدد من يناير/كانون الثاني 2017"),
        ("[..1984]", "حتى 31 ديسمبر/كانون الأول 1984"),
    ],
)
def test_dates_read_as_arabic(text: str, words: str) -> None:
    assert describe(parse_edtf(text)) == words


def test_digits_can_be_arabic() -> None:
    assert describe(parse_edtf("2017-01-11"), "arab") == "١١ يناير/كانون الثاني ٢٠١٧"


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ("2017", "2017-05", True),
        ("2017-05", "2017-06", False),
        ("2016/..", "2030", True),
        ("../2016", "2017-01-01", False),
        ("2017-05-01/2017-05-03", "2017-05-03", True),
    ],
)
def test_spans_overlap_where_a_day_is_in_both(one: str, other: str, common: bool) -> None:
    first, second = parse_edtf(one), parse_edtf(other)
    assert first.overlaps(second) is second.overlaps(first) is common


def test_a_span_is_a_value() -> None:
    assert parse_edtf("2017") == DateSpan("2017", "2017-01-01", "2017-12-31")
