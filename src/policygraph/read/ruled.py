"""Ruled tables of a sheet: where lines across and down meet, cells lie between them.

``┌序号┬任务┐`` is rules and characters and nothing else to a PDF. Rules that touch make a frame; the heights and places
of its rules make a lattice; boxes of the lattice that no rule parts are one merged cell. A frame with one box is an
ornament, not a table, and so is one in which fewer than two boxes have words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from policygraph.read.sheet import Glyph, Line, Rule, Sheet

_TOUCH = 2.5  # points that rules may miss each other by
SAME = 3.0  # points within which two rules are one (double borders)
_COVER = 0.6  # of an edge: how much of it a rule must cover to part two boxes
_MOST_RULES = 20_000


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a ruled table: its place in the lattice and its characters."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    right: float
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table: its edges on the sheet, the places of its columns, and its cells."""

    left: float
    top: float
    right: float
    bottom: float
    columns: tuple[float, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of one box around text, and its characters."""

    left: float
    top: float
    right: float
    bottom: float
    glyphs: list[Glyph]

    def holds(self, line: Line) -> bool:
        """Tell whether a line stands inside."""
        across = self.left - SAME <= line.left and line.right <= self.right + line.em
        return across and self.top <= line.middle <= self.bottom


@dataclass(frozen=True, slots=True)
class Found:
    """The tables of a sheet, top down, its frames of one box, smallest first, and the characters outside tables."""

    tables: list[Ruled]
    frames: list[Frame]
    outside: list[Glyph]


def find(sheet: Sheet, most_cells: int) -> Found:
    """Return the tables and frames of a sheet.

    A frame with more boxes than ``most_cells`` is no table of a notice and is passed over.
    """
    found: list[Ruled] = []
    framed: list[Frame] = []
    outside = sheet.glyphs
    frames = [_Lattice(rules) for rules in _touching(sheet.rules[:_MOST_RULES])]
    for frame in sorted(frames, key=lambda one: one.area):
        if frame.boxes == 1:
            inside = [glyph for glyph in outside if frame.holds(glyph)]
            framed.append(Frame(frame.xs[0], frame.ys[0], frame.xs[-1], frame.ys[-1], inside))
        if not 1 < frame.boxes <= most_cells:
            continue
        inside = [glyph for glyph in outside if frame.holds(glyph)]
        table = frame.table(inside)
        if sum(bool(box.glyphs) for box in table.boxes) > 1:
            found.append(table)
            taken = set(map(id, inside))
            outside = [glyph for glyph in outside if id(glyph) not in taken]
    return Found(sorted(found, key=lambda table: table.top), framed, outside)


class _Lattice:
    """Rules that touch, and the lattice of their places."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.across = [rule for rule in rules if rule.across]
        self.down = [rule for rule in rules if not rule.across]
        self.xs = _places([rule.left for rule in self.down], [(rule.left, rule.right) for rule in self.across])
        self.ys = _places([rule.top for rule in self.across], [(rule.top, rule.bottom) for rule in self.down])

    @property
    def boxes(self) -> int:
        return max(0, len(self.xs) - 1) * max(0, len(self.ys) - 1) if self.down and self.across else 0

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0]) if self.boxes else 0.0

    def holds(self, glyph: Glyph) -> bool:
        return self.xs[0] <= glyph.centre <= self.xs[-1] and self.ys[0] <= glyph.middle <= self.ys[-1]

    def table(self, glyphs: Iterable[Glyph]) -> Ruled:
        """Return the table of this frame with the characters inside it."""
        width, height = len(self.xs) - 1, len(self.ys) - 1
        group = _Groups(width * height)
        walls = _edges(self.down, self.xs, self.ys, lambda rule: (rule.left, rule.top, rule.bottom))
        floors = _edges(self.across, self.ys, self.xs, lambda rule: (rule.top, rule.left, rule.right))
        for row in range(height):
            for column in range(width):
                here = row * width + column
                if column + 1 < width and (column + 1, row) not in walls:
                    group.join(here, here + 1)
                if row + 1 < height and (row + 1, column) not in floors:
                    group.join(here, here + width)
        words: dict[int, list[Glyph]] = {}
        for glyph in glyphs:
            column = min(max(bisect_right(self.xs, glyph.centre) - 1, 0), width - 1)
            row = min(max(bisect_right(self.ys, glyph.middle) - 1, 0), height - 1)
            words.setdefault(group.of(row * width + column), []).append(glyph)
        members: dict[int, list[int]] = {}
        for here in range(width * height):
            members.setdefault(group.of(here), []).append(here)
        boxes = [self._box(cells, width, words.get(name, [])) for name, cells in members.items()]
        return Ruled(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1], tuple(self.xs), tuple(boxes))

    def _box(self, cells: list[int], width: int, glyphs: list[Glyph]) -> Box:
        rows = [cell // width for cell in cells]
        columns = [cell % width for cell in cells]
        row, column = min(rows), min(columns)
        return Box(
            row,
            column,
            max(rows) - row + 1,
            max(columns) - column + 1,
            self.xs[column],
            self.xs[max(columns) + 1],
            tuple(glyphs),
        )


class _Groups:
    """Numbers that belong together (a disjoint-set forest)."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def of(self, one: int) -> int:
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.of(one), self.of(other)))
        self._parent[high] = low


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return the rules in groups that hang together; each rule across is asked against those down in its reach."""
    across = [index for index, rule in enumerate(rules) if rule.across]
    down = sorted((index for index, rule in enumerate(rules) if not rule.across), key=lambda index: rules[index].left)
    places = [rules[index].left for index in down]
    group = _Groups(len(rules))
    for index in across:
        rule = rules[index]
        for other in down[bisect_left(places, rule.left - _TOUCH) : bisect_right(places, rule.right + _TOUCH)]:
            if rules[other].top - _TOUCH <= rule.top <= rules[other].bottom + _TOUCH:
                group.join(index, other)
    found: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        found.setdefault(group.of(index), []).append(rule)
    return list(found.values())


def _places(positions: Iterable[float], reaches: Sequence[tuple[float, float]]) -> list[float]:
    """Return the places of rules, near ones as one, and the ends of those that cross them where a side is open."""
    kept: list[float] = []
    for position in sorted(positions):
        if not kept or position - kept[-1] > SAME:
            kept.append(position)
    if kept and reaches:
        first, last = min(start for start, _ in reaches), max(end for _, end in reaches)
        if kept[0] - first > SAME:
            kept.insert(0, first)
        if last - kept[-1] > SAME:
            kept.append(last)
    return kept


def _edges(
    rules: Iterable[Rule],
    places: Sequence[float],
    steps: Sequence[float],
    ends: Callable[[Rule], tuple[float, float, float]],
) -> set[tuple[int, int]]:
    """Return which edges of the lattice are ruled, as the number of the place and of the step along it."""
    found: set[tuple[int, int]] = set()
    for rule in rules:
        position, start, end = ends(rule)
        after = min(bisect_left(places, position), len(places) - 1)
        place = after - 1 if after and position - places[after - 1] < places[after] - position else after
        for step in range(max(0, bisect_right(steps, start) - 1), len(steps) - 1):
            low, high = steps[step], steps[step + 1]
            if low > end:
                break
            if min(high, end) - max(low, start) >= _COVER * (high - low):
                found.add((place, step))
    return found
