"""Go the whole way, from the files of a dossier to the files of its site.

    files ─► Snapshot ─► Dossier ─► LinkedDossier ─► views ─► bytes

Nothing here reads or writes a disk, a clock or the environment: `engine.snapshot.snapshot` did the one, `engine.write.replacing` will do
the other. A `Memo` makes a later run cheap; with an empty one the same calls make everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from types import MappingProxyType

from jinja2 import Environment
from msgspec import Struct

from dossier.content.addresses import ATTACHED
from dossier.content.findings import place_findings
from dossier.content.front_matter import locate
from dossier.content.model import Dossier
from dossier.content.parsing import assemble
from dossier.content.paths import SETTINGS
from dossier.content.unsound import read_unsound
from dossier.engine.forks import Map
from dossier.engine.manifest import digest
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot, SourceFile
from dossier.errors import ContentError, Problem, has_errors, in_order
from dossier.linking.attachments import check_attachments, find_file_links, shown_by_drafts_alone, shown_files
from dossier.linking.checks import check, offer_ids
from dossier.linking.copied import check_copied
from dossier.linking.drafts import NO_DRAFTS, leave_out_drafts
from dossier.linking.entries import read_entries
from dossier.linking.link import group, link
from dossier.linking.linked import LinkedDossier
from dossier.linking.origin_checks import check_origins, check_released
from dossier.linking.origins import outlets_of
from dossier.linking.parts import compile_actor_names, make_parts
from dossier.pages.exports import export_files
from dossier.pages.icons import icon_files
from dossier.pages.outline import Outline
from dossier.pages.pictures import picture_files
from dossier.pages.pieces import Piece, files_of_pieces, join, make_piece
from dossier.pages.render import STYLES, is_style_part, make_environment, render, stylesheet
from dossier.pages.searchable import documents, synonyms_of
from dossier.pages.worker import worker_files
from dossier.search.documents import Corpus
from dossier.search.scripts import PARTS as SCRIPT_PARTS
from dossier.search.scripts import join_scripts

Make = Callable[[], bytes]
NOTHING_HELD: Mapping[str, SourceFile] = MappingProxyType({})


class Composition(Struct, frozen=True, kw_only=True):
    """A linked site, the problems that do not stand in its way, and the files of drafts that were left out."""

    site: LinkedDossier
    warnings: tuple[Problem, ...]
    left_out: frozenset[str] = frozenset()


def compose(
    snapshot: Snapshot,
    memo: Memo,
    *,
    url: str | None = None,
    drafts: bool = False,
    held: Mapping[str, SourceFile] = NOTHING_HELD,
    each: Map = map,
) -> Composition:
    """Read, check and link a dossier. Raise ContentError with all its problems at once, warnings among them.

    With `drafts` they are in it like all else, for an editor's eyes: what must not be published as it is, is then a warning. `held` are
    originals, by SHA-256, with which seeds are compared, and that are not taken up. `each` reads new reports, in forks where it may.
    """
    entries = read_entries(snapshot, memo, each)
    dossier, problems = assemble(snapshot, entries.reports, entries.problems, memo)
    file_links, left_out = find_file_links(dossier, memo), NO_DRAFTS
    if not drafts:
        dossier, entries, left_out = leave_out_drafts(dossier, entries)
        left_out = left_out.also(shown_by_drafts_alone(file_links, left_out.files, snapshot))
    findings = (
        *check_copied(entries.entries, held, memo, "warning" if drafts else "error"),
        *check_attachments(file_links, snapshot),
    )
    problems = (*problems, *place_findings(findings, snapshot))
    problems = tuple(problem for problem in problems if problem.file not in left_out.files)
    problems = (*problems, *check(dossier, entries, snapshot, memo, left_out, _unsound(problems, snapshot)))
    if has_errors(problems):
        raise ContentError(offer_ids(in_order(problems), dossier))
    names = compile_actor_names(dossier.actors)
    parts = make_parts(entries.entries, names, outlets_of(dossier.actors), memo, each)
    groupings = memo.revise("content/groupings", lambda last: group(parts, last))
    files = shown_files((file_link for file_link in file_links if file_link.file not in left_out.files), snapshot)
    site = link(dossier, groupings, names=names, url=url or dossier.settings.url, files=files)
    further = (*check_origins(site, snapshot), *check_released(site, dossier.releases), *_check_font(site, snapshot))
    problems = in_order((*problems, *further))
    if has_errors(problems):
        raise ContentError(problems)
    return Composition(site=site, warnings=problems, left_out=left_out.files)


def _unsound(problems: Iterable[Problem], snapshot: Snapshot) -> Dossier | None:
    """Return what fits of the files that have errors; None where none has."""
    broken = sorted({problem.file for problem in problems if problem.severity == "error"} & snapshot.files.keys())
    return read_unsound(snapshot.files[path] for path in broken) if broken else None


def _check_font(site: LinkedDossier, snapshot: Snapshot) -> tuple[Problem, ...]:
    family = site.settings.font
    if family is None:
        return ()
    from dossier.pages.fonts import family_key, known_families  # it takes long, and few dossiers name a font

    if family_key(family) in known_families():
        return ()
    line, column = locate(snapshot.files[SETTINGS].data, ("font",))
    hint = f"installed are {', '.join(known_families())}; or leave font out"
    message = f'no font "{family}" is installed'
    return (Problem(message=message, file=SETTINGS, line=line, column=column, hint=hint),)


class SiteFiles(Mapping[str, Make]):
    """How to make each file of a site, by address: pages, then all others."""

    def __init__(self, pages: Outline, others: Mapping[str, Make], environment: Environment) -> None:
        self.pages, self.others = pages, others
        self._environment = environment

    def __getitem__(self, address: str) -> Make:
        return (
            self.others[address] if address in self.others else partial(render, self._environment, self.pages[address])
        )

    def __iter__(self) -> Iterator[str]:
        return chain(self.pages, self.others)

    def __len__(self) -> int:
        return len(self.pages) + len(self.others)


def site_files(
    site: LinkedDossier, templates: Mapping[str, bytes], memo: Memo, environment: Environment | None = None
) -> SiteFiles:
    """Every file of the site but the search index, by address, each made only when it is asked for.

    `environment` is one that was made of the same templates before.
    """
    pages = Outline(site)
    of_pieces: dict[str, Make] = {
        address: partial(_joined, tell, site) for address, tell in files_of_pieces(site).items()
    }
    others = {**of_pieces, **export_files(site, pages), **other_files(site, templates, memo)}
    return SiteFiles(pages, others, environment or make_environment(templates))


def other_files(site: LinkedDossier, templates: Mapping[str, bytes], memo: Memo) -> dict[str, Make]:
    """Return how to make what is neither a page, nor made of pieces, nor an export, nor of search.

    The worker among them keeps nothing: the edition that it would keep is known only when all files are there.
    """
    made = {**icon_files(site, templates), **picture_files(site, templates, memo)}
    attached: dict[str, Make] = {f"{ATTACHED}{name}": partial(bytes, file.data) for name, file in site.files.items()}
    return {**made, **attached, **dict(_assets(site, templates, memo)), **worker_files(templates)}


def _joined(tell: Callable[[], Iterator[bytes | Piece]], site: LinkedDossier) -> bytes:
    return join(tell(), partial(make_piece, site))


def _assets(site: LinkedDossier, templates: Mapping[str, bytes], memo: Memo) -> Iterator[tuple[str, Make]]:
    """Yield each style sheet in one piece and what else lies in `assets/`; a font that the dossier names in place of ours."""
    yield from ((address, partial(stylesheet, templates, address, site.settings.title)) for address in STYLES)
    named = {} if site.settings.font is None else _named_font(site.settings.font, memo)
    written = sorted(item for item in templates.items() if item[0].endswith(".js"))
    key = digest(part for name, data in written for part in (name.encode(), b"\0", data, b"\0"))
    scripts = memo.get("scripts", key, lambda: join_scripts(templates))
    for name, data in templates.items():
        if name.startswith("assets/") and not is_style_part(name) and not name.startswith(SCRIPT_PARTS):
            yield f"/{name}", named.get(name) or partial(bytes, scripts.get(name, data))


def _named_font(family: str, memo: Memo) -> dict[str, Make]:
    from dossier.pages.fonts import licence_of, subset_font

    return {
        "assets/fonts/text.woff2": lambda: memo.get("font", family, lambda: subset_font(family)),
        "assets/fonts/OFL.txt": lambda: licence_of(family),
    }


def all_files(
    site: LinkedDossier, templates: Mapping[str, bytes], memo: Memo, *, search: bool, each: Map = map
) -> Iterator[tuple[str, bytes]]:
    """Every file of the site by address, one made after the other: pages, assets, search. Their manifest is for others to add."""
    yield from ((address, make()) for address, make in site_files(site, templates, memo).items())
    if search:
        yield from search_files(site, memo, each).items()


def search_files(site: LinkedDossier, memo: Memo, each: Map = map) -> Mapping[str, bytes]:
    """Make the search index and what the browser needs to ask it. `each` indexes blocks of pages, in forks where it may."""
    from dossier.search.build import build_index  # it takes long to load, and not every build indexes

    corpus = corpus_of(site)
    return memo.get(
        "search", corpus.digest, lambda: build_index(corpus.documents, corpus.synonyms, corpus.labels, memo, each)
    )


def corpus_of(site: LinkedDossier) -> Corpus:
    """Return all that search is given of a site."""
    labels = {actor.id: actor.actor.name for actor in site.actors.values()}
    return Corpus(documents=documents(site), synonyms=synonyms_of(site), labels=labels)
