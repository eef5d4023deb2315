"""The compact view: what a notice says, without the spaces its layout put in.

Titles are spaced (``佳木斯市2018年度水污染防治 / 重点工作 实施方案``), dates are split (``2018 年年底前``), pages
carry zero-width characters and PDF text breaks sentences at the right margin. The view is the normalised and mended
text with these dropped, and remembers every cut, so a span found in it leads back to the published characters and
a finder can still ask whether a gap stood somewhere (:meth:`View.gap`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from string import ascii_letters, digits
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.text import pollution
from policygraph.text.normalise import normalise

if TYPE_CHECKING:
    from policygraph.text.pollution import Pollution

Span = tuple[int, int]

_DROPPED = r"[ \u00ad\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\r\n]"
_DROPPABLE = re.compile(rf"{_DROPPED}{_DROPPED}*")
_TIGHT = frozenset(ascii_letters + digits + ".%")
_BETWEEN_DIGITS = re.compile(r" (?<=\d.) *(?=\d)")
_SPLIT_YEAR = re.compile(r"[12](?<!\d.)(?:(?<=1)9|(?<=2) *0) *\d *\d(?= *(?:年|[〕\]]))")
_SENTENCE_END = "。;:!?；：」”》)]〕】"
_LABEL_AHEAD = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|[(\[][一二三四五六七八九十\d]{1,3}[)\]]|\d{1,3}(?:、|[.](?!\d{1,2}(?!\d)))|[①-⑳]"
    r"|第[一二三四五六七八九十百]+[章节条]|附[件表]|专栏"
)
_BRACKETS = (("(", ")"), ("[", "]"), ("〔", "〕"), ("【", "】"))
_BRACKET_CHARS = 150
_NUMBER_CHARS = 6
_GOES_ON = re.compile(r"(?<=》)[(〔\[]|(?<=[〕\])])\d{1,5}号")
_TITLE_ENDS = ("通知", "意见", "决定", "通告", "公告", "函", "批复", "号", "办法", "方案")
_ADDRESSEE = re.compile(
    r"各(?!项|类|种|级|方面|地)|国务院各|[省市县区州](?:直|政府)各|有关单位|驻|为(?:了|深入|全面|认真|切实|进一步|贯彻|加快)|经[^,。]{1,12}同意|现将"
)
_WRAP_CHARS = range(24, 61)
_WRAP_LINES = 10
_WRAP_SHARE = 0.5
_WRAP_LEAST_SHARE = 0.25
_WRAP_BROKEN = 0.8
_WRAP_PEAK = 0.25


class View(Struct, frozen=True):
    """A compact text and the way back to the text it was made from.

    ``text`` is what finders read; paragraphs are separated by single ``\\n``. ``cut_at`` holds, in order, the
    positions in ``text`` before which characters were dropped, and ``cut_total`` how many were dropped up to
    and including each; before all of them stands -1, where nothing was. ``gap_at`` are the cuts that may part words;
    zero-width characters, the space in ``20 18年`` and the margin part nothing. ``polluted`` is what a mirror put
    between and for the characters of the published text.
    """

    text: str
    cut_at: tuple[int, ...]
    cut_total: tuple[int, ...]
    gap_at: tuple[int, ...]
    polluted: Pollution | None = None

    def origin(self, position: int) -> int:
        """Return the offset in the published text of the character at ``position``."""
        return position + self.cut_total[bisect_right(self.cut_at, position) - 1]

    def span(self, start: int, end: int) -> Span:
        """Return the published span of a non-empty span of the view, without spaces at its edges."""
        first = bisect_right(self.cut_at, start)
        last = bisect_right(self.cut_at, end - 1, first)
        return start + self.cut_total[first - 1], end + self.cut_total[last - 1]

    def published(self, text: str, start: int, end: int) -> str:
        """Return the characters of the published ``text`` that the view shows at ``start:end``."""
        inside = self.cut_at[bisect_right(self.cut_at, start) : bisect_left(self.cut_at, end)]
        return "".join(text[slice(*self.span(*piece))] for piece in pairwise((start, *inside, end)))

    def inner(self, start: int, end: int) -> Span:
        """Return the span of the view that shows a published span; an empty one if all of it was dropped."""
        return self._position(start), self._position(end)

    def _position(self, offset: int) -> int:
        """Return how many characters of the view stand before a published offset."""
        index = bisect_right(range(len(self.cut_at)), offset, key=lambda i: self.cut_at[i] + self.cut_total[i]) - 1
        following = self.cut_at[index + 1] if index + 1 < len(self.cut_at) else len(self.text)
        return min(offset - self.cut_total[index], following)

    def gap(self, position: int) -> bool:
        """Tell whether anything that may part words was dropped just before ``position``."""
        index = bisect_left(self.gap_at, position)
        return index < len(self.gap_at) and self.gap_at[index] == position

    def gaps(self, start: int, end: int) -> tuple[int, ...]:
        """Return the positions in ``start:end`` with a gap before them, in order."""
        return self.gap_at[bisect_left(self.gap_at, start) : bisect_left(self.gap_at, end)]


def compact(text: str, *, tabular: bool = False) -> View:
    """Return the compact view of a published text; in a ``tabular`` one a tab ends a cell as a line break does.

    >>> view = compact("2018 年 年底前")
    >>> view.text, view.span(4, 8)
    ('2018年年底前', (5, 10))
    """
    plain, polluted = normalise(text.replace("\t", "\n") if tabular else text), None
    if pollution.suspected(plain):
        plain, polluted = pollution.mended(plain), pollution.measure(plain)
    lines = plain.split("\n")
    if "\t" in text:
        lines = [line for line, published in zip(lines, text.split("\n"), strict=False) if "\t" not in published]
    wrap = _wrap_width([line.rstrip() for line in lines])
    pieces: list[str] = []
    cut_at, cut_total, gap_at = [-1], [0], list[int]()
    years = _split_years(plain)
    length = dropped = last = 0
    for match in _DROPPABLE.finditer(plain):
        run, start = match[0], match.start()
        end = start + len(run)
        if run == "\n" and not wrap and start and end < len(plain):
            continue  # a line break that stays as it is
        pieces.append(plain[last:start])
        length += start - last
        last = end
        joint = start in years or not ("\n" in run or " " in run or "\r" in run)
        keep = "" if joint else _separator(plain, run, start, wrap)
        if keep == " " and run[0] != " ":
            dropped += run.index(" ")
            cut_at.append(length)
            cut_total.append(dropped)
            gap_at.append(length)
            start += run.index(" ")
        if keep:
            pieces.append(keep)
            length += 1
        if end - start > len(keep):
            dropped += end - start - len(keep)
            cut_at.append(length)
            cut_total.append(dropped)
            if not joint and (keep or "\n" not in run):
                gap_at.append(length)
    pieces.append(plain[last:])
    return View("".join(pieces), tuple(cut_at), tuple(cut_total), tuple(gap_at), polluted)


def _split_years(plain: str) -> frozenset[int]:
    """Return where a space stands inside a year: 20 18年, 〔201 8〕."""
    if not _BETWEEN_DIGITS.search(plain):
        return frozenset()
    return frozenset(
        match.start() + offset
        for match in _SPLIT_YEAR.finditer(plain)
        for offset, char in enumerate(match.group())
        if char == " "
    )


def _separator(plain: str, run: str, start: int, wrap: int) -> str:
    """Say what stands for a run of spaces and line breaks from ``start``: a paragraph break, one space, or nothing."""
    end = start + len(run)
    if start == 0 or end == len(plain):
        return ""
    if "\n" in run:
        return "" if wrap and _wrapped(plain, start, end, wrap) else "\n"
    return " " if " " in run and plain[start - 1] in _TIGHT and plain[end] in _TIGHT else ""


def _wrapped(plain: str, start: int, end: int, wrap: int) -> bool:
    """Tell whether the line that ends at ``start`` was broken by the margin and goes on at ``end``."""
    line = plain.rfind("\n", 0, start) + 1
    if plain.count("\n", start, end) > 1 or not wrap - 2 <= start - line <= wrap + 2:
        return False
    if _GOES_ON.match(plain[start - 1] + plain[end : end + _NUMBER_CHARS], 1) or _in_bracket(plain, start, end):
        return True
    if plain[start - 1] in _SENTENCE_END:
        return False
    if plain.endswith(_TITLE_ENDS, line, start) and _ADDRESSEE.match(plain, end):
        return False
    return not _LABEL_AHEAD.match(plain, end)


def _in_bracket(plain: str, start: int, end: int) -> bool:
    """Tell whether a bracket is open at ``start`` and closed soon behind ``end``, so that no paragraph ends there."""
    least = max(plain.rfind("\n\n", 0, start), start - _BRACKET_CHARS, 0)
    for opening, closing in _BRACKETS:
        if _opened(plain, least, start, opening, closing):
            closed = plain.find(closing, end, end + _BRACKET_CHARS)
            if closed >= 0 and "\n\n" not in plain[start:closed] and opening not in plain[end:closed]:
                return True
    return False


def _opened(plain: str, start: int, end: int, opening: str, closing: str) -> bool:
    """Tell whether a bracket that opens in ``plain[start:end]`` is not closed there."""
    depth = 0
    for char in plain[start:end]:
        depth = depth + 1 if char == opening else max(0, depth - 1) if char == closing else depth
    return depth > 0


def _wrap_width(lines: list[str]) -> int:
    """Return the margin, in characters, at which a hard-wrapped text was broken, or 0 if it was not.

    ``lines`` are those without tabs. Lines of the margin's width are many. Where they are not most lines (beside a
    table, which is not broken), they must break off inside sentences.
    """
    widths = Counter(map(len, lines))
    filled = sum(count for width, count in widths.items() if width > _WRAP_CHARS.start // 2)
    if filled < _WRAP_LINES:
        return 0
    often = max(widths[width] for width in _WRAP_CHARS) * _WRAP_PEAK
    near = {margin: sum(map(widths.__getitem__, range(margin - 3, margin + 1))) for margin in _WRAP_CHARS}
    margin = max(near, key=lambda width: (widths[width] >= often, near[width], widths[width]))
    if near[margin] >= _WRAP_SHARE * filled:
        return margin
    at_margin = [line for line in lines if margin - 4 < len(line) <= margin]
    broken_off = sum(line[-1] not in _SENTENCE_END for line in at_margin)
    sure = broken_off >= max(_WRAP_LINES, _WRAP_BROKEN * len(at_margin))
    return margin if sure and len(at_margin) >= _WRAP_LEAST_SHARE * filled else 0
