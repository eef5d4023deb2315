"""A page of paper as its characters and rules, and the lines that the characters stand in.

PDF and OFD say where each character is drawn and nothing of words, lines or paragraphs: 国 at (96, 122). What they have
in common starts here. Coordinates are points from the top left corner, downwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60]|[\U00020000-\U0003ffff]")
_WORD = re.compile(r"[0-9A-Za-z]")
_SAME_LINE = 0.45  # of the taller of two characters: how far their middles may lie apart
_TWICE = 0.2  # of a character's height: how near a second print of it stands (bold by printing twice)
_SPACE_IN_WORDS = 0.18  # of an em: what parts Latin words
_SPACE = 0.5  # of an em: what a person sees as a space between Chinese characters
_SPACE_OF_NUMBER = 0.6  # of an em: between a Chinese character and a number, which word processors set apart (2018 年)
_COLUMN = 2.0  # of an em: what parts the fields of a line


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character, the box it takes up, and the size it is set in (0 if the file does not say)."""

    char: str
    left: float
    top: float
    right: float
    bottom: float
    size: float = 0.0

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Return the middle of its width."""
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        """Return its height, which is about its size."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line across or down the page, ``left <= right`` and ``top <= bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def across(self) -> bool:
        """Tell whether it lies rather than stands."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(slots=True)
class Sheet:
    """One page: its size and everything printed on it."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def turned(self) -> Sheet:
        """Return the page turned clockwise by a quarter."""
        return Sheet(
            self.height,
            self.width,
            [Glyph(g.char, self.height - g.bottom, g.left, self.height - g.top, g.right, g.size) for g in self.glyphs],
            [Rule(self.height - r.bottom, r.left, self.height - r.top, r.right) for r in self.rules],
        )


@dataclass(slots=True)
class Line:
    """Characters on one height, from left to right; ``em`` is the width of a Chinese character."""

    glyphs: list[Glyph]
    text: str = ""
    em: float = 0.0
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0

    def __post_init__(self) -> None:
        self.glyphs.sort(key=lambda glyph: glyph.left)
        self.glyphs = _printed_once(self.glyphs)
        widths = [glyph.right - glyph.left for glyph in self.glyphs if _HAN.match(glyph.char)]
        sizes = [glyph.size or glyph.height for glyph in self.glyphs]
        self.em = median(widths) if widths else median(sizes) or 1.0
        self.left = self.glyphs[0].left
        self.right = max(glyph.right for glyph in self.glyphs)
        self.top = min(glyph.top for glyph in self.glyphs)
        self.bottom = max(glyph.bottom for glyph in self.glyphs)
        self.text = _text(self.glyphs, self.em)

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return (self.top + self.bottom) / 2


def lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines that characters stand in, from top to bottom."""
    rows: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=lambda one: (one.middle, one.left)):
        if rows and glyph.middle - middle <= _SAME_LINE * max(height, glyph.height):
            rows[-1].append(glyph)
            if glyph.height > height:
                middle, height = glyph.middle, glyph.height
        else:
            rows.append([glyph])
            middle, height = glyph.middle, glyph.height
    return [Line(row) for row in rows]


def _printed_once(glyphs: list[Glyph]) -> list[Glyph]:
    """Return characters without those printed again on nearly the same place to look bold."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        near = _TWICE * glyph.height
        again = any(
            one.char == glyph.char and glyph.left - one.left < near and abs(one.top - glyph.top) < near
            for one in kept[-3:]
        )
        if not again:
            kept.append(glyph)
    return kept


def _text(glyphs: list[Glyph], em: float) -> str:
    """Return the text of a line: a space where words or characters stand apart, a tab between its fields."""
    pieces = [glyphs[0].char]
    for before, glyph in pairwise(glyphs):
        gap = glyph.left - before.right
        if gap >= _COLUMN * em:
            pieces.append("\t")
        elif gap >= _least_space(before.char, glyph.char) * em:
            pieces.append(" ")
        pieces.append(glyph.char)
    return "".join(pieces)


def _least_space(before: str, after: str) -> float:
    """Return the gap, in ems, that a person sees as a space between two characters."""
    chinese = bool(_HAN.match(before)), bool(_HAN.match(after))
    if all(chinese):
        return _SPACE
    if any(chinese):
        return _SPACE_OF_NUMBER
    return _SPACE_IN_WORDS if _WORD.match(before) or _WORD.match(after) else _SPACE


def join(before: str, after: str) -> str:
    """Return two pieces of a paragraph as one, with a space between Latin words only.

    >>> join("推进互联网", "+行动"), join("Smart", "City"), join("到20", "20年")
    ('推进互联网+行动', 'Smart City', '到2020年')
    """
    both = before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalpha()
    return before + (" " if both else "") + after
