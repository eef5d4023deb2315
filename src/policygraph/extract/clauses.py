"""Where a clause begins and ends: ``到2025年,|森林覆盖率达到38%|,水质…``.

Marks end it, but a comma inside brackets or a number (1,200) does not. A clause without marks is cut off.
"""

from __future__ import annotations

import re

MOST_CHARS = 300
"""The most characters of a clause on either side of a place in it."""

_NEAR_CHARS = 120
_THOUSANDS = re.compile(r",\d{3}(?!\d)")
_MARK = re.compile(r"[,:。;\n!?(\[《)\]》]")
_LAST_MARK = re.compile(rf"(?s:.*){_MARK.pattern}")
_END = re.compile(r"[,。;\n:!?]")
_LABEL = re.compile(r"[(〔]?[一二三四五六七八九十]{1,3}[)〕、]|[(〔]\d{1,2}[)〕]|\d{1,2}(?:、|\.(?!\d))|[①-⑳]")


def back(text: str, position: int) -> int:
    """Return where the clause that holds ``position`` begins; a comma inside brackets does not end one."""
    least, nearest = max(0, position - MOST_CHARS), _nearest(text, position)
    while nearest > least and _THOUSANDS.match(text, nearest) and text[nearest - 1].isdigit():
        position = nearest
        nearest = _nearest(text, position)
    over = nearest < 0 or text[nearest] in ")]》"
    begin = _back_over_brackets(text, position) if over else nearest + 1
    label = _LABEL.match(text, begin, position) if begin == 0 or text[begin - 1] in "\n。" else None
    return label.end() if label else begin


def _nearest(text: str, position: int) -> int:
    """Return where the last mark before a position stands, -1 if none is near."""
    last = _LAST_MARK.match(text, max(0, position - _NEAR_CHARS), position)
    return last.end() - 1 if last else -1


def _back_over_brackets(text: str, position: int) -> int:
    depth, least = 0, max(0, position - MOST_CHARS)
    while mark := _LAST_MARK.match(text, least, position):
        position = mark.end() - 1
        char = text[position]
        if char in ")]》":
            depth += 1
        elif char in "([《":
            if depth == 0:
                return position + 1
            depth -= 1
        elif depth == 0 or char not in ",:":
            return position + 1
    return least


def end(text: str, position: int) -> int:
    """Return where the clause that goes on at a position ends."""
    last = min(len(text), position + MOST_CHARS)
    stop = _END.search(text, position, last)
    return stop.start() if stop else last
