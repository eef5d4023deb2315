"""A workbook as its sheets, whatever file it came from, and what a page shows of them.

A ledger is a table: rows and columns that hold nothing are gone, a merged range is one cell, lines that the width of a
cell broke are joined (:mod:`~policygraph.read.wrapped`), and the lines above the head that hold one cell only
(佳木斯市2018年度重点任务分解表) are paragraphs. A sheet with a column of whole notices is a scrape.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from policygraph.read import wrapped
from policygraph.read.compose import Filled, Grid
from policygraph.read.records import Leaf, leaf

if TYPE_CHECKING:
    from policygraph.read.compose import Block
    from policygraph.read.limits import Limits

_BODY_WORDS = (
    "正文 内容 正文内容 政策内容 文件内容 全文 政策全文 原文 政策原文 content text body"
    " full_text fulltext html article doccontent"
)
_BODY_NAMES = frozenset(_BODY_WORDS.split())
_TASK_HEADS = re.compile(r"牵头|责任|配合|主办|协办|完成时限|工作任务|重点任务|工作要求")
_BODY_HAN = 300
_NAMED_BODY_HAN = 100


class Value(NamedTuple):
    """A cell that holds something, counted from 0."""

    row: int
    column: int
    text: str


class Merged(NamedTuple):
    """A range that is one cell."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet, its cells in any order."""

    name: str
    values: list[Value]
    merged: list[Merged]
    hidden: bool = False


def blocks(sheet: Sheet, source: str, limits: Limits) -> list[Block]:
    """Return what stands above a sheet's table as paragraphs, and the table."""
    rows, columns = (sorted({value[axis] for value in sheet.values}) for axis in (0, 1))
    limits.hold(source, "cells", len(rows) * len(columns))
    text = {(bisect_left(rows, one.row), bisect_left(columns, one.column)): one.text for one in sheet.values}
    spans = {
        (bisect_left(rows, one.row), bisect_left(columns, one.column)): (
            bisect_left(rows, one.row + one.rows) - bisect_left(rows, one.row),
            bisect_left(columns, one.column + one.columns) - bisect_left(columns, one.column),
        )
        for one in sheet.merged
    }
    counts = [0] * len(rows)
    for row, _ in text:
        counts[row] += 1
    first = next((row for row, count in enumerate(counts) if count > 1), 0)
    above: list[Block] = [words for (row, _), words in sorted(text.items()) if row < first]
    cells = _cells(text, spans, first, len(rows), len(columns))
    return [*above, Grid(tuple(cells))] if cells else above


def _cells(
    text: dict[tuple[int, int], str], spans: dict[tuple[int, int], tuple[int, int]], first: int, rows: int, columns: int
) -> list[Filled]:
    """Return the cells of a table from its ``first`` row, the empty ones that no merged cell covers among them."""
    covered: set[tuple[int, int]] = set()
    cells: list[Filled] = []
    for row in range(first, rows):
        for column in range(columns):
            if (row, column) in covered:
                continue
            height, width = (max(1, size) for size in spans.get((row, column), (1, 1)))
            covered |= {(row + down, column + right) for down in range(height) for right in range(width)}
            words = text.get((row, column))
            cells.append(Filled(row - first, column, (wrapped.joined(words),) if words else (), height, width))
    return cells


def records(sheet: Sheet) -> list[list[Leaf]]:
    """Return the rows of a sheet by the names in its head, if one of its columns holds whole notices; else nothing."""
    lines: dict[int, dict[int, str]] = {}
    for value in sheet.values:
        lines.setdefault(value.row, {})[value.column] = value.text
    head, *rest = (lines[row] for row in sorted(lines)) if lines else ({},)
    if len(head) < 2 or not rest or any(_TASK_HEADS.search(name) for name in head.values()):  # noqa: PLR2004
        return []
    found = [
        [leaf(head.get(column, f"column {column + 1}"), text) for column, text in sorted(line.items())] for line in rest
    ]
    return found if any(_holds_notices(name, found) for name in head.values()) else []


def _holds_notices(name: str, found: list[list[Leaf]]) -> bool:
    sizes = [one.han for record in found for one in record if one.path == name]
    least = _NAMED_BODY_HAN if name.strip().lower() in _BODY_NAMES else _BODY_HAN
    return bool(sizes) and median(sizes) >= least
