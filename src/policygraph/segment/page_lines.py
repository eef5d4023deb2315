"""What the page's own lines say of a notice: ``来源:信用佳木斯 发布:2018-08-03``, ``标题:…``, ``成文日期:…``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.data import table
from policygraph.text import dates

if TYPE_CHECKING:
    from policygraph.text.view import View

_TABLE = table("elements")
_ENDS = tuple(_TABLE["title_ends"])
LABELS: dict[str, list[str]] = _TABLE["labels"]
"""The labels of such lines, by what they say."""

GOES_ON = re.compile(rf"\n?》?(?:工作)?的(?:{'|'.join(_ENDS)})")
"""How a title goes on behind the name of a plan: 的通知."""

_MOST_CHARS = 220


def span(view: View, head: str, field: str) -> tuple[int, int] | None:
    """Return the span of what follows one of the labels of a page line, up to the next gap."""
    for match in re.finditer(rf"(?<![\u4e00-\u9fff])(?:{'|'.join(LABELS[field])}):\n?", head):
        last = min(len(head), match.end() + _MOST_CHARS + 1)
        gaps = frozenset(view.gaps(match.end() + 1, last))
        ends = (p for p in range(match.end() + 1, last) if head[p] == "\n" or p in gaps)
        end = next((p for p in ends if field != "title" or head[p] == "\n" or _ends_a_title(head, p)), last)
        if match.end() < end <= match.end() + _MOST_CHARS:
            return match.end(), end
    return None


def _ends_a_title(head: str, position: int) -> bool:
    """Tell whether a title may end at a gap: behind a kind of document, and not before 的通知."""
    return head.endswith(_ENDS, 0, position) and not GOES_ON.match(head, position)


def date(head: str, field: str) -> str | None:
    """Return the date right behind one of the labels of a field, as ISO, or ``None``."""
    for match in re.finditer(rf"(?<![\u4e00-\u9fff])(?:{'|'.join(LABELS[field])}):\s?", head):
        for start, _, value in dates.find(head, match.end(), match.end() + 20):
            if start - match.end() <= 1:
                return value
    return None
