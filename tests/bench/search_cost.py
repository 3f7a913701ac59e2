"""What search costs a reader: bytes fetched and milliseconds, of first and later questions, in a real Chromium.

    python -m tests.bench.search_cost SITE [NUMBER]

Questions are words of the site itself, drawn by a fixed seed: of those on most pages, on a few, and on one, and two or three together.
"""

from __future__ import annotations

import random
import re
import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from tests.browser.serving import CHROMIUM_ARGS, Quiet, find_chromium, serve

ASK = """async (question) => {
    const { search } = await import(new URL('../assets/search.js', location));
    const begun = performance.now();
    const { results } = await search(question);
    return [performance.now() - begun, results.length];
}"""
FIRST, SAMPLE, FEW = 30, 2_000, (3, 100)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one question: bytes fetched, milliseconds, and how many pages it found."""

    question: str
    size: int
    time: float
    found: int


class Counting(Quiet):
    """A server that counts the bytes it gives."""

    given = 0

    def copyfile(self, source, outputfile) -> None:  # type: ignore[no-untyped-def]  # as the standard library has it
        data = source.read()
        Counting.given += len(data)
        outputfile.write(data)


def draw_questions(site: Path, number: int) -> dict[str, list[str]]:
    """Questions by how frequent their words are: `rare` on one page of the sample, `some` on a few, `frequent` on most."""
    chance = random.Random(5)
    paths = sorted((site / "reports").glob("*/index.html"))
    pages = Counter(word for path in chance.sample(paths, min(SAMPLE, len(paths))) for word in set(_words(path)))
    by_number = sorted(pages, key=lambda word: (-pages[word], word))
    some = [word for word in by_number if FEW[0] <= pages[word] <= FEW[1]] or by_number
    rare = [word for word in by_number if pages[word] == 1] or by_number
    frequent = by_number[:80]
    return {
        "rare": chance.sample(rare, min(number, len(rare))),
        "some": chance.sample(some, min(number, len(some))),
        "frequent": chance.sample(frequent, min(number, len(frequent))),
        "two words": [f"{chance.choice(some)} {chance.choice(frequent)}" for _ in range(number)],
        "three frequent": [" ".join(chance.sample(frequent, 3)) for _ in range(number)],
    }


def _words(path: Path) -> list[str]:
    """Arabic words of a page's main part."""
    return re.findall(r"[\u0621-\u064a]{4,}", re.sub(r"<[^>]*>", " ", path.read_text("utf-8").partition("<main")[2]))


def ask(context: BrowserContext, base: str, questions: Sequence[str]) -> list[Cost]:
    """The costs of some questions, one after the other on one page."""
    page = context.new_page()
    page.goto(f"{base}/search/")
    page.wait_for_timeout(100)
    costs = []
    for question in questions:
        Counting.given = 0
        time, found = page.evaluate(ASK, question)
        costs.append(Cost(question, Counting.given, time, found))
    page.close()
    return costs


def show(name: str, costs: Sequence[Cost]) -> None:
    sizes, times = [cost.size / 1000 for cost in costs], [cost.time for cost in costs]
    slowest = max(costs, key=lambda cost: cost.time)
    print(
        f"{name:<24}{statistics.median(sizes):>8.0f}{max(sizes):>8.0f} KB{statistics.median(times):>9.1f}{max(times):>8.0f} ms"
        f"   slowest: {slowest.found} pages"
    )


def main() -> None:
    site, number = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 25
    questions = draw_questions(site, number)
    print(f"{'':<24}{'median':>8}{'worst':>8}   {'median':>9}{'worst':>8}")
    with serve(site, Counting) as address, sync_playwright() as playwright:
        base = address.rstrip("/")
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_ARGS))
        mixed = [question for group in zip(*questions.values(), strict=False) for question in group]
        first = []
        for question in mixed[:FIRST]:
            context = browser.new_context()
            first += ask(context, base, [question])
            context.close()
        show("first question", first)
        context = browser.new_context()
        later = {cost.question: cost for cost in ask(context, base, [mixed[0], *mixed])}
        for name, group in questions.items():
            show(name, [later[question] for question in group if question in later])
        show("all later ones", list(later.values()))
        browser.close()


if __name__ == "__main__":
    main()
