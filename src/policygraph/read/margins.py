"""What stands in the margins of printed pages and is no text: headers, footers, page numbers, notes, watermarks.

``— 3 —`` is recognised as a page number by its form and place; a header by standing at the same height of many pages
with the same words (digits aside, so that ``2026/5/29 3/28`` is one). A line that opens with a label of the outline
(附件2) is never one, however often it stands there. A footnote is small print at the foot of a page behind a mark.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygraph.read.sheet import Line

_NUMBER = re.compile(
    r"[\s\-—–―·•~～_|]*(?P<word>第)?\s*(?P<number>\d{1,4}|[ivxIVX]{1,6})\s*(?P<page>页)?"
    r"(?:\s*[/／,，共]\s*共?\s*\d{1,4}\s*页?)?[\s\-—–―·•~～_|]*"
)
_DASHED = re.compile(r"[\-—–―·•~～]|页|/")
_LABELLED = re.compile(
    r"附[件表录]|专栏|第[一二三四五六七八九十百\d]+[章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]"
)
_NOTE = re.compile(r"[①-⑳\[［〔（(*＊]|\d{1,3}(?![\d年月日.．、])|注[：:]")
_OUTER = 0.14  # of the page's height, at the top and at the foot, where margins are
_LINES = 3  # how many lines of a margin are looked at
_SAME_HEIGHT = 4.0  # points
_SHARE = 0.4  # of the pages: odd and even pages may have headers of their own
_LEAST_PAGES = 3
_SMALL = 0.88  # of the body's size


def find(pages: Sequence[Sequence[Line]], heights: Sequence[float], em: float) -> dict[int, str]:
    """Return why a line is left out, by the line's ``id``; lines of a page are given from top to bottom."""
    found: dict[int, str] = {}
    edges = [_edges(lines, height) for lines, height in zip(pages, heights, strict=True)]
    found.update((id(line), "page number") for line in _numbers(edges))
    found.update(_repeated(edges, found))
    for lines, height in zip(pages, heights, strict=True):
        rest = [line for line in lines if id(line) not in found]
        for line in _notes(rest, height, em):
            found[id(line)] = "footnote"
    return found


def _edges(lines: Sequence[Line], height: float) -> tuple[list[Line], list[Line]]:
    """Return the outermost lines at the top and at the foot of a page, outermost first."""
    top = [line for line in lines[:_LINES] if line.middle < _OUTER * height]
    foot = [line for line in reversed(lines[-_LINES:]) if line.middle > (1 - _OUTER) * height]
    return top, foot


def _numbers(edges: Sequence[tuple[list[Line], list[Line]]]) -> Iterator[Line]:
    """Yield the page numbers: a number of its own at an edge that is dashed, or counts with the pages."""
    bare: Counter[int] = Counter()
    candidates: list[tuple[int, Line, bool]] = []
    for page, (top, foot) in enumerate(edges):
        for line in (*top, *foot):
            match = _NUMBER.fullmatch(line.text)
            if match:
                number = int(match["number"]) if match["number"].isdigit() else page
                candidates.append((number - page, line, bool(_DASHED.search(line.text))))
                bare[number - page] += 1
    for offset, line, dashed in candidates:
        counts = bare[offset] >= min(_LEAST_PAGES, len(edges)) and (len(edges) > 1 or offset == 1)
        if dashed or counts:
            yield line


def _repeated(edges: Sequence[tuple[list[Line], list[Line]]], known: dict[int, str]) -> dict[int, str]:
    """Return the headers and footers: lines at one height of many pages with the same words."""
    seen: dict[tuple[bool, str, int], list[tuple[int, Line]]] = {}
    for page, sides in enumerate(edges):
        for at_foot, lines in enumerate(sides):
            for line in lines:
                if id(line) not in known and not _LABELLED.match(line.text):
                    words = re.sub(r"\d+", "#", re.sub(r"\s+", "", line.text))
                    step = round(line.middle / _SAME_HEIGHT)
                    seen.setdefault((bool(at_foot), words, step), []).append((page, line))
    found: dict[int, str] = {}
    for (at_foot, words, step), places in seen.items():
        near = {page for other in (step - 1, step, step + 1) for page, _ in seen.get((at_foot, words, other), ())}
        counting = "#" in words or len(edges) > _LEAST_PAGES
        least = max(_LEAST_PAGES, _SHARE * len(edges)) if counting else 2
        if len(near) >= least:
            found.update((id(line), "footer" if at_foot else "header") for _, line in places)
    return found


def _notes(lines: Sequence[Line], height: float, em: float) -> list[Line]:
    """Return the lines of small print at the foot of a page, if they open with the mark of a note."""
    small: list[Line] = []
    for line in reversed(lines):
        if line.em > _SMALL * em or line.middle < height / 2:
            break
        small.insert(0, line)
    while small and not _NOTE.match(small[0].text):
        small.pop(0)
    return small if len(small) < len(lines) else []
