"""Write the map of a judgment as Argdown, the plain-text syntax for maps of arguments: claims support it, origins support claims."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from dossier.linking.linked import LinkedDossier, differing_from
from dossier.pages.views.judgments import contradicting, origin_name
from dossier.pages.views.names import claim_name
from dossier.pages.views.wording import MODES, ORIGIN_WORDS, numeral

_mark_up = re.compile(r"[\\@#*_\[\]<>{}:/]").sub  # what begins something else than text, anywhere in a line


def write_argdown(site: LinkedDossier, place: int) -> bytes:
    """Return a judgment's map in UTF-8. `place` counts from 0."""
    return ("\n".join(_lines(site, place)) + "\n").encode()


def _lines(site: LinkedDossier, place: int) -> Iterator[str]:
    judgment = site.settings.judgments[place]
    name = f"الخلاصة {numeral(place + 1, site.settings.digits)}"
    yield from ("===", f"title: {json.dumps(judgment.title or name, ensure_ascii=False)}", "===", "")
    yield f"[{name}]: {_plain(judgment.text)}"
    claims = tuple(dict.fromkeys(judgment.claims))
    yield from (f"  + [{_title(site, ref)}]" for ref in claims)
    outside = contradicting(site, claims)
    known = frozenset((*claims, *outside))
    for ref in (*claims, *outside):
        claim = site.claims[ref].claim
        yield ""
        yield f"[{_title(site, ref)}]: {_plain(claim.text)} ({MODES[claim.mode]})"
        for origin in site.ties[ref].origins:
            yield f"  + [{_inside(origin_name(site, origin))}، {ORIGIN_WORDS[origin.kind]}]"
        yield from (
            f"  >< [{_title(site, other)}]" for other in differing_from(site, ref) if other in known and other > ref
        )


def _title(site: LinkedDossier, ref: str) -> str:
    return f"{_inside(claim_name(site, ref))}، {ref}"


def _inside(text: str) -> str:
    """Return text as it can stand between brackets."""
    return " ".join(re.sub(r"[\[\]<>]", " ", text).split())


def _plain(text: str) -> str:
    """Return text on one line, its signs escaped."""
    return _mark_up(r"\\\g<0>", " ".join(text.split()))
