"""A judgment's page: its map draws each origin once, every node is a link, what contradicts is in view, and the list says the same."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.linking.linked import LinkedDossier
from dossier.pages.argdown import write_argdown
from dossier.pages.charts.evidence import WIDTH
from dossier.pages.outline import Outline
from tests.unit.test_confidence import FILES, SPEAKERS

OTHER = "{id: c9, text: 'لا [أبدا]: #هنا', said: [{who: sara}], at: 1, mode: denied, differs: [{report: a, claim: c1, in: wording, why: نفي}]}"


def site_of(speakers: str, *, mode: str = "reported") -> LinkedDossier:
    """A dossier with a report of a claim by each speaker, all under one judgment, and a report that denies the first."""
    claims = "".join(
        f"  - {{id: c{n}, text: قول {n}, said: [{SPEAKERS[s]}], at: 1, mode: {mode}}}\n"
        for n, s in enumerate(speakers, 1)
    )
    refs = ", ".join(f'"a#c{n}"' for n in range(1, len(speakers) + 1))
    stated = f"  - {{title: خلاصة, text: حكم, confidence: low, claims: [{refs}]}}\n"
    files = {
        **FILES,
        "content/dossier.yaml": f"title: ملف\njudgments:\n{stated}",
        "content/reports/a.md": f"---\ntitle: خبر\nshort: الأول\nseed: a.txt\nclaims:\n{claims}---\n",
        "content/reports/b.md": f"---\ntitle: نفي\nshort: الثاني\nseed: b.txt\nclaims:\n  - {OTHER}\n---\n",
        "seeds/b.txt": "نص آخر\n",
    }
    return compose(make_snapshot(files), Memo()).site


def view_of(site: LinkedDossier) -> Any:
    return Outline(site)["/judgments/1/"].make_view()


def drawn(view: Any) -> ElementTree.Element:
    return ElementTree.fromstring(str(view.map))


def test_each_origin_is_drawn_once_and_every_node_is_a_link() -> None:
    view = view_of(site_of("aaUN"))
    svg = drawn(view)
    links = [link for link in svg.iter("a") if link.get("href")]
    circles = [circle for link in links for circle in link.iter("circle")]
    assert len(circles) == len(list(svg.iter("circle"))) == 4 + 1 + 3
    kinds = [circle.get("class", "").split()[1] for circle in circles if "evidence-origin" in circle.get("class", "")]
    assert sorted(kinds) == ["evidence-anonymous", "evidence-named", "evidence-named"]
    ways = [(origin.name, [(way.kind, len(way.claims)) for way in origin.ways]) for origin in view.origins]
    assert ways == [("علي", [("named", 1)]), ("صحيفة one", [("anonymous", 2), ("unsourced", 1)])]


def test_claims_in_an_outlet_s_own_voice_show_it_beside_those_of_its_sources() -> None:
    svg = drawn(view_of(site_of("aUN")))
    shapes = [e for e in svg.iter("rect") if "evidence-kind" in e.get("class", "")]
    assert [s.get("class", "").split()[1] for s in shapes] == [
        "evidence-anonymous", "evidence-unsourced", "evidence-named", "evidence-named",
    ]  # fmt: skip
    labels = [link.get("aria-label", "") for link in svg.iter("a")]
    assert "الأول، القول 2، إخبار، بلا مصدر: قول 2" in labels
    assert "صحيفة one، عن غير مسمّى وبصوتها" in labels


def test_nothing_is_drawn_over_another_or_outside() -> None:
    svg = drawn(view_of(site_of("abcUVWNM")))
    height = int(svg.get("viewBox", "").split()[-1])
    at = [(int(c.get("cx", "")), int(c.get("cy", ""))) for c in svg.iter("circle")]
    assert len(set(at)) == len(at)
    assert all(0 < x < WIDTH and 27 < y < height for x, y in at)


def test_what_contradicts_stands_apart_with_a_line_to_what_it_contradicts() -> None:
    view = view_of(site_of("aN"))
    assert len(drawn(view).findall(".//path[@class='evidence-contradicts']")) == 1
    assert [claim.id for claim in view.outside] == ["c9"]
    assert [claim.id for claim in view.claims] == ["c1", "c2"]


def test_above_thirty_claims_those_of_one_report_and_origin_are_one_node_and_the_list_has_all() -> None:
    few, many = view_of(site_of("a" * 30)), view_of(site_of("a" * 25 + "b" * 6))
    assert (few.folded, many.folded) == (False, True)
    names = [text.text for text in drawn(many).iter("text") if text.get("class") == "chart-name"]
    assert {"25 قولًا", "6 أقوال"} <= set(names)
    assert len(many.claims) == 31


def test_a_judgment_says_how_it_is_sourced_and_without_whom_nothing_is_left() -> None:
    one, two = view_of(site_of("aa")).sourcing, view_of(site_of("aN")).sourcing
    assert one.whole == "مصدر أول واحد، غير مسمّى"
    assert [link.text for link in one.carriers] == ["المصادر غير المسمّاة", "صحيفة one"]
    assert two.whole == "مصدران أولان: واحد مسمّى وواحد غير مسمّى"
    assert [link.href for link in two.carriers] == ["../../sources/one/"]


def test_argdown_has_every_claim_and_origin_and_its_signs_are_escaped() -> None:
    text = write_argdown(site_of("aN", mode="hedged"), 0).decode()
    assert text.startswith(
        '===\ntitle: "خلاصة"\n===\n\n[الخلاصة 1]: حكم\n  + [الأول، القول 1، a#c1]\n  + [الأول، القول 2، a#c2]\n'
    )
    assert (
        "[الأول، القول 1، a#c1]: قول 1 (متحفَّظ فيه)\n  + [صحيفة one، غير مسمّى]\n  >< [الثاني، القول 9، b#c9]\n" in text
    )
    assert r"لا \[أبدا\]\: \#هنا" in text
    defined = set(re.findall(r"^\[(.+)\]: ", text, re.MULTILINE))
    assert set(re.findall(r"^  (?:\+|><) \[(.+)\]$", text, re.MULTILINE)) - defined == {
        "صحيفة one، غير مسمّى",
        "علي، مسمّى",
        "سارة، مسمّى",
    }


@pytest.mark.parametrize("missing", ["/judgments/2/", "/judgments/0/"])
def test_there_is_no_page_for_a_judgment_that_is_not_there(missing: str) -> None:
    assert missing not in Outline(site_of("a"))
