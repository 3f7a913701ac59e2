"""Draw how claims came: from their origins through whoever passed them on to the reports, as ribbons as broad as claims are many.

There are two pictures of one layout, with names beside their bars: a wide one, and a tall one for a phone, which is as narrow as that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from dossier.pages.charts.labels import letters, wrap

BAR, GAP, LINE = 8, 5, 15  # thickness of a bar, room between two, height of a line of a label
BROADEST = 9.0  # a ribbon of one claim in a small dossier

Point = Callable[[float, float], str]


class FlowNode(Struct, frozen=True, kw_only=True):
    """An origin, a carrier or a report. `kind` is that of an origin."""

    label: str
    href: str
    kind: str = ""


class FlowRibbon(Struct, frozen=True, kw_only=True):
    """How many claims came one way: places of its nodes in their lists; `carrier` is None where nobody stands between."""

    origin: int
    carrier: int | None
    report: int
    claims: int
    href: str
    name: str


class Flow(Struct, frozen=True, kw_only=True):
    """All that is drawn. Origins of one kind stand together; `kinds` are the words for each."""

    origins: tuple[FlowNode, ...]
    carriers: tuple[FlowNode, ...]
    reports: tuple[FlowNode, ...]
    ribbons: tuple[FlowRibbon, ...]
    kinds: dict[str, str]
    name: str


class _Shape(Struct, frozen=True):
    """Measures of a picture: its width and height, where along the way its three layers lie, and how long ribbons run level.

    `side` and `middle` are how many letters a line has beside the outer bars, and above one in the middle.
    """

    name: str
    width: int
    height: int
    depths: tuple[float, float, float]
    level: float
    side: int
    middle: int

    @property
    def across(self) -> float:
        """Return the room that a layer has."""
        return self.height - 4

    @property
    def hatch(self) -> str:
        """Return the id of the pattern of anonymous origins."""
        return f"hatch-{self.name}"

    def point(self, across: float, depth: float) -> str:
        """Write a point, given by its place within a layer and its place along the way."""
        return f"{round(self.width - depth, 1):g} {round(across + 2, 1):g}"


class _Slot(Struct):
    """A node's place within its layer: how many claims it holds, the room that it needs at least and before it, where it begins."""

    claims: int
    least: float
    before: float = GAP
    start: float = 0.0
    size: float = 0.0


def draw_flow(flow: Flow, *, tall: bool) -> Markup:
    """Draw the picture; empty where there is nothing to draw."""
    if not flow.ribbons:
        return Markup("")
    shape = _shape(flow, tall=tall)
    layers = _slots(flow, shape)
    scale = min(_scale(layer, shape.across) for layer in layers)
    for layer, order in zip(layers, (None, _order(flow), None), strict=True):
        _place(layer, order or range(len(layer)), scale, shape.across)
    return Markup(
        f'<svg class="flow-{shape.name}" viewBox="0 0 {shape.width} {shape.height}" role="group" aria-label="{escape(flow.name)}">'
        f'<defs><pattern id="{shape.hatch}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path class="flow-hatch" d="M0 0V5"/></pattern></defs>{"".join(_ribbons(flow, layers, scale, shape))}'
        f"{''.join(_nodes(flow, layers, shape))}</svg>"
    )


def _shape(flow: Flow, *, tall: bool) -> _Shape:
    rows = max(len(flow.origins) + 2, len(flow.reports), _middles(flow))
    if tall:
        return _Shape("tall", 340, max(200, min(560, 46 * rows)), (102, 166, 230), 10, 15, 18)
    return _Shape("wide", 720, max(200, min(620, 42 * rows)), (162, 360, 550), 74, 25, 22)


def _middles(flow: Flow) -> int:
    return len(flow.carriers) + sum(ribbon.carrier is None for ribbon in flow.ribbons)


def _slots(flow: Flow, shape: _Shape) -> tuple[list[_Slot], list[_Slot], list[_Slot]]:
    """Return the slots of origins, of what lies between (carriers, then one for every ribbon without any), and of reports."""
    origins = [_slot(flow, "origin", i, node.label, shape) for i, node in enumerate(flow.origins)]
    reports = [_slot(flow, "report", i, node.label, shape) for i, node in enumerate(flow.reports)]
    for i, node in enumerate(flow.origins):
        if i == 0 or node.kind != flow.origins[i - 1].kind:
            origins[i].before = LINE + 2 * GAP
    carriers = [_slot(flow, "carrier", i, "", shape) for i in range(len(flow.carriers))]
    for slot, node in zip(carriers, flow.carriers, strict=True):
        slot.before = LINE * len(wrap(node.label, shape.middle)) + 2 * GAP
    gap = min(GAP, shape.across / 2 / _middles(flow))
    through = [_Slot(ribbon.claims, 0, gap) for ribbon in flow.ribbons if ribbon.carrier is None]
    return origins, [*carriers, *through], reports


def _slot(flow: Flow, layer: str, index: int, label: str, shape: _Shape) -> _Slot:
    claims = sum(ribbon.claims for ribbon in flow.ribbons if getattr(ribbon, layer) == index)
    return _Slot(claims, 2 * LINE if letters(label) > shape.side else LINE + 3)


def _scale(layer: Sequence[_Slot], across: float) -> float:
    """Return the greatest breadth of a claim with which a layer still has room."""
    low, high = 0.0, BROADEST
    for _ in range(30):
        middle = (low + high) / 2
        fits = sum(slot.before + max(slot.least, middle * slot.claims) for slot in layer) <= across
        low, high = (middle, high) if fits else (low, middle)
    return low


def _order(flow: Flow) -> list[int]:
    """Sort the slots of the middle layer by where their ribbons come from and go to, so that few cross."""
    places: dict[int, list[float]] = {}
    for ribbon, slot in zip(flow.ribbons, _between(flow), strict=True):
        place = ribbon.origin / len(flow.origins) + 2 * ribbon.report / len(flow.reports)
        places.setdefault(slot, []).extend([place] * ribbon.claims)
    return sorted(places, key=lambda slot: (sum(places[slot]) / len(places[slot]), slot))


def _place(layer: Sequence[_Slot], order: Sequence[int], scale: float, across: float) -> None:
    """Set slots one after the other, the whole in the middle of its room."""
    for slot in layer:
        slot.size = max(slot.least, scale * slot.claims)
    at = (across - sum(slot.before + slot.size for slot in layer)) / 2
    for slot in (layer[index] for index in order):
        at += slot.before
        slot.start = at
        at += slot.size


def _ribbons(
    flow: Flow, layers: tuple[list[_Slot], list[_Slot], list[_Slot]], scale: float, shape: _Shape
) -> Iterator[str]:
    """Yield ribbons. Where they leave and enter bars they lie in the order in which they come, so that few cross."""
    origins, middles, reports = layers
    between = _between(flow)
    out = _stack([origins[r.origin] for r in flow.ribbons], [middles[m].start for m in between], flow, scale)
    into = _stack([middles[m] for m in between], [origins[r.origin].start for r in flow.ribbons], flow, scale)
    on = _stack([middles[m] for m in between], [reports[r.report].start for r in flow.ribbons], flow, scale)
    end = _stack([reports[r.report] for r in flow.ribbons], [middles[m].start for m in between], flow, scale)
    for i, ribbon in enumerate(flow.ribbons):
        kind = flow.origins[ribbon.origin].kind
        path = _outline((out[i], into[i], on[i], end[i]), scale * ribbon.claims, shape)
        yield (
            f'<a href="{escape(ribbon.href)}" aria-label="{escape(ribbon.name)}"><title>{escape(ribbon.name)}</title>'
            f'<path class="flow-ribbon flow-{kind}"{_fill(kind, shape)} d="{path}"/></a>'
        )


def _between(flow: Flow) -> list[int]:
    """Return for each ribbon the slot of the middle layer that it runs through."""
    free = iter(range(len(flow.carriers), _middles(flow)))
    return [next(free) if ribbon.carrier is None else ribbon.carrier for ribbon in flow.ribbons]


def _stack(slots: Sequence[_Slot], order: Sequence[float], flow: Flow, scale: float) -> list[float]:
    """Return where each ribbon begins within its slot; `order` sorts those of one slot."""
    starts = [0.0] * len(slots)
    used: dict[int, float] = {}
    for i in sorted(range(len(slots)), key=lambda i: (order[i], i)):
        slot = slots[i]
        spare = (slot.size - scale * slot.claims) / 2
        starts[i] = slot.start + spare + used.get(id(slot), 0.0)
        used[id(slot)] = used.get(id(slot), 0.0) + scale * flow.ribbons[i].claims
    return starts


def _outline(starts: tuple[float, float, float, float], breadth: float, shape: _Shape) -> str:
    first, middle, last = shape.depths
    enter, leave = middle - shape.level, middle + shape.level
    out, into, on, end = starts
    ways = ((out, first + BAR), (into, enter), (into, middle), (on, middle), (on, leave), (end, last))
    there = _edge([(across, depth) for across, depth in ways], shape.point)
    back = _edge([(across + breadth, depth) for across, depth in reversed(ways)], shape.point)
    return f"M{there}L{back}Z"


def _edge(ways: Sequence[tuple[float, float]], point: Point) -> str:
    """Write one edge of a ribbon: curved from bar to level stretch and from there to bar, straight between."""
    (a0, d0), (a1, d1), *level, (a2, d2), (a3, d3) = ways
    first, last = (d0 + d1) / 2, (d2 + d3) / 2
    straight = "".join(f"L{point(a, d)}" for a, d in (*level, (a2, d2)))
    return (
        f"{point(a0, d0)}C{point(a0, first)} {point(a1, first)} {point(a1, d1)}{straight}"
        f"C{point(a2, last)} {point(a3, last)} {point(a3, d3)}"
    )


def _fill(kind: str, shape: _Shape) -> str:
    return f' fill="url(#{shape.hatch})"' if kind == "anonymous" else ""


def _nodes(flow: Flow, layers: tuple[list[_Slot], list[_Slot], list[_Slot]], shape: _Shape) -> Iterator[str]:
    for layer, (nodes, slots) in enumerate(zip((flow.origins, flow.carriers, flow.reports), layers, strict=True)):
        for node, slot in zip(nodes, slots, strict=False):
            yield (
                f'<a href="{escape(node.href)}" aria-label="{escape(node.label)}"><title>{escape(node.label)}</title>'
                f"{_bar(slot, shape.depths[layer], shape, node.kind)}{''.join(_words(node, slot, layer, shape))}</a>"
            )
    yield from _headings(flow, layers[0], shape)


def _bar(slot: _Slot, depth: float, shape: _Shape, kind: str) -> str:
    start, end = shape.point(slot.start, depth), shape.point(slot.start + slot.size, depth + BAR)
    (x1, y1), (x2, y2) = start.split(), end.split()
    path = f"M{x1} {y1}H{x2}V{y2}H{x1}Z"
    return f'<path class="flow-bar{f" flow-{kind}" if kind else ""}"{_fill(kind, shape)} d="{path}"/>'


def _words(node: FlowNode, slot: _Slot, layer: int, shape: _Shape) -> Iterator[str]:
    """Yield a node's name: beside an outer bar on its outer side, above one in the middle."""
    lines = wrap(node.label, shape.middle if layer == 1 else shape.side)
    middle = slot.start + slot.size / 2 - LINE * (len(lines) - 1) / 2 + 5
    x = shape.width - shape.depths[layer] + (7, -BAR / 2, -BAR - 7)[layer]
    anchor = ("end", "middle", "start")[layer]
    over = " flow-over" if layer == 1 else ""
    for i, line in enumerate(lines):
        y = slot.start - LINE * (len(lines) - 1 - i) - 3 if layer == 1 else middle + LINE * i
        yield f'<text class="flow-label{over}" x="{x:g}" y="{y:.1f}" direction="rtl" text-anchor="{anchor}">{escape(line)}</text>'


def _headings(flow: Flow, slots: Sequence[_Slot], shape: _Shape) -> Iterator[str]:
    for i, (node, slot) in enumerate(zip(flow.origins, slots, strict=True)):
        if i == 0 or node.kind != flow.origins[i - 1].kind:
            words = escape(flow.kinds[node.kind])
            yield f'<text class="flow-kind" x="{shape.width - 2}" y="{slot.start - GAP:.1f}" direction="rtl">{words}</text>'
