"""Check whether a copy of the site is whole: every file against the manifests that came with it, originals against the reports' hashes.

A copy is a published folder, with its `manifest-sha256.txt`, or a bag (RFC 8493), unpacked or as a ZIP.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Protocol

from dossier.engine.manifest import ADDRESS, BESIDE, CHUNK, decode_path, digest, iter_chunks, read_manifest
from dossier.errors import WrongUse

SITE_MANIFEST = ADDRESS.lstrip("/")
BAG = "bagit.txt"
ALGORITHMS = ("sha256", "sha512")
ORIGINALS = "data/seeds/originals/"
SITE_IN_BAG = "data/site/"
# What reading a damaged ZIP raises: bad sums, bad deflate data, flags and methods that were none, an end too soon.
DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


class NotACopy(WrongUse):
    """Raised where what was named is no copy of a site: there is nothing to check it against."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """What a check found, by path. `checked` counts the files that were compared; `unknown` are originals that no report has the hash of."""

    checked: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    added: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.missing or self.changed or self.added or self.unknown)


class Copy(Protocol):
    """Files by path, wherever they lie."""

    def paths(self) -> frozenset[str]:
        """Return the paths of all files; folders do not count."""

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield a file's bytes in pieces."""


@dataclass(frozen=True, slots=True)
class _Folder:
    root: Path

    def paths(self) -> frozenset[str]:
        return frozenset(
            p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_symlink() or not p.is_dir()
        )

    def chunks(self, path: str) -> Iterator[bytes]:
        return iter_chunks(self.root / path)


@dataclass(frozen=True, slots=True)
class _Zip:
    archive: zipfile.ZipFile
    top: str

    def paths(self) -> frozenset[str]:
        names = (name for name in self.archive.namelist() if not name.endswith("/"))
        return frozenset(name.removeprefix(self.top) if name.startswith(self.top) else f"../{name}" for name in names)

    def chunks(self, path: str) -> Iterator[bytes]:
        with self.archive.open(self.top + path) as file:
            while chunk := file.read(CHUNK):
                yield chunk


def verify(path: Path, originals: Path | None = None) -> Findings:
    """Check a copy, and originals in it or in a folder of their own against the hashes that its reports name.

    Raise NotACopy where there is no manifest, or none that can be read.
    """
    with _open(path) as copy:
        paths = copy.paths()
        site = SITE_IN_BAG if BAG in paths else ""
        if BAG in paths:
            found = _compare(copy, paths - {f"tagmanifest-{a}.txt" for a in ALGORITHMS}, _bag_manifests(copy, paths))
        elif SITE_MANIFEST in paths:
            found = _compare(copy, paths - {SITE_MANIFEST}, {"sha256": _manifest(copy, SITE_MANIFEST)})
        else:
            raise NotACopy(
                f"{path} holds neither {SITE_MANIFEST} nor {BAG}: name a published folder, an archive, or a folder it was unpacked to"
            )
        held = {p: digest(copy.chunks(p)) for p in sorted(paths - set(found.changed)) if p.startswith(ORIGINALS)}
        if originals is not None:
            folder = _Folder(originals)
            held |= {str(originals / p): digest(folder.chunks(p)) for p in sorted(folder.paths())}
        found = replace(found, unknown=_unknown(held, copy, f"{site}dossier.json") if held else ())
    return found if _as_beside(path) else replace(found, changed=(path.name, *found.changed))


def _as_beside(path: Path) -> bool:
    """Return whether a ZIP is as the digest beside it says, where there is one: it covers bytes that are in no file of the ZIP."""
    beside = path.with_name(f"{path.name}{BESIDE}")
    if path.is_dir() or not beside.is_file():
        return True
    try:
        return read_manifest(beside.read_bytes()).get(path.name) == digest(iter_chunks(path))
    except ValueError:
        return False


@contextmanager
def _open(path: Path) -> Iterator[Copy]:
    if path.is_dir():
        inside = [p for p in path.iterdir() if (p / BAG).is_file()] if not (path / BAG).exists() else []
        yield _Folder(inside[0] if len(inside) == 1 and not (path / SITE_MANIFEST).exists() else path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            tops = {
                PurePosixPath(name).parts[0]
                for name in archive.namelist()
                if name.endswith(f"/{BAG}") and name.count("/") == 1
            }
            yield _Zip(archive, f"{tops.pop()}/" if len(tops) == 1 else "")
    except zipfile.BadZipFile as error:
        raise NotACopy(f"{path} is no ZIP that can be read: {error}") from error
    except OSError as error:
        raise NotACopy(f"{path} cannot be read: {error.strerror or error}") from error


def _manifest(copy: Copy, path: str) -> dict[str, str]:
    try:
        return read_manifest(b"".join(copy.chunks(path)))
    except (ValueError, *DAMAGE) as error:
        raise NotACopy(f"{path} is damaged: {error}") from error


def _bag_manifests(copy: Copy, paths: frozenset[str]) -> dict[str, dict[str, str]]:
    """Read, by algorithm, the digests of payload and tag files, with paths as they are."""
    listed = {}
    for a in ALGORITHMS:
        if {f"manifest-{a}.txt", f"tagmanifest-{a}.txt"} <= paths:
            both = _manifest(copy, f"manifest-{a}.txt") | _manifest(copy, f"tagmanifest-{a}.txt")
            listed[a] = {decode_path(path): value for path, value in both.items()}
    if not listed:
        raise NotACopy("the bag has no manifests of SHA-256 or SHA-512: it was not made here, or it is damaged")
    return listed


def _compare(copy: Copy, paths: frozenset[str], listed: Mapping[str, Mapping[str, str]]) -> Findings:
    expected = {path for digests in listed.values() for path in digests}
    present = expected & paths
    return Findings(
        checked=len(present),
        missing=tuple(sorted(expected - paths)),
        changed=tuple(sorted(path for path in present if not _unchanged(copy, path, listed))),
        added=tuple(sorted(paths - expected)),
    )


def _unchanged(copy: Copy, path: str, listed: Mapping[str, Mapping[str, str]]) -> bool:
    try:
        return all(digest(copy.chunks(path), algorithm) == digests.get(path) for algorithm, digests in listed.items())
    except DAMAGE:  # the ZIP's own sums tell of a flipped byte before we do; links that lead nowhere
        return False


def _unknown(held: Mapping[str, str], copy: Copy, dossier: str) -> tuple[str, ...]:
    """Return originals, by path with their hash, that no report of the site names; none where the site's own file is damaged, which is told of already."""
    try:
        reports = json.loads(b"".join(copy.chunks(dossier)))["reports"]
        known = {report["original"]["sha256"] for report in reports if report["original"]}
    except (ValueError, KeyError, TypeError, *DAMAGE):
        return ()
    return tuple(path for path, value in held.items() if value not in known)
