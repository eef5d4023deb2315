"""Plain text to a page: ``关于印发…的通知`` with its line ends made ``\\n``, and every other character as it is.

Lines with the same number of tabs are a table (``序号\\t任务\\t牵头单位``). The label lines that a page dump puts
before its body (``标题: …`` above ``===== 正文 =====``) are metadata as well as text.
"""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from policygraph.models import Cell, Page, Table
from policygraph.read.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.read.limits import Limits

_BODY = re.compile(r"^[=\-*#—]{3,}\s*正\s*文\s*[=\-*#—]{3,}\s*$", re.MULTILINE)
_LABELLED = re.compile(r"([\u4e00-\u9fff]{2,8})\s*[:：]\s*(\S.*)")
_HEAD_CHARS = 6_000
_CHINESE = "[一二三四五六七八九十]{1,3}"
_SECTION = re.compile(rf"(?:{_CHINESE}、|[（(]{_CHINESE}[）)]|第{_CHINESE}[章节部])[^\t。]{{2,40}}")
_LEAST_TABS = 2  # in a line of a table that may have rows with fewer


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
    """Yield the tables that tabs make: at least two lines, one after the other, with the same number of them.

    A line inside that names a section (``一、改善水环境``), with all tabs or none, is a row, and so is one that lost
    the tabs of its empty last cells.
    """
    if "\t" not in text:
        return
    cells = 0
    for run in _runs(text):
        cells += sum(line.count("\t") + 1 for _, line in run)
        limits.hold(source, "cells", cells)
        yield _table(run)


def _runs(text: str) -> Iterator[list[tuple[int, str]]]:
    """Yield the lines of each table with their places."""
    run: list[tuple[int, str]] = []
    start = width = 0
    for line, following in pairwise([*text.split("\n"), "", ""]):
        tabs = _tabs(line)
        if run and (tabs == width or (following != run[0][1] and _is_row(line, width, _tabs(following) == width))):
            run.append((start, line))
        else:
            if len(run) > 1:
                yield run
            run, width = [(start, line)] if tabs else [], tabs
        start += len(line) + 1


def _tabs(line: str) -> int:
    """Return the number of tabs in a line that has words on both sides of one, 0 for others."""
    return line.count("\t") if "\t" in line.strip() else 0


def _is_row(line: str, width: int, goes_on: bool) -> bool:
    """Tell whether a line with fewer fields stands in a table of ``width`` tabs a line."""
    words = line.strip()
    if width < _LEAST_TABS:
        return False
    if "\t" in words:
        return line.count("\t") < width and (goes_on or line.count("\t") > width / 2)
    if line.count("\t") == width:
        return goes_on or bool(words)
    return goes_on and _SECTION.fullmatch(words) is not None


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
