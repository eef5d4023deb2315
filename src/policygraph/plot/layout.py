"""Where the bodies of a network stand: those that share much are near each other, and no name lies on another.

Each part of a network that is not joined to the others gets a box of its own.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

INCHES = (11.0, 8.5)
_ROUNDS = 300
_CHAR_INCHES = 0.145
_LINE_INCHES = 0.42
_MARGIN = (0.75, 0.45)
_STEP = 0.5
_LEAST_SHARE = 4

Tie = tuple[str, str, int]


class Box(NamedTuple):
    """A part of the figure, in inches from its left and lower edge, and the nodes in it."""

    left: float
    bottom: float
    width: float
    height: float
    nodes: tuple[str, ...]


def boxes(nodes: Sequence[str], ties: Sequence[Tie]) -> list[Box]:
    """Return a box for each part of a network whose nodes are joined with each other, the largest part first."""
    import networkx as nx  # noqa: PLC0415 - heavy

    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((one, other) for one, other, _ in ties)
    parts = sorted((tuple(sorted(part)) for part in nx.connected_components(graph)), key=lambda one: (-len(one), one))
    return _divided(parts, Box(0, 0, *INCHES, ()))


def positions(box: Box, ties: Sequence[Tie], chars: Mapping[str, int]) -> dict[str, tuple[float, float]]:
    """Return a place in a box for each of its nodes, in inches, the same for the same network.

    ``chars`` is how long the name of each node is.
    """
    import networkx as nx  # noqa: PLC0415 - heavy

    number = {node: index for index, node in enumerate(box.nodes)}
    graph = nx.Graph()  # of numbers: the layout must not depend on the order of a set of words
    graph.add_nodes_from(range(len(number)))
    inside = (tie for tie in ties if tie[0] in number)
    graph.add_weighted_edges_from(sorted((*sorted((number[a], number[b])), weight**0.5) for a, b, weight in inside))
    found = nx.spring_layout(graph, weight="weight", seed=7, k=2.5 / len(number) ** 0.5, iterations=_ROUNDS)
    places = _fitted([(float(found[index][0]), float(found[index][1])) for index in range(len(number))], box)
    for _ in range(3):
        _part(places, [chars[node] for node in box.nodes])
        places = _fitted(places, box)
    return dict(zip(box.nodes, places, strict=True))


def _divided(parts: list[tuple[str, ...]], box: Box) -> list[Box]:
    """Divide a box among parts, the larger one getting more of it, always across its longer side."""
    if not parts:
        return []
    if len(parts) == 1:
        return [box._replace(nodes=parts[0])]
    shares = [max(len(part), _LEAST_SHARE) for part in parts]
    middle = next((n for n in range(1, len(parts)) if sum(shares[:n]) * 2 >= sum(shares)), len(parts) - 1)
    share = sum(shares[:middle]) / sum(shares)
    if box.width >= box.height:
        cut = box.width * share
        first = box._replace(width=cut)
        rest = box._replace(left=box.left + cut, width=box.width - cut)
    else:
        cut = box.height * share
        first = box._replace(bottom=box.bottom + box.height - cut, height=cut)
        rest = box._replace(height=box.height - cut)
    return [*_divided(parts[:middle], first), *_divided(parts[middle:], rest)]


def _fitted(places: list[tuple[float, float]], box: Box) -> list[tuple[float, float]]:
    """Return places moved and stretched so that they fill a box within its margins."""
    axes = []
    for axis, (start, inches) in enumerate(((box.left, box.width), (box.bottom, box.height))):
        least, most = (limit(place[axis] for place in places) for limit in (min, max))
        room = inches - 2 * _MARGIN[axis]
        scale = room / (most - least) if most > least else 0.0
        middle = start + inches / 2
        axes.append([start + _MARGIN[axis] + (p[axis] - least) * scale if scale else middle for p in places])
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
