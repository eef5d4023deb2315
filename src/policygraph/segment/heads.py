"""Where the words of a heading end: ``1.控制用水总量。强化…``, ``一、指导思想以习近平…``.

A heading ends with its line, at the label of its first item, at a gap, or at the full stop of a short first sentence.
Copies without line breaks run a heading that had a line of its own into the paragraph below it; there its words end
where they are a stock heading (指导思想) or read like one (…建设, …机制) and a paragraph begins (根据…, 加快…).
Where no such place is, the item is a sentence of its own and has no heading words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from policygraph.data import alternatives, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.text.view import View

_TABLE = table("heads")
_STOCK = re.compile(alternatives(_TABLE["stock"]["words"]))
_CLOSES = {word: weight for entry in _TABLE["closes"] for word in entry["words"] for weight in [entry["weight"]]}
_OPENS = {word: weight for entry in _TABLE["opens"] for word in entry["words"] for weight in [entry["weight"]]}
_NO_OPENING = tuple(_TABLE["no_opening"]["words"])
_OPENS_LENGTHS = sorted({len(word) for word in _OPENS}, reverse=True)
_CLOSES_LENGTHS = sorted({len(word) for word in _CLOSES}, reverse=True)
_LAST_CHARS = frozenset(word[-1] for word in _CLOSES)
_NUMBERED = re.compile(r"(?:19|20)\d\d年|[一二三四五六七]是|[“《]")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,7}[省市县区州镇乡]")
_LABELS = r"(?:(?:工作|主要|治理|重点|目标)(?:指标|目标|任务|措施|要求|重点)|责任单位|牵头单位|完成时限|时间安排)"
_LABEL_CHARS = frozenset("工主治重目责牵完时")
_LABEL_LINE = re.compile(_LABELS + ":")
_LABEL_END = re.compile(_LABELS + "$")
_BODY = re.compile(r"[省市县区州][\u4e00-\u9fff]{1,8}?(?:局|委|办|厅|政府|部门|中心)(?:要|负责|牵头|会同|应)")
_JOINS = ("和", "与", "及", "、", "的", "等", "并", "或")
_END = re.compile(r"[\n。]")
_BREAK = re.compile(r"[,。;:!?\n]")
_ATTACHED = re.compile(r"[^,。;:!?\n]{2,30}?(?:。|\([一二三四五六七八九十]{1,3}\)|(?<!\d)1(?:[.]|、)(?!\d)|第一条)")
_LABELLED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、]|专栏|第.{1,3}[章条]"
)
_MODAL = re.compile(r"(?:单位|部门|企业|各地|地区|政府|学校|人员|机构)(?:要|应|须|可|不得)|均须|均应|须于|必须|不得")
_BY_MEANS_OF = re.compile(r"采取|通过|以[^,。;\n]{2,30}为(?:重点|核心|抓手|目标|主线|基础|导向|载体)")
_SENTENCE_OPENS = ("对", "由", "根据", "为了", "按照", "凡")
_TITLE_CHARS = 50
_RUN_IN_CHARS = 42
_SENTENCE_TITLE_CHARS = 26
_MOST_CLAUSES = 3
_HEAD_CHARS = 45
_PARAGRAPH_CHARS = 900
_PARAGRAPH_LEAST = 10
_GAP_CHARS = _HEAD_CHARS + _PARAGRAPH_LEAST + 1  # no gap is asked for more behind it
_LEAST_AT_A_GAP = 2
_SHORT_CHARS = 16
_MANY = 5
_SHORT_LEAST = 5
_LEAST_CHARS = 3
_LEAST_WEIGHT = 4
_GAPPED_SHARE = 0.7
_STRAYS = 0.5
_LEAST_STRAYS = 3
_FEW_STRAYS = 0.05
_BETWEEN_CHARACTERS = re.compile(r"[\u4e00-\u9fff]{2}")
_STOPS_BEFORE_A_GAP = "。;:!?)]】〕”"


Shows = Literal["nothing", "some", "all"]


class Heading(Struct, frozen=True):
    """A heading from ``start``; its words are ``title`` (start and end in the view) or ``None``."""

    start: int
    end: int
    rank: int
    label: str
    path: str
    level: int
    title: tuple[int, int] | None


def find(
    view: View, text: str, span: tuple[int, int], *, runs_in: bool = False, shows: Shows = "some"
) -> tuple[int, int] | None:
    """Return the span of the words of a heading, or ``None`` if it has none.

    ``span`` reaches from the end of its label to the start of the next heading. The words may stand on the line below
    the label (附件1), or in the next cell of a table. An item that ``runs_in`` has no line of its own to lose.
    ``shows`` is what gaps of this copy show of where headings end.
    """
    start, following = span
    if text.startswith("\n", start) and not _LABELLED.match(text, start + 1):
        start += 1
    stop = _ends(text, start, following)
    own_line = stop == following or text[stop : stop + 1] == "\n"
    gap = _gap(view, text, start, stop, shows)
    stop, own_line = (gap, True) if gap else (stop, own_line)
    colon = text.find(":", start + 2, stop)
    stop, own_line = (colon, True) if colon > 0 and text[colon + 1 : colon + 2].strip() else (stop, own_line)
    label = _LABEL_END.search(text, start + _LEAST_CHARS, stop) if colon > 0 else None
    stop = label.start() if label else stop
    while stop > start and text[stop - 1] in ":;, ([〔【":
        stop -= 1
    if start < stop and _heads(text, start, stop, following, own_line=own_line):
        long = stop - start > _SENTENCE_TITLE_CHARS - 2 or "," in text[start:stop]
        runs_on = long and not own_line and not runs_in and _crowded(text, start)
        return start, (split(text, start, stop) if runs_on else None) or stop
    boundary = split(text, start, following) if _crowded(text, start) and not runs_in else None
    return (start, boundary) if boundary else None


def _ends(text: str, start: int, limit: int) -> int:
    """Return where the line or the sentence from ``start`` ends, at ``limit`` if not before."""
    stop = _END.search(text, start, limit)
    return stop.start() if stop else limit


def shown(view: View, text: str, spans: Sequence[tuple[int, int]]) -> Shows:
    """Return what gaps show of where the words of headings end; ``spans`` are those behind their labels.

    Gaps between characters inside many sentences are stray; where they stand behind labels' words only, they end them.
    """
    strays = behind = 0
    last = spans[-1][1] if spans else 0  # behind the last heading's words the page goes on
    for start, end in spans:
        mark = _BREAK.search(text, start, end)
        first = True
        for gap in view.gaps(start + _LEAST_CHARS, end):
            if _BETWEEN_CHARACTERS.match(text, gap - 1):
                ends_head = first and gap < (mark.start() if mark else end) and gap - start <= _HEAD_CHARS
                behind += ends_head
                strays += not ends_head and end < last
                first = False
    if strays >= max(_LEAST_STRAYS, _STRAYS * len(spans)):
        return "nothing"
    return "all" if behind > 1 and strays <= _FEW_STRAYS * len(spans) else "some"


def _gap(view: View, text: str, start: int, stop: int, shows: Shows = "some") -> int | None:
    """Return the gap where a copy without line breaks ends a heading (培育新模式 推进农业生产、加工数字化).

    In a short sentence it must read like a heading and the beginning of a paragraph; a stray space does not.
    """
    gaps = view.gaps(start + 2, min(stop, start + _HEAD_CHARS))
    if not gaps or (shows == "nothing" and not _crowded(text, start)):
        return None
    if shows == "all" and stop - gaps[0] >= _PARAGRAPH_LEAST and not _BREAK.search(text, start, gaps[0]):
        return gaps[0]
    least = 1 if stop - start > _HEAD_CHARS else _LEAST_AT_A_GAP
    return next((p for p in gaps if stop - p >= _PARAGRAPH_LEAST and _parts(text, start, p, least)), None)


def _parts(text: str, start: int, position: int, least: int) -> bool:
    """Tell whether a gap at a position has a heading before it or the beginning of a paragraph behind it."""
    if position - start < _LEAST_CHARS or _BREAK.search(text, start, position):
        return False
    stock = _STOCK.fullmatch(text, start, position)
    closes = _weight(text, position, _CLOSES, _CLOSES_LENGTHS, before=True)
    opens = _weight(text, position, _OPENS, _OPENS_LENGTHS, before=False)
    clear = stock or text[position].isdigit() or _NUMBERED.match(text, position)
    return bool(clear) or closes + opens >= least or (_crowded(text, start) and _clauses(text, start, position))


def _clauses(text: str, start: int, position: int) -> bool:
    """Tell whether words of a heading's length stand before a sentence of several clauses."""
    mark = _BREAK.search(text, position, position + _PARAGRAPH_CHARS)
    return _SHORT_LEAST <= position - start <= _SHORT_CHARS and mark is not None and mark.group() == ","


def _heads(text: str, start: int, stop: int, following: int, *, own_line: bool) -> bool:
    """Tell whether the words up to a line's end, a gap or a full stop are a heading and not a sentence of its own."""
    if text[stop : stop + 1] == ";":
        return False
    if own_line:
        return stop - start <= _TITLE_CHARS
    rest = text[stop + 1 : following].strip("\n ")
    alone = rest == "" or (rest[0] in "(〔[" and rest[-1] in ")〕]" and "。" not in rest)
    clauses = text.count(",", start, stop) + 1
    return (
        stop - start <= (_SENTENCE_TITLE_CHARS if alone else _RUN_IN_CHARS)
        and clauses <= _MOST_CLAUSES
        and not text.startswith(_SENTENCE_OPENS, start)
        and not _MODAL.search(text, start, stop)
    )


def agreed(text: str, headings: list[Heading]) -> list[Heading]:
    """Return the headings with run-in words taken back where most items of a style are whole paragraphs.

    In a notice whose items 一 to 三十九 are paragraphs, the short first sentence of one is no heading unless it is very
    short: 推进跨省经营企业部分涉税事项全国通办 is a task, 实施企业创新创业协同行动 heads what follows.
    """
    styles: dict[int, list[bool]] = defaultdict(list)
    for heading in headings:
        own_line = heading.title is not None and text[heading.title[1] : heading.title[1] + 1] != "。"
        if not own_line:
            styles[heading.rank].append(heading.title is not None)
    paragraphs = {rank for rank, titled in styles.items() if len(titled) > _MANY and 2 * sum(titled) < len(titled)}
    return [
        replace(heading, title=None)
        if heading.rank in paragraphs and heading.title and heading.title[1] - heading.title[0] > _SHORT_CHARS
        else heading
        for heading in headings
    ]


def gapped(view: View, text: str, headings: list[Heading], ends: list[int]) -> list[Heading]:
    """Return the headings of a copy without line breaks, cut at the gap that follows the words of most.

    ``ends`` are the ends of their labels. Where gaps stand inside sentences too, they show nothing.
    """
    gaps: dict[int, int | None] = {}
    for index, (start, heading) in enumerate(zip(ends, headings, strict=True)):
        mark = _BREAK.search(text, start, heading.end)
        if mark and _crowded(text, start):
            gaps[index] = _first_gap(view, start, min(mark.start(), start + _HEAD_CHARS))
    cut = {index: gap for index, gap in gaps.items() if gap}
    strays = sum(_strays(view, text, gap or ends[index], headings[index].end) for index, gap in gaps.items())
    if len(gaps) <= _MANY or len(cut) < _GAPPED_SHARE * len(gaps) or strays > _STRAYS * len(gaps):
        return headings
    return [
        replace(heading, title=(ends[index], cut[index])) if index in cut else heading
        for index, heading in enumerate(headings)
    ]


def _first_gap(view: View, start: int, stop: int) -> int | None:
    """Return the first gap behind a label that leaves words on both sides."""
    return next(iter(view.gaps(start + 2, stop - 1)), None)


def _strays(view: View, text: str, start: int, end: int) -> int:
    """Count the gaps inside sentences."""
    return sum(text[p - 1] not in _STOPS_BEFORE_A_GAP for p in view.gaps(start + 1, min(end, len(text))))


def _crowded(text: str, position: int) -> bool:
    """Tell whether a line is so long that it must hold several paragraphs."""
    least = max(0, position - _PARAGRAPH_CHARS - 1)
    begin = text.rfind("\n", least, position) + 1
    if not begin and least:
        return True
    ends = text.find("\n", position, begin + _PARAGRAPH_CHARS + 1) >= 0
    return not ends and len(text) - begin > _PARAGRAPH_CHARS


def begins(view: View, text: str, start: int) -> bool:
    """Tell whether the words from ``start`` read like a heading, at least in a line without breaks."""
    stop = _ends(text, start, min(len(text), start + _GAP_CHARS))
    return (
        _ATTACHED.match(text, start) is not None
        or _gap(view, text, start, stop) is not None
        or split(text, start, start + 2 * _HEAD_CHARS) is not None
    )


def split(text: str, start: int, stop: int) -> int | None:
    """Return where a heading that runs into its paragraph ends, or ``None`` if no place reads like it.

    >>> split("自然地理概况平潭综合实验区以海积平原为主,中部略高", 0, 24)
    6
    """
    if _BY_MEANS_OF.match(text, start):
        return None
    limit = min(stop, start + _HEAD_CHARS, len(text))
    mark = _BREAK.search(text, start, limit)
    limit = mark.start() if mark else limit
    best, found = _LEAST_WEIGHT - 1, None
    stock = _STOCK.match(text, start)
    stocked = stock.end() if stock else -1
    for position in range(start + _LEAST_CHARS, limit - 1):
        may_close = text[position - 1] in _LAST_CHARS or position == stocked
        if not may_close and text[position] not in _LABEL_CHARS:
            continue
        if text[position - 1] in _JOINS or text.startswith(_JOINS, position):
            continue
        if _LABEL_LINE.match(text, position):
            return position
        closes = _weight(text, position, _CLOSES, _CLOSES_LENGTHS, before=True)
        closes = max(closes, 4 if position == stocked else 0)
        if not closes:
            continue
        opens = (
            0
            if text.startswith(_NO_OPENING, position)
            else _weight(text, position, _OPENS, _OPENS_LENGTHS, before=False)
        )
        goes_on = _weight(text, position, _CLOSES, _CLOSES_LENGTHS, before=False)
        opens = max(
            opens,
            2 if _BODY.match(text, position) else 0,
            3 if _NUMBERED.match(text, position) else 1 if _PLACE.match(text, position) else 0,
        )
        opens = 0 if goes_on and opens < 3 else opens  # noqa: PLR2004 - what heads end with begins no paragraph
        if opens and closes + opens > best:
            best, found = closes + opens, position
    return found


def _weight(text: str, position: int, words: dict[str, int], lengths: list[int], *, before: bool) -> int:
    """Return the weight of the longest word that ends (``before``) or begins at a position, or 0."""
    for length in lengths:
        piece = text[position - length : position] if before else text[position : position + length]
        if piece in words:
            return words[piece]
    return 0
