"""What all tests share: the command as people run it, an example dossier built once, and which tests need a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["DOSSIER_CACHE"] = tempfile.mkdtemp(prefix="dossier-kept-")  # not the user's own
os.environ["LC_ALL"] = "C.UTF-8"  # tests read English messages
settings.register_profile("busy machine", deadline=None)  # a slow moment of the machine is no failure
settings.register_profile("quick", settings.get_profile("busy machine"), max_examples=20)
settings.load_profile("busy machine")

ROOT = Path(__file__).parents[1]
# Seconds until something that does not come is missed: many times what it takes on a busy machine.
PATIENCE = int(os.environ.get("DOSSIER_PATIENCE", "300"))
PIERS = 24  # more pages than one page of results shows
BROWSERS = {"chromium", "firefox"}  # fixtures
# Folders and files whose tests run whole commands again and again.
LONG = ("attack/", "content/", "serve/test_warm_builds.py", "site/test_unchanged.py", "site/test_signing.py", "site/test_archive.py", "site/test_export_formats.py", "site/test_release.py", "site/test_intake.py")  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser and what takes long: `-m "not browser and not long"` leaves them out."""
    for item in items:
        if BROWSERS & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
        if item.path.relative_to(ROOT / "tests").as_posix().startswith(LONG):
            item.add_marker("long")


def run_build(*args: str) -> subprocess.CompletedProcess[str]:
    """`python build.py` with these arguments, as a user runs it."""
    return subprocess.run([sys.executable, str(ROOT / "build.py"), *args], capture_output=True, text=True, check=False)


def must_build(root: Path, out: Path) -> Path:
    """Build a dossier with search; the folder with its site."""
    done = run_build("--root", str(root), "--out", str(out))
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of an example dossier: `tests/example/`, with pages enough for every list to be parted."""
    root = tmp_path_factory.mktemp("example") / "root"
    shutil.copytree(ROOT / "tests/example", root)
    for number in range(1, PIERS + 1):
        text = (
            f"---\nname: الرصيف رقم {number}\nlatin: Pier No. {number}\nkind: organisation\n---\nتديره هيئة الميناء.\n"
        )
        (root / f"content/actors/pier-{number}.md").write_text(text, "utf-8")
    return root


@pytest.fixture(scope="session")
def site(dossier: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example dossier, built with search."""
    return must_build(dossier, tmp_path_factory.mktemp("site") / "public")
