"""The texts of a shelf's reports: seeds, and originals where there are copies, as far as they are there and can be read."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import chain

from dossier.articles.captures import foreign_kind, read_original
from dossier.articles.source_text import SourceText, UnreadableText, read_text
from dossier.content.parsing import ReportShelf
from dossier.content.references import References
from dossier.engine.memo import Memo
from dossier.engine.snapshot import Snapshot, SourceFile
from dossier.errors import Problem
from dossier.language.characters import warn_of_unwanted

Counts = tuple[int, int | None]  # paragraphs of a seed, and of an original where it is there


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportSources:
    """A report's texts as they stand in their files, which `key` stands for; None what is not there or cannot be read."""

    key: Hashable
    seed: SourceText | None
    original: SourceText | None
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> Counts | None:
        """How many paragraphs there are; None where there is no seed to count in."""
        return (
            (len(self.seed.paragraphs), len(self.original.paragraphs) if self.original else None) if self.seed else None
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class TextShelf:
    """A shelf of reports with their texts, both in one order; `key` stands for all of their files.

    `within` says that every paragraph that a report names is there.
    """

    shelf: ReportShelf
    key: Hashable
    sources: tuple[ReportSources, ...]
    problems: tuple[Problem, ...]
    within: bool


def read_texts(shelf: ReportShelf, snapshot: Snapshot, memo: Memo) -> TextShelf:
    """The texts of one shelf."""
    seeds = [snapshot.files.get(path) for path in shelf.seeds]
    originals = (
        [snapshot.originals.get(digest) if digest else None for digest in shelf.originals]
        if snapshot.originals
        else [None] * len(seeds)
    )
    key = (
        shelf.key,
        tuple([file.sha256 if file else None for file in seeds]),
        tuple([file and (file.path, file.sha256) for file in originals]),
    )

    def rows() -> tuple[Hashable, ...]:
        return tuple(_row(*files) for files in zip(seeds, originals, strict=True))

    def sum_up(sources: tuple[ReportSources, ...]) -> TextShelf:
        return TextShelf(
            shelf=shelf,
            key=key,
            sources=sources,
            problems=tuple(chain.from_iterable(source.problems for source in sources)),
            within=all(
                is_within(entry.refers, source.counts) for entry, source in zip(shelf.entries, sources, strict=True)
            ),
        )

    return memo.get_shelf("texts", shelf.name, key, rows, lambda place: _read(seeds[place], originals[place]), sum_up)


def is_within(refers: References, counts: Counts | None) -> bool:
    """Whether all paragraphs that a report names are there; where they cannot be counted nothing is amiss."""
    seed, original = counts or (None, None)
    return (seed is None or refers.last_paragraph <= seed) and (
        original is None or refers.last_original_paragraph <= original
    )


def _row(seed: SourceFile | None, original: SourceFile | None) -> Hashable:
    return tuple(file and (file.path, file.sha256) for file in (seed, original))


def _read_seed(file: SourceFile) -> SourceText:
    if kind := foreign_kind(file.data):
        hint = "put the article's text there as UTF-8; `dossier intake` takes it out of a saved page"
        raise UnreadableText(
            Problem(message=f"the file is {kind}, not text", file=file.path, line=1, column=1, hint=hint)
        )
    return read_text(file.path, file.data, noise=False)


def _read(seed: SourceFile | None, original: SourceFile | None) -> ReportSources:
    problems: list[Problem] = list(warn_of_unwanted(seed.path, seed.data)) if seed else []

    def attempt(file: SourceFile | None, read: Callable[[SourceFile], SourceText]) -> SourceText | None:
        try:
            return read(file) if file else None
        except UnreadableText as error:
            problems.append(error.problem)
            return None

    return ReportSources(
        key=_row(seed, original),
        seed=attempt(seed, _read_seed),
        original=attempt(original, lambda file: read_original(file.path, file.data)),
        problems=tuple(problems),
    )
