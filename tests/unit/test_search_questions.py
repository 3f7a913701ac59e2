"""The browser's half of search over an index of the build's half, without a browser: what is asked, and what comes first."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

MANAGER = "/actors/marzouq-qandili/"
LOAN = "/reports/harbour-loan/"


def ask(site: Path, questions: Sequence[str]) -> list[dict[str, Any]]:
    """What search answers to each question: urls, the first one's excerpt, corrected, suggestions."""
    node = shutil.which("node")
    if not node:
        pytest.fail("Node is missing: install it")
    done = subprocess.run(
        [node, "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", str(ROOT / "tests/js/ask.js"), str(site)],
        input=json.dumps(list(questions)), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


FIRST = {
    "القنديلي": MANAGER, "قنديلى": MANAGER, "Qandili": MANAGER, "لِلقَنديلي": MANAGER, "مرزوقالقنديلي": MANAGER, "القندبلي": MANAGER,
    "kandili": MANAGER, "Saif": "/actors/sayf-state/", "دولة السيف": "/actors/sayf-state/",
    "«ثمن الرصيف»": LOAN, "افتتاح": "/events/pier-opening/",
}  # fmt: skip


def test_what_comes_first(site: Path) -> None:
    answers = ask(site, list(FIRST))
    found = {question: next(iter(a["urls"]), "").partition("#")[0] for question, a in zip(FIRST, answers, strict=True)}
    assert found == FIRST


def test_what_no_page_has_finds_nothing_and_a_clear_slip_is_mended(site: Path) -> None:
    nothing, slip = ask(site, ["القنديلي كسكروت", "القندبلي"])
    assert nothing["urls"] == []
    assert slip["corrected"] == [["القندبلي", "القنديلي"]]


def test_all_words_must_be_there(site: Path) -> None:
    one, both = ask(site, ["القرض", "القرض الصيادين"])
    assert one["urls"]
    assert not {url.partition("#")[0] for url in both["urls"]} - {url.partition("#")[0] for url in one["urls"]}


def test_an_excerpt_marks_what_was_asked_for(site: Path) -> None:
    (answer,) = ask(site, ["القوارب القديمة"])
    marked = [part["text"] for part in answer["excerpt"]["parts"] if part["marked"]]
    assert {"القوارب", "القديمة"} <= set(marked)


HOSTILE = (
    "", " ", "\u064b\u0651", '"', "«", "<b>القنديلي</b>", "(.*)[", "ا" * 10_000, "\u202e\u2066", "و", "ال", "__proto__", "%", "a b c d " * 50,
)  # fmt: skip


def test_no_question_breaks_it(site: Path) -> None:
    assert all("urls" in answer for answer in ask(site, HOSTILE))
