"""Spreadsheets and CSV: a ledger of tasks is one page with a table for each sheet, a scrape a page for each row.

``序号 | 工作任务 | 牵头单位 | 完成时限`` is a ledger; ``title | publish_date | full_text`` with a notice in each row
is a scrape. Dates and numbers are written as the file shows them; hidden sheets are left out and noted.
"""

from __future__ import annotations

import csv
import io
from importlib import import_module
from typing import TYPE_CHECKING

from policygraph.errors import EmptySource, SourceError
from policygraph.read import plaintext, records, sniff, workbook
from policygraph.read.compose import Draft
from policygraph.read.encoding import decode
from policygraph.read.workbook import Sheet, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.models import Page
    from policygraph.read.limits import Limits
    from policygraph.read.records import Part

_MEDIA_TYPES = {
    "csv": "text/csv",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DELIMITERS = ",\t;|"


def split(data: bytes, source: str, limits: Limits) -> Iterator[Part]:
    """Yield the page of a ledger, or of each row of a scrape.

    Raises:
        UndecodableText: the bytes of a CSV file are no text.
        SourceError: the file is damaged, holds nothing or passes a limit.

    """
    kind = sniff.kind(data, source)
    if kind == "csv":
        text, issues = decode(data, source)
        sheets = [_delimited(text, source, limits)]
        if all(value.column == 0 for value in sheets[0].values):
            yield plaintext.read(data, source, limits)
            return
        damage = [issue.reason for issue in issues]
    else:
        sheets = list(import_module(f"policygraph.read.{kind}").sheets(data, source, limits))
        damage = []
    rows = [record for sheet in sheets if not sheet.hidden for record in workbook.records(sheet)]
    if rows:
        limits.hold(source, "members", len(rows))
        yield from records.pages(list(rows), data, source, limits, _MEDIA_TYPES[kind])
    else:
        draft = Draft(data, source, limits)
        for reason in damage:
            draft.issue(reason)
        yield _ledger(sheets, draft, _MEDIA_TYPES[kind])


def _ledger(sheets: list[Sheet], draft: Draft, media_type: str) -> Page:
    shown = [sheet for sheet in sheets if sheet.values and not sheet.hidden]
    for sheet in sheets:
        if sheet.hidden and sheet.values:
            draft.drop("hidden sheet", f"{sheet.name}: {' '.join(value.text for value in sheet.values[:50])}")
    if not shown:
        raise EmptySource(draft.source, "no cells with text", "give a workbook that holds a table")
    if len(shown) > 1:
        draft.tell("工作表", "、".join(sheet.name for sheet in shown))
    return draft.page(
        media_type, [block for sheet in shown for block in workbook.blocks(sheet, draft.source, draft.limits)]
    )


def _delimited(text: str, source: str, limits: Limits) -> Sheet:
    """Return a CSV file as a sheet; what parts its fields is what its first line has most of."""
    limits.hold(source, "source_bytes", len(text))
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    values: list[Value] = []
    before = csv.field_size_limit(limits.text_chars)
    try:
        for row, fields in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
            values += [
                Value(row, column, words.replace("\r\n", "\n").replace("\r", "\n").strip())
                for column, words in enumerate(fields)
                if words.strip()
            ]
            limits.hold(source, "cells", len(values))
    except csv.Error as error:
        raise SourceError(source, f"not valid CSV: {error}", "save it as CSV again, in UTF-8") from None
    finally:
        csv.field_size_limit(before)
    return Sheet("", values, [])
