"""Everything linked: order, links both ways, related reports and their cost."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dossier.articles.mentions import Mention, compile_names
from dossier.articles.source_text import read_text
from dossier.commands.pipeline import compose
from dossier.content.model import Actor, Dossier, Report, Settings
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.linking.link import group, link
from dossier.linking.linked import (
    CANDIDATES_SEEN,
    RELATED_SHOWN,
    LinkedDossier,
    Mentions,
    ReportTexts,
    named_with,
    related,
)
from dossier.linking.parts import count, make_part

ACTORS = {name: f"---\nname: {text}\nkind: organisation\n---\n" for name, text in {
    "port": "سلطة الميناء", "union": "نقابة البحارة", "bank": "مصرف الساحل", "choir": "جوقة المدينة",
}.items()}  # fmt: skip


def report(title: str, seed: str, more: str = "") -> str:
    return f"---\ntitle: {title}\nseed: {seed}.txt\n{more}---\n"


def make_site(reports: dict[str, tuple[str, str]], more: dict[str, str] | None = None) -> LinkedDossier:
    """A site of reports given as their further front matter and their seed."""
    files = {"content/dossier.yaml": "title: ملف\n", **(more or {})}
    files |= {f"content/actors/{name}.md": text for name, text in ACTORS.items()}
    for name, (front, seed) in reports.items():
        files |= {f"content/reports/{name}.md": report(name, name, front), f"seeds/{name}.txt": seed}
    return compose(make_snapshot(files), Memo()).site


def linked_by_counts(
    naming: dict[str, list[str]], published: Mapping[str, str] = MappingProxyType({})
) -> LinkedDossier:
    """A site of reports that name these actors, without reading any text."""
    text = read_text("seeds/a.txt", "نص".encode(), noise=False)
    actors = sorted({actor for named in naming.values() for actor in named})
    reports = tuple(Report(id=r, title=r, seed="a.txt", published=published.get(r)) for r in naming)
    people = tuple(Actor(id=a, name=a, kind="person") for a in actors)
    mentions = [Mentions(tuple(Mention(i, i + 1, a) for i, a in enumerate(named))) for named in naming.values()]
    parts = tuple(
        make_part(report, ReportTexts(seed=text, mentions=found), count(found), frozenset())
        for report, found in zip(reports, mentions, strict=True)
    )
    dossier = Dossier(settings=Settings(title="ملف"), reports=reports, actors=people)
    return link(dossier, group(parts), names=compile_names([]), url=None)


def test_reports_stand_newest_first_and_those_without_a_date_last() -> None:
    site = make_site({
        "old": ('published: "2011"\n', "نص."), "none": ("", "نص."), "new": ('published: "2019-05"\n', "نص."),
        "open": ('published: "2015/.."\n', "نص."), "same": ('published: "2019-05-31"\n', "نص."),
    })  # fmt: skip
    assert list(site.reports) == ["new", "same", "open", "old", "none"]


def test_events_stand_oldest_first_and_those_without_a_date_last() -> None:
    events = {"b": '"2019"', "a": "null", "d": '"../2010"', "c": '"2015~"'}
    more = {f"content/events/{name}.md": f"---\ntitle: {name}\nwhen: {when}\n---\n" for name, when in events.items()}
    assert list(make_site({"one": ("", "نص.")}, more).events) == ["d", "c", "b", "a"]


def test_a_citation_is_known_on_both_sides() -> None:
    site = make_site({"one": ("", "نص."), "two": ("cites: [{report: one, certainty: certain, why: يسمّيه}]\n", "نص.")})
    (back,) = site.cited_by["one"]
    assert (back.report, back.certainty, back.why) == ("two", "certain", "يسمّيه")
    assert "two" not in site.cited_by


def test_relations_between_claims_are_known_on_the_side_that_is_pointed_at() -> None:
    claim = "claims:\n  - {{id: c1, text: قول, said: [{{who: port}}], at: 1, mode: reported{}}}\n"
    points = ", {0}: [{{report: one, claim: c1, certainty: certain, why: سبب{1}}}]"
    site = make_site({
        "one": (claim.format(""), "نص."),
        "r": (claim.format(points.format("repeats", "")), "نص."),
        "a": (claim.format(points.format("agrees", "")), "نص."),
        "d": (claim.format(points.format("differs", ", in: place")), "نص."),
    })  # fmt: skip
    found = site.ties["one#c1"]
    assert (found.repeated_by, found.agreed_by, found.differed_by) == (("r#c1",), ("a#c1",), ("d#c1",))
    assert set(found.cluster.reports) == {"one", "r", "a"}
    assert [(d.left, d.right, d.aspect) for d in site.disputes] == [("d#c1", "one#c1", "place")]


def test_an_actor_has_the_claims_about_them_and_those_they_pass_on() -> None:
    claim = "claims:\n  - {id: c1, text: قول, said: [{who: port}, {who: bank}], about: [union, union], at: 1, mode: reported}\n"
    site = make_site({"one": (claim, "نص.")})
    assert {a: (site.actors[a].about, site.actors[a].said) for a in ("port", "bank", "union")} == {
        "port": ((), ("one#c1",)), "bank": ((), ("one#c1",)), "union": (("one#c1",), ()),
    }  # fmt: skip


def test_what_few_reports_share_binds_more_than_what_all_share() -> None:
    site = linked_by_counts({"a": ["all", "rare"], "b": ["all"], "c": ["all", "rare"], "d": ["all"]})
    best = related(site, "a")
    assert [r.report for r in best] == ["c", "b", "d"]
    assert best[0].actors == ("rare", "all")
    assert best[0].score > best[1].score == best[2].score


def test_a_report_is_not_related_to_itself_nor_to_one_it_shares_nothing_with() -> None:
    site = linked_by_counts({"a": ["x"], "b": ["y"], "c": []})
    assert [related(site, r) for r in site.reports] == [(), (), ()]


def test_a_shared_event_is_a_reason() -> None:
    claim = "claims:\n  - {id: c1, text: قول, said: [{who: port}], at: 1, mode: reported, event: strike}\n"
    site = make_site(
        {"one": (claim, "نص."), "two": (claim, "نص.")}, {"content/events/strike.md": "---\ntitle: إضراب\n---\n"}
    )
    (found,) = related(site, "one")
    assert (found.report, found.events) == ("two", ("strike",))


def test_of_an_actor_whom_every_report_names_only_the_newest_reports_are_looked_at() -> None:
    number = CANDIDATES_SEEN + 100
    days = {f"r{i:04}": str(1000 + i) for i in range(number)}  # later ids are newer
    site = linked_by_counts({r: ["all"] for r in days}, days)
    assert [r.report for r in related(site, "r0000")] == [f"r{i:04}" for i in range(100, 100 + RELATED_SHOWN)]


def test_a_common_actor_is_not_followed_beside_rarer_ones() -> None:
    site = linked_by_counts({f"r{i:04}": ["all", f"a{i // 3}"] for i in range(CANDIDATES_SEEN + 100)})
    found = related(site, "r0300")
    assert [r.report for r in found] == ["r0301", "r0302"]
    assert found[0].actors == ("a100", "all")


def test_whom_an_actor_is_named_with_counts_reports_not_mentions() -> None:
    site = linked_by_counts({"a": ["x", "y", "y", "y"], "b": ["x", "z"], "c": ["x", "z"], "d": ["y"]})
    assert named_with(site, "x") == (("z", 2), ("y", 1))
    assert named_with(site, "x", limit=1) == (("z", 2),)


def test_the_last_day_of_a_change_is_the_dossiers() -> None:
    site = make_site(
        {"one": ("added: 2020-01-05\nrevised: 2021-02-03\n", "نص."), "two": ("added: 2020-12-31\n", "نص.")}
    )
    assert site.updated == "2021-02-03"
    assert make_site({"one": ("", "نص.")}).updated is None
