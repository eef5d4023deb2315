"""PDF to a page: the text layer in reading order, paragraphs whole again, ruled tables as rows.

PDFium says where each character and each rule is drawn; :mod:`~policygraph.read.flow` makes text of it. A page that is
only a picture has no text layer: a file of such pages is refused (or read by the engine of the ``ocr`` extra), single
ones among others are an issue. ``索 引 号：000014349/2015-00112`` at the end of a saved web page becomes metadata.
"""

from __future__ import annotations

import base64
import ctypes
import re
import zlib
from math import hypot, pi
from typing import TYPE_CHECKING, Any

from policygraph.errors import SourceError
from policygraph.read import flow, ocr
from policygraph.read.compose import Draft
from policygraph.read.sheet import Glyph, Rule, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.models import Page
    from policygraph.read.limits import Limits

_INFO = ("Title", "Author", "CreationDate")
_THIN = 3.0  # points: a filled box no thicker than this is a rule
_QUARTER = pi / 2
_UPRIGHT = 0.1  # radians by which a character may lean
_STREAM = re.compile(rb">>\s{0,4}stream\r?\n")
_NARROW, _DESCENT = 0.5, 0.14  # of an em: a Latin letter's width, and what lies below the line
_WIDEST = 3.0  # ems: a character that takes up more is measured in other units than the page's
_CHUNK_BYTES, _PIECE_BYTES, _HEAD_BYTES = 1 << 20, 1 << 16, 1000
_UNREADABLE_SHARE = 0.3
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY


def read(data: bytes, source: str, limits: Limits) -> Page:
    """Read a PDF file.

    Raises:
        SourceError: the file is damaged, encrypted, a scan without text, or over a limit.

    """
    _inflate(data, source, limits)
    draft = Draft(data, source, limits)
    sheets = list(_sheets(data, draft))
    blocks = list(flow.blocks(sheets, draft))
    return draft.page("application/pdf", blocks)


def _sheets(data: bytes, draft: Draft) -> Iterator[Sheet]:
    """Yield the pages; each is closed before the next is opened."""
    import pypdfium2  # noqa: PLC0415 - only PDFs need it

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(draft.source, error) from None
    try:
        draft.limits.hold(draft.source, "pages", len(document))
        for key in _INFO:
            draft.tell(key, document.get_metadata_value(key))
        yield from _read(document, draft)
    finally:
        document.close()


def _read(document: Any, draft: Draft) -> Iterator[Sheet]:  # noqa: ANN401 - PDFium is not typed
    import pypdfium2  # noqa: PLC0415

    chars = without = 0
    for number in range(len(document)):
        try:
            page = document[number]
            sheet = _Page(page, draft, chars).sheet()
            if not sheet.glyphs and _pictured(page):
                without += 1
                sheet.glyphs += ocr.glyphs(page, number + 1, draft)
            page.close()
        except pypdfium2.PdfiumError:
            draft.issue(f"page {number + 1} is damaged and was not read")
            continue
        chars += len(sheet.glyphs)
        yield sheet
    if not chars:
        if without:
            raise SourceError(
                draft.source,
                "a scan: pictures of pages, no text layer",
                "recognise its text first, or install the extra 'ocr'",
            )
        if not len(document) or draft.issues:
            raise SourceError(draft.source, "damaged PDF file", "fetch the file again")


def _refusal(source: str, error: Exception) -> SourceError:
    if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
        return SourceError(source, "encrypted PDF file", "save it without a password")
    return SourceError(source, "damaged PDF file", "fetch the file again")


class _Page:
    """One page of PDFium, read character by character."""

    def __init__(self, page: Any, draft: Draft, chars: int) -> None:  # noqa: ANN401
        import pypdfium2.raw as pdfium  # noqa: PLC0415

        self.pdfium = pdfium
        self.page = page
        self.draft = draft
        self.chars = chars
        media, crop = page.get_mediabox(), page.get_cropbox()
        self.left, self.bottom = max(media[0], crop[0]), max(media[1], crop[1])
        self.right, self.top = min(media[2], crop[2]), min(media[3], crop[3])
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

    def _angle(self, raw: Any, index: int) -> int | None:  # noqa: ANN401
        """Return the quarter turns that set a character upright, or ``None`` if it leans."""
        angle = self.pdfium.FPDFText_GetCharAngle(raw, index)
        quarters = round(angle / _QUARTER)
        return -quarters % 4 if abs(angle - quarters * _QUARTER) < _UPRIGHT else None

    def _glyph(self, raw: Any, index: int) -> Glyph | None:  # noqa: ANN401
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

    def _glyphs(self, raw: Any, angles: list[int | None]) -> list[Glyph]:  # noqa: ANN401
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

    def _owner(self, raw: Any, index: int) -> int:  # noqa: ANN401
        """Return the address of the text object that draws a character."""
        owner = self.pdfium.FPDFText_GetTextObject(raw, index)
        return ctypes.addressof(owner.contents) if owner else -index

    def _box(self, raw: Any, index: int, char: str) -> tuple[tuple[float, float, float, float], float]:  # noqa: ANN401
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
        """Yield the straight lines drawn on the page: strokes, and filled boxes as thin as strokes."""
        yield from _drawn(self.page, self.pdfium, self._placed, self.draft.limits.depth)


def _parted(same: list[Glyph]) -> list[Glyph]:
    width = (same[0].right - same[0].left) / len(same) if same else 0.0
    return [
        Glyph(one.char, one.left + at * width, one.top, one.left + (at + 1) * width, one.bottom, one.size)
        for at, one in enumerate(same)
    ]


def _drawn(page: Any, pdfium: Any, placed: Any, depth: int) -> Iterator[Rule]:  # noqa: ANN401
    identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    matrices: list[tuple[float, ...]] = [identity]
    for thing in page.get_objects(
        filter=(pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM), max_depth=min(depth, 15)
    ):
        del matrices[thing.level + 1 :]
        matrix = _times(thing.get_matrix().get(), matrices[thing.level])
        if thing.type == pdfium.FPDF_PAGEOBJ_FORM:
            matrices.append(matrix)
            continue
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing.raw, fill, stroke)
        for start, end in _segments(thing.raw, pdfium, matrix, filled=not stroke.value and bool(fill.value)):
            box = (min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
            yield Rule(*placed(*box))


def _segments(raw: Any, pdfium: Any, matrix: Any, *, filled: bool) -> Iterator[Any]:  # noqa: ANN401
    """Yield the straight pieces of a path that lie or stand; of a filled one, its middle line if it is thin."""
    count = min(pdfium.FPDFPath_CountSegments(raw), 2000)
    points: list[tuple[float, float]] = []
    pieces: list[tuple[tuple[float, float], tuple[float, float]]] = []
    begin = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(raw, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = _at(matrix, x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_LINETO and points:
            pieces.append((points[-1], point))
        elif kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            pieces.append((point, begin))
    if filled:
        yield from _thin(points)
        return
    for one, other in pieces:
        if (
            min(abs(one[0] - other[0]), abs(one[1] - other[1]))
            < 1
            < max(abs(one[0] - other[0]), abs(one[1] - other[1]))
        ):
            yield one, other


def _thin(points: list[tuple[float, float]]) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    if not points:
        return
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    if high - low <= _THIN < right - left:
        yield (left, (low + high) / 2), (right, (low + high) / 2)
    elif right - left <= _THIN < high - low:
        yield ((left + right) / 2, low), ((left + right) / 2, high)


def _times(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _pictured(page: Any) -> bool:  # noqa: ANN401
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    return any(True for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3))


def _inflate(data: bytes, source: str, limits: Limits) -> None:
    """Hold the limits on what the compressed streams unpack to, pictures aside, before PDFium unpacks them."""
    total = 0
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - _HEAD_BYTES) : match.start()].rpartition(b"obj")[2]
        if b"FlateDecode" not in head or re.search(rb"/Subtype\s*/Image", head):
            continue
        packed = _plain(data, match.end()) if b"ASCII85Decode" in head else data
        start = 0 if packed is not data else match.end()
        for size in _unpacked(packed, start):
            total += size
            limits.hold(source, "expanded_bytes", total)


def _unpacked(data: bytes, start: int) -> Iterator[int]:
    """Yield the sizes that the pieces of a stream unpack to, until it ends or breaks."""
    unpack = zlib.decompressobj()
    try:
        while start < len(data) and not unpack.eof:
            piece = data[start : start + _PIECE_BYTES]
            start += len(piece)
            while piece and not unpack.eof:
                yield len(unpack.decompress(piece, _CHUNK_BYTES))
                piece = unpack.unconsumed_tail
    except zlib.error:
        return


def _plain(data: bytes, start: int) -> bytes:
    end = data.find(b"~>", start)
    try:
        return base64.a85decode(data[start : max(start, end)].strip(b"\r\n <~"))
    except ValueError:
        return b""
