"""The commands. Only this module prints, reads the clock for people, and ends the process.

Exit status: 0 all is well, 1 the content has problems, 2 wrong use, 3 the machine failed.
"""

from __future__ import annotations

import datetime
import sys
import time
from pathlib import Path

import click

from dossier.errors import ContentError, MachineError, Problem, WrongUse

PROJECT = Path(__file__).resolve().parent.parent
EXIT_CONTENT, EXIT_USE, EXIT_MACHINE = 1, 2, 3

root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=PROJECT,
    show_default="the folder of build.py",
    help="A folder with content/ and seeds/.",
)
url_option = click.option("--url", help="Where the site will be published; overrides dossier.yaml.")


class DefaultsToBuild(click.Group):
    """A group of commands in which none named means `build`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Puts `build` before options that stand alone."""
        if not args or (args[0].startswith("-") and args[0] != "--help"):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(cls=DefaultsToBuild, context_settings={"help_option_names": ["--help"]})
def commands() -> None:
    """Publishes a briefing dossier in Arabic: `build` where no command is named."""


@commands.command()
@root_option
@click.option("--out", type=click.Path(path_type=Path), help="Output folder; public/ under the root unless named.")
@click.option(
    "--originals",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with captured articles to take up, matched by SHA-256.",
)
@url_option
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
def build(root: Path, out: Path | None, originals: Path | None, url: str | None, no_search: bool) -> None:
    """Builds the site into a folder, which is replaced whole or not at all."""
    from dossier.building import build_site  # only what a command needs is imported: it takes long
    from dossier.reporting import progress, show_problems

    begun = time.monotonic()
    target = out or root / "public"
    with progress() as tell:
        built = build_site(root, target, originals=originals, url=url, search=not no_search, tell=tell)
    show_problems(built.warnings, root)
    for note in built.notes:
        click.echo(note, err=True)
    click.echo(f"{target}: {built.reports} reports, {built.files} files in {time.monotonic() - begun:.1f} s")


@commands.command()
@root_option
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How problems are written.")
def check(root: Path, style: str) -> None:
    """Shows all problems of a dossier at once, warnings too."""
    from dossier.building import find_problems
    from dossier.reporting import problems_as_json, show_problems

    problems = find_problems(root)
    if style == "json":
        click.echo(problems_as_json(problems))
    else:
        show_problems(problems, root)
        click.echo(count_problems(problems))
    if any(problem.severity == "error" for problem in problems):
        sys.exit(EXIT_CONTENT)


def count_problems(problems: tuple[Problem, ...]) -> str:
    """`no problems`, or how many errors and warnings."""
    errors = sum(problem.severity == "error" for problem in problems)
    if not problems:
        return "no problems"
    return f"{errors} errors, {len(problems) - errors} warnings"


@commands.command()
@click.argument("kind", type=click.Choice(["report", "actor", "event"]))
@click.argument("identity", metavar="ID")
@root_option
def new(kind: str, identity: str, root: Path) -> None:
    """Begins a report, an actor or an event: a file with every field explained. Overwrites nothing."""
    from dossier.beginning import begin_entry

    for line in begin_entry(root, kind, identity, today=today()):
        click.echo(line)


@commands.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--id", "identity", help="The report's id, for a single file; else it is guessed from the file's name.")
@root_option
def intake(files: tuple[Path, ...], identity: str | None, root: Path) -> None:
    """Takes in raw articles: keeps each as an original and a seed, and begins its report. Overwrites nothing."""
    from dossier.intake import take_in

    refused = False
    for taken in take_in(root, files, identity=identity, today=today()):
        refused |= taken.refused
        click.echo(f"{taken.file}: {'not taken in' if taken.refused else 'taken in'}", err=taken.refused)
        for line in taken.lines:
            click.echo(f"  {line}", err=taken.refused)
    if refused:
        sys.exit(EXIT_USE)


def today() -> str:
    """The day where the editor is, as year-month-day."""
    return datetime.date.today().isoformat()


def main() -> None:
    """Runs a command and ends the process with its status."""
    from dossier.reporting import show_problems

    try:
        commands()
    except ContentError as error:
        show_problems(error.problems, None)
        click.echo(f"{count_problems(error.problems)}; nothing was written", err=True)
        sys.exit(EXIT_CONTENT)
    except WrongUse as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(EXIT_USE)
    except MachineError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(EXIT_MACHINE)
