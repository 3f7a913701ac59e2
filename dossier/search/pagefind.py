"""Pagefind's binary over a folder of search documents: one small page each, every word replaced by its key and an end mark."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from dossier.errors import MachineError

KEPT = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")  # of what it writes beside the index; the rest is its own interface


def run_pagefind(pages: Sequence[str]) -> tuple[dict[str, bytes], dict[str, int]]:
    """Indexes texts of marked keys; their files by site address, and the number of each page by Pagefind's own name for it.

    Raises MachineError where the binary is missing or fails.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(pages):
            page = f'<html><body data-pagefind-body data-pagefind-meta="title:{number}"><p>{escape(text)}</p></body></html>'
            (folder / f"{number}.html").write_text(page, "utf-8")
        _run(folder)
        return _collect(folder / "pagefind")


def _run(folder: Path) -> None:
    command = [*_binary(), "--site", str(folder), "--force-language", "unknown", "--quiet"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise MachineError(f"Pagefind cannot be run: {error.strerror}; install requirements.txt, or build with --no-search") from error
    if done.returncode:
        raise MachineError(f"Pagefind failed: {(done.stderr or done.stdout).strip()[-500:]}")


def _binary() -> list[str]:
    from importlib.util import find_spec

    module = next((name for name in ("pagefind_bin", "pagefind") if find_spec(name)), None)
    if module is None:
        raise MachineError("Pagefind is missing: install requirements.txt, or build with --no-search")
    beside = Path(sys.executable).with_name("pagefind")
    return [str(beside)] if beside.exists() else [sys.executable, "-m", module]


def _collect(folder: Path) -> tuple[dict[str, bytes], dict[str, int]]:
    files: dict[str, bytes] = {}
    numbers: dict[str, int] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".pf_fragment":
            numbers[path.stem] = _number(path.read_bytes())
        elif path.is_file() and (name in KEPT or not name.endswith((".css", ".js", ".json"))):
            files[f"/pagefind/{name}"] = path.read_bytes()
    return files, numbers


def _number(fragment: bytes) -> int:
    """The page that a fragment stands for: JSON after a mark of 12 bytes."""
    data: Mapping[str, str] = json.loads(gzip.decompress(fragment)[12:])
    return int(data["url"].strip("/").removesuffix(".html"))
