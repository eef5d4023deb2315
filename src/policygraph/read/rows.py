"""Paragraphs, cells and row ends, as Word 97 and RTF write them one after another, to blocks.

Neither format has tables, only paragraphs that stand in a table, marks where cells and rows end, and for each row the
places of its cell edges (``cellx2000``). Rows without a paragraph between them are one table; its columns are the
places where any row has an edge, so a cell that spans three columns of the row below has ``columns`` 3.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.read.compose import Filled, Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.read.compose import Block, Draft

_SAME = 30  # twips (1/20 of a point) within which two edges are one


@dataclass(frozen=True, slots=True)
class Merge:
    """How a cell hangs together with the cell to its left and the cell above."""

    left: bool = False
    above: bool = False


@dataclass(slots=True)
class _Row:
    cells: list[list[Block]]
    edges: list[int]
    merges: list[Merge]


@dataclass(slots=True)
class _Level:
    """A table that is being read: its rows, the cells of its last row, and what its last cell holds."""

    rows: list[_Row] = field(default_factory=list)
    cells: list[list[Block]] = field(default_factory=list)
    content: list[Block] = field(default_factory=list)


class Rows:
    """What stands in a document, level by level: 0 is outside tables, 2 is a table in a table."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._levels = [_Level()]
        self._cells = 0

    def add(self, block: Block, level: int) -> None:
        """Add a paragraph or a table at a level of nesting."""
        self._reach(level)
        self._levels[level].content.append(block)

    def end_cell(self, level: int) -> None:
        """End a cell of the table at a level."""
        self._reach(level)
        table = self._levels[level]
        table.cells.append(table.content)
        table.content = []
        self._cells += 1
        self._draft.limits.hold(self._draft.source, "cells", self._cells)

    def end_row(self, level: int, edges: Sequence[int], merges: Sequence[Merge]) -> None:
        """End a row of the table at a level; ``edges`` are the places of its cells' edges, in twips."""
        self._reach(level)
        table = self._levels[level]
        if table.content:
            table.cells.append(table.content)
        if table.cells:
            table.rows.append(_Row(table.cells, list(edges), list(merges)))
        table.cells, table.content = [], []

    def blocks(self) -> list[Block]:
        """Return everything that was added, with its tables."""
        self._reach(0)
        return self._levels[0].content

    def _reach(self, level: int) -> None:
        """Open tables down to a level; those below it are complete."""
        self._draft.limits.hold(self._draft.source, "depth", level)
        while len(self._levels) <= level:
            self._levels.append(_Level())
        while len(self._levels) > level + 1:
            table = self._levels.pop()
            if table.cells or table.content:
                table.rows.append(_Row([*table.cells, *([table.content] if table.content else [])], [], []))
            if table.rows:
                self._levels[-1].content.append(_grid(table.rows))


def _grid(rows: Sequence[_Row]) -> Grid:
    places = _places(rows)
    cells: list[Filled] = []
    above: dict[int, int] = {}  # for each column, the index of the cell that a merge from below would extend
    for number, row in enumerate(rows):
        edges = row.edges if len(row.edges) > len(row.cells) else []
        below: dict[int, int] = {}
        at = 0
        for index, content in enumerate(row.cells):
            merge = row.merges[index] if index < len(row.merges) else Merge()
            first, last = (_column(places, edges[index]), _column(places, edges[index + 1])) if edges else (at, at + 1)
            span = max(1, last - first)
            at = first + span
            if merge.left and cells and cells[-1].row == number:
                cells[-1] = _grown(cells[-1], columns=span, content=content)
            elif merge.above and first in above:
                extended = above[first]
                cells[extended] = _grown(cells[extended], rows=number + 1 - cells[extended].row - cells[extended].rows)
                below[first] = extended
            else:
                below[first] = len(cells)
                cells.append(Filled(number, first, tuple(content), 1, span))
        above = below
    return Grid(tuple(cells))


def _places(rows: Sequence[_Row]) -> list[int]:
    """Return the places where rows have edges, near ones as one."""
    places: list[int] = []
    for edge in sorted({edge for row in rows if len(row.edges) > len(row.cells) for edge in row.edges}):
        if not places or edge - places[-1] > _SAME:
            places.append(edge)
    return places


def _column(places: Sequence[int], edge: int) -> int:
    return max(0, bisect_left(places, edge - _SAME))


def _grown(cell: Filled, *, rows: int = 0, columns: int = 0, content: Sequence[Block] = ()) -> Filled:
    return Filled(cell.row, cell.column, (*cell.content, *content), cell.rows + rows, cell.columns + columns)
