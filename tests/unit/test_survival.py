"""Speakers set aside: what falls equals what a plain search finds, and what is left traces back to nobody who was set aside."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from dossier.content.model import Claim, Repeat, Speaker
from dossier.linking.origins import kind_of, own_origin, trace_claims
from dossier.linking.survival import own_carriers, trace_carriers

OUTLETS = frozenset({"paper", "site"})
WHO = ("paper", "site", "ali", "sara", None)
Graph = Mapping[str, Claim]


def claim(number: int, said: list[str | None], repeats: list[tuple[int, str]]) -> Claim:
    return Claim(
        id=f"c{number + 1}", text="قول", at=1, mode="reported",
        said=tuple(Speaker(who=who, described=None if who else "مصدر", anonymous=who is None) for who in said),
        repeats=tuple(Repeat(report="r", claim=f"c{n + 1}", certainty=sure, why="سبب") for n, sure in repeats),  # type: ignore[arg-type]
    )  # fmt: skip


@st.composite
def graphs(draw: st.DrawFn, *, circles: bool) -> Graph:
    """Claims of few speakers, with links of every certainty to any of them; without circles only to earlier ones."""
    claims = {}
    size = draw(st.integers(1, 9))
    for n in range(size):
        said = draw(st.lists(st.sampled_from(WHO), min_size=1, max_size=3))
        targets = st.integers(0, size - 1 if circles else max(n - 1, 0))
        sure = st.sampled_from(("certain", "probable", "possible"))
        links = draw(st.lists(st.tuples(targets, sure), max_size=3 if circles or n else 0))
        claims[f"r#c{n + 1}"] = claim(n, said, links)
    return claims


def carriers_of(claims: Graph) -> dict[str, tuple[str, ...]]:
    return trace_carriers(claims, {ref: own_carriers(c, OUTLETS) for ref, c in claims.items()})


def reach(claims: Graph, ref: str) -> set[str]:
    """Whatever sure links lead to from a claim."""
    seen: set[str] = set()
    todo = [f"r#{link.claim}" for link in claims[ref].repeats if link.certainty != "possible"]
    while todo:
        if (at := todo.pop()) not in seen:
            seen.add(at)
            todo += [f"r#{link.claim}" for link in claims[at].repeats if link.certainty != "possible"]
    return seen


def survivors(claims: Graph, speaker: str) -> set[str]:
    """By plain search: the claims from which a way leads, past no claim of the speaker's, to one that stands by itself."""
    stands_alone = {ref for ref in claims if all(ref in reach(claims, other) for other in reach(claims, ref))}
    held = {ref for ref, c in claims.items() if speaker not in {s.who for s in c.said}}
    grounds = {ref for ref in held & stands_alone if kind_of(claims[ref], OUTLETS) != speaker}
    found = set(grounds)
    for _ in claims:
        found |= {
            ref
            for ref in held
            if any(f"r#{x.claim}" in found for x in claims[ref].repeats if x.certainty != "possible")
        }
    return found


@given(graphs(circles=True))
def test_what_falls_is_what_a_plain_search_does_not_reach(claims: Graph) -> None:
    carriers = carriers_of(claims)
    for speaker in ("paper", "site", "ali", "sara", "anonymous", "unsourced"):
        assert {ref for ref in claims if speaker not in carriers[ref]} == survivors(claims, speaker)


@given(graphs(circles=False))
def test_what_is_left_traces_back_to_nobody_who_was_set_aside(claims: Graph) -> None:
    carriers = carriers_of(claims)
    for speaker in ("paper", "site", "ali", "sara", "anonymous", "unsourced"):
        left = {ref: c for ref, c in claims.items() if speaker not in carriers[ref]}
        assert not any(speaker in found for found in carriers_of(left).values())
        traced = trace_claims(
            {ref: ("r", c) for ref, c in left.items()}, {ref: own_origin("r", c, OUTLETS) for ref, c in left.items()}
        )
        for ref, origins in traced.origins.items():
            if kind_of(left[ref], OUTLETS) != speaker or left[ref].repeats:
                assert f"actor:{speaker}" not in {origin.key for origin in origins}


def test_a_claim_stands_while_one_of_those_that_it_repeats_does() -> None:
    claims = {
        "r#c1": claim(0, ["ali"], []),
        "r#c2": claim(1, [None, "paper"], []),
        "r#c3": claim(2, ["sara"], [(0, "certain"), (1, "probable")]),
        "r#c4": claim(3, ["sara"], [(1, "certain"), (0, "possible")]),
    }
    assert carriers_of(claims) == {
        "r#c1": ("ali",),
        "r#c2": ("anonymous", "paper"),
        "r#c3": ("sara",),
        "r#c4": ("anonymous", "paper", "sara"),
    }


def test_a_circle_does_not_hold_itself_up() -> None:
    fed = {
        "r#c1": claim(0, ["ali"], []),
        "r#c2": claim(1, ["sara"], [(2, "certain"), (0, "certain")]),
        "r#c3": claim(2, ["sara"], [(1, "certain")]),
    }
    assert carriers_of(fed)["r#c3"] == ("ali", "sara")


def test_a_chain_of_ten_thousand_links_needs_no_deep_stack() -> None:
    claims = {f"r#c{n + 1}": claim(n, ["site"], [(n - 1, "certain")] if n else []) for n in range(10_000)}
    claims["r#c1"] = claim(0, [None, "paper"], [])
    assert carriers_of(claims)["r#c10000"] == ("anonymous", "paper", "site")
