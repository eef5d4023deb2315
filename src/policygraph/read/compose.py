"""Blocks to a page: paragraphs and tables laid one after another, with the span of every cell.

Readers of formats that know paragraphs and tables (DOCX, DOC, RTF, PDF, OFD) only say what stands there, in order;
this module writes it down as every page is written: ``序号\\t任务\\n1\\t推进河湖整治``. Empty paragraphs are left
out, an empty cell keeps its place with an empty span, and a table inside a cell is written in that cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from policygraph.errors import EmptySource
from policygraph.models import Cell, Dropped, Issue, Page, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policygraph.read.limits import Limits

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]+")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")
_DROPPED_CHARS = 200


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell and what stands in it, at its first row and column, counted from 0."""

    row: int
    column: int
    content: tuple[Block, ...]
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as its cells, in any order."""

    cells: tuple[Filled, ...]


Block = str | Grid


class Draft:
    """A page in the making: what a reader finds beside the blocks, and the limits it holds."""

    def __init__(self, data: bytes, source: str, limits: Limits) -> None:
        self.data = data
        self.source = source
        self.limits = limits
        self.issues: list[Issue] = []
        self.metadata: dict[str, str] = {}
        self.dropped: list[Dropped] = []

    def issue(self, reason: str) -> None:
        """Report something that could not be read, once."""
        found = Issue("read", reason)
        if found not in self.issues:
            self.issues.append(found)

    def drop(self, reason: str, words: str) -> None:
        """Remember words that were left out; a long passage is cut, the same words are named once."""
        words = clean(words).strip()
        short = words if len(words) <= _DROPPED_CHARS else words[:_DROPPED_CHARS] + "…"
        found = Dropped(reason, short)
        if words and found not in self.dropped:
            self.dropped.append(found)

    def tell(self, label: str, value: str | None) -> None:
        """Keep what the source says of the notice under the label it uses; the first value stays."""
        value = " ".join(clean(value or "").split())
        if value:
            self.metadata.setdefault(label, value)

    def fields(self, found: dict[str, str]) -> None:
        """Keep the fields of a box that says what the notice is; the box is no part of the text."""
        for label, value in found.items():
            self.tell(label, value)
        self.drop("metadata box", " ".join(f"{label}：{value}" for label, value in found.items()))

    def page(self, media_type: str, blocks: Iterable[Block]) -> Page:
        """Return the page that the blocks make.

        Raises:
            EmptySource: no block has a character.
            SourceError: there are more characters or cells, or tables nested deeper, than the limits allow.

        """
        writer = _Writer(self.source, self.limits)
        for block in blocks:
            writer.write(block)
        text = "".join(writer.pieces)
        if not text.strip():
            raise EmptySource(self.source, "no text in it", "give a file that holds the text of a notice")
        return Page(
            self.source,
            media_type,
            sha256(self.data).hexdigest(),
            text,
            tuple(self.issues),
            tuple(writer.tables),
            dict(self.metadata),
            tuple(self.dropped),
        )


def clean(text: str) -> str:
    """Return text as UTF-8 can hold it and a person sees it: surrogates paired, no control characters.

    >>> clean("一、\\x0b目标\\x00")
    '一、目标'
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _SURROGATES.sub(lambda run: run[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"), text)
    return _CONTROLS.sub("", text)


class _Writer:
    """Pieces of text with their running length, and the tables written so far."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.pieces: list[str] = []
        self.tables: list[Table] = []
        self.length = 0
        self.cells = 0

    def put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)
        self.limits.hold(self.source, "text_chars", self.length)

    def write(self, block: Block, depth: int = 0, *, first: bool = False) -> None:
        """Write a paragraph or a table on a line of its own, unless it is the first of its cell."""
        self.limits.hold(self.source, "depth", depth)
        if isinstance(block, str):
            text = "\n".join(line for line in clean(block).split("\n") if line.strip()).rstrip()
            if text:
                self.put(text if first or not self.length else "\n" + text)
        elif block.cells:
            if self.length and not first:
                self.put("\n")
            self._table(block, depth)

    def _table(self, grid: Grid, depth: int) -> None:
        self.cells += len(grid.cells)
        self.limits.hold(self.source, "cells", self.cells)
        place = len(self.tables)
        self.tables.append(Table((0, 0), ()))  # outer tables stand before those inside them
        start = self.length
        cells: list[Cell] = []
        row = -1
        for filled in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
            if cells:
                self.put("\t" if filled.row == row else "\n")
            row = filled.row
            span = self._cell(filled, depth)
            cells.append(Cell(span, filled.row, filled.column, filled.rows, filled.columns))
        self.tables[place] = Table((start, self.length), tuple(cells))

    def _cell(self, filled: Filled, depth: int) -> tuple[int, int]:
        start = self.length
        for block in filled.content:
            self.write(block, depth + 1, first=self.length == start)
        return start, self.length
