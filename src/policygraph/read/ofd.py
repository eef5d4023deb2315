"""OFD (GB/T 33190-2016) to a page: the text objects of each page by where they stand, rules as tables.

``<ofd:TextCode X="0" Y="5.2" DeltaX="g 3 5.6">工作目标</ofd:TextCode>`` says where each character is drawn, as a PDF
does; :mod:`~policygraph.read.flow` makes text of it. What a document says of itself in ``DocInfo`` is metadata.
Templates are printed under their pages; annotations, seals and attachments are not read.
"""

from __future__ import annotations

import re
from math import atan2, hypot, pi
from typing import TYPE_CHECKING

from policygraph.errors import SourceError
from policygraph.read import flow, strokes
from policygraph.read.compose import Draft
from policygraph.read.package import Package, beside
from policygraph.read.sheet import Glyph, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from policygraph.models import Page
    from policygraph.read.limits import Limits

_POINTS = 72 / 25.4  # of a millimetre
_NARROW, _ASCENT = 0.5, 0.86  # of an em: a Latin letter's width, and what stands above the line
_QUARTER, _UPRIGHT = pi / 2, 0.1  # radians: how far text may lean
_INFO = ("Title", "Author", "Subject", "CreationDate", "ModDate")
_PATH = re.compile(r"[SMLQBACsmlqbac]|-?(?:\d+\.?\d*|\.\d+)(?:[eE]-?\d+)?")
_COUNTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_A4 = (210.0, 297.0)
_MOST_REPEATED = 100_000


def read(data: bytes, source: str, limits: Limits) -> Page:
    """Read an OFD file.

    Raises:
        SourceError: the file is damaged, encrypted, no OFD document, a scan without text, or over a limit.

    """
    package = Package(data, source, limits)
    draft = Draft(data, source, limits)
    root = package.xml("OFD.xml")
    if root is None:
        raise SourceError(source, "no OFD document in the file", "save it as .pdf or .docx")
    if any(name.lower().endswith(("encryptions.xml", "decryptseed.dat")) for name in package.names()):
        raise SourceError(source, "encrypted OFD file", "save it without a password")
    reader = _Reader(package, draft)
    sheets = [sheet for body in _all(root, "DocBody") for sheet in reader.document(body)]
    if reader.pictures and not reader.chars:
        raise SourceError(source, "a scan: pictures of pages, no text", "recognise its text first, or save it as .pdf")
    return draft.page("application/ofd", list(flow.blocks(sheets, draft)))


class _Reader:
    """Walks the documents of a package page by page."""

    def __init__(self, package: Package, draft: Draft) -> None:
        self.package = package
        self.draft = draft
        self.chars = self.pictures = self.pages = 0

    def document(self, body: Element) -> Iterator[Sheet]:
        """Yield the pages of one document of the package."""
        for info in _all(body, "DocInfo"):
            self._info(info)
        name = beside("", _text(body, "DocRoot"))
        root = self.package.xml(name)
        if root is None:
            raise self.package.damaged()
        common = _first(root, "CommonData")
        size = _box(common, "PageArea") or _A4
        templates = {one.get("ID"): beside(name, one.get("BaseLoc") or "") for one in _all(common, "TemplatePage")}
        for page in _all(_first(root, "Pages"), "Page"):
            self.pages += 1
            self.draft.limits.hold(self.draft.source, "pages", self.pages)
            content = self.package.xml(beside(name, page.get("BaseLoc") or ""))
            if content is None:
                self.draft.issue(f"page {self.pages} is missing and was not read")
                continue
            yield self._sheet(content, templates, _box(content, "Area") or size)

    def _info(self, info: Element) -> None:
        """Keep what the document says of itself, under the names it uses."""
        for field in _INFO:
            self.draft.tell(field, _text(info, field))
        for custom in _all(_first(info, "CustomDatas"), "CustomData"):
            self.draft.tell(custom.get("Name") or "CustomData", custom.text)

    def _sheet(self, content: Element, templates: dict[str | None, str], size: tuple[float, float]) -> Sheet:
        sheet = Sheet(size[0] * _POINTS, size[1] * _POINTS)
        for used in _all(content, "Template"):
            template = self.package.xml(templates.get(used.get("TemplateID"), ""))
            if template is not None:
                self._layers(template, sheet)
        self._layers(content, sheet)
        for _ in range(self._turns(content)):
            sheet = sheet.turned()
        self.chars += len(sheet.glyphs)
        self.draft.limits.hold(self.draft.source, "text_chars", self.chars)
        if self.pictures and not sheet.glyphs:
            self.draft.issue(f"page {self.pages} has no text")
        return sheet

    def _turns(self, content: Element) -> int:
        """Return the quarter turns that set most of the text upright; a table may be printed sideways."""
        chars = [0, 0, 0, 0]
        for thing in content.iter("{*}TextObject"):
            turn = _turn(thing)
            if turn is not None:
                chars[turn] += sum(len(code.text or "") for code in _all(thing, "TextCode"))
        return chars.index(max(chars))

    def _layers(self, page: Element, sheet: Sheet) -> None:
        for thing in page.iter("{*}TextObject", "{*}PathObject", "{*}ImageObject"):
            if thing.get("Visible") == "false":
                continue
            kind = str(thing.tag).rpartition("}")[2]
            if kind == "TextObject" and _turn(thing) is None:
                self.draft.drop("watermark", _text(thing, "TextCode"))
            elif kind == "TextObject":
                sheet.glyphs += _glyphs(thing, self.draft.limits.text_chars)
            elif kind == "PathObject":
                points, pieces = _path(thing)
                filled = thing.get("Fill") == "true" and thing.get("Stroke") == "false"
                sheet.rules += strokes.bar(points) if filled else strokes.straight(pieces)
            else:
                self.pictures += 1


def _glyphs(thing: Element, most: int) -> Iterator[Glyph]:
    """Yield the characters of a text object, in points."""
    matrix = _matrix(thing)
    size = _number(thing.get("Size")) or 1.0
    top = _ASCENT * size
    wide = _number(thing.get("HScale")) or 1.0
    scale = hypot(matrix[2], matrix[3])
    x = y = 0.0
    for code in _all(thing, "TextCode"):
        text = code.text or ""
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        steps, drops = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
        at_x, at_y = x, y
        for index, char in enumerate(text[: most + 1]):
            width = size * wide * (_NARROW if char.isascii() else 1.0)
            box = [(at_x + right, at_y + down) for right in (0.0, width) for down in (-top, size - top)]
            xs, ys = zip(*(strokes.at(matrix, corner) for corner in box), strict=True)
            if not char.isspace() and max(xs) > min(xs) and max(ys) > min(ys):
                yield Glyph(char, min(xs), min(ys), max(xs), max(ys), scale * size)
            at_x += steps[index] if index < len(steps) else (0.0 if drops else width)
            at_y += drops[index] if index < len(drops) else 0.0


def _turn(thing: Element) -> int | None:
    """Return the quarter turns, clockwise, that set a text object upright, or ``None`` if it leans."""
    a, b, *_ = _matrix(thing)
    quarters = round(atan2(-b, a) / _QUARTER)
    return quarters % 4 if abs(atan2(-b, a) - quarters * _QUARTER) < _UPRIGHT else None


def _deltas(text: str | None, most: int) -> list[float]:
    """Return the steps between characters; ``g 3 5.6`` is three of 5.6 (GB/T 33190, 11.3).

    >>> _deltas("5 g 3 5.6", 9)
    [5.0, 5.6, 5.6, 5.6]
    """
    steps: list[float] = []
    parts = iter((text or "").split())
    for part in parts:
        if part == "g":
            count = int(_number(next(parts, "0")))
            steps += [_number(next(parts, "0"))] * max(0, min(count, most, _MOST_REPEATED))
        else:
            steps.append(_number(part))
        if len(steps) >= most:
            break
    return steps


def _path(thing: Element) -> tuple[list[strokes.Point], list[tuple[strokes.Point, strokes.Point]]]:
    """Return the points of a drawn path and its straight pieces, in points."""
    matrix = _matrix(thing)
    points: list[strokes.Point] = []
    pieces: list[tuple[strokes.Point, strokes.Point]] = []
    begin: strokes.Point = (0.0, 0.0)
    tokens = _PATH.findall(_text(thing, "AbbreviatedData"))
    index = 0
    while index < len(tokens):
        command = tokens[index].upper()
        count = _COUNTS.get(command)
        if count is None:
            index += 1
            continue
        numbers = [_number(token) for token in tokens[index + 1 : index + 1 + count]]
        index += 1 + count
        if command == "C":
            if points:
                pieces.append((points[-1], begin))
        elif len(numbers) == count:
            point = strokes.at(matrix, (numbers[-2], numbers[-1]))
            if command == "L" and points:
                pieces.append((points[-1], point))
            elif command in "SM":
                begin = point
            points.append(point)
    return points, pieces


def _matrix(thing: Element) -> strokes.Matrix:
    """Return what takes the coordinates of an object to points on the page."""
    numbers = [_number(part) for part in (thing.get("CTM") or "").split()]
    own: strokes.Matrix = strokes.UNIT
    if len(numbers) == len(strokes.UNIT):
        own = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
    left, top, *_ = [*(_number(part) for part in (thing.get("Boundary") or "").split()), 0.0, 0.0]
    return strokes.times(own, (_POINTS, 0.0, 0.0, _POINTS, left * _POINTS, top * _POINTS))


def _box(parent: Element | None, area: str) -> tuple[float, float] | None:
    """Return the width and height of a page area, in millimetres."""
    sides = [_number(part) for part in _text(_first(parent, area), "PhysicalBox").split()]
    return (sides[2], sides[3]) if len(sides) == 4 and min(sides[2:]) > 0 else None  # noqa: PLR2004 - x y width height


def _number(text: str | None, default: float = 0.0) -> float:
    try:
        number = float(text) if text is not None else default
    except ValueError:
        return default
    return number if abs(number) < 1e6 else default  # noqa: PLR2004 - farther than any page


def _all(parent: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of a name, whatever namespace the writer used, in whatever list they stand."""
    if parent is not None:
        yield from parent.iterfind("{*}" + name)
        for group in parent.iterfind("{*}" + name + "s"):
            yield from group.iterfind("{*}" + name)


def _first(parent: Element | None, name: str) -> Element | None:
    return None if parent is None else parent.find("{*}" + name)


def _text(parent: Element | None, name: str) -> str:
    found = _first(parent, name)
    return "".join(str(piece) for piece in found.itertext()) if found is not None else ""
