"""The numbered outline: 一、 → （一） → 1. → （1） → ①, 第一章 → 第一条, 专栏1, 附件1.

A label opens a heading in one of four places. At a line's start it does so at once. Inside a line, after a full
stop or a gap, its number must be the next one or the first below the heading that is open, because many copies
have no line breaks (``…发展目标。二、主要任务``). Right behind the words of a heading (``二、主要任务（一）强化…``) it
opens the first item of the section. Behind anything else (a table that lost its cells, ``…80—90三、发展布局``) it must
carry the next number and be followed by words that read like a heading. Levels follow from the styles that are
open, so ``1.`` may stand right below ``一、``; a box (专栏) is a sibling of the items around it, and the items inside
it are its own. Numbers that are skipped, repeated or restarted at a line's start are taken as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from policygraph.data import table
from policygraph.segment import heads
from policygraph.segment.heads import Heading
from policygraph.text.numerals import integer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from policygraph.segment.rows import Flat
    from policygraph.text.view import View

_STYLES = [
    (10 * style["rank"], style.get("titled", True), re.compile(style["pattern"])) for style in table("outline")["style"]
]
_BOX = re.compile(r"专栏\s?([一二三四五六七八九十]{1,3}|\d{1,2})[:、]?")
_ANNEX = re.compile(r"附[件表]\s?([一二三四五六七八九十]{1,3}|\d{0,2})(?!年|\d)[:、]?(?=\n|$)")
_ANNEX_INSIDE = re.compile(r"附[件表](\d{1,2}(?![\d年])|)(?!下载)(?=[^:、。;,)》”]{4,40}[表单案则法录图书])")
_ANNEX_CALLED = re.compile(
    r"附[件表]\s?([一二三四五六七八九十]{1,3}|\d{0,2})(?!年|\d)[:、]?(?P<name>[^\n:]{2,60})(?=\n)"
)
_ITEM, _BOX_ITEM, _ANNEX_RANK = 50, 55, 0
# The first character tells which labels may begin there, so that a search stops at few characters.
_LABEL = re.compile(
    r"[一二三四五六七八九十(〔\d①-⑳专第附](?:(?<=[①-⑳])|(?<=[一二三四五六七八九十])[一二三四五六七八九十]{0,2}[、.]"
    r"|(?<=[(〔])[一二三四五六七八九十]{1,3}[)〕]|(?<=\d)\d{0,2}[.、)]|(?<=\()\d{1,2}\)"
    r"|(?<=专)栏|(?<=第)[零一二三四五六七八九十百\d]+[章节条]|(?<=附)[件表])"
)
_ANYWHERE = re.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)(?![款项条的])")
_NOT_BEFORE = frozenset("一二三四五六七八九十、第(〔")
_INLINE = frozenset("附第一二三四五六七八九十(〔0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳专")
_ATTACHED = re.compile(
    r"\([一二三四五六七八九十]{1,3}\)|(?<!\d)\d{1,2}(?:[.](?!\d(?![A-Za-z]))|、(?!\d))|\(1\)|①|专栏\d{1,2}|第[一二三四五六七八九十百]{1,5}条"
)
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、")
_NEXT_ITEM = re.compile(r"专栏|(?<=[。;)\n])\d{1,2}[.](?!\d(?![A-Za-z]))")
_ENDS_SENTENCE = "。;:!?)]〕】”》」\n"
_ENDS_PARAGRAPH = "。)]〕】"
_HEAD_CHARS = 45
_AGAIN_CHARS = 8
_MOST_SKIPPED = 3


Place = Literal["line", "sentence", "attached", "anywhere"]


class _Mark(Struct, frozen=True):
    """A label that may open a heading, and how surely it does where it stands."""

    start: int
    end: int
    rank: int
    label: str
    place: Place
    number: int | None
    titled: bool = True

    @property
    def box(self) -> bool:
        return self.label.startswith("专栏")


class _Open(Struct):
    """The headings that are open (``chain``) and the last number of each style (``last``)."""

    chain: list[_Mark] = field(default_factory=list)
    last: dict[tuple[int, bool], int] = field(default_factory=dict)

    def at(self, rank: int) -> _Mark | None:
        """Return the open heading of a rank."""
        return next((mark for mark in reversed(self.chain) if mark.rank == rank), None)

    def take(self, mark: _Mark) -> None:
        """Open a heading; those of its rank and below close."""
        while self.chain and self.chain[-1].rank >= mark.rank:
            self.chain.pop()
        self.chain.append(mark)
        self.last[mark.rank, mark.box] = mark.number or 0


def find(
    view: View,
    text: str,
    tables: Sequence[Flat] = (),
    cells: Sequence[tuple[int, int]] = (),
    tabled: Collection[int] = (),
) -> list[Heading]:
    """Return the headings of ``text``, the view's text with what is no body blanked out, in order.

    Words of a heading end before the head of one of the flattened ``tables``; numbers in one with serial numbers
    open no items. Items inside ``cells``, the rows of a task table, are sentences without heading words. Where a table
    begins (``tabled``), the line above it may be what it is called: 附件:重点任务表.
    """
    end = len(text.rstrip("\n"))
    accepted = _accepted(view, text, [(one.start, one.end) for one in tables if one.numbered], tabled)
    headings: list[Heading] = []
    chain: list[_Mark] = []
    followed = [*(mark.start for mark in accepted[1:]), end]
    shows = heads.shown(view, text, [(mark.end, stop) for mark, stop in zip(accepted, followed, strict=False)])
    for mark, following in zip(accepted, followed, strict=False):
        while chain and chain[-1].rank >= mark.rank:
            chain.pop()
        chain.append(mark)
        path = "/".join(one.label for one in chain)
        stop = next((one.head for one in tables if mark.end <= one.head < following), following)
        item = mark.rank >= _ITEM and not mark.box
        bare = mark.rank == _ANNEX_RANK and mark.end + 1 in tabled
        told = mark.titled and not bare and not (item and _inside(mark.start, cells))
        title = heads.find(view, text, (mark.end, stop), runs_in=item, shows=shows) if told else None
        headings.append(Heading(mark.start, following, mark.rank, mark.label, path, len(chain), title))
    return heads.agreed(text, heads.gapped(view, text, headings, [mark.end for mark in accepted]))


def _inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return index >= 0 and position < spans[index][1]


def _accepted(view: View, text: str, plain: Sequence[tuple[int, int]], tabled: Collection[int] = ()) -> list[_Mark]:
    """Return the labels that open headings, each decided by those before it."""
    state = _Open()
    accepted: list[_Mark] = []
    reach = 0
    for mark in _marks(view, text, tabled):
        serial = mark.rank >= _ITEM and any(start <= mark.start < end for start, end in plain)
        if mark.start < reach or serial:
            continue
        taken = _decide(view, text, mark, state)
        while taken:
            state.take(taken)
            accepted.append(taken)
            reach = taken.end
            taken = _attached(view, text, taken, state)
    return accepted


def _marks(view: View, text: str, tabled: Collection[int] = ()) -> Iterator[_Mark]:
    """Yield the labels at line starts and, less sure, inside lines, in order."""
    for match in _LABEL.finditer(text):
        position = match.start()
        before = text[position - 1] if position else "\n"
        place: Place
        if before == "\n":
            place = "line"
        elif view.gap(position) or (before in _ENDS_SENTENCE and match.group()[0] in _INLINE):
            place = "sentence"
        elif before not in _NOT_BEFORE and _ANYWHERE.match(text, position):
            place = "anywhere"
        else:
            continue
        if mark := _at(text, position, place) or _called(text, position, place, tabled):
            yield mark


def _at(text: str, position: int, place: Place) -> _Mark | None:
    """Return the label at ``position``, if one stands there."""
    for rank, titled, pattern in _STYLES:
        if match := pattern.match(text, position):
            return _Mark(position, match.end(), rank, match[1], place, _number(match[1]), titled)
    if match := _BOX.match(text, position):
        return _Mark(position, match.end(), _ITEM, "专栏" + match[1], place, integer(match[1]))
    if match := (place == "line" and _ANNEX.match(text, position)) or _ANNEX_INSIDE.match(text, position):
        return _Mark(
            position, match.end(), _ANNEX_RANK, text[position : position + 2] + match[1], "line", integer(match[1])
        )
    return None


def _called(text: str, position: int, place: Place, tabled: Collection[int]) -> _Mark | None:
    """Return the label of an annex that is called by its line, right above its table."""
    match = _ANNEX_CALLED.match(text, position) if tabled and place == "line" else None
    if match is None or match.end() + 1 not in tabled:
        return None
    label = text[position : position + 2] + match[1]
    return _Mark(position, match.start("name"), _ANNEX_RANK, label, place, integer(match[1]))


def _number(label: str) -> int | None:
    return ord(label) - ord("①") + 1 if "①" <= label <= "⑳" else integer(label)


def _attached(view: View, text: str, heading: _Mark, state: _Open) -> _Mark | None:
    """Return the first label of a lower style right behind the words of a heading."""
    match = _ATTACHED.search(text, heading.end + 2, heading.end + _HEAD_CHARS)
    if not match or _stops(text, heading.end, match.start()):
        return None
    mark = _at(text, match.start(), "attached")
    return _decide(view, text, mark, state) if mark and mark.rank != _ANNEX_RANK else None


def _stops(text: str, start: int, end: int) -> bool:
    return any(mark in text[start:end] for mark in "。\n;") or _SECTION.search(text, start, end) is not None


def _decide(view: View, text: str, mark: _Mark, state: _Open) -> _Mark | None:
    """Return the heading that a label opens, with its rank in the outline that is open, or ``None``."""
    mark = _inside_box(text, mark, state)
    if mark.place == "line" or _expected(view, text, mark, state):
        return mark
    return None


def _inside_box(text: str, mark: _Mark, state: _Open) -> _Mark:
    """Lower an item to the box that is open if its number goes on there and not around the box."""
    box = state.at(_ITEM)
    if mark.rank != _ITEM or mark.box or box is None or not box.box:
        return mark
    inner = state.at(_BOX_ITEM)
    goes_on = mark.number == ((inner.number or 0) if inner else 0) + 1
    around = mark.number == state.last.get((_ITEM, False), 0) + 1
    if not goes_on or (around and _before_a_box(text, mark)):
        return mark
    return replace(mark, rank=_BOX_ITEM)


def _before_a_box(text: str, mark: _Mark) -> bool:
    """Tell whether the next label behind a label is that of a box, as it is behind the items around boxes."""
    following = _NEXT_ITEM.search(text, mark.end)
    return following is not None and following.group().startswith("专栏")


def _expected(view: View, text: str, mark: _Mark, state: _Open) -> bool:
    """Tell whether a label inside a line carries the next number, or the first one below a heading.

    Below a heading numbering restarts, or runs on from the section before (二/一/3, 二/二/4).
    """
    if mark.box:
        return mark.number == state.last.get((_ITEM, True), 0) + 1
    previous = state.at(mark.rank)
    if previous and not previous.box:
        again = text[mark.start : mark.start + _AGAIN_CHARS] == text[previous.start : previous.start + _AGAIN_CHARS]
        step = (mark.number or 0) - (previous.number or 0)
        if mark.number is None or not (again or 1 <= step <= _MOST_SKIPPED):
            return False
        sure = mark.place == "sentence" and text[mark.start - 1] in _ENDS_PARAGRAPH
        return (step == 1 and mark.place != "anywhere") or sure or heads.begins(view, text, mark.end)
    if previous:
        return mark.number == state.last.get((mark.rank, False), 0) + 1
    step = (mark.number or 0) - state.last.get((mark.rank, False), 0)
    if mark.number != 1 and step != 1 and not (mark.place == "attached" and 1 < step <= _MOST_SKIPPED):
        return False
    if state.chain and state.chain[-1].rank >= mark.rank:
        return False
    if mark.place == "anywhere":
        return bool(state.chain) and heads.begins(view, text, mark.end)
    if not state.chain and mark.place == "sentence":
        return text[mark.start - 1] in _ENDS_SENTENCE or heads.begins(view, text, mark.end)
    return mark.place == "attached" or text[mark.start - 1] in _ENDS_SENTENCE or _near_heading(text, mark, state)


def _near_heading(text: str, mark: _Mark, state: _Open) -> bool:
    return bool(state.chain) and "。" not in text[state.chain[-1].end : mark.start]
