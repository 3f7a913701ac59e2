"""Origins, clusters and depth: the format's examples, and random graphs against a plain, slow reference."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.content.model import Agreement, Claim, Repeat, Report, Speaker
from dossier.linking.origins import (
    Origin,
    Provenance,
    depth,
    is_anonymous,
    kind_of,
    own_origin,
    reference,
    trace_claims,
)
from tests.steps import growth

Who = str | None
OUTLETS = frozenset({"paper", "site", "first", "second"})


def walk(graph: dict[int, set[int]], start: int) -> set[int]:
    """Whatever the links lead to from a place, itself among it."""
    seen, todo = {start}, [start]
    while todo:
        for target in graph[todo.pop()] - seen:
            seen.add(target)
            todo.append(target)
    return seen


def claim(
    ident: str, *said: Who, repeats: tuple[tuple[str, str, str], ...] = (), agrees: tuple[tuple[str, str], ...] = ()
) -> Claim:
    return Claim(
        id=ident,
        text="قول",
        said=tuple(Speaker(who=who, described=None if who else "مصدر", anonymous=who is None) for who in said),
        at=1,
        mode="reported",
        repeats=tuple(Repeat(report=r, claim=c, certainty=sure, why="سبب") for r, c, sure in repeats),  # type: ignore[arg-type]
        agrees=tuple(Agreement(report=r, claim=c, certainty="certain", why="سبب") for r, c in agrees),
    )


def report(ident: str, *claims: Claim) -> Report:
    return Report(id=ident, title="عنوان", seed=f"{ident}.txt", claims=claims)


def trace(reports: Sequence[Report], outlets: frozenset[str]) -> Provenance:
    claims = {reference(r.id, c.id): (r.id, c) for r in reports for c in r.claims}
    return trace_claims(claims, {ref: own_origin(*claim, outlets) for ref, claim in claims.items()})


def test_the_first_named_speaker_is_the_origin_and_depth_counts_the_passings_on() -> None:
    c = claim("c1", "paper", "author", "site")
    assert depth(c) == 2
    assert trace([report("a", c)], OUTLETS).origins == {"a#c1": (Origin("actor:paper", "unsourced"),)}


def test_a_claim_that_repeats_another_has_its_origin_and_no_more() -> None:
    source = report("b", claim("c2", None, "paper"))
    passed_on = report("a", claim("c1", "paper", "author", "site", repeats=(("b", "c2", "probable"),)))
    (cluster,) = trace([passed_on, source], OUTLETS).clusters
    assert (cluster.reports, cluster.origins) == (("a", "b"), (Origin("actor:paper", "anonymous"),))


def test_two_that_agree_with_a_source_each_have_two_origins() -> None:
    one = report("a", claim("c1", None, "first", agrees=(("b", "c1"),)))
    two = report("b", claim("c1", None, "second"))
    (cluster,) = trace([one, two], OUTLETS).clusters
    assert cluster.origins == (Origin("actor:first", "anonymous"), Origin("actor:second", "anonymous"))


def test_without_any_name_the_report_itself_is_the_origin() -> None:
    assert trace([report("a", claim("c1", None))], OUTLETS).origins["a#c1"] == (Origin("report:a", "anonymous"),)


def said(*speakers: Speaker) -> Claim:
    return Claim(id="c1", text="قول", said=speakers, at=1, mode="reported")


HIDDEN, DESCRIBED = Speaker(who=None, described="مصدر", anonymous=True), Speaker(who=None, described="عرض")
PAPER, PERSON = Speaker(who="paper"), Speaker(who="ali")


def test_the_three_kinds_of_origins() -> None:
    assert kind_of(said(PERSON, PAPER), OUTLETS) == "named"
    assert kind_of(said(HIDDEN, PAPER), OUTLETS) == "anonymous"
    assert kind_of(said(PAPER), OUTLETS) == "unsourced"
    assert kind_of(said(PAPER, PERSON), OUTLETS) == "unsourced", "whoever passes it on adds no source"
    assert kind_of(said(Speaker(who="ali", anonymous=True), PAPER), OUTLETS) == "anonymous"


def test_an_article_of_an_unknown_outlet_is_no_anonymous_source() -> None:
    alone, passing_on = said(DESCRIBED), said(HIDDEN, DESCRIBED)
    assert (kind_of(alone, OUTLETS), kind_of(passing_on, OUTLETS)) == ("unsourced", "anonymous")
    assert [is_anonymous(passing_on, position) for position in (0, 1)] == [True, False]
    assert kind_of(said(DESCRIBED, PAPER), OUTLETS) == "anonymous", "somebody whom the paper knows and describes"


def test_of_one_key_the_stronger_kind_counts() -> None:
    unsourced = report("a", claim("c1", "paper", agrees=(("b", "c1"),)))
    anonymous = report("b", claim("c1", None, "paper"))
    (cluster,) = trace([unsourced, anonymous], OUTLETS).clusters
    assert cluster.origins == (Origin("actor:paper", "anonymous"),)


def test_possible_links_merge_nothing() -> None:
    found = trace(
        [report("a", claim("c1", "x", repeats=(("b", "c1", "possible"),))), report("b", claim("c1", "y"))], OUTLETS
    )
    assert len(found.clusters) == 2
    assert found.origins["a#c1"] == (Origin("actor:x", "named"),)


def test_a_circle_is_reported_and_not_followed_for_ever() -> None:
    a = report("a", claim("c1", "x", repeats=(("b", "c1", "certain"),)))
    b = report("b", claim("c1", "y", repeats=(("a", "c1", "certain"),)))
    found = trace([a, b], OUTLETS)
    assert found.cycles == (("a#c1", "b#c1"),)
    assert [o.key for o in found.origins["a#c1"]] == ["actor:x", "actor:y"]


def chain_of(length: int) -> list[Report]:
    """Reports of which each repeats the one before."""
    later = (report(f"r{i}", claim("c1", "y", repeats=((f"r{i - 1}", "c1", "certain"),))) for i in range(1, length))
    return [report("r0", claim("c1", "x")), *later]


def test_a_chain_of_ten_thousand_costs_ten_times_one_of_a_thousand() -> None:
    chains = {length: chain_of(length) for length in (1_000, 10_000)}
    assert growth(lambda length: trace(chains[length], OUTLETS), 1_000) < 12
    found = trace(chains[10_000], OUTLETS)
    assert found.origins["r9999#c1"] == (Origin("actor:x", "named"),)
    assert len(found.clusters) == 1


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.integers(0, 11), max_size=3), min_size=1, max_size=12))
def test_origins_are_those_that_a_walk_back_along_the_links_reaches(links: list[list[int]]) -> None:
    n = len(links)
    graph = {i: {t for t in targets if t < n and t != i} for i, targets in enumerate(links)}
    reports = [
        report(f"r{i}", claim("c1", f"a{i}", repeats=tuple((f"r{t}", "c1", "certain") for t in sorted(graph[i]))))
        for i in graph
    ]

    reached = {i: walk(graph, i) for i in graph}
    found = trace(reports, OUTLETS)
    for i in graph:
        circle = {j for j in reached[i] if i in reached[j]}
        # those at the end of every way back: what is reached from each of them leads back to it
        ends = {j for j in reached[i] if all(j in reached[k] for k in reached[j])}
        expected = ends if ends else circle
        assert {o.key for o in found.origins[f"r{i}#c1"]} == {f"actor:a{j}" for j in expected}


Links = list[tuple[int, int, str]]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(["repeats", "possible", "agrees"])), max_size=14
    )
)
def test_clusters_are_what_sure_links_join_in_either_direction(links: Links) -> None:
    reports = [
        report(f"r{i}", claim(
            "c1", f"a{i}",
            repeats=tuple((f"r{t}", "c1", "possible" if kind == "possible" else "probable") for s, t, kind in links if s == i and kind != "agrees"),
            agrees=tuple((f"r{t}", "c1") for s, t, kind in links if s == i and kind == "agrees"),
        ))
        for i in range(10)
    ]  # fmt: skip
    both_ways: dict[int, set[int]] = {i: set() for i in range(10)}
    for start, target, kind in links:
        if kind != "possible":
            both_ways[start].add(target)
            both_ways[target].add(start)
    found = trace(reports, OUTLETS)
    assert {frozenset(c.claims) for c in found.clusters} == {
        frozenset(f"r{j}#c1" for j in walk(both_ways, i)) for i in range(10)
    }
    for cluster in found.clusters:
        assert {o.key for o in cluster.origins} == {o.key for ref in cluster.claims for o in found.origins[ref]}
        assert all(found.cluster_of[ref] is cluster for ref in cluster.claims)
