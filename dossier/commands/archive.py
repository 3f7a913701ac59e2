"""Write the archive: a BagIt bag (RFC 8493) in one ZIP, with the site as it works from `file://`, its sources and its seeds.

The same inputs give the same bytes: files come in one order, with one time and one mode.
"""

from __future__ import annotations

import hashlib
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO

from dossier.commands.crate import NAME as CRATE
from dossier.engine.manifest import encode_path, file_of, read_manifest, write_manifest

TOP = "dossier/"  # the bag's folder in the ZIP
ALGORITHMS = ("sha256", "sha512")
EARLIEST = 315_532_800  # 1980-01-01, the first day that a ZIP can name, in seconds since 1970
LATEST = 4_354_819_198  # 2107-12-31, the last
LONGEST_DIGEST = 4096  # bytes of the file with an archive's digest
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
OPEN = """<!doctype html>
<html lang="ar" dir="rtl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="0; url=data/site/index.html">
<title>الملف</title>
<p><a href="data/site/index.html">افتح الملف</a></p>
</html>
""".encode()


def is_archive(path: Path) -> bool:
    """Tell whether a file is an archive that was written here: a ZIP that holds a bag with a built site."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {f"{TOP}bagit.txt", f"{TOP}data/site/dossier.json"} <= set(archive.namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return False


def is_digest_of(archive: Path) -> Callable[[Path], bool]:
    """Tell of a file whether it is the digest that lies beside an archive of that name."""

    def is_digest(path: Path) -> bool:
        try:
            return set(read_manifest(path.read_bytes()[:LONGEST_DIGEST])) == {archive.name}
        except ValueError:
            return False

    return is_digest


class Bag:
    """A bag being written into a ZIP, with the digests of all that went in."""

    def __init__(self, archive: zipfile.ZipFile, moment: int) -> None:
        """Begin a bag whose files all bear the time `moment`, in seconds since 1970, within what a ZIP can name."""
        self._archive = archive
        self._date = time.gmtime(min(max(moment, EARLIEST), LATEST))[:6]
        self._digests: dict[str, dict[str, str]] = {algorithm: {} for algorithm in ALGORITHMS}
        self._size = 0
        self.sizes: dict[str, int] = {}  # of the payload's files, by path below data/

    def add(self, path: str, data: bytes) -> None:
        """Write one file, payload (`data/…`) or tag file."""
        for algorithm in ALGORITHMS:
            self._digests[algorithm][path] = hashlib.new(algorithm, data).hexdigest()
        if path.startswith("data/"):
            self._size += len(data)
            self.sizes[path.removeprefix("data/")] = len(data)
        self._write(path, data)

    def _write(self, path: str, data: bytes) -> None:
        entry = zipfile.ZipInfo(TOP + path, self._date)
        entry.create_system = 3  # Unix, wherever it is made
        entry.external_attr = 0o100644 << 16
        entry.compress_type = zipfile.ZIP_DEFLATED
        self._archive.writestr(entry, data)

    def close(self, info: Iterable[tuple[str, str]]) -> None:
        """Write the tag files: what the bag is, and the manifests of payload and tags."""
        payload = {a: self._of(a, lambda path: path.startswith("data/")) for a in ALGORITHMS}
        oxum = ("Payload-Oxum", f"{self._size}.{len(payload['sha256'])}")
        self.add("bagit.txt", DECLARATION)
        self.add("bag-info.txt", "".join(f"{name}: {_one_line(value)}\n" for name, value in (*info, oxum)).encode())
        for algorithm, digests in payload.items():
            self.add(f"manifest-{algorithm}.txt", write_manifest(digests))
        tags = {a: self._of(a, lambda path: not path.startswith("data/")) for a in ALGORITHMS}
        for algorithm, digests in tags.items():
            self._write(f"tagmanifest-{algorithm}.txt", write_manifest(digests))

    def _of(self, algorithm: str, wanted: Callable[[str], bool]) -> dict[str, str]:
        return {encode_path(path): value for path, value in self._digests[algorithm].items() if wanted(path)}


def _one_line(value: str) -> str:
    return " ".join(value.split())


def write_archive(
    file: IO[bytes],
    site: Iterable[tuple[str, bytes]],
    sources: Mapping[str, bytes],
    info: Iterable[tuple[str, str]],
    moment: int,
    describe: Callable[[Mapping[str, int]], bytes],
) -> None:
    """Write the whole archive. `site` are files by address, `sources` by path; `moment` is in seconds since 1970.

    `describe` makes the crate's metadata of the payload's sizes.
    """
    with zipfile.ZipFile(file, "w") as archive:
        bag = Bag(archive, moment)
        for address, data in site:
            bag.add(f"data/site/{file_of(address)}", data)
        for path, data in sorted(sources.items()):
            bag.add(f"data/{path}", data)
        bag.add(f"data/{CRATE}", describe(bag.sizes))
        bag.add("open.html", OPEN)
        bag.close(info)
