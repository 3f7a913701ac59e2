"""Say what commands say in the language that was chosen: by `--lang`, or else the system's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import click

from dossier.commands.arabic import Language, in_words, problem_in
from dossier.errors import Problem, WrongUse


class _Voice:
    """The language of this process: threads and forks speak it too."""

    language: Language = "en"


def speak(language: Language) -> None:
    """Choose the language of everything that is said from now on."""
    _Voice.language = language


def said(text: str) -> str:
    """Return what is said in the chosen language."""
    return in_words(text, _Voice.language)


def told(problem: Problem) -> Problem:
    """Return a problem in the chosen language."""
    return problem_in(problem, _Voice.language)


def say(text: str, *, err: bool = False) -> None:
    """Write a line in the chosen language, to standard error where asked."""
    click.echo(said(text), err=err)


def on_one_line(text: str) -> str:
    """Return a stranger's words on one line: what would end it, turn its direction or steer a terminal, by its code."""
    from dossier.language.characters import UNWANTED

    return re.sub(f"[\t\n\r]|{UNWANTED.pattern}", lambda found: f"\\u{ord(found[0]):04x}", text)


@contextmanager
def errors_on_one_line() -> Iterator[None]:
    """Have what is wrong said on one line: it names files that strangers named."""
    try:
        yield
    except WrongUse as error:
        raise WrongUse(on_one_line(str(error))) from error
