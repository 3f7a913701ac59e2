"""Leave drafts out: reports, actors, events and pages that are marked so, and the seeds of such reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from dossier.content.model import Dossier
from dossier.content.paths import file_of
from dossier.linking.entries import Entries

ENTRIES = ("report", "actor", "event")  # kinds that others refer to by id


class Drafts(Struct, frozen=True):
    """What was left out: ids by kind, and the files, seeds among them."""

    ids: Mapping[str, frozenset[str]]
    files: frozenset[str] = frozenset()

    def also(self, files: Iterable[str]) -> Drafts:
        """Return these, with further files that belong to them."""
        return Drafts(self.ids, self.files | frozenset(files))

    def __bool__(self) -> bool:
        return bool(self.files)


NO_DRAFTS = Drafts({kind: frozenset() for kind in ENTRIES})


def leave_out_drafts(dossier: Dossier, entries: Entries) -> tuple[Dossier, Entries, Drafts]:
    """Return the dossier and its entries without drafts, and what was left out."""
    found = {kind: tuple(entry for entry in getattr(dossier, f"{kind}s") if entry.draft) for kind in (*ENTRIES, "page")}
    if not any(found.values()):
        return dossier, entries, NO_DRAFTS
    kept = {f"{kind}s": tuple(e for e in getattr(dossier, f"{kind}s") if not e.draft) for kind in found}
    files = {file_of(f"{kind}s", entry.id) for kind, some in found.items() for entry in some}
    seeds = {f"seeds/{report.seed}" for report in found["report"]} - {
        f"seeds/{report.seed}" for report in kept["reports"]
    }
    drafts = Drafts({kind: frozenset(e.id for e in found[kind]) for kind in ENTRIES}, frozenset(files | seeds))
    return dossier.model_copy(update=kept), _without(entries, drafts), drafts


def _without(entries: Entries, drafts: Drafts) -> Entries:
    ids = drafts.ids["report"]
    published = tuple(entry for entry in entries.entries if not (entry.report and entry.report.draft))
    return replace(
        entries,
        entries=published,
        reports=tuple(report for report in entries.reports if report.id not in ids),
        seeds=tuple(f"seeds/{report.seed}" for report in entries.reports if report.id not in ids),
        own_claims=frozenset(ref for ref in entries.own_claims if ref.partition("#")[0] not in ids),
        moved=tuple(report for report in entries.moved if report.id not in ids),
    )
