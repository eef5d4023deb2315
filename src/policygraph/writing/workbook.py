"""Workbooks (XLSX) that are the same bytes for the same cells, through XlsxWriter.

Words are written as words: what a notice says (=1+1) is never a formula. Only web addresses and places in the same
workbook become links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_CELL_CHARS = 32_767  # what a cell holds
_URL_CHARS = 2_000
_MOST_LINKS = 60_000
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WEB = re.compile(r"https?://[^\s\"<>]+")
_LANDSCAPE_A4 = 9


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a web address or, as (sheet, row), to a row of a sheet, counted from 0 below its head."""

    words: str
    to: str | tuple[str, int]


Cell = str | int | Link


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its head and its width in characters of the standard font, two for a Chinese one."""

    head: str
    width: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: a title over it if it has one, the head, which stays in view and filters, and rows."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    title: str | None = None


def write(sheets: Sequence[Sheet]) -> bytes:
    """Return sheets as the bytes of a workbook; cells wrap, and a sheet prints on landscape A4 one page wide."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only who writes a workbook loads its library

    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})  # the same cells, the same bytes
        heads = {sheet.name: _head_row(sheet) for sheet in sheets}
        for sheet in sheets:
            _write(book, sheet, heads)
    return buffer.getvalue()


def plain(words: str) -> str:
    """Return words without the characters that no XML file may hold."""
    return _ILLEGAL.sub("", words)


def is_web(address: str) -> bool:
    """Tell whether an address may become a link: http or https, without spaces or quotes, not endless."""
    return len(address) <= _URL_CHARS and _WEB.fullmatch(address) is not None


def _head_row(sheet: Sheet) -> int:
    return 1 if sheet.title else 0


def _write(book: Any, sheet: Sheet, heads: dict[str, int]) -> None:  # noqa: ANN401 - a class of the library
    page = book.add_worksheet(sheet.name)
    shared = {"text_wrap": True, "valign": "top", "border": 1}
    body, link = (book.add_format(shared | more) for more in ({}, {"font_color": "#0b5394", "underline": 1}))
    head = book.add_format(shared | {"bold": True, "valign": "vcenter", "align": "center", "bg_color": "#e8eef4"})
    top, last = heads[sheet.name], len(sheet.columns) - 1
    if sheet.title:
        big = book.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"})
        page.merge_range(0, 0, 0, last, "", big)
        page.write_string(0, 0, _words(sheet.title), big)
        page.set_row(0, 26)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(top, number, _words(column.head), head)
    links = 0
    for row, cells in enumerate(sheet.rows, top + 1):
        for number, cell in enumerate(cells):
            if isinstance(cell, Link) and links < _MOST_LINKS and (url := _url(cell, heads)):
                links += 1
                page.write_url(row, number, url, link, _words(cell.words)[:_CELL_CHARS])
            elif isinstance(cell, int):
                page.write_number(row, number, cell, body)
            else:
                page.write_string(row, number, _words(cell.words if isinstance(cell, Link) else cell), body)
    page.freeze_panes(top + 1, 0)
    page.autofilter(top, 0, top + len(sheet.rows), last)
    page.set_landscape()
    page.set_paper(_LANDSCAPE_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.set_footer("&C&P / &N")


def _words(words: str) -> str:
    return plain(words)[:_CELL_CHARS]


def _url(link: Link, heads: dict[str, int]) -> str | None:
    if isinstance(link.to, str):
        return link.to if is_web(link.to) else None
    sheet, row = link.to
    return f"internal:'{sheet}'!A{row + heads[sheet] + 2}"
