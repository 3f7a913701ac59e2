"""Words of time that claims quote from their article and that it does not have to the letter."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.articles.source_text import SourceText
from dossier.content.findings import Finding
from dossier.content.model import Claim
from dossier.content.paths import file_of
from dossier.language.arabic import fold_with_offsets
from dossier.language.characters import show
from dossier.linking.linked import LinkedDossier


def advise_on_quotes(site: LinkedDossier) -> Iterator[Finding]:
    """Yield warnings on `when_text`, which pages show in quotation marks as the article's own; asked where the original is there."""
    for linked in site.reports.values():
        original = linked.texts.original
        for index, claim in enumerate(linked.report.claims) if original else ():
            if original and claim.when_text and claim.when_text not in _paragraph(original, claim):
                file, path = file_of("reports", linked.id), ("claims", index, "when_text")
                yield Finding(file, path, *_explain(original, claim, claim.when_text), severity="warning")


def _paragraph(original: SourceText, claim: Claim) -> str:
    """Return the claim's paragraph of the original; all of it where the claim names none."""
    if claim.original_at is None:
        return original.text
    paragraph = original.paragraphs[claim.original_at - 1]
    return original.text[paragraph.start : paragraph.end]


def _explain(original: SourceText, claim: Claim, words: str) -> tuple[str, str]:
    where = f"paragraph {claim.original_at} of the original" if claim.original_at else "the original"
    message = f"{where} does not say {show(words)}, and pages show it as the article's words"
    meant = _as_written(_paragraph(original, claim), words)
    if meant:
        return message, f"it says {show(meant)}"
    other = next((p.number for p in original.paragraphs if words in original.text[p.start : p.end]), None)
    if other:
        return message, f"paragraph {other} does: mend original_at or the words"
    return message, "copy the article's own few words, or leave when_text out"


def _as_written(text: str, words: str) -> str:
    """Return the stretch of a text that has the same letters, spelt and spaced in its own way; nothing where none has."""
    folded, offsets = fold_with_offsets(text)
    places = [place for place, letter in enumerate(folded) if not letter.isspace()]
    letters = "".join(folded[place] for place in places)
    sought = "".join(fold_with_offsets(words)[0].split())
    at = letters.find(sought) if sought else -1
    return text[offsets[places[at]] : offsets[places[at + len(sought) - 1]] + 1] if at >= 0 else ""
