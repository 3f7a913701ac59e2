"""Lay out a graph in the plane so that distances in the picture are those along its edges, the same way every time.

By stochastic gradient descent on the stress of all pairs (Zheng, Pawar and Goodman, 2018), which needs a few rounds only.
"""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Iterable, Sequence

ROUNDS = 20
LAST_STEP = 0.1  # of the step that would put the nearest pair right at once
APART = 1.2  # distance of nodes that nothing joins, in units of the longest along edges
SEED = 20
Point = tuple[float, float]


def lay_out(number: int, edges: Iterable[tuple[int, int, float]]) -> list[Point]:
    """Return a point for each of `number` nodes, in no particular unit. `edges` are pairs of nodes with their length, over 0."""
    chance = random.Random(SEED)
    xs, ys = ([chance.uniform(-1, 1) for _ in range(number)] for _ in "xy")
    pairs = _pairs(number, list(edges))
    if not pairs:
        return list(zip(xs, ys, strict=True))
    lengths = [length for _, _, length in pairs]
    largest, smallest = max(lengths) ** 2, LAST_STEP * min(lengths) ** 2
    for turn in range(ROUNDS):
        step = largest * (smallest / largest) ** (turn / (ROUNDS - 1))
        chance.shuffle(pairs)
        _move(xs, ys, pairs, step)
    return list(zip(xs, ys, strict=True))


def _move(xs: list[float], ys: list[float], pairs: Sequence[tuple[int, int, float]], step: float) -> None:
    """Move both nodes of each pair towards their distance; far pairs, which weigh less, by less."""
    root = math.sqrt
    for i, j, length in pairs:
        x, y = xs[i] - xs[j], ys[i] - ys[j]
        apart = root(x * x + y * y) or 1e-9
        share = step / (length * length)
        share = (share if share < 1 else 1) * (apart - length) / (2 * apart)
        x *= share
        y *= share
        xs[i] -= x
        ys[i] -= y
        xs[j] += x
        ys[j] += y


def _pairs(number: int, edges: Sequence[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Return every pair of nodes with the length of the shortest way between them."""
    neighbours: list[list[tuple[int, float]]] = [[] for _ in range(number)]
    for i, j, length in edges:
        neighbours[i].append((j, length))
        neighbours[j].append((i, length))
    ways = [_ways_from(node, neighbours) for node in range(number)]
    longest = max((length for way in ways for length in way if length < math.inf), default=0) or 1.0
    return [
        (i, j, ways[i][j] if ways[i][j] < math.inf else APART * longest)
        for i in range(number)
        for j in range(i + 1, number)
    ]


def _ways_from(start: int, neighbours: Sequence[Sequence[tuple[int, float]]]) -> list[float]:
    """Return the length of the shortest way to each node (Dijkstra, 1959); infinite where there is none."""
    ways = [math.inf] * len(neighbours)
    ways[start] = 0.0
    waiting = [(0.0, start)]
    while waiting:
        way, node = heapq.heappop(waiting)
        if way > ways[node]:
            continue
        for neighbour, length in neighbours[node]:
            if way + length < ways[neighbour]:
                ways[neighbour] = way + length
                heapq.heappush(waiting, (way + length, neighbour))
    return ways
