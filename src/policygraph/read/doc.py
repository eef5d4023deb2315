"""DOC (Word 97–2003) to a page: ``一、工作目标`` with its numbers, tables and fields, from the piece table.

Also a .wps file of Kingsoft Writer, which is a Word 97 file by another name. Text boxes stand behind the text, since
their places are not read; headers, footers, notes, comments, hidden and deleted text are left out by name. Files that
are encrypted, older than Word 97 or of another program are refused with what to do.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from policygraph.errors import SourceError
from policygraph.read import doclists
from policygraph.read.compose import Draft
from policygraph.read.rows import Merge, Rows
from policygraph.read.symbols import symbol
from policygraph.read.word97 import Damaged, File, changes, lengths, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import olefile

    from policygraph.models import Page
    from policygraph.read.compose import Block
    from policygraph.read.limits import Limits
    from policygraph.read.word97 import Piece

_WORD97 = 0xC1  # the first version of the format
_IDENT = 0xA5EC
_ENCRYPTED, _SECOND_TABLE, _OBFUSCATED = 0x0100, 0x0200, 0x8000
_DELETED, _HIDDEN, _SYMBOL = 0x0800, 0x083C, 0x6A09
_IN_TABLE, _ROW_END, _NESTING, _INNER_CELL, _INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_DEFINE_TABLE, _MERGE, _MERGE_DOWN = 0xD608, 0x5624, 0xD62B
_LEFT, _DOWN, _DOWN_FIRST = 0x02, 0x20, 0x40  # how a cell is merged: with the one to its left, above, as the first
_SPECIAL = re.compile(r"[\x00-\x1f(]")
_CHARS = {"\t": "\t", "\x0b": "\n", "\x1e": "-", "\x0e": "\n"}
_ENDS = "\r\x07\x0c"
_APART = {"footnote": "footnote", "header": "header or footer", "comment": "comment", "endnote": "endnote"}
_OTHERS = {
    "EncryptedPackage": ("encrypted document", "save it without a password"),
    "Workbook": ("a spreadsheet, no Word document", "save it as .xlsx"),
    "Book": ("a spreadsheet, no Word document", "save it as .xlsx"),
    "PowerPoint Document": ("a presentation, no Word document", "save its text as .docx"),
    "CONTENTS": ("a Microsoft Works document", "save it as .docx"),
    "MatOST": ("a Microsoft Works document", "save it as .docx"),
}


def read(data: bytes, source: str, limits: Limits) -> Page:
    """Read a Word 97–2003 file.

    Raises:
        SourceError: the file is damaged, encrypted, too old, of another program or over a limit.

    """
    draft = Draft(data, source, limits)
    try:
        file = _file(data, draft)
        reader = _Reader(file, draft)
        reader.story("text")
        blocks = reader.rows.blocks()
        blocks += reader.boxes()
        reader.apart()
    except Damaged:
        raise SourceError(source, "damaged Word document", "fetch the file again, or save it as .docx") from None
    return draft.page("application/msword", blocks)


def _file(data: bytes, draft: Draft) -> File:
    """Open the container and return the document in it."""
    import olefile  # noqa: PLC0415 - only old Word files need it

    source = draft.source
    try:
        ole = olefile.OleFileIO(BytesIO(data))
        names = {"/".join(path).lower() for path in ole.listdir()}  # the library finds them in any case
    except Exception:
        raise Damaged from None
    with ole:
        if "worddocument" not in names:
            found = next((what for name, what in _OTHERS.items() if name.lower() in names), None)
            what, remedy = found or ("no Word document in the file", "save it as .docx")
            raise SourceError(source, what, remedy)
        main = _stream(ole, "WordDocument", len(data))
        flags = _checked(main, source)
        table = _stream(ole, "1Table" if flags & _SECOND_TABLE else "0Table", len(data))
        _told(ole, draft)
    draft.limits.hold(source, "text_chars", sum(lengths(main).values()))
    return File(main, table)


def _checked(main: bytes, source: str) -> int:
    """Return the flags of a file that can be read."""
    if number(main, 0, "H") != _IDENT or number(main, 2, "H") < _WORD97:
        raise SourceError(source, "a document of Word 95 or older", "save it as .docx")
    flags = number(main, 10, "H")
    if flags & (_ENCRYPTED | _OBFUSCATED):
        raise SourceError(source, "encrypted document", "save it without a password")
    return flags


def _stream(ole: olefile.OleFileIO, name: str, most: int) -> bytes:
    """Return a stream; one that claims to be larger than the file is not read."""
    try:
        if ole.get_size(name) > most:
            raise Damaged
        with ole.openstream(name) as stream:
            return bytes(stream.read())
    except Damaged:
        raise
    except Exception:
        raise Damaged from None


def _told(ole: olefile.OleFileIO, draft: Draft) -> None:
    """Keep what the file says of itself."""
    try:
        metadata = ole.get_metadata()
        page = {65001: "utf-8", 936: "gb18030", 1200: "utf-16-le"}.get(metadata.codepage or 0, "gb18030")
        for label in ("title", "author"):
            value = getattr(metadata, label)
            draft.tell(label, value.decode(page, "replace") if isinstance(value, bytes) else value)
    except Exception:
        return


class _Reader:
    """Goes through a story character by character where something special stands, else run by run."""

    def __init__(self, file: File, draft: Draft) -> None:
        self.file = file
        self.draft = draft
        self.rows = Rows(draft)
        self.styles = doclists.Styles(file)
        self.lists = doclists.Lists(file)
        self.fonts = file.fonts()
        self.fields: list[bool] = []
        self.text: list[str] = []

    def boxes(self) -> list[Block]:
        """Return the paragraphs of text boxes."""
        texts = list(self._plain("box"))
        if texts:
            self.draft.issue("text boxes stand behind the text: where they belong is not read")
        return [*texts]

    def apart(self) -> None:
        """Name what stands apart from the text."""
        for story, reason in _APART.items():
            for words in self._plain(story):
                self.draft.drop(reason, words)

    def _plain(self, story: str) -> Iterator[str]:
        first = self.file.start(story)
        text = "".join(run for _, run, _ in self.file.runs(first, first + self.file.lengths[story]))
        text = re.sub(r"\x13[^\x13\x14\x15]*\x14?|\x15", "", text)
        yield from (words for part in re.split(r"[\r\x07\x0c]", text) if (words := part.strip("\x01\x02\x03\x04\x05 ")))

    def story(self, name: str) -> None:
        """Read a story into rows."""
        first = self.file.start(name)
        for start, text, piece in self.file.runs(first, first + self.file.lengths[name]):
            for at, run in self._formatted(start, text, piece):
                self._run(run, piece.at(at), piece)
        self._end(b"", b"")

    def _formatted(self, start: int, text: str, piece: Piece) -> Iterator[tuple[int, str]]:
        """Yield the parts of a text that are formatted alike."""
        at = 0
        while at < len(text):
            position = piece.at(start + at)
            _, end = self.file.characters.at(position)
            step = max(1, (end - position) // piece.width) if end > position else len(text)
            yield start + at, text[at : at + step]
            at += step

    def _run(self, text: str, position: int, piece: Piece) -> None:
        found = dict(changes(self.file.characters.at(position)[0]) + changes(piece.changes))
        reason = "deleted by a tracked change" if _on(found.get(_DELETED)) else None
        reason = reason or ("hidden text" if _on(found.get(_HIDDEN)) else None)
        last = 0
        for match in _SPECIAL.finditer(text):
            self._put(text[last : match.start()], reason)
            last = match.end()
            char = match[0]
            if char == "(":
                self._put(self._bracket(found), reason)
            elif char in _ENDS:
                if not (reason and char == "\r"):
                    at = position + match.start() * piece.width
                    self._end(self.file.paragraphs.at(at)[0], piece.changes, cell=char == "\x07")
            elif char in "\x13\x14\x15":
                self._field(char)
            else:
                self._put(_CHARS.get(char, ""), reason)
        self._put(text[last:], reason)

    def _bracket(self, found: dict[int, bytes]) -> str:
        """Return what ``(`` stands for: itself, or a sign of a symbol font."""
        sign = found.get(_SYMBOL)
        if not sign:
            return "("
        font = number(sign, 0, "H")
        return symbol(self.fonts[font] if font < len(self.fonts) else None, number(sign, 2, "H"), self.draft)

    def _put(self, text: str, reason: str | None) -> None:
        if not text or any(self.fields):
            return
        if reason:
            self.draft.drop(reason, text)
        else:
            self.text.append(text)

    def _field(self, char: str) -> None:
        """Follow the marks of a field: its instruction is no text, its result is."""
        if char == "\x13":
            self.fields.append(True)
        elif self.fields and char == "\x14":
            self.fields[-1] = False
        elif self.fields:
            self.fields.pop()

    def _end(self, paragraph: bytes, piece: bytes, *, cell: bool = False) -> None:
        """End a paragraph, and with it a cell or a row where its formatting says so."""
        text, self.text = "".join(self.text), []
        style = int.from_bytes(paragraph[:2], "little")
        own = changes(paragraph[2:]) + changes(piece)
        found = dict(self.styles.changes(style) + own)
        level = int.from_bytes(found.get(_NESTING, b"")[:4], "little", signed=True)
        level = min(max(level, int(_on(found.get(_IN_TABLE))), int(cell)), 99)
        if _on(found.get(_ROW_END)) or _on(found.get(_INNER_ROW_END)):
            self.rows.end_row(level, *_row(own))
            return
        label = self._label(found)
        if self.styles.name(style).startswith("toc "):
            self.draft.drop("table of contents", label + text)
        elif (label + text).strip():
            self.rows.add(label + text, level)
        if cell or _on(found.get(_INNER_CELL)):
            self.rows.end_cell(level)

    def _label(self, found: dict[int, bytes]) -> str:
        list_number = int.from_bytes(found.get(doclists.LIST, b"")[:2], "little", signed=True)
        return self.lists.label(list_number, found.get(doclists.LEVEL, b"\0")[0]) if list_number > 0 else ""


def _on(value: bytes | None) -> bool:
    return value is not None and value[:1] == b"\x01"


def _row(found: Iterable[tuple[int, bytes]]) -> tuple[list[int], list[Merge]]:
    """Return the edges of the cells of a row and how they are merged."""
    edges: list[int] = []
    merges: list[Merge] = []
    for code, value in found:
        if code == _DEFINE_TABLE and len(value) > 2:  # noqa: PLR2004 - a length and a count
            count = value[2]
            if 3 + 2 * (count + 1) > len(value):
                continue
            edges = [number(value, 3 + 2 * index, "h") for index in range(count + 1)]
            cells = value[3 + 2 * (count + 1) :]
            flags = [number(cells, 20 * index, "H") if 20 * index + 2 <= len(cells) else 0 for index in range(count)]
            merges = [Merge(bool(flag & _LEFT), flag & (_DOWN | _DOWN_FIRST) == _DOWN) for flag in flags]
        elif code == _MERGE and len(value) == 2:  # noqa: PLR2004 - from a cell to before another
            for index in range(value[0] + 1, min(value[1], len(merges))):
                merges[index] = Merge(left=True, above=merges[index].above)
        elif code == _MERGE_DOWN and len(value) == 3 and value[1] < len(merges):  # noqa: PLR2004 - length, cell, how
            merges[value[1]] = Merge(merges[value[1]].left, value[2] == 1)
    return edges, merges
