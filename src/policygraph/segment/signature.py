"""The signature of a notice: who signs, and on which date (成文日期).

``佳木斯市人民政府办公室 / 2018年7月19日``; several bodies may sign one under the other, and a copy without line
breaks runs them together (``重庆市人民政府2021年8月24日（此件公开发布）``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.data import table
from policygraph.text import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.text.view import View

SIGNS = tuple(table("elements")["signs"])
_PAGE = "|".join(map(re.escape, table("elements")["furniture"]))
_AFTER = re.compile(
    rf"\n|$|\(|附件|抄送|{_PAGE}|[^,。;:\n]{{0,40}}(?:方案|办法|意见|措施|规划|计划|要点|规定|细则|制度|政策)"
)
_PUBLIC = re.compile(r"\n?\((?:此件|有删减|本文)")
_BODY_CHARS = 45
_CENTRAL = r"国务院|国家|中国|中华|中央|全国"
_RUN_TOGETHER = re.compile(
    rf"(?<=部)(?=[\u4e00-\u9fff]{{2,}}(?:部|委员会|总局|局|署|会|银行)(?!办))(?!办公|机关|直属|门)"
    rf"|(?:(?<=委员会)|(?<=总局))(?=[\u4e00-\u9fff]{{2,}}(?:部|委员会|总局|局|署|会|银行))(?!办公|机关|直属)|(?<=[局行会院署])(?={_CENTRAL})"
)
_PLACE = re.compile(
    r"(?:中共|共青团)?(?P<place>(?![省市县区州])[\u4e00-\u9fff]{1,12}?"
    r"(?:特别行政区|自治区|自治州|自治县|实验区|新区|开发区|省|市(?!区)|州(?![省市区县])|盟|县|区|旗|镇|乡))"
    r"(?=[\u4e00-\u9fff]{2,})"
)
_OF_THE_CENTRE = re.compile(r"^(?:国家|中国|中央|全国)|(?:部|总局|总署|银行)$")
_NOT_A_PLACE = re.compile(r"(?:国家|中国|中央|中共中央|中华|国务院)")
_LEVEL_OR_CENTRE = re.compile(r"(?:[省市县区州盟旗镇乡]|自治区)[\u4e00-\u9fff]|国务院|国家|中国|中共|中央|中华|全国")
_TAIL = re.compile(r"(?:(?:人?民)?政)?府|(?:办?公)?[厅室]|(?:管?理?委)?员?会(?:办公室)?|局|部|委|中心|办")
_BEGUN = re.compile(r"[\u4e00-\u9fff]{1,3}|[\u4e00-\u9fff]{1,12}[省市县区州盟旗镇乡府]")


class Signature(Struct, frozen=True):
    """The signing bodies and the date, and the span of both in the compact text."""

    start: int
    end: int
    issuers: tuple[str, ...]
    date: str | None


def find(view: View, start: int, tables: Sequence[tuple[int, int]] = ()) -> Signature | None:
    """Return the first signature after ``start``: a date that stands alone below a body's name.

    Where none is, a date before （此件公开发布） is one without a body. What stands in ``tables`` signs nothing.
    """
    text = view.text
    alone: Signature | None = None
    for begin, end, value in dates.find(text, start):
        above = max((stop for first, stop in tables if first <= begin), default=0)
        if begin < above or not _AFTER.match(text, end):
            continue
        signed, first = _bodies(view, begin, max(start, above))
        if signed:
            return Signature(first, end, signed, value)
        if alone is None and _PUBLIC.match(text, end) and (text[begin - 1 : begin] == "\n" or view.gap(begin)):
            alone = Signature(begin, end, (), value)
    return alone


def bodies(name: str) -> list[str]:
    """Return the bodies of a signature, parted by 、; the central ones may run together without a space.

    >>> bodies("中国人民银行国务院国有资产监督管理委员会"), bodies("国家发展和改革委员会办公厅")
    (['中国人民银行', '国务院国有资产监督管理委员会'], ['国家发展和改革委员会办公厅'])
    >>> bodies("安和市水务局、安和市财政局"), bodies("安和市大气、水、土壤污染防治办公室")
    (['安和市水务局', '安和市财政局'], ['安和市大气、水、土壤污染防治办公室'])
    """
    listed = name.split("、")
    return [body for one in (listed if all(map(_signs, listed)) else [name]) for body in _RUN_TOGETHER.split(one)]


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
        line_above = text[stop - 1] == "\n" and bool(found)
        stop -= text[stop - 1] == "\n"
        opens = max(text.rfind("\n", least, stop) + 1, text.rfind("。", least, stop) + 1, least)
        begin = _last_part(view, opens, stop)
        if line_above and not _signs(text[opens:begin] or text[begin:stop]):
            break
        name = text[begin:stop].strip(",、;: ")
        names = bodies(name)
        if not (at_break or not found) or not all(map(_signs, names)):
            break
        found[:0] = names
        stop = first = begin
    return _of_places(tuple(found), text, first)


def _of_places(found: tuple[str, ...], text: str, first: int) -> tuple[tuple[str, ...], int]:
    """Leave out what stands above bodies of named places and names none itself: a table's last cells (市教委)."""
    placeless = [at for at, one in enumerate(found) if not jurisdiction((one,)) and not _OF_THE_CENTRE.search(one)]
    if not placeless or not jurisdiction(found[-1:]):
        return found, first
    own = placeless[-1] + 1
    for one in found[:own]:
        first = text.find(one, first) + len(one)
    return found[own:], text.find(found[own], first)


def _last_part(view: View, begin: int, stop: int) -> int:
    """Return where the last body of a line begins; a gap parts two bodies, not 人民政府办 公厅 or 安 徽省人民政府."""
    text = view.text
    cuts = view.gaps(begin + 1, stop)
    if not cuts:
        return begin
    if not _signs(text[begin:stop]):
        befores = zip([begin, *cuts], cuts, strict=False)
        whole = (cut for before, cut in reversed(list(befores)) if _whole(text[before:cut], text[cut:stop]))
        return next(whole, cuts[-1])
    place = _PLACE.match(text, begin, stop)
    cuts = tuple(cut for cut in cuts if not place or cut >= place.end("place"))
    for piece, cut in reversed(list(zip([begin, *cuts], cuts, strict=False))):
        begun = _BEGUN.fullmatch(text, piece, cut) or _PLACE.match(text, piece, stop)
        named = _signs(text[begin:cut]) and (_begins(text[cut:stop]) or not _PLACE.match(text, piece, stop))
        if (named or not begun) and _signs(text[cut:stop]) and not _TAIL.fullmatch(text, cut, stop):
            return cut
    return begin


def _whole(before: str, name: str) -> bool:
    """Tell whether a name is one body's: it begins like one, or stands behind another, and is no torn end (公室)."""
    return _signs(name) and (_begins(name) or (_signs(before) and not _TAIL.fullmatch(name)))


def _begins(words: str) -> bool:
    """Tell whether words begin as a body's name does: with a place, a level or the centre."""
    return _PLACE.match(words) is not None or _LEVEL_OR_CENTRE.match(words) is not None


def _signs(name: str) -> bool:
    return 2 <= len(name) <= _BODY_CHARS and name.endswith(SIGNS) and not re.search(r"[,。;:《》]|关于|请", name)  # noqa: PLR2004
