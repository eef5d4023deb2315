"""The signature of a notice: who signs, and on which date (成文日期).

``佳木斯市人民政府办公室 / 2018年7月19日``; several bodies may sign one under the other, and a copy without line
breaks runs them together (``重庆市人民政府2021年8月24日（此件公开发布）``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.data import table
from policygraph.text import dates

if TYPE_CHECKING:
    from policygraph.text.view import View

_SIGNS = tuple(table("elements")["signs"])
_AFTER = re.compile(r"\n|$|\(|附件|抄送|[^,。;:\n]{0,40}(?:方案|办法|意见|措施|规划|计划|要点|规定|细则|制度|政策)")
_BODY_CHARS = 45
_PLACE = re.compile(
    r"(?P<place>(?![省市县区州])[\u4e00-\u9fff]{1,12}?(?:特别行政区|自治区|自治州|自治县|实验区|新区|开发区|省|市|州|盟|县|区|旗|镇|乡))"
    r"(?=[\u4e00-\u9fff]{2,})"
)
_NOT_A_PLACE = re.compile(r"(?:国家|中国|中央|中共中央|中华|国务院)")


@dataclass(frozen=True, slots=True)
class Signature:
    """The signing bodies and the date, and the span of both in the compact text."""

    start: int
    end: int
    issuers: tuple[str, ...]
    date: str | None


def find(view: View, start: int) -> Signature | None:
    """Return the first signature after ``start``: a date that stands alone below a body's name."""
    text = view.text
    for begin, end, value in dates.find(text, start):
        if not _AFTER.match(text, end):
            continue
        bodies, first = _bodies(view, begin, start)
        if bodies:
            return Signature(first, end, bodies, value)
    return None


def jurisdiction(issuers: tuple[str, ...]) -> str | None:
    """Return the place whose body signs (佳木斯市), or ``None`` for central bodies."""
    for issuer in issuers:
        if not _NOT_A_PLACE.match(issuer) and (match := _PLACE.match(issuer)):
            return match["place"]
    return None


def _bodies(view: View, date: int, least: int) -> tuple[tuple[str, ...], int]:
    """Return the names that stand right above or before a date, in order, and where the first begins."""
    text = view.text
    found: list[str] = []
    stop = first = date
    while stop > least:
        at_break = text[stop - 1] == "\n" or view.gap(stop)
        stop -= text[stop - 1] == "\n"
        begin = max(text.rfind("\n", least, stop) + 1, text.rfind("。", least, stop) + 1, least)
        begin = next((p for p in range(stop - 1, begin, -1) if view.gap(p)), begin)
        name = text[begin:stop].strip(",、;: ")
        if not (at_break or not found) or not _signs(name):
            break
        found.insert(0, name)
        stop = first = begin
    return tuple(found), first


def _signs(name: str) -> bool:
    return 2 <= len(name) <= _BODY_CHARS and name.endswith(_SIGNS) and not re.search(r"[,。;:《》]|关于|请", name)  # noqa: PLR2004
