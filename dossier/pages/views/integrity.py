"""Show `/integrity/`: how a reader checks that nothing was changed, and the hashes of seeds and originals."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup
from msgspec import Struct

from dossier.content.model import SigningKey
from dossier.engine.minisign import public_key_of
from dossier.language.arabic import Digits
from dossier.language.date_words import describe
from dossier.language.dates import parse_edtf
from dossier.language.direction import isolate
from dossier.linking.linked import LinkedDossier, LinkedReport
from dossier.pages.views.frame import Addresses, Frame, Link, make_shell

LISTED = 1_000  # reports; all hashes are in dossier.json


class HashedText(Struct, frozen=True, kw_only=True):
    """A seed or an original with its SHA-256 in hex; `file` where it has a name, `present` where a copy was taken up."""

    report: Link
    title: Markup
    file: str | None
    sha256: str
    present: bool


class KeyView(Struct, frozen=True, kw_only=True):
    """A public key: in one line, its name as tools show it, the days between which it signs, and a note. `until` is its last day, plain."""

    key: str
    name: str
    days: str | None
    until: str | None
    note: Markup | None


class IntegrityView(Struct, frozen=True, kw_only=True):
    """What can be checked, and against what; `rest` leads to all hashes where the page does not list all; `notices` to the licences of everything that is published."""

    shell: Frame
    title: str
    manifest: Link
    seeds: tuple[HashedText, ...]
    originals: tuple[HashedText, ...]
    rest: Link | None
    keys: tuple[KeyView, ...]
    notices: Link


def view_integrity(site: LinkedDossier, path: str) -> IntegrityView:
    """Return the view of every seed and original with its hash, by report, for at most `LISTED` reports."""
    to = Addresses(path, site)
    title = "سلامة الملفات"
    listed = tuple(site.reports.values())[:LISTED]
    return IntegrityView(
        shell=make_shell(site, path, title, "كيف تتحقق من أن ملفات هذا الموقع هي نفسها، بلا أداة خاصة."),
        title=title,
        manifest=Link(href=to.to("/manifest-sha256.txt"), text="manifest-sha256.txt"),
        seeds=tuple(_seed(r, to) for r in listed),
        originals=tuple(original for r in listed for original in _originals(r, to)),
        rest=Link(href=to.to("/dossier.json"), text="dossier.json") if len(listed) < len(site.reports) else None,
        keys=tuple(_key(key, site.settings.digits) for key in site.settings.keys),
        notices=Link(href=to.to("/assets/notices.txt"), text="notices.txt"),
    )


def _key(key: SigningKey, digits: Digits) -> KeyView:
    days = [
        f"{word} {describe(parse_edtf(day), digits)}" for word, day in (("من", key.since), ("حتى", key.until)) if day
    ]
    return KeyView(
        key=key.key,
        name=public_key_of(key.key).name,
        days=" ".join(days) or None,
        until=key.until,
        note=isolate(key.note) if key.note else None,
    )


def _seed(linked: LinkedReport, to: Addresses) -> HashedText:
    return _hashed(linked, to, linked.report.seed, linked.texts.seed.sha256, present=True)


def _originals(linked: LinkedReport, to: Addresses) -> Iterator[HashedText]:
    """Yield the original and its further captures."""
    original = linked.report.original
    if original is not None:
        yield _hashed(linked, to, original.file, original.sha256, present=linked.texts.original is not None)
    for ref, text in zip(linked.report.originals, linked.texts.others, strict=True):
        yield _hashed(linked, to, ref.file, ref.sha256, present=text is not None)


def _hashed(linked: LinkedReport, to: Addresses, file: str | None, sha256: str, *, present: bool) -> HashedText:
    r = linked.report
    return HashedText(
        report=Link(href=to.report(r.id), text=r.title),
        title=isolate(r.title),
        file=file,
        sha256=sha256,
        present=present,
    )
