"""`/sources/`: what a page says survives is what is left when the claims are deleted from the files and everything is linked anew."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.commands.pipeline import compose, site_files
from dossier.commands.templates import TEMPLATES
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot, read_templates
from dossier.linking.linked import LinkedDossier
from dossier.linking.survival import set_aside, speakers
from dossier.pages.outline import Outline
from tests.unit.test_views import FILES, site_of

KINDS = {"paper": "outlet", "site": "outlet", "ali": "person", "sara": "person"}
Claims = dict[str, dict[str, Any]]  # by reference, as they are written
Judgments = list[list[str]]


def link_all(claims: Claims, judgments: Judgments) -> LinkedDossier:
    """Write a dossier of these claims and link it; judgments without claims are left out."""
    files = {f"content/actors/{who}.md": f"---\nname: {who}\nkind: {kind}\n---\n" for who, kind in KINDS.items()}
    files |= {f"content/events/{e}.md": f"---\ntitle: {e}\n---\n" for e in ("one", "two")}
    stated = [{"text": "حكم", "confidence": "low", "claims": refs} for refs in judgments if refs]
    files["content/dossier.yaml"] = json.dumps({"title": "ملف", "judgments": stated}, ensure_ascii=False)
    for report in ("a", "b"):
        own = [claim for ref, claim in claims.items() if ref.startswith(f"{report}#")]
        front = json.dumps({"title": report, "seed": f"{report}.txt", "claims": own}, ensure_ascii=False)
        files |= {f"content/reports/{report}.md": f"---\n{front}\n---\n", f"seeds/{report}.txt": f"نص {report}\n"}
    return compose(make_snapshot(files), Memo()).site


@st.composite
def dossiers(draw: st.DrawFn) -> tuple[Claims, Judgments]:
    claims: Claims = {}
    for n in range(draw(st.integers(2, 9))):
        said = draw(st.lists(st.sampled_from((*KINDS, None)), min_size=1, max_size=3))
        known = list(claims)
        sure = st.sampled_from(("certain", "probable", "possible"))
        links = draw(st.lists(st.tuples(st.sampled_from(known), sure), max_size=2)) if known else []
        agreeing = draw(st.lists(st.sampled_from(known), max_size=1)) if known else []
        ref = f"{'ab'[n % 2]}#c{n + 1}"
        claims[ref] = {
            "id": f"c{n + 1}", "text": "قول", "at": 1, "mode": "reported",
            "said": [{"who": who} if who else {"who": None, "as": "مصدر", "anonymous": True} for who in said],
            "about": draw(st.lists(st.sampled_from(("ali", "sara", "paper")), max_size=2, unique=True)),
            "event": draw(st.sampled_from(("one", "two", None))),
            "repeats": [{**target(t), "certainty": c, "why": "سبب"} for t, c in dict(links).items() if t != ref],
            "agrees": [target(t) for t in agreeing if t != ref],
        }  # fmt: skip
    judgments = draw(st.lists(st.lists(st.sampled_from(list(claims)), min_size=1, max_size=3, unique=True), max_size=3))
    return claims, judgments


def target(ref: str) -> dict[str, str]:
    report, _, claim = ref.partition("#")
    return {"report": report, "claim": claim}


def deleted(claims: Claims, gone: frozenset[str]) -> Claims:
    """The claims without some of them, and without links to these."""
    left = {ref: claim for ref, claim in claims.items() if ref not in gone}
    for kind in ("repeats", "agrees"):
        left = {
            ref: {**claim, kind: [x for x in claim[kind] if f"{x['report']}#{x['claim']}" not in gone]}
            for ref, claim in left.items()
        }
    return left


def listed(view: Any, kind: str, loss: str) -> set[str]:
    """What a page lists of a kind as losing all or some, by the last part of each address."""
    groups = [g for k in view.kinds if k.id == kind for g in k.groups if g.loss == loss]
    return {item.link.href.rstrip("/").split("/")[-1] for group in groups for item in group.items}


def standing(view: Any, kind: str) -> dict[str, list[str]]:
    """What a page says stands of everything of a kind that loses some, by the last part of each address."""
    items = [item for k in view.kinds if k.id == kind for g in k.groups if g.loss == "some" for item in g.items]
    refs = {item: [claim.link.href.removeprefix("../../reports/").replace("/#", "#") for claim in item.standing.claims] for item in items}  # fmt: skip
    return {item.link.href.rstrip("/").split("/")[-1]: named for item, named in refs.items()}


@settings(max_examples=40)
@given(dossiers())
def test_what_a_page_says_survives_is_left_when_the_rest_is_deleted_and_all_is_linked_anew(
    dossier: tuple[Claims, Judgments],
) -> None:
    claims, judgments = dossier
    site = link_all(claims, judgments)
    for speaker in speakers(site):
        aside = set_aside(site, speaker)
        left = deleted(claims, aside.gone)
        kept = [[ref for ref in refs if ref in left] for refs in judgments]
        after = link_all(left, kept)
        assert speaker not in after.falls
        assert not any(o.key == f"actor:{speaker}" for tie in after.ties.values() for o in tie.origins)
        assert set(aside.others) == {ref for ref in aside.falls if set(site.ties[ref].cluster.claims) & set(left)}
        losing = aside.judgments(site)
        assert list(losing["all"]) == [n for n, refs in enumerate(kept) if not refs]
        assert list(losing["some"]) == [n for n, refs in enumerate(kept) if refs and refs != judgments[n]]
        view = Outline(site)[f"/sources/{speaker}/"].make_view()
        for kind, before, now in (
            ("actors", {a.id: a.about for a in site.actors.values()}, {a.id: a.about for a in after.actors.values()}),
            ("events", {e.id: e.claims for e in site.events.values()}, {e.id: e.claims for e in after.events.values()}),
        ):
            assert listed(view, kind, "all") == {x for x in before if before[x] and not now[x]}
            assert listed(view, kind, "some") == {x for x in before if now[x] and now[x] != before[x]}
            assert standing(view, kind) == {x: list(now[x]) for x in before if now[x] and now[x] != before[x]}
        assert standing(view, "judgments") == {str(n + 1): list(dict.fromkeys(kept[n])) for n in losing["some"]}


def page(path: str) -> str:
    site = site_of()
    return site_files(site, read_templates(TEMPLATES), Memo())[path]().decode()


def test_a_page_asks_and_does_not_judge() -> None:
    text = page("/sources/paper/")
    assert "ماذا يبقى بلا جريدة المرفأ؟" in text
    assert "سؤال لا حكم" in text
    assert "تتوقف عليه 3 أقوال من 3" in text
    assert '<h3 class="loss loss-all">لا يبقى له ما يقوم عليه <span class="number">خلاصة واحدة</span></h3>' in text


def test_a_claim_that_falls_names_what_it_stands_on_otherwise() -> None:
    more = FILES["content/reports/two.md"].replace("said: [{who: paper}, {who: site}]", "said: [{who: site}]")
    agreeing = more.replace("repeats: [{report: one, claim: c1, certainty: certain, why: ينقل عنها}]", "agrees: [{report: one, claim: c1}]")  # fmt: skip
    site = site_of({"content/reports/two.md": agreeing})
    (alone, otherwise) = Outline(site)["/sources/paper/"].make_view().falling  # type: ignore[attr-defined]
    assert [c.row.id for c in alone.claims] == ["c2"]
    assert [(c.row.id, [(o.link.href, o.how) for o in c.others], c.echo) for c in otherwise.claims] == [
        ("c1", [("../../reports/two/#c1", "يوافقه، وبين تقريريهما اعتماد")], False)
    ]


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/reports/one/", "../../sources/paper/"),
        ("/actors/site/", "../../sources/site/"),
        ("/sources/", "../sources/anonymous/"),
    ],
)
def test_claims_speakers_and_the_overview_lead_there(path: str, link: str) -> None:
    assert f'href="{link}"' in page(path)


def test_nobody_can_take_the_ids_of_the_two_kinds() -> None:
    from dossier.content.front_matter import fault_of_id

    fault = fault_of_id("actors", "anonymous")
    assert fault and "/sources/anonymous/" in fault[0]
    assert fault_of_id("events", "anonymous") is None


def test_speakers_are_in_the_order_of_the_alphabet_not_of_what_falls() -> None:
    rows = Outline(site_of())["/sources/"].make_view().speakers  # type: ignore[attr-defined]
    assert [row.link.href for row in rows] == [
        "../sources/anonymous/", "../sources/unsourced/", "../sources/paper/", "../sources/site/",
    ]  # fmt: skip


CLAIM = "  - {{id: {id}, text: {text}, said: [{{who: {who}}}], at: 1, mode: {mode}{more}}}\n"


def told(stated: str, **reports: str) -> Any:
    """The pages of a dossier of these reports, whose settings go on with `stated`."""
    files = {"content/dossier.yaml": f"title: ملف\n{stated}", "content/pages/method.md": "---\ntitle: المنهج\n---\n"}
    for name, claims in reports.items():
        files[f"content/reports/{name}.md"] = f"---\ntitle: {name}\nseed: {name}.txt\nclaims:\n{claims}---\n"
        files[f"seeds/{name}.txt"] = f"نص {name}"
    actors = {path: text for path, text in FILES.items() if path.startswith("content/actors/")}
    return compose(make_snapshot({**actors, **files}), Memo()).site


def test_what_stands_is_named_with_its_hedge_and_a_judgment_that_says_nothing_of_it_first_is_hollow() -> None:
    site = told(
        "judgments:\n  - {title: السلاح, text: سلّح., confidence: low, claims: ['one#c1', 'one#c2', 'two#c1']}\n"
        "tables:\n  - id: t\n    title: جدول\n    rows: [{actor: sami}]\n    columns: [{id: a, title: سلاح}]\n"
        "    cells: [{row: sami, column: a, text: سلاح, claims: ['one#c1', 'two#c1']}]\n",
        one=CLAIM.format(id="c1", text="سلّح سامي", who="paper", mode="reported", more="")
        + CLAIM.format(id="c2", text="وعد سامي", who="paper", mode="planned", more=""),
        two=CLAIM.format(id="c1", text="قد يزور سامي", who="site", mode="hedged", more=""),
    )
    shown: Any = Outline(site)["/sources/paper/"].make_view()
    (judgment,) = shown.kinds[0].groups[0].items
    assert judgment.hollow and judgment.standing.left == "يبقى قول واحد من 3"
    assert [(str(c.text), c.mode) for c in judgment.standing.claims] == [("قد يزور سامي", "متحفَّظ فيه")]
    (cell,) = shown.tables[0].rows[0][1]
    assert [str(c.text) for c in cell.standing.claims] == ["قد يزور سامي"]
    (other,) = Outline(site)["/sources/site/"].make_view().kinds[0].groups[0].items  # type: ignore[attr-defined]
    assert not other.hollow and [str(c.text) for c in other.standing.claims] == ["سلّح سامي", "وعد سامي"]


def test_a_claim_that_perhaps_repeats_a_fallen_one_says_so_and_leads_to_the_rule() -> None:
    perhaps = ", repeats: [{report: one, claim: c1, certainty: possible, why: لعله}]"
    site = told(
        "judgments: [{title: حكم, text: حكم., confidence: low, claims: ['one#c1', 'two#c1']}]\n",
        one=CLAIM.format(id="c1", text="أول", who="paper", mode="reported", more=""),
        two=CLAIM.format(id="c1", text="ثان", who="site", mode="reported", more=perhaps),
    )
    shown: Any = Outline(site)["/sources/paper/"].make_view()
    (claim,) = shown.kinds[0].groups[0].items[0].standing.claims
    assert [link.href for link in claim.perhaps] == ["../../reports/one/#c1"]
    assert shown.rule == "../../method/#possible"
    made = site_files(site, read_templates(TEMPLATES), Memo())
    assert 'id="possible"' in made["/method/"]().decode()
    assert 'href="../../method/#possible">لماذا يبقى؟' in made["/sources/paper/"]().decode()


def test_support_that_is_only_passed_on_is_told_from_agreement() -> None:
    sure = ", repeats: [{{report: two, claim: {}, certainty: certain, why: ينقل}}]"
    site = told(
        "",
        one=CLAIM.format(id="c1", text="نقل", who="paper", mode="reported", more=sure.format("c1"))
        + CLAIM.format(
            id="c2",
            text="وفاق",
            who="paper",
            mode="reported",
            more=", repeats: [{report: two, claim: c2, certainty: possible, why: لعله}], agrees: [{report: two, claim: c2}]",
        )
        + CLAIM.format(id="c3", text="نقل", who="paper", mode="reported", more=sure.format("c3")),
        two=CLAIM.format(id="c1", text="أول", who="site", mode="reported", more="")
        + CLAIM.format(id="c2", text="ثان", who="site", mode="reported", more="")
        + CLAIM.format(id="c3", text="ثالث", who="site", mode="reported", more="")
        + CLAIM.format(id="c4", text="رابع", who="site", mode="reported", more=", agrees: [{report: two, claim: c3}]"),
    )
    shown: Any = Outline(site)["/sources/paper/"].make_view()
    (falling,) = shown.falling
    assert falling.title == "أقوال يبقى هنا ما يشبهها"
    assert [([o.how for o in c.others], c.echo) for c in falling.claims] == [
        (["يعيده هذا القول"], True),
        (["يوافقه، وربما يعيده هذا القول"], False),
        (["يعيده هذا القول", "يتصل به عبر قول آخر"], False),
    ]
    assert shown.summary[1:] == (
        "ومنها ما يبقى هنا قول يشبهه: 3 أقوال.",
        "وفي قول واحد منها ليس هذا إلا ما يعيده القول أو ما يعيد القول، فليس سندًا مستقلًّا.",
    )


def test_of_very_many_claims_what_stands_of_an_actor_is_counted_and_of_a_judgment_still_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dossier.pages.views.remains.LARGE", 0)
    about = ", about: [sami]"
    site = told(
        "judgments: [{title: حكم, text: حكم., confidence: low, claims: ['one#c1', 'two#c1']}]\n",
        one=CLAIM.format(id="c1", text="أول", who="paper", mode="reported", more=about),
        two=CLAIM.format(id="c1", text="ثان", who="site", mode="reported", more=about),
    )
    judgments, actors = Outline(site)["/sources/paper/"].make_view().kinds  # type: ignore[attr-defined]
    (judgment, actor) = judgments.groups[0].items[0], actors.groups[0].items[0]
    assert [str(claim.text) for claim in judgment.standing.claims] == ["ثان"]
    assert (actor.standing.left, actor.standing.claims) == ("يبقى قول واحد من 2", ())
