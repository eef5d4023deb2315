"""The numbered outline: 一、 → （一） → 1. → （1） → ①, 第一章 → 第一条, 专栏1, 附件1.

Line starts offer headings; so do places inside a line that follow a full stop or a gap, because many copies
have no line breaks (``…发展目标。二、主要任务（一）强化…``), and there the number must be the next one. Levels follow
from the styles that are open, so ``1.`` may stand right below ``一、``. Numbers that are skipped, repeated or
restarted are taken as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.data import table
from policygraph.text.numerals import integer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.text.view import View

_STYLES = [
    (style["rank"], style.get("titled", True), re.compile(style["pattern"])) for style in table("outline")["style"]
]
_ANCHOR = re.compile(r"[第一二三四五六七八九十(〔\d①-⑳专附]")
_INSIDE = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,3}\.(?!\d)|\(\d{1,2}\)|[①-⑳])"
)
_BOX = re.compile(r"专栏\s?([一二三四五六七八九十]{1,3}|\d{1,2})[:、]?")
_ANNEX = re.compile(r"附[件表]\s?([一二三四五六七八九十]{1,3}|\d{0,2})[:、]?(?=\n|$)")
_BOX_RANK, _ANNEX_RANK = 5, 0
_ENDS_SENTENCE = "。;:!?)”》」\n"
_TITLE_CHARS = 50
_SENTENCE_TITLE_CHARS = 26
_HEAD_CHARS = 45


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading from ``start``; its words are ``title`` (at ``title_start:title_end``) or ``None``."""

    start: int
    end: int
    rank: int
    label: str
    path: str
    level: int
    title: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label that may open a heading: ``sure`` at a line's start, ``titled`` if words of its own follow."""

    start: int
    end: int
    rank: int
    label: str
    sure: bool
    titled: bool = True

    @property
    def number(self) -> int | None:
        if len(self.label) == 1 and "①" <= self.label <= "⑳":
            return ord(self.label) - ord("①") + 1
        return integer(self.label)


def find(view: View, text: str) -> list[Heading]:
    """Return the headings of ``text``, the view's text with what is no body blanked out, in order."""
    headings: list[Heading] = []
    chain: list[_Mark] = []
    last: dict[int, int] = {}
    accepted = [mark for mark in _marks(view, text) if _accept(text, mark, chain, last)]
    chain = []
    for index, mark in enumerate(accepted):
        following = accepted[index + 1].start if index + 1 < len(accepted) else len(text)
        while chain and chain[-1].rank >= mark.rank:
            chain.pop()
        chain.append(mark)
        headings.append(
            Heading(
                mark.start,
                following,
                mark.rank,
                mark.label,
                "/".join(one.label for one in chain),
                len(chain),
                _title(view, text, mark, following),
            )
        )
    return headings


def _marks(view: View, text: str) -> Iterator[_Mark]:
    line = 0
    while line < len(text):
        stop = text.find("\n", line)
        stop = len(text) if stop < 0 else stop
        opening = _at(text, line, sure=True)
        if opening:
            yield opening
        for match in _INSIDE.finditer(text, opening.end if opening else line, stop):
            if match.start() > line and (inner := _at(text, match.start(), sure=False)):
                before = text[match.start() - 1]
                near = _follows_heading(opening, inner) and before != "、"
                if before in _ENDS_SENTENCE or view.gap(match.start()) or near:
                    yield inner
        line = stop + 1


def _follows_heading(opening: _Mark | None, inner: _Mark) -> bool:
    return opening is not None and inner.start - opening.end <= _HEAD_CHARS


def _at(text: str, position: int, *, sure: bool) -> _Mark | None:
    """Return the label at ``position``, if one stands there."""
    if position >= len(text) or not _ANCHOR.match(text, position):
        return None
    for rank, titled, pattern in _STYLES:
        if match := pattern.match(text, position):
            return _Mark(position, match.end(), rank, match[1], sure, titled)
    if sure and (match := _BOX.match(text, position)):
        return _Mark(position, match.end(), _BOX_RANK, "专栏" + match[1], sure)
    if sure and (match := _ANNEX.match(text, position)):
        return _Mark(position, match.end(), _ANNEX_RANK, text[position : position + 2] + match[1], sure)
    return None


def _accept(text: str, mark: _Mark, chain: list[_Mark], last: dict[int, int]) -> bool:
    """Decide whether a label opens a heading; keep ``chain``, the open headings, and ``last``, numbers by rank."""
    while_open = list(chain)
    while while_open and while_open[-1].rank > mark.rank:
        while_open.pop()
    previous = while_open[-1] if while_open and while_open[-1].rank == mark.rank else None
    if not mark.sure and not _expected(text, mark, previous, chain, last):
        return False
    if previous:
        while_open.pop()
    chain[:] = [*while_open, mark]
    last[mark.rank] = mark.number or 0
    return True


def _expected(text: str, mark: _Mark, previous: _Mark | None, chain: list[_Mark], last: dict[int, int]) -> bool:
    """Tell whether a label inside a line carries the next number, or the first one below a heading.

    Below a heading numbering restarts, or runs on from the section before (二/一/3, 二/二/4).
    """
    if previous:
        return mark.number is not None and mark.number == (previous.number or 0) + 1
    after_heading = bool(chain) and "。" not in text[chain[-1].end : mark.start]
    return (
        mark.number in (1, last.get(mark.rank, 0) + 1)
        and (not chain or chain[-1].rank < mark.rank)
        and (after_heading or text[mark.start - 1] in _ENDS_SENTENCE)
    )


def _title(view: View, text: str, mark: _Mark, following: int) -> tuple[int, int] | None:
    """Return the span of the heading's words, or ``None`` if the item is a sentence of its own."""
    start = mark.end
    if not mark.titled:
        return None
    if mark.rank == _ANNEX_RANK and text[start : start + 1] == "\n":
        start += 1
    stop = min((p for p in (text.find("\n", start), text.find("。", start), following) if p >= 0), default=len(text))
    stop = min(stop, following)
    if stop - start > _HEAD_CHARS:
        stop = next((p for p in range(start + 2, start + _HEAD_CHARS) if view.gap(p)), stop)
    while stop > start and text[stop - 1] in ":;, ":
        stop -= 1
    alone = text[stop : stop + 1] == "。" and text[stop + 1 : following].strip("\n") == ""
    limit = _SENTENCE_TITLE_CHARS if alone else _TITLE_CHARS
    return (start, stop) if start < stop <= start + limit and text[stop : stop + 1] != ";" else None
