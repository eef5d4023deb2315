"""Markdown to a page: ``# 关于印发…的通知`` is the line 关于印发…的通知, ``**发布日期**: 2025-01-10`` is metadata.

Marks of headings, emphasis, quotes, bullets, rules, code and links are layout and leave the text; links keep their
words, and numbers of lists stay. Pipe tables, and HTML tables as converters of PDF write them, are tables. A line
stays a line.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from policygraph.read import chrome, metadata, wrapped
from policygraph.read.compose import Block, Draft, Filled, Grid
from policygraph.read.encoding import decode

if TYPE_CHECKING:
    from policygraph.models import Page
    from policygraph.read.limits import Limits

_LABELLED = re.compile(
    r"(?:[-*+]\s+)?(?:\*\*|__)(?P<label>[^*_:：\n]{1,12})(?:(?:\*\*|__)\s*[:：]|[:：]\s*(?:\*\*|__))\s*(?P<value>.*)"
)
_FRONT = re.compile(r"---[ \t]*\n((?:[^\n]*\n){1,60}?)---[ \t]*(?:\n|\Z)")
_FRONT_LINE = re.compile(r"([\w\u4e00-\u9fff-]{1,30})\s*[:：]\s*[\"']?(.*?)[\"']?\s*")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,}\s*|(?:```|~~~).*)")
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s+|(?=[\u4e00-\u9fff《“（]))(.*?)(?:\s+#+)?\s*")
_QUOTE = re.compile(r"\A\s{0,3}(?:>\s?(?![\d=]))+")
_BULLET = re.compile(r"\A\s*[-*+]\s+(?=\S)")
_UNDERLINE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_HTML_TABLE = re.compile(r"<table\b.*?</table\s*>[ \t]*\n?", re.IGNORECASE | re.DOTALL)
_SITE_HEADINGS = frozenset(["政策全文", "正文", "全文", "政策原文", "原文", "正文内容", "文件全文", "政策内容"])
_EMPHASIS = re.compile(
    r"(?<![A-Za-z0-9*])\*(?=[^\s*])([^*\n]{1,200})(?<=\S)\*(?![A-Za-z0-9*])"
    r"|(?<!\w)__?(?=[^\s_])([^_\n]{1,200})(?<=\S)__?(?!\w)|`+([^`\n]{1,200})`+|~~([^~\n]{1,200})~~"
)
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'][^\"'\n]*[\"'])?\s*\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?(?:\s+[\"'][^\"'\n]*[\"'])?\s*\)")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_TAG = re.compile(r"</?(?:div|p|span|font|center|b|strong|i|em|u|sup|sub|a|img|h[1-6]|hr)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|~>-])")
_ESCAPED = re.compile(r"[\ue000-\ue07f]")
_PRIVATE = 0xE000


def read(data: bytes, source: str, limits: Limits) -> Page:
    """Read a Markdown file.

    Raises:
        UndecodableText: the bytes are no text.
        SourceError: there is more text than a notice has.

    """
    text, issues = decode(data, source)
    limits.hold(source, "text_chars", len(text))
    draft = Draft(data, source, limits)
    for issue in issues:
        draft.issue(issue.reason)
    writing = _Writing(draft)
    writing.read(text.replace("\r\n", "\n").replace("\r", "\n"))
    return draft.page("text/markdown", writing.blocks)


class _Writing:
    """The lines of a page as they are written; what leaves them is told to the draft."""

    def __init__(self, draft: Draft) -> None:
        self.blocks: list[Block] = []
        self._draft = draft
        self._links: list[str] = []
        self._listing = False
        self._cells = 0

    def read(self, text: str) -> None:
        """Write down a whole file."""
        front = _FRONT.match(text)
        if front:
            pairs = (_FRONT_LINE.fullmatch(line) for line in front[1].split("\n"))
            for pair in pairs:
                self._draft.tell(pair[1], pair[2]) if pair else None
            text = text[front.end() :]
        last = 0
        lines: list[str] = []
        for table in _HTML_TABLE.finditer(text):
            lines += [*text[last : table.start()].split("\n"), table.group()]
            last = table.end()
        self._lines([*lines, *text[last:].split("\n")])
        if self._links:
            self._draft.metadata.setdefault("附件", "\n".join(self._links))

    def _lines(self, lines: list[str]) -> None:
        text = [index for index, line in enumerate(lines) if _is_text(line)]
        first, last = (text[0], text[-1]) if text else (len(lines), len(lines))
        index = 0
        while index < len(lines):
            line = lines[index]
            count = _pipe_rows(lines, index)
            labelled = _LABELLED.fullmatch(line.strip()) if not first <= index <= last else None
            if _HTML_TABLE.fullmatch(line):
                self._html(line)
            elif count:
                self._pipes(lines[index : index + count])
            elif labelled:
                self._draft.tell(labelled["label"].strip(), self._inline(labelled["value"]))
                self._draft.drop("metadata line", labelled.group())
            else:
                self._line(line)
            index += count or 1

    def _line(self, line: str) -> None:
        if not line.strip() or _RULE.fullmatch(line):
            return
        heading = _HEADING.fullmatch(line)
        words = self._inline(
            heading[1] if heading else _BULLET.sub("", _QUOTE.sub("", line, count=1), count=1)
        ).rstrip()
        reason = "site heading" if heading and words in _SITE_HEADINGS else chrome.of_line(words)
        linked = _LINK.fullmatch(_BULLET.sub("", line.strip(), count=1)) is not None
        self._listing = chrome.heads_links(words) or (self._listing and linked)
        if reason or self._listing:
            self._draft.drop(reason or "link", words)
        else:
            self.blocks.append(words)

    def _pipes(self, lines: list[str]) -> None:
        """Write a pipe table; short rows get empty cells at their end."""
        self._draft.limits.hold(self._draft.source, "cells", self._cells + sum(line.count("|") - 1 for line in lines))
        rows = [
            [
                wrapped.joined(self._inline(cell).strip())
                for cell in _PIPE.split(re.sub(r"^\s*\||(?<!\\)\|\s*$", "", line))
            ]
            for line in lines
            if not _UNDERLINE.fullmatch(line)
        ]
        width = max(map(len, rows))
        self._cells += len(rows) * width
        self._draft.limits.hold(self._draft.source, "cells", self._cells)
        padded = [[*row, *[""] * (width - len(row))] for row in rows]
        cells = [Filled(r, c, (words,)) for r, row in enumerate(padded) for c, words in enumerate(row)]
        self.blocks.append(Grid(tuple(cells)))
        self._listing = False

    def _html(self, table: str) -> None:
        from policygraph.read import blocks, markup  # noqa: PLC0415 - most Markdown has no markup

        root = markup.parse(table, self._draft.source, self._draft.limits)
        found = blocks.of(root, self._draft.source, self._draft.limits)
        self.blocks += [block.text if isinstance(block, blocks.Paragraph) else block for block in found]
        self._listing = False

    def _inline(self, text: str) -> str:
        """Return the words of a line without the marks inside it."""
        text = _ESCAPE.sub(lambda match: chr(_PRIVATE + ord(match[1])), text)
        text = _PICTURE.sub("", text)
        for link in _LINK.finditer(text):
            if metadata.is_file(link[2]):
                self._links.append(f"{link[1]} <{link[2]}>")
        text = _ADDRESS.sub(r"\1", _LINK.sub(r"\1", text))
        text = _TAG.sub("", _BREAK.sub("\n", text)).replace("**", "")
        text = _EMPHASIS.sub(lambda match: next(group for group in match.groups() if group), text)
        return _ESCAPED.sub(lambda match: chr(ord(match[0]) - _PRIVATE), unescape(text))


def _is_text(line: str) -> bool:
    """Tell whether a line belongs to the notice: it is no heading, label, rule or blank."""
    bare = line.strip()
    return bool(bare) and not (_HEADING.fullmatch(line) or _RULE.fullmatch(line) or _labels(bare))


def _labels(line: str) -> bool:
    match = _LABELLED.fullmatch(line)
    return match is not None and metadata.label(match["label"]) is not None


def _pipe_rows(lines: list[str], index: int) -> int:
    """Return how many lines from ``index`` are a pipe table: a head with an underline, or rows fenced by pipes."""
    count = 0
    while index + count < len(lines) and _PIPE.search(lines[index + count]):
        count += 1
    if count < 2:  # noqa: PLR2004 - a single line with a bar is text
        return 0
    if _UNDERLINE.fullmatch(lines[index + 1]) and not _UNDERLINE.fullmatch(lines[index]):
        return count
    fenced = (line.strip() for line in lines[index : index + count])
    return count if all(line.startswith("|") and line.endswith("|") for line in fenced) else 0
