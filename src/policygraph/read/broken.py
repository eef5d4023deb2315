"""A table that the end of a page cut: its second part goes on in the first, row and cell where they were cut.

The head of a table may be printed again on each page; that is no row. The first row of the second part is the rest of
the last row of the first if it opens with an empty cell and a cell above it was cut inside a sentence
(数据服务方接入能 / 力); a merged cell whose words stand on the first page goes on where the second leaves its
place empty.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policygraph.read.compose import Filled, Grid
from policygraph.read.sheet import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ENDED = re.compile(r"[。！？!?；;]$")


class Parts:
    """A table that grows by the parts that later pages hold of it."""

    def __init__(self, first: Grid) -> None:
        self._cells = list(first.cells)
        self._head = _rows(first)
        self._height = max(cell.row + cell.rows for cell in first.cells)
        self._bottom = self._last_row(range(len(self._cells)))

    def grid(self) -> Grid:
        """Return the whole table."""
        return Grid(tuple(self._cells))

    def add(self, below: Grid) -> None:
        """Add the part of the next page."""
        rest = self._without_head(below)
        if not rest:
            return
        first = min(cell.row for cell in rest)
        cut = self._cut([cell for cell in rest if cell.row == first])
        shift = self._height - (1 if cut else 0) - first
        added = []
        leading = 0
        for cell in sorted(rest, key=lambda one: (one.row, one.column)):
            place = self._bottom.get(cell.column) if cell.row == first else None
            over = self._cells[place] if place is not None else None
            same = over is not None and (over.column, over.columns) == (cell.column, cell.columns)
            if (
                place is not None
                and over is not None
                and same
                and (cut or (not cell.content and cell.column == leading))
            ):
                leading = cell.column + cell.columns if not cell.content else leading
                rows = shift + cell.row + cell.rows - over.row
                self._cells[place] = replace(over, content=_together(over, cell), rows=rows)
                added.append(place)
            else:
                added.append(len(self._cells))
                self._cells.append(replace(cell, row=cell.row + shift))
        self._height = max(self._cells[index].row + self._cells[index].rows for index in added)
        self._bottom = self._last_row(added)

    def _last_row(self, among: Iterable[int]) -> dict[int, int]:
        """Return the places of the cells that reach down to the end of the table, by column."""
        found: dict[int, int] = {}
        for index in among:
            cell = self._cells[index]
            if cell.row + cell.rows == self._height:
                found.update(dict.fromkeys(range(cell.column, cell.column + cell.columns), index))
        return found

    def _without_head(self, below: Grid) -> list[Filled]:
        """Return the cells of a part without the rows that repeat the head of the first one."""
        rows = _rows(below)
        head = 0
        while head in rows and any(text for _, text in rows[head]) and rows[head] == self._head.get(head):
            head += 1
        return [cell for cell in below.cells if cell.row >= head]

    def _cut(self, top: Sequence[Filled]) -> bool:
        """Tell whether the page's end cut a row: the row below opens with an empty cell, and a sentence goes on."""
        opening = min(top, key=lambda cell: cell.column)
        if opening.content:
            return False
        pairs = [
            (_words(self._cells[self._bottom[cell.column]]), _words(cell))
            for cell in top
            if cell.column in self._bottom
        ]
        return any(before and after and not _ENDED.search(before) for before, after in pairs)


def _rows(grid: Grid) -> dict[int, list[tuple[int, str]]]:
    """Return the words of the cells that begin in each row, with their columns."""
    found: dict[int, list[tuple[int, str]]] = {}
    for cell in sorted(grid.cells, key=lambda one: (one.row, one.column)):
        found.setdefault(cell.row, []).append((cell.column, _words(cell)))
    return found


def _words(cell: Filled) -> str:
    return "".join(block for block in cell.content if isinstance(block, str))


def _together(over: Filled, cell: Filled) -> tuple[str, ...]:
    """Return the paragraphs of a cell that was cut, the cut one whole again."""
    before = [block for block in over.content if isinstance(block, str)]
    after = [block for block in cell.content if isinstance(block, str)]
    if before and after and not _ENDED.search(before[-1]):
        return (*before[:-1], join(before[-1], after[0]), *after[1:])
    return (*before, *after)
