"""Pagefind's binary over a folder of search documents: one small page each, every word replaced by its key and an end mark."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import cbor2

from dossier.engine.temporary import temporary_folder
from dossier.errors import MachineError

MEND = "install requirements.txt anew, or build with --no-search"
# Seconds: a thousand times what it takes, since a busy machine is no failure.
DEADLINE, DEADLINE_A_PAGE = 120.0, 0.5
MAX_SAID = 500  # characters of what it says that are passed on
MARKED = b"pagefind_dcd"  # begins every file that it writes
ENTRY = "/pagefind/pagefind-entry.json"
KNOWN = "1.5."  # versions whose index the browser's half can read
KEPT = (
    "pagefind.js",
    "pagefind-worker.js",
    "pagefind-entry.json",
)  # of what it writes beside the index; the rest is its own interface
OTHERS = (".css", ".js", ".json")


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """What Pagefind calls a page, by its content, and the page's number in the index."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class BlockPage:
    """A page of a block: its address, what Pagefind calls it, and how many words Pagefind counts."""

    url: str
    name: str
    words: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a word stands in a block: on how many pages, the first and the last, and all but the first's number as packed by Pagefind."""

    pages: int
    first: int
    last: int
    rest: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Pages as Pagefind indexed them, in the order of their numbers: its version, its own files by address, and where words stand."""

    version: str
    engine: Mapping[str, bytes]
    pages: tuple[BlockPage, ...]
    words: Mapping[str, Standing]


def index_block(pages: Mapping[str, str]) -> Block:
    """Index texts of marked keys, by the address of their page. Fragments, which would hold the same texts again, are left out.

    Raise MachineError where the binary is missing or fails.
    """
    with temporary_folder("index") as folder:
        for url, text in pages.items():
            path = folder / url.strip("/") / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"<html><body data-pagefind-body><p>{escape(text)}</p></body></html>", "utf-8")
        _run(folder, DEADLINE + len(pages) * DEADLINE_A_PAGE)
        try:
            return _collect(folder / "pagefind")
        except (ValueError, LookupError, TypeError, EOFError, OSError, zlib.error, cbor2.CBORError) as error:
            said = f"{type(error).__name__}: {error}"[:MAX_SAID]
            raise MachineError(f"Pagefind wrote no index that can be read ({said!r}): {MEND}") from error


def _run(folder: Path, deadline: float) -> None:
    """Runs the binary in the folder itself: no file of a dossier is in reach of what it looks for beside it."""
    command = [str(_binary()), "--site", str(folder), "--force-language", "unknown", "--quiet"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        done = subprocess.run(
            command, cwd=folder, env=kept, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=deadline
        )
    except subprocess.TimeoutExpired as error:
        raise MachineError(f"Pagefind did not come to an end within {deadline:.0f} s and was ended: {MEND}") from error
    except OSError as error:
        raise MachineError(f"Pagefind cannot be run: {(error.strerror or str(error)).lower()}; {MEND}") from error
    if done.returncode < 0:
        raise MachineError(f"Pagefind was ended by signal {-done.returncode}: is there memory enough? {MEND}")
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()[-MAX_SAID:]
        raise MachineError(f"Pagefind failed ({done.returncode}): {said!r}")


def _binary() -> Path:
    """The binary by its path, from the package that brings it: nothing is looked for in the current folder."""
    from importlib.util import find_spec

    for name in ("pagefind_bin", "pagefind"):
        spec = find_spec(name)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            for binary in ("pagefind_extended", "pagefind"):
                if (Path(folder) / binary).is_file():
                    return (Path(folder) / binary).absolute()
    raise MachineError(f"Pagefind is missing: {MEND}")


def _collect(folder: Path) -> Block:
    engine: dict[str, bytes] = {}
    urls: dict[str, str] = {}
    words: dict[str, Standing] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".pf_fragment":
            urls[path.stem] = json.loads(_unpacked(path))["url"]
        elif path.suffix == ".pf_index":
            words |= _standings(cbor2.loads(_unpacked(path)))
        elif path.is_file() and path.suffix != ".pf_meta" and (name in KEPT or path.suffix not in OTHERS):
            engine[f"/pagefind/{name}"] = path.read_bytes()
    [meta] = folder.glob("*.pf_meta")
    version, pages = cbor2.loads(_unpacked(meta))[:2]
    if not version.startswith(KNOWN):
        raise MachineError(f"Pagefind {version} may write its index otherwise than {KNOWN}*: install requirements.txt")
    indexed = tuple(BlockPage(urls[name], name.partition("_")[2], number) for name, number in pages)
    return Block(version=version, engine=engine, pages=indexed, words=words)


def _unpacked(path: Path) -> bytes:
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(MARKED):
        raise ValueError(f"{path.name} does not begin as it should")
    return data[len(MARKED) :]


def _standings(chunk: Any) -> Iterator[tuple[str, Standing]]:
    """Yield the words of a file of the index: `[[word, [[step from the last page, places, []], …], []], …]`."""
    [words] = chunk
    for word, pages, _ in words:
        if any(len(page) != 3 for page in pages):
            raise ValueError(f"{word!r} has pages of another form")
        first = pages[0][0]
        before = (
            len(cbor2.dumps(len(pages))) + 1 + len(cbor2.dumps(first))
        )  # the list's head, the first page's, its number
        yield word, Standing(len(pages), first, sum(page[0] for page in pages), cbor2.dumps(pages)[before:])
