"""Define the commands of a build, and turn what is raised into the exit status.

Exit status: 0 all is well, 1 the content has problems, 2 wrong use, 3 the machine failed.
"""

from __future__ import annotations

import datetime
import sys
import time
from functools import partial
from pathlib import Path

import click
from msgspec.structs import replace

from dossier import __version__
from dossier.commands import cli_desk
from dossier.commands.arabic import Language, system_language
from dossier.commands.cli_beginning import new, today
from dossier.commands.cli_signing import ask_password, keygen, sign, signing_date, source_date
from dossier.commands.options import (
    FILE,
    OptionsAnywhere,
    drafts_option,
    originals_option,
    root_option,
    trust_option,
    url_option,
    with_a_name,
)
from dossier.commands.speech import errors_on_one_line, said, say, say_error, speak
from dossier.errors import ContentError, MachineError, Problem, WrongUse

EXIT_CONTENT, EXIT_USE, EXIT_MACHINE = 1, 2, 3


@click.group(cls=OptionsAnywhere)
@click.version_option(__version__, message="dossier %(version)s")
@click.option("--lang", type=click.Choice(["ar", "en"]), help="The language of messages; else the system's.")
def commands(lang: Language | None) -> None:
    """Publish a briefing dossier in Arabic: `build` where no command is named.

    Without --root the dossier is the nearest folder, from the current one upward, that holds content/dossier.yaml.
    Options may stand before the command or after it.
    """
    speak(lang or system_language())


for defined_elsewhere in (
    new,
    keygen,
    sign,
    cli_desk.rename,
    cli_desk.merge,
    cli_desk.list_command,
    cli_desk.todo,
    cli_desk.diff,
    cli_desk.lsp,
):
    commands.add_command(defined_elsewhere)


def folders_of(root: Path, trust_templates: bool) -> tuple[str, ...]:
    """Return the folders of a dossier that are read; say where its templates are left out."""
    from dossier.commands.templates import TEMPLATES
    from dossier.commands.trust import ask_person, decide

    trust = decide(root, TEMPLATES, flag=trust_templates, ask=ask_person)
    if trust.note:
        say(trust.note, err=True)
    return trust.folders


@commands.command()
@root_option
@click.option("--out", type=click.Path(path_type=Path), help="Output folder; public/ under the root unless named.")
@originals_option
@url_option
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@drafts_option
@trust_option
def build(
    root: Path,
    out: Path | None,
    originals: Path | None,
    url: str | None,
    no_search: bool,
    drafts: bool,
    trust_templates: bool,
) -> None:
    """Build the site into a folder, which is replaced whole or not at all."""
    from dossier.commands.templates import TEMPLATES
    from dossier.commands.unchanged import Order, look  # only what a command needs is imported: it takes long

    begun = time.monotonic()
    target = out or root / "public"
    folders = folders_of(root, trust_templates)
    order = Order(
        root=root, out=target, originals=originals, url=url, search=not no_search, folders=folders, drafts=drafts
    )
    found = look(order, TEMPLATES)
    built = found.built
    if built is None:
        from dossier.commands.build import build_site
        from dossier.commands.reporting import progress

        with progress() as tell:
            built = build_site(order, tell, found)
    if built.warnings:
        from dossier.commands.reporting import show_problems

        show_problems(built.warnings, root)
    for note in built.notes:
        say(note, err=True)
    say(f"{target}: {built.reports} reports, {built.files} files in {time.monotonic() - begun:.1f} s")


@commands.command()
@root_option
@click.option("--out", type=click.Path(path_type=Path), help="The ZIP; dist/dossier.zip under the root unless named.")
@originals_option
@url_option
@drafts_option
@trust_option
@click.option("--sign", "key_file", type=FILE, help="A secret key: the signature is written beside what is packed.")
@click.option(
    "--one-file", type=click.Path(path_type=Path, dir_okay=False), help="One HTML file to read, in place of the ZIP."
)
def archive(
    root: Path,
    out: Path | None,
    originals: Path | None,
    url: str | None,
    drafts: bool,
    trust_templates: bool,
    key_file: Path | None,
    one_file: Path | None,
) -> None:
    """Pack the site, its sources and its seeds into one ZIP that opens by a double click and proves itself whole.

    With --one-file the dossier is written as one HTML file instead, of 8 MB at most, for chats and mails.

    SOURCE_DATE_EPOCH, or else the time of the last commit, dates all files in it.
    """
    from dossier.commands.build import build_archive, build_one_file
    from dossier.commands.reporting import progress, show_problems
    from dossier.commands.signing import open_key, sign_copy
    from dossier.commands.unchanged import Order

    if one_file and out:
        raise click.UsageError(said("--one-file names its file itself: leave --out out"))
    target = one_file or out or root / "dist/dossier.zip"
    key = open_key(key_file, ask_password) if key_file else None
    folders, moment = folders_of(root, trust_templates), source_date(root)
    order = Order(root=root, out=target, originals=originals, url=url, folders=folders, drafts=drafts)
    with progress() as tell:
        built = build_one_file(order, tell) if one_file else build_archive(order, tell, moment=moment)
    show_problems(built.warnings, root)
    for note in built.notes:
        say(note, err=True)
    say(f"{target}: {built.reports} reports, {target.stat().st_size / 1e6:.1f} MB")
    if key:
        say(f"signed: {sign_copy(target, key, signing_date())}")


@commands.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True), callback=with_a_name)
@click.option(
    "--originals",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Originals to hold against the reports.",
)
@click.option(
    "--key",
    "keys",
    type=FILE,
    multiple=True,
    help="The maker's public key, which came another way; the signature beside the copy is held against it.",
)
@click.option(
    "--authority",
    "authorities",
    type=FILE,
    multiple=True,
    help="Root certificate (PEM) of the authority whose time token lies beside the signature.",
)
def verify(path: Path, originals: Path | None, keys: tuple[Path, ...], authorities: tuple[Path, ...]) -> None:
    """Check a copy: a published folder, an archive, or the folder it was unpacked to. With --key also whether it is from its maker."""
    from dossier.commands.proving import prove
    from dossier.commands.verify import verify as find_differences
    from dossier.language.characters import printable

    if authorities and not keys:
        raise click.UsageError(said("a time token is of a signature: name the public key with --key too"))
    with errors_on_one_line():
        findings = find_differences(path, originals, signed=bool(keys))
        proof = prove(path, keys, authorities, datetime.datetime.now(datetime.UTC)) if keys else None
    if proof:
        findings = replace(findings, faults=(*findings.faults, *proof.faults))
        for line in proof.lines:
            say(printable(line))
    for word, paths in (
        ("missing", findings.missing),
        ("changed", findings.changed),
        ("added", findings.added),
        ("unknown original", findings.unknown),
        ("not checked, for no manifest lists it", findings.unproven),
    ):
        for name in paths:
            say(f"{word}: {printable(name)}")
    for fault in findings.faults:
        say(f"refused: {printable(fault.path)}: {printable(fault.reason)}")
    verdict = "all as they were" if findings.whole else "NOT as they were"
    say(f"{printable(str(path))}: {findings.checked} files, {verdict}")
    if not findings.whole:
        sys.exit(EXIT_CONTENT)


@commands.command()
@root_option
@click.option(
    "--format", "style", type=click.Choice(["text", "json"]), default="text", help="How problems are written."
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
def check(root: Path, style: str, strict: bool) -> None:
    """Show all problems of a dossier at once, warnings too."""
    from dossier.commands.build import find_problems
    from dossier.commands.reporting import problems_as_json, show_problems

    problems = find_problems(root)
    if style == "json":
        click.echo(problems_as_json(problems))
    else:
        show_problems(problems, root)
        say(count_problems(problems))
    if any(strict or problem.severity == "error" for problem in problems):
        sys.exit(EXIT_CONTENT)


def count_problems(problems: tuple[Problem, ...]) -> str:
    """Say how many errors and warnings there are: `no problems`, `1 error, 2 warnings`."""
    errors = sum(problem.severity == "error" for problem in problems)
    if not problems:
        return "no problems"
    warnings = len(problems) - errors
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"


@commands.command()
@root_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any that is free."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the preview in a browser.")
@url_option
@trust_option
def serve(root: Path, port: int, open_browser: bool, url: str | None, trust_templates: bool) -> None:
    """Show the dossier while it is edited: open pages follow every change."""
    from dossier.commands.reporting import show_problems
    from dossier.commands.serve.running import serve

    def ready(address: str) -> None:
        say(f"{address} (stop with Ctrl+C)")
        if open_browser:
            click.launch(address)

    serve(
        root,
        port,
        url=url,
        tell=partial(say, err=True),
        show=partial(show_problems, root=root),
        ready=ready,
        folders=folders_of(root, trust_templates),
    )


@commands.command()
@root_option
@click.option("--note", help="Why what changed did change, as readers will see it.")
@click.option(
    "--withdraw",
    "withdrawn",
    multiple=True,
    metavar="REPORT#CLAIM",
    help="A claim whose former words must not be shown again.",
)
@click.option("--reason", help="Why they are withdrawn, as readers will see it.")
def release(root: Path, note: str | None, withdrawn: tuple[str, ...], reason: str | None) -> None:
    """Put down in content/releases.yaml what is published now: later changes show on /corrections/, with old and new words."""
    from dossier.commands.release import release as put_down

    if bool(withdrawn) != bool(reason):
        raise click.UsageError(said("--withdraw and --reason go together"))
    for line in put_down(root, today=today(), note=note, withdrawn=withdrawn, reason=reason):
        say(line)


@commands.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--id", "identity", help="The report's id, for a single file; else it is guessed from the file's name.")
@root_option
def intake(files: tuple[Path, ...], identity: str | None, root: Path) -> None:
    """Take in raw articles: keep each as an original and a seed, and begin its report. Overwrite nothing."""
    from dossier.commands.intake import take_in
    from dossier.language.characters import on_one_line, printable

    refused = False
    for outcome in take_in(root, files, identity=identity, today=today()):
        refused |= outcome.refused
        say(f"{printable(outcome.file)}: {'not taken in' if outcome.refused else 'taken in'}", err=outcome.refused)
        for line in outcome.lines:
            say(f"  {on_one_line(line)}", err=outcome.refused)
    if refused:
        sys.exit(EXIT_USE)


@commands.command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--template",
    "empty",
    type=click.Path(path_type=Path),
    help="Write an empty table of claims (.xlsx or .csv) in place of reading one.",
)
@root_option
def import_(file: Path | None, empty: Path | None, root: Path) -> None:
    """Take in what other tools hold: actors (FollowTheMoney, CSV), reports (CSL-JSON, RIS, BibTeX), claims (XLSX, CSV). Overwrite nothing."""
    from dossier.commands.importing.command import import_file, write_template
    from dossier.language.characters import printable

    if (file is None) == (empty is None):
        raise click.UsageError(said("name one file to take in, or one to write with --template"))
    for line in import_file(root, file, today=today()) if file else write_template(root, empty or Path()):
        click.echo(printable(said(line)))


@commands.command()
@click.argument("report", required=False)
@root_option
def suggest(report: str | None, root: Path) -> None:
    """Suggest which claims of other reports may belong to those of REPORT, or of all, with reasons. Write nothing."""
    from dossier.commands.suggest import suggest_links

    for line in suggest_links(root, report):
        say(line)


def main(root: Path | None = None) -> None:
    """Run a command and end the process with its status. `root` is the dossier where none is named; without it the nearest upward."""
    from dossier.commands.last_words import end_in_words, open_standard_streams

    open_standard_streams()
    end_in_words(lambda: run(root))


def run(root: Path | None) -> int:
    """Run a command; return its exit status."""
    try:
        refuse_windows(sys.platform)
        commands(obj=root)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except ContentError as error:
        from dossier.commands.reporting import show_problems

        show_problems(error.problems, None)
        say(f"{count_problems(error.problems)}; nothing was written", err=True)
        return EXIT_CONTENT
    except WrongUse as error:
        say_error(str(error))
        return EXIT_USE
    except MachineError as error:
        say_error(str(error))
        return EXIT_MACHINE
    return 0


def refuse_windows(platform: str) -> None:
    """Raise MachineError on Windows, where files are neither locked nor replaced as the build relies on."""
    if platform == "win32":
        raise MachineError("dossier runs on Linux and macOS, not on Windows: use it in WSL, where it runs as on Linux")
