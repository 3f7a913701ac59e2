"""Stemmers beside our keys: known-item questions over plain BM25, with words only folded, cut by light10, or by Snowball's Arabic stemmer.

    python -m tests.bench.stemmers DOSSIER QUESTIONS.json [TOP]

`DOSSIER` holds `content/reports/*.md` and `seeds/*.txt`; questions are a list of {query, kind, relevant: [report]}. All words of a question
must be on a page, as in our search. Snowball needs the Python package snowballstemmer, which nothing else here does.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from dossier.search.analyser import words_of

Stem = Callable[[str], str]
PREFIXES = ("وال", "بال", "كال", "فال", "ال", "لل", "و")
SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
SATURATION, LENGTH = 1.2, 0.75


def light10(word: str) -> str:
    """Larkey's light stemmer on a folded word: one prefix, then suffixes, while two letters remain."""
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= (3 if prefix == "و" else 2):
            word = word[len(prefix) :]
            break
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            word = word[: -len(suffix)]
    return word


class Index:
    """Pages by stem, scored by BM25."""

    def __init__(self, pages: dict[str, str], stem: Stem) -> None:
        self._stem = stem
        self._found: dict[str, dict[str, int]] = defaultdict(dict)
        self._sizes = {}
        for page, text in pages.items():
            counts = Counter(map(stem, words_of(text)))
            self._sizes[page] = sum(counts.values())
            for key, number in counts.items():
                self._found[key][page] = number
        self._mean = sum(self._sizes.values()) / len(self._sizes)

    def search(self, question: str) -> list[str]:
        """The pages that have all words, best first."""
        lists = [self._found.get(self._stem(word), {}) for word in words_of(question)]
        shared = set.intersection(*(set(found) for found in lists)) if lists else set()
        return sorted(shared, key=lambda page: (-sum(self._score(found, page) for found in lists), page))

    def _score(self, found: dict[str, int], page: str) -> float:
        rarity = math.log(1 + (len(self._sizes) - len(found) + 0.5) / (len(found) + 0.5))
        long = SATURATION * (1 - LENGTH + LENGTH * self._sizes[page] / self._mean)
        return rarity * found[page] * (SATURATION + 1) / (found[page] + long)


def snowball() -> Stem | None:
    """Snowball's Arabic stemmer, where it is installed."""
    try:
        import snowballstemmer  # type: ignore[import-not-found]
    except ImportError:
        return None
    stem: Stem = snowballstemmer.stemmer("arabic").stemWord
    return stem


def read_pages(root: Path) -> dict[str, str]:
    """Title and text of each report."""
    pages = {}
    for path in sorted((root / "content/reports").glob("*.md")):
        title = re.search(r"^title: (.*)$", path.read_text("utf-8"), re.MULTILINE)
        seed = (root / f"seeds/{path.stem}.txt").read_text("utf-8")
        pages[path.stem] = f"{title[1] if title else ''}\n{seed}"
    return pages


def main() -> None:
    root, questions = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    top = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    pages = read_pages(root)
    stems: dict[str, Stem | None] = {"folded": str, "light10": light10, "Snowball": snowball()}
    kinds = list(dict.fromkeys(q["kind"] for q in questions))
    print(f"{'':<10}" + "".join(f"{kind:>10}" for kind in kinds) + f"{'recall':>10}{'MRR':>8}")
    for name, stem in stems.items():
        if stem is None:
            print(f"{name:<10} is not installed")
            continue
        index = Index(pages, stem)
        ranks = [(q["kind"], _rank(index.search(q["query"])[:top], q["relevant"])) for q in questions]
        by_kind = [[rank for k, rank in ranks if k == kind] for kind in kinds]
        cells = "".join(f"{sum(map(bool, some)) / len(some):>10.3f}" for some in by_kind)
        everything = [rank for _, rank in ranks]
        recall = sum(map(bool, everything)) / len(everything)
        reciprocal = sum(1 / rank for rank in everything if rank) / len(everything)
        print(f"{name:<10}{cells}{recall:>10.3f}{reciprocal:>8.3f}")


def _rank(found: list[str], relevant: list[str]) -> int:
    """The place of the first right page, from 1; 0 where none is."""
    return next((place for place, page in enumerate(found, 1) if page in relevant), 0)


if __name__ == "__main__":
    main()
