"""The structures of a Word 97–2003 file ([MS-DOC]): where its characters are and how they are formatted.

The text lies in pieces (``Clx``), each in UTF-16 or in one byte a character; a file saved fast has many, in any order.
Formatting lies in pages of 512 bytes (FKP) by file position, as lists of changes (``sprm``) to the style. Everything is
read with its bounds checked: an offset that leads out of the file ends in :class:`Damaged`.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGE = 512
_COMPRESSED = 1 << 30
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_VARIABLE = 6
_DEFINE_TABLE, _CHANGE_TABS = 0xD608, 0xC615
_PAIRS = 0x9A  # where the offsets and lengths of the tables begin in the FIB
_LENGTHS = {"text": 0x4C, "footnote": 0x50, "header": 0x54, "macro": 0x58, "comment": 0x5C, "endnote": 0x60,
            "box": 0x64, "header box": 0x68}  # fmt: skip
STYLES, CHARACTERS, PARAGRAPHS, FONTS, PIECES, LISTS, OVERRIDES = 1, 12, 13, 15, 33, 73, 74
_FONT_NAME = 40  # where a font's name begins in its entry
_SHORT_CHANGES = {0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800}  # the changes of a piece that are written in short

Changes = list[tuple[int, bytes]]


class Damaged(Exception):
    """The file does not hold together."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: its first character, where its bytes are, how many bytes a character has, and its changes."""

    first: int
    last: int
    position: int
    width: int
    changes: bytes

    def at(self, character: int) -> int:
        """Return the file position of a character."""
        return self.position + (character - self.first) * self.width


def number(data: bytes, offset: int, form: str) -> int:
    """Return a number at an offset, by its ``struct`` form.

    Raises:
        Damaged: the offset leads out of the data.

    """
    try:
        return int(struct.unpack_from("<" + form, data, offset)[0])
    except struct.error:
        raise Damaged from None


def changes(data: bytes) -> Changes:
    """Return the changes of a list of ``sprm``, in order; a list that breaks off ends there."""
    found: Changes = []
    offset = 0
    while offset + 2 <= len(data):
        code = number(data, offset, "H")
        offset += 2
        kind = code >> 13
        if kind != _VARIABLE:
            size = _SIZES[kind]
        elif code == _DEFINE_TABLE:
            size = number(data, offset, "H") + 1 if offset + 2 <= len(data) else 0
        elif offset < len(data):
            size = data[offset] + 1
            if code == _CHANGE_TABS and size == _PAGE // 2:
                break
        else:
            break
        found.append((code, data[offset : offset + size]))
        offset += size
    return found


class Formatting:
    """What is said of characters or paragraphs, by file position."""

    def __init__(self, main: bytes, table: bytes, *, paragraphs: bool) -> None:
        self._starts: list[int] = []
        self._runs: list[tuple[int, int, bytes]] = []
        count = max(0, (len(table) - 4) // 8)
        runs: list[tuple[int, int, bytes]] = []
        for index in range(count):
            page = (number(table, 4 * (count + 1) + 4 * index, "I") & 0x3FFFFF) * _PAGE
            if page + _PAGE <= len(main):
                runs += _page(main[page : page + _PAGE], paragraphs=paragraphs)
        self._runs = sorted(runs)
        self._starts = [start for start, _, _ in self._runs]

    def at(self, position: int) -> tuple[bytes, int]:
        """Return what is said of a position, and where the run that it lies in ends (0: no run says anything)."""
        index = bisect_right(self._starts, position) - 1
        if index >= 0 and position < self._runs[index][1]:
            return self._runs[index][2], self._runs[index][1]
        return b"", self._starts[index + 1] if index + 1 < len(self._starts) else 0


def _page(page: bytes, *, paragraphs: bool) -> Iterator[tuple[int, int, bytes]]:
    """Yield the runs of a page of formatting; a run of a paragraph begins with the number of its style."""
    count = page[-1]
    step = 13 if paragraphs else 1
    if 4 * (count + 1) + step * count >= _PAGE:
        return
    for index in range(count):
        start, end = struct.unpack_from("<II", page, 4 * index)
        place = 2 * page[4 * (count + 1) + step * index]
        if not place or place >= _PAGE - 1:
            yield start, end, b""
            continue
        size = page[place]
        if not paragraphs:
            yield start, end, page[place + 1 : place + 1 + size]
        elif size:
            yield start, end, page[place + 1 : place + 2 * size]
        else:
            yield start, end, page[place + 2 : place + 2 + 2 * page[place + 1]]


def lengths(main: bytes) -> dict[str, int]:
    """Return how many characters each story has."""
    return {name: max(0, number(main, offset, "i")) for name, offset in _LENGTHS.items()}


class File:
    """A Word 97 file: its two streams, its pieces, and the lengths of its stories."""

    def __init__(self, main: bytes, table: bytes) -> None:
        self.main = main
        self.table = table
        self.lengths = lengths(main)
        self.pieces = list(self._pieces(self.part(PIECES)))
        self.characters = Formatting(main, self.part(CHARACTERS), paragraphs=False)
        self.paragraphs = Formatting(main, self.part(PARAGRAPHS), paragraphs=True)

    def place(self, part: int) -> tuple[int, int]:
        """Return the offset and the length of a part in the table stream."""
        return number(self.main, _PAIRS + 8 * part, "I"), number(self.main, _PAIRS + 8 * part + 4, "I")

    def part(self, part: int) -> bytes:
        """Return a part of the table stream, empty if the file has none."""
        offset, length = self.place(part)
        return self.table[offset : offset + length]

    def fonts(self) -> list[str]:
        """Return the names of the fonts, by number."""
        data = self.part(FONTS)
        names: list[str] = []
        offset = 4
        while offset + _FONT_NAME < len(data):
            size = data[offset] + 1
            name = data[offset + _FONT_NAME : offset + size].decode("utf-16-le", "replace")
            names.append(name.partition("\0")[0])
            offset += size
        return names

    def start(self, story: str) -> int:
        """Return the first character of a story; stories follow one another."""
        names = list(_LENGTHS)
        return sum(self.lengths[name] for name in names[: names.index(story)])

    def runs(self, first: int, last: int) -> Iterator[tuple[int, str, Piece]]:
        """Yield the text from a character up to another, piece by piece, each with its first character."""
        for piece in self.pieces:
            start, end = max(piece.first, first), min(piece.last, last)
            if start < end:
                raw = self.main[piece.at(start) : piece.at(end)]
                yield start, raw.decode("utf-16-le" if piece.width == 2 else "cp1252", "replace"), piece  # noqa: PLR2004

    def _pieces(self, data: bytes) -> Iterator[Piece]:
        lists: list[bytes] = []
        offset = 0
        while offset < len(data) and data[offset] == 1:
            size = number(data, offset + 1, "H")
            lists.append(data[offset + 3 : offset + 3 + size])
            offset += 3 + size
        if offset >= len(data) or data[offset] != 2:  # noqa: PLR2004 - what opens the table of pieces
            raise Damaged
        size = number(data, offset + 1, "I")
        table = data[offset + 5 : offset + 5 + size]
        count = max(0, (len(table) - 4) // 12)
        for index in range(count):
            first, last = number(table, 4 * index, "I"), number(table, 4 * index + 4, "I")
            place = 4 * (count + 1) + 8 * index
            position, short = number(table, place + 2, "I"), number(table, place + 6, "H")
            compressed = bool(position & _COMPRESSED)
            position &= _COMPRESSED - 1
            width = 1 if compressed else 2
            position = position // 2 if compressed else position
            if first >= last or position + (last - first) * width > len(self.main):
                raise Damaged
            yield Piece(first, last, position, width, _of_piece(short, lists))


def _of_piece(short: int, lists: list[bytes]) -> bytes:
    """Return the changes that a piece brings along: one written in short, or a list by its number."""
    if short & 1:
        return lists[short >> 1] if short >> 1 < len(lists) else b""
    code = _SHORT_CHANGES.get((short >> 1) & 0x7F)
    return struct.pack("<HB", code, short >> 8) if code else b""
