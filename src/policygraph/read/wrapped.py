"""Lines of a cell to the words they were broken from: ``市发展\\n改革委`` is one body, ``市财政局\\n市审计局`` are two.

Whoever fills a ledger breaks lines by hand where the column is full, and also where a paragraph or a name ends. A
line that is nearly as wide as the widest goes on in the next, unless it ends a sentence or a body's name, or the next
one opens with a number, a bracket, a date, a level of government (各, 市, 县) or a role.
"""

from __future__ import annotations

import re
from itertools import pairwise

from policygraph.read.sheet import join

_ENDED = re.compile(r"[。！？!?；;：:.…）)\]〕】]$")
_OPEN = re.compile(r"(?:[、，,（(《“]|\d年)$")
_NAMED = re.compile(r"(?:[局委办厅部府司会院校站队处所馆社团行署镇乡]|中心|单位|部门)$")
_LAST = re.compile(r"[局委办厅部处会院站](?:[、，,；;]|$)")
_REST = re.compile(r"[\u4e00-\u9fff]{1,2}(?:[、，,；;\s]|$)|员会")
_OPENS = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(〔\[【《]|\d{1,3}[.．、](?!\d)|[①-⑳●•◆■★※\-—]|第[一二三四五六七八九十百]+|注[:：]"
    r"|\d{4}年|\d{1,2}月|各[\u4e00-\u9fff]|(?:牵头|配合|责任|主办|协办)[\u4e00-\u9fff]{0,4}[:：]"
)
_FULL = 0.75  # of the widest line, or
_SLACK = 1.5  # Chinese characters less than it: how wide a full line is at least
_SHORTEST = 3  # characters: lines no longer are names of persons or words of their own


def joined(text: str) -> str:
    """Return the words of a cell without the line breaks that only its width made.

    >>> joined("改造老旧\\n管网50公里"), joined("市财政局\\n市审计局"), joined("1.立项。\\n2.开工。")
    ('改造老旧管网50公里', '市财政局\\n市审计局', '1.立项。\\n2.开工。')
    """
    if "\n" not in text:
        return text
    lines = [line for line in (line.strip() for line in text.split("\n")) if line]
    widest = max(map(_width, lines), default=0.0)
    pieces = lines[:1]
    for before, line in pairwise(lines):
        pieces.append(join(before, line)[len(before) :] if _goes_on(before, line, widest) else f"\n{line}")
    return "".join(pieces)


def _goes_on(before: str, line: str, widest: float) -> bool:
    """Tell whether the words of a line go on in the next line of a cell."""
    if _OPEN.search(before) or _LAST.match(line):
        return True
    full = _width(before) >= min(widest - _SLACK, _FULL * widest)
    if _ENDED.search(before) or _OPENS.match(line) or not full:
        return False
    if _NAMED.search(before):
        return _REST.match(line) is not None
    return len(before) > _SHORTEST or len(line) > _SHORTEST or _NAMED.search(line) is not None


def _width(line: str) -> float:
    """Return the width of a line in Chinese characters."""
    return sum(0.5 if char.isascii() else 1.0 for char in line)
