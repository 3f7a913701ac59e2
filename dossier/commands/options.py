"""The options that several commands share, which may stand before a command's name too, and which dossier is meant."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from dossier.commands.speech import said, say
from dossier.content.paths import SETTINGS
from dossier.errors import WrongUse

NOWHERE = f"""no dossier here: neither {{here}} nor a folder above it holds {SETTINGS}
    go into a dossier, or name one with --root
    `dossier new dossier DIR` begins one in the folder DIR"""


def nearest_dossier(folder: Path) -> Path | None:
    """Return the nearest folder, from this one upward, that holds `content/dossier.yaml`; None where there is none."""
    for candidate in (folder, *folder.parents):
        if os.path.isfile(candidate / SETTINGS):  # unlike Path.is_file it raises nothing where one may not look
            return candidate
    return None


def find_root(context: click.Context, given: Path | None) -> Path:
    """Return the dossier that is meant, and say which where nobody named it and it is not the current folder."""
    if given is not None:
        return given
    here = _current_folder()
    root: Path | None = context.find_root().obj or nearest_dossier(here)
    if root is None:
        raise WrongUse(NOWHERE.format(here=here))
    if root != here:
        say(f"the dossier in {root}", err=True)
    return root


def _find_root(context: click.Context, _: click.Parameter, given: Path | None) -> Path | None:
    return given if context.resilient_parsing else find_root(context, given)


def _current_folder() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        raise WrongUse("the current folder is no longer there: go into another") from error


FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


def with_a_name(_: click.Context, __: click.Parameter, path: Path) -> Path:
    """Return a path whose last part is a name, for files lie beside it: « . » is the folder where one stands."""
    return path if path.name else Path.cwd()


ROOT: dict[str, Any] = {
    "type": click.Path(path_type=Path, exists=True, file_okay=False),
    "show_default": f"the nearest folder upward with {SETTINGS}",
    "help": "The dossier: a folder with content/ and seeds/.",
}
named_root_option = click.option("--root", **ROOT)  # the command itself asks for the dossier, or does without
root_option = click.option("--root", callback=_find_root, **ROOT)
originals_option = click.option(
    "--originals",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with captured articles to take up, matched by SHA-256.",
)


def _check_url(context: click.Context, parameter: click.Parameter, url: str | None) -> str | None:
    """Refuse an address that `url` in dossier.yaml could not be."""
    if url is not None:
        from dossier.content.model import SITE_URL

        if not re.fullmatch(SITE_URL, url):
            raise click.BadParameter(said("give an address like https://example.org/dossier/, without spaces, ? and #"))
    return url


def check_day(context: click.Context, parameter: click.Parameter, day: str | None) -> str | None:
    """Refuse what is no day of the calendar."""
    try:
        if day is not None and datetime.date.fromisoformat(day).isoformat() != day:
            raise ValueError
    except ValueError:
        raise click.BadParameter(said("give a day of the calendar as year-month-day")) from None
    return day


url_option = click.option(
    "--url", callback=_check_url, help="Where the site will be published; overrides dossier.yaml."
)
drafts_option = click.option("--drafts", is_flag=True, help="Take up what is marked as a draft, too.")
trust_option = click.option(
    "--trust-templates", is_flag=True, help="Use templates that the dossier itself brings: they are programs."
)


class OptionsAnywhere(click.Group):
    """A group whose commands' options may stand before the command's name, and in which none named means `build`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command's name before all options but those that the group answers itself."""
        language, args = _take_out("--lang", args)
        place = self._place_of_command(args)
        before, after = args[:place], args[place:]
        if "--version" in before:
            args = ["--version"]
        elif after:
            args = [after[0], *before, *after[1:]]
        elif args != ["--help"]:
            args = ["build", *args]
        return super().parse_args(ctx, [*language, *args])

    def _place_of_command(self, args: list[str]) -> int:
        """Return the place of the first argument that is neither an option nor an option's value; their number where all are."""
        with_value = set(_names_with_value(self.commands.values()))
        place = 0
        while place < len(args) and args[place].startswith("-"):
            place += 2 if args[place] in with_value else 1
        return min(place, len(args))


def _take_out(name: str, args: list[str]) -> tuple[list[str], list[str]]:
    """Return an option with its value, wherever it stands, and all other arguments."""
    for place, arg in enumerate(args):
        if arg == "--":
            break
        if arg == name or arg.startswith(f"{name}="):
            end = place + (2 if arg == name else 1)
            return args[place:end], [*args[:place], *args[end:]]
    return [], args


def _names_with_value(known: Iterable[click.Command]) -> Iterable[str]:
    """Yield the names of all options that take the argument after them."""
    for command in known:
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.is_flag:
                yield from parameter.opts
