r"""RTF to a page: ``{\rtf1\ansi\ansicpg936 \'d2\'bb\'a1\'a2\'c4\'bf\'b1\'ea\par}`` is 一、目标.

A small reader of its own (Rich Text Format 1.9.1). Characters come as bytes in the code page of their font or of the
document and as ``\uN`` with a stand-in of ``\ucN`` bytes. Groups that hold no text are passed over; headers, footers,
notes, hidden and deleted text are left out by name; automatic numbers are kept as ``\listtext`` shows them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policygraph.errors import SourceError
from policygraph.read.compose import Draft
from policygraph.read.numbering import Level, spaced
from policygraph.read.rows import Merge, Rows
from policygraph.read.symbols import symbol

if TYPE_CHECKING:
    from policygraph.models import Page
    from policygraph.read.compose import Block
    from policygraph.read.limits import Limits

_TOKEN = re.compile(
    rb"([{}])|\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
_CHARS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"-": "", b"{": "{", b"}": "}", b"\\": "\\", b"\n": None, b"\r": None}
_SILENT = frozenset(
    [
        *("colortbl", "stylesheet", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "pict"),
        *("objdata", "fldinst", "datafield", "filetbl", "themedata", "colorschememapping", "latentstyles", "datastore"),
        *("xmlnstbl", "mmathPr", "shprslt", "nonshppict", "sp", "pn", "bkmkstart", "bkmkend", "atnid", "atnauthor"),
        *("atndate", "atnref", "atntime", "template", "pgptbl", "userprops", "passwordhash", "upr"),
    ]
)
_APART = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    "footnote": "footnote",
    "annotation": "comment",
}
_LABELS = frozenset(["listtext", "pntext"])
_BOXES = frozenset(["shptxt", "dptxbxtext"])
_OPENED = frozenset(["shpinst", "shp", "do", "result", "fldrslt", "ud", "shpgrp"])
_WESTERN, _SYMBOL_CHARSET = 1252, 2
_CHARSETS = {
    2: _SYMBOL_CHARSET,
    128: 932,
    129: 949,
    134: 936,
    136: 950,
    161: 1253,
    162: 1254,
    163: 1258,
    186: 1257,
    204: 1251,
    238: 1250,
}
_PRIVATE = re.compile(r"[\uf000-\uf0ff]")
_CODECS = {936: "gb18030", 54936: "gb18030", 950: "cp950", 65001: "utf-8", 10008: "gb18030"}


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and may change: where its text goes, its font, and how it is seen."""

    goes: str = "text"  # or skip, font, info, and what is gathered: info:title, apart:footnote, label:, box:
    font: int = 0
    stand_ins: int = 1
    hidden: bool = False
    deleted: bool = False


def read(data: bytes, source: str, limits: Limits) -> Page:
    """Read an RTF file.

    Raises:
        SourceError: the file is no RTF document or over a limit.

    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise SourceError(source, "no RTF document in the file", "save it as .docx")
    draft = Draft(data, source, limits)
    reader = _Reader(data, draft)
    reader.run()
    return draft.page("application/rtf", reader.blocks())


class _Reader:
    """Goes through the tokens once, with a stack of states for the groups that are open."""

    def __init__(self, data: bytes, draft: Draft) -> None:
        self.data = data
        self.draft = draft
        self.state = _State()
        self.stack: list[_State] = []
        self.rows = Rows(draft)
        self.bytes = bytearray()  # of characters not yet decoded
        self.paragraph: list[str] = []
        self.asides: list[list[str]] = []  # the text of open groups that goes elsewhere
        self.boxes: list[str] = []
        self.left_out: list[str] = []  # hidden or deleted words, and
        self.reason = ""  # which of both
        self.fonts: dict[int, int] = {}  # the code page of each font, 0 for the document's
        self.names: dict[int, str] = {}  # of fonts of symbols
        self.default_font = 0
        self.page = _WESTERN
        self.skip = 0
        self.starred = False
        self.level = 0  # of table nesting of the paragraph
        self.edges: list[int] = []
        self.merges: list[Merge] = []
        self.merge = Merge()
        self.left = 0

    def run(self) -> None:
        """Read all tokens."""
        position = 0
        while position < len(self.data):
            match = _TOKEN.match(self.data, position)
            if match is None:  # a lone byte that is no token cannot occur, but a reader must end
                break
            position = match.end()
            brace, word, number, code, sign, text = match.groups()
            if brace == b"{":
                self._open()
            elif brace:
                if not self._close():
                    break
            elif word == b"bin":
                position += max(0, int(number or 0))
            elif word:
                self._word(word.decode(), int(number) if number is not None else None)
            elif code:
                self._byte(int(code, 16))
            elif sign:
                self._sign(sign)
            elif text:
                self._bytes(text)
        if self.stack:
            self.draft.issue("the file breaks off: what follows is missing")

    def blocks(self) -> list[Block]:
        """Return what was read."""
        self._end_paragraph()
        return self.rows.blocks()

    def _open(self) -> None:
        self._flush()
        self.stack.append(self.state)
        self.draft.limits.hold(self.draft.source, "depth", len(self.stack))
        self.skip = 0

    def _close(self) -> bool:
        """End a group; return whether another one is open."""
        self._flush()
        ended = self.state
        self.state = self.stack.pop() if self.stack else _State()
        self.skip = 0
        if ended.goes != self.state.goes and ":" in ended.goes and self.asides:
            self._put_aside(ended.goes, "".join(self.asides.pop()))
        return bool(self.stack)

    def _put_aside(self, goes: str, text: str) -> None:
        kind, _, name = goes.partition(":")
        if kind == "apart":
            self.draft.drop(name, text)
        elif kind == "info":
            self.draft.tell(name, text)
        elif kind == "box":
            self.boxes.append(text)
        elif text.strip():
            label = spaced(_PRIVATE.sub("•", text), Level(gap=text.endswith(("\t", " "))))
            (self.asides[-1] if ":" in self.state.goes and self.asides else self.paragraph).append(label)

    def _word(self, word: str, number: int | None) -> None:
        if self.skip:
            self.skip -= 1
            return
        starred, self.starred = self.starred, False
        self._flush()
        if word in _CHARS:
            self._text(_CHARS[word])
        elif word == "u" and number is not None:
            self._text(chr(number % 0x10000))
            self.skip = self.state.stand_ins
        elif word in ("par", "sect"):
            self._end_line()
        elif not self._destination(word, starred=starred):
            self.state = self._looks(word, number)
            if self.state.goes == "font":
                self._font(word, number)
            elif self.state.goes == "text":
                self._table(word, number)

    def _looks(self, word: str, number: int | None) -> _State:
        """Return the state after a word that says how text is written or seen."""
        state = self.state
        if word in ("f", "af") and number is not None:
            return replace(state, font=number)
        if word == "uc":
            return replace(state, stand_ins=max(0, number or 0))
        if word == "v":
            return replace(state, hidden=number != 0)
        if word == "deleted":
            return replace(state, deleted=number != 0)
        if word == "deff":
            self.default_font = number or 0
        if word in ("plain", "deff"):
            return replace(state, hidden=False, deleted=False, font=self.default_font)
        if word == "ansicpg":
            self.page = number or self.page
        return state

    def _font(self, word: str, number: int | None) -> None:
        """Note the code page of a font, from its character set or as it says."""
        if word in ("fcharset", "cpg"):
            page = _CHARSETS.get(number or 0, 0) if word == "fcharset" else number
            self.fonts[self.state.font] = page or 0

    def _destination(self, word: str, *, starred: bool) -> bool:
        """Turn the group to where its text goes, if the word names a destination."""
        goes = None
        if self.state.goes == "skip":
            if word == "ud" and starred and len(self.stack) > 1:  # the Unicode twin of a text in the code page
                self.state = replace(self.state, goes=self.stack[-2].goes)
            return True
        if word in _SILENT or (starred and not self._known(word)):
            goes = "skip"
        elif word == "fonttbl":
            goes = "font"
        elif word == "info":
            goes = "info"
        elif self.state.goes == "info" and word in ("title", "author"):
            goes = f"info:{word}"
        elif word in _APART:
            goes = f"apart:{_APART[word]}"
        elif word in _LABELS:
            goes = "label:"
        elif word in _BOXES:
            goes = "box:"
        if goes:
            self.state = replace(self.state, goes=goes)
        if goes and ":" in goes:
            self.asides.append([])
        return goes is not None

    def _known(self, word: str) -> bool:
        return word in _APART or word in _LABELS or word in _BOXES or word in _OPENED

    def _table(self, word: str, number: int | None) -> None:
        if word == "pard":
            self.level = 0
        elif word == "intbl":
            self.level = max(1, self.level)
        elif word == "itap":
            self.level = max(0, number or 0)
        elif word == "trowd":
            self.edges, self.merges, self.merge, self.left = [], [], Merge(), 0
        elif word == "trleft":
            self.left = number or 0
        elif word in ("clmrg", "clvmrg"):
            self.merge = replace(
                self.merge, left=self.merge.left or word == "clmrg", above=self.merge.above or word == "clvmrg"
            )
        elif word == "cellx":
            self.edges.append(number or 0)
            self.merges.append(self.merge)
            self.merge = Merge()
        elif word in ("cell", "nestcell"):
            self.level = max(1, self.level) if word == "cell" else max(2, self.level)
            self._end_paragraph()
            self.rows.end_cell(self.level if word == "nestcell" else 1)
        elif word in ("row", "nestrow"):
            self.rows.end_row(1 if word == "row" else max(2, self.level), [self.left, *self.edges], self.merges)

    def _end_line(self) -> None:
        if self.state.goes == "text":
            self._end_paragraph()
        elif ":" in self.state.goes and self.asides:
            self.asides[-1].append("\n")

    def _drop(self) -> None:
        """Name the words that were left out since the last text."""
        if self.left_out:
            self.draft.drop(self.reason, "".join(self.left_out))
            self.left_out = []

    def _end_paragraph(self) -> None:
        self._flush()
        self._drop()
        for block in ("".join(self.paragraph), *self.boxes):
            if block.strip():
                self.rows.add(block, self.level)
        self.paragraph, self.boxes = [], []

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.starred = True
        elif self.skip:
            self.skip -= 1
        elif sign in (b"\n", b"\r"):
            self._end_line()
        elif (char := _SYMBOLS.get(sign)) is not None:
            self._flush()
            self._text(char)

    def _byte(self, byte: int) -> None:
        if self.skip:
            self.skip -= 1
        elif self.state.goes != "skip":
            self.bytes.append(byte)

    def _bytes(self, text: bytes) -> None:
        skipped = min(self.skip, len(text))
        self.skip -= skipped
        if self.state.goes != "skip":
            self.bytes += text[skipped:]

    def _flush(self) -> None:
        """Decode the bytes that wait, by the code page of their font."""
        if self.bytes:
            raw, self.bytes = bytes(self.bytes), bytearray()
            self._text(self._decoded(raw))

    def _decoded(self, raw: bytes) -> str:
        page = self.fonts.get(self.state.font, 0)
        if page == _SYMBOL_CHARSET and self.state.goes != "font":
            return "".join(symbol(self.names.get(self.state.font), byte, self.draft) for byte in raw)
        return raw.decode(_codec(page if page > _SYMBOL_CHARSET else self.page), errors="replace")

    def _text(self, text: str) -> None:
        state = self.state
        if state.goes == "text" and (state.hidden or state.deleted):
            reason = "deleted by a tracked change" if state.deleted else "hidden text"
            if reason != self.reason:
                self._drop()
            self.reason = reason
            self.left_out.append(text)
        elif state.goes == "text":
            self._drop()
            self.paragraph.append(text)
        elif state.goes == "font" and self.fonts.get(state.font) == _SYMBOL_CHARSET:
            self.names[state.font] = text.strip(" ;")
        elif ":" in state.goes and self.asides:
            self.asides[-1].append(text)


def _codec(page: int) -> str:
    name = _CODECS.get(page, f"cp{page}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name
