"""The whole way, from the files of a dossier to the files of its site.

    files ─► Snapshot ─► Dossier ─► Site ─► views ─► bytes

Nothing here reads or writes a disk, a clock or the environment: `sources.snapshot` did the one, `write.replacing` will do
the other. A `Memo` makes a later run cheap; with an empty one the same calls make everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from jinja2 import Environment

from dossier.captures import read_original
from dossier.checks import check, check_judgments
from dossier.errors import ContentError, Problem, has_errors, in_order
from dossier.exports import export_files
from dossier.fonts import family_key, known_families, subset_font
from dossier.front_matter import locate, parse_dossier
from dossier.linking import link_parts
from dossier.memo import Memo, digest_of
from dossier.mentions import Mention, Name, Names, Settled, compile_names, find_mentions
from dossier.model import Actor, Dossier, Meaning, Report
from dossier.parts import Part, make_part
from dossier.render import STYLE_PARTS, make_environment, render, stylesheet
from dossier.search.build import build_index
from dossier.searchable import documents, synonyms_of
from dossier.seeds import SourceText, UnreadableText, read_text
from dossier.site import ReportTexts, Site
from dossier.sources import Snapshot, SourceFile
from dossier.views import outline

Make = Callable[[], bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Composition:
    """A linked site, and the problems that do not stand in its way."""

    site: Site
    warnings: tuple[Problem, ...]


def compose(snapshot: Snapshot, memo: Memo, *, url: str | None = None) -> Composition:
    """Reads, checks and links a dossier. Raises ContentError with all its problems at once, warnings among them."""
    dossier, problems = parse_dossier(snapshot, memo)
    sources, unreadable = _read_sources(dossier, snapshot, memo)
    problems = (*problems, *unreadable, *check(dossier, snapshot, _paragraph_counts(sources), memo))
    if has_errors(problems):
        raise ContentError(problems)
    names = compile_names(name for actor in dossier.actors for name in names_of(actor))
    parts = _make_parts(dossier, sources, names, memo)
    site = link_parts(dossier, parts, names=names, url=url or dossier.settings.url, memo=memo)
    problems = in_order((*problems, *_check_origins(site, snapshot), *_check_font(site, snapshot)))
    if has_errors(problems):
        raise ContentError(problems)
    return Composition(site=site, warnings=problems)


def _check_origins(site: Site, snapshot: Snapshot) -> tuple[Problem, ...]:
    """What only the linked site shows: judgments on too narrow a ground, and claims that repeat each other in a circle."""
    circles = (_circle(cycle, site, snapshot) for cycle in site.cycles)
    return (*check_judgments(site.settings, lambda ref: site.claims[ref].origins, snapshot), *circles)


def _check_font(site: Site, snapshot: Snapshot) -> tuple[Problem, ...]:
    family = site.settings.font
    if family is None or family_key(family) in known_families():
        return ()
    file = "content/dossier.yaml"
    line, column = locate(snapshot.files[file].data, ("font",))
    hint = f"installed are {', '.join(known_families())}; or leave font out"
    message = f'no font "{family}" is installed'
    return (Problem(message=message, file=file, line=line, column=column, hint=hint),)


def _circle(cycle: tuple[str, ...], site: Site, snapshot: Snapshot) -> Problem:
    report, _, claim = cycle[0].partition("#")
    file = f"content/reports/{report}.md"
    number = [c.id for c in site.reports[report].report.claims].index(claim)
    line, column = locate(snapshot.files[file].data, ("claims", number, "repeats"))
    return Problem(
        message=f"claims repeat each other in a circle: {' → '.join((*cycle, cycle[0]))}",
        file=file,
        line=line,
        column=column,
        hint="remove one of these `repeats`: somebody said it first",
    )


@dataclass(frozen=True, slots=True)
class _Sources:
    """A report's texts, and what they and the report are known by."""

    key: tuple[str, ...]
    seed: SourceText
    original: SourceText | None


def _read_sources(
    dossier: Dossier, snapshot: Snapshot, memo: Memo
) -> tuple[dict[str, _Sources], tuple[Problem, ...]]:
    """Texts by report id, and problems of those that cannot be read. Where a seed is missing, `check` says so."""
    files = snapshot.files
    found = [(r, file) for r in dossier.reports if (file := files.get(f"seeds/{r.seed}")) is not None]
    seeds = _texts([file for _, file in found], memo, originals=False)
    originals = [snapshot.originals.get(r.original.sha256) if r.original else None for r, _ in found]
    taken = _texts([file for file in originals if file], memo, originals=True)
    by_hash = {file.sha256: text for file, text in zip(filter(None, originals), taken, strict=True)}
    sources: dict[str, _Sources] = {}
    problems: list[Problem] = []
    for (report, file), seed, original in zip(found, seeds, originals, strict=True):
        second = by_hash[original.sha256] if original else None
        if isinstance(seed, Problem) or isinstance(second, Problem):
            problems += [text for text in (seed, second) if isinstance(text, Problem)]
        else:
            own = files[f"content/reports/{report.id}.md"].sha256
            key = (report.id, own, file.path, file.sha256, *((original.path, original.sha256) if original else ()))
            sources[report.id] = _Sources(key, seed, second)
    return sources, tuple(problems)


def _texts(files: Sequence[SourceFile], memo: Memo, *, originals: bool) -> list[SourceText | Problem]:
    def read(place: int) -> SourceText | Problem:
        try:
            file = files[place]
            return read_original(file.path, file.data) if originals else read_text(file.path, file.data, noise=False)
        except UnreadableText as error:
            return error.problem

    return memo.get_all("text", [(file.path, file.sha256, originals) for file in files], read)


def _paragraph_counts(sources: Mapping[str, _Sources]) -> dict[str, tuple[int, int | None]]:
    return {
        report: (len(s.seed.paragraphs), len(s.original.paragraphs) if s.original else None)
        for report, s in sources.items()
    }


def _make_parts(dossier: Dossier, sources: Mapping[str, _Sources], names: Names, memo: Memo) -> list[Part]:
    """What each report brings, actors found in its texts."""
    known = digest_of(sorted(names.entries.items()))

    def make(place: int) -> Part:
        report = dossier.reports[place]
        s = sources[report.id]
        texts = ReportTexts(
            seed=s.seed,
            seed_mentions=find_mentions(s.seed, names, tuple(_settled(m, m.at) for m in report.means)),
            original=s.original,
            original_mentions=_of_original(s.original, names, report),
        )
        return make_part(report, texts)

    return memo.get_all("part", [(sources[report.id].key, known) for report in dossier.reports], make)


def _of_original(original: SourceText | None, names: Names, report: Report) -> tuple[Mention, ...]:
    if original is None:
        return ()
    return find_mentions(original, names, tuple(_settled(m, m.original_at) for m in report.means))


def names_of(actor: Actor) -> tuple[Name, ...]:
    """How texts name an actor: its name, its aliases, and the ambiguous ones that need settling."""
    sure = (Name(actor=actor.id, text=text, ambiguous=False) for text in dict.fromkeys((actor.name, *actor.aliases)))
    return (*sure, *(Name(actor=actor.id, text=text, ambiguous=True) for text in actor.ambiguous))


def _settled(meaning: Meaning, paragraphs: tuple[int, ...]) -> Settled:
    return Settled(text=meaning.text, actor=meaning.actor, paragraphs=paragraphs)


def site_files(
    site: Site, templates: Mapping[str, bytes], memo: Memo, environment: Environment | None = None
) -> Iterator[tuple[str, Make]]:
    """Every file of the site but the search index, by address, each made only when it is asked for.

    `environment` is one that was made of the same templates before.
    """
    environment = environment or make_environment(templates)
    pages = outline(site)
    for address, page in pages.items():
        yield address, partial(render, environment, page)
    yield from export_files(site, tuple(pages)).items()
    yield from _assets(site, templates, memo)


def _assets(site: Site, templates: Mapping[str, bytes], memo: Memo) -> Iterator[tuple[str, Make]]:
    """The style sheet in one piece, the typeface, and what else lies in `assets/`."""
    yield "/assets/site.css", partial(stylesheet, templates)
    yield "/assets/fonts/text.woff2", lambda: memo.get("font", site.settings.font, lambda: subset_font(site.settings.font))
    for name, data in templates.items():
        if name.startswith("assets/") and not name.startswith(STYLE_PARTS):
            yield f"/{name}", partial(bytes, data)


def all_files(site: Site, templates: Mapping[str, bytes], memo: Memo, *, search: bool) -> Iterator[tuple[str, bytes]]:
    """Every file of the site by address, one made after the other: pages, assets, search. Their manifest is for others to add."""
    yield from ((address, make()) for address, make in site_files(site, templates, memo))
    if search:
        yield from search_files(site, memo).items()


def search_files(site: Site, memo: Memo) -> Mapping[str, bytes]:
    """The search index and what the browser needs to ask it."""
    found = documents(site)
    synonyms = synonyms_of(site)
    labels = {actor.id: actor.actor.name for actor in site.actors.values()}
    key = digest_of((found, synonyms, labels))
    return memo.get("search", key, lambda: build_index(found, synonyms, labels))
