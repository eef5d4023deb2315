"""Columns of a printed page, as gazettes (公报) have them: which characters are read before which.

A page has two columns if most of its lines are parted at the same place near the middle and are full on both sides of
it. Lines that cross the gap (a title) part the page into bands; in each band the left column is read before the right.
Tables without rules and lists of names are parted at several places, so they are no columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from policygraph.read.sheet import lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygraph.read.sheet import Glyph, Line

_LEAST_ROWS = 10
_PARTED_SHARE = 0.7  # of the rows that reach to both sides
_GAP = 1.0  # of an em: what parts columns
_MIDDLE = (0.38, 0.62)  # of the text's width: where the gap between columns lies
_FULL = 0.8  # of a column: what its usual line takes up


@dataclass(frozen=True, slots=True)
class Part:
    """Characters that are read together: ``side`` is 0 across the page, 1 in the left and 2 in the right column."""

    side: int
    glyphs: list[Glyph]


def split(glyphs: Sequence[Glyph]) -> list[Part]:
    """Return the parts of a page in reading order; a page without columns is one part."""
    rows = lines(glyphs)
    gap = _between(rows)
    if gap is None:
        return [Part(0, list(glyphs))] if glyphs else []
    return list(_parts(rows, gap))


def _parts(rows: Sequence[Line], gap: float) -> Iterator[Part]:
    band: list[list[Glyph]] = [[], []]
    for row in rows:
        if any(start < gap < end for start, end in _runs(row)):
            yield from (Part(side, some) for side, some in enumerate(band, 1) if some)
            band = [[], []]
            yield Part(0, row.glyphs)
        else:
            for glyph in row.glyphs:
                band[glyph.centre > gap].append(glyph)
    yield from (Part(side, some) for side, some in enumerate(band, 1) if some)


def _between(rows: Sequence[Line]) -> float | None:
    """Return the place between two columns, or ``None`` if there are none."""
    if len(rows) < _LEAST_ROWS:
        return None
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    low, high = (left + share * (right - left) for share in _MIDDLE)
    parted = [(row, runs) for row in rows if len(runs := _runs(row)) == 2]  # noqa: PLR2004 - one on each side
    gaps = [(runs[0][1], runs[1][0]) for _, runs in parted]
    middles = [(start + end) / 2 for start, end in gaps if start < high and end > low]
    if len(middles) < _LEAST_ROWS:
        return None
    place = median(middles)
    both = [row for row in rows if row.left < place < row.right]
    at_place = [(start, end) for start, end in gaps if start < place < end]
    if len(at_place) < max(_LEAST_ROWS, _PARTED_SHARE * len(both)) or not low < place < high:
        return None
    usual_left = median(start for start, _ in at_place) - left
    usual_right = right - median(end for _, end in at_place)
    full = min(usual_left / (place - left), usual_right / (right - place)) >= _FULL
    return place if full else None


def _runs(row: Line) -> list[tuple[float, float]]:
    """Return where the characters of a row stand without a gap between them."""
    runs: list[list[float]] = []
    for glyph in row.glyphs:
        if runs and glyph.left - runs[-1][1] < _GAP * row.em:
            runs[-1][1] = max(runs[-1][1], glyph.right)
        else:
            runs.append([glyph.left, glyph.right])
    return [(start, end) for start, end in runs]
