"""The flow of sources: what is drawn is what the claims say, both pictures and the list say the same, and many still fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from dossier.pages.charts.labels import wrap
from dossier.pages.views.flow import CARRIERS_SHOWN, NODES_SHOWN
from tests.unit.test_views import site_of, view


def flow(changes: Mapping[str, str] | None = None) -> Any:
    return view(site_of(changes), "/").flow


def elements(svg: Markup, name: str) -> list[ElementTree.Element]:
    return [e for e in ElementTree.fromstring(str(svg)).iter() if name in e.get("class", "").split()]


def ribbon_names(svg: Markup) -> list[str]:
    links = ElementTree.fromstring(str(svg)).findall("a")
    return [a.get("aria-label", "") for a in links if "flow-ribbon" in (a[1].get("class") or "")]


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


def crowd(outlets: int, sources: int) -> dict[str, str]:
    """As many outlets, each with a report that has claims of as many speakers of its own, and passes on the one before it."""
    files: dict[str, str] = {}
    for n in range(outlets):
        files[f"content/actors/o{n}.md"] = f"---\nname: صحيفة {n} ذات اسم طويل لا يسعه سطر واحد\nkind: outlet\n---\n"
        claims = ""
        for m in range(sources):
            files[f"content/actors/s{n}-{m}.md"] = f"---\nname: شاهد {n} {m}\nkind: person\n---\n"
            chain = f"[{{who: s{n}-{m}}}, {{who: o{(n + 1) % outlets}}}, {{who: o{n}}}]"
            claims += f"  - {{id: c{m + 1}, text: قول, said: {chain}, at: 1, mode: reported}}\n"
        files[f"content/reports/r{n}.md"] = f"---\ntitle: خبر {n}\nseed: r{n}.txt\noutlet: o{n}\nclaims:\n{claims}---\n"
        files[f"seeds/r{n}.txt"] = "نص"
    return files


def test_ribbons_go_from_origins_through_carriers_to_reports() -> None:
    found = flow()
    names = [
        "قول واحد: مصادر غير مسمّاة، جريدة المرفأ، إلى جريدة المرفأ 2020",
        "قول واحد: مصادر غير مسمّاة، جريدة المرفأ، عبر جريدة المرفأ، إلى موقع الرصيف 2020",
        "قول واحد: بصوت الوسيلة، بلا مصدر، جريدة المرفأ، إلى جريدة المرفأ 2020",
    ]
    assert sorted(ribbon_names(found.wide)) == sorted(ribbon_names(found.tall)) == sorted(names)
    assert [(kind.kind, kind.claims) for kind in found.kinds] == [("anonymous", "قولان"), ("unsourced", "قول واحد")]


def test_anonymous_ribbons_are_hatched_and_unsourced_ones_of_another_class() -> None:
    for svg in (flow().wide, flow().tall):
        ribbons = elements(svg, "flow-ribbon")
        assert {r.get("class", "").split()[1]: (r.get("fill") or "") for r in ribbons} == {
            "flow-anonymous": "url(#hatch-wide)" if svg == flow().wide else "url(#hatch-tall)",
            "flow-unsourced": "",
        }


def test_every_ribbon_leads_to_the_claims_it_stands_for_and_the_list_to_the_same() -> None:
    found = flow()
    links = [
        "claims/?origin=paper.anonymous&report=one#origin.paper.anonymous",
        "claims/?origin=paper.anonymous&report=two&speaker=paper#origin.paper.anonymous",
        "claims/?origin=paper.unsourced&report=one#origin.paper.unsourced",
    ]
    root = ElementTree.fromstring(str(found.wide))
    assert sorted(a.get("href", "") for a in root if "report=" in a.get("href", "")) == links
    assert sorted(way.href for origin in found.origins for way in origin.ways) == links


def test_both_pictures_name_every_bar_in_place() -> None:
    found = flow()
    for svg in (found.wide, found.tall):
        named = [a for a in ElementTree.fromstring(str(svg)).findall("a") if "flow-bar" in (a[1].get("class") or "")]
        assert [a.get("aria-label") for a in named] == [" ".join("".join(t.itertext()) for t in a[2:]) for a in named]
        assert len(named) == 5


@pytest.mark.parametrize(("outlets", "sources"), [(1, 1), (5, 2), (30, 4), (120, 3)])
def test_pictures_of_any_size_stay_within_their_frame_and_can_be_told_apart(outlets: int, sources: int) -> None:
    found = flow(crowd(outlets, sources))
    for svg in (found.wide, found.tall):
        root = ElementTree.fromstring(str(svg))
        width, height = numbers(root.get("viewBox", ""))[2:]
        for path in (e.get("d", "") for e in (*elements(svg, "flow-ribbon"), *elements(svg, "flow-bar"))):
            assert all(-1 <= number <= max(width, height) + 1 for number in numbers(path))
        bars = [numbers(bar.get("d", "")) for bar in elements(svg, "flow-bar")]
        assert len(bars) <= 2 * NODES_SHOWN + CARRIERS_SHOWN
        assert all(abs(bar[3] - bar[1]) >= 7.9 and abs(bar[2] - bar[0]) >= 7.9 for bar in bars)


def test_what_is_drawn_together_still_counts() -> None:
    found = flow(crowd(40, 5))
    drawn = [int(match[0]) for name in ribbon_names(found.wide) if (match := re.match(r"\d+", name))]
    words = [name for name in ribbon_names(found.wide) if not name[0].isdigit()]
    assert sum(drawn) + sum(2 if name.startswith("قولان") else 1 for name in words) == 203
    assert any("مصادر أولى أخرى" in name for name in ribbon_names(found.wide))


def test_a_label_that_is_too_long_breaks_in_two_and_keeps_arrows_with_their_names() -> None:
    assert wrap("العربي الجديد ←\N{NO-BREAK SPACE}كونسورتيوم نيوز", 22)[1].startswith("←")
    assert wrap("قصير", 22) == ["قصير"]
