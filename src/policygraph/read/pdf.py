"""PDF to a page: the text layer in reading order, paragraphs whole again, ruled tables as rows.

PDFium says where each character and each rule is drawn; :mod:`~policygraph.read.flow` makes text of it. A page that is
only a picture has no text layer: a file of such pages is refused (or read by the engine of the ``ocr`` extra), single
ones among others are an issue. ``索 引 号：000014349/2015-00112`` at the end of a saved web page becomes metadata.
"""

from __future__ import annotations

import base64
import re
import zlib
from typing import TYPE_CHECKING

from policygraph.errors import SourceError
from policygraph.read import flow, ocr
from policygraph.read.compose import Draft
from policygraph.read.pdfpage import PrintedPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.models import Page
    from policygraph.read.limits import Limits
    from policygraph.read.pdfpage import Handle
    from policygraph.read.sheet import Sheet

_INFO = ("Title", "Author", "CreationDate")
_STREAM = re.compile(rb">>\s{0,4}stream\r?\n")
_CHUNK_BYTES, _PIECE_BYTES, _HEAD_BYTES = 1 << 20, 1 << 16, 1000
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


def _read(document: Handle, draft: Draft) -> Iterator[Sheet]:
    import pypdfium2  # noqa: PLC0415

    chars = without = 0
    for number in range(len(document)):
        try:
            page = document[number]
            sheet = PrintedPage(page, draft, chars).sheet()
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


def _pictured(page: Handle) -> bool:
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
