"""What the page's own lines say of a notice: ``来源:信用佳木斯 发布:2018-08-03``, ``标题:…``, ``成文日期:…``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.data import table
from policygraph.text import dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.text.view import View

_TABLE = table("elements")
_ENDS = tuple(_TABLE["title_ends"])
LABELS: dict[str, list[str]] = _TABLE["labels"]
"""The labels of such lines, by what they say."""

GOES_ON = re.compile(rf"\n?》?(?:工作)?的(?:{'|'.join(_ENDS)})")
"""How a title goes on behind the name of a plan: 的通知."""

_MOST_CHARS = 220
_HAN = re.compile(r"[\u4e00-\u9fff]")


def span(view: View, head: str, field: str) -> tuple[int, int] | None:
    """Return the span of what follows one of the labels of a page line, up to the next gap."""
    for start in _behind_labels(head, field):
        begin = start + head.startswith("\n", start)
        last = min(len(head), begin + _MOST_CHARS + 1)
        gaps = frozenset(view.gaps(begin + 1, last))
        ends = (p for p in range(begin + 1, last) if head[p] == "\n" or p in gaps)
        end = next((p for p in ends if field != "title" or head[p] == "\n" or _ends_a_title(head, p)), last)
        if begin < end <= begin + _MOST_CHARS:
            return begin, end
    return None


def date(head: str, field: str) -> str | None:
    """Return the date right behind one of the labels of a field, as ISO, or ``None``."""
    for colon_end in _behind_labels(head, field):
        begin = colon_end + head[colon_end : colon_end + 1].isspace()
        for start, _, value in dates.find(head, begin, begin + 20):
            if start - begin <= 1:
                return value
    return None


def _behind_labels(head: str, field: str) -> Iterator[int]:
    """Yield the positions behind the labels of a field and their colons, in order."""
    colon = head.find(":")
    while colon >= 0:
        starts = [colon - len(label) for label in LABELS[field] if head.endswith(label, 0, colon)]
        if any(start == 0 or not _HAN.match(head, start - 1) for start in starts):
            yield colon + 1
        colon = head.find(":", colon + 1)


def _ends_a_title(head: str, position: int) -> bool:
    """Tell whether a title may end at a gap: behind a kind of document, and not before 的通知."""
    return head.endswith(_ENDS, 0, position) and not GOES_ON.match(head, position)
