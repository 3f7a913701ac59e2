"""Collect what a report or body refers to as sets, so that a sound dossier is recognised by comparing sets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from dossier.content.model import Agreement, Claim, Difference, Repeat, Report

# Any text that may be a link of ours, and more than is one: the Markdown parser has the last word on what is not there.
find_targets = re.compile(r"(?i)\b(actor|report|event|claim):([^\s<>()\[\]\"'`]*)").finditer


class References(Struct, frozen=True, kw_only=True):
    """What a report names, in fields and in its brief, and what it holds.

    Claims are `<report>#<claim>`; `dated` pairs a claim's date with its event. `suspect` is set where a closer look is
    needed: at a reference to itself, and where escapes may hide a link.
    """

    actors: frozenset[str]
    outlets: frozenset[str]
    reports: frozenset[str]
    claims: frozenset[str]
    events: frozenset[str]
    dated: frozenset[tuple[str, str]]
    last_paragraph: int
    last_original_paragraph: int
    own_claims: frozenset[str]
    suspect: bool


def collect_references(report: Report) -> References:
    """Return the references of one report; they depend on it alone."""
    claims = report.claims
    links = [link for claim in claims for link in links_of(claim)]
    cited = frozenset(cite.report for cite in report.cites)
    linked: dict[str, list[str]] = {"actor": [], "report": [], "event": [], "claim": [], "": []}
    for scheme, target in targets_in(report.body):
        linked[scheme].append(target)
    return References(
        actors=frozenset((*_actors(report), *linked["actor"])),
        outlets=frozenset((*([report.outlet] if report.outlet else []), *report.via)),
        reports=frozenset((*cited, *linked["report"])),
        claims=frozenset((*(f"{link.report}#{link.claim}" for link in links), *linked["claim"])),
        events=frozenset((*(claim.event for claim in claims if claim.event), *linked["event"])),
        dated=frozenset((claim.when, claim.event) for claim in claims if claim.event and claim.when),
        last_paragraph=max((*(claim.at for claim in claims), *(n for m in report.means for n in m.at), 0)),
        last_original_paragraph=max(
            (*(claim.original_at or 0 for claim in claims), *(n for m in report.means for n in m.original_at), 0)
        ),
        own_claims=frozenset(f"{report.id}#{claim.id}" for claim in claims),
        suspect=bool(linked[""]) or report.id in cited or any(_is_to_itself(report.id, claim) for claim in claims),
    )


def targets_in(body: str) -> Iterator[tuple[str, str]]:
    """Yield scheme and target of all that may be links of ours in Markdown; `("", "")` where escapes may hide one."""
    if ":" in body:
        yield from ((found[1].lower(), found[2]) for found in find_targets(body))
    if "](" in body and ("&" in body or "\\" in body):
        yield "", ""


def _actors(report: Report) -> Iterator[str]:
    for claim in report.claims:
        yield from claim.about
        yield from (speaker.who for speaker in claim.said if speaker.who)
    yield from (meaning.actor for meaning in report.means)


def links_of(claim: Claim) -> tuple[Repeat | Agreement | Difference, ...]:
    """Return all links from a claim to others."""
    return (*claim.repeats, *claim.agrees, *claim.differs)


def _is_to_itself(report: str, claim: Claim) -> bool:
    return any((link.report, link.claim) == (report, claim.id) for link in links_of(claim))
