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
from policygraph.read.paragraphs import Edges, Run, edges, goes_on, joined, own, usual, within, wrapped
from policygraph.read.sheet import Line, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygraph.read.compose import Block, Draft
    from policygraph.read.sheet import Glyph, Sheet

_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|．{4,}|·{4,}|(?:\. ){4,})\s*[-—]?\s*\d{1,4}\s*[-—]?$")

_CONTENTS_HEAD = re.compile(r"目\s*[录次]")
_LEAST_FRAMED = 2  # lines in a frame that show its margins

Item = Run | ruled.Ruled


def blocks(sheets: Sequence[Sheet], draft: Draft) -> Iterator[Block]:
    """Yield the paragraphs and tables of printed pages, in reading order."""
    found = [ruled.find(sheet, draft.limits.cells) for sheet in sheets]
    pages = [lines(_without_fields(one, draft)) for one in found]
    em = usual([line.em for page in pages for line in page for _ in line.glyphs])
    left_out = margins.find(pages, [sheet.height for sheet in sheets], em)
    kept = [_kept(page, left_out, draft) for page in pages]
    for block in _blocks(_items(sheets, kept, found, em)):
        fields = labels.listed(block) if isinstance(block, Grid) else None
        if fields:
            draft.fields(fields)
        else:
            yield block


def _without_fields(found: ruled.Found, draft: Draft) -> list[Glyph]:
    """Return the characters outside tables, without frames that hold the fields of a government site."""
    left = found.outside
    for frame in found.frames:
        fields = labels.printed(lines(frame.glyphs)) if frame.glyphs else None
        if fields:
            draft.fields(fields)
            inside = set(map(id, frame.glyphs))
            left = [glyph for glyph in left if id(glyph) not in inside]
    return left


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


def _items(sheets: Sequence[Sheet], pages: Sequence[list[Line]], found: Sequence[ruled.Found], em: float) -> list[Item]:
    """Return the lines, each with the edges of its page or frame, and the tables, page after page from the top down."""
    shapes = [(round(sheet.width), round(sheet.height)) for sheet in sheets]
    framed = [_framed(page, one.frames) for page, one in zip(pages, found, strict=True)]
    free = [[line for line in page if id(line) not in inside] for page, inside in zip(pages, framed, strict=True)]
    alike: dict[tuple[int, int], list[Line]] = {}
    for shape, page in zip(shapes, free, strict=True):
        alike.setdefault(shape, []).extend(page)
    common: dict[tuple[int, int], Edges] = {shape: edges(some, em, shape[0]) for shape, some in alike.items()}
    items: list[Item] = []
    for index, shape in enumerate(shapes):
        here = own(free[index], common[shape], shape[0])
        placed: list[Item] = [(line, framed[index].get(id(line), here)) for line in pages[index]]
        placed += found[index].tables
        items += sorted(placed, key=lambda item: item.top if isinstance(item, ruled.Ruled) else item[0].top)
    return items


def _framed(page: Sequence[Line], frames: Sequence[ruled.Frame]) -> dict[int, Edges]:
    """Return the edges of the lines that stand in a frame, by the line's ``id``: a box (专栏) has its own margins."""
    found: dict[int, Edges] = {}
    for frame in frames:
        inside = [line for line in page if frame.holds(line) and id(line) not in found]
        if _LEAST_FRAMED <= len(inside) < len(page):
            edge = within(inside, frame)
            found.update((id(line), edge) for line in inside)
    return found


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
