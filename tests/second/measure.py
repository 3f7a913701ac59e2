"""Measure `suggest` beside BM25: recall of known links at 5 and 10, and how often the first suggestion is one.

`python -m tests.second` prints this dossier and the second one. A link is looked for from the claim that states it.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import snapshot
from dossier.linking.linked import LinkedDossier
from dossier.linking.passages import words_of
from dossier.linking.suggest import build_index, links_of, stem, suggest

HERE = Path(__file__).parent
Pairs = frozenset[tuple[str, str]]
Rank = Callable[[str], Sequence[str]]
K1, B = 1.2, 0.75  # of BM25, as usual


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """Shares: of links found in the first 5 and 10, and of linked claims whose first suggestion is a link."""

    links: int
    at_5: float
    at_10: float
    first: float


def site_at(root: Path) -> LinkedDossier:
    """The dossier at a folder, linked."""
    return compose(snapshot(root), Memo()).site


def stated_links(site: LinkedDossier) -> Pairs:
    """Every link between claims of two reports that a dossier states, from the claim that states it."""
    return frozenset(
        (ref, f"{report}#{claim}")
        for ref, linked in site.claims.items()
        for report, claim in links_of(linked.claim)
        if report != linked.report
    )


def read_links(name: str) -> Pairs:
    """The links of one reader of the second dossier."""
    return frozenset((link["from"], link["to"]) for link in json.loads((HERE / name).read_text("utf-8")))


def by_suggest(site: LinkedDossier) -> Rank:
    index = build_index(site)
    return lambda ref: [suggestion.other for suggestion in suggest(index, ref)]


def by_bm25(site: LinkedDossier) -> Rank:
    """Robertson and others 1994, on the claims' sentences alone."""
    texts = {ref: [stem(word) for word, _, _ in words_of(c.claim.text)] for ref, c in site.claims.items()}
    counts = {ref: Counter(words) for ref, words in texts.items()}
    having = Counter(word for words in counts.values() for word in words)
    mean = sum(map(len, texts.values())) / len(texts)

    def score(question: Iterable[str], ref: str) -> float:
        length = K1 * (1 - B + B * len(texts[ref]) / mean)
        return sum(
            math.log(1 + (len(texts) - having[w] + 0.5) / (having[w] + 0.5)) * n * (K1 + 1) / (n + length)
            for w in set(question)
            if (n := counts[ref][w])
        )

    def rank(ref: str) -> Sequence[str]:
        report = site.claims[ref].report
        others = [other for other, c in site.claims.items() if c.report != report]
        return sorted(others, key=lambda other: (-score(texts[ref], other), other))[:10]

    return rank


def measure(rank: Rank, links: Pairs) -> Figures:
    """How many links a ranking finds."""
    both = links | {(to, source) for source, to in links}
    lists: Mapping[str, Sequence[str]] = {ref: rank(ref) for ref, _ in both}
    places = [list(lists[source]).index(to) if to in lists[source] else 99 for source, to in links]
    firsts = [(ref, found[0]) in both for ref, found in lists.items() if found]
    return Figures(
        links=len(links),
        at_5=sum(place < 5 for place in places) / len(links),
        at_10=sum(place < 10 for place in places) / len(links),
        first=sum(firsts) / len(firsts),
    )


def agreement(one: Pairs, two: Pairs) -> float:
    """Two readers' agreement: links that both have, twice, of all that either has (F1 of one against the other)."""
    first, second = ({frozenset(pair) for pair in links} for links in (one, two))
    return 2 * len(first & second) / (len(first) + len(second))
