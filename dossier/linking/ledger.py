"""Tell from the ledger of releases what was published of each claim, what was corrected since, and what is not released yet.

A claim is followed through former ids of its report. Words that were withdrawn leave their reason and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from dossier.content.model import Release, ReportHead, Withdrawn, Words

Published = dict[str, Words]  # by `<report>#<claim>`; None for a claim that was taken out


class Correction(Struct, frozen=True, kw_only=True):
    """A claim that changed after it was published: `old` and `new` words, None where there was or is no claim.

    `anchor` is its address on the page of corrections.
    """

    ref: str
    date: str
    note: str | None
    old: Words
    new: Words
    anchor: str


def former_ids(reports: Iterable[ReportHead]) -> dict[str, str]:
    """Return today's id of a report by each of its former ids."""
    return {former: report.id for report in reports if report.was for former in report.was}


def _today(ref: str, former: Mapping[str, str]) -> str:
    report, _, claim = ref.partition("#")
    return f"{former.get(report, report)}#{claim}"


def published(releases: Sequence[Release], former: Mapping[str, str]) -> Published:
    """Return the words of every claim as they were last released."""
    return {_today(ref, former): words for release in releases for ref, words in release.claims.items()}


def find_corrections(releases: Sequence[Release], former: Mapping[str, str]) -> dict[str, tuple[Correction, ...]]:
    """Return what changed of each claim after it was published, the newest first; claims in the order of their first release."""
    known: Published = {}
    found: dict[str, list[Correction]] = {}
    taken: dict[str, int] = {}
    for release in releases:
        for written, new in release.claims.items():
            ref = _today(written, former)
            if ref in known and known[ref] != new:
                base = f"{ref.replace('#', '-')}-{release.date}"
                taken[base] = taken.get(base, 0) + 1
                found.setdefault(ref, []).insert(
                    0,
                    Correction(
                        ref=ref,
                        date=release.date,
                        note=release.note,
                        old=known[ref],
                        new=new,
                        anchor=base if taken[base] == 1 else f"{base}-{taken[base]}",
                    ),
                )
            known[ref] = new
    return {ref: tuple(corrections) for ref, corrections in found.items()}


def unreleased(releases: Sequence[Release], former: Mapping[str, str], now: Mapping[str, str]) -> Published:
    """Return what changed since the last release: new words by claim, None for what is gone. `now` are today's words by claim."""
    return changed_words(published(releases, former), now)


def changed_words(last: Mapping[str, Words], now: Mapping[str, str]) -> Published:
    """Return what differs between the words of claims then and now: new words by claim, None for what is gone."""
    changed: Published = {ref: words for ref, words in now.items() if last.get(ref) != words}
    return changed | {ref: None for ref, words in last.items() if words is not None and ref not in now}


def withdraw(
    releases: Sequence[Release], former: Mapping[str, str], ref: str, reason: str, now: str | None
) -> tuple[tuple[Release, ...], list[str]]:
    """Return the releases with all words of a claim but those of today (`now`) replaced by a reason, and the words that were."""
    words: list[str] = []

    def hide(written: str, said: Words) -> Words:
        if not isinstance(said, str) or said == now or _today(written, former) != ref:
            return said
        words.append(said)
        return Withdrawn(withdrawn=reason)

    hidden = [
        r.model_copy(update={"claims": {key: hide(key, said) for key, said in r.claims.items()}}) for r in releases
    ]
    return tuple(hidden), words
