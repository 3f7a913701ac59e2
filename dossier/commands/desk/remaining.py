"""Say what is still to do in a dossier: what nobody graded, dated, digested or tied to an event yet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from dossier.articles.leads import left_over
from dossier.commands.pipeline import compose
from dossier.content.front_matter import find_positions, locate
from dossier.content.paths import SETTINGS, file_of
from dossier.engine.cache import Cache
from dossier.engine.snapshot import ORIGINALS, Snapshot, snapshot
from dossier.language.characters import place_of, printable, shorten
from dossier.linking.copied import find_run
from dossier.linking.linked import LinkedDossier, LinkedReport
from dossier.linking.survival import carriers_of_all

EXCERPT = 70  # characters of a text, so that a task stays on its line
# What is to do, by kind: how it is headed.
HEADINGS_OF_WORK: Mapping[str, str] = {
    "raw": "seeds that are the publisher's words: write your own digest",
    "leads": "reports in whose head leads are left: use them or delete them",
    "ungraded": "outlets without reliability",
    "undated": "reports, claims and events without a date, where there is or should be one",
    "no-event": "claims without an event",
    "one-origin": "judgments that one origin carries",
}


class Task(Struct, frozen=True, kw_only=True):
    """Something to do: `kind` is a key of `HEADINGS_OF_WORK`; where, as `file:line`, and what in a few words."""

    kind: str
    file: str
    line: int
    text: str

    @property
    def where(self) -> str:
        """Return `file:line`."""
        return f"{self.file}:{self.line}"


def find_tasks(root: Path) -> tuple[Task, ...]:
    """Return what is to do, in the order of `HEADINGS_OF_WORK`, and below each in that of files. Raise ContentError."""
    taken = snapshot(root, root / ORIGINALS)
    site = compose(taken, Cache(root).memo(), drafts=True).site
    tasks = [*_reports(site, taken), *_outlets(site, taken), *_events(site, taken), *_judgments(site, taken)]
    order = list(HEADINGS_OF_WORK)
    return tuple(sorted(tasks, key=lambda task: (order.index(task.kind), task.file, task.line)))


def lines(tasks: Sequence[Task]) -> Iterator[str]:
    """Yield what is to do below the heading of its kind, a line for each, parted by tabs; and how much it is in all."""
    for kind, group in groupby(tasks, key=lambda task: task.kind):
        of_kind = list(group)
        yield f"{len(of_kind)} {HEADINGS_OF_WORK[kind]}"
        yield from (f"  {task.where}\t{printable(task.text)}" for task in of_kind)
    yield f"{len(tasks)} things to do" if tasks else "nothing is left to do"


def as_json(tasks: Sequence[Task]) -> str:
    """Return a JSON list of objects with the fields of `Task`."""
    return json.dumps([asdict(task) for task in tasks], ensure_ascii=False, indent=1)


def _reports(site: LinkedDossier, taken: Snapshot) -> Iterator[Task]:
    for linked in site.reports.values():
        report = linked.report
        file = file_of("reports", report.id)
        places = find_positions(taken.files[file].data)
        yield from _raw(linked)
        yield from _leads(file, taken.files[file].data)
        if report.published is None:
            yield Task(
                kind="undated", file=file, line=places.of(("published",))[0], text=shorten(report.title, EXCERPT)
            )
        for index, claim in enumerate(report.claims):
            line = places.of(("claims", index))[0]
            if claim.when is None and claim.when_text:
                yield Task(kind="undated", file=file, line=line, text=f"{claim.id}: {claim.when_text}")
            if claim.event is None:
                yield Task(kind="no-event", file=file, line=line, text=f"{claim.id}: {shorten(claim.text, EXCERPT)}")


def _raw(linked: LinkedReport) -> Iterator[Task]:
    """Find whether a seed is its publisher's text, as `check` does before it is published."""
    original, seed, file = linked.report.original, linked.texts.seed, f"seeds/{linked.report.seed}"
    if original is None or original.leave:
        return
    if original.sha256 == seed.sha256:
        yield Task(kind="raw", file=file, line=1, text="the seed is the original itself")
    elif linked.texts.original and (run := find_run(seed.text, linked.texts.original.text)):
        line, _ = place_of(seed.text, run[0])
        yield Task(kind="raw", file=file, line=line, text=f"{run[1]} words in a row are the original's")


def _leads(file: str, data: bytes) -> Iterator[Task]:
    """Find the first comment that `intake` left, and count them."""
    text = str(data, "utf-8-sig")
    if found := left_over(text):
        lead = text.splitlines()[found[0] - 1].removeprefix("# ")
        yield Task(
            kind="leads", file=file, line=found[0], text=f"{len(found)} kinds, the first: {shorten(lead, EXCERPT)}"
        )


def _outlets(site: LinkedDossier, taken: Snapshot) -> Iterator[Task]:
    for linked in site.actors.values():
        actor = linked.actor
        if actor.kind == "outlet" and (actor.reliability is None or actor.reliability.letter == "F"):
            file = file_of("actors", actor.id)
            line = locate(taken.files[file].data, ("reliability",))[0]
            yield Task(kind="ungraded", file=file, line=line, text=actor.name)


def _events(site: LinkedDossier, taken: Snapshot) -> Iterator[Task]:
    for linked in site.events.values():
        if linked.event.when is None:
            file = file_of("events", linked.id)
            yield Task(
                kind="undated", file=file, line=locate(taken.files[file].data, ("when",))[0], text=linked.event.title
            )


def _judgments(site: LinkedDossier, taken: Snapshot) -> Iterator[Task]:
    for place, judgment in enumerate(site.settings.judgments):
        carriers = carriers_of_all(site, judgment.claims)
        if carriers:
            names = " or ".join(carriers)
            line = locate(taken.files[SETTINGS].data, ("judgments", place))[0]
            yield Task(
                kind="one-origin",
                file=SETTINGS,
                line=line,
                text=f"{names}: {shorten(judgment.title or judgment.text, EXCERPT)}",
            )
