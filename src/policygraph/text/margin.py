"""The margin of a hard-wrapped copy, and which of its lines go on: ``…按职责分工`` / ``负责。``.

PDF text and old mirrors break every line where it is full. A line that is as long as the margin may also end its
paragraph. Where paragraphs are indented, the next line tells. Elsewhere a sentence does not end inside a bracket,
behind a title or quoted words (``《“健康中国2030”`` / ``规划纲要》``) nor behind a semicolon, and no line begins with a
mark that closes. A line that breaks off behind a full stop inside it goes on whatever follows: no heading holds one.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from msgspec import Struct

_SENTENCE_END = "。:!?」"
_STATES = frozenset("。;!?:\n")
_ENDS = _SENTENCE_END + ";》”)]〕】"
_MARK = re.compile(r"[,。;]")
_CLOSING = frozenset(")]〕】")
_OPENING = frozenset("([〔【")
_NEVER_OPENS = frozenset("、,。;:!?)]〕】》”")
_LABEL_AHEAD = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|[(\[][一二三四五六七八九十\d]{1,3}[)\]]"
    r"|[1-9]\d{0,2}(?:、|[.](?!\d{1,2}(?!\d)))|[①-⑳]|第[一二三四五六七八九十百]+[章节条]|附[件表]|专栏"
)
_BRACKET_OPENS = re.compile(r"[(\[〔【](?![此本\d])")  # but not (此件公开发布) and (2021—2025年)
_BRACKET_CHARS = 150
_NUMBER_CHARS = 6
_GOES_ON = re.compile(r"(?<=》)[(〔\[]|(?<=[〕\])])\d{1,5}号")
_TITLE_END = re.compile(
    r"(?:通知|意见|决定|通告|公告|函|批复|号|办法|方案|计划|规划|要点|措施|清单)(?:\([^()\n]{4,16}\))?$"
)
_TITLE_CHARS = 24
_ADDRESSEE = re.compile(
    r"各(?!项|类|种|级|方面|地)|国务院各|[省市县区州](?:直|政府)各|有关单位|驻|为(?:了|深入|全面|认真|切实|进一步|贯彻|加快)|经[^,。]{1,12}同意|现将"
    r"|[\u4e00-\u9fff]{2,6}:"
)
_WEB_DATE = re.compile(r"\d{4}-\d\d-\d\d$")  # of the page; a notice writes 2018年7月19日
_WEB_DATE_CHARS = 10
_LABEL_END = re.compile(r"(?:(?:牵头|责任|配合|主办|协办|承办|参与|落实|实施|指导|考核)(?:单位|部门)|时限|时间|期限):$")
_LABEL_CHARS = 6
_WIDTHS = range(24, 61)
_LEAST_LINES = 10
_LEAST_AT_THE_EDGE = 5
_SHARE = 0.5
_LEAST_SHARE = 0.25
_BROKEN = 0.8
_PEAK = 0.25
_LONGER = 0.1
_FEW = 3
_SLACK = 2
_INDENTED = 0.6  # of the lines behind short ones
_STRAY_INDENTS = 0.05  # of the lines behind full ones that break off
_LABELLED = 0.8  # of the lines behind short ones
_LEAST_SHORT = 5


class Margin(Struct, frozen=True):
    """How wide the lines of a copy are, in characters, and how its paragraphs show.

    ``indent`` is how many spaces they begin with, where lines that go on begin with none, else 0; ``brackets_apart``
    says that brackets open paragraphs of their own, so that one behind a full line may; ``labelled`` that nearly every
    paragraph opens with a label, so that a sentence which fills its line is not the last of one.
    """

    width: int
    indent: int
    brackets_apart: bool
    labelled: bool


def find(plain: str, published: str) -> Margin | None:
    """Return the margin at which a hard-wrapped text was broken, or ``None`` if it was not.

    ``plain`` is the normalised text, ``published`` shows by its tabs which lines are rows of a table.
    """
    lines = plain.split("\n")
    if "\t" in published:
        lines = [line for line, shown in zip(lines, published.split("\n"), strict=False) if "\t" not in shown]
    lines = [line.rstrip() for line in lines]
    width = _width(lines)
    if not width:
        return None
    broken = strays = 0
    labels: list[bool] = []
    apart = False
    indents: Counter[int] = Counter()
    for line, following in pairwise(lines):
        if not line or not following:
            continue
        words = following.lstrip()
        spaces = len(following) - len(words)
        if abs(len(line) - width) > _SLACK:
            indents[spaces] += 1
            label = _LABEL_AHEAD.match(words) is not None
            labels.append(label)
            apart = apart or (not label and _BRACKET_OPENS.match(words) is not None)
        elif line[-1] not in _SENTENCE_END and line[-1] not in _CLOSING:
            broken += 1
            strays += spaces > 0
    indent, count = max(indents.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    sure = count >= max(_LEAST_SHORT, _INDENTED * indents.total()) and strays <= _STRAY_INDENTS * broken
    return Margin(width, indent if sure else 0, apart, _mostly(labels))


def _mostly(labels: list[bool]) -> bool:
    """Tell whether nearly all paragraphs from the first to the last with a label have one."""
    if True not in labels:
        return False
    inside = labels[labels.index(True) : len(labels) - labels[::-1].index(True)]
    return sum(inside) >= max(_LEAST_SHORT, _LABELLED * len(inside))


def goes_on(margin: Margin, plain: str, published: str, start: int, end: int) -> bool:
    """Tell whether the line that ends at ``start`` was broken by the margin and goes on at ``end``."""
    line = plain.rfind("\n", 0, start) + 1
    if plain.count("\n", start, end) > 1 or abs(start - line - margin.width) > _SLACK:
        return False
    if _is_row(published, start) or _is_row(published, end):
        return False
    if _GOES_ON.match(plain[start - 1] + plain[end : end + _NUMBER_CHARS], 1) or _in_bracket(plain, start, end):
        return True
    if _WEB_DATE.search(plain, max(line, start - _WEB_DATE_CHARS), start):
        return False
    if _TITLE_END.search(plain, max(line, start - _TITLE_CHARS), start) and _ADDRESSEE.match(plain, end):
        return False
    if _LABEL_AHEAD.match(plain, end):
        return False
    last = plain[start - 1]
    if last not in _STATES and last not in _CLOSING and plain.find("。", line, start) >= 0:
        return True
    spaces = end - 1 - plain.rfind("\n", start, end)
    if margin.indent and spaces in (0, margin.indent):
        return not spaces
    if plain[end] in _NEVER_OPENS:
        return True
    if last == "。":
        return not margin.brackets_apart if plain[end] in _OPENING else margin.labelled
    if last == ":":
        return _LABEL_END.search(plain, start - _LABEL_CHARS, start) is not None
    return last not in _SENTENCE_END and not _closes(plain, line, start)


def _is_row(published: str, position: int) -> bool:
    """Tell whether the line at a position is a row of a table, which no margin breaks."""
    line = published.rfind("\n", 0, position) + 1
    stop = published.find("\n", position)
    return published.find("\t", line, stop if stop >= 0 else len(published)) >= 0


def _closes(plain: str, line: int, end: int) -> bool:
    """Tell whether the mark before ``end`` closes a sentence: a bracket that stands behind one, ``。”``."""
    last = plain[end - 1]
    if last in "》”":
        return plain[end - 2] in _STATES
    if last not in _CLOSING:
        return False
    depth = 0
    for position in range(end - 1, max(0, end - _BRACKET_CHARS, plain.rfind("\n\n", 0, line)), -1):
        depth += (plain[position] in _CLOSING) - (plain[position] in _OPENING)
        if not depth:
            return plain[position - 1] in _STATES
    return True


def _in_bracket(plain: str, start: int, end: int) -> bool:
    """Tell whether a bracket is open at ``start`` and closed soon behind ``end``, so that no paragraph ends there."""
    depth = 0
    for char in plain[max(plain.rfind("\n\n", 0, start), start - _BRACKET_CHARS, 0) : start]:
        depth = depth + 1 if char in _OPENING else max(0, depth - 1) if char in _CLOSING else depth
    if not depth:
        return False
    stop = plain.find("\n\n", end, end + _BRACKET_CHARS)
    for char in plain[end : stop if stop >= 0 else end + _BRACKET_CHARS]:
        depth += (char in _OPENING) - (char in _CLOSING)
        if not depth:
            return True
    return False


def _width(lines: list[str]) -> int:
    """Return the margin, in characters, at which the lines of a text were broken, or 0 if they were not.

    Lines of the margin's width are many. Where they are not most lines (beside a table, which is not broken), they
    must break off inside sentences; where hardly any is longer, a few that hold marks of sentences show it.
    """
    widths = Counter(map(len, lines))
    filled = sum(count for width, count in widths.items() if width > _WIDTHS.start // 2)
    if filled < _LEAST_LINES:
        return 0
    often = max(widths[width] for width in _WIDTHS) * _PEAK
    near = {margin: sum(map(widths.__getitem__, range(margin - 3, margin + 1))) for margin in _WIDTHS}
    margin = max(near, key=lambda width: (widths[width] >= often, near[width], widths[width]))
    if near[margin] >= _SHARE * filled:
        return margin
    at_margin = [line for line in lines if margin - 4 < len(line) <= margin]
    broken_off = sum(line[-1] not in _ENDS for line in at_margin)
    sure = broken_off >= max(_LEAST_LINES, _BROKEN * len(at_margin))
    if sum(count for width, count in widths.items() if width > margin) <= max(_FEW, _LONGER * len(at_margin)):
        inside = sum(_MARK.search(line) is not None and line[-1] not in _ENDS for line in at_margin)
        sure = sure or inside >= max(_LEAST_AT_THE_EDGE, _SHARE * len(at_margin))
    return margin if sure and len(at_margin) >= _LEAST_SHARE * filled else 0
