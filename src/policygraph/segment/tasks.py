"""What each responsibility statement governs, and what is left over.

A statement governs the text from the end of the statement before it, or from the start of the numbered item
that it closes, whichever comes later. One that stands as a paragraph of its own after several unassigned items
closes the section that holds them. Text of a clause that no statement governs is a task without duties.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.segment.heads import Heading

Span = tuple[int, int]

_BETWEEN = re.compile(r"[。;,、.\n :：]*")
_BEHIND = "\n :："


def scopes(text: str, headings: Sequence[Heading], statements: Sequence[Span], body: int = 0) -> list[Span]:
    """Return the span that each statement governs, in their order; nothing before ``body`` is governed."""
    found: list[Span] = []
    index = 0
    previous_end = body
    for number, (start, end) in enumerate(statements):
        while index < len(headings) and headings[index].start <= start:
            index += 1
        opened = 0
        if index:
            several = number + 1 < len(statements) and statements[number + 1][0] < headings[index - 1].end
            below = _below_title(text, headings[index - 1]) if several else None
            opened = below or _section(text, headings, index - 1, start, previous_end)
        begin = _skip(text, max(previous_end, opened), start)
        found.append((begin, max(begin, _strip(text, begin, start))))
        previous_end = max(previous_end, end)
    return found


def rest(text: str, start: int, end: int) -> Span | None:
    """Return the words between the last statement or the title of a clause and its end, or ``None`` if none are."""
    begin = _skip(text, start, end)
    stop = _strip(text, begin, end)
    return (begin, stop) if begin < stop else None


def _section(text: str, headings: Sequence[Heading], index: int, start: int, previous_end: int) -> int:
    """Return where the item or section that a statement at ``start`` closes begins."""
    heading = headings[index]
    if text[start - 1 : start] not in ("\n", ""):
        return heading.start
    while index > 0 and _closes_parent(headings, index, previous_end):
        level = headings[index].level
        while index > 0 and headings[index].level >= level:
            index -= 1
        heading = headings[index]
    return heading.start


def _closes_parent(headings: Sequence[Heading], index: int, previous_end: int) -> bool:
    """Tell whether the items up to ``index`` are several, and none of them has a statement of its own."""
    heading = headings[index]
    siblings = 0
    for earlier in reversed(headings[:index]):
        if earlier.level < heading.level:
            return siblings > 0 and earlier.start >= previous_end
        if earlier.level == heading.level:
            siblings += 1
    return False


def _below_title(text: str, heading: Heading) -> int | None:
    """Return where the text below a heading on a line of its own begins, or ``None`` if text runs on from it.

    Such a heading, over several paragraphs with a statement each, belongs to none of them.
    """
    if heading.title and text[heading.title[1] : heading.title[1] + 2].lstrip("。").startswith("\n"):
        return heading.title[1]
    return None


def _skip(text: str, start: int, stop: int) -> int:
    between = _BETWEEN.match(text, start, stop) if start < stop else None
    return between.end() if between else start


def _strip(text: str, start: int, stop: int) -> int:
    return start + len(text[start:stop].rstrip(_BEHIND)) if start < stop else stop
