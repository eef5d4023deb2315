"""Styles and lists of a Word 97 file: which paragraphs are numbered by themselves, and how.

A paragraph names a list (``sprmPIlfo``) and a level, itself or through its style; the list tables say how the level
counts (``nfc`` 37 is 一, 二, 三) and what stands around the number ([MS-DOC] 2.9.131, 2.9.150).
"""

from __future__ import annotations

from dataclasses import replace

from policygraph.read import word97
from policygraph.read.numbering import CODES, Counters, Level
from policygraph.read.word97 import Changes, Damaged, File, changes, number

LEVEL, LIST, STYLE = 0x260A, 0x460B, 0x4600  # the changes that put a paragraph into a list or a style
_PARAGRAPH_STYLE = 1
_NO_STYLE = 0xFFF
_STEPS = 20
_MOST = 10_000  # lists or styles
_LEVELS = 9
_MOST_LISTS = 0x7FE


class Styles:
    """The styles of a file by number."""

    def __init__(self, file: File) -> None:
        self._styles: list[tuple[str, int, bytes]] = []
        try:
            self._read(file.part(word97.STYLES))
        except Damaged:  # what was read of the styles counts
            return

    def _read(self, data: bytes) -> None:
        if not data:
            return
        offset = 2 + number(data, 0, "H")
        base = number(data, 4, "H")
        for _ in range(min(number(data, 2, "H"), _MOST)):
            if offset + 2 > len(data):
                break
            size = number(data, offset, "H")
            self._styles.append(_style(data[offset + 2 : offset + 2 + size], base))
            offset += 2 + size

    def name(self, style: int) -> str:
        """Return the name of a style (``toc 1``), or ``""``."""
        return self._styles[style][0].lower() if style < len(self._styles) else ""

    def changes(self, style: int) -> Changes:
        """Return the changes of a style and those it is based on, the farthest first."""
        chain: list[Changes] = []
        while style < len(self._styles) and len(chain) < _STEPS:
            _, style, grouped = self._styles[style]
            chain.insert(0, changes(grouped))
        return [change for one in chain for change in one]


def _style(data: bytes, base: int) -> tuple[str, int, bytes]:
    """Return the name of a style, the number of the style it is based on, and its changes to paragraphs."""
    try:
        kind, based = number(data, 2, "H") & 0xF, number(data, 2, "H") >> 4
        chars = number(data, base, "H")
        name = data[base + 2 : base + 2 + 2 * chars].decode("utf-16-le", "replace")
        offset = base + 2 + 2 * chars + 2
        if kind != _PARAGRAPH_STYLE:
            return name, based, b""
        size = number(data, offset, "H")
        return name, based, data[offset + 4 : offset + 2 + size]
    except Damaged:
        return "", _NO_STYLE, b""


class Lists:
    """The lists of a file and how far they have counted."""

    def __init__(self, file: File) -> None:
        self._counters = Counters()
        self._levels: dict[int, dict[int, Level]] = {}
        self._overrides: list[tuple[int, dict[int, Level], set[int]]] = []
        try:
            self._read_levels(file)
            self._read_overrides(file.part(word97.OVERRIDES))
        except Damaged:  # what was read of the lists counts; the rest is not numbered
            return

    def label(self, list_number: int, at: int) -> str:
        """Count a paragraph of a list and return its label, ``""`` for a list that is not there."""
        if not 0 < list_number <= min(len(self._overrides), _MOST_LISTS) or not 0 <= at < _LEVELS:
            return ""
        list_id, own, anew = self._overrides[list_number - 1]
        levels = {**self._levels.get(list_id, {}), **own}
        if not levels:
            return ""
        return self._counters.label(str(list_id), str(list_number), levels, at, anew=at in anew)

    def _read_levels(self, file: File) -> None:
        place, length = file.place(word97.LISTS)
        table = file.table
        if not length:
            return
        offset = place + length  # the levels of all lists follow the table of lists
        for index in range(min(number(table, place, "H"), _MOST)):
            entry = place + 2 + 28 * index
            list_id, simple = number(table, entry, "i"), number(table, entry + 26, "B") & 1
            levels: dict[int, Level] = {}
            for at in range(1 if simple else _LEVELS):
                levels[at], offset = _level(table, offset)
            self._levels[list_id] = levels

    def _read_overrides(self, data: bytes) -> None:
        if not data:
            return
        count = min(number(data, 0, "I"), _MOST)
        offset = 4 + 16 * count
        for index in range(count):
            list_id, levels = number(data, 4 + 16 * index, "i"), number(data, 4 + 16 * index + 12, "B")
            offset += 4
            own: dict[int, Level] = {}
            anew: set[int] = set()
            for _ in range(levels):
                start, flags = number(data, offset, "i"), number(data, offset + 4, "I")
                offset += 8
                at = flags & 0xF
                if flags & 0x20:
                    own[at], offset = _level(data, offset)
                elif flags & 0x10:
                    own[at] = replace(self._levels.get(list_id, {}).get(at, Level()), start=start)
                    anew.add(at)
            self._overrides.append((list_id, own, anew))


def _level(data: bytes, offset: int) -> tuple[Level, int]:
    """Return a level of a list and the offset behind it."""
    flags = number(data, offset + 5, "B")
    follow, restart = number(data, offset + 15, "B"), number(data, offset + 26, "B")
    text_at = offset + 28 + number(data, offset + 24, "B") + number(data, offset + 25, "B")
    chars = number(data, text_at, "H")
    end = text_at + 2 + 2 * chars
    raw = data[text_at + 2 : end].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(char) + 1}" if ord(char) < _LEVELS else char for char in raw)
    level = Level(
        form=CODES.get(number(data, offset + 4, "B"), "decimal"),
        text=text,
        start=number(data, offset, "i"),
        restart=restart if flags & 0x08 else None,
        gap=follow < 2,  # noqa: PLR2004 - a tab or a space
        legal=bool(flags & 0x04),
    )
    return level, end
