"""This very dossier, built once. What is asserted here is about its content: an editor's edit may break it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import chromium, served
from tests.conftest import ROOT, must_build

__all__ = ["chromium", "served"]


@pytest.fixture(scope="session")
def dossier() -> Path:
    """The root of this dossier."""
    return ROOT


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This dossier, built with search."""
    return must_build(ROOT, tmp_path_factory.mktemp("site") / "public")
