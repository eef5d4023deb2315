"""XLSX to its sheets, cell by cell: ``<c r="B2" t="s"><v>7</v></c>`` is the eighth shared string in row 2.

The parts are read as they stream by, so that a sheet that claims a billion cells is refused when it passes the limit;
formulas give the value that was saved with them, numbers are written as their format shows them, and a merged range
stands once (ECMA-376 Part 1, 18). Nothing is calculated, no link is followed.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from policygraph.errors import SourceError
from policygraph.read.cellformat import built_in, shown
from policygraph.read.package import Package, beside
from policygraph.read.workbook import Merged, Sheet, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.read.limits import Limits

Element = Any

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BLANKS = 20  # formatted cells without a value that a cell with one may have beside it


def sheets(data: bytes, source: str, limits: Limits) -> Iterator[Sheet]:
    """Yield the sheets of a workbook in their order.

    Raises:
        SourceError: the file is damaged, protected by a password or of a kind that is not read, or passes a limit.

    """
    package = Package(data, source, limits)
    if package.has("xl/workbook.bin"):
        raise SourceError(source, "a binary workbook (xlsb)", "save it as .xlsx")
    workbook = package.xml("xl/workbook.xml")
    relations = package.xml("xl/_rels/workbook.xml.rels")
    if workbook is None or relations is None:
        raise package.damaged()
    targets = {
        one.get("Id"): beside("xl/workbook.xml", one.get("Target") or "") for one in relations.iter("{*}Relationship")
    }
    epoch = any(_true(one.get("date1904")) for one in workbook.iter("{*}workbookPr"))
    book = _Book(package, _strings(package), _formats(package), from_1904=epoch)
    cells = 0
    for number, sheet in enumerate(workbook.iter("{*}sheet"), 1):
        identifier = next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        part = targets.get(identifier, "")
        if "/chartsheets/" in part or not package.has(part):
            continue
        values, merged = book.cells(part)
        cells += len(values)
        limits.hold(source, "cells", cells)
        hidden = sheet.get("state") in ("hidden", "veryHidden")
        yield Sheet(sheet.get("name") or f"Sheet{number}", values, merged, hidden=hidden)


class _Book:
    """What the cells of every sheet refer to."""

    def __init__(self, package: Package, strings: list[str], formats: list[str], *, from_1904: bool) -> None:
        self._package, self._strings, self._formats, self._from_1904 = package, strings, formats, from_1904

    def cells(self, part: str) -> tuple[list[Value], list[Merged]]:
        """Return the cells that hold something, and the merged ranges."""
        limits, source = self._package.limits, self._package.source
        values: list[Value] = []
        merged: list[Merged] = []
        row = column = -1
        for seen, (event, element) in enumerate(_stream(self._package, part, ("row", "c", "mergeCell"))):
            limits.hold(source, "cells", seen // _BLANKS)
            kind = element.tag.rpartition("}")[2]
            if event == "start" and kind == "row":
                row, column = _whole(element.get("r"), row + 2) - 1, -1
            elif event == "end" and kind == "mergeCell":
                merged += _range(element.get("ref") or "")
            elif event == "end" and kind == "c":
                row, column = _place(element.get("r") or "") or (row, column + 1)
                if text := self._text(element):
                    values.append(Value(row, column, text))
            limits.hold(source, "cells", len(values))
        return values, merged

    def _text(self, cell: Element) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return _rich(cell)
        value = next((one.text or "" for one in cell.iterchildren("{*}v")), "")
        if not value or kind in ("str", "e"):
            return _decoded(value)
        if kind == "s":
            index = _whole(value, -1)
            return self._strings[index] if 0 <= index < len(self._strings) else ""
        if kind == "b":
            return "TRUE" if _true(value) else "FALSE"
        style = _whole(cell.get("s"), 0)
        code = self._formats[style] if style < len(self._formats) else "General"
        return shown(value.strip(), code, from_1904=self._from_1904)


def _strings(package: Package) -> list[str]:
    """Return the strings that cells share, by their number."""
    if not package.has("xl/sharedStrings.xml"):
        return []
    return [_rich(one) for event, one in _stream(package, "xl/sharedStrings.xml", ("si",)) if event == "end"]


def _formats(package: Package) -> list[str]:
    """Return the number format of each cell style."""
    styles = package.xml("xl/styles.xml")
    if styles is None:
        return []
    own = {one.get("numFmtId"): one.get("formatCode") or "General" for one in styles.iter("{*}numFmt")}
    used = [one.get("numFmtId") for group in styles.iter("{*}cellXfs") for one in group.iterchildren("{*}xf")]
    return [own.get(number) or built_in(_whole(number, 0)) for number in used]


def _rich(element: Element) -> str:
    """Return the text of a string in runs, without the readings of its characters."""
    runs = (one for one in element.iter("{*}t") if not any(up.tag.endswith("}rPh") for up in one.iterancestors()))
    return _decoded("".join(one.text or "" for one in runs))


def _decoded(text: str) -> str:
    """Return text with the characters that XML cannot hold (``_x000D_`` is a carriage return)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n").strip()


def _stream(package: Package, part: str, names: tuple[str, ...]) -> Iterator[tuple[str, Element]]:
    """Yield the starts and ends of the elements of these names; each is forgotten after its end was looked at."""
    from lxml import etree  # noqa: PLC0415 - only spreadsheets need it

    data = package.bytes(part)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise SourceError(package.source, f"a document type declared in {part}", "save it again in an office program")
    tags = [f"{{*}}{name}" for name in names]
    try:
        for event, element in etree.iterparse(
            BytesIO(data), events=("start", "end"), tag=tags, resolve_entities=False, no_network=True, huge_tree=False
        ):
            yield event, element
            if event == "end":
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError:
        raise package.damaged() from None


def _place(reference: str) -> tuple[int, int] | None:
    """Return the row and the column, from 0, of a reference such as ``B12``."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _range(reference: str) -> list[Merged]:
    """Return the range that a reference such as ``A1:C3`` names, if it is one."""
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last)
    if start is None or end is None or end < start:
        return []
    return [Merged(*start, end[0] - start[0] + 1, max(1, end[1] - start[1] + 1))]


def _whole(written: str | None, default: int) -> int:
    return int(written) if written and re.fullmatch(r"\d{1,9}", written.strip()) else default


def _true(written: str | None) -> bool:
    return written in ("1", "true", "on")
