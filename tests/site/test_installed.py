"""The package as a stranger installs it: a wheel in an environment of its own, away from the repository."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from dossier import __version__
from tests.conftest import ROOT
from tests.site.test_cli import make_dossier

PATIENCE = 300  # seconds after which a command that hangs is ended

pytestmark = pytest.mark.long


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that sees nothing of the repository."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, timeout=PATIENCE, check=False)


def must(*command: str | Path, cwd: Path) -> str:
    """Run a command that has to succeed, and return what it printed."""
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that is made of it."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.fail("hatchling is missing, which builds the wheel: run `make test-setup`")
    folder = tmp_path_factory.mktemp("packages")
    must(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as sdist:
        sdist.extractall(folder, filter="data")
    source = folder / f"dossier-{__version__}"
    must(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=source)
    return folder


@pytest.fixture(scope="module")
def installed(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin/` of a fresh environment with the wheel; what it depends on is borrowed from this one, so that no network is needed."""
    folder = tmp_path_factory.mktemp("environment")
    must(sys.executable, "-m", "venv", folder, cwd=folder)
    python = folder / "bin/python"
    must(python, "-m", "pip", "install", "--no-index", "--no-deps", next(packages.glob("*.whl")), cwd=folder)
    site_packages = must(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    (Path(site_packages) / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    must(python, "-m", "pip", "check", cwd=folder)
    return folder / "bin"


def test_the_wheel_holds_all_that_the_package_reads(packages: Path) -> None:
    names = set(zipfile.ZipFile(next(packages.glob("*.whl"))).namelist())
    for folder, inside in (
        ("templates", "_templates"),
        ("schemas", "_schemas"),
        ("starter", "_starter"),
        ("dossier", ""),
    ):
        here = {p.relative_to(ROOT / folder) for p in (ROOT / folder).rglob("*") if p.is_file()}
        kept = {p for p in here if p.suffix != ".pyc"}
        assert {(Path("dossier") / inside / p).as_posix() for p in kept} <= names
    assert "dossier/py.typed" in names


def test_packages_hold_no_dossier_and_no_tests(packages: Path) -> None:
    with tarfile.open(next(packages.glob("*.tar.gz"))) as sdist:
        in_sdist = {name.split("/", 1)[1] for name in sdist.getnames()}
    assert "dossier/commands/cli.py" in in_sdist
    in_wheel = zipfile.ZipFile(next(packages.glob("*.whl"))).namelist()
    assert not [name for name in (*in_sdist, *in_wheel) if name.startswith(("content/", "seeds/", "tests/", "public/"))]


def test_help_and_version_work_from_anywhere(installed: Path, tmp_path: Path) -> None:
    assert "Usage: dossier " in must(installed / "dossier", "--help", cwd=tmp_path)
    assert must(installed / "dossier", "--version", cwd=tmp_path) == f"dossier {__version__}\n"
    assert must(installed / "python", "-m", "dossier", "--version", cwd=tmp_path) == f"dossier {__version__}\n"
    where = must(installed / "python", "-c", "import dossier; print(dossier.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_a_dossier_elsewhere_is_built_as_the_repository_builds_it(installed: Path, tmp_path: Path) -> None:
    root, elsewhere = make_dossier(tmp_path / "d"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    must(installed / "dossier", "build", "--root", root, cwd=elsewhere)
    must(sys.executable, ROOT / "build.py", "--root", root, "--out", tmp_path / "ours", cwd=elsewhere)
    built = {p.relative_to(root / "public"): p.read_bytes() for p in (root / "public").rglob("*") if p.is_file()}
    ours = {p.relative_to(tmp_path / "ours"): p.read_bytes() for p in (tmp_path / "ours").rglob("*") if p.is_file()}
    assert len(built) > 20
    assert built == ours
    assert list(elsewhere.iterdir()) == []


def test_check_in_a_subfolder_is_of_the_dossier_around_it(installed: Path, tmp_path: Path) -> None:
    root = make_dossier(tmp_path / "d", **{"content/reports/two.md": "---\ntitle: ثان\nseed: none.txt\n---\n"})
    done = run(installed / "dossier", "check", cwd=root / "content/reports")
    assert done.returncode == 1
    assert done.stderr.startswith(f"the dossier in {root}\ncontent/reports/two.md:3:7: error:")


def test_away_from_every_dossier_it_is_wrong_use(installed: Path, tmp_path: Path) -> None:
    done = run(installed / "dossier", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: no dossier here: neither {tmp_path} nor a folder above it holds")
    assert list(tmp_path.iterdir()) == []
