"""Twenty questions of each kind, written before any run, asked of two built sites.

    python -m tests.bench.search_kinds SITE GROUP [-v]

`search/kinds.json` holds groups of questions by the dossier that they are asked of, `small` (the 36 made-up pages that our figures come from) and
`own` (this dossier), and by kind. A question has the pages or claims that must be found (`report`, `report#c1`), none where nothing
may be found, and in `first` the one that must lead. Nothing more is wrong: it tells what is missed, not all that is found.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.serving import CHROMIUM_ARGS, find_chromium, serve

QUESTIONS = Path(__file__).parent / "search/kinds.json"
ASK = """async (question) => {
    const { search } = await import(new URL('../assets/search.js', location));
    const { results, corrected } = await search(question);
    return { urls: results.map((r) => r.url), corrected };
}"""


def name_of(url: str) -> str:
    """`/reports/deal/#c1` is `deal#c1`."""
    return url.replace("/#", "#").strip("/").split("/")[-1]


def is_right(answer: dict[str, Any], wanted: list[str], first: str | None) -> bool:
    found = [name_of(url) for url in answer["urls"]]
    if first:
        return found[:1] == [first]
    return set(wanted) <= set(found) if wanted else not found


def main() -> None:
    site, group = Path(sys.argv[1]), sys.argv[2]
    kinds: dict[str, list[dict[str, Any]]] = json.loads(QUESTIONS.read_text("utf-8"))[group]
    with serve(site) as base, sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGS)).new_page()
        page.goto(f"{base}search/")
        for kind, questions in kinds.items():
            missed = []
            for question in questions:
                answer = page.evaluate(ASK, question["q"])
                if not is_right(answer, question.get("found", []), question.get("first")):
                    missed.append(
                        f"{question['q']} → {[name_of(url) for url in answer['urls']][:4]} {answer['corrected'] or ''}"
                    )
            print(f"{kind:<12}{len(questions) - len(missed):>4} of {len(questions)}")
            for line in missed if "-v" in sys.argv else ():
                print("   ", line)


if __name__ == "__main__":
    main()
