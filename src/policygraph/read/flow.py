"""Sheets to blocks: what stands on printed pages, without their margins, in the order it is read.

Page after page, top down: lines and ruled tables, which :mod:`~policygraph.read.paragraphs` joins to paragraphs and
:mod:`~policygraph.read.broken` across the end of a page. Headers, page numbers (``— 3 —``), notes at the foot, lines
of a table of contents and the metadata box of a government site are left out by name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.read import columns, labels, margins, ruled
from policygraph.read.broken import Parts
from policygraph.read.compose import Filled, Grid
from policygraph.read.paragraphs import Edges, Run, edges, goes_on, joined, own, usual, within, wrapped
from policygraph.read.sheet import Line, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policygraph.read.compose import Block, Draft
    from policygraph.read.sheet import Sheet

_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|．{4,}|·{4,}|(?:\. ){4,})\s*[-—]?\s*\d{1,4}\s*[-—]?$")

_CONTENTS_HEAD = re.compile(r"目\s*[录次]")
_LEAST_FRAMED = 2  # lines in a frame that show its margins


@dataclass(frozen=True, slots=True)
class _Table:
    """A ruled table on its page, with its cells read."""

    top: float
    bottom: float
    columns: tuple[float, ...]
    grid: Grid


@dataclass(frozen=True, slots=True)
class _Printed:
    """What is kept of a page: its size, its lines, its tables and its frames."""

    width: float
    height: float
    lines: list[Line]
    tables: list[_Table]
    frames: list[ruled.Frame]


Item = Run | _Table


def blocks(sheets: Iterable[Sheet], draft: Draft) -> Iterator[Block]:
    """Yield the paragraphs and tables of printed pages, in reading order.

    Of each page only its lines and cells are kept, not its characters: a page of 2,000 has 2,000 places.
    """
    pages = [_printed(sheet, draft) for sheet in sheets]
    cells = sum(len(table.grid.cells) for page in pages for table in page.tables)
    draft.limits.hold(draft.source, "cells", cells)
    em = usual((line.em, line.chars) for page in pages for line in page.lines)
    left_out = margins.find([page.lines for page in pages], [page.height for page in pages], em)
    kept = [_kept(page.lines, left_out, draft) for page in pages]
    for block in _blocks(_items(pages, kept, em)):
        fields = labels.listed(block) if isinstance(block, Grid) else None
        if fields:
            draft.fields(fields)
        else:
            yield block


def _printed(sheet: Sheet, draft: Draft) -> _Printed:
    """Return the lines and tables of a page, without a box that holds the fields of a government site."""
    found = ruled.find(sheet, draft.limits.cells)
    left = found.outside
    for frame in found.frames:
        inside = [glyph for glyph in left if frame.around(glyph)]
        fields = labels.printed(lines(inside)) if inside else None
        if fields:
            draft.fields(fields)
            gone = set(map(id, inside))
            left = [glyph for glyph in left if id(glyph) not in gone]
    printed = [
        line
        for number, part in enumerate(columns.split(left))
        for line in lines(part.glyphs, part=number, side=part.side)
    ]
    printed.sort(key=lambda line: line.top)
    for line in printed:
        line.glyphs = []
    tables = [_Table(table.top, table.bottom, table.columns, _cells(table)) for table in found.tables]
    return _Printed(sheet.width, sheet.height, printed, tables, found.frames)


def _kept(page: Sequence[Line], left_out: dict[int, str], draft: Draft) -> list[Line]:
    """Return the lines of a page that are text."""
    kept: list[Line] = []
    for line in page:
        contents = _CONTENTS.search(line.text) is not None
        if contents and kept and _CONTENTS_HEAD.fullmatch(kept[-1].text):
            draft.drop("table of contents", kept.pop().text)
        if reason := left_out.get(id(line)) or ("table of contents" if contents else None):
            draft.drop(reason, line.text)
        else:
            kept.append(line)
    return kept


def _items(pages: Sequence[_Printed], kept: Sequence[list[Line]], em: float) -> list[Item]:
    """Return the lines, each with the edges of its page or frame, and the tables, page after page from the top down."""
    shapes = [(round(page.width), round(page.height)) for page in pages]
    apart = [_apart(some, page) for some, page in zip(kept, pages, strict=True)]
    free = [[line for line in some if id(line) not in inside] for some, inside in zip(kept, apart, strict=True)]
    alike: dict[tuple[int, int], list[Line]] = {}
    for shape, some in zip(shapes, free, strict=True):
        alike.setdefault(shape, []).extend(some)
    common: dict[tuple[int, int], Edges] = {shape: edges(some, em, shape[0]) for shape, some in alike.items()}
    items: list[Item] = []
    for index, shape in enumerate(shapes):
        here = own(free[index], common[shape], shape[0])
        placed: list[Item] = [(line, apart[index].get(id(line), here)) for line in kept[index]]
        placed += pages[index].tables
        items += sorted(placed, key=lambda item: _when(item, kept[index]))
    return items


def _when(item: Item, page: Sequence[Line]) -> tuple[int, float]:
    """Return when something is read on its page: part after part, in each from the top down."""
    if isinstance(item, _Table):
        above = [line.part for line in page if line.bottom <= item.top + line.em and not line.side]
        return max(above, default=0), item.top
    return item[0].part, item[0].top


def _apart(page: Sequence[Line], printed: _Printed) -> dict[int, Edges]:
    """Return the edges of the lines that have margins of their own, in a column or in a frame, by the line's ``id``."""
    found = _framed(page, printed.frames)
    for side in (1, 2):
        inside = [line for line in page if line.side == side and id(line) not in found]
        if inside:
            start, end = min(line.left for line in inside), max(line.right for line in inside)
            edge = within(inside, start, end)
            found.update((id(line), edge) for line in inside)
    return found


def _framed(page: Sequence[Line], frames: Sequence[ruled.Frame]) -> dict[int, Edges]:
    """Return the edges of the lines that stand in a frame, by the line's ``id``: a box (专栏) has its own margins."""
    found: dict[int, Edges] = {}
    for frame in frames:
        inside = [line for line in page if frame.holds(line) and id(line) not in found]
        if _LEAST_FRAMED <= len(inside) < len(page):
            edge = within(inside, frame.left, frame.right)
            found.update((id(line), edge) for line in inside)
    return found


def _blocks(items: Sequence[Item]) -> Iterator[Block]:
    paragraph: list[Run] = []
    table: list[_Table] = []
    for item in items:
        line = None if isinstance(item, _Table) else item
        if paragraph and (line is None or not goes_on(paragraph[-1], line)):
            yield joined(paragraph)
            paragraph = []
        if table and (isinstance(item, tuple) or not _same_columns(table[-1], item)):
            yield _grid(table)
            table = []
        if isinstance(item, _Table):
            table.append(item)
        else:
            paragraph.append(item)
    if paragraph:
        yield joined(paragraph)
    if table:
        yield _grid(table)


def _same_columns(above: _Table, below: _Table) -> bool:
    """Tell whether a table at the top of a page has the columns of the one that the page before ended with."""
    return (
        below.top < above.bottom
        and len(above.columns) == len(below.columns)
        and all(abs(one - other) < ruled.SAME for one, other in zip(above.columns, below.columns, strict=True))
    )


def _grid(tables: Sequence[_Table]) -> Grid:
    """Return a table, with what later pages hold of it."""
    parts = Parts(tables[0].grid)
    for table in tables[1:]:
        parts.add(table.grid)
    return parts.grid()


def _cells(table: ruled.Ruled) -> Grid:
    cells = []
    for box in table.boxes:
        content = wrapped(lines(box.glyphs), box.right - box.left) if box.glyphs else []
        cells.append(Filled(box.row, box.column, tuple(content), box.rows, box.columns))
    return Grid(tuple(cells))
