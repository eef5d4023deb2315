"""When a target is due: by the time that governs it, by the deadline of its row, or with the plan year.

``到2025年,森林覆盖率达到38%,…`` is due by the date before it in its sentence, ``森林覆盖率达到38%,力争2024年底前…`` by
the one behind it, a row of a task table by its 完成时限. All of a text is made ready once, so that the cost of a target
does not grow with its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from policygraph.extract.clauses import back
from policygraph.extract.quantities import COMMITS
from policygraph.extract.stretches import Stretches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.extract.context import Context
    from policygraph.extract.found import FoundTime
    from policygraph.extract.quantities import Quantity
    from policygraph.extract.readings import Clause
    from policygraph.models import DueFrom
    from policygraph.segment.rows import Row

_HORIZON = re.compile(
    rf"(?:未来|今后)[一二三四五六七八九十\d]{{1,3}}年|十[一二三四五六七]五[”\"]?(?:时期|期间|期?末)"
    rf"|[两二三四五]年(?:时间|内)?(?:共|累计)?(?:{COMMITS})"
)


class Dues:
    """The dates of a text: ``times`` and ``rows`` in order, ``year_end`` the last day of the plan year."""

    def __init__(
        self, text: str, times: Sequence[FoundTime], rows: Sequence[Row], year_end: str | None, context: Context
    ) -> None:
        self._text, self._year_end, self._context = text, year_end, context
        self._lines = Stretches(text, "\n")
        self._sentences = Stretches(text, "。\n")
        self._parts = Stretches(text, "。\n;")
        self._dated = [time for time in times if time.until and time.kind in ("by", "during", "on")]
        self._until = [time for time in self._dated if time.kind == "by"]
        self._yearly = [time.start for time in times if time.kind == "every" and time.every == "P1Y"]
        self._ending = [time for time in times if time.until]
        self._rows = sorted((row for row in rows if row.deadlines), key=_start)
        self._horizon: tuple[int, int] = (-1, 0)

    def part(self, position: int) -> int:
        """Return where the part of a sentence that holds a position begins, behind a full stop or a semicolon."""
        return self._parts.around(position)[0]

    def find(self, quantity: Quantity, clause: Clause) -> tuple[str | None, DueFrom | None]:
        """Return the last day by which a quantity is due and where it stands, or ``None`` twice."""
        if worded := self._worded(quantity):
            return worded, "words"
        if listed := self._listed(quantity):
            return listed, "row"
        if not self._year_end or self._every_year(clause) or self._farther(quantity.start):
            return None, None
        return self._year_end, "plan year"

    def _worded(self, quantity: Quantity) -> str | None:
        """Return the end of the time that governs a quantity.

        It is the last before it between two semicolons, else the next one there (but none of a part, 其中2022年…), else
        the last before it in its sentence, else, where goals are stated, the last date by which that part has said
        something is due.
        """
        start, end = self._parts.around(quantity.start)
        if before := _last(self._dated, start, quantity.start):
            return before.until
        index = bisect_left(self._dated, quantity.end, key=_start)
        if index < len(self._dated) and self._dated[index].start < end:
            part = self._text.find("其中", quantity.end, end)
            if part < 0 or self._dated[index].start < part:
                return self._dated[index].until
        begin, _ = self._sentences.around(quantity.start)
        opened = self._context.goal(quantity.start, self._lines.around(quantity.start)[0])
        earlier = _last(self._until, begin if opened is None else min(begin, opened), start)
        return earlier.until if earlier else None

    def _listed(self, quantity: Quantity) -> str | None:
        """Return the end of the deadline in the row of a task table that holds a quantity."""
        index = bisect_right(self._rows, quantity.start, key=_start) - 1
        if index < 0 or quantity.start >= self._rows[index].end:
            return None
        ends = [
            time.until
            for start, end in self._rows[index].deadlines
            for time in self._ending[
                bisect_left(self._ending, start, key=_start) : bisect_left(self._ending, end, key=_start)
            ]
            if time.until
        ]
        return max(ends, default=None)

    def _every_year(self, clause: Clause) -> bool:
        """Tell whether a clause says that something holds every year, and so is due in no one year."""
        first = bisect_left(self._yearly, back(self._text, clause.start))
        return first < len(self._yearly) and self._yearly[first] < clause.end

    def _farther(self, position: int) -> bool:
        """Tell whether the heading or the words before a position in its item speak of more years than the plan's."""
        if _HORIZON.search(self._context.title(position)):
            return True
        line, end = self._lines.around(position)
        begin = max(line, self._context.heading(position))
        if self._horizon[0] != begin:
            said = _HORIZON.search(self._text, begin, min(end, self._context.following(position)))
            self._horizon = begin, said.end() if said else len(self._text) + 1
        return self._horizon[1] <= position


def _start(one: FoundTime | Row) -> int:
    return one.start


def _last(times: Sequence[FoundTime], start: int, end: int) -> FoundTime | None:
    """Return the last of the times that stands in ``start:end``; they are in the order of their starts."""
    index = bisect_left(times, end, key=_start) - 1
    while index >= 0 and times[index].end > end:
        index -= 1
    return times[index] if index >= 0 and times[index].start >= start else None
