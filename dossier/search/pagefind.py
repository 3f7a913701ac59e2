"""Pagefind's binary over pages that stand one behind the other in a single document, and what it says of their words by page.

As many documents as pages would cost it twice the work: a file to find, to parse and to write a packed copy of, for each. It is given
a code of a few letters in the place of each word: a third of its work is with letters that are not Latin.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import zlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, compress, count, product, repeat
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
PAGE, EMPTY = b"\x83", b"\x80"  # of CBOR: what begins a page's entry, a list of three, and ends it, an empty list
WEIGHT = -25  # stands before a word's places: all words weigh the same
WEIGHED = b"\x38\x18"  # the same in CBOR
DOCUMENT = "pages.html"
NONE = ""  # no word of any page; it stands last, since Pagefind writes nothing of a document without a word


class Block(Struct, frozen=True, kw_only=True):
    """Pages as Pagefind indexed them: its version, and how many words it counts on each page, in their order.

    `words` are all words, as they come first, with a line end after each; `numbers` say of each on how many pages it stands, the first and the
    last of them, and where in `standings` its own end: in CBOR as Pagefind writes it, all of it but the first page's number.
    """

    version: str
    pages: tuple[int, ...]
    words: str
    numbers: array[int]
    standings: bytes


def engine_files() -> dict[str, bytes]:
    """Return what Pagefind writes beside an index, by address. Raise MachineError as `index_block`."""
    with temporary_folder("index") as folder:
        _write_document(folder, LETTERS)  # without a word it writes nothing
        _run(folder, DEADLINE)
        paths = ((path, path.relative_to(folder).as_posix()) for path in sorted(folder.rglob("*")) if path.is_file())
        return {f"/{name}": path.read_bytes() for path, name in paths if _is_engine(name)}


def index_block(pages: Sequence[Sequence[str]]) -> Block:
    """Index pages, each the words of its places in order, of which an empty one is none.

    Raise MachineError where the binary is missing or fails.
    """
    words = [*filter(None, chain.from_iterable(pages)), NONE]
    codes = dict(zip(dict.fromkeys(words), _codes(), strict=False))
    with temporary_folder("index") as folder:
        _write_document(folder, " ".join(map(codes.__getitem__, words)))
        _run(folder, DEADLINE + len(pages) * DEADLINE_A_PAGE)
        try:
            version, steps = _read_steps(folder / "pagefind", len(words))
            places = {word: steps.pop(code) for word, code in codes.items()}
            del places[NONE]
            return _block(version, pages, places)
        except (ValueError, LookupError, TypeError, EOFError, OSError, zlib.error, cbor2.CBORError) as error:
            said = f"{type(error).__name__}: {error}"[:MAX_SAID]
            raise MachineError(f"Pagefind wrote no index that can be read ({said!r}): {MEND}") from error


def _codes() -> Iterator[str]:
    """Yield all runs of letters, the shortest first."""
    return map("".join, chain.from_iterable(product(LETTERS, repeat=length) for length in count(1)))


def _write_document(folder: Path, text: str) -> None:
    (folder / DOCUMENT).write_text(f"<html><body data-pagefind-body><p>{text}</p></body></html>", "ascii")


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


def _read_steps(folder: Path, number: int) -> tuple[str, dict[str, list[int]]]:
    """Return Pagefind's version, and of each word of the document its places, as steps from one to the next. `number` says how many all are."""
    [meta] = folder.glob("*.pf_meta")
    version, documents = cbor2.loads(_unpacked(meta))[:2]
    if not version.startswith(KNOWN):
        raise MachineError(f"Pagefind {version} may write its index otherwise than {KNOWN}*: install requirements.txt")
    if [size for _, size in documents] != [number]:
        raise ValueError(f"{documents!r:.200} are not {number} places")
    found = {}
    for path in folder.rglob("*.pf_index"):
        [words] = cbor2.loads(_unpacked(path))
        for word, [[document, [weight, *steps], others]], more in words:
            if (document, weight, others, more) != (0, WEIGHT, [], []):
                raise ValueError("an index is in another form")
            found[word] = steps
    return version, found


def _unpacked(path: Path) -> bytes:
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(MARKED):
        raise ValueError(f"{path.name} does not begin as it should")
    return data[len(MARKED) :]


def _is_engine(name: str) -> bool:
    suffix = Path(name).suffix
    own = suffix in (".pf_index", ".pf_meta", ".pf_fragment", ".html")
    return not own and (name.removeprefix("pagefind/") in KEPT or suffix not in OTHERS)


def _block(version: str, pages: Sequence[Sequence[str]], steps: Mapping[str, Sequence[int]]) -> Block:
    """Return pages by the steps of their words in the document that they make together."""
    sizes = tuple(map(len, pages))
    places, numbers, standings = _Places(pages), array("I"), bytearray()
    for some in steps.values():
        numbers.extend((*places.put(some, standings), len(standings)))
    words = "".join([f"{word}\n" for word in steps])
    return Block(version=version, pages=sizes, words=words, numbers=numbers, standings=bytes(standings))


class _Places:
    """On which page and where there each word of a document stands, and what is written of it."""

    def __init__(self, pages: Sequence[Sequence[str]]) -> None:
        most = max(len(pages), *map(len, pages), 0)
        self._page_of = [*chain.from_iterable(repeat(n, len(page) - page.count("")) for n, page in enumerate(pages))]
        self._place_of = [*chain.from_iterable(compress(range(len(page)), page) for page in pages)]
        self._heads = [head(0, number) for number in range(most + 1)]
        self._lists = [head(4, 1 + number) + WEIGHED for number in range(most + 1)]

    def put(self, steps: Sequence[int], standings: bytearray) -> tuple[int, int, int]:
        """Add where a word stands; return on how many pages that is, the first and the last of them."""
        page_of, place_of, heads, lists = self._page_of, self._place_of, self._heads, self._lists
        at, last, number = 0, 0, 1
        first = page = page_of[steps[0]]
        places: list[bytes] = []
        for step in steps:
            at += step
            here, place = page_of[at], place_of[at]
            if here != page:
                standings += lists[len(places)] + b"".join(places) + EMPTY + PAGE + heads[here - page]
                page, last, places = here, 0, []
                number += 1
            places.append(heads[place - last])
            last = place
        standings += lists[len(places)] + b"".join(places) + EMPTY
        return number, first, page


@lru_cache(1 << 16)
def head(kind: int, size: int) -> bytes:
    """Return the head of a value as CBOR has it: a number (0), a text (3) or a list (4) of some size."""
    if size < 24:
        return bytes((kind << 5 | size,))
    length = 1 if size < 1 << 8 else 2 if size < 1 << 16 else 4
    return bytes((kind << 5 | 24 + length.bit_length() - 1,)) + size.to_bytes(length, "big")
