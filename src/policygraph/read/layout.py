"""Paragraphs and tables put together as the text of a page, with the span of every table and cell.

Paragraphs and table rows are joined by ``\\n``, the cells of a row by ``\\t``: ``序号\\t任务``. A merged cell stands
once, in its first row; an empty one has an empty span at its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.models import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Field:
    """A cell before it has a place in the text; its paragraphs are joined by ``\\n``."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Layout:
    """A text that grows block by block."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self._parts: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """Return the text so far."""
        return "".join(self._parts)

    def paragraph(self, text: str) -> None:
        """Add a paragraph; a ``\\n`` inside it is a line break of its own."""
        self._break()
        self._add(text)

    def table(self, fields: Iterable[Field]) -> None:
        """Add a table; its fields may come in any order."""
        ordered = sorted(fields, key=lambda field: (field.row, field.column))
        if not ordered:
            return
        self._break()
        start = self._length
        cells: list[Cell] = []
        row = ordered[0].row
        for index, field in enumerate(ordered):
            if index:
                self._add("\t" if field.row == row else "\n")
            row = field.row
            begin = self._length
            self._add(field.text)
            cells.append(Cell((begin, self._length), field.row, field.column, field.rows, field.columns))
        self.tables.append(Table((start, self._length), tuple(cells)))

    def _break(self) -> None:
        if self._parts:
            self._add("\n")

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def rows(lines: Sequence[Sequence[str]]) -> list[Field]:
    """Return the fields of a table without merged cells; short rows get empty cells at their end.

    >>> [field.text for field in rows([["序号", "任务"], ["1"]])]
    ['序号', '任务', '1', '']
    """
    width = max(map(len, lines), default=0)
    padded = [[*line, *[""] * (width - len(line))] for line in lines]
    return [Field(text, row, column) for row, line in enumerate(padded) for column, text in enumerate(line)]
