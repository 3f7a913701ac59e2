"""Define the command that begins files, and whole dossiers."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from dossier.commands.options import find_root, named_root_option
from dossier.commands.speech import say


def today() -> str:
    """Return the day where the editor is, as YYYY-MM-DD."""
    return datetime.date.today().isoformat()


@click.command()
@click.argument("kind", type=click.Choice(["dossier", "report", "actor", "event", "page", "place"]))
@click.argument("name", metavar="NAME")
@named_root_option
@click.pass_context
def new(context: click.Context, kind: str, name: str, root: Path | None) -> None:
    """Begin a file with every field explained, or a whole dossier. Overwrite nothing.

    NAME is the id of a report, actor, event or page, the name of a place, or the folder of a new dossier.
    """
    from dossier.commands.new import add_place, begin_entry
    from dossier.commands.starting import begin_whole_dossier

    if kind == "dossier":
        lines = begin_whole_dossier(root / name if root else Path(name))
    elif kind == "place":
        lines = add_place(find_root(context, root), name)
    else:
        lines = begin_entry(find_root(context, root), kind, name, today=today())
    for line in lines:
        say(line)
