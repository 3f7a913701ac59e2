"""The commands' own work between reading and writing: a folder in, a folder out.

Beside `sources` and `write` the only module that touches the disk, and it leaves that to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dossier.advice import advise
from dossier.errors import ContentError, Problem, in_order
from dossier.memo import code_digest, load_memo, save_memo
from dossier.pipeline import compose, search_files, site_files
from dossier.reporting import Tell
from dossier.sources import Snapshot, read_templates, snapshot
from dossier.write import check_replaceable, replacing

CACHE = Path(".cache/memo")
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What a build did: how many reports and files, the warnings, and notes on what was left out."""

    reports: int
    files: int
    warnings: tuple[Problem, ...]
    notes: tuple[str, ...]


def build_site(root: Path, out: Path, *, originals: Path | None, url: str | None, search: bool, tell: Tell) -> Built:
    """Builds the dossier at `root` into the folder `out`. Raises ContentError, OutputRefused or MachineError."""
    check_replaceable(out)
    code = code_digest()
    memo = load_memo(root / CACHE, code)
    tell("reading")
    taken = snapshot(root, originals)
    composition = compose(taken, memo, url=url)
    site = composition.site
    count = 0
    with replacing(out) as staging:
        for address, make in site_files(site, templates_of(taken), memo):
            staging.write(address, make())
            count += 1
            if count % 100 == 0:
                tell(f"writing: {count} files")
        if search:
            tell("indexing for search")
            index = search_files(site, memo)
            for address, data in index.items():
                staging.write(address, data)
            count += len(index)
    save_memo(memo, root / CACHE, code)
    notes = () if site.url else ("no url in dossier.yaml and no --url: feed.xml and sitemap.xml are left out",)
    return Built(reports=len(site.reports), files=count, warnings=composition.warnings, notes=notes)


def templates_of(taken: Snapshot) -> dict[str, bytes]:
    """The project's templates and assets by name, with the dossier's own of the same names in their place."""
    own = {name.removeprefix("templates/"): f.data for name, f in taken.files.items() if name.startswith("templates/")}
    return {**read_templates(TEMPLATES), **own}


def find_problems(root: Path) -> tuple[Problem, ...]:
    """All problems of the dossier at `root`, errors and warnings, in order of place."""
    originals = root / "seeds/originals"
    taken = snapshot(root, originals if originals.is_dir() else None)
    memo = load_memo(root / CACHE, code_digest())
    try:
        composition = compose(taken, memo)
    except ContentError as error:
        return error.problems
    return in_order((*composition.warnings, *advise(composition.site, taken, memo)))
