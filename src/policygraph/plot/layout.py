"""Where the bodies of a network stand: those that share much are near each other, and no name lies on another."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

INCHES = (11.0, 8.5)
_ROUNDS = 300
_CHAR_INCHES = 0.155
_LINE_INCHES = 0.3
_STEP = 0.5


def positions(
    nodes: Sequence[str], lines: Sequence[tuple[str, str, int]], chars: Mapping[str, int]
) -> dict[str, tuple[float, float]]:
    """Return a place for each node, in inches of a figure, the same for the same network.

    ``chars`` is how long the name of each node is.
    """
    import networkx as nx  # noqa: PLC0415 - heavy

    order = sorted(nodes)
    number = {node: index for index, node in enumerate(order)}
    graph = nx.Graph()  # of numbers: the layout must not depend on the order of a set of words
    graph.add_nodes_from(range(len(order)))
    graph.add_weighted_edges_from(
        sorted((*sorted((number[one], number[other])), weight**0.5) for one, other, weight in lines)
    )
    found = nx.spring_layout(graph, weight="weight", seed=7, k=2.2 / max(len(order), 1) ** 0.5, iterations=_ROUNDS)
    places = _fitted([(float(found[index][0]), float(found[index][1])) for index in range(len(order))])
    _part(places, [chars[node] for node in order])
    return dict(zip(order, _fitted(places), strict=True))


def _fitted(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return places moved and stretched so that they fill the figure within its margins."""
    axes = []
    for axis, inches in enumerate(INCHES):
        least, most = (limit(place[axis] for place in places) for limit in (min, max))
        scale = (inches - 1.2) / (most - least) if most > least else 0.0
        axes.append([0.4 + (place[axis] - least) * scale if scale else inches / 2 for place in places])
    return list(zip(*axes, strict=True))


def _part(places: list[tuple[float, float]], chars: list[int]) -> None:
    """Push names that lie on each other apart, up and down, until none does or the rounds are over."""
    for _ in range(_ROUNDS):
        moved = False
        for one, other in combinations(range(len(places)), 2):
            (x1, y1), (x2, y2) = places[one], places[other]
            if abs(x1 - x2) < (chars[one] + chars[other]) / 2 * _CHAR_INCHES and abs(y1 - y2) < _LINE_INCHES:
                step = (_LINE_INCHES - abs(y1 - y2)) * _STEP + 0.01
                up = 1 if (y1, one) > (y2, other) else -1
                places[one], places[other] = (x1, y1 + up * step), (x2, y2 - up * step)
                moved = True
        if not moved:
            return
