"""Plain text to a page: ``关于印发…的通知`` with its line ends made ``\\n``, and every other character as it is.

Lines with the same number of tabs are a table (``序号\\t任务\\t牵头单位``). The label lines that a page dump puts
before its body (``标题: …`` above ``===== 正文 =====``) are metadata as well as text.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from policygraph.models import Cell, Page, Table
from policygraph.read.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.read.limits import Limits

_BODY = re.compile(r"^[=\-*#—]{3,}\s*正\s*文\s*[=\-*#—]{3,}\s*$", re.MULTILINE)
_LABELLED = re.compile(r"([\u4e00-\u9fff]{2,8})\s*[:：]\s*(\S.*)")
_HEAD_CHARS = 6_000


def read(data: bytes, source: str, limits: Limits) -> Page:
    """Read a text file; ``\\r\\n`` and ``\\r`` become ``\\n``, every other character stays.

    Raises:
        UndecodableText: the bytes are no text.
        SourceError: there is more text than a notice has.

    """
    text, issues = decode(data, source)
    limits.hold(source, "text_chars", len(text))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = tuple(tables(text, source, limits))
    return Page(source, "text/plain", sha256(data).hexdigest(), text, issues, found, _labels(text))


def tables(text: str, source: str, limits: Limits) -> Iterator[Table]:
    """Yield the tables that tabs make: at least two lines, one after the other, with the same number of them."""
    if "\t" not in text:
        return
    run: list[tuple[int, str]] = []
    start = cells = 0
    for line in [*text.split("\n"), ""]:
        tabs = line.count("\t") if "\t" in line.strip() else 0
        if run and tabs != run[0][1].count("\t"):
            if len(run) > 1:
                cells += len(run) * (run[0][1].count("\t") + 1)
                limits.hold(source, "cells", cells)
                yield _table(run)
            run = []
        if tabs:
            run.append((start, line))
        start += len(line) + 1


def _table(lines: list[tuple[int, str]]) -> Table:
    cells: list[Cell] = []
    for row, (start, line) in enumerate(lines):
        begin = start
        for column, words in enumerate(line.split("\t")):
            inner = words.strip()
            at = begin + (words.index(inner) if inner else 0)
            cells.append(Cell((at, at + len(inner)), row, column))
            begin += len(words) + 1
    return Table((lines[0][0], lines[-1][0] + len(lines[-1][1])), tuple(cells))


def _labels(text: str) -> dict[str, str]:
    """Return what the label lines above the body of a page dump say; a label without a value is left out."""
    body = _BODY.search(text, 0, _HEAD_CHARS)
    if body is None:
        return {}
    lines = (_LABELLED.fullmatch(line.strip()) for line in text[: body.start()].split("\n"))
    return {line[1]: line[2] for line in lines if line}
