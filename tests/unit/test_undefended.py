"""The table of promises cannot rot: every text stands once in its file, every test is there, every point of the list is held."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.attack.undefended import Promise, read_promises, wrong_text
from tests.conftest import ROOT

PROMISES = read_promises()
POINTS = {"1a", "1b", "1c", "1d", "1e", "2", "3", "4", "5a", "5b", "5c", "5d", "6", "7", "8", "9"}


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.name)
def test_what_keeps_a_promise_stands_once_in_its_file_and_its_tests_are_there(promise: Promise) -> None:
    for change in promise.changes:
        assert not wrong_text(change)
        assert change.instead != change.text
    assert promise.tests
    for test in promise.tests:
        file, _, name = test.partition("::")
        assert re.search(rf"^def {name.partition('[')[0]}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE), test


def test_every_promise_has_a_name_of_its_own_and_every_point_some() -> None:
    assert not [name for name, number in Counter(promise.name for promise in PROMISES).items() if number > 1]
    assert {promise.point for promise in PROMISES} == POINTS


def test_the_reliability_page_counts_the_promises() -> None:
    page = Path(ROOT / "docs/reliability.md").read_text("utf-8")
    assert re.findall(r"\*\*(\d+)\*\* promises", page) == [str(len(PROMISES))]
