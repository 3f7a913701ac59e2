"""Pagefind's binary over a folder of search documents: one small page each, every word replaced by its key and an end mark."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import cbor2

from dossier.engine.temporary import temporary_folder
from dossier.errors import MachineError

MEND = "install requirements.txt anew, or build with --no-search"
# Seconds: a thousand times what it takes, since a busy machine is no failure.
DEADLINE, DEADLINE_A_PAGE = 120.0, 0.5
MAX_SAID = 500  # characters of what it says that are passed on
MARK = len("pagefind_dcd")  # begins every file that it writes
KNOWN = "1.5."  # versions whose index the browser's half can read
KEPT = (
    "pagefind.js",
    "pagefind-worker.js",
    "pagefind-entry.json",
)  # of what it writes beside the index; the rest is its own interface


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """What Pagefind calls a page, by its content, and the page's number in the index."""

    name: str
    number: int


def run_pagefind(pages: Mapping[str, str]) -> tuple[dict[str, bytes], str, dict[str, IndexedPage]]:
    """Indexes texts of marked keys, by the address of their page.

    Returns the index's files by address, its name, and for each page what Pagefind calls it and its number in the index.

    Fragments, which would hold the same texts again, are left out. Raises MachineError where the binary is missing or fails.
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


def _collect(folder: Path) -> tuple[dict[str, bytes], str, dict[str, IndexedPage]]:
    files: dict[str, bytes] = {}
    urls: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".pf_fragment":
            urls[path.stem] = _url(path.read_bytes())
        elif path.is_file() and (name in KEPT or not name.endswith((".css", ".js", ".json"))):
            files[f"/pagefind/{name}"] = path.read_bytes()
    [meta] = folder.glob("*.pf_meta")
    version, pages = cbor2.loads(gzip.decompress(meta.read_bytes())[MARK:])[:2]
    if not version.startswith(KNOWN):
        raise MachineError(f"Pagefind {version} may write its index otherwise than {KNOWN}*: install requirements.txt")
    ids = {urls[page]: IndexedPage(name=page.partition("_")[2], number=n) for n, (page, _) in enumerate(pages)}
    return files, meta.name.removeprefix("pagefind.").removesuffix(".pf_meta"), ids


def _url(fragment: bytes) -> str:
    """The page that a fragment stands for."""
    data: Mapping[str, str] = json.loads(gzip.decompress(fragment)[MARK:])
    return data["url"]
