"""What search does with words that are not there: it mends slips, and leaves other words alone.

    python -m tests.bench.search_mending SITE [NUMBER...]

Lists of 300 lie in `search/`, by number, none chosen after a run: `slips_N.tsv` (kind, slip, word) are slips of words of this dossier, `absent_N.txt`
words that it has not. The first ones were written by hand; those from 2 on were drawn by a fixed seed: countries, names of persons, cities and languages
of public tables, half of them ordinary words by frequency; slips of all kinds. `absent_natural.txt` are words as newspapers write them.
Slips of words that the dossier has no more are passed over. Of a slip `right` is what shows a page that the word itself shows; of a word that is not
there everything is wrong but to say so, or to show a form of that very word: such pairs are in `forms.txt`, as somebody judged who read them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser.serving import CHROMIUM_ARGS, find_chromium, serve

LISTS = Path(__file__).parent / "search"
ASK = """async (questions) => {
    const { search, excerpt } = await import(new URL('../assets/search.js', location));
    const answers = [];
    for (const question of questions) {
        const { results, corrected } = await search(question);
        const shown = results.length ? await excerpt(results[0]) : { title: [], parts: [] };
        const marked = [...shown.title, ...shown.parts].filter((part) => part.marked).map((part) => part.text);
        answers.push({ urls: results.map((r) => r.url), corrected, marked });
    }
    return answers;
}"""


def slips(page: Page, name: str) -> None:
    rows = [line.split("\t") for line in (LISTS / name).read_text("utf-8").splitlines()]
    mended = page.evaluate(ASK, [slip for _, slip, _ in rows])
    meant = page.evaluate(ASK, [word for _, _, word in rows])
    there = [
        (row, got, set(wanted["urls"]))
        for row, got, wanted in zip(rows, mended, meant, strict=True)
        if wanted["urls"] and not wanted["corrected"]
    ]
    silent = [row for row, got, _ in there if not got["urls"]]
    wrong = [(row, got) for row, got, urls in there if got["urls"] and not set(got["urls"]) & urls]
    right = len(there) - len(silent) - len(wrong)
    precision = right / max(1, right + len(wrong))
    print(f"{name}: {right} right, {len(wrong)} wrong, {len(silent)} silent of {len(there)}; precision {precision:.3f}")
    print("   wrong:", "، ".join(f"{slip} ({word}) ← {_said(got)}" for (_, slip, word), got in wrong))
    print("   silent:", "، ".join(f"{slip} ({word})" for _, slip, word in silent))


def absent(page: Page, name: str, forms: set[str]) -> None:
    words = (LISTS / name).read_text("utf-8").split()
    answers: Sequence[dict[str, Any]] = page.evaluate(ASK, words)
    shown = {word: _said(answer) for word, answer in zip(words, answers, strict=True) if answer["urls"]}
    right = [word for word, said in shown.items() if f"{word} {said}" in forms]
    wrong = [f"{word} ← {said}" for word, said in shown.items() if word not in right]
    print(f"{name}: {len(words) - len(shown)} silent, {len(right)} in another form, {len(wrong)} wrong of {len(words)}")
    print("   wrong:", "، ".join(wrong))


def _said(answer: dict[str, Any]) -> str:
    """What was shown in the place of a word."""
    return str(answer["corrected"][0][1] if answer["corrected"] else "".join(answer["marked"][:1]))


def main() -> None:
    numbers = sys.argv[2:] or ["1", "2", "3", "4"]
    forms = set((LISTS / "forms.txt").read_text("utf-8").splitlines())
    with serve(Path(sys.argv[1])) as base, sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGS)).new_page()
        page.goto(f"{base}search/")
        for number in numbers:
            slips(page, f"slips_{number}.tsv")
            absent(page, f"absent_{number}.txt", forms)
        absent(page, "absent_natural.txt", forms)


if __name__ == "__main__":
    main()
