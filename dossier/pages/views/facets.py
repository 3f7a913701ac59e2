"""Say at which address the claims page shows only some claims: those of a speaker, an origin, a report and so on."""

from __future__ import annotations

from urllib.parse import urlencode

from dossier.content.addresses import CLAIMS
from dossier.linking.origins import Origin
from dossier.pages.views.frame import Addresses


def origin_key(origin: Origin) -> str:
    """Return an origin's name in addresses: `<actor>.anonymous`, `report.<report>.unsourced`."""
    scheme, _, identity = origin.key.partition(":")
    return f"{'report.' if scheme == 'report' else ''}{identity}.{origin.kind}"


def entry_of(facet: str, value: str) -> str:
    """Return the anchor of a value in the index of claims, which says the same without script."""
    return f"{facet}-{value}"


def explore(to: Addresses, **values: str) -> str:
    """Return the address of the claims that have all these values, by facet; its anchor is the first value's entry in the index."""
    facet, value = next(iter(values.items()))
    return f"{to.to(CLAIMS)}?{urlencode(values)}#{entry_of(facet, value)}"
