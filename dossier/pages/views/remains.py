"""`/sources/<speaker>/`: the dossier with one speaker set aside, as a question. What loses all, what some, and what each claim stands on otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from dossier.content.addresses import address_of
from dossier.content.model import Table
from dossier.language.arabic import sort_key
from dossier.language.direction import isolate
from dossier.linking.confidence import core_of
from dossier.linking.linked import LinkedDossier
from dossier.linking.survival import Aside, Loss, is_echo, set_aside, speakers
from dossier.pages.json_ld import page_json_ld
from dossier.pages.views.claims import ClaimRow, show_row
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell
from dossier.pages.views.judgments import judgment_link
from dossier.pages.views.names import WITHOUT, without
from dossier.pages.views.sourcing import METHOD, count_kinds
from dossier.pages.views.standing import SimilarClaim, Standing, show_similar, show_standing
from dossier.pages.views.wording import count, left_of, resting_on

LARGE = 2_000  # claims; the pages of a larger dossier list fewer
CLAIMS_SHOWN, CLAIMS_OF_MANY = 120, 30  # of those that fall; reports' pages hold the rest
LISTED, LISTED_OF_MANY = 200, 60
OTHERS_SHOWN = 6
# Of what stands of a judgment, cell, actor or event; of very many claims, those of an actor or event are only counted.
STANDING_SHOWN, STANDING_OF_MANY = 12, 4
SPEAKERS_SHOWN = 300
LOSSES: Mapping[Loss, str] = {"all": "لا يبقى له ما يقوم عليه", "some": "يبقى له بعض ما يقوم عليه", "none": "لا يتغيّر"}
_Losing = tuple[
    Link, int, Sequence[str]
]  # something that rests on claims, how many of them fall, and all of them, each once
CELLS: Mapping[Loss, str] = {"all": "لا يبقى منه شيء", "some": "يبقى بعضه", "none": "لا يتغيّر"}


class LossItem(Struct, frozen=True, kw_only=True):
    """Something that rests on claims, and which of them are left where some are. `hollow` says that what it says first has none of them."""

    link: Link
    standing: Standing | None
    hollow: bool = False


class LossGroup(Struct, frozen=True, kw_only=True):
    """All that loses alike: `loss` is for style sheets, `number` counts them, and not all of many are listed."""

    loss: str
    title: str
    number: str
    items: tuple[LossItem, ...]


class LossView(Struct, frozen=True, kw_only=True):
    """One kind of thing (judgments, actors, events) by what it loses; a group that is empty is left out."""

    id: str
    title: str
    groups: tuple[LossGroup, ...]


class CellLoss(Struct, frozen=True, kw_only=True):
    """A cell of a table: what it loses, in words and for style sheets; without words where the cell is empty."""

    column: str
    loss: str
    words: str | None
    standing: Standing | None


class TableLoss(Struct, frozen=True, kw_only=True):
    """A table of the dossier with what each cell loses."""

    id: str
    title: Markup
    columns: tuple[Markup, ...]
    rows: tuple[tuple[Link, tuple[CellLoss, ...]], ...]


class FallingClaim(Struct, frozen=True, kw_only=True):
    """A claim that falls, and claims like it that stand; `more` counts those that are not listed.

    `echo` says that these are only what it repeats or what repeats it.
    """

    row: ClaimRow
    others: tuple[SimilarClaim, ...]
    more: str | None
    echo: bool


class FallingClaims(Struct, frozen=True, kw_only=True):
    """Claims that fall alike: claims like them stand here, or none. `rest` counts those that are not listed."""

    title: str
    number: str
    claims: tuple[FallingClaim, ...]
    rest: str | None


class RemainsView(Struct, frozen=True, kw_only=True):
    """The page of one speaker set aside. `rule` leads to what a repetition that is only possible does, where a page has it."""

    shell: Frame
    title: Markup
    actor: Link | None
    summary: tuple[str, ...]
    kinds: tuple[LossView, ...]
    tables: tuple[TableLoss, ...]
    falling: tuple[FallingClaims, ...]
    rule: str | None


class SpeakerRow(Struct, frozen=True, kw_only=True):
    """A speaker in the overview: on how many claims, judgments and cells their word bears. `link` leads to the page of its own."""

    link: Link
    falls: str
    others: str
    judgments: str


def view_remains(site: LinkedDossier, path: str, speaker: str) -> RemainsView:
    """Return the view of the dossier with a speaker set aside. `speaker` is an actor's id, `anonymous` or `unsourced`."""
    to = Addresses(path, site)
    aside = set_aside(site, speaker)
    title = without(site, speaker)
    actor = site.actors[speaker].actor if speaker not in WITHOUT else None
    return RemainsView(
        shell=make_shell(
            site,
            path,
            title,
            "سؤال لا حكم: أي الأقوال يبقى لها طريق إلى مصدر أول آخر، وأيها لا يبقى.",
            json_ld=Markup(page_json_ld(site, path, title)),
        ),
        title=isolate(title),
        actor=Link(href=to.actor(actor.id), text=actor.name) if actor else None,
        summary=_summary(site, aside, to),
        kinds=tuple(view for view in (_judgments(site, aside, to), *_subjects(site, aside, to)) if view.groups),
        tables=tuple(_table(site, aside, table, to) for table in site.settings.tables),
        falling=_falling(site, aside, to),
        rule=f"{to.to(address_of('pages', METHOD))}#possible" if METHOD in site.pages else None,
    )


def _summary(site: LinkedDossier, aside: Aside, to: Addresses) -> tuple[str, ...]:
    words = [f"{resting_on(len(aside.falls), len(site.claims), to.digits)}."]
    if aside.others:
        words.append(f"ومنها ما يبقى هنا قول يشبهه: {count(len(aside.others), 'claim', to.digits)}.")
    if aside.others and len(site.claims) <= LARGE and (echoed := len(aside.echoed(site))):
        number = count(echoed, "claim", to.digits, "genitive")
        words.append(f"وفي {number} منها ليس هذا إلا ما يعيده القول أو ما يعيد القول، فليس سندًا مستقلًّا.")
    if aside.id in WITHOUT and (of_kind := _of_kind(site, aside.id)) != len(aside.falls):
        number = count(of_kind, "claim", to.digits)
        words.append(f"أما الأقوال التي مصدرها الأول من هذا الصنف فهي {number}، ولا يسقط منها ما يعيد أيضًا قولًا يبقى.")
    return tuple(words)


def _of_kind(site: LinkedDossier, kind: str) -> int:
    return sum(number for found, number in count_kinds(site, site.claims).items() if found == kind)


def _judgments(site: LinkedDossier, aside: Aside, to: Addresses) -> LossView:
    losses = [
        (judgment_link(judgment, place, to), aside.lost(judgment.claims)[0], tuple(dict.fromkeys(judgment.claims)))
        for place, judgment in enumerate(site.settings.judgments)
    ]
    return _losses("judgments", "الخلاصات", "judgment", losses, aside, to)


def _subjects(site: LinkedDossier, aside: Aside, to: Addresses) -> Iterable[LossView]:
    """Yield actors, by the claims about them, and events, by those on them."""
    claims = [site.claims[ref].claim for ref in aside.falls]
    about = Counter(actor for claim in claims for actor in set(claim.about))
    on = Counter(claim.event for claim in claims if claim.event)
    named = [a for a in site.actors.values() if a.about]
    named.sort(key=lambda a: sort_key(a.actor.name) if about[a.id] else ("", ""))  # the rest is only counted
    actors = [(Link(href=to.actor(a.id), text=a.actor.name), about[a.id], a.about) for a in named]
    yield _losses("actors", "من تُذكر أسماؤهم في الأقوال", "actor", actors, aside, to)
    events = [
        (Link(href=to.event(e.id), text=e.event.title), on[e.id], e.claims) for e in site.events.values() if e.claims
    ]
    yield _losses("events", "الأحداث", "event", events, aside, to)


def _losses(identity: str, title: str, noun: str, losses: Sequence[_Losing], aside: Aside, to: Addresses) -> LossView:
    most = LISTED if len(to.site.claims) <= LARGE else LISTED_OF_MANY
    groups: dict[Loss, list[_Losing]] = {"all": [], "some": [], "none": []}
    for item in losses:
        _, lost, claims = item
        groups["none" if not lost else "all" if lost == len(claims) else "some"].append(item)
    return LossView(
        id=identity,
        title=title,
        groups=tuple(
            LossGroup(
                loss=loss,
                title=LOSSES[loss],
                number=count(len(items), noun, to.digits),
                items=tuple(_item(item, loss, noun, aside, to) for item in items[:most])
                if loss != "none" or noun == "judgment"
                else (),
            )
            for loss, items in groups.items()
            if items
        ),
    )


def _item(item: _Losing, loss: Loss, noun: str, aside: Aside, to: Addresses) -> LossItem:
    link, lost, claims = item
    if loss != "some":
        return LossItem(link=link, standing=None)
    if noun != "judgment" and len(to.site.claims) > LARGE:
        counted = left_of(len(claims) - lost, len(claims), to.digits)
        return LossItem(link=link, standing=Standing(left=counted, claims=(), more=None))
    standing = _standing(to.site, aside, claims, to)
    hollow = noun == "judgment" and aside.loss(core_of(to.site, claims)) == "all"
    return LossItem(link=link, standing=standing, hollow=hollow)


def _standing(site: LinkedDossier, aside: Aside, claims: Sequence[str], to: Addresses) -> Standing:
    lost, total = aside.lost(claims)
    most = STANDING_SHOWN if len(site.claims) <= LARGE else STANDING_OF_MANY
    return show_standing(site, aside, claims, left_of(total - lost, total, to.digits), to, most)


def _table(site: LinkedDossier, aside: Aside, table: Table, to: Addresses) -> TableLoss:
    cells = {(cell.row, cell.column): cell.claims for cell in table.cells}

    def show(row: str, column: str, title: str) -> CellLoss:
        claims = cells.get((row, column), ())
        loss = aside.loss(claims)
        standing = _standing(site, aside, claims, to) if loss == "some" else None
        return CellLoss(column=title, loss=loss, words=CELLS[loss] if claims else None, standing=standing)

    return TableLoss(
        id=table.id,
        title=isolate(table.title),
        columns=tuple(isolate(column.title) for column in table.columns),
        rows=tuple(
            (
                Link(href=to.actor(row.actor), text=site.actors[row.actor].actor.name),
                tuple(show(row.actor, column.id, column.title) for column in table.columns),
            )
            for row in table.rows
        ),
    )


def _falling(site: LinkedDossier, aside: Aside, to: Addresses) -> tuple[FallingClaims, ...]:
    alone = [ref for ref in aside.falls if ref not in aside.others]
    most = CLAIMS_SHOWN if len(site.claims) <= LARGE else CLAIMS_OF_MANY
    groups = (("أقوال لا يبقى هنا ما يشبهها", alone), ("أقوال يبقى هنا ما يشبهها", list(aside.others)))

    def show(ref: str) -> FallingClaim:
        return _falling_claim(site, ref, aside.others.get(ref, ()), to)

    return tuple(
        FallingClaims(
            title=title,
            number=count(len(refs), "claim", to.digits),
            claims=tuple(map(show, refs[:most])),
            rest=count(len(refs) - most, "claim", to.digits) if len(refs) > most else None,
        )
        for title, refs in groups
        if refs
    )


def _falling_claim(site: LinkedDossier, ref: str, others: Sequence[str], to: Addresses) -> FallingClaim:
    hidden = len(others) - OTHERS_SHOWN
    return FallingClaim(
        row=show_row(site, ref, to),
        others=tuple(show_similar(site, ref, others, to, OTHERS_SHOWN)) if others else (),
        more=count(hidden, "claim", to.digits) if hidden > 0 else None,
        echo=is_echo(site, ref, others),
    )


def show_speakers(site: LinkedDossier, to: Addresses) -> tuple[SpeakerRow, ...]:
    """Return a row for everybody who can be set aside: the two weak kinds, then actors by name, at most `SPEAKERS_SHOWN`."""
    kinds, actors = speakers(site)[: len(WITHOUT)], speakers(site)[len(WITHOUT) :]
    ordered = sorted(actors, key=lambda actor: sort_key(site.actors[actor].actor.name))
    return tuple(_speaker_row(site, set_aside(site, speaker), to) for speaker in (*kinds, *ordered)[:SPEAKERS_SHOWN])


def _speaker_row(site: LinkedDossier, aside: Aside, to: Addresses) -> SpeakerRow:
    digits = to.digits
    losing = aside.judgments(site)
    parts = (("كل أقوالها", len(losing["all"])), ("بعض أقوالها", len(losing["some"])))
    words = [f"{part}: {count(number, 'judgment', digits)}" for part, number in parts if number]
    return SpeakerRow(
        link=Link(href=to.source(aside.id), text=WITHOUT.get(aside.id) or site.actors[aside.id].actor.name),
        falls=count(len(aside.falls), "claim", digits),
        others=count(len(aside.others), "claim", digits) if aside.others else "",
        judgments="؛ ".join(words) or "لا شيء",
    )
