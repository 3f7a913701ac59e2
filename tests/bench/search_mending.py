"""What search does with words that are not there: it mends slips, and leaves other words alone.

    python -m tests.bench.search_mending SITE

`search/slips.tsv` holds 300 slips of words of this dossier (kind, slip, word); `search/absent.txt` 300 words that it has not, countries and names of
people among them; `search/absent_natural.txt` 300 more as newspapers write them, with clitics and endings, none of them chosen. Slips of words that the dossier has no more are passed over. Of a slip
`right` is what shows a page that the word itself shows; of a word that is not there everything is wrong but to say so.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser.serving import CHROMIUM_ARGS, serve

LISTS = Path(__file__).parent / "search"
ASK = """async (questions) => {
    const { search } = await import(new URL('../assets/search.js', location));
    const answers = [];
    for (const question of questions) {
        const { results, corrected } = await search(question);
        answers.push({ urls: results.map((r) => r.url), corrected });
    }
    return answers;
}"""


def slips(page: Page) -> None:
    rows = [line.split("\t") for line in (LISTS / "slips.tsv").read_text("utf-8").splitlines()]
    mended = page.evaluate(ASK, [slip for _, slip, _ in rows])
    meant = page.evaluate(ASK, [word for _, _, word in rows])
    right = wrong = silent = 0
    there = [
        (got, wanted) for got, wanted in zip(mended, meant, strict=True) if wanted["urls"] and not wanted["corrected"]
    ]
    for got, wanted in there:
        if not got["urls"]:
            silent += 1
        elif set(got["urls"]) & set(wanted["urls"]):
            right += 1
        else:
            wrong += 1
    print(
        f"slips: {right} right, {wrong} wrong, {silent} silent of {len(there)}; precision {right / (right + wrong):.3f}"
    )


def absent(page: Page, name: str) -> None:
    words = (LISTS / name).read_text("utf-8").split()
    answers: Sequence[dict[str, Any]] = page.evaluate(ASK, words)
    mended = [(word, a["corrected"][0][1]) for word, a in zip(words, answers, strict=True) if a["corrected"]]
    found = [word for word, a in zip(words, answers, strict=True) if a["urls"] and not a["corrected"]]
    print(f"{name}: {len(mended)} mended, {len(found)} found in another form, of {len(words)}")
    print("   mended:", "، ".join(f"{word} ← {other}" for word, other in mended))
    print("   found:", "، ".join(found))


def main() -> None:
    with serve(Path(sys.argv[1])) as base, sync_playwright() as playwright:
        found = os.environ.get("CHROMIUM") or shutil.which("chromium")
        page = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_ARGS)).new_page()
        page.goto(f"{base}/search/")
        slips(page)
        absent(page, "absent.txt")
        absent(page, "absent_natural.txt")


if __name__ == "__main__":
    main()
