"""Pagefind's binary over a folder of search documents, one small page each.

It is given a code of a few letters in the place of each word: a third of its work is with letters that are not Latin. Behind the
last word of a page stands a code that no other page has, which tells the number that it has given to the page.
"""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import cbor2
from msgspec import Struct

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
LETTERS = "abcdefghijklmnopqrstuvwxyz"  # of codes
NOTHING = "-"  # a place where there is no word
PAGE, EMPTY = b"\x83", b"\x80"  # of CBOR: what begins a page's entry, a list of three, and ends it, an empty list

_NUMBER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)"
_LIST = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
# In CBOR: where an entry of a word begins, whose letters are those of codes; an entry of a page.
_find_entries = re.compile(
    rb"\x83(?:[\x60-\x77]([a-z]+)" + _LIST + rb"|(" + _NUMBER + rb")(" + _LIST + _NUMBER + rb"*)\x80)", re.DOTALL
).findall


class Block(Struct, frozen=True, kw_only=True):
    """Pages as Pagefind indexed them: its version, and how many words it counts on each page, in their order.

    `words` are all words, sorted, with a line end after each; `numbers` say of each on how many pages it stands, the first and the
    last of them, and where in `standings` its own end: as packed by Pagefind, all of it but the first page's number.
    """

    version: str
    pages: tuple[int, ...]
    words: str
    numbers: array[int]
    standings: bytes


def engine_files() -> dict[str, bytes]:
    """Return what Pagefind writes beside an index, by address. Raise MachineError as `index_block`."""
    with temporary_folder("index") as folder:
        _write_page(folder, 0, _code(0))  # without one it writes nothing
        _run(folder, DEADLINE)
        paths = ((path, path.relative_to(folder).as_posix()) for path in sorted(folder.rglob("*")) if path.is_file())
        return {f"/{name}": path.read_bytes() for path, name in paths if _is_engine(name)}


def index_block(pages: Sequence[Sequence[str]]) -> Block:
    """Index pages, each the words of its places in order, of which an empty one is none.

    Raise MachineError where the binary is missing or fails.
    """
    codes = dict.fromkeys(filter(None, chain.from_iterable(pages)), NOTHING)
    codes = {word: _code(number) for number, word in enumerate(codes, start=len(pages))} | {"": NOTHING}
    with temporary_folder("index") as folder:
        for number, words in enumerate(pages):
            _write_page(folder, number, " ".join((*map(codes.__getitem__, words), _code(number))))
        _run(folder, DEADLINE + len(pages) * DEADLINE_A_PAGE)
        try:
            return _collect(folder / "pagefind", len(pages), {code: word for word, code in codes.items()})
        except (ValueError, LookupError, TypeError, EOFError, OSError, zlib.error, cbor2.CBORError) as error:
            said = f"{type(error).__name__}: {error}"[:MAX_SAID]
            raise MachineError(f"Pagefind wrote no index that can be read ({said!r}): {MEND}") from error


def _code(number: int) -> str:
    """Return a number as letters, the lowest digit first."""
    letters = ""
    while True:
        letters += LETTERS[number % len(LETTERS)]
        number //= len(LETTERS)
        if not number:
            return letters


def _write_page(folder: Path, number: int, text: str) -> None:
    page = f"<html><body data-pagefind-body><p>{text}</p></body></html>"
    (folder / f"{number}.html").write_text(page, "ascii")


def _run(folder: Path, deadline: float) -> None:
    """Run the binary in the folder itself: no file of a dossier is in reach of what it looks for beside it."""
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
    """Return the binary by its path, from the package that brings it: nothing is looked for in the current folder."""
    from importlib.util import find_spec

    for name in ("pagefind_bin", "pagefind"):
        spec = find_spec(name)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            for binary in ("pagefind_extended", "pagefind"):
                if (Path(folder) / binary).is_file():
                    return (Path(folder) / binary).absolute()
    raise MachineError(f"Pagefind is missing: {MEND}")


def _collect(folder: Path, number: int, known: Mapping[str, str]) -> Block:
    """Read what was written of so many pages, whose words are `known` by their codes."""
    found: dict[str, list[tuple[int, bytes]]] = {}
    for path in sorted(folder.rglob("*.pf_index")):
        found |= _standings(_unpacked(path))
    [meta] = folder.glob("*.pf_meta")
    version, pages = cbor2.loads(_unpacked(meta))[:2]
    if not version.startswith(KNOWN):
        raise MachineError(f"Pagefind {version} may write its index otherwise than {KNOWN}*: install requirements.txt")
    theirs = [found.pop(_code(page))[0][0] for page in range(number)]  # the number that each page has there
    ours = {there: here for here, there in enumerate(theirs)}
    numbers, standings = array("I"), bytearray()
    standing = sorted((known[code], stands) for code, stands in found.items())
    for _, stands in standing:
        numbers.extend(_put_in_order(stands, ours, standings))
    return Block(
        version=version,
        pages=tuple(pages[there][1] - 1 for there in theirs),
        words="".join(f"{word}\n" for word, _ in standing),
        numbers=numbers,
        standings=bytes(standings),
    )


def _unpacked(path: Path) -> bytes:
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(MARKED):
        raise ValueError(f"{path.name} does not begin as it should")
    return data[len(MARKED) :]


def _is_engine(name: str) -> bool:
    suffix = Path(name).suffix
    own = suffix in (".pf_index", ".pf_meta", ".pf_fragment", ".html")
    return not own and (name.removeprefix("pagefind/") in KEPT or suffix not in OTHERS)


def _standings(chunk: bytes) -> dict[str, list[tuple[int, bytes]]]:
    """Return the words of a file of the index: for each its pages by number, with the places there as they are packed.

    The file is `[[word, [[step from the last page, places, []], …], []], …]`. A value for each number in it, most of which nobody looks
    at, would cost four times as much.
    """
    found: dict[str, list[tuple[int, bytes]]] = {}
    number = 0
    stands: list[tuple[int, bytes]] = []
    for word, step, places in _find_entries(chunk):
        if word:
            found[word.decode("ascii")] = stands = []
            number = 0
        else:
            number += step[0] if len(step) == 1 else int.from_bytes(step[1:], "big")
            stands.append((number, places))
    if not chunk.startswith(head(4, 1) + head(4, len(found))):
        raise ValueError("an index is in another form")
    return found


def _put_in_order(
    stands: Iterable[tuple[int, bytes]], ours: Mapping[int, int], standings: bytearray
) -> tuple[int, int, int, int]:
    """Add where a word stands, with pages in our order; return its numbers."""
    pages = sorted([(ours[page], places) for page, places in stands])
    last = first = pages[0][0]
    parts = [pages[0][1], EMPTY]
    for page, places in pages[1:]:
        parts += (PAGE, head(0, page - last), places, EMPTY)
        last = page
    standings += b"".join(parts)
    return len(pages), first, last, len(standings)


@lru_cache(1 << 16)
def head(kind: int, size: int) -> bytes:
    """Return the head of a value as CBOR has it: a number (0), a text (3) or a list (4) of some size."""
    if size < 24:
        return bytes((kind << 5 | size,))
    length = 1 if size < 1 << 8 else 2 if size < 1 << 16 else 4
    return bytes((kind << 5 | 24 + length.bit_length() - 1,)) + size.to_bytes(length, "big")
