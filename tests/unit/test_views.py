"""Views: what pages are given, on a tiny dossier of two outlets that tell of one meeting."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any

import pytest

from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.linking.linked import LinkedDossier
from dossier.pages.outline import Outline
from dossier.pages.views.claims import show_row
from dossier.pages.views.frame import Addresses

FILES = {
    "content/dossier.yaml": (
        "title: ملف الميناء\ndescription: وصف\nurl: https://press.example/files/\npublisher: مكتب\n"
        "judgments:\n  - {text: حكم, confidence: low, claims: ['one#c1']}\nunknowns:\n  - {text: سؤال}\n"
    ),
    "content/actors/paper.md": "---\nname: جريدة المرفأ\nlatin: Marfa Daily\nkind: outlet\n---\n",
    "content/actors/site.md": "---\nname: موقع الرصيف\nkind: outlet\nwas: [old-site]\n---\n",
    "content/actors/sami.md": "---\nname: سامي البحري\nkind: person\nrole: ربان\naliases: [الربان البحري]\n---\nيذكره [خبر](report:one).\n",
    "content/events/meeting.md": "---\ntitle: لقاء الرصيف\nwhen: '2020-05'\nplace: صور\nactors: [sami]\n---\nقيل إنه جرى.\n",
    "content/places.yaml": "- {name: صور}\n",
    "content/pages/about.md": "---\ntitle: عن الملف\n---\nنص.\n",
    "content/reports/one.md": (
        "---\ntitle: لقاء في المرفأ\nseed: one.txt\noutlet: paper\npublished: '2020-05-02'\nadded: 2020-06-01\nwas: [first]\n"
        "claims:\n"
        "  - id: c1\n    text: التقى سامي تاجرا\n    said: [{who: null, as: بحار, anonymous: true}, {who: paper}]\n"
        "    about: [sami]\n    when: '2020-05'\n    when_text: هذا الشهر\n    at: 1\n    mode: hedged\n    event: meeting\n"
        "  - {id: c2, text: غادر سامي, said: [{who: paper}], about: [sami], at: 2, mode: reported}\n"
        "---\nتصف الجريدة لقاء. وفيه تحفظ.\n"
    ),
    "content/reports/two.md": (
        "---\ntitle: عن لقاء المرفأ\nseed: two.txt\noutlet: site\nvia: [paper]\npublished: '2020-06'\n"
        "cites: [{report: one, certainty: certain, why: يسميها}]\n"
        "claims:\n"
        "  - id: c1\n    text: التقى سامي تاجرا في صور\n    said: [{who: paper}, {who: site}]\n    about: [sami]\n    at: 1\n"
        "    mode: reported\n    event: meeting\n    repeats: [{report: one, claim: c1, certainty: certain, why: ينقل عنها}]\n"
        "    differs: [{report: one, claim: c1, in: place, certainty: probable, why: المكان}]\n"
        "---\nيعيد الموقع الخبر.\n"
    ),
    "seeds/one.txt": "قال بحار إن سامي البحري التقى تاجرا. ثم سكت.\n\nوغادر سامي البحري، أي الربان البحري، المرفأ.\n",
    "seeds/two.txt": "نقل موقع الرصيف عن جريدة المرفأ خبر سامي البحري.\n",
}


def site_of(changes: Mapping[str, str] | None = None) -> LinkedDossier:
    return compose(make_snapshot({**FILES, **(changes or {})}), Memo()).site


@pytest.fixture(scope="module")
def site() -> LinkedDossier:
    return site_of()


def view(site: LinkedDossier, path: str) -> Any:
    return Outline(site)[path].make_view()


def test_every_address_of_the_format_has_a_page(site: LinkedDossier) -> None:
    assert set(Outline(site)) == {
        "/", "/reports/", "/reports/one/", "/reports/two/", "/reports/first/", "/actors/", "/actors/paper/", "/actors/site/",
        "/actors/sami/", "/actors/old-site/", "/events/", "/events/meeting/", "/claims/", "/search/", "/about/", "/print/", "/integrity/", "/404.html",
        "/sources/", "/sources/anonymous/", "/sources/unsourced/", "/sources/paper/", "/sources/site/",
        "/judgments/1/", "/cards/one/c1/", "/cards/one/c2/", "/cards/two/c1/",
    }  # fmt: skip


def test_views_are_plain_values_that_pickle_alike_each_time(site: LinkedDossier) -> None:
    for path, page in Outline(site).items():
        first, second = page.make_view(), page.make_view()
        assert first == second, path
        assert pickle.dumps(pickle.loads(pickle.dumps(first))) == pickle.dumps(pickle.loads(pickle.dumps(second))), path


def test_links_are_relative_and_those_of_404_absolute(site: LinkedDossier) -> None:
    assert view(site, "/").shell.root == ""
    assert view(site, "/").shell.home == "./"
    assert view(site, "/reports/one/").shell.root == "../../"
    assert view(site, "/404.html").shell.root == "/files/"
    assert view(site_of({"content/dossier.yaml": "title: ملف\n"}), "/404.html").shell.root == "/"


def test_the_current_section_is_marked_and_no_other(site: LinkedDossier) -> None:
    assert [link.current for link in view(site, "/claims/").shell.navigation] == [False, True, False, False]
    assert [link.current for link in view(site, "/about/").shell.pages] == [True]


def test_a_claim_has_its_chain_mode_date_origins_and_paragraph(site: LinkedDossier) -> None:
    claim = view(site, "/reports/one/").claims[0]
    assert [(str(s.name), s.href, s.anonymous) for s in claim.chain] == [
        ("بحار", None, True),
        ("جريدة المرفأ", "../../actors/paper/", False),
    ]
    assert (claim.mode_label, claim.when, claim.when_text) == ("متحفَّظ فيه", "مايو/أيار 2020", "هذا الشهر")
    assert claim.origins == "مصدر أول واحد، غير مسمّى"
    assert (claim.paragraph.href, claim.paragraph.text) == ("#p1", "1")
    assert claim.event.href == "../../events/meeting/"


def test_a_claim_that_repeats_has_the_origin_of_what_it_repeats(site: LinkedDossier) -> None:
    claim = view(site, "/reports/two/").claims[0]
    assert claim.origins == "في ما يعيده: مصدر أول واحد، غير مسمّى"
    assert claim.elsewhere == "يعيد قولًا آخر"
    (relation,) = claim.relations
    assert (relation.href, relation.certainty, str(relation.why)) == (
        "../../reports/one/#c1",
        "إعادة مؤكدة",
        "ينقل عنها",
    )


def test_both_sides_of_a_difference_show_it(site: LinkedDossier) -> None:
    for report, other in (("one", "two"), ("two", "one")):
        (difference,) = view(site, f"/reports/{report}/").claims[0].differences
        assert difference.verb == "يخالفه في المكان"
        assert (difference.href, difference.certainty) == (f"../../reports/{other}/#c1", "خلاف راجح")


def test_a_reason_says_which_claim_is_here_wherever_it_is_not_read_from_its_own_side() -> None:
    two = (
        FILES["content/reports/two.md"]
        .replace("why: المكان", "why: المكان هنا صور وليس هناك")
        .replace("why: ينقل عنها", "why: وهذا ينقل")
    )
    site = site_of({"content/reports/two.md": two})
    own, other = (view(site, f"/reports/{report}/").claims[0] for report in ("two", "one"))
    assert [r.sided for r in (*own.relations, *own.differences)] == [None, None]
    sides = "«هنا»: موقع الرصيف 2020، القول 1؛ «هناك»: هذا القول"
    assert [r.sided for r in (*other.relations, *other.differences)] == [sides, sides]
    (row,) = view(site, "/claims/").board.rows
    assert row.disputes[0].sided == "«هنا»: موقع الرصيف 2020، القول 1؛ «هناك»: جريدة المرفأ 2020، القول 1"
    (plain,) = view(site_of(), "/claims/").board.rows
    assert plain.disputes[0].sided is None


def retold(certainty: str, more: str = "") -> LinkedDossier:
    """The dossier with a third report that retells the claim of `two`, which `one` contradicts."""
    text = (
        "---\ntitle: خبر معاد\nseed: three.txt\noutlet: paper\npublished: '2020-07'\nclaims:\n"
        "  - id: c1\n    text: التقى سامي تاجرا في صور\n    said: [{who: site}, {who: paper}]\n    about: [sami]\n    at: 1\n"
        f"    mode: reported\n    repeats: [{{report: two, claim: c1, certainty: {certainty}, why: ينقل}}]\n{more}---\n"
    )
    two = FILES["content/reports/two.md"]
    bare = two[: two.index("    repeats:")] + two[two.index("    differs:") :]
    return site_of(
        {"content/reports/two.md": bare, "content/reports/three.md": text, "seeds/three.txt": "نقل الخبر عن الموقع.\n"}
    )


def test_who_retells_a_disputed_claim_retells_the_dispute() -> None:
    site = retold("probable")
    claim = view(site, "/reports/three/").claims[0]
    assert claim.differences == ()
    (dispute,) = claim.inherited
    assert (dispute.source.href, dispute.other.href) == ("../../reports/two/#c1", "../../reports/one/#c1")
    assert (dispute.aspect, dispute.certainty) == ("المكان", "خلاف راجح")
    assert show_row(site, "three#c1", Addresses("/claims/", site)).differs == "خلاف في ما يعيده"
    assert view(site, "/reports/two/").claims[0].inherited == ()  # its own dispute is told as its own


def test_a_dispute_is_not_taken_over_where_the_retelling_is_only_possible_or_differs_itself() -> None:
    assert view(retold("possible"), "/reports/three/").claims[0].inherited == ()
    own = "    differs: [{report: one, claim: c1, in: date, why: اليوم}]\n"
    claim = view(retold("certain", own), "/reports/three/").claims[0]
    assert (len(claim.differences), claim.inherited) == (1, ())


def test_a_relation_that_both_sides_name_is_shown_once() -> None:
    agrees = "    agrees: [{report: %s, claim: c1}]\n    differs: [{report: %s, claim: c1, in: date, why: اليوم}]\n"
    claim = "  - id: c1\n    text: قول\n    said: [{who: paper}]\n    at: 1\n    mode: reported\n"
    head = "---\ntitle: خبر\nseed: %s.txt\nclaims:\n"
    mutual = {
        f"content/reports/{a}.md": head % a + claim + agrees % (b, b) + "---\n"
        for a, b in (("one", "two"), ("two", "one"))
    }
    shown = view(site_of({**mutual, "content/dossier.yaml": "title: ملف\n", "content/actors/sami.md": FILES["content/actors/paper.md"].replace("name: ", "name: أول ")}), "/reports/one/").claims[0]  # fmt: skip
    assert (len(shown.relations), len(shown.differences)) == (1, 1)
    assert shown.elsewhere == "يوافقه قول واحد"


def test_the_text_links_an_actor_where_a_paragraph_first_names_them(site: LinkedDossier) -> None:
    pieces = view(site, "/reports/one/").pieces
    assert [(p.anchor, p.number) for p in pieces] == [("p1", "1"), ("p2", "2")]
    assert str(pieces[1].html).count("<a ") == 1
    assert '<a href="../../actors/sami/" data-who="سامي البحري: ربان">سامي البحري</a>' in pieces[1].html


def test_citations_go_both_ways_with_their_reason(site: LinkedDossier) -> None:
    (cites,) = view(site, "/reports/two/").cites
    (cited,) = view(site, "/reports/one/").cited_by
    assert (cites.link.href, cites.certainty, str(cites.why)) == ("../../reports/one/", "اعتماد مؤكد", "يسميها")
    assert cited.link.href == "../../reports/two/"


def test_an_actor_s_claims_stand_by_the_speaker_who_is_named_first(site: LinkedDossier) -> None:
    shown = view(site, "/actors/sami/")
    assert [(g.speaker.text, g.number, len(g.claims), len(g.rest)) for g in shown.about] == [
        ("جريدة المرفأ", "3 أقوال", 3, 0)
    ]
    assert shown.said is None
    assert view(site, "/actors/paper/").said.number == "3 أقوال"
    assert [link.text for link in view(site, "/actors/paper/").published] == ["لقاء في المرفأ"]


def test_the_nearest_to_a_speaker_stand_first_in_their_group() -> None:
    claims = {
        "one": ["[{who: null, as: بحار, anonymous: true}, {who: paper}]", "[{who: paper}]"],
        "two": [
            "[{who: paper}, {who: site}]",
            "[{who: site}]",
            "[{who: null, as: بحار, anonymous: true}, {who: paper}, {who: site}]",
        ],
    }
    files = {
        f"content/reports/{r}.md": f"---\ntitle: خبر\nseed: {r}.txt\nclaims:\n"
        + "".join(
            f"  - {{id: c{n}, text: قول, said: {said}, about: [sami], at: 1, mode: reported}}\n"
            for n, said in enumerate(found, 1)
        )
        + "---\n"
        for r, found in claims.items()
    }
    changed = site_of({**files, "content/dossier.yaml": "title: ملف\n"})
    first, second = view(changed, "/actors/sami/").about
    assert (first.speaker.text, second.speaker.text) == ("جريدة المرفأ", "موقع الرصيف")
    assert [row.href.split("/")[-2:] for row in first.claims] == [
        ["one", "#c2"], ["one", "#c1"], ["two", "#c1"], ["two", "#c3"],
    ]  # fmt: skip
    said = view(changed, "/actors/site/").said
    assert [row.href.split("/")[-2:] for row in said.claims] == [["two", "#c2"], ["two", "#c1"], ["two", "#c3"]]


def test_many_claims_of_one_speaker_are_folded_but_not_one_alone() -> None:
    def with_claims(number: int) -> Any:
        claims = "".join(
            f"  - {{id: c{n}, text: قول, said: [{{who: paper}}], about: [sami], at: 1, mode: reported}}\n"
            for n in range(1, number + 1)
        )
        report = f"---\ntitle: خبر\nseed: one.txt\nclaims:\n{claims}---\n"
        files = {k: v for k, v in FILES.items() if k not in ("content/reports/two.md", "seeds/two.txt")}
        files |= {
            "content/reports/one.md": report,
            "content/dossier.yaml": "title: ملف\n",
            "content/actors/sami.md": "---\nname: سامي البحري\nkind: person\n---\n",
        }
        return compose(make_snapshot(files), Memo()).site

    (five,) = view(with_claims(5), "/actors/sami/").about
    (six,) = view(with_claims(6), "/actors/sami/").about
    assert (len(five.claims), len(five.rest)) == (5, 0)
    assert (len(six.claims), len(six.rest), six.rest_number) == (4, 2, "قولان")


def test_an_actor_s_reports_come_with_the_sentence_that_names_them(site: LinkedDossier) -> None:
    by_title = {item.link.text: item for item in view(site, "/actors/sami/").reports}
    naming = by_title["لقاء في المرفأ"]
    assert str(naming.sentence) == "قال بحار إن <mark>سامي البحري</mark> التقى تاجرا."
    assert naming.href == "../../reports/one/#p1"
    assert naming.mentions == "يرد الاسم 3 مرات"


def test_an_event_has_its_claims_and_its_reports(site: LinkedDossier) -> None:
    shown = view(site, "/events/meeting/")
    assert [claim.id for claim in shown.claims] == ["c1", "c1"]
    assert (shown.when, shown.place) == ("مايو/أيار 2020", "صور")
    assert len(shown.reports) == 2


def test_the_claims_page_has_the_ledger_the_clusters_and_the_rest(site: LinkedDossier) -> None:
    shown = view(site, "/claims/")
    (row,) = shown.board.rows
    (dispute,) = row.disputes
    assert dispute.id == "d-two-c1-one-c1-place"
    assert [column.text for column in shown.board.columns] == [cell.report.text for cell in row.cells]
    assert [[str(claim.text) for claim in cell.claims] for cell in row.cells] == [
        ["التقى سامي تاجرا في صور"],
        ["التقى سامي تاجرا"],
    ]
    assert (dispute.aspect, dispute.certainty) == ("المكان", "خلاف راجح")
    assert {(side.report.text, side.number) for side in dispute.sides} == {
        ("جريدة المرفأ 2020", "1"),
        ("موقع الرصيف 2020", "1"),
    }
    assert [(cluster.heading, cluster.summary) for cluster in shown.clusters] == [
        ("لقاء الرصيف", "تقريران، مصدر أول واحد، غير مسمّى")
    ]
    assert [(group.report.text, group.number) for group in shown.reports] == [("جريدة المرفأ 2020", "قول واحد")]
    assert [item.certainty for item in shown.citations] == ["اعتماد مؤكد"]


def test_the_first_page_names_what_the_judgments_rest_on(site: LinkedDossier) -> None:
    shown = view(site, "/")
    assert [(j.confidence, j.summary, [c.href for c in j.claims]) for j in shown.judgments] == [
        ("ثقة منخفضة", "تقوم على قول واحد", ["reports/one/#c1"])
    ]
    assert [(u.confidence, u.claims) for u in shown.unknowns] == [(None, ())]
    assert [str(card.source) for card in shown.reports] == ["موقع الرصيف، نقلًا عن جريدة المرفأ", "جريدة المرفأ"]


TABLE = """
tables:
  - id: who
    title: من فعل ماذا
    note: ملاحظة
    rows: [{actor: sami}, {actor: paper, note: لم تُسأل}]
    columns: [{id: talks, title: لقاءات}, {id: trips, title: أسفار}]
    cells:
      - {row: sami, column: talks, text: التقى تاجرًا, claims: ['one#c1', 'two#c1', 'one#c2']}
"""


def test_a_table_marks_what_is_hedged_anonymous_or_without_source() -> None:
    changed = site_of({"content/dossier.yaml": FILES["content/dossier.yaml"] + TABLE})
    (table,) = view(changed, "/").tables
    assert [(row.actor.text, str(row.note), [str(c.text) for c in row.cells]) for row in table.rows] == [
        ("سامي البحري", "None", ["التقى تاجرًا", "None"]), ("جريدة المرفأ", "لم تُسأل", ["None", "None"]),
    ]  # fmt: skip
    cell = table.rows[0].cells[0]
    assert [(b.link.href, b.link.text, b.mode_words, b.kind_words) for b in cell.basis] == [
        ("reports/one/#c1", "جريدة المرفأ 2020، القول 1", "متحفَّظ فيه", "غير مسمّى"),
        ("reports/two/#c1", "موقع الرصيف 2020، القول 1", "", "غير مسمّى"),
        ("reports/one/#c2", "جريدة المرفأ 2020، القول 2", "", "بلا مصدر"),
    ]
    assert cell.modes == ("متحفَّظ فيه",)
    assert cell.label == "3 أقوال، غير مسمّى، غير مسمّى، بلا مصدر، متحفَّظ فيه"


def test_an_actor_s_page_has_their_rows_alone() -> None:
    changed = site_of({"content/dossier.yaml": FILES["content/dossier.yaml"] + TABLE})
    (table,) = view(changed, "/actors/sami/").tables
    assert [row.actor.text for row in table.rows] == ["سامي البحري"]
    assert table.rows[0].cells[0].basis[0].link.href == "../../reports/one/#c1"
    assert view(changed, "/actors/site/").tables == ()


def test_former_addresses_lead_to_today_s(site: LinkedDossier) -> None:
    assert view(site, "/reports/first/").target.href == "../../reports/one/"
    assert view(site, "/actors/old-site/").target.text == "موقع الرصيف"


def test_a_long_list_of_reports_goes_on_over_pages() -> None:
    files = {f"content/reports/r{n:03}.md": f"---\ntitle: خبر {n}\nseed: s{n:03}.txt\n---\n" for n in range(101)}
    files |= {f"seeds/s{n:03}.txt": "نص\n" for n in range(101)}
    site = compose(make_snapshot({"content/dossier.yaml": "title: ملف\n", **files}), Memo()).site
    first, last = view(site, "/reports/"), view(site, "/reports/page/3/")
    assert (len(first.reports), first.newer, first.older) == (50, None, "../reports/page/2/")
    assert (len(last.reports), last.newer, last.older) == (1, "../../../reports/page/2/", None)
    assert last.page == "صفحة 3 من 3"
    assert "/reports/page/4/" not in Outline(site)


def test_print_holds_reports_disagreements_events_names_and_pages(site: LinkedDossier) -> None:
    shown = view(site, "/print/")
    assert (len(shown.reports), len(shown.disputes), len(shown.events), len(shown.actors), len(shown.pages)) == (
        2,
        1,
        1,
        3,
        1,
    )
    assert shown.cut is None


def test_what_machines_read_is_safe_in_a_script_element() -> None:
    html = "title: '</script><b>خبر & نبأ'\n"
    site = site_of({"content/reports/one.md": FILES["content/reports/one.md"].replace("title: لقاء في المرفأ\n", html)})
    data = view(site, "/reports/one/").shell.json_ld
    assert "<" not in data and "NewsArticle" in data
    assert '"Person"' in view(site, "/actors/sami/").shell.json_ld
