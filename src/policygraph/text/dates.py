"""Full dates as ISO strings, however written: ``2018年7月19日``, ``二〇一八年七月十九日``, ``2018-08-03``."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from policygraph.text.numerals import integer

_HAN = "〇○零一二三四五六七八九十"
_YEAR = "[〇○零一二三四五六七八九]{3}"
_DATE = re.compile(
    rf"(?P<y>19\d\d|20\d\d|一{_YEAR}|二{_YEAR})\s?(?:年|[-/.])\s?"
    rf"(?P<m>\d{{1,2}}|[{_HAN}]{{1,3}})\s?(?:月|[-/.])[^\S\n]?(?P<d>\d{{1,2}}|[{_HAN}]{{1,3}})\s?日?"
)


def find(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, ISO date)`` for each full date; one that no calendar has is passed over."""
    for match in _DATE.finditer(text, start, len(text) if end is None else end):
        value = iso(integer(match["y"]), integer(match["m"]), integer(match["d"]))
        if value:
            yield match.start(), match.end(), value


def iso(year: int | None, month: int | None, day: int | None) -> str | None:
    """Return an ISO date, or ``None`` if a part is missing or no calendar has it."""
    if year is None or month is None or day is None or not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        return None
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= monthrange(year, month)[1] else None


def last_day(year: int, month: int) -> str:
    """Return the ISO date of the last day of a month."""
    return f"{year:04}-{month:02}-{monthrange(year, month)[1]:02}"
