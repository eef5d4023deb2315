"""A ledger as a workbook (ECMA-376), written without a library: the same changes give the same bytes.

Every cell is text, so that nothing a notice says (=1+1) is ever a formula.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from policygraph.compare.report.lines import titles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.compare.values import Comparison, Side

_HEAD = (
    "change", "old task", "old text", "old value", "old start", "old end",
    "new task", "new text", "new value", "new start", "new end", "why",
)  # fmt: skip
_WIDTHS = (20, 26, 50, 24, 9, 9, 26, 50, 24, 9, 9, 50)
_CELL_CHARS = 32_767  # what a cell holds
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write(*found: Comparison) -> bytes:
    """Return comparisons as the bytes of a workbook: a sheet of all changes and one that names the notices."""
    changes = [change for one in found for change in one.changes]
    rows = [_HEAD, *(_row(change.kind, change.old, change.new, change.why) for change in changes)]
    notices = [("", "id", "title")]
    for one in found:
        old, new = titles(one)
        notices += [("old", one.old.id, old), ("new", one.new.id, new)]
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, part in _parts(_sheet(rows, _WIDTHS), _sheet(notices, (8, 40, 80))).items():
            archive.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _XML + part, ZIP_DEFLATED)
    return buffer.getvalue()


def _row(kind: str, old: Side | None, new: Side | None, why: str) -> tuple[str, ...]:
    return (kind, *_cells(old), *_cells(new), why)


def _cells(side: Side | None) -> tuple[str, ...]:
    if side is None:
        return ("",) * 5
    start, end = map(str, side.span) if side.span else ("", "")
    return (side.task or "", side.text, side.value or "", start, end)


def _parts(changes: str, notices: str) -> dict[str, str]:
    sheets = ("changes", "notices")
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>' for n in (1, 2)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in (1, 2)
    )
    named = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_REL}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "xl/worksheets/sheet1.xml": changes,
        "xl/worksheets/sheet2.xml": notices,
    }


def _sheet(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(widths, 1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    body = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    return f"<worksheet {_MAIN}>{view}<cols>{columns}</cols><sheetData>{body}</sheetData></worksheet>"


def _cell(words: str) -> str:
    plain = escape(_ILLEGAL.sub("", words)[:_CELL_CHARS])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'
