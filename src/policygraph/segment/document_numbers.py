"""The document number of a notice (发文字号): ``佳政办发〔2018〕17号``, not those that it cites.

It stands above the title or below it, by itself or in brackets. 《…》(国发〔2015〕17号) is another notice's number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.data import table
from policygraph.segment import recipients
from policygraph.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.text.view import View

_ENDS = tuple(table("elements")["title_ends"])
_SERIAL = r"[〔\[(【〈《{](?P<year>(?:19|20)\d{2,3})[〕\])】〉》}]\s?第?(?P<serial>\d{1,5})\s?号"
NUMBER = re.compile(rf"(?P<code>[\u4e00-\u9fff]{{1,14}}){_SERIAL}")
"""A document number with its ``code``, ``year`` and ``serial``."""

_NUMBER_END = re.compile(_SERIAL)
_MOST_CODE_CHARS = 14
_CODE = re.compile(r"(?:.*(?:通知|意见|方案|办法|规定|决定|公告|通告|措施|计划|规划|要点|函件))?(?P<code>.+)$")
_BEFORE_CODE = re.compile(r"[\u4e00-\u9fff]{2,}?(?:文件|政府|[省市县区厅局])")
_CODE_CHARS = 8


def document_number(words: str) -> str | None:
    """Return the document number that words are and nothing else, in its one shape, or ``None``.

    >>> document_number("佳政办发[2018] 17 号"), document_number("无")
    ('佳政办发〔2018〕17号', None)
    """
    match = NUMBER.fullmatch(re.sub(r"\s", "", normalise(words)))
    return f"{match['code']}〔{match['year']}〕{match['serial']}号" if match else None


def find(view: View, head: str, before: int) -> tuple[int, int, str] | None:
    """Return the span and the text of the notice's own number; cited numbers are passed over."""
    outline = recipients.OUTLINE.search(head)
    for match in within(head):
        start = match.start("code")
        code = _CODE.match(match["code"])
        start += code.start("code") if code else 0
        opens = start == 0 or head[start - 1] in "\n(:" or view.gap(start)
        whole = opens and match.start("year") - 1 - start <= _CODE_CHARS and not _BEFORE_CODE.match(head, start)
        gap = None if whole else max(view.gaps(start + 1, match.start("year")), default=None)
        start = gap if gap is not None and match.start("year") - 1 - gap <= match.start("year") - start else start
        parted = view.gap(start) and (outline is None or start < outline.end())
        own_line = start == 0 or head[start - 1] in "\n(:" or parted
        cited = head[max(0, start - 2) : start].endswith("》(") or head.rfind("《", 0, start) > head.rfind(
            "》", 0, start
        )
        if not cited and start <= before and (own_line or head[:start].endswith(_ENDS)):
            code_text = head[start : match.start("year") - 1]
            return start, match.end(), f"{code_text}〔{match['year']}〕{match['serial']}号"
    return None


def within(text: str) -> Iterator[re.Match[str]]:
    """Yield the document numbers of a text in order, each found by the bracket of its year."""
    reach = 0
    for end in _NUMBER_END.finditer(text):
        match = NUMBER.search(text, max(reach, end.start() - _MOST_CODE_CHARS), end.end())
        if match:
            reach = match.end()
            yield match
