"""XLS (Excel 97 to 2003) to its sheets, by xlrd, which reads the records and runs nothing."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from policygraph.errors import SourceError
from policygraph.read.cellformat import shown
from policygraph.read.workbook import Merged, Sheet, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.read.limits import Limits

_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR, _BLANK = range(7)


def sheets(data: bytes, source: str, limits: Limits) -> Iterator[Sheet]:
    """Yield the sheets of a workbook in their order.

    Raises:
        SourceError: the file is damaged or protected by a password, or passes a limit.

    """
    import xlrd  # noqa: PLC0415 - only old workbooks need it

    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=io.StringIO()
        )
        found = [_sheet(book, book.sheet_by_index(index), source, limits) for index in range(book.nsheets)]
    except SourceError:
        raise
    except Exception as error:  # xlrd fails on damaged records in many ways of its own
        if "encrypted" in str(error).lower():
            raise SourceError(source, "protected by a password", "save it without a password") from None
        raise SourceError(source, "damaged or truncated file", "fetch the file again") from None
    yield from found


def _sheet(book: Any, sheet: Any, source: str, limits: Limits) -> Sheet:  # noqa: ANN401 - xlrd has no types
    values: list[Value] = []
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if text := _text(book, cell):
                values.append(Value(row, column, text))
        limits.hold(source, "cells", len(values))
    merged = [Merged(top, left, bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells]
    return Sheet(sheet.name, values, merged, hidden=sheet.visibility != 0)


def _text(book: Any, cell: Any) -> str:  # noqa: ANN401 - xlrd has no types
    if cell.ctype == _TEXT:
        return str(cell.value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if cell.ctype == _BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype not in (_NUMBER, _DATE):
        return ""
    code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    return shown(repr(cell.value), code, from_1904=bool(book.datemode))
