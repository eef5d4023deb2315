"""The compact view: what a notice says, without the spaces its layout put in.

Titles are spaced (``佳木斯市2018年度水污染防治 / 重点工作 实施方案``), dates are split (``2018 年年底前``), pages
carry zero-width characters and PDF text breaks sentences at the right margin. The view is the normalised and mended
text with these dropped, and remembers every cut, so a span found in it leads back to the published characters and
a finder can still ask whether a gap stood somewhere (:meth:`View.gap`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from string import ascii_letters, digits
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.text import margin, pollution
from policygraph.text.normalise import normalise

if TYPE_CHECKING:
    from policygraph.text.pollution import Pollution

Span = tuple[int, int]

_DROPPED = r"[ \u00ad\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\r\n]"
_DROPPABLE = re.compile(rf"{_DROPPED}{_DROPPED}*")
_TIGHT = frozenset(ascii_letters + digits + ".%")
_BETWEEN_DIGITS = re.compile(r" (?<=\d.) *(?=\d)")
_SPLIT_YEAR = re.compile(r"[12](?<!\d.)(?:(?<=1)9|(?<=2)[ \n]*0)[ \n]*\d[ \n]*\d(?=[ \n]*(?:年|[〕\]]))")


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
    wrap = margin.find(plain, text)
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
        keep = "" if joint else _separator(plain, text, run, start, wrap)
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


def _separator(plain: str, published: str, run: str, start: int, wrap: margin.Margin | None) -> str:
    """Say what stands for a run of spaces and line breaks from ``start``: a paragraph break, one space, or nothing."""
    end = start + len(run)
    if start == 0 or end == len(plain):
        return ""
    if "\n" in run:
        return "" if wrap and margin.goes_on(wrap, plain, published, start, end) else "\n"
    return " " if " " in run and plain[start - 1] in _TIGHT and plain[end] in _TIGHT else ""
