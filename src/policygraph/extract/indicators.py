"""Targets in tables of indicators: 指标 | 单位 | 2020年 | 2025年, also where such a table lost its cells.

The last year that lies ahead is what is to be reached; an earlier one is the baseline. A table without cells runs
its values together (``1.数字经济增加值亿元10582400``): they are parted where both are numbers that do not fall, and
where several partings are, at the one whose values stand with their unit elsewhere in the notice. What stays open is
a doubt and no target.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.data import alternatives, table
from policygraph.extract.found import FoundTime
from policygraph.extract.targets import FoundTarget
from policygraph.models import Issue
from policygraph.segment import grid
from policygraph.text.numerals import decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.models import Cell, Comparator, Page, Table
    from policygraph.text.view import View

_UNITS = table("quantities")["units"]
_UNIT = rf"(?:{alternatives(_UNITS['magnitude'])})?(?:{alternatives(_UNITS['measure'] + _UNITS['classifier'])})"
_HEAD = re.compile(
    r"(?:序号|指标类别|类别|指标名称|主要指标|指标|单位|属性){0,9}指标(?:名称)?(?:计量)?单位(?P<years>(?:20\d\d年?(?:目标|现状|实际)?值?){1,3})"
)
_UNIT_AND_YEAR = "单位20"
_YEAR = re.compile(r"20\d\d")
_VALUES = re.compile(r"(?P<values>(?:\d[\d.]*|[—\-])+)[\u4e00-\u9fff]{0,12}$")
_NAMED = re.compile(rf"(?P<name>.*?)[((]?(?P<unit>{_UNIT})[))]?$")
_CELL = re.compile(
    rf"^(?P<sign>[≥≤><]|大于|小于|不低于|不超过)?(?P<value>\d[\d,.]*)(?P<unit>{_UNIT})?(?P<end>以上|以内|以下|左右)?$"
)
_SIGN: dict[str, Comparator] = {
    "≥": ">=", "不低于": ">=", "以上": ">=", "≤": "<=", "不超过": "<=", "以内": "<=", "以下": "<=",
    ">": ">", "大于": ">", "<": "<", "小于": "<", "左右": "~",
}  # fmt: skip
_NAME_CHARS = 40


class Indicators(Struct, frozen=True):
    """The targets of tables of indicators, the times that head their columns, and what could not be parted."""

    targets: tuple[FoundTarget, ...]
    times: tuple[FoundTime, ...]
    doubts: tuple[Issue, ...]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where the rows stand, which no other finder should read."""
        return [(one.start, one.end) for one in self.targets]


def find(view: View, page: Page, text: str, year: int | None) -> Indicators:
    """Return what the tables of indicators of a page say; ``year`` is the notice's, and earlier columns are past."""
    targets: list[FoundTarget] = []
    times: list[FoundTime] = []
    doubts: list[Issue] = []
    for one in page.tables:
        targets += _in_cells(view, one, year)
    for head in _HEAD.finditer(text) if _UNIT_AND_YEAR in text else ():
        ahead = [match for match in _YEAR.finditer(text, *head.span("years")) if year is None or int(match[0]) >= year]
        if ahead:
            last = ahead[-1]
            stop = last.end() + text.startswith("年", last.end())
            times.append(FoundTime(last.start(), stop, "during", f"{last[0]}-01-01", f"{last[0]}-12-31"))
            years = _YEAR.findall(text, *head.span("years"))
            for found in _run_together(text, head.end(), years):
                if isinstance(found, Issue):
                    doubts.append(found)
                else:
                    targets.append(found)
    return Indicators(tuple(targets), tuple(times), tuple(doubts))


def _run_together(text: str, start: int, years: list[str]) -> Iterator[FoundTarget | Issue]:
    """Yield the rows of a table without cells; each begins with its number, one more than the last."""
    number = 1
    position = text.find("1.", start, start + _NAME_CHARS)
    while position >= 0:
        begin = position + len(str(number)) + 1
        label = re.compile(rf"{number + 1}\.(?=[\u4e00-\u9fffA-Za-z]|\d[A-Za-z])").search(
            text, begin + 2, begin + 2 * _NAME_CHARS
        )
        end = label.start() if label else _last(text, begin)
        row = _VALUES.search(text, begin, end)
        named = _NAMED.match(text, begin, row.start()) if row else None
        if row and named and named["name"]:
            yield _parted(text, (begin, row.end("values")), named, row["values"], years)
        position, number = (label.start() if label else -1), number + 1


def _last(text: str, begin: int) -> int:
    """Return where the last row ends: behind its digits."""
    digits = re.compile(r"[—\-]?\d[\d.]*(?!\d)(?=[\u4e00-\u9fff\n。]|$)").search(
        text, begin + 3, begin + 2 * _NAME_CHARS
    )
    return digits.end() if digits else begin


def _parted(
    text: str, span: tuple[int, int], named: re.Match[str], values: str, years: list[str]
) -> FoundTarget | Issue:
    partings = list(_partings(values, len(years)))
    unit = named["unit"]
    if len(partings) > 1:
        beside = text[: max(0, span[0] - _NAME_CHARS)] + "\n" + text[span[0] + 30 * _NAME_CHARS :]
        told = {parting: _told(beside, parting, unit) for parting in partings}
        best = max(told.values())
        partings = [parting for parting in partings if told[parting] == best and best]
    if len(partings) != 1 or partings[0][-1] is None:
        return Issue("extract", "values of a table run together and can be parted in several ways", span)
    first, last = partings[0][0], partings[0][-1]
    baseline = f"{years[0]}年{first}{unit}" if first and len(years) > 1 else None
    due = f"{years[-1]}-12-31"
    return FoundTarget(*span, named["name"], ">=", last, None, unit, None, baseline, due, None, "words")


def _partings(values: str, count: int) -> Iterator[tuple[str | None, ...]]:
    """Yield the ways to read run-together digits as ``count`` numbers that do not fall."""
    if count == 1:
        if _number(values):
            yield (values,)
        return
    for cut in range(1, len(values)):
        first, rest = values[:cut], values[cut:]
        if first not in ("—", "-") and not _number(first):
            continue
        for following in _partings(rest, count - 1):
            low = None if first in ("—", "-") else first
            if low is None or following[0] is None or float(low) <= float(following[0]):
                yield (low, *following)


def _number(digits: str) -> bool:
    """Tell whether digits are a number as people write it: no zero before it, none behind a decimal point."""
    whole, point, part = digits.partition(".")
    return whole.isdigit() and (whole == "0" or whole[0] != "0") and (not point or (part.isdigit() and part[-1] != "0"))


def _told(beside: str, parting: tuple[str | None, ...], unit: str) -> int:
    """Count the values of a parting that stand with their unit in the text beside its table."""
    return sum(_stands(beside, value + unit) for value in parting if value)


def _stands(text: str, words: str) -> bool:
    """Tell whether a number and its unit stand in a text, and not as the end of a longer number."""
    at = text.find(words)
    while at > 0 and (text[at - 1] == "." or text[at - 1].isdecimal()):
        at = text.find(words, at + 1)
    return at >= 0


def _in_cells(view: View, one: Table, year: int | None) -> Iterator[FoundTarget]:
    """Yield the targets of a table of a page: a column of names, one of units, and columns of years."""
    places = grid.cells(one)
    for number in sorted(places)[:3]:
        heads = {place: grid.words(view, cell) for place, cell in places[number].items()}
        names = [at for at, head in heads.items() if "指标" in head and "类" not in head and not _YEAR.search(head)]
        ahead = {place: m[0] for place, head in heads.items() if (m := _YEAR.search(head)) and "现状" not in head}
        coming = [place for place, found in ahead.items() if year is None or int(found) >= year]
        if not names or not coming:
            continue
        unit_at = next((place for place, head in heads.items() if head in ("单位", "计量单位")), None)
        for row in sorted(places):
            cells = places[row]
            if row > number and names[-1] in cells and coming[-1] in cells:
                yield from _row(view, cells, (names[-1], unit_at, coming[-1]), list(ahead.values()))
        return


def _row(
    view: View,
    cells: dict[int, Cell],
    places: tuple[int, int | None, int],
    years: list[str],
) -> Iterator[FoundTarget]:
    name_at, unit_at, value_at = places
    read = _CELL.match(grid.words(view, cells[value_at]))
    name = grid.words(view, cells[name_at])
    if not read or not name:
        return
    own = _NAMED.match(name) if unit_at is None else None
    told = grid.words(view, cells[unit_at]) if unit_at in cells else own["unit"] if own else None
    unit = read["unit"] or told or None
    sign = _SIGN.get(read["sign"] or read["end"] or "≥", ">=")
    start, named_end = view.inner(*cells[name_at].span)
    end = max(named_end, view.inner(*cells[value_at].span)[1])
    value = decimal(read["value"])
    if value:
        named, due = own["name"] if own else name, f"{years[-1]}-12-31"
        yield FoundTarget(start, end, named, sign, value, None, unit, None, None, due, None, "words")
