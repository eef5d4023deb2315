"""Lines to the paragraphs they were broken from.

The margin breaks a paragraph where the right edge is, the page where it ends; neither is a break of the text. A line
goes on in the next one if it is full and the next one starts at the left edge (…跨界融合和创 / 新发展…); a paragraph
begins where a line is indented, follows a short one or a gap, or is printed in another size.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from policygraph.read.sheet import Line, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.read.ruled import Frame

_END = re.compile(r"[。！？!?；;：:][”」』）)〕\]]?$")
_LABEL = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(〔][一二三四五六七八九十\d]{1,3}[）)〕]|\d{1,3}[.．、](?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十百]+[章节条]|附[件表录]|专栏"
)
_APART = re.compile(r"附[件表录]\s*\d*[：:]?$|专栏")
_SHORT = 2.2  # of an em: how far a full line may end before the right edge (no 。 may open a line)
_INDENT = 1.0  # of an em: what is indented
_FULL_CELL = 0.7  # of a cell's width: what a full line takes up at least
_FULL_PAGE = 0.55  # of a page's width: what lines between the edges of a page take up at least
_SIZE = 0.12  # how much sizes of one paragraph may differ
_GAP = 1.5  # of the usual distance of lines: what parts paragraphs
_LEAST_LINES = 10  # that show the edges of a page of its own
_LEAST_SHARING = 2.0  # lines that must share an edge, and
_EDGE_SHARE = 0.12  # their share


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the lines of a page or a frame begin and end, how far apart they usually are, and the usual size."""

    left: float
    right: float
    pitch: float
    em: float
    framed: bool = False

    def full(self, line: Line) -> bool:
        """Tell whether a line ends where the margin breaks it."""
        return line.right >= self.right - _SHORT * line.em

    def indent(self, line: Line) -> float:
        """Return how far a line is indented, in its own ems."""
        return (line.left - self.left) / line.em

    def centred(self, line: Line) -> bool:
        """Tell whether a line stands in the middle."""
        return abs((line.left + line.right) - (self.left + self.right)) / 2 < line.em


Run = tuple[Line, Edges]


def goes_on(run: Run, following: Run) -> bool:
    """Tell whether the paragraph of a line goes on in the next line, which may stand on the next page."""
    (before, edge), (line, here) = run, following
    if edge.framed != here.framed or abs(line.em - before.em) > _SIZE * before.em or _APART.match(line.text):
        return False
    same_page = line.top >= before.bottom - before.em
    if same_page and line.middle - before.middle > _GAP * max(edge.pitch, before.em):
        return False
    ended = _END.search(before.text) is not None
    labelled = _LABEL.match(line.text) is not None
    if ended and labelled:
        return False
    if line.em > (1 + _SIZE) * edge.em and edge.centred(before) and here.centred(line):
        return not ended and not labelled
    if not edge.full(before):
        return False
    if here.indent(line) < _INDENT:
        return True
    hanging = abs(here.indent(line) - edge.indent(before)) < _INDENT / 2
    return hanging and not ended and not labelled and not here.centred(line)


def joined(paragraph: Sequence[Run]) -> str:
    """Return the text of the lines of a paragraph."""
    text = ""
    for line, _ in paragraph:
        text = join(text, line.text) if text else line.text
    return text


def wrapped(found: Sequence[Line], width: float) -> list[str]:
    """Return the paragraphs of a cell of some width; its lines are broken wherever the cell is full."""
    widest = max(max(line.right for line in found) - min(line.left for line in found), _FULL_CELL * width)
    texts: list[str] = []
    before: Line | None = None
    for line in found:
        text = line.text.replace("\t", " ")
        full = before is not None and before.right - before.left >= widest - _SHORT * before.em
        if before is None or _LABEL.match(text) or (_END.search(before.text) and not full):
            texts.append(text)
        else:
            texts[-1] = join(texts[-1], text)
        before = line
    return texts


def edges(found: Sequence[Line], em: float, width: float) -> Edges:
    """Return the outermost places where enough lines begin and end on a page, and the usual distance of lines.

    Where all lines are short nothing shows the right edge: it is taken to lie as far in as the left one.
    """
    return _edges(found, em, 0.0, width)


def within(found: Sequence[Line], frame: Frame) -> Edges:
    """Return the edges of lines inside a frame."""
    em = usual([line.em for line in found])
    return replace(_edges(found, em, frame.left, frame.right), framed=True)


def _edges(found: Sequence[Line], em: float, start: float, end: float) -> Edges:
    if not found:
        return Edges(start, end, em, em)
    least = max(_LEAST_SHARING, _EDGE_SHARE * len(found))
    left = _edge(sorted(line.left for line in found), least, em)
    right = -_edge(sorted(-line.right for line in found), max(_LEAST_SHARING, least / 2), em)
    if right - left < _FULL_PAGE * (end - start):
        right = max(right, end - (left - start))
    steps = [after.middle - before.middle for before, after in pairwise(found) if after.middle > before.middle]
    return Edges(left, right, usual(steps) or em, em)


def own(found: Sequence[Line], common: Edges, width: float) -> Edges:
    """Return the edges of one page: those of all pages of its shape, moved where most of its lines say so.

    Odd and even pages of a book, or an annex, may be set with other margins.
    """
    if len(found) < _LEAST_LINES:
        return common
    here = edges(found, common.em, width)
    flush = sum(abs(line.left - here.left) < common.em / 2 for line in found)
    full = sum(here.full(line) for line in found)
    return here if min(flush, full) > len(found) / 2 else common


def _edge(positions: Sequence[float], least: float, em: float) -> float:
    for index, position in enumerate(positions):
        end = bisect_right(positions, position + em / 2)
        if end - index >= least:
            return median(positions[index:end])
    return positions[0]


def usual(sizes: Sequence[float]) -> float:
    """Return the most usual of some sizes, to half a point; 0 if there is none."""
    if not sizes:
        return 0.0
    common, _ = Counter(round(size * 2) for size in sizes).most_common(1)[0]
    return median(size for size in sizes if round(size * 2) == common)
