"""A dossier of N reports for measuring, the same for the same seed: words and actors by Zipf's law, with clitics, claims, citations.

Usage: python -m tests.bench.generate N FOLDER [SEED]
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
CLITICS = ("", "", "", "", "و", "ب", "ل", "ف", "ال", "ال", "وال", "بال")
WORDS_A_REPORT, VOCABULARY = 600, 60_000
PARAGRAPHS = 8


class Zipf:
    """Draws from values, the n-th with a weight of 1/n."""

    def __init__(self, values: Sequence[str], draw: random.Random) -> None:
        self._values, self._draw = values, draw
        self._weights = list(accumulate(1 / n for n in range(1, len(values) + 1)))

    def take(self, number: int) -> list[str]:
        """So many values, some of them more than once."""
        return self._draw.choices(self._values, cum_weights=self._weights, k=number)


def make_words(number: int, draw: random.Random) -> list[str]:
    """Different made-up words of three to eight letters."""
    words: dict[str, None] = {}
    while len(words) < number:
        words["".join(draw.choices(LETTERS, k=draw.randint(3, 8)))] = None
    return list(words)


def generate(number: int, folder: Path, seed: int = 1) -> None:
    """Writes `number` reports that name 3 to 8 of max(20, number / 20) actors."""
    draw = random.Random(seed)
    words = Zipf(make_words(VOCABULARY, draw), draw)
    ids = [f"a{n}" for n in range(max(20, number // 20))]
    names = {actor: " ".join(make_words(2, draw)) for actor in ids}
    actors = Zipf(ids, draw)
    write(folder / "content/dossier.yaml", "title: ملف للقياس\nurl: https://bench.example\n")
    for actor, name in names.items():
        write(folder / f"content/actors/{actor}.md", f"---\nname: {name}\nkind: organisation\n---\n")
    for n in range(number):
        named = list(dict.fromkeys(actors.take(draw.randint(3, 8))))
        write(folder / f"seeds/r{n}.txt", text(words, [names[a] for a in named], draw))
        write(folder / f"content/reports/r{n}.md", front_matter(n, named, words, draw))


def text(words: Zipf, named: list[str], draw: random.Random) -> str:
    """Paragraphs of words, some with clitics, with the names strewn in."""
    out = [draw.choice(CLITICS) + word for word in words.take(WORDS_A_REPORT)]
    for name in named:
        out.insert(draw.randrange(len(out)), draw.choice(("", "و", "ل", "ب")) + name)
    step = len(out) // PARAGRAPHS + 1
    return "\n\n".join(" ".join(out[i : i + step]) + "." for i in range(0, len(out), step)) + "\n"


def front_matter(number: int, named: list[str], words: Zipf, draw: random.Random) -> str:
    """A head with three claims, and a citation of an earlier report every fourth time."""
    claims = "".join(
        f"  - {{id: c{c}, text: {' '.join(words.take(12))}, said: [{{who: {named[0]}}}], about: [{', '.join(named[:3])}],"
        f" at: {draw.randint(1, PARAGRAPHS - 1)}, mode: reported}}\n"
        for c in (1, 2, 3)
    )
    cites = (
        f"cites: [{{report: r{draw.randrange(number)}, certainty: probable, why: يذكره}}]\n"
        if number and number % 4 == 0
        else ""
    )
    day = f"{draw.randint(2010, 2020)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    head = f"title: {' '.join(words.take(7))}\nseed: r{number}.txt\npublished: {day}\n{cites}claims:\n{claims}"
    return f"---\n{head}---\n{' '.join(words.take(60))}.\n"


def write(path: Path, content: str) -> None:
    """Writes a file and the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


if __name__ == "__main__":
    generate(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
