"""What the compressed streams of a PDF unpack to, asked before PDFium unpacks them.

PDFium takes some 80 bytes of memory for each byte that draws (``q`` and ``Tj`` become objects), and a stream of 200 kB
can unpack to 200 MB of them. So streams are unpacked here first, piece by piece and without keeping anything, and the
limits are held: ``drawing_bytes`` for those that draw, ``expanded_bytes`` for all but pictures, which nobody unpacks.
"""

from __future__ import annotations

import base64
import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.read.limits import Limits

_STREAM = re.compile(rb">>\s{0,4}stream\r?\n")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_NO_DRAWING = re.compile(
    rb"/Length[123]\b|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType|XML)\b|/Type\s*/(?:ObjStm|XRef)\b|/N\s"
)
_FILTERS = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|/(\w+))")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_CHUNK_BYTES, _PIECE_BYTES, _HEAD_BYTES = 1 << 20, 1 << 16, 1 << 16
_OTHER_RATIO = 64  # what run lengths can make of a byte; LZW makes less of it in practice
_ENCRYPTED_RATIO = 8  # what deflate usually makes of a byte that cannot be unpacked without the key


def hold(data: bytes, source: str, limits: Limits) -> None:
    """Hold the limits on what the streams of a file unpack to.

    Raises:
        SourceError: they unpack to more than they may.

    """
    encrypted = b"/Encrypt" in data
    count = total = drawing = 0
    for match in _STREAM.finditer(data):
        count += 1
        limits.hold(source, "members", count)
        start = data.rfind(b"obj", max(0, match.start() - _HEAD_BYTES), match.start())
        head = _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), data[max(0, start) : match.start()])
        if _PICTURE.search(head):
            continue
        draws = not _NO_DRAWING.search(head)
        packed = size = 0
        for packed, piece in _unpacked(data, match.end(), head, encrypted=encrypted):
            size += piece
            total += piece
            drawing += piece if draws else 0
            limits.hold(source, "expanded_bytes", total)
            limits.hold(source, "drawing_bytes", drawing)
            if size > limits.packed_bytes:
                limits.hold(source, "expansion", size // max(1, packed))


def _unpacked(data: bytes, start: int, head: bytes, *, encrypted: bool) -> Iterator[tuple[int, int]]:
    """Yield how many bytes of a stream were read and what the last piece of them unpacks to."""
    found = _FILTERS.search(head)
    filters = re.findall(rb"\w+", (found[1] or found[2]) if found else b"")
    if (
        encrypted
        or not filters
        or any(name not in (b"FlateDecode", b"Fl", b"ASCII85Decode", b"A85") for name in filters)
    ):
        length = max(0, data.find(b"endstream", start) - start)
        ratio = _ENCRYPTED_RATIO if encrypted else _OTHER_RATIO if filters else 1
        yield length, length * ratio
        return
    if filters[0] in (b"ASCII85Decode", b"A85"):
        data, start, filters = _from_text(data, start), 0, filters[1:]
    chain = [zlib.decompressobj() for _ in filters]
    begin = start
    try:
        while start < len(data) and chain and not chain[0].eof:
            piece = data[start : start + _PIECE_BYTES]
            start += len(piece)
            for size in _through(chain, piece):
                yield start - begin, size
    except zlib.error:
        return


def _through(chain: list[zlib._Decompress], piece: bytes) -> Iterator[int]:
    """Yield the sizes of what comes out at the end of a chain of decompressors."""
    first, rest = chain[0], chain[1:]
    while piece and not first.eof:
        out = first.decompress(piece, _CHUNK_BYTES)
        piece = first.unconsumed_tail
        if rest:
            yield from _through(rest, out)
        else:
            yield len(out)


def _from_text(data: bytes, start: int) -> bytes:
    """Return the bytes that a stream written in ASCII 85 stands for."""
    end = data.find(b"~>", start)
    try:
        return base64.a85decode(data[start : max(start, end)].strip(b"\r\n <~"))
    except ValueError:
        return b""
