"""Check whether a copy of the site is whole: every file against the manifests that came with it, originals against the reports' hashes.

A copy is a published folder, with its `manifest-sha256.txt`, or a bag (RFC 8493), unpacked or as a ZIP. What cannot be
told for certain is never passed over in silence.
"""

from __future__ import annotations

import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from dossier.commands.copies import Copy, Fault, NotACopy, open_ordinary, opened_zip, read_folder
from dossier.engine.manifest import ADDRESS, BESIDE, decode_path, digest, is_outside, read_manifest
from dossier.engine.places import SIGNATURES, kind_of
from dossier.engine.snapshot import ORIGINALS

SITE_MANIFEST = ADDRESS.lstrip("/")
BAG, INFO = "bagit.txt", "bag-info.txt"
ALGORITHMS = ("sha256", "sha512")
PAYLOAD = "data/"
ORIGINALS_IN_BAG = f"{PAYLOAD}{ORIGINALS}/"
SITE_IN_BAG = f"{PAYLOAD}site/"
LARGEST_LIST = 128 * 1024**2  # bytes of a manifest, of bag-info.txt, of dossier.json
# What reading damaged files raises: bad sums, bad deflate data, flags and methods that were none, an end too soon.
DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, KeyError)
_OXUM = re.compile(r"^Payload-Oxum\s*:\s*(\d{1,20})\.(\d{1,20})\s*$", re.MULTILINE | re.IGNORECASE)
_DECLARED = re.compile(r"\ufeff?BagIt-Version: \d+\.\d+\r?\n?")


class Findings(Struct, frozen=True, kw_only=True):
    """What a check found, by path: `unknown` are originals that no report has the hash of, `unproven` files that no manifest lists."""

    checked: int
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    unproven: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Tell whether everything is as it was; what is `unproven` is only said."""
        return not (self.missing or self.changed or self.added or self.unknown or self.faults)


def verify(path: Path, originals: Path | None = None, *, signed: bool = False) -> Findings:
    """Check a copy, and originals in it or in a folder of their own against the hashes that its reports name.

    `signed` says that its signature is checked elsewhere. Raise NotACopy where there is no manifest, or none that can be read.
    """
    with opened_copy(path) as copy:
        found = _check(path, copy)
        if signed and set(found.unproven) <= set(SIGNATURES):
            found = replace(found, unproven=())
        site = SITE_IN_BAG if BAG in copy.files else ""
        held = {
            p: _digest(copy, p) for p in sorted(copy.files) if p.startswith(ORIGINALS_IN_BAG) and p not in found.changed
        }
        if originals is not None:
            theirs = read_folder(originals)
            held |= {str(originals / p): _digest(theirs, p) for p in sorted(theirs.files)}
            skipped = (str(originals / fault.path) for fault in theirs.faults if fault.path not in theirs.files)
            found = replace(found, unproven=(*found.unproven, *skipped))
        if held:
            found = _with_unknown(found, held, copy, f"{site}dossier.json")
    return found if _as_beside(path) else replace(found, changed=(path.name, *found.changed))


@contextmanager
def opened_copy(path: Path) -> Iterator[Copy]:
    """Open a published folder, a ZIP, or a folder that holds an unpacked bag. Raise NotACopy for what is no ZIP."""
    if not path.is_dir():
        with opened_zip(path) as copy:
            yield copy
        return
    if kind_of(path / BAG) is None and kind_of(path / SITE_MANIFEST) is None:
        inside = [p for p in path.iterdir() if not p.is_symlink() and kind_of(p / BAG) is not None]
        path = inside[0] if len(inside) == 1 else path
    yield read_folder(path)


def _check(path: Path, copy: Copy) -> Findings:
    if BAG in copy.files:
        return _check_bag(copy)
    if SITE_MANIFEST in copy.files:
        listed, faults = _manifest(copy, SITE_MANIFEST)
        beside = tuple(name for name in SIGNATURES if name in copy.files and name not in listed)
        found = _compare(copy, frozenset(copy.files) - {SITE_MANIFEST, *beside}, {"sha256": listed})
        return replace(found, faults=tuple(sorted((*copy.faults, *faults))), unproven=beside)
    raise NotACopy(
        f"{path} holds neither {SITE_MANIFEST} nor {BAG}: name a published folder, an archive, or a folder it was unpacked to"
    )


def _check_bag(copy: Copy) -> Findings:
    listed: dict[str, dict[str, str]] = {}
    faults = [*copy.faults, *_declaration(copy)]
    payload = [a for a in ALGORITHMS if f"manifest-{a}.txt" in copy.files]
    if not payload:
        raise NotACopy("the bag has no manifest of SHA-256 or SHA-512: whether it is whole cannot be told")
    tags = [a for a in ALGORITHMS if f"tagmanifest-{a}.txt" in copy.files]
    for name, algorithm in (*((f"manifest-{a}.txt", a) for a in payload), *((f"tagmanifest-{a}.txt", a) for a in tags)):
        found, outside = _manifest(copy, name)
        listed.setdefault(algorithm, {}).update(found)
        faults += outside
    paths = frozenset(path for path in copy.files if not (path.startswith("tagmanifest-") and "/" not in path))
    unproven = () if tags else tuple(sorted(path for path in paths if not path.startswith((PAYLOAD, "../"))))
    findings = _compare(copy, paths - set(unproven), listed)
    if not findings.missing and not findings.added:  # else its sum differs for a reason that is told already
        faults += _oxum(copy)
    return replace(findings, faults=tuple(sorted(set(faults))), unproven=unproven)


def _declaration(copy: Copy) -> Iterator[Fault]:
    try:
        if _DECLARED.match(read_member(copy, BAG).decode("utf-8")):
            return
    except (ValueError, *DAMAGE):
        pass
    yield Fault(path=BAG, reason="does not say which version of BagIt this is")


def _oxum(copy: Copy) -> Iterator[Fault]:
    """Yield a fault where the payload is not of the size that the bag says, for ours always does."""
    try:
        said = _OXUM.search(read_member(copy, INFO).decode("utf-8", "replace")) if INFO in copy.files else None
    except (ValueError, *DAMAGE):
        return  # its own digest tells
    sizes = [size for path, size in copy.files.items() if path.startswith(PAYLOAD)]
    if said and (int(said[1]), int(said[2])) != (sum(sizes), len(sizes)):
        reason = f"says {said[1]} bytes in {said[2]} files of payload, and there are {sum(sizes)} in {len(sizes)}"
        yield Fault(path=INFO, reason=reason)


def read_member(copy: Copy, path: str) -> bytes:
    """Read a whole small file. Raise KeyError where it is not there, ValueError where it is large."""
    if copy.files[path] > LARGEST_LIST:
        raise ValueError(f"it is larger than {LARGEST_LIST // 1024**2} MB")
    parts, size = [], 0
    for chunk in copy.chunks(path):
        size += len(chunk)
        if size > LARGEST_LIST:
            raise ValueError(f"it is larger than {LARGEST_LIST // 1024**2} MB")
        parts.append(chunk)
    return b"".join(parts)


def _manifest(copy: Copy, name: str) -> tuple[dict[str, str], list[Fault]]:
    """Return digests by path as the files are called, and what is listed outside. Raise NotACopy where it cannot be read."""
    try:
        listed = read_manifest(read_member(copy, name))
    except (ValueError, *DAMAGE) as error:
        raise NotACopy(f"{name} is damaged: {error}") from error
    faults = [Fault(path=path, reason=f"is listed in {name} and lies outside") for path in listed if is_outside(path)]
    named = {(p if p in copy.files else decode_path(p)): value for p, value in listed.items() if not is_outside(p)}
    return named, faults


def _compare(copy: Copy, paths: frozenset[str], listed: Mapping[str, Mapping[str, str]]) -> Findings:
    expected = {path for digests in listed.values() for path in digests}
    present = expected & paths
    return Findings(
        checked=len(present),
        missing=tuple(sorted(expected - paths)),
        changed=tuple(sorted(path for path in present if not _is_unchanged(copy, path, listed))),
        added=tuple(sorted(paths - expected)),
    )


def _is_unchanged(copy: Copy, path: str, listed: Mapping[str, Mapping[str, str]]) -> bool:
    try:
        return all(
            digest(copy.chunks(path), algorithm) == digests[path]
            for algorithm, digests in listed.items()
            if path in digests
        )
    except DAMAGE:  # the ZIP's own sums tell of a flipped byte before we do
        return False


def _digest(copy: Copy, path: str) -> str:
    try:
        return digest(copy.chunks(path))
    except DAMAGE:
        return "unreadable"


def _with_unknown(found: Findings, held: Mapping[str, str], copy: Copy, dossier: str) -> Findings:
    """Add originals, by path with their hash, that no report of the site names; a fault where the site's own list cannot be read."""
    try:
        reports = json.loads(read_member(copy, dossier))["reports"]
        known = {report["original"]["sha256"] for report in reports if report["original"]}
        known |= {other["sha256"] for report in reports for other in report.get("originals", ())}
    except (ValueError, KeyError, TypeError, AttributeError, *DAMAGE):
        unsure = Fault(path=dossier, reason="cannot be read: whether originals are those of the reports cannot be told")
        return replace(found, faults=tuple(sorted((*found.faults, unsure))))
    return replace(found, unknown=tuple(path for path, value in held.items() if value not in known))


def _as_beside(path: Path) -> bool:
    """Tell whether a ZIP is as the digest beside it says, where there is one: it tells of bytes that are in no file of the ZIP."""
    beside = path.with_name(f"{path.name}{BESIDE}")
    kind = kind_of(beside)
    if path.is_dir() or kind is None or not stat.S_ISREG(kind):
        return True
    try:
        with open_ordinary(beside) as file, open_ordinary(path, follow=True) as whole:
            said = read_manifest(file.read(LARGEST_LIST)).get(path.name)
            return said == digest(iter(lambda: whole.read(1 << 20), b""))
    except (ValueError, OSError):
        return False
