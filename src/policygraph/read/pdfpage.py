"""One page of a PDF as PDFium knows it, to the sheet it is seen as.

PDFium gives the place of each character in the coordinates of the page before it is turned; a sheet has them as a
person holds it, the way most of its text runs, so that a table printed sideways reads like any other.
"""

from __future__ import annotations

import ctypes
from math import hypot, pi
from typing import TYPE_CHECKING, Any

from policygraph.read import strokes
from policygraph.read.sheet import Glyph, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.read.compose import Draft
    from policygraph.read.sheet import Rule

Handle = Any  # what PDFium hands out has no types

_FORMS = 15  # how deep forms may hold forms
_MOST_SEGMENTS = 2000  # of one path
_QUARTER = pi / 2
_UPRIGHT = 0.1  # radians by which a character may lean
_NARROW, _DESCENT = 0.5, 0.14  # of an em: a Latin letter's width, and what lies below the line
_WIDEST = 3.0  # ems: a character that takes up more is measured in other units than the page's
_UNREADABLE_SHARE = 0.3


class PrintedPage:
    """One page of PDFium, read character by character."""

    def __init__(self, page: Handle, draft: Draft, chars: int) -> None:
        import pypdfium2.raw as pdfium  # noqa: PLC0415

        self.pdfium = pdfium
        self.page = page
        self.draft = draft
        self.chars = chars
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.turn = page.get_rotation() // 90
        self.replaced: tuple[float, float, float] | None = None  # where the last replaced character stands and ends

    def sheet(self) -> Sheet:
        """Return the page as it is seen, turned the way most of its text runs."""
        texts = self.page.get_textpage()
        count = texts.count_chars()
        self.draft.limits.hold(self.draft.source, "text_chars", self.chars + max(0, count))
        raw = texts.raw
        angles = [self._angle(raw, index) for index in range(count)]
        upright = [angle for angle in angles if angle is not None]
        if upright:
            self.turn = self.turn or max(sorted(set(upright)), key=upright.count)
        glyphs = self._glyphs(raw, angles)
        leaning = [chr(self.pdfium.FPDFText_GetUnicode(raw, index)) for index in range(count) if angles[index] is None]
        self.draft.drop("watermark", "".join(leaning))
        self._unreadable(glyphs)
        width, height = self.right - self.left, self.top - self.bottom
        if self.turn % 2:
            width, height = height, width
        rules = list(self._rules())
        texts.close()
        return Sheet(width, height, glyphs, rules)

    def _angle(self, raw: Handle, index: int) -> int | None:
        """Return the quarter turns that set a character upright, or ``None`` if it leans."""
        angle = self.pdfium.FPDFText_GetCharAngle(raw, index)
        quarters = round(angle / _QUARTER)
        return -quarters % 4 if abs(angle - quarters * _QUARTER) < _UPRIGHT else None

    def _glyph(self, raw: Handle, index: int) -> Glyph | None:
        if self.pdfium.FPDFText_IsGenerated(raw, index):
            return None
        code = self.pdfium.FPDFText_GetUnicode(raw, index)
        char = chr(code) if 0 < code <= 0x10FFFF else "\ufffd"  # noqa: PLR2004 - the last code point
        if char.isspace() or char in "\u200b\ufeff\xad\x02":
            return None
        box, size = self._box(raw, index, char)
        left, top, right, bottom = self._placed(*box)
        if right <= left or bottom <= top or not self._visible(*box):
            return None
        return Glyph(char, left, top, right, bottom, size)

    def _glyphs(self, raw: Handle, angles: list[int | None]) -> list[Glyph]:
        """Return the characters; the box of a drawn sign that stands for several (⸺ for two dashes) is parted."""
        found: list[Glyph] = []
        same: list[Glyph] = []
        for index, angle in enumerate(angles):
            glyph = self._glyph(raw, index) if angle is not None else None
            if glyph is None:
                continue
            box = (glyph.left, glyph.top, glyph.right, glyph.bottom)
            one = same and box == (same[0].left, same[0].top, same[0].right, same[0].bottom)
            if not (one and self._owner(raw, index) == self._owner(raw, index - 1)):
                found += _parted(same)
                same = []
            same.append(glyph)
        return found + _parted(same)

    def _owner(self, raw: Handle, index: int) -> int:
        """Return the address of the text object that draws a character."""
        owner = self.pdfium.FPDFText_GetTextObject(raw, index)
        return ctypes.addressof(owner.contents) if owner else -index

    def _box(self, raw: Handle, index: int, char: str) -> tuple[tuple[float, float, float, float], float]:
        """Return left, bottom, right and top of a character in the coordinates of the page, and its size.

        PDFium forgets the matrix of a form where a character has an ActualText (the bold ⼀ of saved web pages); the
        matrix of the character itself then says where it stands.
        """
        pdfium = self.pdfium
        rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetLooseCharBox(raw, index, rect)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        pdfium.FPDFText_GetMatrix(raw, index, matrix)
        size = hypot(matrix.a, matrix.b)
        em = size * pdfium.FPDFText_GetFontSize(raw, index)
        aside = abs((y.value - matrix.f) * matrix.a - (x.value - matrix.e) * matrix.b) / (size or 1.0)
        if aside < em and max(rect.right - rect.left, rect.top - rect.bottom) < _WIDEST * em:
            return (rect.left, rect.bottom, rect.right, rect.top), em
        left = matrix.e
        if self.replaced and self.replaced[:2] == (matrix.e, matrix.f):
            left = self.replaced[2]
        right = left + em * (_NARROW if char.isascii() else 1)
        self.replaced = (matrix.e, matrix.f, right)
        return (left, matrix.f - _DESCENT * em, right, matrix.f + (1 - _DESCENT) * em), em

    def _visible(self, left: float, bottom: float, right: float, top: float) -> bool:
        x, y = (left + right) / 2, (bottom + top) / 2
        return bool(self.left <= x <= self.right and self.bottom <= y <= self.top)

    def _placed(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom on the page as it is seen, from its top left corner."""
        left, right = left - self.left, right - self.left
        bottom, top = bottom - self.bottom, top - self.bottom
        width, height = self.right - self.left, self.top - self.bottom
        if self.turn == 1:
            return bottom, left, top, right
        if self.turn == 2:  # noqa: PLR2004 - half a turn
            return width - right, bottom, width - left, top
        if self.turn == 3:  # noqa: PLR2004 - three quarters
            return height - top, width - right, height - bottom, width - left
        return left, height - top, right, height - bottom

    def _unreadable(self, glyphs: list[Glyph]) -> None:
        """Report characters of fonts that do not say which characters they draw."""
        unknown = sum(glyph.char == "\ufffd" or "\ue000" <= glyph.char <= "\uf8ff" for glyph in glyphs)
        if unknown > _UNREADABLE_SHARE * len(glyphs):
            self.draft.issue("fonts that do not say which characters they draw: the text layer is not readable")

    def _rules(self) -> Iterator[Rule]:
        """Yield the rules drawn on the page, in the forms that are drawn on it too."""
        pdfium = self.pdfium
        matrices: list[strokes.Matrix] = [strokes.UNIT]
        kinds = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM)
        for thing in self.page.get_objects(filter=kinds, max_depth=_FORMS):
            del matrices[thing.level + 1 :]
            matrix = strokes.times(thing.get_matrix().get(), matrices[thing.level])
            if thing.type == pdfium.FPDF_PAGEOBJ_FORM:
                matrices.append(matrix)
                continue
            fill, stroke = ctypes.c_int(), ctypes.c_int()
            pdfium.FPDFPath_GetDrawMode(thing.raw, fill, stroke)
            points, pieces = self._path(thing.raw, matrix)
            if stroke.value:
                yield from strokes.straight(pieces)
            elif fill.value:
                yield from strokes.bar(points)

    def _path(
        self,
        raw: Handle,
        matrix: strokes.Matrix,
    ) -> tuple[list[strokes.Point], list[tuple[strokes.Point, strokes.Point]]]:
        """Return the points of a path and its straight pieces, as they are seen."""
        pdfium = self.pdfium
        points: list[strokes.Point] = []
        pieces: list[tuple[strokes.Point, strokes.Point]] = []
        begin = (0.0, 0.0)
        for index in range(min(pdfium.FPDFPath_CountSegments(raw), _MOST_SEGMENTS)):
            segment = pdfium.FPDFPath_GetPathSegment(raw, index)
            x, y = ctypes.c_float(), ctypes.c_float()
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            across, down = strokes.at(matrix, (x.value, y.value))
            left, top, _, _ = self._placed(across, down, across, down)
            point = (left, top)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_LINETO and points:
                pieces.append((points[-1], point))
            elif kind == pdfium.FPDF_SEGMENT_MOVETO:
                begin = point
            points.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                pieces.append((point, begin))
        return points, pieces


def _parted(same: list[Glyph]) -> list[Glyph]:
    width = (same[0].right - same[0].left) / len(same) if same else 0.0
    return [
        Glyph(one.char, one.left + at * width, one.top, one.left + (at + 1) * width, one.bottom, one.size)
        for at, one in enumerate(same)
    ]
