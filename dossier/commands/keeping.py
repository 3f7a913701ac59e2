"""Keep a build for the next: what its pages read, and what stands in its output folder.

Three things have to fit one another: the values that visits read (with the dossier's other results), the visits, and what is
written. Each bears the name of the build that it is of, and what does not fit is as good as none. After a small change only what
is written is kept anew: the pages that were remade are then made again until all is kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from msgspec import Struct

from dossier.commands.unchanged import Order, Receipt
from dossier.commands.visits import Last, Visit, Visits, Written
from dossier.engine.cache import Cache
from dossier.engine.memo import Memo
from dossier.engine.write import Former
from dossier.pages.reads import Values

VALUES = "content/values"
SMALL = 500  # pages: of so few everything is always kept anew
PART = 50  # of many, all is kept anew where more than one page of so many was made


class _Named(Struct, frozen=True):
    """Something that is kept, with the name of the build whose values it is of, and of the build that it is itself of."""

    values_of: str
    build: str
    kept: object


def find_last(order: Order, cache: Cache, receipt: Receipt | None) -> Last | None:
    """Return the last build of this order, where its output is untouched (then there is its receipt) and all that was kept of it fits."""
    if receipt is None:
        return None
    values, visits, written = (_find(step, order, cache) for step in (VALUES, _visits(order), _written(order)))
    if not (values and visits and written):
        return None
    if written.build != receipt.build or not written.values_of == visits.values_of == values.values_of:
        return None
    stands: Written = written.kept  # type: ignore[assignment]  # what `keep` kept, and so are the others
    former = Former(folder=order.out, digests=stands.digests, stamps=receipt.outputs)
    return Last(former=former, written=stands, values=values.kept, visits=visits.kept)  # type: ignore[arg-type]


def is_large(visits: Visits) -> bool:
    """Tell whether there are so many pages that what was kept of them pays, and their old folder with it."""
    return len(visits.stale) + len(visits.kept) > SMALL


def keep(order: Order, cache: Cache, memo: Memo, visits: Visits, written: Written, made: Mapping[str, Visit]) -> str:
    """Keep a build; return its name."""
    build = uuid.uuid4().hex
    last = _find(VALUES, order, cache) if visits.kept else None
    if last and is_large(visits) and len(visits.stale) * PART < len(visits.kept):
        cache.save(memo, but=VALUES)
        _save(cache, _written(order), order, _Named(last.values_of, build, written))
        return build
    values: Values = visits.values
    memo.get(VALUES, order.key, lambda: None)
    memo.results[VALUES] = {order.key: _Named(build, build, values)}
    memo.renewed.add(VALUES)
    cache.save(memo)
    _save(cache, _visits(order), order, _Named(build, build, visits.all_visits(made)))
    _save(cache, _written(order), order, _Named(build, build, written.of_its_own_values()))
    return build


def _find(step: str, order: Order, cache: Cache) -> _Named | None:
    found = cache.memo().last_results(step).get(order.key)
    return found if isinstance(found, _Named) else None


def _save(cache: Cache, step: str, order: Order, kept: _Named) -> None:
    cache.save(Memo.of({step: {order.key: kept}}))


def _visits(order: Order) -> str:
    return f"visits-{order.key}"


def _written(order: Order) -> str:
    return f"written-{order.key}"
