"""Write and read manifests of SHA-256, one line a file, as `sha256sum` writes and checks them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ADDRESS = "/manifest-sha256.txt"
# As `sha256sum` writes it, and as bags of others have it: capitals, one space, the asterisk of binary mode.
_LINE = re.compile(r"([0-9A-Fa-f]{64,128})(?:  | \*|[ \t]+)(.+)", re.DOTALL)
_LINE_END = re.compile(r"\r\n|\n|\r")
BESIDE = ".sha256"  # the end of the name of a digest that lies beside its file
CHUNK = 1 << 20


def file_of(address: str) -> str:
    """Return the file of an address: `/reports/a/` is `reports/a/index.html`."""
    path = address.lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def write_manifest(digests: Mapping[str, str]) -> bytes:
    """Return a manifest: lines of `<digest>  <path>` in order of path; paths are relative, with slashes."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()


def with_digests(files: Iterable[tuple[str, bytes]], digests: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield files by address as they come, and put their digests down by path."""
    for address, data in files:
        digests[file_of(address)] = digest([data])
        yield address, data


def with_manifest(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield files by address as they come, and last the manifest of them all."""
    digests: dict[str, str] = {}
    yield from with_digests(files, digests)
    yield ADDRESS, write_manifest(digests)


def read_manifest(data: bytes) -> dict[str, str]:
    """Return digests, in lower case, by path. Raise ValueError with the number of a line that is none of a manifest."""
    digests: dict[str, str] = {}
    for number, line in enumerate(_LINE_END.split(data.decode("utf-8-sig", "strict")), 1):
        if not line:
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"line {number} is no digest and path")
        path = match[2].removeprefix("./")
        if path in digests:
            raise ValueError(f"line {number} names a file that was named before")
        digests[path] = match[1].lower()
    return digests


def is_outside(path: str) -> bool:
    """Tell whether a manifest's path leads out of its folder."""
    return path.startswith(("/", "\\", "~")) or ".." in re.split(r"[/\\]", path) or path[1:2] == ":"


def encode_path(path: str) -> str:
    """Write a path as a bag's manifest has it (RFC 8493, 2.1.3): line ends and the percent sign by their codes."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def decode_path(path: str) -> str:
    """Return the path that `encode_path` wrote."""
    return path.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def digest(chunks: Iterable[bytes], algorithm: str = "sha256") -> str:
    """Return the digest of a stream of bytes, in lower-case hexadecimal. `algorithm` is one of `hashlib.new`."""
    made = hashlib.new(algorithm)
    for chunk in chunks:
        made.update(chunk)
    return made.hexdigest()


def iter_chunks(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes in pieces of `CHUNK`. Raise OSError."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
