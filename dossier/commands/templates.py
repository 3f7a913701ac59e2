"""Where the project's own templates lie, and the files that a new dossier begins with."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def find_folder(name: str, package: Path = PACKAGE) -> Path:
    """Return one of the project's folders: inside the package where it was installed, beside it in the repository."""
    installed = package / f"_{name}"
    return installed if installed.is_dir() else package.parent / name


TEMPLATES = find_folder("templates")
STARTER = find_folder("starter")
