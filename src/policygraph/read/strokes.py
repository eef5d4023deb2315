"""Drawn paths to rules: the straight pieces that lie or stand, and filled bars as thin as a stroke.

Word processors draw a table's lines as strokes, as boxes or as thin black bars (470 × 0.5 points); all are rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.read.sheet import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_THIN = 3.0  # points: a filled box no thicker than this is a rule
_STRAIGHT = 1.0  # points that the ends of a rule may lie off


def at(matrix: Matrix, point: Point) -> Point:
    """Return where a matrix takes a point.

    >>> at((2, 0, 0, 2, 10, 0), (1, 3))
    (12, 6)
    """
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that does what the first does and then what the other does."""
    a, b, c, d, _, _ = one
    p, q, r, s, _, _ = other
    e, f = at(other, (one[4], one[5]))
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e, f


def straight(pieces: Iterable[tuple[Point, Point]]) -> Iterator[Rule]:
    """Yield the stroked pieces that lie or stand and are longer than a dot."""
    for (x, y), (to_x, to_y) in pieces:
        across, down = abs(x - to_x), abs(y - to_y)
        if min(across, down) < _STRAIGHT < max(across, down):
            yield Rule(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))


def bar(points: Sequence[Point]) -> Iterator[Rule]:
    """Yield the middle line of a filled shape that is as thin as a rule."""
    if not points:
        return
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    middle, centre = (top + bottom) / 2, (left + right) / 2
    if bottom - top <= _THIN < right - left:
        yield Rule(left, middle, right, middle)
    elif right - left <= _THIN < bottom - top:
        yield Rule(centre, top, centre, bottom)
