"""Show one claim as a card, to be quoted and embedded elsewhere: never without its hedge, its chain and its origins."""

from __future__ import annotations

from msgspec import Struct

from dossier.linking.linked import LinkedDossier
from dossier.pages.views.claims import ClaimView, show_claim
from dossier.pages.views.frame import Addresses, Frame, make_shell
from dossier.pages.views.names import claim_number, short_name


class CardView(Struct, frozen=True, kw_only=True):
    """The page `/cards/<report>/<claim>/`. `differing` counts who contradicts the claim, whom the report's page shows."""

    shell: Frame
    claim: ClaimView
    differing: int


def view_card(site: LinkedDossier, path: str, ref: str) -> CardView:
    """Return the view of a claim's card. `ref` is `<report>#<claim>`."""
    linked = site.claims[ref]
    claim = show_claim(site, ref, Addresses(path, site))
    title = f"{short_name(site, linked.report)}، القول {claim_number(linked.claim.id, site)}"
    return CardView(
        shell=make_shell(site, path, title, linked.claim.text, og_type="article"),
        claim=claim,
        differing=len(claim.differences),
    )
