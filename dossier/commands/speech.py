"""Say what commands say in the language that was chosen: by `--lang`, or else the system's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from dossier.commands.arabic import Language, translate, translate_problem
from dossier.errors import Problem, WrongUse


class _Voice:
    """The language of this process: threads and forks speak it too."""

    language: Language = "en"


def speak(language: Language) -> None:
    """Choose the language of everything that is said from now on."""
    _Voice.language = language


def said(text: str) -> str:
    """Return what is said in the chosen language."""
    return translate(text, _Voice.language)


def told(problem: Problem) -> Problem:
    """Return a problem in the chosen language."""
    return translate_problem(problem, _Voice.language)


def say(text: str, *, err: bool = False) -> None:
    """Write a line in the chosen language, to standard error where asked."""
    click.echo(said(text), err=err)


def say_error(text: str) -> None:
    """Write what is wrong to standard error, in the chosen language."""
    click.echo(f"{said('error')}: {said(text)}", err=True)


@contextmanager
def errors_on_one_line() -> Iterator[None]:
    """Have what is wrong said on one line: it names files that strangers named."""
    from dossier.language.characters import on_one_line

    try:
        yield
    except WrongUse as error:
        raise WrongUse(on_one_line(str(error))) from error
