"""Measure the leads of `intake` on annotated articles: `python -m tests.bench.leads ARTICLES.jsonl.gz`.

The articles are those of SaudiNewsNet (parallelfold, 2015), one JSON object a line. Of each annotated one the files beside this
one hold its line, the SHA-256 of its text (title, author and content, a line each) and places, never its words. The articles of
`first.json` were annotated before the leads were built and served to build them, those of `second.json` after. Recall of the leads before,
of the built ones when `second.json` was first looked at, and of these: names .08/.11, .82/.83, .82/.83; phrases of time .66/.67, .95/.82,
.96/.94; bylines and outlets 0/0, .95/.90, .95/.95; precision of names .70/.83, .95/.89, .95/.89.

A name counts as found where half of it and half of what was found are the same letters; a phrase of time likewise.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from dossier.articles.captures import Capture
from dossier.articles.leads import find_leads
from dossier.articles.mentions import compile_names
from dossier.articles.signatures import find_signature
from dossier.articles.source_text import make_text
from dossier.articles.strangers import find_strangers

HERE = Path(__file__).parent
NAMES_BY_KIND = ("persons", "organisations", "states")  # whatever kind they were found as
Span = tuple[int, int]


@dataclass(kw_only=True)
class Tally:
    """How many were right of those sought and of those found."""

    found: int = 0
    sought: int = 0
    right: int = 0
    given: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.sought if self.sought else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0


def text_of(row: dict[str, str]) -> str:
    """Return an article as somebody copies it from its page: the title, the line of its author, the rest."""
    parts = (row[key].replace("&nbsp;", " ").replace("\xa0", " ").strip() for key in ("title", "author", "content"))
    return "\n".join(part for part in parts if part) + "\n"


def is_same(one: Span, other: Span) -> bool:
    """Tell whether two places share half of their letters."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and 2 * shared >= max(one[1] - one[0], other[1] - other[0])


def count(
    tally: Tally, sought: Iterable[Sequence[Span]], given: Iterable[Sequence[Span]], right: Sequence[Span]
) -> None:
    """Count names, each by all its places. `right` are places where something given is right."""
    given = [list(spans) for spans in given]
    everywhere = [span for spans in given for span in spans]
    for spans in sought:
        tally.sought += 1
        tally.found += any(is_same(span, other) for span in spans for other in everywhere)
    for spans in given:
        tally.given += 1
        tally.right += any(is_same(span, other) for span in spans for other in right)


def measure(articles: Sequence[str], file: Path, *, tell: bool) -> dict[str, Tally]:
    """Measure all articles of a file of annotations."""
    tallies = {key: Tally() for key in ("persons", "organisations", "names", "states", "times", "bylines and outlets")}
    for annotated in json.loads(file.read_text("utf-8")):
        text = text_of(json.loads(articles[annotated["article"]]))
        if sha256(text.encode()).hexdigest() != annotated["sha256"]:
            raise SystemExit(f"article {annotated['article']} is another one")
        _measure(text, annotated, tallies, tell)
    return tallies


def _measure(text: str, annotated: dict, tallies: dict[str, Tally], tell: bool) -> None:  # type: ignore[type-arg]
    names: dict[str, list[Span]] = {}
    for stranger in find_strangers(text, ()):
        names.setdefault(stranger.name, []).append((stranger.start, stranger.end))
    kinds = {
        kind: [n["spans"] for n in annotated["names"] if n["kind"] == kind]
        for kind in ("person", "organisation", "state")
    }
    everywhere = [span for spans in kinds.values() for places in spans for span in places]
    count(tallies["names"], kinds["person"] + kinds["organisation"], names.values(), everywhere)
    for key, kind in (("persons", "person"), ("organisations", "organisation"), ("states", "state")):
        count(tallies[key], kinds[kind], names.values(), [span for places in kinds[kind] for span in places])
    source = make_text("", "", text, noise=True)
    leads = find_leads(Capture(text=text, encoding="UTF-8"), source, compile_names([]))
    times = [[span] for span in leads.dates]
    count(tallies["times"], [[span] for span in annotated["times"]], times, annotated["times"])
    said = [[(part.start, part.end)] for part in find_signature(text)]
    right = annotated["byline"] + annotated["outlets"]
    count(tallies["bylines and outlets"], [[span] for span in right], said, right)
    if tell:
        for label, sought, given in (
            ("names", kinds["person"] + kinds["organisation"], list(names.values())),
            ("times", [[span] for span in annotated["times"]], times),
            ("signed", [[span] for span in right], said),
        ):
            _tell(
                f"{annotated['article']} {label}", text, sought, given, right=everywhere if label == "names" else None
            )


def _tell(
    label: str,
    text: str,
    sought: Sequence[Sequence[Span]],
    given: Sequence[Sequence[Span]],
    right: Sequence[Span] | None,
) -> None:
    every = [span for spans in given for span in spans]
    places = right if right is not None else [span for spans in sought for span in spans]
    missed = [text[s[0][0] : s[0][1]] for s in sought if not any(is_same(a, b) for a in s for b in every)]
    wrong = [text[s[0][0] : s[0][1]] for s in given if not any(is_same(a, b) for a in s for b in places)]
    if missed or wrong:
        print(f"{label}\n  missed: {' | '.join(missed)}\n  wrong: {' | '.join(wrong)}")


def main() -> None:
    """Print recall and precision, a file of annotations after the other."""
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
        articles = file.read().splitlines()
    for places in sorted(HERE.glob("*.json")):
        if len(sys.argv) > 2 and places.stem != sys.argv[2]:
            continue
        print(places.stem)
        for key, tally in measure(articles, places, tell="--tell" in sys.argv).items():
            right = "" if key in NAMES_BY_KIND else f"  precision {tally.precision:.2f} ({tally.right}/{tally.given})"
            print(f"  {key:20} recall {tally.recall:.2f} ({tally.found}/{tally.sought}){right}")


if __name__ == "__main__":
    main()
