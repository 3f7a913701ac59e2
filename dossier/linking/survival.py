"""Tell what remains of a dossier where a speaker is set aside: who carries each claim, and what falls without them.

The rule is the format's (docs/format.md): a claim survives without X where X is not in its chain and, if it repeats others, one of
these survives. Without anonymous speakers, one whose first speaker is anonymous survives only where one that it repeats does; without
unsourced ones likewise. All speakers are followed at once: a claim's carriers are those without whom it falls, and whoever carries
everything that it repeats carries it too. That is linear in claims and links, and iterative. Claims that repeat each other in a
circle do not hold each other up: what falls is the most that the rule allows.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from dossier.content.model import Claim, Table
from dossier.linking.linked import LinkedDossier
from dossier.linking.origins import components, kind_of, merges, reference, repeated_among

ANONYMOUS, UNSOURCED = "anonymous", "unsourced"
KINDS_SET_ASIDE = (ANONYMOUS, UNSOURCED)  # beside actors; kinds of origins, and ids that no speaker can have

Loss = Literal["all", "some", "none"]


def own_carriers(claim: Claim, outlets: Container[str]) -> tuple[str, ...]:
    """Return who carries a claim that repeats none: everybody in its chain, by id, and its kind of origin if that is a weak one."""
    kind = kind_of(claim, outlets)
    return _ordered((*_chain(claim), kind) if kind in KINDS_SET_ASIDE else _chain(claim))


def trace_carriers(claims: Mapping[str, Claim], own: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return for each claim, by reference, the speakers and kinds without whom it falls.

    `own` says the same of each claim by itself. Links to claims that are not among them count for nothing.
    """
    repeats = repeated_among(claims)
    found: dict[str, frozenset[str]] = {}
    for component in components(repeats):
        inside = frozenset(component)
        closed = all(inside.issuperset(repeats[ref]) for ref in component)
        if len(component) == 1 and not repeats[component[0]]:
            found[component[0]] = frozenset(own[component[0]])
        else:
            _settle(component, claims, repeats, own if closed else {}, found)
    kept: dict[frozenset[str], tuple[str, ...]] = {}  # most claims have the carriers of others
    return {ref: kept.setdefault(found[ref], _ordered(found[ref])) for ref in claims}


def _settle(
    component: Sequence[str],
    claims: Mapping[str, Claim],
    repeats: Mapping[str, Sequence[str]],
    ground: Mapping[str, Iterable[str]],
    found: dict[str, frozenset[str]],
) -> None:
    """Find the carriers of claims that repeat others; of a circle, which stands on its own `ground` where it repeats nothing else."""
    chains = {ref: frozenset(_chain(claims[ref])) for ref in component}
    pointing: dict[str, list[str]] = {ref: [] for ref in component}
    for ref in component:
        for target in repeats[ref]:
            if target in pointing:
                pointing[target].append(ref)
    waiting = deque(component)
    while waiting:
        ref = waiting.popleft()
        holds = [found[target] for target in repeats[ref] if target in found]
        if ref in ground:
            holds.append(frozenset(ground[ref]))
        if not holds:
            continue
        carriers = chains[ref] | frozenset.intersection(*holds)
        if found.get(ref) != carriers:
            found[ref] = carriers
            waiting.extend(pointing[ref])


def _chain(claim: Claim) -> Iterable[str]:
    return [speaker.who for speaker in claim.said if speaker.who]


def _ordered(carriers: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(carriers)))


class Aside(Struct, frozen=True, kw_only=True):
    """The dossier with one speaker set aside: an actor's id, `anonymous` or `unsourced`.

    `falls` are the claims that do not survive, in the order of the dossier, `gone` the same as a set; `others` those among them that stand on others, with
    the claims of their cluster that survive.
    """

    id: str
    falls: tuple[str, ...]
    others: Mapping[str, tuple[str, ...]]
    gone: frozenset[str]

    def loss(self, claims: Iterable[str]) -> Loss:
        """Tell whether all of these claims fall, some, or none; where there are no claims nothing is lost."""
        fallen, total = self.lost(claims)
        return "none" if not fallen else "all" if fallen == total else "some"

    def lost(self, claims: Iterable[str]) -> tuple[int, int]:
        """Return how many of these claims fall, and how many they are, each counted once."""
        given = frozenset(claims)
        return len(given & self.gone), len(given)

    def echoed(self, site: LinkedDossier) -> tuple[str, ...]:
        """Return those that stand on others where these are only what they repeat or what repeats them: no support of its own."""
        return tuple(ref for ref, others in self.others.items() if is_echo(site, ref, others))

    def judgments(self, site: LinkedDossier) -> dict[Loss, tuple[int, ...]]:
        """Return the judgments by what they lose, by their numbers from 0."""
        return _by_loss((n, self.loss(judgment.claims)) for n, judgment in enumerate(site.settings.judgments))

    def cells(self, table: Table) -> dict[Loss, tuple[int, ...]]:
        """Return the cells of a table by what they lose, by their numbers from 0."""
        return _by_loss((n, self.loss(cell.claims)) for n, cell in enumerate(table.cells))


def _by_loss(losses: Iterable[tuple[int, Loss]]) -> dict[Loss, tuple[int, ...]]:
    found: dict[Loss, list[int]] = {"all": [], "some": [], "none": []}
    for number, loss in losses:
        found[loss].append(number)
    return {loss: tuple(numbers) for loss, numbers in found.items()}


def set_aside(site: LinkedDossier, speaker: str) -> Aside:
    """Return the dossier with a speaker set aside. `speaker` is an actor's id, `anonymous` or `unsourced`."""
    falls = site.falls.get(speaker, ())
    gone = frozenset(falls)
    left: dict[str, tuple[str, ...]] = {}  # of each cluster, by its first claim: many claims of one may fall
    others: dict[str, tuple[str, ...]] = {}
    for ref in falls:
        claims = site.ties[ref].cluster.claims
        if claims[0] not in left:
            left[claims[0]] = tuple(claim for claim in claims if claim not in gone)
        if left[claims[0]]:
            others[ref] = left[claims[0]]
    return Aside(id=speaker, falls=falls, others=others, gone=gone)


def speakers(site: LinkedDossier) -> tuple[str, ...]:
    """Return everybody who can be set aside: `anonymous`, `unsourced`, and every actor in a chain, in the order of the dossier."""
    return (*KINDS_SET_ASIDE, *(actor for actor in site.actors if actor in site.falls))


def passed_on(site: LinkedDossier, ref: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the claims that one repeats, and those that repeat it, surely or probably, directly or through others."""

    def below(at: str) -> Iterable[str]:
        return (reference(link.report, link.claim) for link in site.claims[at].claim.repeats if merges(link))

    def above(at: str) -> Iterable[str]:
        return (other for other in site.ties[at].repeated_by if at in below(other))

    return _reached(ref, below), _reached(ref, above)


def is_echo(site: LinkedDossier, ref: str, others: Iterable[str]) -> bool:
    """Tell whether some claims are but what one repeats or what repeats it; where there are none, not."""
    given = frozenset(others)
    if not given:
        return False
    below, above = passed_on(site, ref)
    return given <= below | above


def _reached(start: str, step: Callable[[str], Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = [ref for ref in step(waiting.pop()) if ref not in found]
        found.update(new)
        waiting.extend(new)
    return frozenset(found)


def carriers_of_all(site: LinkedDossier, claims: Iterable[str]) -> tuple[str, ...]:
    """Return the speakers and kinds without whom none of these claims is left; where there are no claims, nobody."""
    carriers = [frozenset(site.ties[ref].carriers) for ref in claims]
    return _ordered(frozenset.intersection(*carriers)) if carriers else ()


def rests_on_anonymous(site: LinkedDossier, claims: Iterable[str]) -> bool:
    """Tell whether every origin of these claims is anonymous; where there are no claims, not."""
    kinds = {origin.kind for ref in claims for origin in site.ties[ref].origins}
    return kinds == {ANONYMOUS}


def doubted(claim: Claim) -> str:
    """Return whom to set aside where somebody doubts a claim: its first named speaker; where nobody is named, its kind of origin."""
    return next(iter(_chain(claim)), kind_of(claim, ()))
