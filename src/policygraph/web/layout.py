"""Where the nodes of a network stand: each group a disc, its weightiest in the middle, the discs side by side.

Nodes of a disc follow the spiral of a sunflower (Vogel 1979), discs a wider one. Nothing is drawn by lot and the cost
grows with the nodes alone, so that thousands are placed at once and always alike.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Place = tuple[float, float]

_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_STEP = 34.0  # between neighbours on a spiral
_GAP = 60.0  # between discs


def arrange(groups: Sequence[Sequence[str]], weights: Mapping[str, float]) -> dict[str, Place]:
    """Return the place of each node; groups come largest first, and the first stands in the middle."""
    places: dict[str, Place] = {}
    taken: list[tuple[Place, float]] = []
    for group in groups:
        radius = _STEP * math.sqrt(len(group)) + _GAP / 2
        centre = _free(taken, radius)
        taken.append((centre, radius))
        for index, node in enumerate(sorted(group, key=lambda one: (-weights.get(one, 0), one))):
            x, y = _spiral(index, _STEP)
            places[node] = (centre[0] + x, centre[1] + y)
    return places


def _spiral(index: int, step: float) -> Place:
    distance, angle = step * math.sqrt(index), index * _GOLDEN_ANGLE
    return distance * math.cos(angle), distance * math.sin(angle)


def _free(taken: Sequence[tuple[Place, float]], radius: float) -> Place:
    """Return the first place on a spiral where a disc meets no other."""
    index = 0
    while True:
        place = _spiral(index, radius / 2)
        if all(math.dist(place, other) >= radius + own for other, own in taken):
            return place
        index += 1
