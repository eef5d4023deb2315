"""Sheets to blocks: what stands on printed pages, without their margins, in the order it is read.

Page after page, top down: lines and ruled tables, which :mod:`~policygraph.read.paragraphs` joins to paragraphs and
:mod:`~policygraph.read.broken` across the end of a page. Headers, page numbers (``— 3 —``), notes at the foot, lines
of a table of contents and the metadata box of a government site are left out by name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.read import labels, margins, ruled
from policygraph.read.broken import continued
from policygraph.read.compose import Filled, Grid
from policygraph.read.paragraphs import Edges, Run, edges, goes_on, joined, own, usual, wrapped
from policygraph.read.sheet import Line, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygraph.read.compose import Block, Draft
    from policygraph.read.sheet import Glyph, Sheet

_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|．{4,}|·{4,}|(?:\. ){4,})\s*[-—]?\s*\d{1,4}\s*[-—]?$")

Item = Run | ruled.Ruled


def blocks(sheets: Sequence[Sheet], draft: Draft) -> Iterator[Block]:
    """Yield the paragraphs and tables of printed pages, in reading order."""
    pages: list[list[Line]] = []
    tables: list[list[ruled.Ruled]] = []
    for sheet in sheets:
        found = ruled.find(sheet, draft.limits.cells)
        tables.append(found.tables)
        pages.append(lines(_without_fields(found, draft)))
    em = usual([line.em for page in pages for line in page for _ in line.glyphs])
    left_out = margins.find(pages, [sheet.height for sheet in sheets], em)
    kept = [_kept(page, left_out, draft) for page in pages]
    for block in _blocks(_items(sheets, kept, tables, em)):
        fields = labels.listed(block) if isinstance(block, Grid) else None
        if fields:
            draft.fields(fields)
        else:
            yield block


def _without_fields(found: ruled.Found, draft: Draft) -> list[Glyph]:
    """Return the characters outside tables, without frames that hold the fields of a government site."""
    left = found.outside
    for framed in found.framed:
        fields = labels.printed(lines(framed)) if framed else None
        if fields:
            draft.fields(fields)
            inside = set(map(id, framed))
            left = [glyph for glyph in left if id(glyph) not in inside]
    return left


def _kept(page: Sequence[Line], left_out: dict[int, str], draft: Draft) -> list[Line]:
    """Return the lines of a page that are text."""
    kept: list[Line] = []
    for line in page:
        if reason := left_out.get(id(line)) or ("table of contents" if _CONTENTS.search(line.text) else None):
            draft.drop(reason, line.text)
        else:
            kept.append(line)
    return kept


def _items(
    sheets: Sequence[Sheet], pages: Sequence[list[Line]], tables: Sequence[list[ruled.Ruled]], em: float
) -> list[Item]:
    """Return the lines, each with the edges of its page, and the tables, page after page from the top down."""
    shapes = [(round(sheet.width), round(sheet.height)) for sheet in sheets]
    alike: dict[tuple[int, int], list[Line]] = {}
    for shape, page in zip(shapes, pages, strict=True):
        alike.setdefault(shape, []).extend(page)
    common: dict[tuple[int, int], Edges] = {shape: edges(found, em, shape[0]) for shape, found in alike.items()}
    items: list[Item] = []
    for shape, page, found in zip(shapes, pages, tables, strict=True):
        here = own(page, common[shape], shape[0])
        placed: list[Item] = [*((line, here) for line in page), *found]
        items += sorted(placed, key=lambda item: item.top if isinstance(item, ruled.Ruled) else item[0].top)
    return items


def _blocks(items: Sequence[Item]) -> Iterator[Block]:
    paragraph: list[Run] = []
    table: list[ruled.Ruled] = []
    for item in items:
        line = None if isinstance(item, ruled.Ruled) else item
        if paragraph and (line is None or not goes_on(paragraph[-1], line)):
            yield joined(paragraph)
            paragraph = []
        if table and (isinstance(item, tuple) or not _same_columns(table[-1], item)):
            yield _grid(table)
            table = []
        if isinstance(item, ruled.Ruled):
            table.append(item)
        else:
            paragraph.append(item)
    if paragraph:
        yield joined(paragraph)
    if table:
        yield _grid(table)


def _same_columns(above: ruled.Ruled, below: ruled.Ruled) -> bool:
    """Tell whether a table at the top of a page has the columns of the one that the page before ended with."""
    return (
        below.top < above.bottom
        and len(above.columns) == len(below.columns)
        and all(abs(one - other) < ruled.SAME for one, other in zip(above.columns, below.columns, strict=True))
    )


def _grid(tables: Sequence[ruled.Ruled]) -> Grid:
    """Return a table, with what later pages hold of it."""
    grid = _cells(tables[0])
    for table in tables[1:]:
        grid = continued(grid, _cells(table))
    return grid


def _cells(table: ruled.Ruled) -> Grid:
    cells = []
    for box in table.boxes:
        content = wrapped(lines(box.glyphs), box.right - box.left) if box.glyphs else []
        cells.append(Filled(box.row, box.column, tuple(content), box.rows, box.columns))
    return Grid(tuple(cells))
