"""The cells of a table by row and column: a merged cell stands at every place that it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policygraph.models import Cell, Table
    from policygraph.text.view import View


def cells(table: Table) -> dict[int, dict[int, Cell]]:
    """Return the cell at each row and column of a table, both counted from 0; of cells that overlap the first."""
    grid: dict[int, dict[int, Cell]] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for place in range(cell.column, cell.column + cell.columns):
                grid.setdefault(row, {}).setdefault(place, cell)
    return grid


def words(view: View, cell: Cell) -> str:
    """Return the words of a cell as the view shows them, without spaces and line breaks."""
    return "".join(view.text[slice(*view.inner(*cell.span))].split())
