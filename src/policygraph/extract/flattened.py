"""Rows of task tables that lost their cells: ``…实施方案6月区农发局区环土局18、实施第二批…10月相关乡镇人民政府``.

Behind a head of known columns (:mod:`policygraph.segment.rows`) a row is told by its bodies: they follow a deadline
where such a column stands before theirs, and the end of a sentence elsewhere. Its text begins at its number, which is
one more than the last row's. Two columns of bodies are told apart by a gap, else the first body alone fills the first.
Where text stands behind the bodies as well, :mod:`~policygraph.extract.midrow` finds them. A table of which no row is
found is a doubt.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from policygraph import data
from policygraph.extract import cells, midrow, names
from policygraph.segment.rows import Duties, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.models import Role
    from policygraph.segment.rows import Flat
    from policygraph.text.view import View

_DEADLINE = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|初|份|[上中下]旬)?(?:之?前)?|全年|年底(?:之?前)?|长期(?:坚持)?|持续推进|第?[一二三四]季度|[上下]半年|\d{4}年底?(?:之?前)?"
)
_SENTENCE_END = re.compile(r"[。;)]")
_PROVINCES: tuple[str, ...] = tuple(data.table("bodies")["provinces"]["names"])
_BETWEEN = re.compile(r"[、, ]?")
_NUMBER = re.compile(r"(?<![\d.])(\d{1,3})[.、](?!\d)")

_NO_ROWS = "a table that lost its cells; its rows cannot be told apart"


def find(view: View, text: str, table: Flat, place: str | None = None) -> list[Row]:
    """Return the rows of a flattened table, in order; names of bodies may end before the notice's own ``place``."""
    if midrow.is_laid_out(table) and (amid := midrow.find(text, table)):
        return amid
    holds = [column.holds for column in table.columns]
    timed = any(holds[index : index + 2] == ["deadline", "bodies"] for index in range(len(holds)))
    roles = [column.role for column in table.columns if column.role]
    rows: list[Row] = []
    previous, number = table.start, 0
    for run, deadline in _runs(text, table, _name(place), timed=timed):
        if run[0] < previous:
            continue
        begin, number = _begin(text, previous, run[0], number + 1)
        duties = tuple(_duties(view, text, run, roles))
        doubt = _doubt(view, text, run) if len(roles) > 1 else None
        rows.append(Row(begin, run[1], (begin, run[0]), duties, (deadline,) if deadline else (), doubt))
        previous = run[1]
    whole = (table.start, table.end)
    return rows or [Row(*whole, whole, (), (), _NO_ROWS)]


@cache
def _name(place: str | None) -> re.Pattern[str]:
    """Return what matches a body's name that ends where another, a number or the next cell begins."""
    begins = "|".join(map(re.escape, (*_PROVINCES, *([place] if place else []))))
    return re.compile(
        r"(?:[省市县区州旗](?:直)?(?=[\u4e00-\u9fff])|各|相关|有关|全[省市县区]|[\u4e00-\u9fff]{2,3}(?=海关|海事))"
        r"[\u4e00-\u9fff()]{1,18}?"
        r"(?:局|委|厅|办|部|队|站|处|中心|公司|政府|单位|办事处|委员会|集团|海关|支行|分行|会|院|校|所|国企|企业|机构|部门)"
        r"(?:\([^()]{2,12}\))?(?=[、,\d注。《]|$|[省市县区州旗各相有全]|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]"
        rf"|[\u4e00-\u9fff]{{2,3}}海关|关于|{begins})"
    )


def _runs(
    text: str, table: Flat, name: re.Pattern[str], *, timed: bool
) -> Iterator[tuple[tuple[int, int], tuple[int, int] | None]]:
    """Yield where bodies stand, each with the deadline before them."""
    before, start = (_DEADLINE, table.start) if timed else (_SENTENCE_END, table.start - 1)
    for match in before.finditer(text, start, table.end):
        end = _chain(text, match.end(), table.end, name)
        if end > match.end():
            yield (match.end(), end), match.span() if timed else None


def _chain(text: str, start: int, stop: int, name: re.Pattern[str]) -> int:
    """Return where a chain of bodies that begins at ``start`` ends."""
    end = position = start
    while match := name.match(text, position, stop):
        if names.kind(match.group()) is None or not names.plausible(match.group()):
            break
        end = match.end()
        separator = _BETWEEN.match(text, end)
        position = separator.end() if separator else end
    return end


def _begin(text: str, start: int, stop: int, expected: int) -> tuple[int, int]:
    """Return where a row begins and its number: at the number expected, else at the last one before its bodies."""
    marks = list(_NUMBER.finditer(text, start, stop))
    own = [mark for mark in marks if int(mark[1]) == expected]
    if own or marks:
        mark = (own or marks)[-1]
        return mark.start(), int(mark[1])
    while start < stop and text[start] in "、,。;\n ":
        start += 1
    return start, expected - 1


def _doubt(view: View, text: str, run: tuple[int, int]) -> str | None:
    """Say that two columns run together where several bodies stand before the collectives and no gap parts them."""
    gap = any(text[p - 1] not in "、," for p in view.gaps(run[0] + 1, run[1]))
    kinds = [names.kind(name.full) for name in cells.bodies(text, *run)]
    several = sum(kind not in ("collective", "unit") for kind in kinds) > 1
    return (
        "two columns of bodies run together; the first body is taken for the first column"
        if several and not gap
        else None
    )


def _duties(view: View, text: str, run: tuple[int, int], roles: list[Role]) -> Iterator[Duties]:
    """Yield the cells that a run of bodies filled.

    Two columns meet at a gap. Without one the first body fills the first column, unless it is a collective, which
    stands where the first cell is empty.
    """
    start, end = run
    if len(roles) == 1:
        yield Duties(start, end, roles[0])
        return
    gap = next((p for p in view.gaps(start + 1, end) if text[p - 1] not in "、,"), None)
    first = next(iter(cells.bodies(text, start, end)), None)
    alone = first is None or names.kind(first.full) in ("collective", "unit")
    cut = gap or (None if alone else first.end if first else None)
    if cut is None or cut >= end:
        yield Duties(start, end, roles[1] if alone else roles[0])
        return
    yield Duties(start, cut, roles[0])
    yield Duties(cut, end, roles[1])
