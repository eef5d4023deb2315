"""The rows of task tables: 序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限.

A table of a page is a task table if its head names at least one column of bodies. Columns are told by their heads
(``data/columns.toml``), never by their order; a merged cell of bodies, tasks or deadlines counts for each row it
spans, one that heads several rows (类别) is not their text. Each later row with a body is one statement.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.data import alternatives, table
from policygraph.segment import grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.models import Cell, Page, Role, Span, Table
    from policygraph.text.view import View


class Column(Struct, frozen=True):
    """What a column holds, and the role of its bodies if it holds such; ``beside`` is what must stand in another."""

    holds: str
    role: Role | None
    beside: str | None = None


class Duties(Struct, frozen=True):
    """A cell of bodies at ``start:end`` of the view, and the role its column gives them."""

    start: int
    end: int
    role: Role


class Row(Struct, frozen=True):
    """A row of a task table at ``start:end`` of the view: the text it governs, its bodies and its deadlines.

    A merged cell that began in a row above is among them and stands before ``start``.
    """

    start: int
    end: int
    scope: Span
    duties: tuple[Duties, ...]
    deadlines: tuple[Span, ...]
    doubt: str | None = None


COLUMNS: dict[str, Column] = {
    head: Column(entry["holds"], entry.get("role"), entry.get("beside"))
    for entry in table("columns")["column"]
    for head in entry["heads"]
}
"""Every known head of a column."""

_FLAT_HEAD = re.compile(rf"(?:{alternatives(COLUMNS)})(?:{alternatives(COLUMNS)}){{2,}}")
_ONE_HEAD = re.compile(alternatives(COLUMNS))
_FLAT_ENDS = re.compile(r"\n|注(?<![\u4e00-\u9fff]注):|备注:|抄送:|联系人:")
_END_CHARS = 4
_NEAR_HEAD = re.compile(
    r"(?:单位|部门|主体|任务|措施|要求|内容|时限|时间)"
    r"(?:(?<=单位|部门|主体)(?=牵头|责任|配合|完成|主要|工作|任务|备注|时限|协|参|承|督)"
    r"|(?<!单位|部门|主体)(?=牵头|责任|主要责任|配合|主办|承办|负责))"
)
_UNITS = table("quantities")["units"]
_MEASURE = re.compile(
    rf"(?:{'|'.join(map(re.escape, _UNITS['magnitude']))})?"
    rf"(?:{'|'.join(map(re.escape, [*_UNITS['measure'], *_UNITS['classifier']]))})"
)
_LABELLED = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|[(〔][一二三四五六七八九十\d]{1,3}[)〕]|第[一二三四五六七八九十]{1,3}[章节部]"
)
_SENTENCE_ENDS = "。;"
_BROKEN_OFF = ",、:和与及的"
_GOES_ON = "a row without bodies, taken to go on with the row above it"
_NO_BODIES = "a row without bodies; whether it goes on with the row above is not certain"
_OTHER = Column("other", None)
_HEAD_CHARS = 60
_LEAST_KNOWN = 2
_HEAD_ROWS = 3


class Flat(Struct, frozen=True):
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
        known = dict(enumerate(COLUMNS[head.group()] for head in _ONE_HEAD.finditer(match.group())))
        columns = tuple(_settled(known).values())
        if any(one.role for one in columns):
            following = heads[index + 1].start() if index + 1 < len(heads) else len(text)
            stop = _FLAT_ENDS.search(text, match.end() + 1, following + _END_CHARS)
            found.append(Flat(match.start(), match.end(), min(stop.start() if stop else following, following), columns))
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
    return [row for one in page.tables for row in _rows(view, one)]


def column(words: str) -> Column | None:
    """Return what a column with such a head, as a view shows it, holds, or ``None`` if its head is not known."""
    return COLUMNS.get(words)


def _rows(view: View, one: Table) -> Iterator[Row]:
    places = grid.cells(one)
    head, columns = _head(view, places)
    if head is None:
        return
    previous: Row | None = None
    for number in sorted(places):
        cells = places[number]
        if number > head:
            row = _row(view, number, cells, columns) or _rest(view, number, cells, columns, previous)
            previous = row if row and row.duties else previous
            if row:
                yield row


def _head(view: View, places: dict[int, dict[int, Cell]]) -> tuple[int | None, dict[int, Column]]:
    """Return the row that heads a task table and its columns; ``None`` if there is no such row."""
    for number in sorted(places)[:_HEAD_ROWS]:
        known = _columns(view, places, number)
        if len(known) >= _LEAST_KNOWN and any(found.role for found in known.values()):
            return number, known
    return None, {}


def _columns(view: View, places: dict[int, dict[int, Cell]], head: int) -> dict[int, Column]:
    """Return the known columns below a head; one that is of bodies beside others only (单位) may be of units."""
    heads = {place: column(grid.words(view, cell)) for place, cell in places[head].items()}
    known = _settled({place: found for place, found in heads.items() if found})
    for place in [place for place, found in known.items() if found.beside]:
        below = (cells[place] for number, cells in places.items() if number > head and place in cells)
        if any(_MEASURE.fullmatch(grid.words(view, cell)) for cell in below):
            known[place] = _OTHER
    return known


def _settled(known: dict[int, Column]) -> dict[int, Column]:
    """Return columns by place, each of which has beside it what it must."""
    held = {one.holds for one in known.values()}
    return {place: one if one.beside in (None, *held) else _OTHER for place, one in known.items()}


def _row(view: View, number: int, cells: dict[int, Cell], columns: dict[int, Column]) -> Row | None:
    spans = {place: view.inner(*cell.span) for place, cell in sorted(cells.items())}
    spans = {place: span for place, span in spans.items() if span[0] < span[1]}
    duties = _duties(cells, columns, spans)
    here = [place for place in spans if cells[place].row == number]
    if not duties or not here:
        return None
    own = _own(here, cells, columns)
    start, end = spans[own[0]][0], max(spans[place][1] for place in here)
    deadlines = (spans[place] for place in spans if place in columns and columns[place].holds == "deadline")
    first = min(duties)
    scope = _scope(own, first, columns, spans) or (start, end)
    return Row(start, end, scope, tuple(dict.fromkeys(duties.values())), tuple(dict.fromkeys(deadlines)))


def _rest(
    view: View, number: int, cells: dict[int, Cell], columns: dict[int, Column], previous: Row | None
) -> Row | None:
    """Return a row of which only the task is filled, as one that goes on with the row above it; each is a doubt.

    A label (一、) heads the rows below. Sentences, and words that the row above breaks off before, are a task of its
    bodies; others are left to a person.
    """
    filled = {place: view.inner(*cell.span) for place, cell in cells.items() if cell.row == number}
    filled = {place: span for place, span in filled.items() if span[0] < span[1]}
    if previous is None or not filled or not all(_tells(columns.get(place)) for place in filled):
        return None
    start, end = min(span[0] for span in filled.values()), max(span[1] for span in filled.values())
    if _LABELLED.match(view.text, start):
        return None
    goes_on = view.text[end - 1] in _SENTENCE_ENDS or view.text[previous.scope[1] - 1] in _BROKEN_OFF
    if goes_on:
        return Row(start, end, (start, end), previous.duties, previous.deadlines, _GOES_ON)
    return Row(start, end, (start, end), (), (), _NO_BODIES)


def _own(here: list[int], cells: dict[int, Cell], columns: dict[int, Column]) -> list[int]:
    """Return the places of the cells that begin in a row and are its own.

    A merged cell before them heads several rows (类别); it is the row's own where no other cell says the task.
    """
    single = [place for place in here if cells[place].rows == 1]
    if any(_tells(columns.get(place)) for place in single):
        return single
    worded = [place for place in here if place in single or _tells(columns.get(place), "serial")]
    return worded or here


def _scope(own: list[int], first: int, columns: dict[int, Column], spans: dict[int, Span]) -> Span | None:
    """Return the text before the ``first`` cell of bodies that they answer for; ``None`` for the whole row.

    Where the cell of the task is merged and began in a row above, it is that cell.
    """
    ahead = [place for place in own if place < first]
    told = [place for place in own if _tells(columns.get(place))]
    if ahead and (told[0] < first if told else any(place not in columns for place in ahead)):
        return spans[ahead[0]][0], spans[ahead[-1]][1]
    if told:
        return None
    return next((spans[place] for place in reversed(spans) if place < first and _tells(columns.get(place))), None)


def _tells(found: Column | None, *others: str) -> bool:
    """Tell whether a column says what is to be done, or holds one of ``others``."""
    return found is not None and found.holds in ("task", "target", *others)


def _duties(cells: dict[int, Cell], columns: dict[int, Column], spans: dict[int, Span]) -> dict[int, Duties]:
    """Return the cells of bodies of a row by place; one that goes beyond such columns is a title."""
    found: dict[int, Duties] = {}
    for place, (start, end) in spans.items():
        role = columns[place].role if place in columns else None
        across = range(cells[place].column, cells[place].column + cells[place].columns)
        seen = any((one.start, one.end) == (start, end) for one in found.values())
        if role and not seen and all(columns[at].role for at in across if at in columns):
            found[place] = Duties(start, end, role)
    return found
