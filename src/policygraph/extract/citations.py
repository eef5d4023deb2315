"""Cited notices, plans, laws and standards: ``《地下水质量标准》(GB/T14848-2017)``.

A citation is a title in 《》 with the number in brackets behind it, a title without 《》 before such a bracket
(平潭综合实验区2016年工作要点（岚综委〔2016〕5号）), or a number that stands alone. One mention is one citation. The
notice's own title and what it puts in force are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.text.anchored import Anchored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygraph.models import Elements

_NUMBER = r"[\u4e00-\u9fff]{1,14}[〔\[(](?:19|20)\d{2}[〕\])]\d{1,5}号"
_STANDARD = (
    r"[A-Z](?<![A-Za-z].)(?:(?<=T)/[A-Z]{2,6}|[A-Z]{1,5})(?:\d{2,4}(?=/))?(?:/?[TZ])?\s?/?[A-Z]?"
    r"\d{1,6}(?:\.\d+)*[—\-](?:19|20)\d{2}(?!\d)"
)
_ORDER = r"(?:[\u4e00-\u9fff]{2,12}?令第?|[\u4e00-\u9fff]{2,12}?第?)\d{1,4}号令?"
_SERIAL = re.compile(r"[〔\[(](?:19|20)\d{2}[〕\])]\d{1,5}号")
_CODE = re.compile(r"[\u4e00-\u9fff]{1,14}$")
_OF_A_STANDARD = Anchored(_STANDARD, "—19", "—20", "-19", "-20")
_BEHIND = re.compile(rf"[(〔\[](?P<number>{_NUMBER}|{_STANDARD}|{_ORDER})(?:[,;、][^()]*)?[)〕\]]")
_BARE_ENDS = re.compile(
    r"(?:通知|意见|决定|公告|方案|办法|规定|计划|规划|要点|措施|细则|条例|纲要|函|表|制度|预案|批复)[(〔]$"
)
_BARE_START = re.compile(
    r"(?s:.*)(?:[,。;:、\n!?》)]|根据|按照|依照|依据|贯彻|落实|执行|按|我[省市县区]|(?:文件|方案|通知|要求)和)"
)
_BARE_CHARS = 60
_BRACKETS = re.compile(r"[〔\[()〕\]]")
_ATTACHED = re.compile(r"\((?:以下简称[^()]{0,30})?[^()]{0,6}附件|\(附后")
_OWN_FORM = re.compile(r"\(以下简称《([^》]{2,20})》[^()]*附件")
_PUT_IN_FORCE = re.compile(r"(?:已|业)经?[^。,]{0,24}(?:同意|批准|通过|审定)|(?:现)?印发给你们")
_TITLE_CHARS = 120
_TITLE_MARKS = re.compile(r"[《》]")
_NAMED = re.compile(r"(?:以下)?简称$")
_CODE_STOPS = re.compile(r".*(?:根据|按照|依据|贯彻|落实|执行|和|及|与|以|见|的|由|《|》)")


class FoundCitation(Struct, frozen=True):
    """A citation at ``start:end`` of the compact text; ``title`` is without its outer 《》."""

    start: int
    end: int
    title: tuple[int, int] | None
    document_number: str | None


def find(text: str, apart: Sequence[tuple[int, int]] = ()) -> list[FoundCitation]:
    """Return the citations of a compact text, in order, none overlapping.

    A title without 《》 does not reach into the spans ``apart``, statements that stand right before it in a table.
    """
    forms = {match[1] for match in _OWN_FORM.finditer(text)}
    titled = [one for one in _titled(text) if one.title and text[slice(*one.title)] not in forms]
    ends = sorted(end for _, end in apart)
    found = [*titled, *(_with_title(text, one, ends) for one in _numbered(text, titled))]
    return sorted(found, key=lambda citation: citation.start)


def own(text: str, one: FoundCitation, notice: Elements) -> bool:
    """Tell whether a citation is of the notice itself, of what it puts in force or of what it attaches.

    A preamble may word the title a little otherwise than the heading does (治理“餐桌污染”实施… for …建设…).
    """
    if one.title is None and one.document_number and notice.document_number:
        return _plain(one.document_number).endswith(_plain(notice.document_number))
    if one.title is None or one.document_number:
        return False
    words = text[slice(*one.title)]
    if _ATTACHED.match(text, one.end) or any(words in name or name in words for name in notice.attachments):
        return True
    return (notice.title is not None and words in notice.title) or _PUT_IN_FORCE.match(text, one.end) is not None


def _plain(number: str) -> str:
    """Return a document number with the brackets that every copy writes otherwise left out."""
    return _BRACKETS.sub("|", number)


def _with_title(text: str, one: FoundCitation, ends: Sequence[int]) -> FoundCitation:
    """Give a number in brackets the title without 《》 that stands before them, if one does."""
    if not _BARE_ENDS.search(text, max(0, one.start - 4), one.start):
        return one
    close = one.end + 1 if text[one.end : one.end + 1] in (")", "〕") else one.end
    least = max(one.start - _BARE_CHARS, ends[index - 1] if (index := bisect_right(ends, one.start)) else 0, 0)
    lead = _BARE_START.match(text, least, one.start - 1)
    start = lead.end() if lead else least
    if one.start - 1 - start < 4:  # noqa: PLR2004 - 工作方案 alone names no document
        return one
    return FoundCitation(start, close, (start, one.start - 1), one.document_number)


def _titled(text: str) -> Iterator[FoundCitation]:
    closes = _closes(text)
    position = 0
    while (start := text.find("《", position)) >= 0:
        close = closes.get(start)
        position = (close or start) + 1
        if close is None or _NAMED.search(text, max(0, start - 4), start):
            continue
        number = _BEHIND.match(text, close + 1)
        end = number.end() if number else close + 1
        yield FoundCitation(start, end, (start + 1, close), number["number"] if number else None)


def _closes(text: str) -> dict[int, int]:
    """Return where each title closes, by where it opens; titles within it are counted, and none goes on in a line."""
    found: dict[int, int] = {}
    opened: list[int] = []
    line_end = -1
    for match in _TITLE_MARKS.finditer(text):
        position = match.start()
        if position > line_end:
            opened.clear()
            line_end = text.find("\n", position)
            line_end = len(text) if line_end < 0 else line_end
        if text[position] == "《":
            opened.append(position)
        elif opened and position - (start := opened.pop()) < _TITLE_CHARS:
            found[start] = position
    return found


def _numbered(text: str, titled: list[FoundCitation]) -> Iterator[FoundCitation]:
    """Yield numbers that no title carries."""
    index = 0
    for start, end in sorted([*_documents(text), *(match.span() for match in _OF_A_STANDARD.finditer(text))]):
        while index < len(titled) and titled[index].end <= start:
            index += 1
        if index < len(titled) and titled[index].start <= start:
            continue
        yield FoundCitation(start, end, None, text[start:end])


def _documents(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of document numbers: the issuer's code stands before the bracket of the year."""
    for serial in _SERIAL.finditer(text):
        code = _CODE.search(text, max(0, serial.start() - 14), serial.start())
        if code:
            lead = _CODE_STOPS.match(text, code.start(), serial.start())
            start = lead.end() if lead else code.start()
            if start < serial.start():
                yield start, serial.end()
