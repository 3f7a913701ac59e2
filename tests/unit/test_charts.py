"""The pictures: time runs right to left, uncertainty is seen, labels stay apart, nothing needs a style of its own."""

from __future__ import annotations

import itertools
import re
import threading
from typing import Any
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from dossier.articles.mentions import compile_names
from dossier.articles.source_text import read_text
from dossier.content.model import Actor, Claim, Dossier, Report, Settings, Speaker
from dossier.linking.link import group, link
from dossier.linking.linked import LinkedDossier, ReportTexts
from dossier.linking.parts import make_part
from dossier.pages.charts.network import LINE, MAX_ACTORS, WIDTH, draw_network, network_edges
from dossier.pages.charts.timeline import TimelineEvent, draw_timeline


def event(title: str, earliest: str | None, latest: str | None, *, approximate: bool = False) -> TimelineEvent:
    return TimelineEvent(
        href=f"{len(title)}/", title=title, when="تاريخ", earliest=earliest, latest=latest, approximate=approximate
    )


def parse(svg: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(str(svg))


def with_class(svg: Markup, name: str) -> list[dict[str, str]]:
    return [dict(e.attrib) for e in parse(svg).iter() if name in e.get("class", "").split()]


def bars(*events: TimelineEvent) -> list[tuple[float, float]]:
    """Left and right end of each bar."""
    found = with_class(draw_timeline(events), "chart-bar")
    return [(float(bar["x"]), float(bar["x"]) + float(bar["width"])) for bar in found]


def test_time_runs_from_right_to_left() -> None:
    first, last = bars(event("أول", "2010-03-01", "2010-09-01"), event("آخر", "2015-03-01", "2015-09-01"))
    assert first[0] > last[1]


def test_a_bar_goes_from_the_earliest_to_the_latest_day() -> None:
    whole, half = bars(event("عام", "2010-01-01", "2011-12-31"), event("نصفه", "2010-01-01", "2010-12-31"))
    assert whole[1] == half[1]
    assert whole[1] - whole[0] == pytest.approx(2 * (half[1] - half[0]), rel=0.01)


def test_an_open_end_reaches_the_edge_and_fades_towards_it() -> None:
    events = (event("بلا بداية", None, "2012-06-01"), event("بلا نهاية", "2012-06-01", None))
    past, future = bars(*events)
    assert past[1] == 340 and future[0] == 0
    assert [bar["fill"] for bar in with_class(draw_timeline(events), "chart-bar")] == [
        "url(#fade-past)",
        "url(#fade-future)",
    ]


def test_only_a_sure_day_does_not_fade() -> None:
    svg = draw_timeline([
        event("يوم", "2012-06-01", "2012-06-01"), event("نحو يوم", "2012-06-01", "2012-06-01", approximate=True),
        event("شهر", "2012-06-01", "2012-06-30"),
    ])  # fmt: skip
    assert ["fill" in bar for bar in with_class(svg, "chart-bar")] == [False, True, True]


def test_every_bar_can_be_seen_and_lies_within_the_picture() -> None:
    for left, right in bars(event("أ", "2000-01-01", "2000-01-01"), event("ب", "2020-12-31", "2020-12-31")):
        assert right - left >= 7
        assert left >= 0 and right <= 340


def test_events_without_any_day_are_left_out_and_none_at_all_makes_no_picture() -> None:
    assert len(bars(event("أ", "2000-01-01", None), event("ب", None, None))) == 1
    assert draw_timeline([event("ب", None, None)]) == Markup("")
    assert draw_timeline([]) == Markup("")


@pytest.mark.parametrize(
    ("earliest", "latest"), [("0000-01-01", "0000-12-31"), ("0000-01-01", "9998-12-31"), ("9999-12-31", None)]
)
def test_the_ends_of_the_calendar_are_drawn(earliest: str, latest: str | None) -> None:
    assert len(bars(event("أ", earliest, latest))) == 1


def test_a_date_of_any_year_is_as_good_as_none() -> None:
    sure = event("سنة", "2017-01-01", "2017-12-31")
    assert bars(sure, event("أي سنة", None, None)) == bars(sure)
    assert draw_timeline([event("ديسمبر ما", None, None)]) == ""


def test_a_long_title_takes_two_lines_and_stands_whole_in_the_links_name() -> None:
    title = "اجتماع طويل العنوان بين لجنتين من البحارة والصيادين في مقر النقابة القديم عند مدخل المدينة " * 2
    svg = draw_timeline([event(title.strip(), "2012-06-01", "2012-06-01"), event("قصير", "2012-06-01", "2012-06-01")])
    labels = [e for e in parse(svg).iter() if e.get("class") == "chart-label"]
    assert len(labels) == 3 and max(len(e.text or "") for e in labels) <= 51
    (first, _) = (e.get("aria-label") or "" for e in parse(svg).iter("a"))
    assert title.strip() in first


def test_a_title_on_two_lines_leaves_no_word_alone() -> None:
    title = "اجتماع بحارة الميناء الشرقي مع نقابة الصيادين أمس مساءً في المرفأ"
    lines = [
        e.text or ""
        for e in parse(draw_timeline([event(title, "2012-06-01", None)])).iter()
        if e.get("class") == "chart-label"
    ]
    assert " ".join(lines) == title
    assert abs(len(lines[0]) - len(lines[1])) < 15


def test_marks_above_and_below_letters_take_no_room() -> None:
    title = "لُقِّبَ بِـ«شَيْخِ البَحَّارَةِ» فِي المَدِينَةِ القَدِيمَةِ"
    assert len(title) > 50
    assert len(with_class(draw_timeline([event(title, "2012-06-01", None)]), "chart-label")) == 1


def test_a_title_without_any_space_is_cut() -> None:
    (label,) = [
        e
        for e in parse(draw_timeline([event("ب" * 200, "2012-06-01", None)])).iter()
        if e.get("class") == "chart-label"
    ]
    assert label.text == "ب" * 49 + "…"


def test_rows_do_not_overlap() -> None:
    svg = draw_timeline([event("كلمة " * n, "2012-06-01", "2012-06-01") for n in (1, 9, 18, 30)])
    rows = [(float(r["y"]), float(r["y"]) + float(r["height"])) for r in with_class(svg, "chart-hit")]
    assert all(upper[1] <= lower[0] for upper, lower in itertools.pairwise(rows))
    height = float((parse(svg).get("viewBox") or "").split()[3])
    assert rows[-1][1] <= height


def test_years_are_written_in_the_digits_of_the_dossier() -> None:
    svg = draw_timeline([event("أ", "2017-01-01", "2017-01-01")], digits="arab")
    assert [e.text for e in parse(svg).iter() if e.get("class") == "chart-year"] == ["٢٠١٧"]


# The network


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
    parts = tuple(make_part(report, ReportTexts(seed=text, seed_mentions=()), frozenset()) for report in reports)
    return link(dossier, group(parts), names=compile_names([]), url=None)


def crowd(number: int) -> LinkedDossier:
    """One in the middle whom claims join with everybody, and everybody with the next."""
    pairs = [("hub", f"a{n:03}") for n in range(number)] + [(f"a{n:03}", f"a{n + 1:03}") for n in range(number - 1)]
    return make_site([("paper", pair) for pair in pairs])


def draw(site: LinkedDossier) -> Any:
    return draw_network(site, network_edges(site), lambda actor: f"../actors/{actor}/")


def test_an_edge_weighs_independent_origins_not_claims() -> None:
    site = make_site([("one", ("x", "y")), ("one", ("y", "x")), ("one", ("x", "z")), ("two", ("x", "z"))])
    found = [(e.left, e.right, len(e.origins), len(e.claims)) for e in network_edges(site)]
    assert found == [("x", "z", 2, 2), ("x", "y", 1, 2)]


def test_who_only_speaks_is_joined_with_nobody() -> None:
    assert network_edges(make_site([("one", ("x",)), ("two", ())])) == ()


def test_labels_of_55_actors_stay_apart_and_within_the_picture() -> None:
    site = crowd(54)
    svg = draw(site).svg
    height = float((parse(svg).get("viewBox") or "").split()[3])
    labels = [(float(e.get("x", 0)), float(e.get("y", 0)), len(e.text or "") * 6.2) for e in parse(svg).iter("text")]
    assert len(labels) == 55
    for (x1, y1, w1), (x2, y2, w2) in itertools.combinations(labels, 2):
        assert abs(x1 - x2) >= (w1 + w2) / 2 or abs(y1 - y2) >= LINE * 0.75
    assert all(x - w / 2 >= 0 and x + w / 2 <= WIDTH and 0 <= y <= height for x, y, w in labels)


def test_no_dot_stands_on_the_label_of_another() -> None:
    links = list(parse(draw(crowd(54)).svg).iter("a"))
    dots = [
        [float(value) for value in map(dot.get, ("cx", "cy", "r")) if value] for a in links for dot in a.iter("circle")
    ]
    labels = [
        (float(e.get("x", 0)), float(e.get("y", 0)), len(e.text or "") * 6.2 / 2) for a in links for e in a.iter("text")
    ]
    touching = [
        (i, j)
        for (i, (cx, cy, r)), (j, (x, y, half)) in itertools.product(enumerate(dots), enumerate(labels))
        if i != j and abs(cx - x) < half + r and y - 10 < cy + r and cy - r < y + 3
    ]
    assert touching == []


def test_every_actor_is_a_link_with_its_name() -> None:
    links = list(parse(draw(crowd(5)).svg).iter("a"))
    assert {a.get("href") for a in links} == {"../actors/hub/", *(f"../actors/a{n:03}/" for n in range(5))}
    assert all("".join(a.itertext()).strip() for a in links)


def test_beyond_150_actors_only_the_strongest_ties_are_drawn() -> None:
    drawn = draw(crowd(MAX_ACTORS + 30))
    assert drawn.cut
    assert len(list(parse(drawn.svg).iter("a"))) <= MAX_ACTORS
    assert not draw(crowd(20)).cut


def test_it_is_the_same_every_time_also_when_two_are_drawn_at_once() -> None:
    site = crowd(30)
    expected, found = draw(site).svg, []
    threads = [threading.Thread(target=lambda: found.append(draw(site).svg)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_no_picture_has_styles_of_its_own_and_places_in_the_network_are_whole() -> None:
    network, timeline = draw(crowd(12)).svg, draw_timeline([event("أ", "2012-06-01", None)])
    for svg in (network, timeline):
        assert "style" not in svg and "<script" not in svg
    assert not re.search(r'\b(?:x|y|cx|cy|x1|x2|y1|y2)="[0-9-]*\.', network)
