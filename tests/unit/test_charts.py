"""The pictures: time runs right to left and no mark claims more than its date; whom claims join; nothing needs a style of its own."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from dossier.articles.mentions import compile_names
from dossier.articles.source_text import read_text
from dossier.content.model import Actor, Claim, Dossier, Report, Settings, Speaker
from dossier.language.dates import parse_edtf
from dossier.linking.link import group, link
from dossier.linking.linked import LinkedDossier, Mentions, ReportTexts
from dossier.linking.parts import make_part
from dossier.pages.charts.network import (
    DOTS,
    WIDTH,
    Neighbour,
    draw_neighbours,
    edges_of,
    network_edges,
    strongest_actors,
)
from dossier.pages.charts.timeline import Scale, draw_axis, draw_grid, draw_strip, scale_of, shape_of


def parse(svg: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(str(svg))


def with_class(svg: Markup, name: str) -> list[dict[str, str]]:
    return [dict(e.attrib) for e in parse(svg).iter() if name in e.get("class", "").split()]


def scale(*dates: str) -> Scale:
    found = scale_of(parse_edtf(date) for date in dates)
    assert found
    return found


def percent(value: str) -> float:
    return float(value.removesuffix("%"))


def strip(date: str, *others: str) -> Markup:
    return draw_strip(parse_edtf(date), scale(date, *others))


def test_time_runs_from_right_to_left() -> None:
    first, last = (with_class(strip(date, "2010", "2015"), "time-day")[0] for date in ("2010-03-01", "2015-03-01"))
    assert percent(first["cx"]) > percent(last["cx"])


@pytest.mark.parametrize(
    ("date", "shape"),
    [
        ("2017-01-11", "day"), ("2015/2016", "lasting"), ("2019-08/2019-09", "lasting"), ("2014", "within"), ("[2015..2016]", "within"),
        ("../2017-07-22", "before"), ("[..2017]", "before"), ("2019-04-04/..", "after"), ("[2014..]", "after"), ("XXXX", None),
    ],
)  # fmt: skip
def test_a_mark_says_what_its_date_says(date: str, shape: str | None) -> None:
    assert shape_of(parse_edtf(date)) == shape


@pytest.mark.parametrize("date", ["../2017-07-22", "[2014..]"])
def test_a_bound_alone_is_a_stroke_with_an_arrow_whose_length_means_nothing(date: str) -> None:
    near, far = strip(date, "2013", "2018"), strip(date, "1950", "2018")
    assert not with_class(near, "time-lasting") and not with_class(near, "time-within")
    (arrow, same) = (with_class(svg, "time-open")[0]["d"] for svg in (near, far))
    assert arrow == same
    assert arrow.startswith("M0 10h20" if date.startswith("..") else "M0 10h-20")


def test_only_what_lasted_has_length_and_doubt_between_bounds_is_a_broken_line() -> None:
    (lasting,) = with_class(strip("2015/2016"), "time-lasting")
    (doubt,) = with_class(strip("[2015..2016]"), "time-within")
    assert (lasting["x1"], lasting["x2"]) == (doubt["x1"], doubt["x2"]) == ("94%", "6%")
    assert len(with_class(strip("[2015..2016]"), "time-bound")) == 2


def test_a_month_among_years_is_a_hollow_dot_and_a_doubtful_day_is_marked() -> None:
    assert with_class(strip("2016-11", "2000", "2019"), "time-some-day")
    assert with_class(strip("2019-12-03?"), "time-doubt") and not with_class(strip("2019-12-03"), "time-doubt")


def test_a_date_without_any_day_has_no_mark_and_none_at_all_no_scale() -> None:
    assert draw_strip(parse_edtf("XXXX"), scale("2017")) == Markup("")
    assert scale_of([]) is scale_of([parse_edtf("XXXX")]) is None


@pytest.mark.parametrize("date", ["0000", "0000/9998", "9999-12-31"])
def test_the_ends_of_the_calendar_are_drawn(date: str) -> None:
    places = [float(place) for place in re.findall(r'(?:x1|x2|cx)="(-?[\d.]+)%"', str(strip(date)))]
    assert places and all(0 <= place <= 100 for place in places)


def test_the_axis_names_the_first_year_and_the_last_and_few_enough_to_read() -> None:
    def years(*dates: str) -> list[str]:
        return [e.text or "" for e in parse(draw_axis(scale(*dates))).iter() if e.get("class") == "time-year"]

    assert years("2010", "2019-12-07") == ["2019", "2016", "2013", "2010"]
    assert years("2019") == ["2019"]
    assert years("2013", "2020") == ["2020", "2016", "2013"]
    assert len(years("1900", "2019")) <= 7
    lines = [line["x1"] for line in with_class(draw_grid(scale("2010", "2019")), "time-line")]
    assert lines == [text["x"] for text in with_class(draw_axis(scale("2010", "2019")), "time-year")]


def test_years_are_written_in_the_digits_of_the_dossier() -> None:
    svg = draw_axis(scale("2017-01-01"), digits="arab")
    assert [e.text for e in parse(svg).iter() if e.get("class") == "time-year"] == ["٢٠١٧"]


# Whom claims join


def make_site(claims: list[tuple[str, tuple[str, ...]]]) -> LinkedDossier:
    """A site with one report for each claim, given as its speaker and whom it is about."""
    text = read_text("seeds/a.txt", "نص".encode(), noise=False)
    reports = tuple(
        Report(
            id=f"r{n}", title="خبر", seed="a.txt",
            claims=(Claim(id="c1", text="قول", said=(Speaker(who=who),), about=about, at=1, mode="reported"),),
        )
        for n, (who, about) in enumerate(claims)
    )  # fmt: skip
    actors = sorted({a for who, about in claims for a in (who, *about)})
    dossier = Dossier(
        settings=Settings(title="ملف"),
        reports=reports,
        actors=tuple(
            Actor(id=a, name=f"اسم طويل بعض الشيء {a}"[: 8 + n % 14], kind="person") for n, a in enumerate(actors)
        ),
    )
    parts = tuple(
        make_part(report, ReportTexts(seed=text, mentions=Mentions(())), {}, frozenset()) for report in reports
    )
    return link(dossier, group(parts), names=compile_names([]), url=None)


def crowd(number: int) -> LinkedDossier:
    """One in the middle whom claims join with everybody, and everybody with the next."""
    pairs = [("hub", f"a{n:03}") for n in range(number)] + [(f"a{n:03}", f"a{n + 1:03}") for n in range(number - 1)]
    return make_site([("paper", pair) for pair in pairs])


def test_an_edge_weighs_independent_origins_not_claims() -> None:
    site = make_site([("s1", ("a", "b")), ("s1", ("a", "b")), ("s1", ("b", "c")), ("s2", ("b", "c"))])
    assert [(e.left, e.right, len(e.origins), len(e.claims)) for e in network_edges(site)] == [
        ("b", "c", 2, 2), ("a", "b", 1, 2),
    ]  # fmt: skip


def test_who_only_speaks_is_joined_with_nobody() -> None:
    site = make_site([("s1", ("a", "b"))])
    assert [{e.left, e.right} for e in network_edges(site)] == [{"a", "b"}]
    assert edges_of(site, "s1") == ()


def test_an_actor_s_own_edges_are_those_of_the_whole() -> None:
    site = crowd(20)
    for actor in ("hub", "a003"):
        whole = {frozenset((e.left, e.right)): e.claims for e in network_edges(site) if actor in (e.left, e.right)}
        assert {frozenset((e.left, e.right)): e.claims for e in edges_of(site, actor)} == whole
        assert all(e.left == actor for e in edges_of(site, actor))


def test_the_strongest_come_first_and_are_few() -> None:
    assert strongest_actors(network_edges(crowd(500)), 12)[0] == "hub"
    assert len(strongest_actors(network_edges(crowd(500)), 12)) == 12


def neighbours(number: int) -> list[Neighbour]:
    return [
        Neighbour(href=f"{n}/", name="اسم طويل جدا " * n, words="قول واحد", origins=n) for n in range(1, number + 1)
    ]


@pytest.mark.parametrize("number", [1, 5, 12])
def test_lines_cross_no_label(number: int) -> None:
    svg = draw_neighbours("أ", neighbours(number))
    texts = [float(e.get("x", "")) for e in parse(svg).iter("text")]
    assert len(texts) == 2 * number and max(texts) < DOTS
    for edge in with_class(svg, "chart-edge"):
        assert min(float(x) for x, _ in re.findall(r"([\d.]+) ([\d.]+)", edge["d"])) >= DOTS
    height = float((parse(svg).get("viewBox") or "").split()[3])
    rows = [(float(hit["y"]), float(hit["height"])) for hit in with_class(svg, "chart-hit")]
    assert all(upper[0] + upper[1] <= lower[0] for upper, lower in itertools.pairwise(rows))
    assert rows[-1][0] + rows[-1][1] <= height and max(texts) < WIDTH


def test_every_neighbour_is_a_link_with_name_and_what_joins_them() -> None:
    svg = draw_neighbours("أ", neighbours(3))
    assert [a.get("aria-label", "").endswith(": قول واحد") for a in parse(svg).iter("a")] == [True] * 3
    assert draw_neighbours("أ", []) == Markup("")


def test_no_picture_has_styles_of_its_own() -> None:
    pictures = (
        draw_neighbours("أ", neighbours(3)),
        strip("2015/2016"),
        draw_axis(scale("2015")),
        draw_grid(scale("2015")),
    )
    assert not any("style" in str(svg) for svg in pictures)
