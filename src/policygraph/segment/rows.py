"""The rows of task tables: 序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限.

A table of a page is a task table if its head names at least one column of bodies. Columns are told by their heads
(``data/columns.toml``), never by their order; a merged cell counts for each row it spans. Each later row with a
body is one statement with the row as its scope.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.data import table
from policygraph.segment import grid
from policygraph.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygraph.models import Cell, Page, Role, Span, Table
    from policygraph.text.view import View


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, and the role of its bodies if it holds such."""

    holds: str
    role: Role | None


@dataclass(frozen=True, slots=True)
class Duties:
    """A cell of bodies at ``start:end`` of the view, and the role its column gives them."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a task table at ``start:end`` of the view: the text it governs, its bodies and its deadlines."""

    start: int
    end: int
    scope: Span
    duties: tuple[Duties, ...]
    deadlines: tuple[Span, ...]
    doubt: str | None = None


COLUMNS: dict[str, Column] = {
    head: Column(entry["holds"], entry.get("role")) for entry in table("columns")["column"] for head in entry["heads"]
}
"""Every known head of a column."""

_FLAT_HEAD = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, COLUMNS), key=len, reverse=True))}){{3,}}")
_ONE_HEAD = re.compile("|".join(sorted(map(re.escape, COLUMNS), key=len, reverse=True)))
_FLAT_ENDS = re.compile(r"\n|(?<![\u4e00-\u9fff])注:|备注:|抄送:|联系人:")
_NEAR_HEAD = re.compile(
    r"(?:单位|部门|主体)(?=牵头|责任|配合|完成|主要|工作|任务|备注|时限|协|参|承|督)|(?:任务|措施|要求|内容|时限|时间)(?=牵头|责任|主要责任|配合|主办|承办|负责)"
)
_HEAD_CHARS = 60
_LEAST_KNOWN = 2
_HEAD_ROWS = 3


@dataclass(frozen=True, slots=True)
class Flat:
    """A table that lost its cells, at ``start:end`` behind its ``head``: 序号主要工作任务…主要责任单位任务来源."""

    head: int
    start: int
    end: int
    columns: tuple[Column, ...]

    @property
    def numbered(self) -> bool:
        """Tell whether a column of serial numbers stands in it, whose numbers are no outline."""
        return any(one.holds == "serial" for one in self.columns)


def flat(text: str) -> list[Flat]:
    """Return the flattened task tables of a text, in order."""
    found: list[Flat] = []
    heads = list(_heads(text))
    for index, match in enumerate(heads):
        columns = tuple(COLUMNS[head.group()] for head in _ONE_HEAD.finditer(match.group()))
        if any(one.role for one in columns):
            stop = _FLAT_ENDS.search(text, match.end() + 1)
            following = heads[index + 1].start() if index + 1 < len(heads) else len(text)
            found.append(Flat(match.start(), match.end(), min(stop.start() if stop else len(text), following), columns))
    return found


def _heads(text: str) -> Iterator[re.Match[str]]:
    """Yield runs of three heads and more; they hold a head of bodies right before or behind another head."""
    reach = 0
    for near in _NEAR_HEAD.finditer(text):
        start = max(reach, near.start() - _HEAD_CHARS)
        if near.start() >= reach and (match := _FLAT_HEAD.search(text, start, near.end() + _HEAD_CHARS)):
            reach = match.end()
            yield match


def find(view: View, page: Page) -> list[Row]:
    """Return the rows of the task tables of a page, in order, with spans in its view."""
    return [row for one in page.tables for row in _rows(view, page, one)]


def column(words: str) -> Column | None:
    """Return what a column with such a head holds, or ``None`` if its head is not known."""
    return COLUMNS.get("".join(normalise(words).split()))


def _rows(view: View, page: Page, one: Table) -> Iterator[Row]:
    places = grid.cells(one)
    head, columns = _head(page, places)
    if head is None:
        return
    for number in sorted(places):
        cells = places[number]
        if number > head and (row := _row(view, cells, columns)):
            yield row


def _head(page: Page, places: dict[int, dict[int, Cell]]) -> tuple[int | None, dict[int, Column]]:
    """Return the row that heads a task table and its columns; ``None`` if there is no such row."""
    for number in sorted(places)[:_HEAD_ROWS]:
        known = {
            place: found for place, cell in places[number].items() if (found := column(page.text[slice(*cell.span)]))
        }
        if len(known) >= _LEAST_KNOWN and any(found.role for found in known.values()):
            return number, known
    return None, {}


def _row(view: View, cells: dict[int, Cell], columns: dict[int, Column]) -> Row | None:
    filled = [cell for place in sorted(cells) if (cell := cells[place]).span[0] < cell.span[1]]
    duties = _duties(view, cells, columns)
    if not duties:
        return None
    own = [cell for cell in filled if cell.rows == 1] or filled
    spans = [view.inner(*cell.span) for cell in own]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    first = min(duty.start for duty in duties)
    told = [place for place, found in columns.items() if found.holds in ("task", "target") and place in cells]
    before = any(view.inner(*cells[place].span)[0] < first for place in told)
    scope = (min(start, first), first) if before else (start, end)
    while scope[0] < scope[1] and view.text[scope[1] - 1] in "\n ":
        scope = (scope[0], scope[1] - 1)
    deadlines = [place for place, found in columns.items() if found.holds == "deadline" and place in cells]
    return Row(
        start,
        end,
        scope,
        tuple(duties),
        tuple(view.inner(*cells[place].span) for place in deadlines),
    )


def _duties(view: View, cells: dict[int, Cell], columns: dict[int, Column]) -> list[Duties]:
    found: list[Duties] = []
    for place in sorted(cells):
        role = columns[place].role if place in columns else None
        span: Sequence[int] = cells[place].span
        if role and span[0] < span[1]:
            start, end = view.inner(span[0], span[1])
            if start < end and all((one.start, one.end) != (start, end) for one in found):
                found.append(Duties(start, end, role))
    return found
