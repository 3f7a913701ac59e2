"""Warn of names without a page in the dossier's texts, and of quotation marks that do not pair, there and in what is written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from pydantic import BaseModel

from dossier.articles.candidates import Candidate, find_candidates
from dossier.articles.defects import unpaired_quotes
from dossier.articles.leads import left_over
from dossier.articles.mentions import Mention
from dossier.articles.source_text import Paragraph, SourceText, split_paragraphs
from dossier.content.fences import split_front_matter
from dossier.content.findings import Finding
from dossier.content.model import Dossier
from dossier.content.model_faults import NOT_WRITTEN
from dossier.content.parsing import NO_SETTINGS
from dossier.content.paths import KINDS, SETTINGS, file_of
from dossier.content.yaml_text import FieldPath
from dossier.engine.memo import Memo, digest_of
from dossier.engine.snapshot import Snapshot, SourceFile
from dossier.language.arabic import fold
from dossier.language.characters import place_of, show
from dossier.linking.entries import Entries
from dossier.linking.linked import LinkedDossier

Written = tuple[str, BaseModel, str]  # a file written by hand, its value and its body
MARKS = frozenset('«»“”"')
UNPAIRED = "a quotation mark without its partner"
MEND_MARKS = "close it, or delete it: « opens and » closes"


def advise_on_texts(site: LinkedDossier, snapshot: Snapshot, memo: Memo) -> Iterator[Finding]:
    """Yield warnings on what texts hold. Each seed and each hand-written file is looked through once and remembered."""
    yield from _without_page(site, memo)
    seeds = (report.texts.seed for report in site.reports.values())
    yield from _of_values(_written(site), seeds, snapshot, memo)


def advise_on_values(dossier: Dossier, entries: Entries, snapshot: Snapshot, memo: Memo) -> Iterator[Finding]:
    """Yield those warnings that each file's own words give, without any other file."""
    written: list[Written] = [(SETTINGS, dossier.settings, "")] if dossier.settings is not NO_SETTINGS else []
    for kind in KINDS:
        written += ((file_of(kind, entry.id), entry, entry.body) for entry in getattr(dossier, kind))
    yield from _of_values(written, (entry.seed for entry in entries.entries if entry.seed), snapshot, memo)


def _of_values(
    written: Iterable[Written], seeds: Iterable[SourceText], snapshot: Snapshot, memo: Memo
) -> Iterator[Finding]:
    for seed in seeds:
        yield from memo.get("advice/marks", (seed.file, seed.sha256), lambda seed=seed: _marks_of_seed(seed))  # type: ignore[misc]
    for path, value, body in written:
        if file := snapshot.files.get(path):
            yield from memo.get("advice/marks", (path, file.sha256), partial(_of_file, file, value, body))


def _of_file(file: SourceFile, value: BaseModel, body: str) -> tuple[Finding, ...]:
    return (*_marks_of_value(file.path, value, body), *_commas(file.path, value), *_leads(file))


def _leads(file: SourceFile) -> Iterator[Finding]:
    """Find leads of intake that still stand in a head."""
    halves = split_front_matter(file.data.decode("utf-8", "replace"))
    found = left_over(halves.head) if halves else []
    if found:
        message, hint = (
            "leads of intake still stand in the head",
            "read them, write down what is true, and delete the comments",
        )
        yield Finding(file.path, (), message, hint, severity="warning", at=(found[0], 1))


def _commas(file: str, value: BaseModel) -> Iterator[Finding]:
    """Find entries of lists that hold an Arabic comma: two, most likely, for YAML parts entries with its own."""
    for path, text in _texts(value, ()):
        if path and isinstance(path[-1], int) and "،" in text:
            message = f'{show(text)} is one entry: entries of a list are parted with ","'
            yield Finding(file, path, message, 'write "," instead of "،"', severity="warning")


def _written(site: LinkedDossier) -> Iterator[Written]:
    """Yield each file written by hand, its value, and its body."""
    yield SETTINGS, site.settings, ""
    yield from (
        (file_of("reports", linked.id), linked.report, site.briefs[linked.id]) for linked in site.reports.values()
    )
    yield from ((file_of("actors", linked.id), linked.actor, linked.actor.body) for linked in site.actors.values())
    yield from ((file_of("events", linked.id), linked.event, linked.event.body) for linked in site.events.values())
    yield from ((file_of("pages", page.id), page, page.body) for page in site.pages.values())


def _without_page(site: LinkedDossier, memo: Memo) -> Iterator[Finding]:
    """Yield one warning for each name, at its first place."""
    first: dict[str, tuple[SourceText, Candidate]] = {}
    counts: dict[str, int] = {}
    known = {fold(name) for place in site.places for name in (place.name, *place.spellings)}
    for report in site.reports.values():
        seed = report.texts.seed
        for candidate in _candidates(seed, report.texts.mentions.seed, memo):
            name = fold(candidate.name)
            if name not in known:
                first.setdefault(name, (seed, candidate))
                counts[name] = counts.get(name, 0) + 1
    for name, (seed, candidate) in first.items():
        times = f" ({counts[name]} times, here first)" if counts[name] > 1 else ""
        message = f"{show(candidate.name)} looks like an actor and has no page{times}"
        hint = "begin one with `dossier new actor ID`, or add the name to the aliases of an actor"
        place = place_of(seed.text, candidate.start)
        yield Finding(seed.file, (), message, hint, severity="warning", at=place)


def _candidates(seed: SourceText, mentions: Sequence[Mention], memo: Memo) -> tuple[Candidate, ...]:
    key = (seed.sha256, digest_of(mentions))
    return memo.get("advice/candidates", key, lambda: find_candidates(seed.text, mentions))


def _marks_of_seed(seed: SourceText) -> tuple[Finding, ...]:
    """Find marks that do not pair, one for each paragraph."""
    return tuple(
        Finding(seed.file, (), UNPAIRED, MEND_MARKS, severity="warning", at=place_of(seed.text, at))
        for at in _first_marks(seed.text, seed.paragraphs)
    )


def _first_marks(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    for paragraph in paragraphs:
        if found := next(iter(unpaired_quotes(text, paragraph)), None):
            yield found.start


def _marks_of_value(file: str, value: BaseModel, body: str) -> tuple[Finding, ...]:
    """Find marks that do not pair: a field is one piece of text, the body goes by paragraphs."""
    found = []
    for path, text in _texts(value, ()):
        if not MARKS.isdisjoint(text):
            whole = (Paragraph(number=1, start=0, end=len(text), pieces=()),)
            found += [Finding(file, path, UNPAIRED, MEND_MARKS, severity="warning") for _ in _first_marks(text, whole)]
    for at in _first_marks(body, tuple(split_paragraphs(body))):
        found.append(Finding(file, (), UNPAIRED, MEND_MARKS, severity="warning", in_body=place_of(body, at)))
    return tuple(found)


def _texts(value: object, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    """Yield every text of a value, with its path as it is written in the file."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            if path or name not in NOT_WRITTEN:
                yield from _texts(getattr(value, name), (*path, info.alias or name))
