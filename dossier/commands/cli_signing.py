"""Define the commands that make keys and sign, and what they and `archive` ask of people and of the clock."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from dossier.commands.options import FILE, check_day, with_a_name
from dossier.commands.speech import say
from dossier.errors import WrongUse


def source_date(root: Path) -> int:
    """Return the time that an archive bears, in seconds since 1970: of SOURCE_DATE_EPOCH, of the last commit, or 1980.

    Raise UsageError where SOURCE_DATE_EPOCH is no plain number.
    """
    from dossier.commands.archive import EARLIEST
    from dossier.commands.commit_time import commit_time

    given = given_date()
    return (commit_time(root) or EARLIEST) if given is None else max(given, EARLIEST)


def signing_date() -> int:
    """Return when something is signed, in seconds since 1970: SOURCE_DATE_EPOCH, or now."""
    given = given_date()
    return int(time.time()) if given is None else given


def given_date() -> int | None:
    """Return what SOURCE_DATE_EPOCH says, None where it is not set. Raise UsageError where it is no plain number."""
    from dossier.commands.archive import LATEST

    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return None
    if not given.isascii() or not given.isdigit() or int(given[:20]) > LATEST:
        raise click.UsageError(
            f"SOURCE_DATE_EPOCH is {given[:40]!r}: give seconds since 1970, up to 2107, as a plain number"
        )
    return int(given)


def ask_password() -> str:
    """Ask in a terminal for the password of a secret key."""
    if not (sys.stdin and sys.stdin.isatty()):
        raise WrongUse("the secret key has a password, which is asked for in a terminal, and there is none here")
    password: str = click.prompt("Password of the secret key", hide_input=True, err=True)
    return password


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--until", callback=check_day, help="The last day on which the key may sign, YYYY-MM-DD.")
@click.option("--no-password", is_flag=True, help="Leave the key open to whoever has the file.")
def keygen(file: Path, until: str | None, no_password: bool) -> None:
    """Make a key that signs: FILE, which stays secret, and FILE.pub, which everybody may have. Overwrite nothing."""
    from dossier.commands.signing import make_keys, refuse_within_dossier

    refuse_within_dossier(file)
    if not no_password and not (sys.stdin and sys.stdin.isatty()):
        raise WrongUse("a password is asked for in a terminal, and there is none here: give --no-password")
    password: str = "" if no_password else click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    line, public = make_keys(file, until, password)
    say(f"{file}: keep it secret, and a copy of it where fire and thieves do not come\n{public}: give it away")
    say(f"in content/dossier.yaml:\nkeys:\n  - key: {line}" + (f'\n    until: "{until}"' if until else ""))


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True), callback=with_a_name)
@click.option("--key", "key_file", type=FILE, required=True, help="The secret key.")
def sign(path: Path, key_file: Path) -> None:
    """Sign a file, or a published folder by its manifest: PATH.minisig, as minisign checks it."""
    from dossier.commands.signing import open_key, sign_copy

    say(f"signed: {sign_copy(path, open_key(key_file, ask_password), signing_date())}")
