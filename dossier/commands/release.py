"""Do the work of `release`: put down in the ledger what is published now, so that later changes show as corrections."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from dossier.commands.pipeline import compose
from dossier.content.front_matter import parse_releases
from dossier.content.model import Release, Withdrawn, Words
from dossier.content.paths import RELEASES
from dossier.engine.cache import Cache
from dossier.engine.snapshot import Snapshot, snapshot
from dossier.engine.write import create, replacing_file
from dossier.errors import WrongUse
from dossier.linking.ledger import former_ids, unreleased, withdraw
from dossier.linking.linked import LinkedDossier

HEAD = (
    "# What was published when: `dossier release` writes it anew. Words that must not be shown again are taken out with\n"
    "# `dossier release --withdraw <report>#<claim> --reason …`.\n"
)


def release(
    root: Path, *, today: str, note: str | None, withdrawn: Sequence[str] = (), reason: str | None = None
) -> tuple[str, ...]:
    """Append to the ledger what changed since the last release; return what was done, line by line.

    `withdrawn` are claims whose former words are replaced by `reason`. Raise ContentError, and WrongUse where nothing can be done.
    """
    taken = snapshot(root)
    site = compose(taken, Cache(root).memo()).site
    releases = _releases_of(taken)
    former = former_ids(linked.report for linked in site.reports.values())
    now = {ref: linked.claim.text for ref, linked in site.claims.items()}
    changed = unreleased(releases, former, now)
    hidden: list[str] = []
    for ref in withdrawn:
        releases, words = _hide(releases, former, ref, reason or "", now.get(ref))
        hidden += words
    if not changed and not withdrawn:
        return (f"nothing changed since {releases[-1].date}: nothing was written",)
    if releases and releases[-1].date > today:
        raise WrongUse(f"the last release is of {releases[-1].date}, which is after today, {today}")
    added = (Release(date=today, note=note, claims=changed),) if changed else ()
    _write(root, write_releases((*releases, *added)))
    left = [f"the withdrawn words still stand in {place}: change them there too" for place in _places(taken, hidden)]
    return (f"{RELEASES}: {_told(changed, site, releases)}", *left)


def _releases_of(taken: Snapshot) -> tuple[Release, ...]:
    file = taken.files.get(RELEASES)
    return (parse_releases(RELEASES, file.data)[0] or ()) if file else ()


def _hide(
    releases: tuple[Release, ...], former: dict[str, str], ref: str, reason: str, now: str | None
) -> tuple[tuple[Release, ...], list[str]]:
    """Withdraw all words of a claim but those of today (`now`); return the releases and what was withdrawn. Raise WrongUse where nothing is."""
    hidden, words = withdraw(releases, former, ref, reason, now)
    if not words and now is not None:
        raise WrongUse(
            f"{ref} has no other words than today's in {RELEASES}: change the claim, or take it out, and then withdraw"
        )
    if not words:
        raise WrongUse(f"no words of {ref} stand in {RELEASES}: name a claim as <report>#<claim>")
    return hidden, words


def _told(changed: dict[str, Words], site: LinkedDossier, releases: Sequence[Release]) -> str:
    if not releases:
        return f"begun with {len(changed)} claims"
    gone = sum(words is None for words in changed.values())
    return f"{len(changed) - gone} claims new or changed, {gone} taken out; {len(site.claims)} in all"


def _places(taken: Snapshot, hidden: Sequence[str]) -> Iterator[str]:
    """Yield the hand-written files and seeds in which withdrawn words still stand."""
    sought = {" ".join(words.split()) for words in hidden}
    for path, file in taken.files.items():
        if path == RELEASES or not path.startswith(("content/", "seeds/")):
            continue
        text = " ".join(file.data.decode("utf-8", "replace").split())
        if any(words in text for words in sought):
            yield path


def write_releases(releases: Sequence[Release]) -> bytes:
    """Return the ledger as YAML, every text in double quotes."""
    return (HEAD + "".join(line for release in releases for line in _lines(release))).encode()


def _lines(release: Release) -> Iterator[str]:
    yield f'- date: "{release.date}"\n'
    if release.note:
        yield f"  note: {_quoted(release.note)}\n"
    yield "  claims:\n" if release.claims else "  claims: {}\n"
    for ref, words in release.claims.items():
        yield f"    {ref}: {_value(words)}\n"


def _value(words: Words) -> str:
    if isinstance(words, Withdrawn):
        return f"{{withdrawn: {_quoted(words.withdrawn)}}}"
    return "null" if words is None else _quoted(words)


def _quoted(text: str) -> str:
    """Write a text in double quotes as YAML reads it; what cannot be seen, by its code."""
    shown = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in shown)


def _write(root: Path, data: bytes) -> None:
    if create(root, RELEASES, data):
        return
    with replacing_file(
        root / RELEASES, lambda path: parse_releases(RELEASES, path.read_bytes())[0] is not None
    ) as file:
        file.write(data)
