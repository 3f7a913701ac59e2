"""Print the figures of both dossiers, and how far readers of the second agree."""

from itertools import combinations

from tests.conftest import ROOT
from tests.second.measure import HERE, agreement, by_bm25, by_suggest, measure, read_links, site_at, stated_links

own, second = site_at(ROOT), site_at(HERE)
readers = {path.name: read_links(path.name) for path in sorted(HERE.glob("links-*.json"))}
for name, site, links in (
    ("this dossier", own, stated_links(own)),
    *((n, second, found) for n, found in readers.items()),
):
    for way, rank in (("suggest", by_suggest(site)), ("BM25", by_bm25(site))):
        found = measure(rank, links)
        print(
            f"{name:24} {way:8} {found.links:3} links  @5 {found.at_5:.2f}  @10 {found.at_10:.2f}  first {found.first:.2f}"
        )
for (one, first), (two, other) in combinations(readers.items(), 2):
    print(f"{one} and {two} agree: {agreement(first, other):.2f}")
