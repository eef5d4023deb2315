"""The line that addresses a notice: ``各县(市)区人民政府,市政府各直属单位:``.

It stands above the outline, at the beginning of a line, behind a gap or behind the document number. A stray space
inside a name parts nothing. What ends with the label of a page (``中国政府网浏览:``) or of a statement
(``县财政局;协办单位:``) addresses nobody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policygraph.data import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.text.view import View

_TABLE = table("elements")
_LABEL_ENDS = tuple(label for labels in _TABLE["labels"].values() for label in labels)
_FURNITURE = tuple(_TABLE["furniture"])
_ADDRESSEES = (
    "政府",
    "局",
    "委",
    "厅",
    "办",
    "办事处",
    "单位",
    "部门",
    "机构",
    "公司",
    "企业",
    "院",
    "会",
    "学校",
    "中心",
    "组",
    "部",
)
_SHARED = ("各直属", "各部门", "各组成", "各有关", "各委", "各办", "各局", "各单位", "各机构", "各部委")
_ADDRESSED_ANEW = (
    "各",
    "有关",
    "全",
    "驻",
    "中央",
    "市直",
    "县直",
    "区直",
    "省直",
    "州直",
    "市政府",
    "县政府",
    "区政府",
    "省政府",
    "自治区政府",
    "自治区直属",
)
_OFFICE_ENDS = r"(?:局|委|委员会|厅|办|办公室|院|中心|公司|集团|总队|支队|大队)"
_NAMED = re.compile(
    rf"(?:中共)?(?!各)(?:[\u4e00-\u9fff]{{2,8}}?(?:自治区|自治州|自治县|[省市县区州盟旗])|自治区|[省市县区州盟旗])"
    rf"(?!直|属|级|各)[^各、]{{1,25}}{_OFFICE_ENDS}(?:\([^()]{{1,20}}\))?"
)
_GOVERNMENTS = ("政府", "管委会", "管理委员会", "办事处", "部门", "单位", "机构")
_NUMBER_ENDS = re.compile(r"[〕\])】〉》}]\s?第?\d{1,5}\s?号")
_LINE = re.compile(r"[^\n。:]{2,500}:")
_PROVINCES = "|".join(table("bodies")["provinces"]["names"])
_ADDRESSED = re.compile(
    rf"(?:{_PROVINCES}|各|相关(?!链接|文件|附件|新闻|阅读|解读|资料)|市|省|县|区|州|国务院|有关|中国|中共|自治区|驻|在|全[省市县区]|局属|委属|厅属)(?!.*(?:如下|通知|意见|要求|以下))"
)
_LABEL = re.compile(
    r"(?:牵头|责任|配合|参与|参加|协助|协办|协同|主办|承办|落实|实施|指导|督导|监督|考核|主管|成员)(?:单位|部门|机构|主体)$"
    r"|(?:时限|时间|期限|日期|进度)$"
)
OUTLINE = re.compile(r"(?:^|[\n。:])(?:一、|第一[章条])")
_OF_A_LEVEL = re.compile(r"(?:^|[,、;])(?:省|市|县|区|州|盟|旗|镇|自治区|国务院|管委会)(?:人民政府|政府|直属)?$")
_NO_ADDRESS = re.compile(r"《|\d{4}年|分享")
_FOREIGN = re.compile(r"[\d《》〔〕]|关于")


def find(view: View, head: str) -> tuple[int, int, tuple[str, ...]] | None:
    """Return the span and the names of the line that addresses the notice, or ``None`` if nobody is addressed."""
    outline = OUTLINE.search(head)
    for match in _LINE.finditer(head, 0, outline.start() + 1 if outline else len(head)):
        start, end = match.start(), match.end() - 1
        gaps = view.gaps(start + 1, end)
        numbers = [number.end() for number in _NUMBER_ENDS.finditer(head, start, end)]
        opens = [start] if start == 0 or head[start - 1] in "\n:" or view.gap(start) else []
        begins = [p for p in sorted({*opens, *gaps, *numbers}) if addresses(head[p:end])]
        whole = (p for p in begins if _is_whole(head, p, end, [gap for gap in gaps if gap > p]))
        begin = next(whole, begins[-1] if begins else None)
        if begin is not None:
            return begin, end + 1, tuple(split(head[begin:end]))
    return None


def addresses(words: str) -> bool:
    """Tell whether words can be addressees, and no label of a page or of a statement."""
    return (
        _ADDRESSED.match(words) is not None
        and not words.endswith((*_LABEL_ENDS, *_FURNITURE))
        and not _LABEL.search(words)
        and not _NO_ADDRESS.search(words)
    )


def _is_whole(head: str, begin: int, end: int, gaps: list[int]) -> bool:
    """Tell whether words are addressees throughout, and no gap parts one from what stands before it."""
    if _FOREIGN.search(head, begin, end):
        return False
    return not any(
        head.endswith(_ADDRESSEES, begin, gap)
        and head.startswith(_ADDRESSED_ANEW, gap)
        and not _OF_A_LEVEL.search(head[begin:gap])
        for gap in gaps
    )


def split(words: str) -> Iterator[str]:
    """Yield the addressees of a line; 国务院各部委、各直属机构 is one, 各片区管理局、区直各单位 are two.

    >>> list(split("各省、自治区、直辖市人民政府,国务院各部委、各直属机构"))
    ['各省、自治区、直辖市人民政府', '国务院各部委、各直属机构']
    >>> list(split("市水务局、市财政局"))
    ['市水务局', '市财政局']
    """
    for part in re.split(r"[,;]", words):
        held = ""
        for piece in part.split("、"):
            shared = "各" in held[1:] and piece.startswith(_SHARED)
            anew = piece.startswith(_ADDRESSED_ANEW) or _is_another(held, piece)
            if held.endswith(_ADDRESSEES) and anew and not shared:
                yield held
                held = piece
            else:
                held = f"{held}、{piece}" if held else piece
        if held:
            yield held


def _is_another(held: str, piece: str) -> bool:
    """Tell whether a piece names one body (市财政局), and 各 before it, if any, does not count it in (各市水务局)."""
    return _NAMED.fullmatch(piece) is not None and ("各" not in held or held.endswith(_GOVERNMENTS))
