"""Suggest which claims elsewhere may repeat a claim, agree with it or differ from it, with the reasons; an editor decides.

What two claims share is weighed by how rare it is among the dossier's claims (the inverse document frequency of text retrieval):
words of the sentence and of its paragraph, the actors it is about, speakers, event, day, numbers, passages copied. Nothing is learned,
and nothing is ever written.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Literal

from msgspec import Struct, field

from dossier.content.model import Aspect, Claim, Relation
from dossier.language.arabic import fold
from dossier.language.dates import DateSpan
from dossier.linking.linked import LinkedClaim, LinkedDossier, span
from dossier.linking.origins import reference
from dossier.linking.passages import Runs, Words, index_runs, shared_passages, words_of

SHOWN = 10  # for one claim
WEAK = 0.2  # of the best one's score; below it hardly ever one was a link
LOOKED_AT = 400  # claims that share most; the others are not weighed further
MOST_HAVING = 2_000  # what more claims have is not followed, so that the cost does not grow with the dossier
TELLING = 0.1  # what this share of the claims has at most tells something; without such a thing nothing is suggested
FEW = 12  # claims; in the smallest of dossiers everything is in a large share
REASONS_NAMED = 6

Kind = Literal["word", "paragraph", "actor", "pair", "event", "number"]
WEIGHTS: Mapping[Kind, float] = {"word": 1.0, "paragraph": 0.1, "actor": 2.0, "pair": 2.0, "event": 3.0, "number": 0.8}
SAME_DAY, SAME_PASSAGE = 0.3, 3.0
_before = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=\w{3})|^[وفبكل](?=ال\w{3})").sub
_behind = re.compile(r"(?<=\w{3})(?:ات|ون|ين|ان|هما|ها|هم|نا|وا|تها|ه|ي|ا)$").sub
_number = re.compile(r"\d+(?:[.,]\d+)*").findall

Feature = tuple[Kind, str]


class Suggestion(Struct, frozen=True, kw_only=True):
    """A claim that may belong to another: how, in what it differs if so, how strongly, and what they share, by kind, the rarest first."""

    other: str
    relation: Relation
    aspect: Aspect
    score: float
    shared: Mapping[str, tuple[str, ...]]


class CopiedText(Struct, frozen=True, kw_only=True):
    """How many words of a report's seed stand, in runs, in another's."""

    report: str
    words: int
    passages: tuple[str, ...]


class Index(Struct, kw_only=True):
    """What claims share: the features of each, how rare each feature is, and who has it."""

    site: LinkedDossier
    features: Mapping[str, frozenset[Feature]]
    rarity: Mapping[Feature, float]
    having: Mapping[Feature, list[str]]
    norms: Mapping[str, float]
    paragraphs: dict[str, tuple[Words, Runs]] = field(default_factory=dict)


def stem(word: str) -> str:
    """Cut a folded word lightly: conjunction, preposition and article before it, endings of number and person behind it."""
    return _behind("", _before("", word))


def build_index(site: LinkedDossier) -> Index:
    """Return the index of a dossier's claims."""
    features = {ref: frozenset(_features(site, claim)) for ref, claim in site.claims.items()}
    having: defaultdict[Feature, list[str]] = defaultdict(list)
    for ref, found in features.items():
        for feature in found:
            having[feature].append(ref)
    rarity = {feature: math.log(1 + len(features) / len(refs)) for feature, refs in having.items()}
    return Index(
        site=site,
        features=features,
        rarity=rarity,
        having=having,
        norms={ref: math.sqrt(sum(rarity[f] ** 2 * WEIGHTS[f[0]] for f in found)) for ref, found in features.items()},
    )


def _features(site: LinkedDossier, linked: LinkedClaim) -> Iterator[Feature]:
    claim = linked.claim
    text = fold(claim.text)
    words = {stem(word) for word, _, _ in words_of(claim.text) if not word.isdigit()}
    yield from (("word", word) for word in words if len(word) > 2)
    paragraph = {stem(word) for word, _, _ in words_of(_paragraph(site, linked)) if not word.isdigit()}
    yield from (("paragraph", word) for word in paragraph if len(word) > 2)
    yield from (("number", number) for number in _number(text))
    about = sorted(set(claim.about))
    yield from (("actor", actor) for actor in about)
    yield from (("pair", f"{one} {other}") for one, other in combinations(about, 2))
    if claim.event:
        yield "event", claim.event


def _paragraph(site: LinkedDossier, linked: LinkedClaim) -> str:
    seed = site.reports[linked.report].texts.seed
    paragraph = seed.paragraphs[linked.claim.at - 1]
    return seed.text[paragraph.start : paragraph.end]


def suggest(index: Index, ref: str) -> tuple[Suggestion, ...]:
    """Return the claims of other reports that may belong to a claim, best first, at most `SHOWN`, and none that is `WEAK` beside the best. `ref` is `<report>#<claim>`."""
    report = index.site.claims[ref].report
    telling = max(FEW, TELLING * len(index.features))
    scores: defaultdict[str, float] = defaultdict(float)
    told: set[str] = set()
    for feature in sorted(index.features[ref], key=lambda f: (-index.rarity[f], f)):
        having = index.having[feature]
        if len(having) > MOST_HAVING:
            break
        for other in having:
            scores[other] += WEIGHTS[feature[0]] * index.rarity[feature] ** 2
        if len(having) <= telling and feature[0] != "paragraph":
            told.update(having)
    candidates = sorted((o for o in told if index.site.claims[o].report != report), key=lambda o: (-scores[o], o))
    weighed = (_weigh(index, ref, other, scores[other]) for other in candidates[:LOOKED_AT])
    best = sorted(weighed, key=lambda s: (-s.score, s.other))[:SHOWN]
    return tuple(suggestion for suggestion in best if suggestion.score >= WEAK * best[0].score)


def _weigh(index: Index, ref: str, other: str, overlap: float) -> Suggestion:
    mine, theirs = index.site.claims[ref], index.site.claims[other]
    score = overlap / math.sqrt(index.norms[ref] * index.norms[other])
    shared = _shared(index, ref, other)
    if days := _same_days(mine, theirs):
        score += SAME_DAY
        shared["day"] = (days,)
    copied = _copied(index, ref, other)
    if copied:
        score += SAME_PASSAGE
        shared["passage"] = (copied,)
    relied = relies_on(index.site, mine, theirs)
    if relied:
        shared["relies"] = (relied,)
    relation, aspect = _relation(index, ref, other, reliant=bool(copied or relied))
    return Suggestion(other=other, relation=relation, aspect=aspect, score=round(score, 3), shared=shared)


def _shared(index: Index, ref: str, other: str) -> dict[str, tuple[str, ...]]:
    least = math.log(1 + 1 / TELLING)
    both = sorted(index.features[ref] & index.features[other], key=lambda f: (-index.rarity[f], f))
    both = [f for f in both if f[0] not in ("word", "paragraph") or index.rarity[f] >= least]
    found: dict[str, list[str]] = {}
    for kind, value in both:
        if len(found.setdefault(kind, [])) < REASONS_NAMED:
            found[kind].append(value)
    return {kind: tuple(values) for kind, values in found.items()}


def _when(linked: LinkedClaim) -> DateSpan | None:
    return span(linked.claim.when)


def _same_days(mine: LinkedClaim, theirs: LinkedClaim) -> str:
    """Return the date of one where that of the other can mean the same; an empty string where not, or where either is open."""
    one, two = _when(mine), _when(theirs)
    if not (one and two and one.earliest and one.latest and two.earliest and two.latest):
        return ""
    return one.edtf if one.earliest <= two.latest and two.earliest <= one.latest else ""


def relies_on(site: LinkedDossier, mine: LinkedClaim, theirs: LinkedClaim) -> str:
    """Return the outlet of another claim's report where a claim says that it came through it; else an empty string."""
    outlet = site.reports[theirs.report].report.outlet
    own = site.reports[mine.report].report.outlet
    here, there = site.reports[mine.report].published, site.reports[theirs.report].published
    if here and there and here.latest and there.earliest and here.latest < there.earliest:
        return ""  # what came out later cannot have been passed on
    return outlet if outlet and outlet != own and outlet in {speaker.who for speaker in mine.claim.said} else ""


def _copied(index: Index, ref: str, other: str) -> str:
    """Return the longest passage that the claims' paragraphs share, in the words of the first."""
    for key in (ref, other):
        if key not in index.paragraphs:
            words = words_of(_paragraph(index.site, index.site.claims[key]))
            index.paragraphs[key] = (words, index_runs(words))
    mine, (theirs, runs) = index.paragraphs[ref][0], index.paragraphs[other]
    longest = max(shared_passages(mine, theirs, runs), key=lambda p: p.words, default=None)
    if longest is None:
        return ""
    return _paragraph(index.site, index.site.claims[ref])[longest.start : longest.end]


def _relation(index: Index, ref: str, other: str, *, reliant: bool) -> tuple[Relation, Aspect]:
    """Guess how a claim stands to another, and in what they differ if they do."""
    mine, theirs = index.site.claims[ref].claim, index.site.claims[other].claim
    numbers = [{value for kind, value in index.features[key] if kind == "number"} for key in (ref, other)]
    one, two = span(mine.when), span(theirs.when)
    if (mine.mode == "denied") != (theirs.mode == "denied"):
        return "differs", "wording"
    if one and two and ((one.earliest or "") > (two.latest or "9") or (two.earliest or "") > (one.latest or "9")):
        return "differs", "date"
    if all(numbers) and not numbers[0] & numbers[1]:
        return "differs", "number"
    return "repeats" if reliant else "agrees", "wording"


def copied_texts(site: LinkedDossier, report: str) -> tuple[CopiedText, ...]:
    """Return the reports with whose texts a report's shares passages, most words first: one of the two may pass on the other.

    Of a report whose original was taken up, that is compared, else its seed.
    """
    mine = words_of(_text(site, report))
    runs = index_runs(mine)
    found = []
    for other in site.reports:
        text = _text(site, other) if other != report else ""
        passages = sorted(shared_passages(words_of(text), mine, runs), key=lambda p: -p.words)
        if passages:
            parts = tuple(text[p.start : p.end] for p in passages)
            found.append(CopiedText(report=other, words=sum(p.words for p in passages), passages=parts))
    return tuple(sorted(found, key=lambda copied: (-copied.words, copied.report)))


def _text(site: LinkedDossier, report: str) -> str:
    texts = site.reports[report].texts
    return (texts.original or texts.seed).text


def links_of(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield the report and the id of every claim that a claim states a link to."""
    yield from ((repeat.report, repeat.claim) for repeat in claim.repeats)
    yield from ((agreement.report, agreement.claim) for agreement in claim.agrees)
    yield from ((difference.report, difference.claim) for difference in claim.differs)


def known_links(site: LinkedDossier) -> Mapping[str, frozenset[str]]:
    """Return for each claim those of other reports that it is linked with already, whichever of the two says so."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for ref, linked in site.claims.items():
        claim = linked.claim
        for report, of in links_of(claim):
            if report != linked.report:
                other = reference(report, of)
                known[ref].add(other)
                known[other].add(ref)
    return {ref: frozenset(others) for ref, others in known.items()}
