"""DOCX to a page: ``一、工作目标`` also where Word numbers it by itself.

Read straight from the parts of the package (ECMA-376): automatic numbers come back as text, a merged cell stands once,
text boxes follow the paragraph that anchors them, tracked changes count as accepted, and only the parts needed are
unpacked. Headers, footers, notes, comments, hidden text and tables of contents are left out by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.errors import SourceError
from policygraph.read.compose import Block, Draft, Filled, Grid
from policygraph.read.docxlists import Lists, Styles, named, on, value, whole
from policygraph.read.package import Package, beside
from policygraph.read.symbols import symbol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from policygraph.models import Page
    from policygraph.read.limits import Limits

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_APART = {"header": "header", "footer": "footer", "comments": "comment"}
_NOTES = {"footnotes": "footnoteReference", "endnotes": "endnoteReference"}
_PASSED = frozenset(["pPr", "rPr", "instrText", "delText", "fldData", "rt", "sdtPr", "sdtEndPr", "tblPr", "tblGrid"])
_WRAPPERS = frozenset(["customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"])
_ROW_WRAPPERS = _WRAPPERS | {"sdt", "sdtContent"}
_CHARS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_LEAVES = frozenset(["t", "br", "sym", *_CHARS])
_NO_TEXT = frozenset(["separator", "continuationSeparator", "continuationNotice"])
_CORE = {"title": "dc:title", "creator": "dc:creator", "created": "dcterms:created", "modified": "dcterms:modified"}


def read(data: bytes, source: str, limits: Limits) -> Page:
    """Read a DOCX file.

    Raises:
        SourceError: the file is damaged, encrypted, no Word document or over a limit.

    """
    package = Package(data, source, limits)
    main = _main(package)
    root = package.xml(main)
    body = named(root, "body") if root is not None else None
    if body is None:
        raise SourceError(source, "no Word document in the file", "save it as .docx")
    draft = Draft(data, source, limits)
    parts = _related(package, main)
    reader = _Reader(draft, package, parts)
    blocks = list(reader.blocks(body))
    reader.apart()
    _core(package, draft)
    return draft.page(_MEDIA_TYPE, blocks)


def _main(package: Package) -> str:
    """Return the name of the main part."""
    for kind, target in _relations(package, ""):
        if kind == "officeDocument":
            return beside("", target)
    return "word/document.xml"


def _related(package: Package, main: str) -> list[tuple[str, str]]:
    """Return the kind and the name of each part that the main part uses."""
    return [(kind, beside(main, target)) for kind, target in _relations(package, main)]


def _relations(package: Package, part: str) -> Iterator[tuple[str, str]]:
    folder, _, file = part.rpartition("/")
    root = package.xml(f"{folder}/_rels/{file}.rels")
    for relation in root if root is not None else ():
        if value(relation, "TargetMode") != "External":
            yield (value(relation, "Type") or "").rpartition("/")[2], value(relation, "Target") or ""


def _core(package: Package, draft: Draft) -> None:
    """Keep what the file says of itself, under the names it uses."""
    root = package.xml("docProps/core.xml")
    for element in root if root is not None else ():
        if label := _CORE.get(_local(element)):
            draft.tell(label, element.text)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


class _Reader:
    """Walks the main part in order; knows the lists, the open fields and what floats beside the paragraph."""

    def __init__(self, draft: Draft, package: Package, parts: list[tuple[str, str]]) -> None:
        self.draft = draft
        self.package = package
        self.parts = parts
        styles = Styles(self._part("styles"))
        self.styles = styles
        self.lists = Lists(self._part("numbering"), styles)
        self.fields: list[bool] = []  # for each open field, whether its instruction is being read
        self.boxes: list[Element] = []  # text boxes anchored in the paragraph that is being read
        self.carried = ""  # a paragraph whose end was deleted by a tracked change
        self.depth = 0

    def _part(self, kind: str) -> Element | None:
        name = next((name for found, name in self.parts if found == kind), None)
        return self.package.xml(name) if name else None

    def apart(self) -> None:
        """Name what stands apart from the text: headers, footers, notes, comments."""
        for kind, name in self.parts:
            if kind in _APART and (root := self.package.xml(name)) is not None:
                self.draft.drop(_APART[kind], self._words(root))
        for kind in _NOTES:
            root = self._part(kind)
            for note in root if root is not None else ():
                if value(note, "type") not in _NO_TEXT:
                    self.draft.drop(kind.removesuffix("s"), self._words(note))

    def _words(self, root: Element) -> str:
        quiet = _Reader(Draft(b"", self.draft.source, self.draft.limits), self.package, [])
        return " ".join(_flat(quiet.blocks(root)))

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Yield the paragraphs and tables below an element, in order."""
        self.depth += 1
        self.draft.limits.hold(self.draft.source, "depth", self.depth)
        for child in _unwrapped(parent):
            name = _local(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield self._table(child)
            elif name == "altChunk":
                self.draft.issue("a file embedded in the document was not read")
            elif name == "sdt":
                yield from self._control(child)
            elif name not in _PASSED and len(child):
                yield from self.blocks(child)
        self.depth -= 1

    def _control(self, control: Element) -> Iterator[Block]:
        """Yield what a content control shows; the gallery of tables of contents is left out."""
        content = named(control, "sdtContent")
        gallery = named(control, "sdtPr", "docPartObj", "docPartGallery")
        if content is None:
            return
        if reason := _reason("sdt", control):
            self.draft.drop(reason, _all_text(content))
        elif value(gallery) == "Table of Contents":
            self.draft.drop("table of contents", " ".join(_flat(self.blocks(content))))
        else:
            yield from self.blocks(content)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = named(paragraph, "pPr")
        mark_deleted = named(properties, "rPr", "del") is not None if properties is not None else False
        text = self._inline(paragraph)
        boxes, self.boxes = self.boxes, []
        style = value(named(properties, "pStyle")) if properties is not None else None
        if mark_deleted and not text.strip():
            text, self.carried = self.carried, ""
        elif self.carried:
            text, self.carried = self.carried + text, ""
        else:
            text = self.lists.label(properties) + text
        if mark_deleted:
            self.carried = text
        elif self.styles.name(style).startswith("toc "):
            self.draft.drop("table of contents", text)
        else:
            yield text
        for box in boxes:
            yield from self.blocks(box)

    def _inline(self, parent: Element) -> str:
        """Return the text of a paragraph or of a part of one."""
        self.depth += 1
        self.draft.limits.hold(self.draft.source, "depth", self.depth)
        text = "".join(self._piece(child) for child in parent if isinstance(child.tag, str))
        self.depth -= 1
        return text

    def _piece(self, element: Element) -> str:
        """Return the text of a part of a paragraph; what is left out or stands apart is noted."""
        name = _local(element)
        if name in _PASSED:
            return ""
        if name == "fldChar":
            self._field(value(element, "fldCharType"))
        elif name == "txbxContent":
            self.boxes.append(element)
        elif reason := _reason(name, element):
            self.draft.drop(reason, _all_text(element))
        elif name == "AlternateContent":
            choice = named(element, "Choice")
            chosen = choice if choice is not None else named(element, "Fallback")
            return self._inline(chosen) if chosen is not None else ""
        elif name in _LEAVES:
            return "" if any(self.fields) else self._leaf(name, element)
        else:
            return self._inline(element)
        return ""

    def _leaf(self, name: str, element: Element) -> str:
        if name == "t":
            return element.text or ""
        if name == "br":
            return "\n" if value(element, "type") in (None, "textWrapping") else ""
        if name == "sym":
            return symbol(value(element, "font"), _hexadecimal(value(element, "char")), self.draft)
        return _CHARS[name]

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(True)
        elif kind == "separate" and self.fields:
            self.fields[-1] = False
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _table(self, table: Element) -> Grid:
        cells: list[Filled] = []
        above: dict[int, int] = {}  # for each column, the index of the cell that a vertical merge would extend
        row = 0
        for line in (child for child in _unwrapped(table, _ROW_WRAPPERS) if _local(child) == "tr"):
            if named(line, "trPr", "del") is not None:
                self.draft.drop("deleted by a tracked change", _all_text(line))
                continue
            above = self._row(line, row, above, cells)
            self.draft.limits.hold(self.draft.source, "cells", len(cells))
            row += 1
        return Grid(tuple(cells))

    def _row(self, line: Element, row: int, above: dict[int, int], cells: list[Filled]) -> dict[int, int]:
        """Add the cells of a row and return, for each column, the cell that the next row may extend."""
        column = whole(value(named(line, "trPr", "gridBefore"))) or 0
        below: dict[int, int] = {}
        for cell in (child for child in _unwrapped(line, _ROW_WRAPPERS) if _local(child) == "tc"):
            span = max(1, min(whole(value(named(cell, "tcPr", "gridSpan"))) or 1, self.draft.limits.cells))
            vertical, horizontal = named(cell, "tcPr", "vMerge"), named(cell, "tcPr", "hMerge")
            if horizontal is not None and value(horizontal) != "restart" and cells and cells[-1].row == row:
                cells[-1] = _wider(cells[-1], columns=span)
            elif vertical is not None and value(vertical) != "restart" and column in above:
                index = above[column]
                cells[index] = _wider(cells[index], rows=row - cells[index].row + 1 - cells[index].rows)
                below[column] = index
            else:
                below[column] = len(cells)
                cells.append(Filled(row, column, tuple(self.blocks(cell)), 1, span))
            column += span
        return below


def _wider(cell: Filled, *, rows: int = 0, columns: int = 0) -> Filled:
    return Filled(cell.row, cell.column, cell.content, cell.rows + rows, cell.columns + columns)


def _unwrapped(parent: Element, wrappers: frozenset[str] = _WRAPPERS) -> Iterator[Element]:
    """Yield the children of an element, through what only wraps them."""
    for child in parent:
        if not isinstance(child.tag, str):
            continue
        name = _local(child)
        if name in wrappers:
            yield from _unwrapped(child, wrappers)
        elif name not in ("del", "moveFrom", "Fallback"):
            yield child


def _flat(blocks: Iterator[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            for cell in block.cells:
                yield from _flat(iter(cell.content))


def _reason(name: str, element: Element) -> str | None:
    """Say why the words of a part of a paragraph are no part of the text, or return ``None``."""
    if name in ("del", "moveFrom"):
        return "deleted by a tracked change"
    if name == "r" and on(named(element, "rPr", "vanish")):
        return "hidden text"
    if name == "sdt" and on(named(element, "sdtPr", "showingPlcHdr")):
        return "placeholder of an empty field"
    return None


def _all_text(element: Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _hexadecimal(text: str | None) -> int | None:
    """Return a number written in hexadecimal digits, or ``None``."""
    try:
        return int(text or "", 16)
    except ValueError:
        return None
