"""Say at which address each entry and each page of the site's own is published, and which ids are therefore taken.

An address begins with a slash and is the path below the published root; that of a page in a folder ends with one.
`tests/unit/test_addresses.py` holds that no page is made and no folder written at an address which is not listed here.
"""

from __future__ import annotations

from collections.abc import Mapping

HOME = "/"
CLAIMS, SEARCH, PRINT, INTEGRITY, SOURCES = "/claims/", "/search/", "/print/", "/integrity/", "/sources/"
CORRECTIONS = "/corrections/"  # a hand-written page of that id stands there too
NOT_FOUND = "/404.html"
ASSETS, PAGEFIND, SEARCH_DATA = "/assets/", "/pagefind/", "/search-data/"
LISTS: Mapping[str, str] = {"reports": "/reports/", "actors": "/actors/", "events": "/events/", "pages": HOME}
REPORTS, ACTORS, EVENTS = LISTS["reports"], LISTS["actors"], LISTS["events"]
_FURTHER = "page/"  # of a long list, with its number


def address_of(kind: str, identity: str) -> str:
    """Return the address of an entry: `/reports/<id>/`; of a hand-written page `/<id>/`. `kind` is a key of `LISTS`."""
    return f"{LISTS[kind]}{identity}/"


def list_address(kind: str, number: int) -> str:
    """Return the address of a page of the list of a kind. `number` counts from 1, the newest: `/reports/page/2/`."""
    return LISTS[kind] if number == 1 else f"{LISTS[kind]}{_FURTHER}{number}/"


OWN = (
    HOME, REPORTS, ACTORS, EVENTS, CLAIMS, SEARCH, PRINT, INTEGRITY, SOURCES, NOT_FOUND, ASSETS, PAGEFIND, SEARCH_DATA,
    *(f"{address}{_FURTHER}" for address in LISTS.values()),
)  # fmt: skip


def _ids_within(folder: str) -> frozenset[str]:
    """Return what stands next below `folder` in the site's own addresses, as an id; `index.html` stands in every folder."""
    below = (own.removeprefix(folder).split("/")[0] for own in OWN if own.startswith(folder) and own != folder)
    return frozenset({"index", *(name.removesuffix(".html") for name in below)})


# By kind, the ids whose addresses the site needs itself; servers make `index` and `404` of `index.html` and `404.html`.
RESERVED: Mapping[str, frozenset[str]] = {kind: _ids_within(folder) for kind, folder in LISTS.items()}
