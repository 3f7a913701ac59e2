"""Check what only the whole dossier can tell: references to nothing, dates that contradict, addresses that clash.

One pass over everything, linear in claims and links. A place in a file is looked up only for what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from dossier.content.findings import Finding, place_findings
from dossier.content.model import RELATIONS, Actor, Claim, ContentPage, Dossier, Event, Meaning, Report, Settings
from dossier.content.model_faults import NAME_FOR_ID
from dossier.content.paths import PLACES, SETTINGS, file_of
from dossier.content.references import targets_in
from dossier.content.unsound import UNKNOWN
from dossier.content.yaml_text import FieldPath
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot
from dossier.errors import Problem, nearest
from dossier.language.arabic import fold
from dossier.language.characters import printable, show
from dossier.language.markdown import links
from dossier.linking.drafts import NO_DRAFTS, Drafts
from dossier.linking.entries import Entries, Entry, changed_pairs
from dossier.linking.file_checks import check_former_ids, check_names_of_files, check_seeds, find_missing_seed
from dossier.linking.targets import Targets, gather_targets, no_claim, unknown


def offer_ids(problems: Iterable[Problem], dossier: Dossier) -> Iterator[Problem]:
    """Name the ids that are meant where names stand in their place."""
    ids: dict[str, str] = {}
    for problem in problems:
        if problem.hint != NAME_FOR_ID:
            yield problem
            continue
        ids = ids or {fold(show(name)): identity for name, identity in _names(dossier)}
        meant = ids.get(fold(problem.message.removesuffix(" is not an id")))
        hint = (
            f"did you mean {meant}, whose name this is?"
            if meant
            else f"{NAME_FOR_ID}; `dossier new` begins such a file"
        )
        yield replace(problem, hint=hint)


def _names(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Yield what may be written for an id, the likeliest last."""
    yield from ((report.short or report.title, report.id) for report in dossier.reports)
    yield from ((event.title, event.id) for event in dossier.events)
    for actor in dossier.actors:
        yield from ((name, actor.id) for name in (*actor.ambiguous, *actor.spellings, *actor.aliases, actor.name))


class _Sound(Struct, frozen=True, kw_only=True):
    """The entries that were asked and refer to nothing that is not there, and those that do, for what could be referred to."""

    basis: object
    entries: tuple[Entry, ...]
    unsound: tuple[Entry, ...]


def check(
    dossier: Dossier,
    entries: Entries,
    snapshot: Snapshot,
    memo: Memo,
    drafts: Drafts = NO_DRAFTS,
    unsound: Dossier | None = None,
) -> tuple[Problem, ...]:
    """Find every problem between the parts of a dossier. `entries` are its reports, with their texts; `drafts` were left out of both.

    `unsound` is what could be read of files that have errors.
    """
    targets = gather_targets(dossier, entries, snapshot, memo, drafts)
    findings = [
        *_check_reports(entries.entries, targets, memo),
        *_check_actors(dossier.actors, targets),
        *_check_names(dossier.actors),
        *_check_events(dossier.events, targets),
        *_check_settings(dossier.settings, targets),
        *check_seeds(entries, targets),
        *check_names_of_files(snapshot, memo),
        *check_former_ids(dossier, entries.moved, targets),
        *_check_bodies("actors", dossier.actors, targets),
        *_check_bodies("events", dossier.events, targets),
        *_check_bodies("pages", dossier.pages, targets),
        *(_check_unsound(unsound, targets) if unsound else ()),
    ]
    return place_findings(findings, snapshot)


def _check_reports(entries: tuple[Entry, ...], targets: Targets, memo: Memo) -> Iterator[Finding]:
    """Look closely only at reports that refer to something that is not there.

    Where all were sound, and all that can be referred to is the same, only those that changed are asked.
    """
    basis = (targets.ids, targets.outlets, targets.claims, targets.spans)

    def find(last: _Sound | None) -> _Sound:
        changed = changed_pairs(last.entries, entries) if last and last.basis == basis else None
        asked = entries if changed is None else [entry for _, _, entry in changed]
        if last and changed == []:
            return last
        unsound = [entry for entry in asked if entry.report and not _is_sound(entry, targets)]
        return _Sound(basis=basis, entries=() if unsound else entries, unsound=tuple(unsound))

    for entry in memo.revise("content/sound", find).unsound:
        if entry.report:
            yield from _check_report(entry.report, targets, entry.counts or (None, None))
            yield from _check_body(file_of("reports", entry.report.id), entry.report.body, targets)


def _is_sound(entry: Entry, targets: Targets) -> bool:
    """Return whether all that a report refers to is there."""
    refers = entry.parsed.refers
    return refers is None or (
        entry.within
        and refers.actors <= targets.ids["actor"]
        and refers.outlets <= targets.outlets
        and refers.claims <= targets.claims
        and refers.reports <= targets.ids["report"]
        and refers.events <= targets.ids["event"]
        and not refers.suspect
        and all(targets.fits(when, event) for when, event in refers.dated)
    )


def _check_report(report: Report, targets: Targets, counts: tuple[int | None, int | None]) -> Iterator[Finding]:
    file = file_of("reports", report.id)
    if report.outlet:
        yield from _outlet(report.outlet, targets, file, ("outlet",))
    for index, outlet in enumerate(report.via):
        yield from _outlet(outlet, targets, file, ("via", index))
    for index, cite in enumerate(report.cites):
        if cite.report not in targets.ids["report"]:
            yield unknown("report", cite.report, targets, file, ("cites", index, "report"))
        elif cite.report == report.id:
            yield Finding(file, ("cites", index, "report"), "a report cannot cite itself", "delete the entry")
    if report.claims and counts[0] == 0:
        yield Finding(file, ("seed",), "the seed holds no text", "put the article's text there as UTF-8")
        counts = (None, counts[1])
    for index, meaning in enumerate(report.means):
        yield from _check_meaning(meaning, targets, file, index, counts)
    for index, claim in enumerate(report.claims):
        yield from _check_claim(report.id, claim, targets, file, index, counts)


def _check_meaning(
    meaning: Meaning, targets: Targets, file: str, index: int, counts: tuple[int | None, int | None]
) -> Iterator[Finding]:
    if meaning.actor not in targets.ids["actor"]:
        yield unknown("actor", meaning.actor, targets, file, ("means", index, "actor"))
    for name, text, count in (("at", "seed", counts[0]), ("original_at", "original", counts[1])):
        for position, number in enumerate(getattr(meaning, name)):
            yield from _paragraph(number, count, text, file, ("means", index, name, position))


def _check_claim(
    report: str, claim: Claim, targets: Targets, file: str, index: int, counts: tuple[int | None, int | None]
) -> Iterator[Finding]:
    path: FieldPath = ("claims", index)
    actors = targets.ids["actor"]
    for position, speaker in enumerate(claim.said):
        if speaker.who is not None and speaker.who not in actors:
            yield unknown("actor", speaker.who, targets, file, (*path, "said", position, "who"))
    for position, actor in enumerate(claim.about):
        if actor not in actors:
            yield unknown("actor", actor, targets, file, (*path, "about", position))
    yield from _paragraph(claim.at, counts[0], "seed", file, (*path, "at"))
    if claim.original_at is not None:
        yield from _paragraph(claim.original_at, counts[1], "original", file, (*path, "original_at"))
    if claim.event is not None:
        yield from _check_event_of(claim, claim.event, targets, file, path)
    if claim.repeats or claim.agrees or claim.differs:
        yield from _check_links(report, claim, targets, file, path)


def _check_event_of(claim: Claim, event: str, targets: Targets, file: str, path: FieldPath) -> Iterator[Finding]:
    """Find an event that is not there, or a claim's date that has no day in common with its event's."""
    if event not in targets.ids["event"]:
        yield unknown("event", event, targets, file, (*path, "event"))
    elif claim.when and not targets.fits(claim.when, event):
        span = targets.spans[event]
        message = f'when "{claim.when}" lies outside of the event "{event}", which was "{span.edtf if span else ""}"'
        yield Finding(file, (*path, "when"), message, "mend one of the two dates, or name another event")


def _check_links(report: str, claim: Claim, targets: Targets, file: str, path: FieldPath) -> Iterator[Finding]:
    for name in RELATIONS:
        for position, link in enumerate(getattr(claim, name)):
            where: FieldPath = (*path, name, position)
            if (link.report, link.claim) == (report, claim.id):
                yield Finding(file, (*where, "claim"), "a claim cannot refer to itself", "delete the entry")
            elif link.report not in targets.ids["report"]:
                yield unknown("report", link.report, targets, file, (*where, "report"))
            elif not targets.has_claim(link.report, link.claim):
                yield no_claim(link.report, link.claim, targets, file, (*where, "claim"))


def _check_names(actors: Iterable[Actor]) -> Iterator[Finding]:
    """Find actors of one name, or of one number in Wikidata: what one of them says would count as two origins."""
    first: dict[tuple[str, str], str] = {}
    for actor in actors:
        for field, value in (("name", fold(actor.name)), ("wikidata", actor.wikidata)):
            other = first.setdefault((field, value), actor.id) if value else actor.id
            if other != actor.id:
                message = f'the actor "{other}" has the same {field}: one speaker would count as two'
                hint = "join the two files, or tell the two apart by what each is"
                yield Finding(file_of("actors", actor.id), (field,), message, hint)


def _check_actors(actors: Iterable[Actor], targets: Targets) -> Iterator[Finding]:
    for actor in actors:
        for index, whole in enumerate(actor.part_of):
            file = file_of("actors", actor.id)
            if whole not in targets.ids["actor"]:
                yield unknown("actor", whole, targets, file, ("part_of", index))
            elif whole == actor.id:
                yield Finding(file, ("part_of", index), "an actor cannot be part of itself", "delete the entry")


def _check_events(events: Iterable[Event], targets: Targets) -> Iterator[Finding]:
    for event in events:
        file = file_of("events", event.id)
        for index, actor in enumerate(event.actors):
            if actor not in targets.ids["actor"]:
                yield unknown("actor", actor, targets, file, ("actors", index))
        if event.place is not None and event.place not in targets.places and not targets.places_broken:
            hint = printable(nearest(event.place, targets.places)) or f"add it to {PLACES}"
            yield Finding(file, ("place",), f"no place has the name {show(event.place)}", hint)


def _check_settings(settings: Settings, targets: Targets) -> Iterator[Finding]:
    entries: list[tuple[FieldPath, tuple[str, ...]]] = [
        *((("judgments", index), judgment.claims) for index, judgment in enumerate(settings.judgments)),
        *((("unknowns", index), unknown.claims) for index, unknown in enumerate(settings.unknowns)),
    ]
    for number, table in enumerate(settings.tables):
        entries += ((("tables", number, "cells", index), cell.claims) for index, cell in enumerate(table.cells))
        for index, row in enumerate(table.rows):
            if row.actor not in targets.ids["actor"]:
                yield unknown("actor", row.actor, targets, SETTINGS, ("tables", number, "rows", index, "actor"))
    for where, claims in entries:
        for position, reference in enumerate(claims):
            report, _, claim = reference.partition("#")
            path: FieldPath = (*where, "claims", position)
            if report not in targets.ids["report"]:
                yield unknown("report", report, targets, SETTINGS, path)
            elif not targets.has_claim(report, claim):
                yield no_claim(report, claim, targets, SETTINGS, path)


def _check_bodies(folder: str, entries: Iterable[Actor | Event | ContentPage], targets: Targets) -> Iterator[Finding]:
    """Find links of notes and pages that lead nowhere."""
    for entry in entries:
        if not all(targets.has(*target) for target in targets_in(entry.body)):
            yield from _check_body(file_of(folder, entry.id), entry.body, targets)


def _check_body(file: str, body: str, targets: Targets) -> Iterator[Finding]:
    for scheme, target, line, column in links(body):
        if not targets.has(scheme, target):
            found = _no_target(scheme, target, targets, file)
            yield Finding(file, (), f"link: {found.message}", found.hint, in_body=(line, column))


def _no_target(scheme: str, target: str, targets: Targets, file: str) -> Finding:
    if scheme != "claim":
        return unknown(scheme, target, targets, file, ())
    report, mark, claim = target.partition("#")
    if not mark:
        return Finding(file, (), f"{show(target)} names no claim", "write it as claim:<report>#<claim>")
    if report not in targets.ids["report"]:
        return unknown("report", report, targets, file, ())
    return no_claim(report, claim, targets, file, ())


def _outlet(outlet: str, targets: Targets, file: str, path: FieldPath) -> Iterator[Finding]:
    if outlet not in targets.ids["actor"]:
        yield unknown("actor", outlet, targets, file, path)
    elif targets.kinds.get(outlet, "outlet") != "outlet":
        message = f"{show(outlet)} is no outlet, but of kind {targets.kinds[outlet]}"
        yield Finding(file, path, message, f"name an outlet, or write kind: outlet in {file_of('actors', outlet)}")


def _paragraph(number: int, count: int | None, text: str, file: str, path: FieldPath) -> Iterator[Finding]:
    if count is not None and number > count:
        have = "1 paragraph" if count == 1 else f"{count} paragraphs"
        yield Finding(file, path, f"there is no paragraph {show(number)[1:-1]}: the {text} has {have}", "count from 1")


def _check_unsound(unsound: Dossier, targets: Targets) -> Iterator[Finding]:
    """Check what could be read of files with errors as if it were all."""
    for report in unsound.reports:
        yield from _check_report(report, targets, (None, None))
        yield from _check_body(file_of("reports", report.id), report.body, targets)
        if report.seed != UNKNOWN:
            yield from find_missing_seed(report, targets)
    yield from _check_actors(unsound.actors, targets)
    yield from _check_events(unsound.events, targets)
    yield from _check_settings(unsound.settings, targets)
    for folder in ("actors", "events", "pages"):
        yield from _check_bodies(folder, getattr(unsound, folder), targets)
