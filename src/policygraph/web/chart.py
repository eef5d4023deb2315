"""A line of values over years as places in a picture: 用水总量 18.6, 18.2, 17.9.

The template draws it as SVG; nothing of it needs a script. The scale begins at 0 only where the values come near it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.store.contract import Row

WIDTH, HEIGHT = 640, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 44, 34, 34
_NEAR_ZERO = 0.35


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a year, as a number and as written, with the row that it comes from."""

    year: int
    value: float
    said: str
    row: Row


@dataclass(frozen=True, slots=True)
class Placed:
    """A point and where it is drawn."""

    x: float
    y: float
    point: Point


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: points from left to right, the years and the values that the axes name."""

    place: str
    indicator: str
    unit: str
    points: tuple[Placed, ...]
    years: tuple[tuple[float, int], ...]
    ticks: tuple[tuple[float, str], ...]

    @property
    def line(self) -> str:
        """The points as SVG takes them."""
        return " ".join(f"{one.x:g},{one.y:g}" for one in self.points)


def chart(place: str, indicator: str, unit: str, points: Sequence[Point]) -> Chart:
    """Return the chart of some points; equal values make a line in the middle."""
    values = [one.value for one in points]
    low, high = min(values), max(values)
    if low > 0 and low < _NEAR_ZERO * high:
        low = 0.0
    span = high - low or abs(high) or 1.0
    if high == low:
        low, high = low - span / 2, high + span / 2
        span = high - low
    first, last = min(one.year for one in points), max(one.year for one in points)

    def at(year: int) -> float:
        share = (year - first) / (last - first) if last > first else 0.5
        return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)

    def height(value: float) -> float:
        return round(HEIGHT - _BOTTOM - (value - low) / span * (HEIGHT - _TOP - _BOTTOM), 1)

    ordered = sorted(points, key=lambda one: (one.year, str(one.row["notice"]), int(str(one.row["start"]))))
    ticks = tuple((height(value), f"{value:g}") for value in (low, (low + high) / 2, high))
    years = tuple((at(year), year) for year in sorted({one.year for one in points}))
    placed = tuple(Placed(at(one.year), height(one.value), one) for one in ordered)
    return Chart(place, indicator, unit, placed, years, ticks)
