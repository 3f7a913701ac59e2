"""What pyproject.toml says of the package, beside what is locked and what the README promises."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from dossier.content.front_matter import PARSERS
from dossier.content.model import Report
from tests.conftest import ROOT
from tests.screenshot import MAX_BYTES, PICTURE

README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = {
    name: version
    for lock in ROOT.glob("requirements*.txt")
    for name, version in re.findall(r"^([a-z0-9.-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE)
}
EXTRAS = {name: [Requirement(line) for line in lines] for name, lines in PROJECT["optional-dependencies"].items()}
DEPENDENCIES = [Requirement(line) for line in PROJECT["dependencies"]]
PYTHONS = [c.rsplit(" ", 1)[1] for c in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", c)]


def test_the_package_depends_on_what_the_lock_is_made_from() -> None:
    assert [d.name for d in DEPENDENCIES] == (ROOT / "requirements.in").read_text("utf-8").split()


@pytest.mark.parametrize("name", EXTRAS)
def test_extras_need_what_their_lock_is_made_from(name: str) -> None:
    needed = ["-c requirements.txt", *(extra.name for extra in EXTRAS[name])]
    assert needed == (ROOT / f"requirements-{name}.in").read_text().splitlines()


@pytest.mark.parametrize(
    "dependency", [*DEPENDENCIES, *(extra for extras in EXTRAS.values() for extra in extras)], ids=lambda d: d.name
)
def test_every_range_begins_with_what_is_locked_and_ends(dependency: Requirement) -> None:
    locked = Version(LOCK[canonicalize_name(dependency.name)])
    assert locked in dependency.specifier
    bounds = {s.operator: Version(s.version) for s in dependency.specifier}
    assert set(bounds) == {">=", "<"}
    assert bounds[">="] <= locked < bounds["<"]
    assert bounds[">="].release[:2] == locked.release[:2], "older releases were never tried"


def test_readme_and_workflow_name_the_same_pythons() -> None:
    assert PYTHONS == ["3.11", "3.12", "3.13"]
    assert PROJECT["requires-python"] == f">={PYTHONS[0]}"
    jobs = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text("utf-8"))["jobs"]
    assert jobs["quick"]["strategy"]["matrix"]["python"] == PYTHONS
    assert f"Python {PYTHONS[0]} to {PYTHONS[-1]}, on Linux and macOS" in README


def test_the_report_that_the_readme_shows_is_in_order() -> None:
    shown = re.findall(r"^```yaml\n# (content/reports/\S+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert len(shown) == 1
    path, text = shown[0]
    value, problems = PARSERS["reports"](path, f"---\n{text}---\n".encode())
    assert problems == ()
    assert isinstance(value, Report)
    assert [claim.id for claim in value.claims] == ["c1"]


def test_what_documents_link_to_is_there() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", re.sub("`[^`]*`", "", document.read_text("utf-8"))):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_picture_of_the_readme_is_small() -> None:
    assert 10_000 < len(PICTURE.read_bytes()) <= MAX_BYTES


def test_the_workflow_runs_targets_and_folders_that_exist() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text("utf-8"))["jobs"]
    commands = " && ".join(step["run"] for job in jobs.values() for step in job["steps"] if "run" in step)
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    used = {word for line in re.findall(r"make ([a-z ]+)", commands) for word in line.split() if word != "git"}
    assert {"lint", "types", "site", "test"} <= used & set(targets)
    assert (ROOT / re.findall(r"pytest (\S+)", commands)[0]).is_dir()
