"""Check files and their names against each other: seeds, former ids, names that other systems do not take."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from dossier.content.addresses import RESERVED, address_of
from dossier.content.findings import Finding
from dossier.content.model import Dossier, Report
from dossier.content.paths import file_of
from dossier.errors import nearest
from dossier.language.characters import printable, show
from dossier.linking.entries import Entries
from dossier.linking.known import Known


def check_seeds(entries: Entries, known: Known) -> Iterator[Finding]:
    """Find seeds that are missing, shared, or not used."""
    reports, paths = entries.reports, entries.seeds
    if len(paths) == len(known.seeds) and known.seeds.issuperset(paths) and len(set(paths)) == len(paths):
        return
    used: dict[str, str] = {}
    for report, path in zip(reports, paths, strict=True):
        file = file_of("reports", report.id)
        if path not in known.seeds:
            yield from find_missing_seed(report, known)
        elif path in used:
            message = f'the report "{used[path]}" has the same seed'
            yield Finding(file, ("seed",), message, "give each report its own", severity="warning")
        used.setdefault(path, report.id)
    if reports and len(reports) == len(known.ids["report"]):  # else one that could not be parsed may use it
        for path in sorted(known.seeds - used.keys()):
            if path.endswith(".txt"):
                yield Finding(path, (), "no report uses this seed", "name it in a report", severity="warning")


def find_missing_seed(report: Report, known: Known) -> Iterator[Finding]:
    """Find whether the seed that a report names is not there."""
    path = f"seeds/{report.seed}"
    if path not in known.seeds:
        message = f"the seed {show(path)} is not there"
        yield Finding(file_of("reports", report.id), ("seed",), message, _near_seed(report.seed, known))


def _near_seed(name: str, known: Known) -> str:
    """Return what to do about a seed that is not there."""
    names = [path.removeprefix("seeds/") for path in sorted(known.seeds)[:1000]]
    if any(normalize("NFC", other) == normalize("NFC", name) for other in names):
        return "a file whose name looks the same is written with other characters: copy its name from the folder, or rename it"
    return printable(nearest(name, names)) or "put the article's text there as UTF-8"


def check_former_ids(dossier: Dossier, moved: tuple[Report, ...], known: Known) -> Iterator[Finding]:
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
