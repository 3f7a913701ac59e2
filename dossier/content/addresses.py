"""Say at which address each entry and each page of the site's own is published, and which ids are therefore taken.

An address begins with a slash and is the path below the published root; that of a page in a folder ends with one.
`tests/unit/test_addresses.py` holds that no page is made and no folder written at an address which is not listed here.
"""

from __future__ import annotations

from collections.abc import Mapping

HOME = "/"
CLAIMS, SEARCH, PRINT, INTEGRITY, SOURCES = "/claims/", "/search/", "/print/", "/integrity/", "/sources/"
CORRECTIONS = "/corrections/"  # a hand-written page of that id stands there too
JUDGMENTS = "/judgments/"
SOURCES_TABLE = "/sources/table.txt"
CARDS, PICTURES, ATTACHED = "/cards/", "/pictures/", "/files/"
NOT_FOUND = "/404.html"
ASSETS, PAGEFIND, SEARCH_DATA = "/assets/", "/pagefind/", "/search-data/"
LISTS: Mapping[str, str] = {"reports": "/reports/", "actors": "/actors/", "events": "/events/", "pages": HOME}
REPORTS, ACTORS, EVENTS = LISTS["reports"], LISTS["actors"], LISTS["events"]
_FURTHER = "page/"  # of a long list, with its number


def address_of(kind: str, identity: str) -> str:
    """Return the address of an entry: `/reports/<id>/`; of a hand-written page `/<id>/`. `kind` is a key of `LISTS`."""
    return f"{LISTS[kind]}{identity}/"


def card_address(report: str, claim: str) -> str:
    """Return the address of a claim's card: `/cards/<report>/<claim>/`."""
    return f"{CARDS}{report}/{claim}/"


def list_address(kind: str, number: int) -> str:
    """Return the address of a page of the list of a kind. `number` counts from 1, the newest: `/reports/page/2/`."""
    return LISTS[kind] if number == 1 else f"{LISTS[kind]}{_FURTHER}{number}/"


def source_address(speaker: str) -> str:
    """Return the address of the dossier with a speaker set aside. `speaker` is an actor's id, `anonymous` or `unsourced`."""
    return f"{SOURCES}{speaker}/"


def judgment_address(place: int) -> str:
    """Return the address of a judgment's page: its number, from 1. `place` counts from 0, as judgments stand in the settings."""
    return f"{JUDGMENTS}{place + 1}/"


def argdown_address(place: int) -> str:
    """Return the address of a judgment's map as Argdown. `place` counts from 0."""
    return f"{JUDGMENTS}{place + 1}.argdown"


OWN = (
    HOME, REPORTS, ACTORS, EVENTS, CLAIMS, SEARCH, PRINT, INTEGRITY, SOURCES, JUDGMENTS, CARDS, PICTURES, ATTACHED, NOT_FOUND, ASSETS, PAGEFIND, SEARCH_DATA,
    source_address("anonymous"), source_address("unsourced"),
    *(f"{address}{_FURTHER}" for address in LISTS.values()),
)  # fmt: skip


def _ids_within(folder: str) -> frozenset[str]:
    """Return what stands next below `folder` in the site's own addresses, as an id; `index.html` stands in every folder."""
    below = (own.removeprefix(folder).split("/")[0] for own in OWN if own.startswith(folder) and own != folder)
    return frozenset({"index", *(name.removesuffix(".html") for name in below)})


# By kind, the ids whose addresses the site needs itself; servers make `index` and `404` of `index.html` and `404.html`.
RESERVED: Mapping[str, frozenset[str]] = {kind: _ids_within(folder) for kind, folder in LISTS.items()}


def address_needed(kind: str, identity: str) -> str | None:
    """Return the address that an entry of this id would take from the site; None where the id is free. An actor has a page of `SOURCES` too."""
    if identity in RESERVED[kind]:
        return address_of(kind, identity)
    return source_address(identity) if kind == "actors" and identity in _ids_within(SOURCES) else None
