"""Keep what an editor shows of a dossier up to date: files as they are on the disk, unsaved texts in their place, problems, names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from dossier.commands.desk.renaming import Plan, confirm_plan, plan_rename
from dossier.commands.pipeline import compose
from dossier.content.catalogue import Named, find, name_all
from dossier.content.front_matter import locate
from dossier.content.id_fields import IdPlace
from dossier.content.parsing import assemble
from dossier.content.paths import SETTINGS, kind_of
from dossier.engine.cache import Cache
from dossier.engine.memo import Memo
from dossier.engine.snapshot import DATA, ORIGINALS, Snapshot, make_snapshot, snapshot
from dossier.errors import ContentError, Problem, in_order
from dossier.linking.advice import advise
from dossier.linking.entries import read_entries
from dossier.linking.linked import LinkedDossier

LISTS = {
    "actor": "actors",
    "report": "reports",
    "event": "events",
    "claim": "claims",
    "number": "claims",
    "place": "places",
}
Known = Mapping[str, Mapping[str, Named]]


class State(Struct, frozen=True, kw_only=True):
    """A dossier at one moment: `known` is everything that can be named, by kind and id."""

    taken: Snapshot
    known: Known
    problems: tuple[Problem, ...]

    def named(self, place: IdPlace) -> Named | None:
        """Return what a place names."""
        return self.known.get(LISTS.get(place.kind, ""), {}).get(place.value)

    def candidates(self, kind: str, typed: str, report: str = "") -> list[Named]:
        """Return what somebody may be about to name, the likeliest first. `report` is the one whose claims are meant."""
        known: Iterable[Named] = self.known.get(LISTS.get(kind, ""), {}).values()
        if kind == "number":
            known = (named for named in known if named.id.startswith(f"{report}#"))
            typed = typed.removeprefix("c")
            return [named for named in known if named.id.partition("#c")[2].startswith(typed)]
        return sorted(find(known, typed), key=lambda named: (not named.id.startswith(typed), named.id))

    def line_of(self, named: Named) -> int:
        """Return the line, from 0, in which something begins in its file."""
        file = self.taken.files.get(named.file)
        if file is None or named.kind not in ("claims", "places"):
            return 0
        path: tuple[str | int, ...]
        if named.kind == "claims":
            report, number = named.id.split("#")
            same = [other for other in self.known["claims"] if other.startswith(f"{report}#")]
            path = ("claims", same.index(f"{report}#{number}"))
        else:
            path = (list(self.known["places"]).index(named.id),)
        return locate(file.data, path)[0] - 1


class Desk:
    """The dossier that an editor works on. To be used by one thread at a time; the states that it gives never change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._memo, self._advice = Cache(root).memo(), Memo()
        self._known: dict[str, dict[str, Named]] = {}
        self._disk: Snapshot | None = None
        self._advised: tuple[tuple[Problem, ...], Snapshot] = (), make_snapshot({})

    def look(self, unsaved: Mapping[str, str], *, reread: bool) -> State:
        """Read the dossier with unsaved texts, by path, in the place of files.

        With `reread` the disk is looked at and the warnings of `check` are asked for anew; else those of files that did
        not change since stay.
        """
        if self._disk is None or reread:
            self._disk = snapshot(self.root, self.root / ORIGINALS, self._disk, DATA)
        taken = self._disk.with_files({path: text.encode("utf-8", "replace") for path, text in unsaved.items()})
        site: LinkedDossier | None = None
        try:
            composition = compose(taken, self._memo, drafts=True)
            site, problems = composition.site, composition.warnings
        except ContentError as error:
            problems = error.problems
        known = self._names(taken)
        self._memo = self._memo.next() if site else self._memo.retry()
        if site and reread:
            self._advice = self._advice.next()
            self._advised = advise(site, taken, self._advice), taken
        advice, then = self._advised
        lasting = (a for a in advice if taken.files.get(a.file) == then.files.get(a.file))
        return State(taken=taken, known=known, problems=in_order((*problems, *lasting)))

    def plan_rename(self, state: State, kind: str, old: str, new: str) -> Plan:
        """Plan to give an entry another id. Raise WrongUse where it cannot be, and ContentError where the dossier would have errors."""
        plan = plan_rename(state.taken, kind, old, new)
        confirm_plan(state.taken, plan, self._memo.retry())
        return plan

    def _names(self, taken: Snapshot) -> Known:
        """Return everything that has a name; of files with errors what they held last."""
        entries = read_entries(taken, self._memo)
        dossier, _ = assemble(taken, entries.reports, entries.problems, self._memo)
        now = {kind: {named.id: named for named in names} for kind, names in name_all(dossier).items()}
        whole = {named.file for names in now.values() for named in names.values()}
        for kind, names in self._known.items():
            kept = {i: n for i, n in names.items() if n.file not in whole and n.file in taken.files}
            now[kind] = {**now[kind], **kept}
        self._known = now
        return now


def is_ours(path: str) -> bool:
    """Tell whether a path below the root is of a hand-written file, or of a seed."""
    return kind_of(path) is not None or path.startswith("seeds/")


def file_to_show(problem: Problem) -> str:
    """Return the file with which an editor shows a problem: one of the whole dossier stands in its settings."""
    return problem.file if problem.file.rpartition("/")[2].count(".") else SETTINGS


def explain(named: Named) -> str:
    """Say in Markdown what something is: name, id, what is known of it, the beginning of its text."""
    told = "\n".join(f"- {field}: {value}" for field, value in named.details.items())
    note = named.note.strip().split("\n\n")[0]
    return "\n\n".join(part for part in (f"**{named.name}**", f"`{named.id}`", told, note) if part)
