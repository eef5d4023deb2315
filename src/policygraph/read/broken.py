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
    from collections.abc import Sequence

_ENDED = re.compile(r"[。！？!?；;]$")


def continued(above: Grid, below: Grid) -> Grid:
    """Return one table from the parts of two pages."""
    height = max(cell.row + cell.rows for cell in above.cells)
    rest = _without_head(above, below)
    first = min((cell.row for cell in rest), default=0)
    rest = [replace(cell, row=cell.row - first) for cell in rest]
    bottom = {
        column: cell
        for cell in above.cells
        if cell.row + cell.rows == height
        for column in range(cell.column, cell.column + cell.columns)
    }
    cut = _cut(bottom, [cell for cell in rest if cell.row == 0])
    shift = height - 1 if cut else height
    grown: dict[tuple[int, int], Filled] = {}
    new: list[Filled] = []
    leading = 0
    for cell in sorted(rest, key=lambda one: (one.row, one.column)):
        over = bottom.get(cell.column)
        same = over is not None and (over.column, over.columns) == (cell.column, cell.columns)
        goes_on = cut or (not cell.content and cell.column == leading)
        if cell.row == 0 and over is not None and same and goes_on:
            leading = cell.column + cell.columns if not cell.content else leading
            rows = shift + cell.rows - over.row
            grown[over.row, over.column] = replace(over, content=_together(over, cell), rows=rows)
        else:
            new.append(replace(cell, row=cell.row + shift))
    return Grid((*(grown.get((cell.row, cell.column), cell) for cell in above.cells), *new))


def _without_head(above: Grid, below: Grid) -> list[Filled]:
    """Return the cells of the second part without the rows that repeat the head of the first."""
    rows = {row: _row(below, row) for row in range(max(cell.row for cell in below.cells) + 1)}
    head = 0
    while head in rows and any(text for _, text in rows[head]) and rows[head] == _row(above, head):
        head += 1
    return [cell for cell in below.cells if cell.row >= head]


def _row(grid: Grid, row: int) -> list[tuple[int, str]]:
    return sorted((cell.column, _words(cell)) for cell in grid.cells if cell.row == row)


def _words(cell: Filled) -> str:
    return "".join(block for block in cell.content if isinstance(block, str))


def _cut(bottom: dict[int, Filled], top: Sequence[Filled]) -> bool:
    """Tell whether the page's end cut a row: the row below opens with an empty cell, and a sentence goes on."""
    first = min(top, key=lambda cell: cell.column, default=None)
    if first is None or first.content:
        return False
    pairs = [(_words(bottom[cell.column]), _words(cell)) for cell in top if cell.column in bottom]
    return any(before and after and not _ENDED.search(before) for before, after in pairs)


def _together(over: Filled, cell: Filled) -> tuple[str, ...]:
    """Return the paragraphs of a cell that was cut, the cut one whole again."""
    before = [block for block in over.content if isinstance(block, str)]
    after = [block for block in cell.content if isinstance(block, str)]
    if before and after and not _ENDED.search(before[-1]):
        return (*before[:-1], join(before[-1], after[0]), *after[1:])
    return (*before, *after)
