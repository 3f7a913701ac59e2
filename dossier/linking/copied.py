"""Find seeds that are the publisher's text: the original itself, or long runs of its words outside of quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from dossier.articles.captures import read_original
from dossier.articles.source_text import SourceText, UnreadableText
from dossier.content.findings import Finding
from dossier.content.model import OriginalRef
from dossier.content.paths import file_of
from dossier.content.yaml_text import FieldPath
from dossier.engine.memo import Memo
from dossier.engine.snapshot import SourceFile
from dossier.errors import Severity
from dossier.language.characters import place_of
from dossier.linking.entries import Entry
from dossier.linking.passages import index_runs, shared_passages, words_of

LONG_RUN = 15  # words; the longest that the first dossier's digests share with their originals is 5
LONGEST_QUOTATION = 60  # words that may stand in quotation marks as somebody's
_QUOTED = re.compile('«[^«»]*»|“[^“”]*”|"[^"\n]*"')
ABSENT = "absent"
ITSELF = "the seed is the original itself"
OWN_WORDS = "write it in your own words, or short in quotation marks; with leave to publish it, name who gave it in original: {leave: …}"

Run = tuple[int, int]  # where it begins in the seed, and how many words it has


def check_copied(
    entries: Sequence[Entry], held: Mapping[str, SourceFile], memo: Memo, severity: Severity
) -> Iterator[Finding]:
    """Find seeds that hold what the publisher wrote. `held` are originals that are only compared, by SHA-256."""
    for entry in entries:
        report, seed = entry.report, entry.seed
        if report is None or seed is None or not report.original or report.original.leave:
            continue
        texts = (entry.original, *entry.others)
        for reference, text in zip((report.original, *report.originals), texts, strict=True):
            if found := _find(reference, seed, text, held, memo):
                path: FieldPath = ("seed",) if not found[1] else ()
                file = file_of("reports", report.id) if path else seed.file
                message = f"{found[1]} words stand here as they do in the original" if found[1] else ITSELF
                at = None if path else place_of(seed.text, found[0])
                yield Finding(
                    file, path, f"{message}, which belongs to its publisher", OWN_WORDS, severity=severity, at=at
                )
                break


def _find(
    reference: OriginalRef, seed: SourceText, text: SourceText | None, held: Mapping[str, SourceFile], memo: Memo
) -> Run | None:
    """Return where a seed holds an original's words; `(0, 0)` where it is the original itself."""
    if reference.sha256 == seed.sha256:
        return 0, 0
    key = (seed.sha256, reference.sha256)

    def compare() -> Run | str | None:
        return _compare(seed, text, None if text else held.get(reference.sha256))

    found = memo.get("content/copied", key, compare)
    if found == ABSENT and (text or reference.sha256 in held):  # it came since
        found = memo.get("content/copied", (*key, "there"), compare)
    return None if isinstance(found, str) else found


def _compare(seed: SourceText, text: SourceText | None, file: SourceFile | None) -> Run | str | None:
    try:
        original = text or (read_original(file.path, file.data) if file else None)
    except UnreadableText:
        return None
    return find_run(seed.text, original.text) if original else ABSENT


def find_run(seed: str, original: str) -> Run | None:
    """Return the first long run of words that a seed shares with an original; None where there is none."""
    theirs = words_of(original)
    words = words_of(seed)
    quoted = [found.span() for found in _QUOTED.finditer(seed)]
    for passage in shared_passages(words, theirs, index_runs(theirs)):
        here = [start for _, start, _ in words if passage.start <= start < passage.end]
        own = sum(not any(low <= start < high for low, high in quoted) for start in here)
        if own >= LONG_RUN or passage.words >= LONGEST_QUOTATION:
            return passage.start, passage.words
    return None
