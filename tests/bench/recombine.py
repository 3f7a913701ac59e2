"""More articles than there are: paragraphs and titles of real ones put together anew, so that a corpus grows with words as they are.

    python -m tests.bench.recombine ARTICLES.jsonl.gz NUMBER OUT.jsonl.gz

The first articles are the real ones; each further one has paragraphs of two others, drawn by a fixed seed, and a title of half of each of
theirs. Its vocabulary grows more slowly than a real corpus of that size has it, and its pages are more alike.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from pathlib import Path
from typing import Any

SEED = 13


def recombined(articles: list[dict[str, Any]], number: int) -> list[dict[str, Any]]:
    """The articles, and as many further ones as make up the number."""
    chance = random.Random(SEED)
    pairs = (chance.sample(articles, 2) for _ in range(number - len(articles)))
    return [*articles, *(_of_two(one, other, chance) for one, other in pairs)][:number]


def _of_two(one: dict[str, Any], other: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    paragraphs = [line for article in (one, other) for line in article["content"].split("\n") if line.strip()]
    chosen = chance.sample(paragraphs, max(1, len(paragraphs) // 2))
    left, right = one["title"].split(), other["title"].split()
    return {
        **one,
        "title": " ".join((*left[: len(left) // 2 + 1], *right[len(right) // 2 :])),
        "content": "\n".join(chosen),
    }


def main() -> None:
    source, number, out = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    with gzip.open(out, "wt", encoding="utf-8") as target:
        target.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in recombined(articles, number))


if __name__ == "__main__":
    main()
