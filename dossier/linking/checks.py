"""Check what only the whole dossier can tell: references to nothing, dates that contradict, addresses that clash.

One pass over everything, linear in claims and links. A place in a file is looked up only for what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import normalize

from dossier.content.addresses import RESERVED, address_of
from dossier.content.findings import FieldPath, Finding, place_findings
from dossier.content.front_matter import is_id, near_id
from dossier.content.model import Actor, Claim, ContentPage, Dossier, Event, Meaning, Report, Settings
from dossier.content.paths import CONTENT, PLACES, SETTINGS, file_of, folder_of
from dossier.content.references import targets_in
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot
from dossier.errors import Problem, nearest
from dossier.language.characters import printable, show
from dossier.language.dates import DateSpan, parse_edtf
from dossier.language.markdown import links
from dossier.linking.entries import Entries, Entry, changed_pairs

MAX_SUGGESTIONS = 50


@dataclass(frozen=True)
class _Known:
    """Everything that can be referred to. Files that could not be parsed count as known."""

    ids: Mapping[str, frozenset[str]]
    outlets: frozenset[str]
    kinds: Mapping[str, str]
    claims: frozenset[str]
    reports: tuple[Report, ...]
    spans: Mapping[str, DateSpan | None]
    seeds: frozenset[str]
    places: frozenset[str]
    places_broken: bool
    content: tuple[str, ...]
    suggested: dict[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def parsed(self) -> Mapping[str, Report]:
        """Reports by id. Needed only where a claim is missing."""
        return {report.id: report for report in self.reports}

    @cached_property
    def misnamed(self) -> Mapping[tuple[str, str], str]:
        """Files that are not read because of their names, by kind and the id that each name comes close to."""
        found = {}
        for path in self.content:
            folder, _, name = path.removeprefix(CONTENT).partition("/")
            stem, dot, end = name.rpartition(".")
            if folder[:-1] in self.ids and "/" not in name and not (is_id(stem) and end == "md"):
                found[folder[:-1], near_id(stem if dot else name)] = printable(path)
        return found

    def has_claim(self, report: str, claim: str) -> bool:
        """Return whether a claim is there; True also where its report is there and could not be parsed."""
        return f"{report}#{claim}" in self.claims or (report in self.ids["report"] and report not in self.parsed)

    def has_target(self, scheme: str, target: str) -> bool:
        """Return whether a link of ours (`actor:`, `report:`, `event:`, `claim:`) leads somewhere."""
        if scheme != "claim":
            return target in self.ids.get(scheme, ())
        report, mark, claim = target.partition("#")
        return bool(mark) and self.has_claim(report, claim)

    def fits(self, when: str, event: str) -> bool:
        """Return whether a claim's date has a day in common with its event's."""
        span = self.spans.get(event)
        return span is None or parse_edtf(when).overlaps(span)

    def suggest(self, kind: str, name: str) -> str:
        """Return what to do about an unknown id: the nearest known one, or a file to rename or write.

        The nearest is sought for the first `MAX_SUGGESTIONS` names only: where there are more, something else is wrong.
        """
        if (kind, name) in self.misnamed:
            return f"rename {self.misnamed[kind, name]} to {name}.md"
        if (kind, name) not in self.suggested:
            spent = len(self.suggested) >= MAX_SUGGESTIONS
            self.suggested[kind, name] = "" if spent else printable(nearest(name, self.ids[kind]))
        write = f"write {file_of(f'{kind}s', name)}, or mend the id" if is_id(name) else "mend the id"
        return self.suggested[kind, name] or write


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sound:
    """The entries that were asked and refer to nothing that is not there, and those that do, for what could be referred to."""

    basis: object
    entries: tuple[Entry, ...]
    unsound: tuple[Entry, ...]


def check(dossier: Dossier, entries: Entries, snapshot: Snapshot, memo: Memo) -> tuple[Problem, ...]:
    """Find every problem between the parts of a dossier. `entries` are its reports, with their texts."""
    known = _know(dossier, entries, snapshot, memo)
    findings = [
        *_check_reports(entries.entries, known, memo),
        *_check_actors(dossier.actors, known),
        *_check_events(dossier.events, known),
        *_check_settings(dossier.settings, known),
        *_check_seeds(entries, known),
        *_check_former_ids(dossier, entries.moved, known),
        *_check_bodies("actors", dossier.actors, known),
        *_check_bodies("events", dossier.events, known),
        *_check_bodies("pages", dossier.pages, known),
    ]
    return place_findings(findings, snapshot)


def _know(dossier: Dossier, entries: Entries, snapshot: Snapshot, memo: Memo) -> _Known:
    ids = {kind: _ids_in(folder_of(f"{kind}s"), snapshot, memo) for kind in ("report", "actor", "event")}
    seeds = snapshot.below("seeds/")
    kinds = {actor.id: actor.kind for actor in dossier.actors}
    places = snapshot.files.get(PLACES)
    return _Known(
        ids=ids,
        outlets=frozenset(actor for actor in ids["actor"] if kinds.get(actor, "outlet") == "outlet"),
        kinds=kinds,
        claims=entries.own_claims,
        reports=dossier.reports,
        spans={event.id: parse_edtf(event.when) if event.when else None for event in dossier.events},
        seeds=memo.get("content/seeds", seeds, lambda: frozenset(seeds)),
        places=frozenset(place.name for place in dossier.places),
        content=snapshot.below(CONTENT),
        places_broken=not dossier.places and places is not None and bool(places.data.strip()),
    )


def _ids_in(folder: str, snapshot: Snapshot, memo: Memo) -> frozenset[str]:
    """Return the names of the files in a folder, as ids; also of those that could not be parsed."""
    paths = snapshot.below(folder)

    def find() -> frozenset[str]:
        names = (path.removeprefix(folder) for path in paths if path.endswith(".md"))
        return frozenset(name.removesuffix(".md").lower() for name in names if "/" not in name)

    return memo.get("content/ids", paths, find)


def _check_reports(entries: tuple[Entry, ...], known: _Known, memo: Memo) -> Iterator[Finding]:
    """Look closely only at reports that refer to something that is not there.

    Where all were sound, and all that can be referred to is the same, only those that changed are asked.
    """
    basis = (known.ids, known.outlets, known.claims, known.spans)

    def find(last: _Sound | None) -> _Sound:
        changed = changed_pairs(last.entries, entries) if last and last.basis == basis else None
        asked = entries if changed is None else [entry for _, _, entry in changed]
        if last and changed == []:
            return last
        unsound = [entry for entry in asked if entry.report and not _is_sound(entry, known)]
        return _Sound(basis=basis, entries=() if unsound else entries, unsound=tuple(unsound))

    for entry in memo.revise("content/sound", find).unsound:
        if entry.report:
            yield from _check_report(entry.report, known, entry.counts or (None, None))
            yield from _check_body(file_of("reports", entry.report.id), entry.report.body, known)


def _is_sound(entry: Entry, known: _Known) -> bool:
    """Return whether all that a report refers to is there."""
    refers = entry.parsed.refers
    return refers is None or (
        entry.within
        and refers.actors <= known.ids["actor"]
        and refers.outlets <= known.outlets
        and refers.claims <= known.claims
        and refers.reports <= known.ids["report"]
        and refers.events <= known.ids["event"]
        and not refers.suspect
        and all(known.fits(when, event) for when, event in refers.dated)
    )


def _check_report(report: Report, known: _Known, counts: tuple[int | None, int | None]) -> Iterator[Finding]:
    file = file_of("reports", report.id)
    if report.outlet:
        yield from _outlet(report.outlet, known, file, ("outlet",))
    for index, outlet in enumerate(report.via):
        yield from _outlet(outlet, known, file, ("via", index))
    for index, cite in enumerate(report.cites):
        if cite.report not in known.ids["report"]:
            yield _unknown("report", cite.report, known, file, ("cites", index, "report"))
        elif cite.report == report.id:
            yield Finding(file, ("cites", index, "report"), "a report cannot cite itself", "delete the entry")
    if report.claims and counts[0] == 0:
        yield Finding(file, ("seed",), "the seed holds no text", "put the article's text there as UTF-8")
        counts = (None, counts[1])
    for index, meaning in enumerate(report.means):
        yield from _check_meaning(meaning, known, file, index, counts)
    for index, claim in enumerate(report.claims):
        yield from _check_claim(report.id, claim, known, file, index, counts)


def _check_meaning(
    meaning: Meaning, known: _Known, file: str, index: int, counts: tuple[int | None, int | None]
) -> Iterator[Finding]:
    if meaning.actor not in known.ids["actor"]:
        yield _unknown("actor", meaning.actor, known, file, ("means", index, "actor"))
    for name, text, count in (("at", "seed", counts[0]), ("original_at", "original", counts[1])):
        for position, number in enumerate(getattr(meaning, name)):
            yield from _paragraph(number, count, text, file, ("means", index, name, position))


def _check_claim(
    report: str, claim: Claim, known: _Known, file: str, index: int, counts: tuple[int | None, int | None]
) -> Iterator[Finding]:
    path: FieldPath = ("claims", index)
    actors = known.ids["actor"]
    for position, speaker in enumerate(claim.said):
        if speaker.who is not None and speaker.who not in actors:
            yield _unknown("actor", speaker.who, known, file, (*path, "said", position, "who"))
    for position, actor in enumerate(claim.about):
        if actor not in actors:
            yield _unknown("actor", actor, known, file, (*path, "about", position))
    yield from _paragraph(claim.at, counts[0], "seed", file, (*path, "at"))
    if claim.original_at is not None:
        yield from _paragraph(claim.original_at, counts[1], "original", file, (*path, "original_at"))
    if claim.event is not None:
        yield from _check_event_of(claim, claim.event, known, file, path)
    if claim.repeats or claim.agrees or claim.differs:
        yield from _check_links(report, claim, known, file, path)


def _check_event_of(claim: Claim, event: str, known: _Known, file: str, path: FieldPath) -> Iterator[Finding]:
    """Find an event that is not there, or a claim's date that has no day in common with its event's."""
    if event not in known.ids["event"]:
        yield _unknown("event", event, known, file, (*path, "event"))
    elif claim.when and not known.fits(claim.when, event):
        span = known.spans[event]
        message = f'when "{claim.when}" lies outside of the event "{event}", which was "{span.edtf if span else ""}"'
        yield Finding(file, (*path, "when"), message, "mend one of the two dates, or name another event")


def _check_links(report: str, claim: Claim, known: _Known, file: str, path: FieldPath) -> Iterator[Finding]:
    for name in ("repeats", "agrees", "differs"):
        for position, link in enumerate(getattr(claim, name)):
            where: FieldPath = (*path, name, position)
            if (link.report, link.claim) == (report, claim.id):
                yield Finding(file, (*where, "claim"), "a claim cannot refer to itself", "delete the entry")
            elif link.report not in known.ids["report"]:
                yield _unknown("report", link.report, known, file, (*where, "report"))
            elif not known.has_claim(link.report, link.claim):
                yield _no_claim(link.report, link.claim, known, file, (*where, "claim"))


def _check_actors(actors: Iterable[Actor], known: _Known) -> Iterator[Finding]:
    for actor in actors:
        for index, whole in enumerate(actor.part_of):
            file = file_of("actors", actor.id)
            if whole not in known.ids["actor"]:
                yield _unknown("actor", whole, known, file, ("part_of", index))
            elif whole == actor.id:
                yield Finding(file, ("part_of", index), "an actor cannot be part of itself", "delete the entry")


def _check_events(events: Iterable[Event], known: _Known) -> Iterator[Finding]:
    for event in events:
        file = file_of("events", event.id)
        for index, actor in enumerate(event.actors):
            if actor not in known.ids["actor"]:
                yield _unknown("actor", actor, known, file, ("actors", index))
        if event.place is not None and event.place not in known.places and not known.places_broken:
            hint = printable(nearest(event.place, known.places)) or f"add it to {PLACES}"
            yield Finding(file, ("place",), f"no place has the name {show(event.place)}", hint)


def _check_settings(settings: Settings, known: _Known) -> Iterator[Finding]:
    entries: list[tuple[FieldPath, tuple[str, ...]]] = [
        *((("judgments", index), judgment.claims) for index, judgment in enumerate(settings.judgments)),
        *((("unknowns", index), unknown.claims) for index, unknown in enumerate(settings.unknowns)),
    ]
    for number, table in enumerate(settings.tables):
        entries += ((("tables", number, "cells", index), cell.claims) for index, cell in enumerate(table.cells))
        for index, row in enumerate(table.rows):
            if row.actor not in known.ids["actor"]:
                yield _unknown("actor", row.actor, known, SETTINGS, ("tables", number, "rows", index, "actor"))
    for where, claims in entries:
        for position, reference in enumerate(claims):
            report, _, claim = reference.partition("#")
            path: FieldPath = (*where, "claims", position)
            if report not in known.ids["report"]:
                yield _unknown("report", report, known, SETTINGS, path)
            elif not known.has_claim(report, claim):
                yield _no_claim(report, claim, known, SETTINGS, path)


def _check_seeds(entries: Entries, known: _Known) -> Iterator[Finding]:
    """Find seeds that are missing, shared, or not used."""
    reports, paths = entries.reports, entries.seeds
    if len(paths) == len(known.seeds) and known.seeds.issuperset(paths) and len(set(paths)) == len(paths):
        return
    used: dict[str, str] = {}
    for report, path in zip(reports, paths, strict=True):
        file = file_of("reports", report.id)
        if path not in known.seeds:
            yield Finding(file, ("seed",), f"the seed {show(path)} is not there", _near_seed(report.seed, known))
        elif path in used:
            message = f'the report "{used[path]}" has the same seed'
            yield Finding(file, ("seed",), message, "give each report its own", severity="warning")
        used.setdefault(path, report.id)
    if reports and len(reports) == len(known.ids["report"]):  # else one that could not be parsed may use it
        for path in sorted(known.seeds - used.keys()):
            if path.endswith(".txt"):
                yield Finding(path, (), "no report uses this seed", "name it in a report", severity="warning")


def _near_seed(name: str, known: _Known) -> str:
    """Return what to do about a seed that is not there."""
    names = [path.removeprefix("seeds/") for path in sorted(known.seeds)[:1000]]
    if any(normalize("NFC", other) == normalize("NFC", name) for other in names):
        return "a file whose name looks the same is written with other characters: copy its name from the folder, or rename it"
    return printable(nearest(name, names)) or "put the article's text there as UTF-8"


def _check_former_ids(dossier: Dossier, moved: tuple[Report, ...], known: _Known) -> Iterator[Finding]:
    """Find former ids whose addresses are taken: by a page of today, by another former id, by the site itself."""
    for kind, entries in (("report", moved), ("actor", dossier.actors), ("event", dossier.events)):
        claimed: dict[str, str] = {}
        for entry in entries:
            for index, former in enumerate(entry.was):
                file, path = file_of(f"{kind}s", entry.id), ("was", index)
                address = address_of(f"{kind}s", former)
                if former in known.ids[kind]:
                    message = f"was: {address} is the address of an {kind} of today".replace("an report", "a report")
                    yield Finding(file, path, message, "delete it here, or rename the other")
                elif former in RESERVED[f"{kind}s"]:
                    yield Finding(file, path, f"was: the site needs the address {address} itself", "delete it")
                elif former in claimed:
                    yield Finding(
                        file, path, f'was: "{claimed[former]}" has this former id too', "delete one of the two"
                    )
                claimed.setdefault(former, entry.id)


def _check_bodies(folder: str, entries: Iterable[Actor | Event | ContentPage], known: _Known) -> Iterator[Finding]:
    """Find links of notes and pages that lead nowhere."""
    for entry in entries:
        if not all(known.has_target(*target) for target in targets_in(entry.body)):
            yield from _check_body(file_of(folder, entry.id), entry.body, known)


def _check_body(file: str, body: str, known: _Known) -> Iterator[Finding]:
    for scheme, target, line, column in links(body):
        if not known.has_target(scheme, target):
            found = _no_target(scheme, target, known, file)
            yield Finding(file, (), f"link: {found.message}", found.hint, in_body=(line, column))


def _no_target(scheme: str, target: str, known: _Known, file: str) -> Finding:
    if scheme != "claim":
        return _unknown(scheme, target, known, file, ())
    report, mark, claim = target.partition("#")
    if not mark:
        return Finding(file, (), f"{show(target)} names no claim", "write it as claim:<report>#<claim>")
    if report not in known.ids["report"]:
        return _unknown("report", report, known, file, ())
    return _no_claim(report, claim, known, file, ())


def _outlet(outlet: str, known: _Known, file: str, path: FieldPath) -> Iterator[Finding]:
    if outlet not in known.ids["actor"]:
        yield _unknown("actor", outlet, known, file, path)
    elif known.kinds.get(outlet, "outlet") != "outlet":
        message = f"{show(outlet)} is no outlet, but of kind {known.kinds[outlet]}"
        yield Finding(file, path, message, f"name an outlet, or write kind: outlet in {file_of('actors', outlet)}")


def _paragraph(number: int, count: int | None, text: str, file: str, path: FieldPath) -> Iterator[Finding]:
    if count is not None and number > count:
        have = "1 paragraph" if count == 1 else f"{count} paragraphs"
        yield Finding(file, path, f"there is no paragraph {show(number)[1:-1]}: the {text} has {have}", "count from 1")


def _unknown(kind: str, name: str, known: _Known, file: str, path: FieldPath) -> Finding:
    article = "an" if kind != "report" else "a"
    return Finding(file, path, f"{show(name)} is no id of {article} {kind}", known.suggest(kind, name))


def _no_claim(report: str, claim: str, known: _Known, file: str, path: FieldPath) -> Finding:
    claims = [claim.id for claim in known.parsed[report].claims]
    hint = f"it has {', '.join(claims)}" if claims else "it has none"
    return Finding(file, path, f'the report "{report}" has no claim {show(claim)}', hint)
