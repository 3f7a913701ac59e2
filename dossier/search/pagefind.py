"""Pagefind's binary over a folder of search documents: one small page each, every word replaced by its key and an end mark."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import cbor2

from dossier.errors import MachineError

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
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for url, text in pages.items():
            path = folder / url.strip("/") / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"<html><body data-pagefind-body><p>{escape(text)}</p></body></html>", "utf-8")
        _run(folder)
        return _collect(folder / "pagefind")


def _run(folder: Path) -> None:
    command = [*_binary(), "--site", str(folder), "--force-language", "unknown", "--quiet"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise MachineError(
            f"Pagefind cannot be run: {error.strerror}; install requirements.txt, or build with --no-search"
        ) from error
    if done.returncode:
        raise MachineError(f"Pagefind failed: {(done.stderr or done.stdout).strip()[-500:]}")


def _binary() -> list[str]:
    from importlib.util import find_spec

    module = next((name for name in ("pagefind_bin", "pagefind") if find_spec(name)), None)
    if module is None:
        raise MachineError("Pagefind is missing: install requirements.txt, or build with --no-search")
    beside = Path(sys.executable).with_name("pagefind")
    return [str(beside)] if beside.exists() else [sys.executable, "-m", module]


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
