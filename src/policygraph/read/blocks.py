"""The tree of a page to its paragraphs and tables, as a browser lays them out.

``<p>一、目标</p><p>…<br>…</p>`` gives two paragraphs, the second with a line break; runs of HTML white space are one
space, no-break and ideographic spaces stay. A table that only lays out a page gives paragraphs too, and so does a
numbered head that is set in a typeface of its own before the text of its paragraph (国办发〔2018〕128号 has 楷体 for
them): the type is all that shows where such a head ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from policygraph.read import wrapped
from policygraph.read.compose import Filled, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.read.limits import Limits

Element = Any

_BLOCK_WORDS = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th"
    " thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_WORDS.split())
_CELLS = ("td", "th")
_GROUPS = ("tbody", "thead", "tfoot")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_KEPT = {32: "\ufdd0", 9: "\ufdd1"}  # the spaces of preformatted text, which are not folded
_RESTORED = {0xFDD0: " ", 0xFDD1: "\t"}
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\b")
_LABELLED = re.compile(r"\s*(?:[(（]?[\d一二三四五六七八九十]{1,3}[)）]?[、.．)）]|[①-⑳]|第.{1,3}[条章节])")
_CHINESE = "一二三四五六七八九十"
_HEAD = re.compile(r"(?:[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、]).{3,70}。")
_FAMILY = re.compile(r"font-family\s*:\s*['\"]?([^,;'\"]+)")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_HEAD_PIECES = 20
_BODY_CHARS = 500
_ROW_CHARS = 120
_BODY_SHARE = 0.7
_MOST_SPAN = 1000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``linked`` tells that all of it is links, ``tag`` which element it is."""

    text: str
    linked: bool = False
    tag: str = ""


Block = Paragraph | Grid


def of(element: Element, source: str, limits: Limits) -> list[Block]:
    """Return the paragraphs and the tables of an element, in order, without empty paragraphs."""
    walk = _Walk(source, limits)
    walk.through(element)
    return walk.blocks


def is_data(table: Element) -> bool:
    """Tell whether a table holds rows and columns of words, and does not only lay out a page."""
    lines = [_own_cells(row) for row in _own_rows(table)]
    if max(map(len, lines), default=0) < 2:  # noqa: PLR2004 - one column of boxes is no table
        return False
    chars = [_chars(cell) for line in lines for cell in line]
    nested = sum(_chars(inner) for inner in table.iterdescendants("table") if _outer(inner) is table)
    filled = sum(sum(_chars(cell) > 0 for cell in line) > 1 for line in lines)
    body = max(chars) > _BODY_SHARE * sum(chars) and max(chars) > (_BODY_CHARS if filled > 1 else _ROW_CHARS)
    return not body and nested * 2 <= sum(chars)


class _Walk:
    """One pass over an element."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.blocks: list[Block] = []
        self._source, self._limits = source, limits
        self._lines: list[list[str]] = [[]]
        self._unlinked = False
        self._links = self._preformatted = 0
        self._numbers: dict[Element, int] = {}
        self._faces: list[tuple[str, bool]] = [("", False)]
        self._head: tuple[str, bool] | None = None

    def through(self, root: Element) -> None:
        from lxml import etree  # noqa: PLC0415 - only pages need it

        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            tag = element.tag
            if not isinstance(tag, str):
                if event == "end" and element is not root:
                    self._text(element.tail)
                continue
            if event == "start":
                self._open(element, tag)
                if tag == "table" and is_data(element):
                    self._table(element)
                    events.skip_subtree()
                else:
                    self._text(element.text)
                continue
            self._close(element, tag)
            if element is not root:
                self._text(element.tail)
        self._flush("")

    def _open(self, element: Element, tag: str) -> None:
        if _is_block(element, tag):
            self._flush("")
        self._faces.append(_face(element, tag, self._faces[-1]))
        if tag == "a":
            self._links += 1
        elif tag == "br":
            self._lines.append([])
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "li":
            self._number(element)

    def _close(self, element: Element, tag: str) -> None:
        face = self._faces.pop()
        first = self._lines[0] if len(self._lines) == 1 else []
        if face != self._faces[-1] and 0 < len(first) <= _HEAD_PIECES and _HEAD.fullmatch("".join(first).strip()):
            self._head = face
        if tag == "a":
            self._links -= 1
        elif tag == "pre":
            self._preformatted -= 1
        if _is_block(element, tag):
            self._flush(tag)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._head and text.strip():
            if self._head != self._faces[-1]:
                self._lines.append([])
            self._head = None
        if self._preformatted:
            kept = text.replace("\r\n", "\n").replace("\r", "\n").translate(_KEPT)
            first, *rest = kept.split("\n")
            self._lines[-1].append(first)
            self._lines.extend([line] for line in rest)
        else:
            self._lines[-1].append(text)
        self._unlinked = self._unlinked or (not self._links and bool(text.strip()))

    def _number(self, item: Element) -> None:
        """Put the number before an item of a numbered list, as a browser shows it."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or "") + (item.get("style") or ""):
            return
        given = item.get("value") or ("" if parent in self._numbers else parent.get("start")) or ""
        number = int(given) if re.fullmatch(r"\d{1,6}", given) else self._numbers.get(parent, 0) + 1
        self._numbers[parent] = number
        if not _LABELLED.match("".join(item.itertext())):
            style = (parent.get("style") or "") + (item.get("style") or "")
            chinese = re.search(r"cjk-ideographic|simp-chinese|trad-chinese", style) is not None
            self._text(f"{_CHINESE[number - 1 : number]}、" if chinese else f"{number}. ")

    def _flush(self, tag: str) -> None:
        """End the paragraph at hand, if it has words."""
        lines = [_SPACE.sub(" ", "".join(line)).strip(" ") for line in self._lines]
        text = "\n".join(lines).strip("\n").translate(_RESTORED)
        if text.strip():
            self.blocks.append(Paragraph(text, not self._unlinked, tag))
        self._lines, self._unlinked, self._head = [[]], False, None

    def _table(self, table: Element) -> None:
        for caption in table.iterchildren("caption"):
            self.blocks += of(caption, self._source, self._limits)
        cells = _cells(table, self._source, self._limits)
        if any(cell.content for cell in cells):
            self.blocks.append(Grid(tuple(cells)))


def _cells(table: Element, source: str, limits: Limits) -> list[Filled]:
    """Return the cells of a table at their places, where row and column spans are taken into account."""
    cells: list[Filled] = []
    taken: dict[int, int] = {}
    own = list(_own_rows(table))
    area = 0
    for row, element in enumerate(own):
        column = 0
        for cell in _own_cells(element):
            while taken.get(column, 0) > row:
                column += 1
            columns = _span(cell, "colspan")
            rows = min(_span(cell, "rowspan") or len(own), len(own) - row)
            columns = max(columns, 1)
            area += rows * columns
            limits.hold(source, "cells", area)
            taken.update((at, row + rows) for at in range(column, column + columns))
            cells.append(Filled(row, column, _content(cell, source, limits), rows, columns))
            column += columns
    width = max((cell.column for cell in cells), default=0) + 1
    return [replace(cell, columns=min(cell.columns, width - cell.column)) for cell in cells]


def _content(cell: Element, source: str, limits: Limits) -> tuple[str | Grid, ...]:
    """Return what a cell holds; lines that ``<br>`` broke where the column was full go on."""
    found = of(cell, source, limits)
    return tuple(wrapped.joined(block.text) if isinstance(block, Paragraph) else block for block in found)


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(int(value), _MOST_SPAN) if re.fullmatch(r"\d{1,9}", value) else 1


def _own_rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _GROUPS:
            yield from child.iterchildren("tr")


def _own_cells(row: Element) -> list[Element]:
    return list(row.iterchildren(*_CELLS))


def _outer(table: Element) -> Element:
    return next(table.iterancestors("table"), None)


def _chars(element: Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _face(element: Element, tag: str, around: tuple[str, bool]) -> tuple[str, bool]:
    """Return the typeface of an element's text: a family and whether it is bold."""
    style = element.get("style") or ""
    family = _FAMILY.search(style)
    name = family[1].strip() if family else element.get("face") or around[0]
    return name, around[1] or tag in ("b", "strong") or bool(_BOLD.search(style))


def _is_block(element: Element, tag: str) -> bool:
    return tag in _BLOCKS or (element.get("style") is not None and bool(_BLOCK_STYLE.search(element.get("style"))))
