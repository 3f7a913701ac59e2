"""The repository itself: what lies where, how long files are, and what locks hold."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from dossier.engine.snapshot import read_templates
from dossier.search.scripts import join_scripts

ROOT = Path(__file__).parents[2]
TOP = {
    "dossier", "content", "templates", "seeds", "build.py", "tests", "netlify.toml", "README.md", "CHANGELOG.md", "LICENSE",
    "Makefile", "pyproject.toml", "requirements.in", "requirements.txt", "requirements-dev.in", "requirements-dev.txt",
    "requirements-intake.in", "requirements-intake.txt", "requirements-import.in", "requirements-import.txt", "requirements-lsp.in", "requirements-lsp.txt", "requirements-signatures.in", "requirements-signatures.txt", "docs",
    ".ci", ".gitignore", ".editorconfig", ".pre-commit-config.yaml", ".vscode", "schemas", "starter",
    ".github", "CONTRIBUTING.md", "SECURITY.md",
}  # fmt: skip


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [name for name in listed.split("\0") if name]


def test_the_top_level_holds_only_what_it_should() -> None:
    assert {name.split("/")[0] for name in tracked()} <= TOP


def test_no_file_of_code_is_longer_than_400_lines() -> None:
    code = [n for n in tracked() if n.endswith((".py", ".js", ".css", ".html")) and not n.startswith("content/")]
    long = {name: lines for name in code if (lines := len((ROOT / name).read_text("utf-8").splitlines())) > 400}
    assert not long


def test_locks_hold_hashes_and_no_addresses() -> None:
    for lock in ROOT.glob("requirements*.txt"):
        text = lock.read_text("utf-8")
        packages = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE | re.IGNORECASE)
        assert packages
        assert text.count("--hash=sha256:") >= len(packages)
        assert "://" not in text
    assert "resolved" not in (ROOT / "tests/package-lock.json").read_text("utf-8")


def test_nobody_is_told_to_install_a_stranger_s_package_of_our_name() -> None:
    text = re.compile(r"install ['\"]?dossier\b")
    told = [
        name
        for name in tracked()
        if not name.startswith("tests/") and text.search((ROOT / name).read_text("utf-8", "replace"))
    ]
    assert not told


def test_nothing_is_installed_beside_the_locks() -> None:
    # Without --no-deps pip looks for extras among the newest releases, and refuses what no hash is known of: it fails one day.
    installs = [
        line
        for name in ("Makefile", "netlify.toml", "docs/offline.md")
        for line in (ROOT / name).read_text("utf-8").splitlines()
        if "requirements" in line and re.search(r"pip .*(install|download)", line)
    ]
    assert len(installs) >= 7
    assert not [line for line in installs if "--require-hashes --no-deps " not in line]


def test_no_file_names_the_host_of_a_package_registry() -> None:
    host = re.compile(r"(?:pypi|npmjs|pythonhosted|artifactory|devpi)[.][a-z]", re.IGNORECASE)
    texts = {name: (ROOT / name).read_text("utf-8", errors="ignore") for name in tracked() if (ROOT / name).is_file()}
    assert not [name for name, text in texts.items() if host.search(text)]


def test_no_template_holds_a_style_attribute() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        assert " style=" not in path.read_text("utf-8"), path


def test_what_loads_with_every_page_is_at_most_one_kilobyte() -> None:
    assert len(join_scripts(read_templates(ROOT / "templates"))["assets/loader.js"]) <= 1024
