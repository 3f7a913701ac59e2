"""Check files and their names against each other: seeds, former ids, names that other systems do not take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from dossier.content.addresses import RESERVED, address_of
from dossier.content.findings import Finding
from dossier.content.front_matter import is_device
from dossier.content.model import Dossier, Report
from dossier.content.paths import KINDS, file_of, kind_of
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot
from dossier.errors import nearest
from dossier.language.characters import printable, show
from dossier.linking.entries import Entries
from dossier.linking.targets import Targets

_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\]|[. ]$')


def check_seeds(entries: Entries, targets: Targets) -> Iterator[Finding]:
    """Find seeds that are missing, shared, or not used."""
    reports, paths = entries.reports, entries.seeds
    if len(paths) == len(targets.seeds) and targets.seeds.issuperset(paths) and len(set(paths)) == len(paths):
        return
    used: dict[str, str] = {}
    for report, path in zip(reports, paths, strict=True):
        file = file_of("reports", report.id)
        if path not in targets.seeds:
            yield from find_missing_seed(report, targets)
        elif path in used:
            message = f'the report "{used[path]}" has the same seed'
            yield Finding(file, ("seed",), message, "give each report its own", severity="warning")
        used.setdefault(path, report.id)
    if reports and len(reports) == len(targets.ids["report"]):  # else one that could not be parsed may use it
        for path in sorted(targets.seeds - used.keys()):
            if path.endswith(".txt"):
                yield Finding(path, (), "no report uses this seed", "name it in a report", severity="warning")


def find_missing_seed(report: Report, targets: Targets) -> Iterator[Finding]:
    """Find whether the seed that a report names is not there."""
    path = f"seeds/{report.seed}"
    if path not in targets.seeds:
        message = f"the seed {show(path)} is not there"
        yield Finding(file_of("reports", report.id), ("seed",), message, _near_seed(report.seed, targets))


def _near_seed(name: str, targets: Targets) -> str:
    """Return what to do about a seed that is not there."""
    names = [path.removeprefix("seeds/") for path in sorted(targets.seeds)[:1000]]
    if any(normalize("NFC", other) == normalize("NFC", name) for other in names):
        return "a file whose name looks the same is written with other characters: copy its name from the folder, or rename it"
    return printable(nearest(name, names)) or "put the article's text there as UTF-8"


def check_names_of_files(snapshot: Snapshot, memo: Memo) -> tuple[Finding, ...]:
    """Find names that some systems do not take, so that a copy of the dossier would lose files there: Windows, macOS, their archives."""
    paths = tuple(path for path in snapshot.files if not path.startswith("templates/"))
    return memo.get("content/names", paths, lambda: tuple(_check_names_of_files(paths)))


def _check_names_of_files(paths: tuple[str, ...]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for path in paths:
        name = path.rsplit("/", 1)[-1]
        alike = first.setdefault(normalize("NFC", path).casefold(), path)
        if alike != path:
            message = f"beside {printable(alike)} this is the same name where systems do not tell letters' case or forms apart"
            yield Finding(path, (), message, "rename one of the two, or delete it")
        elif found := _NOT_ON_WINDOWS.search(name):
            yield Finding(path, (), f"no file can have {show(found[0])} in its name on Windows", "rename the file")
        elif is_device(name) and kind_of(path) not in KINDS:  # of ids `front_matter` says it
            yield Finding(path, (), f"no file can be called {show(name)} on Windows", "rename the file")


def check_former_ids(dossier: Dossier, moved: tuple[Report, ...], targets: Targets) -> Iterator[Finding]:
    """Find former ids whose addresses are taken: by a page of today, by another former id, by the site itself."""
    for kind, entries in (("report", moved), ("actor", dossier.actors), ("event", dossier.events)):
        claimed: dict[str, str] = {}
        for entry in entries:
            for index, former in enumerate(entry.was):
                file, path = file_of(f"{kind}s", entry.id), ("was", index)
                address = address_of(f"{kind}s", former)
                if former in targets.ids[kind]:
                    message = f"was: {address} is the address of an {kind} of today".replace("an report", "a report")
                    yield Finding(file, path, message, "delete it here, or rename the other")
                elif former in RESERVED[f"{kind}s"]:
                    yield Finding(file, path, f"was: the site needs the address {address} itself", "delete it")
                elif former in claimed:
                    yield Finding(
                        file, path, f'was: "{claimed[former]}" has this former id too', "delete one of the two"
                    )
                claimed.setdefault(former, entry.id)
