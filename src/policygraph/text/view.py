"""The compact view: what a notice says, without the spaces its layout put in.

Titles are spaced (``佳木斯市2018年度水污染防治 / 重点工作 实施方案``), dates are split (``2018 年年底前``), pages
carry zero-width characters and PDF text breaks sentences at the right margin. The view is the normalised and mended
text with these dropped, and remembers every cut, so a span found in it leads back to the published characters and
a finder can still ask whether a gap stood somewhere (:meth:`View.gap`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from policygraph.text import margin
from policygraph.text.normalise import normalise
from policygraph.text.pollution import mended

Span = tuple[int, int]

_DROPPED = r"[ \u00ad\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\r\n]"
_DROPPABLE = re.compile(rf"{_DROPPED}{_DROPPED}*")
_INVISIBLE = re.compile(r"[^ \r\n]+")
_TIGHT = re.compile(r"[0-9A-Za-z.%]")
_SPLIT_YEAR = re.compile(r"[12](?<!\d.)(?:(?<=1)9|(?<=2)[ \n]*0)[ \n]*\d[ \n]*\d(?=[ \n]*(?:年|[〕\]]))")


@dataclass(frozen=True, slots=True)
class View:
    """A compact text and the way back to the text it was made from.

    ``text`` is what finders read; paragraphs are separated by single ``\\n``. ``cut_at`` holds, in order, the
    positions in ``text`` before which characters were dropped, and ``cut_total`` how many were dropped up to
    and including each. ``joints`` are the cuts that part nothing: zero-width characters, the space in ``20 18年``
    and the margin.
    """

    text: str
    cut_at: tuple[int, ...]
    cut_total: tuple[int, ...]
    joints: frozenset[int] = frozenset()

    def origin(self, position: int) -> int:
        """Return the offset in the published text of the character at ``position``."""
        index = bisect_right(self.cut_at, position) - 1
        return position + (self.cut_total[index] if index >= 0 else 0)

    def span(self, start: int, end: int) -> Span:
        """Return the published span of a non-empty span of the view, without spaces at its edges."""
        return self.origin(start), self.origin(end - 1) + 1

    def inner(self, start: int, end: int) -> Span:
        """Return the span of the view that shows a published span; an empty one if all of it was dropped."""
        return self._position(start), self._position(end)

    def _position(self, offset: int) -> int:
        """Return how many characters of the view stand before a published offset."""
        index = bisect_right(range(len(self.cut_at)), offset, key=lambda i: self.cut_at[i] + self.cut_total[i]) - 1
        kept = offset - (self.cut_total[index] if index >= 0 else 0)
        following = self.cut_at[index + 1] if index + 1 < len(self.cut_at) else len(self.text)
        return min(kept, following)

    def gap(self, position: int) -> bool:
        """Tell whether anything that may part words was dropped just before ``position``."""
        index = bisect_left(self.cut_at, position)
        return index < len(self.cut_at) and self.cut_at[index] == position and position not in self.joints

    def gaps(self, start: int, end: int) -> list[int]:
        """Return the positions in ``start:end`` with a gap before them, in order."""
        cuts = self.cut_at[bisect_left(self.cut_at, start) : bisect_left(self.cut_at, end)]
        return [position for position in cuts if position not in self.joints]


def compact(text: str, *, tabular: bool = False) -> View:
    """Return the compact view of a published text; in a ``tabular`` one a tab ends a cell as a line break does.

    >>> view = compact("2018 年 年底前")
    >>> view.text, view.span(4, 8)
    ('2018年年底前', (5, 10))
    """
    plain = mended(normalise(text.replace("\t", "\n") if tabular else text))
    wrap = margin.find(plain, text)
    pieces: list[str] = []
    cut_at: list[int] = []
    cut_total: list[int] = []
    joints: list[int] = []
    years = _split_years(plain)
    length = dropped = last = 0
    for match in _DROPPABLE.finditer(plain):
        start, end = match.span()
        if not wrap and end - start == 1 and plain[start] == "\n" and start and end < len(plain):
            continue  # a line break that stays as it is
        pieces.append(plain[last:start])
        length += start - last
        last = end
        joint = start in years or _INVISIBLE.fullmatch(plain, start, end) is not None
        keep = "" if joint else _separator(plain, text, start, end, wrap)
        if keep == " " and plain[start] != " ":
            dropped += plain.index(" ", start) - start
            cut_at.append(length)
            cut_total.append(dropped)
            start = plain.index(" ", start)
        pieces.append(keep)
        length += len(keep)
        joint = joint or (not keep and "\n" in plain[start:end])
        if end - start > len(keep):
            dropped += end - start - len(keep)
            cut_at.append(length)
            cut_total.append(dropped)
            if joint:
                joints.append(length)
    pieces.append(plain[last:])
    return View("".join(pieces), tuple(cut_at), tuple(cut_total), frozenset(joints))


def _split_years(plain: str) -> frozenset[int]:
    """Return where a space stands inside a year: 20 18年, 〔201 8〕."""
    return frozenset(
        match.start() + offset
        for match in _SPLIT_YEAR.finditer(plain)
        for offset, char in enumerate(match.group())
        if char == " "
    )


def _separator(plain: str, published: str, start: int, end: int, wrap: margin.Margin | None) -> str:
    """Say what stands for a run of spaces and line breaks: a paragraph break, one space, or nothing."""
    if start == 0 or end == len(plain):
        return ""
    if "\n" in plain[start:end]:
        return "" if wrap and margin.goes_on(wrap, plain, published, start, end) else "\n"
    if " " in plain[start:end] and _TIGHT.match(plain, start - 1) and _TIGHT.match(plain, end):
        return " "
    return ""
