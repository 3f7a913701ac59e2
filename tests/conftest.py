"""Fixtures: this dossier built once, served on loopback, and a real Chromium to look at it."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

os.environ["DOSSIER_CACHE"] = tempfile.mkdtemp(prefix="dossier-kept-")  # not the user's own
os.environ["DOSSIER_CONFIG"] = tempfile.mkdtemp(prefix="dossier-config-")
settings.register_profile("busy machine", deadline=None)  # a slow moment of the machine is no failure
settings.load_profile("busy machine")
expect.set_options(timeout=20_000)  # milliseconds

ROOT = Path(__file__).parents[1]
CHROMIUM_ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def run_build(*args: str) -> subprocess.CompletedProcess[str]:
    """`python build.py` with these arguments, as a user runs it."""
    return subprocess.run([sys.executable, str(ROOT / "build.py"), *args], capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This dossier, built with search."""
    out = tmp_path_factory.mktemp("site") / "public"
    done = run_build("--out", str(out))
    assert done.returncode == 0, done.stderr
    return out


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the site under a sub-path, where everything must work as it does in the root."""
    parent = site.parent / "served"
    (parent / "deep").mkdir(parents=True)
    (parent / "deep/site").symlink_to(site)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/deep/site/"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium: $CHROMIUM, or the one on the path."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.fail("Chromium is missing: run `make test-setup`, or name one in $CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_ARGS))
        yield browser
        browser.close()
