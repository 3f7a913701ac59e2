"""Where the project's own templates lie."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def find_templates(package: Path = PACKAGE) -> Path:
    """Return the folder of the project's templates: inside the package where it was installed, beside it in the repository."""
    installed = package / "_templates"
    return installed if installed.is_dir() else package.parent / "templates"


TEMPLATES = find_templates()
