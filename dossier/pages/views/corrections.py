"""Show `/corrections/`: old and new words of every claim that changed since it was published, side by side."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from dossier.content.addresses import CORRECTIONS
from dossier.content.model import Withdrawn, Words
from dossier.language.date_words import describe
from dossier.language.dates import parse_edtf
from dossier.language.direction import isolate
from dossier.linking.ledger import Correction
from dossier.linking.linked import LinkedDossier
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell
from dossier.pages.views.names import claim_number, short_name
from dossier.pages.views.text import show_markdown

SHOWN = 1_000  # corrections; all are in the ledger
TITLE = "التصحيحات"


class WordsView(Struct, frozen=True, kw_only=True):
    """Words of a claim: as they are, or why they are not shown (`withdrawn`); neither where there were none."""

    text: Markup | None
    withdrawn: Markup | None


class CorrectionView(Struct, frozen=True, kw_only=True):
    """A correction; `claim` leads to the claim where it is there today."""

    anchor: str
    claim: Link | None
    name: str
    date: str
    note: Markup | None
    old: WordsView
    new: WordsView


class CorrectionsView(Struct, frozen=True, kw_only=True):
    """What the editor wrote about corrections, and all of them, the newest first."""

    shell: Frame
    title: Markup
    body: Markup | None
    since: str | None
    corrections: tuple[CorrectionView, ...]


def corrected(site: LinkedDossier, ref: str, to: Addresses) -> Link | None:
    """Return a link that tells when a claim was last corrected; None where it never was."""
    found = site.corrections.get(ref)
    if not found:
        return None
    return Link(href=to.to(f"{CORRECTIONS}#{found[0].anchor}"), text=f"صُحّح في {_day(found[0].date, to)}")


def newest_first(site: LinkedDossier) -> list[Correction]:
    """Return all corrections, the newest first, then by claim."""
    every = [correction for corrections in site.corrections.values() for correction in corrections]
    return sorted(sorted(every, key=lambda c: c.ref), key=lambda c: c.date, reverse=True)


def name_of_claim(site: LinkedDossier, ref: str) -> str:
    """Name a claim as references do, under its report's short name; by its ids where the report is gone."""
    report, _, claim = ref.partition("#")
    return f"{short_name(site, report)}، القول {claim_number(claim, site)}" if report in site.reports else ref


def view_corrections(site: LinkedDossier, path: str) -> CorrectionsView:
    """Return the view of the page of corrections, with the hand-written page of that id where there is one."""
    to = Addresses(path, site)
    page = site.pages.get("corrections")
    title = page.title if page else TITLE
    return CorrectionsView(
        shell=make_shell(site, path, title),
        title=isolate(title),
        body=show_markdown(page.body, site, to) if page else None,
        since=_day(site.released, to) if site.released else None,
        corrections=tuple(_show(site, correction, to) for correction in newest_first(site)[:SHOWN]),
    )


def _show(site: LinkedDossier, correction: Correction, to: Addresses) -> CorrectionView:
    name = name_of_claim(site, correction.ref)
    return CorrectionView(
        anchor=correction.anchor,
        claim=Link(href=to.claim(correction.ref), text=name) if correction.ref in site.claims else None,
        name=name,
        date=_day(correction.date, to),
        note=isolate(correction.note) if correction.note else None,
        old=_words(correction.old),
        new=_words(correction.new),
    )


def _words(words: Words) -> WordsView:
    if isinstance(words, Withdrawn):
        return WordsView(text=None, withdrawn=isolate(words.withdrawn))
    return WordsView(text=isolate(words) if words else None, withdrawn=None)


def _day(day: str, to: Addresses) -> str:
    return describe(parse_edtf(day), to.digits)
