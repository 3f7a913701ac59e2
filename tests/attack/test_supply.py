"""What is installed and what is shipped: locked by hashes, wheels only, nothing under a licence that binds the site, every notice given."""

from __future__ import annotations

import re
from email.parser import HeaderParser
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.conftest import ROOT

from .python_floor import FLOORS, advice

LOCKED = re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
BINDING = re.compile(r"\b(?:A?GPL|GNU (?:Affero )?General Public)", re.IGNORECASE)


@pytest.mark.parametrize("file", ["Makefile", "netlify.toml"])
def test_every_install_is_of_wheels_with_hashes(file: str) -> None:
    lines = [line for line in (ROOT / file).read_text("utf-8").splitlines() if "pip install" in line]
    locked = [line for line in lines if "requirements" in line and "pip-audit" not in line]
    assert locked
    for line in locked:
        assert "--only-binary :all:" in line and "--require-hashes" in line and "--no-deps" in line
        exempt = re.findall(r"--no-binary (\S+)", line)
        assert exempt == (["bagit,mozprofile"] if "requirements-dev.txt" in line else [])


@pytest.mark.parametrize("name", LOCKED)
def test_no_package_is_under_a_licence_that_would_bind_the_whole(name: str) -> None:
    data = HeaderParser().parsestr(distribution(name).read_text("METADATA") or "")
    said = [data["License-Expression"] or "", (data["License"] or "")[:200], *data.get_all("Classifier", [])]
    licences = [line for line in said if "icen" in line or line in said[:2]]
    assert not any(BINDING.search(line) and "LGPL" not in line for line in licences), licences


def test_every_notice_is_published_and_named_where_readers_look(site: Path) -> None:
    notices = (site / "assets/notices.txt").read_text("utf-8")
    for named in ("the dossier's authors", "CloudCannon", "assets/fonts/OFL.txt", "Permission is hereby granted"):
        assert named in notices
    assert "SIL OPEN FONT LICENSE" in (site / "assets/fonts/OFL.txt").read_text("utf-8").upper()
    assert "assets/notices.txt" in (site / "integrity/index.html").read_text("utf-8")


def test_an_old_python_is_told_of() -> None:
    assert "3.11.10" in advice((3, 11, 7))
    assert not any(advice(floor) for floor in FLOORS.values())
    assert not advice((3, 14, 0))


def test_every_locked_package_is_audited() -> None:
    pinned = {
        path.name: set(re.findall(r"^([A-Za-z0-9._-]+==\S+)", path.read_text("utf-8"), re.MULTILINE))
        for path in ROOT.glob("requirements*.txt")
    }
    audit = (ROOT / "Makefile").read_text("utf-8").partition("\naudit:")[2].partition("\n\n")[0]
    audited = set().union(*(pinned[name] for name in re.findall(r"pip-audit .* -r (\S+)", audit)))
    assert set().union(*pinned.values()) <= audited
    assert "npm audit --prefix tests" in audit and "python_floor" in audit
