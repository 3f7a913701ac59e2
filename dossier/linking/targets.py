"""Gather everything that can be referred to in a dossier, and say what to do about what cannot."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, field

from dossier.content.findings import Finding
from dossier.content.front_matter import is_id, near_id
from dossier.content.model import Dossier, Report
from dossier.content.paths import CONTENT, PLACES, file_of, folder_of
from dossier.content.yaml_text import FieldPath
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot
from dossier.errors import nearest
from dossier.language.characters import printable, show
from dossier.language.dates import DateSpan, parse_edtf
from dossier.linking.drafts import ENTRIES, Drafts
from dossier.linking.entries import Entries

MAX_SUGGESTIONS = 50


class Targets(Struct, frozen=True, dict=True):  # for what is made once
    """Everything that can be referred to. Files that could not be parsed count as targets."""

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
    drafts: Drafts
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

    def has(self, scheme: str, target: str) -> bool:
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


def gather_targets(dossier: Dossier, entries: Entries, snapshot: Snapshot, memo: Memo, drafts: Drafts) -> Targets:
    """Gather what can be referred to where `drafts` are left out."""
    ids = {kind: _ids_in(folder_of(f"{kind}s"), snapshot, memo) - drafts.ids[kind] for kind in ENTRIES}
    seeds = tuple(path for path in snapshot.below("seeds/") if path not in drafts.files)
    kinds = {actor.id: actor.kind for actor in dossier.actors}
    places = snapshot.files.get(PLACES)
    return Targets(
        ids=ids,
        outlets=frozenset(actor for actor in ids["actor"] if kinds.get(actor, "outlet") == "outlet"),
        kinds=kinds,
        claims=entries.own_claims,
        reports=dossier.reports,
        spans={event.id: parse_edtf(event.when) if event.when else None for event in dossier.events},
        seeds=memo.get("content/seeds", seeds, lambda: frozenset(seeds)),
        places=frozenset(place.name for place in dossier.places),
        content=snapshot.below(CONTENT),
        drafts=drafts,
        places_broken=not dossier.places and places is not None and bool(places.data.strip()),
    )


def _ids_in(folder: str, snapshot: Snapshot, memo: Memo) -> frozenset[str]:
    """Return the names of the files in a folder, as ids; also of those that could not be parsed."""
    paths = snapshot.below(folder)

    def find() -> frozenset[str]:
        names = (path.removeprefix(folder) for path in paths if path.endswith(".md"))
        return frozenset(name.removesuffix(".md").lower() for name in names if "/" not in name)

    return memo.get("content/ids", paths, find)


def unknown(kind: str, name: str, targets: Targets, file: str, path: FieldPath) -> Finding:
    """Return the finding for an id that is not there, or that is a draft's."""
    if name in targets.drafts.ids.get(kind, ()):
        hint = f"write draft: true here too, or take it out of {file_of(f'{kind}s', name)}"
        return Finding(file, path, f"{show(name)} is a draft, and what refers to it is published", hint)
    article = "an" if kind != "report" else "a"
    return Finding(file, path, f"{show(name)} is no id of {article} {kind}", targets.suggest(kind, name))


def no_claim(report: str, claim: str, targets: Targets, file: str, path: FieldPath) -> Finding:
    """Return the finding for a claim that its report does not have."""
    claims = [claim.id for claim in targets.parsed[report].claims]
    hint = f"it has {', '.join(claims)}" if claims else "it has none"
    return Finding(file, path, f'the report "{report}" has no claim {show(claim)}', hint)
