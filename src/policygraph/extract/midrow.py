"""Rows of flattened tables whose bodies stand amid the row: ``3.做好…工作区行政审批局区直有关单位,各乡镇政府…``.

With the columns 工作任务 | 牵头单位 | 责任单位 | 工作要求 neither a deadline nor the end of a sentence shows where the
bodies begin. What shows it is the collective that answers in nearly every row (区直有关单位,各乡镇人民政府): its last
cell of bodies ends with it, and names that run up to it fill the cell before. A row is numbered one more than the
last, or a few where numbers are left out. One without the collective is a doubt (岚综管办便函〔2018〕75号).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from policygraph.extract import names
from policygraph.segment.rows import Duties, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.models import Role
    from policygraph.segment.rows import Flat

DOUBT = "a row of a table that lost its cells; where its bodies stand is not certain"
_TEXTS = ("task", "target", "other")
_COLLECTIVE = (
    r"(?:[省市县区州旗]直|各|全[省市县区])(?:各|有关|相关)?[\u4e00-\u9fff()]{0,8}?"
    r"(?:单位|部门|机构|企业|(?:人民)?政府|街道办事处)"
)
_TAIL = re.compile(rf"{_COLLECTIVE}(?:[,、]{_COLLECTIVE})*")
_NUMBER = re.compile(r"(?<![\d.])(\d{1,3})[.、](?!\d)")
_LEVEL = re.compile(r"(?<![、,省市县区州旗])[省市县区州旗](?=[\u4e00-\u9fff]{2})")
_LEAST = 3  # rows that end alike
_SHARE = 0.5  # of the rows
_SKIPPED = 4  # numbers that may be left out
_LEAD_CHARS = 80
_MOST_COLUMNS = 2  # of bodies that the collective tells apart


def is_laid_out(table: Flat) -> bool:
    """Tell whether a table has text on both sides of its bodies, and no deadline before them."""
    holds = [column.holds for column in table.columns]
    bodies = [at for at, one in enumerate(holds) if one == "bodies"]
    return holds[0] in (*_TEXTS, "serial") and holds[-1] in _TEXTS and "deadline" not in holds[: bodies[-1]]


def find(text: str, table: Flat) -> list[Row]:
    """Return the rows of such a table, in order; none if no collective ends enough of them alike."""
    spans = list(_numbered(text, table))
    tails = [[match.group() for match in _TAIL.finditer(text, *span)] for span in spans]
    counts = Counter(tail for found in tails for tail in set(found))
    tail, count = max(counts.items(), key=lambda one: (one[1], len(one[0])), default=("", 0))
    if count < max(_LEAST, _SHARE * len(spans)):
        return []
    roles = [column.role for column in table.columns if column.role]
    return [_row(text, span, tail, roles) for span in spans]


def _row(text: str, span: tuple[int, int], tail: str, roles: list[Role]) -> Row:
    start, end = span
    at = text.find(tail, start, end)
    if at < 0:
        return Row(start, end, span, (), (), DOUBT)
    stop = at + len(tail)
    lead = _before(text, start, at) if len(roles) > 1 else at
    duties = [Duties(lead, at, roles[0])] if lead < at else []
    undecided = text[stop : stop + 1] in ("、", ",") or len(roles) > _MOST_COLUMNS
    doubt = DOUBT if undecided else None
    return Row(start, end, span, (*duties, Duties(at, stop, roles[-1])), (), doubt)


def _before(text: str, start: int, at: int) -> int:
    """Return where the names that run up to ``at`` begin, or ``at`` if none do."""
    for match in reversed(list(_LEVEL.finditer(text, max(start, at - _LEAD_CHARS), at))):
        found = names.split(text, match.start(), at)
        if found and all(names.kind(name.full) not in (None, "collective") for name in found):
            return match.start()
    return at


def _numbered(text: str, table: Flat) -> Iterator[tuple[int, int]]:
    """Yield the spans of the numbered rows, each up to its last full stop, without the heading of a section behind."""
    marks: list[re.Match[str]] = []
    for match in _NUMBER.finditer(text, table.start, table.end):
        ahead = int(match[1]) - int(marks[-1][1]) if marks else 1
        if 0 < ahead <= _SKIPPED:
            marks.append(match)
    for mark, following in zip(marks, [*(mark.start() for mark in marks[1:]), table.end], strict=True):
        stop = text.rfind("。", mark.end(), following) + 1
        yield mark.start(), stop or following
