"""The whole way, from the files of a dossier to the files of its site.

    files ─► Snapshot ─► Dossier ─► Site ─► views ─► bytes

Nothing here reads or writes a disk, a clock or the environment: `sources.snapshot` did the one, `write.replacing` will do
the other. A `Memo` makes a later run cheap; with an empty one the same calls make everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from dossier.captures import read_original
from dossier.checks import check, check_judgments
from dossier.errors import ContentError, Problem, has_errors, in_order
from dossier.exports import export_files
from dossier.fonts import family_key, known_families, subset_font
from dossier.front_matter import locate, parse_dossier
from dossier.memo import Memo, digest_of
from dossier.mentions import Mention, Name, Names, Settled, compile_names, find_mentions
from dossier.model import Actor, Dossier, Meaning, Report
from dossier.render import STYLE_PARTS, make_environment, render, stylesheet
from dossier.search.build import build_index
from dossier.searchable import documents, synonyms_of
from dossier.seeds import SourceText, UnreadableText, read_text
from dossier.site import ReportTexts, Site, link
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
    texts = _find_actors(dossier, sources, names, memo)
    site = link(dossier, texts, names=names, url=url or dossier.settings.url)
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
    seed: SourceText
    original: SourceText | None


def _read_sources(
    dossier: Dossier, snapshot: Snapshot, memo: Memo
) -> tuple[dict[str, _Sources], tuple[Problem, ...]]:
    sources: dict[str, _Sources] = {}
    problems: list[Problem] = []
    for report in dossier.reports:
        try:
            seed = snapshot.files.get(f"seeds/{report.seed}")
            if seed is not None:  # where it is missing, `check` says so
                sources[report.id] = _Sources(_seed(seed, memo), _original(report, snapshot, memo))
        except UnreadableText as error:
            problems.append(error.problem)
    return sources, tuple(problems)


def _original(report: Report, snapshot: Snapshot, memo: Memo) -> SourceText | None:
    found = snapshot.originals.get(report.original.sha256) if report.original else None
    if found is None:
        return None
    return memo.get("original", (found.path, found.sha256), lambda: read_original(found.path, found.data))


def _seed(file: SourceFile, memo: Memo) -> SourceText:
    return memo.get("text", (file.path, file.sha256), lambda: read_text(file.path, file.data, noise=False))


def _paragraph_counts(sources: Mapping[str, _Sources]) -> dict[str, tuple[int, int | None]]:
    return {
        report: (len(s.seed.paragraphs), len(s.original.paragraphs) if s.original else None)
        for report, s in sources.items()
    }


def _find_actors(
    dossier: Dossier, sources: Mapping[str, _Sources], names: Names, memo: Memo
) -> dict[str, ReportTexts]:
    known = digest_of(sorted(names.entries.items()))

    def find(text: SourceText, means: tuple[Settled, ...]) -> tuple[Mention, ...]:
        return memo.get("mentions", (text.sha256, bool(text.noise), known, means), lambda: find_mentions(text, names, means))

    texts = {}
    for report in dossier.reports:
        s = sources[report.id]
        texts[report.id] = ReportTexts(
            seed=s.seed,
            seed_mentions=find(s.seed, tuple(_settled(m, m.at) for m in report.means)),
            original=s.original,
            original_mentions=find(s.original, tuple(_settled(m, m.original_at) for m in report.means)) if s.original else (),
        )
    return texts


def names_of(actor: Actor) -> tuple[Name, ...]:
    """How texts name an actor: its name, its aliases, and the ambiguous ones that need settling."""
    sure = (Name(actor=actor.id, text=text, ambiguous=False) for text in dict.fromkeys((actor.name, *actor.aliases)))
    return (*sure, *(Name(actor=actor.id, text=text, ambiguous=True) for text in actor.ambiguous))


def _settled(meaning: Meaning, paragraphs: tuple[int, ...]) -> Settled:
    return Settled(text=meaning.text, actor=meaning.actor, paragraphs=paragraphs)


def site_files(site: Site, templates: Mapping[str, bytes], memo: Memo) -> Iterator[tuple[str, Make]]:
    """Every file of the site but the search index, by address, each made only when it is asked for."""
    environment = make_environment(templates)
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


def search_files(site: Site, memo: Memo) -> Mapping[str, bytes]:
    """The search index and what the browser needs to ask it."""
    found = documents(site)
    synonyms = synonyms_of(site)
    labels = {actor.id: actor.actor.name for actor in site.actors.values()}
    key = digest_of((found, synonyms, labels))
    return memo.get("search", key, lambda: build_index(found, synonyms, labels))
