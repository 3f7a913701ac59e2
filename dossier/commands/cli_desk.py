"""Define the commands of a desk: other ids, lists, what is left to do, what changed, and the server for editors."""

from __future__ import annotations

from pathlib import Path

import click

from dossier.commands.options import root_option
from dossier.commands.speech import said, say
from dossier.content.paths import RENAMED
from dossier.errors import MachineError

LISTED = ("actors", "reports", "claims", "events", "places", "pages")


@click.command()
@click.argument("kind", type=click.Choice(RENAMED), required=False)
@click.argument("old", metavar="OLD", required=False)
@click.argument("new", metavar="NEW", required=False)
@click.option("--undo", is_flag=True, help="Put back the files of a change that was broken off half way.")
@root_option
def rename(kind: str | None, old: str | None, new: str | None, undo: bool, root: Path) -> None:
    """Give an actor, a report or an event another id, in every file that names it. Its former address leads to the new one."""
    from dossier.commands.desk.changing import carry_out, put_back
    from dossier.commands.desk.renaming import plan_rename

    if undo:
        say(put_back(root))
        return
    if kind is None or old is None or new is None:
        raise click.UsageError(said("name what is renamed: `dossier rename actor OLD NEW`"))
    for line in carry_out(root, lambda taken: plan_rename(taken, kind, old, new)):
        say(line)


@click.command()
@click.argument("kind", type=click.Choice(["actor"]))
@click.argument("old", metavar="OLD")
@click.argument("into", metavar="INTO")
@root_option
def merge(kind: str, old: str, into: str, root: Path) -> None:
    """Join two actors that are one: OLD goes, INTO takes over its names, and every file names INTO."""
    from dossier.commands.desk.changing import carry_out
    from dossier.commands.desk.merging import plan_merge

    for line in carry_out(root, lambda taken: plan_merge(taken, old, into)):
        say(line)


@click.command("list")
@click.argument("kind", type=click.Choice(LISTED))
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Write a JSON list.")
@root_option
def list_command(kind: str, words: tuple[str, ...], as_json: bool, root: Path) -> None:
    """List ids with the names that people know them by; with WORDS only what answers these, however they are spelt."""
    from dossier.commands.desk import listing

    known, left_out = listing.list_known(root, kind, " ".join(words))
    if as_json:
        click.echo(listing.as_json(known))
    else:
        for line in listing.lines(known):
            click.echo(line)
    if left_out:
        files = f"{left_out} file{'s' * (left_out > 1)}"
        say(f"left out for their errors: {files} (`dossier check` tells them)", err=True)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write a JSON list.")
@root_option
def todo(as_json: bool, root: Path) -> None:
    """Say what is still to do: what nobody graded, dated, digested or tied to an event, and what one origin carries."""
    from dossier.commands.desk import remaining

    tasks = remaining.find_tasks(root)
    for line in [remaining.as_json(tasks)] if as_json else map(said, remaining.lines(tasks)):
        click.echo(line)


@click.command()
@click.argument("old", type=click.Path(path_type=Path, exists=True))
@click.argument("new", type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Write a JSON list.")
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Say in words in what two built sites differ: folders, archives, or what these were unpacked to."""
    from dossier.commands.desk import differences

    changes = differences.compare(old, new)
    for line in [differences.as_json(changes)] if as_json else map(said, differences.lines(changes)):
        click.echo(line)


@click.command()
@click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The dossier; else the nearest upward from the folder that the editor opened.",
)
def lsp(root: Path | None) -> None:
    """Serve an editor by the Language Server Protocol: it completes, explains, follows and renames ids, and shows problems as one types."""
    try:
        from dossier.commands.lsp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise MachineError("editors need one more package: pip install '.[lsp]' in the generator's folder") from None
    serve(root)
