"""Addresses: no page is made and no folder written where an entry's id could stand, unless that id is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from dossier.commands.pipeline import compose, site_files
from dossier.commands.templates import TEMPLATES
from dossier.content.addresses import LISTS, OWN, RESERVED, address_of, list_address
from dossier.content.front_matter import fault_of_id
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot, read_templates
from dossier.linking.linked import LinkedDossier
from dossier.pages.moved import find_moved
from dossier.pages.outline import Outline
from tests.unit.test_views import FILES

MANY = 120  # reports, so that their list has a second page and a third


@pytest.fixture(scope="module")
def site() -> LinkedDossier:
    """One entry of each kind at least, former ids, and a list of reports in several pages."""
    more = {f"content/reports/n{n}.md": f"---\ntitle: خبر\nseed: n{n}.txt\n---\n" for n in range(MANY)}
    more |= {f"seeds/n{n}.txt": f"نص {n}.\n" for n in range(MANY)}
    return compose(make_snapshot({**FILES, **more}), Memo()).site


def entries_of(site: LinkedDossier) -> set[str]:
    kinds = {"reports": site.reports, "actors": site.actors, "events": site.events, "pages": site.pages}
    return {address_of(kind, identity) for kind, entries in kinds.items() for identity in entries}


def unreserved(addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every kind and id by which an entry could take one of these addresses, or a folder on the way to it."""
    for address in addresses:
        for kind, folder in LISTS.items():
            name, slash, _ = address.removeprefix(folder).partition("/")
            identity = name.removesuffix(".html")
            could = slash or name.endswith(".html")  # a file with another ending stands in no page's way
            if address.startswith(folder) and could and identity and identity not in RESERVED[kind]:
                yield kind, address


def test_every_page_that_is_no_entrys_has_an_address_that_no_entry_can_take(site: LinkedDossier) -> None:
    entries = entries_of(site) | {moved.former for moved in find_moved(site)}
    own = [address for address in Outline(site) if address not in entries]
    assert {"/", "/claims/", "/404.html", "/reports/page/3/"} <= set(own)
    assert list(unreserved(own)) == []


def test_no_entry_can_stand_in_a_folder_of_the_site(site: LinkedDossier) -> None:
    files = site_files(site, read_templates(TEMPLATES), Memo()).others
    assert "/assets/site.css" in files
    assert list(unreserved(files)) == []


def test_a_page_that_is_not_reserved_would_be_found() -> None:
    assert list(unreserved(["/atlas/"])) == [("pages", "/atlas/")]
    assert list(unreserved(["/actors/map/"])) == [("actors", "/actors/map/")]
    assert list(unreserved(["/help.html"])) == [("pages", "/help.html")]


@pytest.mark.parametrize("kind", LISTS)
def test_an_id_that_the_site_needs_itself_is_refused(kind: str) -> None:
    assert RESERVED[kind] >= {"index", "page"}
    for identity in RESERVED[kind]:
        fault = fault_of_id(kind, identity)
        assert fault and fault[0].endswith(
            f"would take the address {address_of(kind, identity)}, which the site needs itself"
        )


def test_the_addresses_of_lists_are_among_the_sites_own() -> None:
    for kind, folder in LISTS.items():
        assert list_address(kind, 1) == folder
        assert list_address(kind, 2).startswith(
            tuple(own for own in OWN if own.startswith(folder) and own.endswith("page/"))
        )
