"""Which dossier a command is about, where options may stand, and what is loaded only when it is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import dossier
from dossier.commands.cli import commands, refuse_windows
from dossier.commands.options import OptionsAnywhere, nearest_dossier, root_option, url_option
from dossier.commands.templates import find_folder
from dossier.errors import MachineError, WrongUse
from tests.conftest import ROOT

# What the answer to --help and --version may load of this package and of others that were installed.
LIGHT = {"dossier", "dossier.commands", "dossier.commands.arabic", "dossier.commands.speech", "dossier.commands.cli", "dossier.commands.cli_beginning", "dossier.commands.cli_desk", "dossier.commands.cli_signing", "dossier.commands.last_words", "dossier.commands.options", "dossier.content", "dossier.content.paths", "dossier.errors"}  # fmt: skip


@click.group(cls=OptionsAnywhere)
@click.version_option("1.2", message="%(version)s")
def echoing() -> None:
    """Commands that say what they were given."""


@echoing.command()
@root_option
@url_option
@click.option("--out")
@click.option("--no-search", is_flag=True)
def build(root: Path, url: str | None, out: str | None, no_search: bool) -> None:
    click.echo(f"build {root.name} {url or out} {no_search}")


@echoing.command()
@click.argument("word")
@root_option
def check(word: str, root: Path) -> None:
    click.echo(f"check {word} {root.name}")


def found_dossier(folder: Path) -> Path:
    (folder / "content").mkdir(parents=True)
    (folder / "content/dossier.yaml").write_text("title: ملف\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ("--root d check word", "check word d"),
        ("--root=d check word", "check word d"),
        ("check word --root d", "check word d"),
        ("check --root d word", "check word d"),
        ("--root d", "build d None False"),
        ("--no-search --root d --url https://u", "build d https://u True"),
        ("--no-search --url https://u build --root d", "build d https://u True"),
        ("--out build --root d", "build d build False"),
        ("--version", "1.2"),
        ("--root d --version check", "1.2"),
    ],
)
def test_options_stand_before_or_after_the_command(
    args: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found_dossier(tmp_path / "d")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(echoing, args.split())
    assert (done.exit_code, done.stdout) == (0, f"{said}\n")


@pytest.mark.parametrize(
    ("args", "usage"), [("--help", "COMMAND"), ("--help check", "check"), ("--url u --help", "build")]
)
def test_help_is_of_the_command_that_is_meant(args: str, usage: str) -> None:
    done = CliRunner().invoke(echoing, args.split())
    assert done.exit_code == 0
    assert usage in done.stdout.splitlines()[0]


@pytest.mark.parametrize("args", ["--nonsense", "--nonsense check word", "chekc", "--root d chekc", "--url"])
def test_what_is_not_known_is_wrong_use(args: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found_dossier(tmp_path / "d")
    monkeypatch.chdir(tmp_path / "d")
    assert CliRunner().invoke(echoing, args.split()).exit_code == 2


def test_the_dossier_is_the_nearest_upward_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outer, inner = found_dossier(tmp_path / "outer"), found_dossier(tmp_path / "outer/inner")
    (inner / "seeds/deep").mkdir(parents=True)
    assert nearest_dossier(inner / "seeds/deep") == inner
    assert nearest_dossier(outer / "content") == outer
    monkeypatch.chdir(inner / "seeds/deep")
    done = CliRunner().invoke(echoing, ["check", "word"])
    assert (done.stdout, done.stderr) == ("check word inner\n", f"the dossier in {inner}\n")
    monkeypatch.chdir(inner)
    assert CliRunner().invoke(echoing, ["check", "word"]).stderr == ""


def test_build_py_means_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found_dossier(tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    done = CliRunner().invoke(echoing, ["check", "word"], obj=tmp_path)
    assert (done.stdout, done.stderr) == (f"check word {tmp_path.name}\n", f"the dossier in {tmp_path}\n")


def test_where_no_dossier_is_it_says_what_one_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert nearest_dossier(tmp_path) is None, "this test needs a temporary folder outside of any dossier"
    monkeypatch.chdir(tmp_path)
    for command in (["check"], ["build"], ["new", "report", "a"], ["archive"], ["serve"], ["intake", "a.txt"]):
        error = CliRunner().invoke(commands, command).exception
        assert isinstance(error, WrongUse), command
        assert str(tmp_path) in str(error)
        assert "`dossier new dossier DIR` begins one" in str(error)


def test_a_folder_that_is_gone_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    os.rmdir(tmp_path / "gone")
    error = CliRunner().invoke(commands, ["check"]).exception
    assert isinstance(error, WrongUse)
    assert "no longer there" in str(error)


def loaded_by(code: str, *args: str) -> set[str]:
    """The modules that are loaded when Python ends after this code."""
    watching = f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {code}"
    done = subprocess.run([sys.executable, "-c", watching, *args], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_click_msgspec_and_nothing_heavy(option: str) -> None:
    always = loaded_by("pass")  # a coverage that watches, say
    loaded = loaded_by("from dossier.commands.cli import main; main()", option) - always
    installed = {name for name in loaded if name.split(".")[0] not in sys.stdlib_module_names}
    assert {name for name in installed if name.split(".")[0] == "dossier"} <= LIGHT
    assert {name.split(".")[0] for name in installed} == {"click", "dossier", "msgspec", "typing_extensions"}
    assert not loaded & {"asyncio", "multiprocessing", "http", "unittest"}


def test_the_version_is_told() -> None:
    command = [sys.executable, "-m", "dossier", "--version"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"dossier {dossier.__version__}\n"


def test_windows_is_refused_in_a_sentence() -> None:
    refuse_windows("linux")
    refuse_windows("darwin")
    with pytest.raises(MachineError, match="not on Windows"):
        refuse_windows("win32")


def test_templates_are_found_inside_the_package_or_beside_it(tmp_path: Path) -> None:
    assert find_folder("templates") == ROOT / "templates"
    (tmp_path / "dossier/_templates").mkdir(parents=True)
    assert find_folder("templates", tmp_path / "dossier") == tmp_path / "dossier/_templates"
