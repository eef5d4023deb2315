"""Where a passage stands: in a part that looks back or describes, or under a date that a paragraph opens with.

一、发展成效 tells what was reached and 二、2022年降雨趋势分析 what is expected: their numbers and dates bind nobody.
``到2025年,…。全国农机总动力稳定在11亿千瓦左右`` is due by the date its paragraph opens with, though a full stop stands
between.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.data import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.segment.heads import Heading

_TABLE = table("context")
_LOOKS_BACK = re.compile(
    rf"(?!{'|'.join(_TABLE['descriptive']['unless'])}).*?(?:{'|'.join(_TABLE['descriptive']['words'])})"
)
_GOALS_LABEL = re.compile(r"[\u4e00-\u9fff]{0,8}(?:指标|目标)(?:任务)?:")
_OPENS_WITH_A_DATE = re.compile(
    r"(?:第[一二三四五六七八九十百]+条|[(]?[一二三四五六七八九十\d]{1,3}[)、.])? ?到(?:19|20)\d\d年"
)
_GOALS = re.compile("|".join(_TABLE["goals"]["words"]))


class Context(Struct, frozen=True):
    """The outline around a text; without headings everything stands in one plain part.

    ``year`` is the year the notice is for, or was issued in; what ended before it is history.
    """

    text: str
    starts: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    descriptive: tuple[tuple[int, int], ...] = ()
    year: int | None = None

    def describes(self, position: int) -> bool:
        """Tell whether a position lies in a part that looks back or describes."""
        return any(start <= position < end for start, end in self.descriptive)

    def past(self, until: str | None) -> bool:
        """Tell whether a day lies before the notice's year."""
        return until is not None and self.year is not None and until < f"{self.year}-01-01"

    def goal(self, position: int, line: int) -> int | None:
        """Return where the part that states goals around a position begins, or ``None`` if it states none.

        ``line`` is where the line of the position begins.
        """
        line = max(line, self.heading(position))
        if _GOALS_LABEL.match(self.text, line) or _OPENS_WITH_A_DATE.match(self.text, line):
            return line
        index = bisect_right(self.starts, position) - 1
        return self.starts[index] if index >= 0 and _GOALS.search(self.titles[index]) else None

    def heading(self, position: int) -> int:
        """Return where the nearest heading above a position begins, 0 if there is none."""
        index = bisect_right(self.starts, position) - 1
        return self.starts[index] if index >= 0 else 0

    def following(self, position: int) -> int:
        """Return where the next heading below a position begins, the end of the text if there is none."""
        index = bisect_right(self.starts, position)
        return self.starts[index] if index < len(self.starts) else len(self.text)

    def title(self, position: int) -> str:
        """Return the title of the nearest heading above a position, empty if there is none."""
        index = bisect_right(self.starts, position) - 1
        return self.titles[index] if index >= 0 else ""


def read(text: str, headings: Sequence[Heading], year: int | None) -> Context:
    """Return the context that the headings of a text make."""
    titles = tuple(text[slice(*heading.title)] if heading.title else "" for heading in headings)
    descriptive: list[tuple[int, int]] = []
    for index, heading in enumerate(headings):
        if _LOOKS_BACK.match(titles[index]):
            later = (other.start for other in headings[index + 1 :] if other.level <= heading.level)
            descriptive.append((heading.start, next(later, len(text))))
    return Context(text, tuple(heading.start for heading in headings), titles, tuple(descriptive), year)
