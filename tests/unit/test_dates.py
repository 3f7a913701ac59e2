"""EDTF dates: their bounds, the dates that cannot be, and their Arabic words."""

from __future__ import annotations

import datetime

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.language.date_words import describe, describe_day
from dossier.language.dates import DateError, DateSpan, parse_edtf


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
        ("XXXX", None, None),
        ("XXXX-12", None, None),
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
brackets = st.sampled_from(["[]", "{}"])
sets = st.one_of(
    st.tuples(brackets, st.lists(plain, min_size=2, max_size=4).map(",".join)),
    st.tuples(brackets, plain.map("..{}".format)),  # the library fails at further members of such a set
).map(lambda parts: f"{parts[0][0]}{parts[1]}{parts[0][1]}")
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
        ("2017-31-01", '"2017-31-01": there is no month 31', 'did you mean "2017-01-31"?'),
        ("2018/2017", 'the interval "2018/2017" ends before it begins', 'write "2017/2018"'),
        ("[2018..2017]", '"2018..2017" ends before it begins', "write 2017..2018"),
        ("{2017-13,2018}", '"2017-13": there is no month 13', "write it as year-month-day"),
        ("{..}", '"{..}" is no EDTF date', 'write it as "2017", "2017-01", "2017-01-11" or "first/last"'),
        (
            "[2017..,2018]",
            '"[2017..,2018]" is no EDTF date',
            'write it as "2017", "2017-01", "2017-01-11" or "first/last"',
        ),
        ("2017/01/11", '"2017/01/11" is no EDTF date', 'did you mean "2017-01-11"?'),
        ("2017-1", '"2017-1" is no EDTF date', 'did you mean "2017-01"?'),
        ("2016–2017", '"2016–2017" is no EDTF date', 'did you mean "2016/2017"?'),
        ("ca. 2017", '"ca. 2017" is no EDTF date', 'did you mean "2017~"?'),
        (
            "2017-XX-05",
            '"2017-XX-05" names a day and no month, which EDTF has and this project does not read',
            "write XX for the day too",
        ),
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
    "text",
    [
        "1950S2",
        "Y17000",
        "Y-17000",
        "Y17E7",
        "Y171010000S3",
        "-0044",
        "-0044-03-15",
        "2017-21^north",
        "2017-1X",
        "2017-01-1X",
    ],
)
def test_what_the_standard_has_and_this_project_does_not_is_said(text: str) -> None:
    with pytest.raises(DateError, match="which EDTF has and this project does not read") as caught:
        parse_edtf(text)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2017", "2017"),
        ("2017-07", "يوليو/تموز 2017"),
        ("2017-01-11", "11 يناير/كانون الثاني 2017"),
        ("2017-01-11T23:59:00Z", "11 يناير/كانون الثاني 2017"),
        ("2017~", "حوالى 2017"),
        ("2017?", "2017 على الأرجح"),
        ("2017%", "حوالى 2017 على الأرجح"),
        ("?2004-06", "يونيو/حزيران 2004 (السنة غير مؤكدة)"),
        ("2004-06-~11", "11 يونيو/حزيران 2004 (اليوم تقريبي)"),
        ("2004-06?-11", "11 يونيو/حزيران 2004 (السنة غير مؤكدة، الشهر غير مؤكد)"),
        ("2004-%06", "يونيو/حزيران 2004 (الشهر تقريبي، الشهر غير مؤكد)"),
        ("2017-01-11/2017-01-31", "من 11 إلى 31 يناير/كانون الثاني 2017"),
        ("2017-07/2017-08", "من يوليو/تموز إلى أغسطس/آب 2017"),
        ("2017-07-27/2017-08-03", "من 27 يوليو/تموز إلى 3 أغسطس/آب 2017"),
        ("2016-12-30/2017-01-02", "من 30 ديسمبر/كانون الأول 2016 إلى 2 يناير/كانون الثاني 2017"),
        ("2016~/2017", "من حوالى 2016 إلى 2017"),
        ("2017-21/2017-23", "من ربيع 2017 إلى خريف 2017"),
        ("../2016", "في موعد لا يتجاوز 2016"),
        ("/2016-05?", "في موعد لا يتجاوز مايو/أيار 2016 على الأرجح"),
        ("2016/..", "منذ 2016"),
        ("../..", "تاريخ غير محدد"),
        ("[2017-01-01..2017-01-09]", "يوم بين 1 و9 يناير/كانون الثاني 2017"),
        ("[2018-07-01..2018-07-02]", "1 أو 2 يوليو/تموز 2018"),
        ("[2017-01-31..2017-02-01]", "31 يناير/كانون الثاني أو 1 فبراير/شباط 2017"),
        ("[2017-07..2017-08]", "يوليو/تموز أو أغسطس/آب 2017"),
        ("[2017-12..2018-01]", "ديسمبر/كانون الأول 2017 أو يناير/كانون الثاني 2018"),
        ("[2014..2016]", "سنة بين 2014 و2016"),
        ("[2014..2016-05]", "وقت بين 2014 ومايو/أيار 2016"),
        ("[2014,2016,2018..2020]", "2014 أو 2016 أو سنة بين 2018 و2020"),
        ("[..1984]", "في موعد لا يتجاوز 1984"),
        ("[1984-05..]", "في موعد لا يسبق مايو/أيار 1984"),
        ("{2014,2016}", "2014 و2016 معًا"),
        ("{2017-01,2017-03}", "يناير/كانون الثاني ومارس/آذار 2017 معًا"),
        ("{2014..2016}", "كل سنة من 2014 إلى 2016"),
        ("{2017-01-01..2017-01-09}", "كل يوم من 1 إلى 9 يناير/كانون الثاني 2017"),
        ("{..1984}", "كل سنة حتى 1984"),
        ("{2014,2015-06..}", "2014 وكل شهر منذ يونيو/حزيران 2015 معًا"),
        ("2017-21", "ربيع 2017"),
        ("2017-33", "الربع الأول من 2017"),
        ("201X", "سنة من عقد 2010"),
        ("20XX", "سنة بين 2000 و2099"),
        ("20XX-05", "مايو/أيار من سنة بين 2000 و2099"),
        ("XXXX", "سنة غير معروفة"),
        ("XXXX-12-25", "25 ديسمبر/كانون الأول من سنة غير معروفة"),
        ("XXXX-XX-XX", "يوم غير محدد من سنة غير معروفة"),
        ("2017-XX", "شهر غير محدد من 2017"),
        ("2017-01-XX", "يوم غير محدد من يناير/كانون الثاني 2017"),
    ],
)
def test_dates_read_as_arabic(text: str, words: str) -> None:
    assert describe(parse_edtf(text)) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2017-07/2017-08", "يوليو/تموز أو أغسطس/آب 2017"),
        ("2017-01-11/2017-01-31", "يوم بين 11 و31 يناير/كانون الثاني 2017"),
        ("2018-07/2019", "وقت بين يوليو/تموز 2018 و2019"),
        ("2017/2017", "2017"),
        ("../2016", "في موعد لا يتجاوز 2016"),
        ("2016/..", "في موعد لا يسبق 2016"),
        ("2017~", "حوالى 2017"),
    ],
)
def test_what_takes_a_day_is_never_said_to_have_lasted(text: str, words: str) -> None:
    assert describe_day(parse_edtf(text)) == words


@given(st.one_of(dates, st.tuples(plain, plain).map("/".join), sets))
def test_no_date_is_called_an_end_or_the_year_0000(text: str) -> None:
    try:
        span = parse_edtf(text)
    except DateError:
        return
    for words in (describe(span), describe_day(span)):
        assert "0000" not in words
        assert "حتى" not in words or text.startswith("{..")


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
