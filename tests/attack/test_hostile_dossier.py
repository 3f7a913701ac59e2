"""A dossier that was cloned is data: whatever it brings, building, checking, packing and serving it runs nothing of it."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError
from msgspec import Struct

from dossier.commands import trust
from dossier.commands.commit_time import commit_time
from dossier.commands.trust import decide, is_trusted, remember
from dossier.engine.snapshot import INPUTS
from dossier.pages.render import make_environment
from tests.conftest import ROOT

from . import write_dossier

BUILD = str(ROOT / "build.py")
SOURCE = "from pathlib import Path; Path({witness!r}).mkdir(parents=True, exist_ok=True); (Path({witness!r}) / {name!r}).write_text('ran')\n"
MODULES = (
    "conftest.py",
    "sitecustomize.py",
    "usercustomize.py",
    "click.py",
    "yaml.py",
    "jinja2/__init__.py",
    "dossier/__init__.py",
    "pagefind.py",
    "pagefind_bin/__init__.py",
    "pagefind_bin/__main__.py",
    "build.py",
    "content/conftest.py",
    "templates/extensions.py",
    "seeds/encodings.py",
)
TEMPLATES: Mapping[str, str] = {
    "pages/home.html": "{{ cycler.__init__.__globals__.os.system('COMMAND') }}",
    "pages/report.html": "{{ view.__class__.__mro__[1].__subclasses__() }}",
    "pages/actor.html": "{{ ''.format.__globals__ }}{{ lipsum.__globals__['os'].popen('COMMAND').read() }}",
    "assets/loader.js": "fetch('https://example.org/')",
}


class Runs:
    """Pickled, it runs a command when it is read."""

    def __init__(self, command: str) -> None:
        self._command = command

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, (self._command,)


@pytest.fixture
def hostile(tmp_path: Path) -> tuple[Path, Path]:
    """A dossier that tries everything, and the folder where each thing that ran leaves a file."""
    witness = tmp_path / "witness"
    root = write_dossier(tmp_path / "root")
    for name in MODULES:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SOURCE.format(witness=str(witness), name=name.replace("/", "-")))
    for name, text in TEMPLATES.items():
        path = root / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("COMMAND", f"mkdir -p {witness}/template"))
    (root / "x.pth").write_text(f"import os; os.makedirs({str(witness / 'pth')!r})\n")
    (root / "pyvenv.cfg").write_text("home = .\n")
    (root / "python311._pth").write_text(".\nimport site\n")
    (root / "PYTHONSTARTUP").write_text(SOURCE.format(witness=str(witness), name="startup"))
    (root / ".env").write_text("PYTHONPATH=.\nPYTHONSTARTUP=PYTHONSTARTUP\n")
    (root / "pyproject.toml").write_text('[project.entry-points."dossier"]\nrun = "conftest"\n')
    (root / "pagefind.toml").write_text("site = '/'\n")
    (root / ".cache").mkdir()
    for name in ("memo", "memo.pickle"):
        (root / ".cache" / name).write_bytes(pickle.dumps(Runs(f"mkdir -p {witness}/pickle")))
    script(root / "pagefind", witness)
    script(root / "git", witness)
    return root, witness


def script(path: Path, witness: Path) -> Path:
    """A program that leaves a file."""
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\nmkdir -p {witness}/{path.name}\ncat >/dev/null\nexit 0\n")
    path.chmod(0o755)
    return path


def run(root: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """A command as somebody runs it who stands in the dossier's folder."""
    return subprocess.run([sys.executable, BUILD, *args], cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", ["build", "archive", "check"])
def test_no_command_runs_anything_of_a_dossier(command: str, hostile: tuple[Path, Path]) -> None:
    root, witness = hostile
    (root / "pagefind").unlink()  # it stands in the way of the module that is tried first
    (root / "pagefind").mkdir()
    for name in ("__init__.py", "__main__.py"):
        (root / "pagefind" / name).write_text(SOURCE.format(witness=str(witness), name="pagefind"))
    done = run(root, command, "--root", ".")
    assert done.returncode == 0, done.stderr
    assert not witness.exists(), list(witness.iterdir())


def test_the_preview_runs_nothing_of_a_dossier(hostile: tuple[Path, Path]) -> None:
    root, witness = hostile
    arguments = [sys.executable, BUILD, "serve", "--root", ".", "--port", "0"]
    with subprocess.Popen(
        arguments, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "search indexed" in line:
                break
        process.terminate()
    assert not witness.exists(), list(witness.iterdir())


def test_templates_of_a_dossier_are_left_out_and_said(hostile: tuple[Path, Path]) -> None:
    root, _ = hostile
    done = run(root, "build", "--root", ".")
    assert "templates/ of this dossier is left out" in done.stderr
    assert "example.org" not in (root / "public/assets/loader.js").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(name for name in TEMPLATES if name.endswith(".html")))
def test_trusted_templates_run_in_a_sandbox(name: str, hostile: tuple[Path, Path]) -> None:
    root, witness = hostile
    for other in TEMPLATES:
        if other != name:
            (root / "templates" / other).unlink()
    done = run(root, "build", "--root", ".", "--trust-templates", "--no-search")
    assert done.returncode == 1
    assert f"templates/{name}:1:1: error: template: access to attribute '__" in done.stderr
    assert not witness.exists()


class View(Struct, frozen=True):
    """What a template is given: a list that is not its own, and a field that is nobody's business."""

    names: list[str]
    _private: str = "x"


@pytest.mark.parametrize("text", ["{{ view.names.append('x') }}", "{{ view.names.clear() }}", "{{ view._private }}"])
def test_templates_neither_change_values_nor_see_private_fields(text: str) -> None:
    view = View(["ali"])
    template = make_environment({"page.html": text.encode()}).get_template("page.html")
    with pytest.raises(SecurityError):
        template.render(view=view)
    assert view.names == ["ali"]


def test_a_yes_is_kept_outside_the_folder_and_for_that_folder_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(trust.CONFIG, str(tmp_path / "config"))
    root, other = write_dossier(tmp_path / "a"), write_dossier(tmp_path / "b")
    for folder in (root, other):
        (folder / "templates").mkdir()
    assert decide(root, ROOT / "templates", flag=False, ask=lambda _: False).note
    assert not is_trusted(root)
    assert decide(root, ROOT / "templates", flag=False, ask=lambda _: True).folders == INPUTS
    assert decide(root, ROOT / "templates", flag=False, ask=lambda _: False).folders == INPUTS
    assert is_trusted(root) and not is_trusted(other)


def test_a_yes_that_comes_with_the_dossier_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_dossier(tmp_path)
    monkeypatch.setenv(trust.CONFIG, str(tmp_path.parent / "away"))
    assert remember(root)
    [kept] = (tmp_path.parent / "away/trusted").iterdir()
    (root / "config/trusted").mkdir(parents=True)
    kept.rename(root / "config/trusted" / kept.name)
    monkeypatch.setenv(trust.CONFIG, str(root / "config"))
    assert not is_trusted(root)
    assert not remember(root)


def test_a_yes_of_another_user_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(trust.CONFIG, str(tmp_path / "config"))
    root = write_dossier(tmp_path / "root")
    assert remember(root) and is_trusted(root)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert not is_trusted(root)


def test_the_generators_own_templates_are_no_strangers() -> None:
    assert decide(ROOT, ROOT / "templates", flag=False, ask=lambda _: pytest.fail("asked")).folders == INPUTS


def git(folder: Path, *args: str, data: str = "") -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(folder), *args],
        input=data, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> tuple[Path, Path]:
    """A dossier under git whose last commit claims to be signed, and the folder where programs that ran leave a file."""
    root = write_dossier(tmp_path / "root")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "x")
    commit = git(root, "cat-file", "commit", "HEAD")
    commit = re.sub(r"(committer .*> )\d+", r"\g<1>1500000000", commit)
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----"
    signed = commit.replace("\n\n", f"\n{signature}\n\n", 1) + "\n"
    git(root, "update-ref", "HEAD", git(root, "hash-object", "-t", "commit", "-w", "--stdin", data=signed))
    return root, tmp_path / "witness"


def test_the_commits_time_is_found(repository: tuple[Path, Path]) -> None:
    assert commit_time(repository[0]) == 1500000000
    assert commit_time(repository[0] / "content") == 1500000000


CONFIGURED = (
    "log.showSignature true",
    "gpg.program PROGRAM",
    "gpg.ssh.program PROGRAM",
    "core.pager PROGRAM",
    "pager.log PROGRAM",
    "pager.cat-file PROGRAM",
    "core.fsmonitor PROGRAM",
    "core.editor PROGRAM",
    "core.sshCommand PROGRAM",
    "core.gitProxy PROGRAM",
    "core.alternateRefsCommand PROGRAM",
    "diff.external PROGRAM",
    "credential.helper PROGRAM",
    "alias.log !PROGRAM",
    "alias.cat-file !PROGRAM",
    "protocol.ext.allow always",
    "protocol.allow always",
)


def test_a_repositorys_configuration_runs_nothing(repository: tuple[Path, Path], tmp_path: Path) -> None:
    root, witness = repository
    program = str(script(tmp_path / "program", witness))
    for line in CONFIGURED:
        name, value = line.split(" ", 1)
        git(root, "config", name, value.replace("PROGRAM", program))
    for hook in ("post-checkout", "pre-auto-gc", "fsmonitor-watchman", "reference-transaction"):
        script(root / ".git/hooks" / hook, witness)
    assert commit_time(root) == 1500000000
    assert not witness.exists(), list(witness.iterdir())


def test_a_commit_that_is_missing_is_not_fetched(repository: tuple[Path, Path], tmp_path: Path) -> None:
    """A partial clone asks its remote for what it lacks; the remote's address may be a program."""
    root, witness = repository
    program = script(tmp_path / "program", witness)
    for name, value in (
        ("core.repositoryFormatVersion", "1"), ("extensions.partialClone", "origin"), ("protocol.ext.allow", "always"),
        ("remote.origin.url", f"ext::{program} %S"), ("remote.origin.promisor", "true"),
    ):  # fmt: skip
        git(root, "config", name, value)
    commit = git(root, "rev-parse", "HEAD")
    (root / f".git/objects/{commit[:2]}/{commit[2:]}").unlink()
    assert commit_time(root) is None
    assert not witness.exists()


def test_a_bare_repository_inside_a_dossier_is_not_asked(tmp_path: Path) -> None:
    root = write_dossier(tmp_path / "clone/root")
    git(tmp_path / "clone", "init", "-q")
    git(tmp_path, "init", "-q", "--bare", str(root / "x"))
    tree = git(root / "x", "hash-object", "-t", "tree", "-w", "--stdin")
    git(root / "x", "update-ref", "HEAD", git(root / "x", "commit-tree", tree, "-m", "it has a time of its own"))
    for path in (root / "x").iterdir():
        path.rename(root / path.name)
    script(tmp_path / "program", tmp_path / "witness")
    git(root, "config", "--file", "config", "core.fsmonitor", str(tmp_path / "program"))
    assert commit_time(root) is None
    assert not (tmp_path / "witness").exists()


def test_a_configuration_that_never_ends_is_given_up(
    repository: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, _ = repository
    os.mkfifo(root / ".git/pipe")
    (root / ".git/config").write_text("[core]\n\trepositoryformatversion = 0\n[include]\n\tpath = pipe\n")
    monkeypatch.setattr("dossier.commands.commit_time.PATIENCE", 1.0)
    assert commit_time(root) is None


def test_a_git_in_the_dossiers_folder_is_not_run(
    repository: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, witness = repository
    script(root / "git", witness)
    monkeypatch.chdir(root)
    monkeypatch.setenv("PATH", f".:{os.environ['PATH']}")
    commit_time(root)
    assert not witness.exists()
