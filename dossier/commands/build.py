"""Build a site, an archive or one file: read with `engine.snapshot`, compose with `pipeline`, write with `engine.write`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from dossier.commands.keeping import find_last, is_large, keep
from dossier.commands.pipeline import Composition, all_files, compose, other_files, search_files
from dossier.commands.reporting import Tell
from dossier.commands.templates import TEMPLATES
from dossier.commands.unchanged import Built, Look, Order, leave_receipt, look
from dossier.commands.visits import Visits
from dossier.content.paths import CONTENT
from dossier.engine.cache import Cache, code_digest
from dossier.engine.forks import map_in_forks, map_long
from dossier.engine.manifest import ADDRESS, BESIDE, digest, file_of, iter_chunks, with_manifest, write_manifest
from dossier.engine.memo import Memo, digest_of, gc_paused
from dossier.engine.places import check_file, check_place, check_replaceable
from dossier.engine.snapshot import INPUTS, ORIGINALS, HeldOriginals, Snapshot, read_templates, snapshot
from dossier.engine.write import replacing, replacing_file
from dossier.errors import ContentError, Problem, in_order
from dossier.linking.linked import LinkedDossier
from dossier.pages.render import make_environment
from dossier.pages.worker import ADDRESS as WORKER
from dossier.pages.worker import edition_of, make_worker

NO_URL = "no url in dossier.yaml and no --url: feed.xml and sitemap.xml are left out"
OWN = "templates/"  # the dossier's own


def build_site(order: Order, tell: Tell, found: Look | None = None) -> Built:
    """Build a dossier into a folder. `found` is what was just found of its last build.

    Raise ContentError, OutputRefused or MachineError.
    """
    found = found or look(order, TEMPLATES)
    check_place(order.out, order.root, INPUTS)
    if found.receipt is None:  # else it is ours as it stands
        check_replaceable(order.out)
    cache = Cache(order.root)
    tell("reading")
    with gc_paused():
        memo = cache.memo()
        taken = found.taken or snapshot(order.root, order.originals, folders=order.folders)
        composition = _compose(order, taken, memo)
        last = find_last(order, cache, found.receipt)
    site, templates = composition.site, templates_of(taken)
    taken = taken.without_content()  # all of it has been read
    visits = Visits(site, make_environment(templates, memo), digest_of(sorted(templates.items())), last)
    tell("writing")
    with replacing(order.out, visits.former, twin=is_large(visits)) as staging:
        written, made = visits.write(staging, _others(site, templates, memo, search=order.search))
        digests = dict(written.digests)
        if site.settings.installable:
            digests[file_of(WORKER)] = staging.write(WORKER, make_worker(templates, edition_of(written.digests)))
        digests[file_of(ADDRESS)] = staging.write(ADDRESS, write_manifest(digests))
        staging.leave_only(digests)
    stamps = staging.untouched(digests)
    built = _built(composition, files=len(digests))
    if not site.url:
        built = replace(built, notes=(*built.notes, NO_URL))
    build = keep(order, cache, memo, visits, written, made)
    leave_receipt(order, build, TEMPLATES, taken, built, {path: stamps.get(path) for path in digests})
    return built


def _others(
    site: LinkedDossier, templates: Mapping[str, bytes], memo: Memo, *, search: bool
) -> Iterator[tuple[str, bytes]]:
    """Make every file that is no page, not made of pieces and no export; search first, which takes longest."""
    if search:
        yield from search_files(site, memo, map_long).items()
    for address, make in other_files(site, templates, memo).items():
        if address != WORKER or not site.settings.installable:  # else it is made of all that is written
            yield address, make()


def build_archive(order: Order, tell: Tell, *, moment: int) -> Built:
    """Write the archive of a dossier to a ZIP. Raise ContentError, OutputRefused or MachineError."""
    from dossier.commands.archive import is_archive, is_digest_of, write_archive  # a build needs none of these
    from dossier.commands.crate import crate
    from dossier.commands.offline import offline_copy
    from dossier.commands.signing import beside_signed, is_signature, is_token, token_of

    out = order.out
    check_place(out, order.root, INPUTS)
    beside = out.with_name(f"{out.name}{BESIDE}")
    check_file(out, is_archive)
    check_file(beside, is_digest_of(out))
    signature = beside_signed(out)
    check_file(signature, is_signature)
    check_file(token_of(signature), is_token)
    with _read(order, tell) as (taken, composition, memo):
        site, templates = composition.site, templates_of(taken)
        sources = {path: file.data for path, file in taken.files.items() if path not in composition.left_out}
        sources |= {f"{ORIGINALS}/{file.path}": file.data for file in taken.originals.values()}
        files = all_files(site, templates, memo, search=True, each=map_long)
        made = offline_copy(files, templates["offline.js"].decode())
        tell("writing the archive")
        with replacing_file(beside, is_digest_of(out)) as line:  # begun first: what refuses it refuses the archive
            with replacing_file(out, is_archive, stale=(beside, signature, token_of(signature))) as file:
                info, describe = _bag_info(site, taken, moment), partial(crate, site, moment=moment)
                write_archive(file, with_manifest(made), sources, info, moment, describe)
            line.write(write_manifest({out.name: digest(iter_chunks(out))}))
    return _built(composition, files=1)


def build_one_file(order: Order, tell: Tell) -> Built:
    """Write a dossier as one HTML file. Raise ContentError, WrongUse or MachineError."""
    from dossier.commands.onefile import is_one_file, make_one_file

    check_place(order.out, order.root, INPUTS)
    check_file(order.out, is_one_file)
    with _read(order, tell) as (taken, composition, memo):
        site, templates = composition.site, templates_of(taken)
        tell("writing one file")
        font = other_files(site, templates, memo)["/assets/fonts/text.woff2"]()
        made = make_one_file(site, templates, make_environment(templates), font)
        with replacing_file(order.out, is_one_file) as file:
            file.write(made)
    return _built(composition, files=1)


@contextmanager
def _read(order: Order, tell: Tell) -> Iterator[tuple[Snapshot, Composition, Memo]]:
    """Read and compose a dossier; keep the results when the block ends well."""
    cache = Cache(order.root)
    memo = cache.memo()
    tell("reading")
    taken = snapshot(order.root, order.originals, folders=order.folders)
    yield taken, _compose(order, taken, memo), memo
    cache.save(memo)


def _compose(order: Order, taken: Snapshot, memo: Memo) -> Composition:
    held = HeldOriginals(order.root / ORIGINALS)
    return compose(taken, memo, url=order.url, drafts=order.drafts, held=held, each=map_in_forks)


def _built(composition: Composition, *, files: int) -> Built:
    return Built(
        reports=len(composition.site.reports), files=files, warnings=composition.warnings, notes=_notes(composition)
    )


def _notes(composition: Composition) -> tuple[str, ...]:
    """Say which drafts were left out."""
    files = sorted(path for path in composition.left_out if path.startswith(CONTENT))
    return (f"drafts left out: {', '.join(files)}",) if files else ()


def _bag_info(site: LinkedDossier, taken: Snapshot, moment: int) -> Iterator[tuple[str, str]]:
    """Say what the bag is and how it was built; nothing of the machine that built it."""
    settings = site.settings
    if settings.publisher:
        yield "Source-Organization", settings.publisher
    if settings.contact:
        yield "Contact-Email" if "@" in settings.contact else "Contact-Name", settings.contact
    yield "External-Description", ". ".join(part for part in (settings.title, settings.description) if part)
    if site.url:
        yield "External-Identifier", site.url
    yield "Bagging-Date", time.strftime("%Y-%m-%d", time.gmtime(moment))
    lock = TEMPLATES.parent / "requirements.txt"
    locked = sha256(lock.read_bytes()).hexdigest() if lock.is_file() else "none"
    yield "Bag-Software-Agent", f"dossier; SHA-256 of its code {code_digest()}, of its requirements.txt {locked}"
    yield (
        "Contents",
        "data/site: the site, opened by data/site/index.html or open.html; data/content, data/seeds, data/templates: what it was built from",
    )
    yield (
        "Originals",
        "none: they belong to their publishers" if not taken.originals else f"{len(taken.originals)}, named below",
    )
    for file in taken.originals.values():
        yield "Original", f"{file.sha256} {file.path}"


def templates_of(taken: Snapshot, project: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Return the project's templates and assets by name, with the dossier's own of the same names in their place.

    `project` are the project's where they have been read before.
    """
    own = {path.removeprefix(OWN): taken.files[path].data for path in taken.below(OWN)}
    return {**(read_templates(TEMPLATES) if project is None else project), **own}


def find_problems(root: Path) -> tuple[Problem, ...]:
    """All problems of the dossier at `root`, errors and warnings, in order of place."""
    from dossier.linking.advice import advise, advise_on_files

    taken = snapshot(root, root / ORIGINALS)
    cache = Cache(root)
    memo = cache.memo()
    try:
        composition = compose(taken, memo, drafts=True)
    except ContentError as error:
        return in_order((*error.problems, *advise_on_files(taken, memo)))
    problems = _of_publication(taken, memo)  # an error there may be a warning among drafts
    told = {(problem.where, problem.message) for problem in problems}
    further = (*composition.warnings, *advise(composition.site, taken, memo))
    cache.save(memo)
    return in_order((*problems, *(problem for problem in further if (problem.where, problem.message) not in told)))


def _of_publication(taken: Snapshot, memo: Memo) -> tuple[Problem, ...]:
    """Return what stands in the way of publishing the dossier without its drafts."""
    try:
        return compose(taken, memo).warnings
    except ContentError as error:
        return error.problems
