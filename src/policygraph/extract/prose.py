"""Duties that ordinary sentences give: ``由省财政厅会同省税务局制定…``, ``生态环境部负责统筹…``, ``区资源局要加强…``.

They are kept apart from responsibility statements: a sentence says what somebody does, a bracket who answers for a
task. Three forms are read, each with bodies named at the beginning of a clause or behind 由: a role word (牵头, 负责,
配合 …), 会同 with its partners, and 要 or 应 behind a body that is named, be it by its field (教育行政部门), or
behind governments (各市、县人民政府要…); 各地要…, 各单位要… and 各级政府要… name nobody in particular.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.extract import names
from policygraph.extract.clauses import back
from policygraph.extract.roles import Assigned
from policygraph.extract.stretches import Stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policygraph.extract.context import Context
    from policygraph.extract.names import Name
    from policygraph.models import Role

_NO_DUTY = r"(?![急用求对付变]|当前|知)"
_SAYS = re.compile(
    r"牵头会同|会同(?!意)|协同(?=[各有相市县区省片])|牵头|主办|主要负责(?!人|同志|的)|具体负责(?!人|同志|的)|负责(?!人|同志|的)"
    r"|负总责|承办|承担|积极配合(?!度)|配合(?!度)|应当|应该"
    rf"|要{_NO_DUTY}|应{_NO_DUTY}|须{_NO_DUTY}"
)
_MUST = frozenset(("应当", "应该", "要", "应", "须"))
_OF_A_BODY = frozenset("局委厅办部会院府司团心站社室门位关")
_ROLE: dict[str, Role] = {
    "牵头会同": "lead", "会同": "lead", "协同": "lead", "牵头": "lead", "主办": "lead",
    "积极配合": "support", "配合": "support",
}  # fmt: skip
_THEN = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6}?)(?P<word>牵头|会同|协同(?=[各有相市县区省片])|配合|指导|督促|督导|监督|组织、指导)"
    r"|(?:切实|进一步)?加强对[^,。;]{2,30}?的(?P<over>[\u4e00-\u9fff]{0,4}(?:指导|监督|督导))"
)
_THEN_CHARS = 45
_THEN_ROLE: dict[str, Role] = {"牵头": "lead", "会同": "lead", "协同": "lead", "配合": "support"}
_ADVERB = re.compile(
    r"(?:其中|同时|并|且|具体方案|具体|原则上|及时|定期|每年|每月|每季度|适时|分别|按照?[^,]{2,12}|:)+"
)
_BY = re.compile(r".*(?:由|交由|委托)")
_CUT = re.compile(
    r"对|就|按照|根据|结合|依照|在职责|要|应(?!急)|须|积极|主动|认真|切实|共同|统一|具体|分别|依法|每年|每季度|定期|向"
)
# What may stand in between is told apart in one way only, or in few: else 要对要对… is tried in each of its ways.
_PLAIN = r"(?:要|应当|应该|应|须|积极|主动|认真|切实|共同|统一|具体|分别|依法|定期|适时|,|在职责范围内|(?>对[^,。;]+))*"
_PLAINLY = re.compile(_PLAIN)
_LEADS_TO = re.compile(rf"{_PLAIN}(?:(?:依照[^,]{{2,8}}|按照?[^,。;]{{2,12}}原则){_PLAIN}){{0,2}}")
_NOT_OWN = ("经", "报", "向", "已经", "鼓励", "支持", "发挥", "充分发挥", "建立", "完善")
_COLLECTIVE_ENDS = (
    "单位",
    "部门",
    "政府",
    "局",
    "企业",
    "机构",
    "机关",
    "街道",
    "乡镇",
    "办事处",
    "学校",
    "片区",
    "委员会",
)
_GOVERNMENT_ENDS = ("政府", "管理局", "管委会", "管理委员会", "街道办事处")
_OF_NO_FIELD = "有关|相关|各|其他|本|责任|牵头|配合|上级|下级|职能|所属|成员|用人|主要|[省市县区州]直"
_OF_A_FIELD = re.compile(
    rf"(?!.{{0,6}}(?:{_OF_NO_FIELD})|(?:行政|政府|业务|行业|主管|监管)部门)"
    r"[\u4e00-\u9fff]{2,18}(?:部门|(?:管理|监管|审核)机构)"
)
_FOUNDED = re.compile(r"设立|下设|设在|成立|筹备|组建")
_NAMED = ("office", "government", "party", "vertical", "central", "enterprise")
_MOST_CHARS = 120


class FoundProse(Struct, frozen=True):
    """A clause at ``start:end`` that gives ``assigned`` to bodies."""

    start: int
    end: int
    assigned: tuple[Assigned, ...]


def find(text: str, context: Context, apart: Sequence[tuple[int, int]] = ()) -> list[FoundProse]:
    """Return the duties in sentences outside the spans ``apart`` (statements), in order, one for each clause."""
    found: dict[int, FoundProse] = {}
    sentences = Stretches(text, "。;\n!?")
    inside = iter(sorted(apart))
    span = next(inside, None)
    for match in _SAYS.finditer(text):
        if match.group() in _MUST and text[match.start() - 1 : match.start()] not in _OF_A_BODY:
            continue
        while span and span[1] <= match.start():
            span = next(inside, None)
        if (span and span[0] <= match.start()) or context.describes(match.start()):
            continue
        start = back(text, match.start())
        if text[start - 1 : start] == "," and _PLAINLY.fullmatch(text, start, match.start()):
            start = back(text, start - 1)  # …行政部门在职责范围内,|分别负责…
        if (
            start not in found
            and match.start() - start <= _MOST_CHARS
            and (one := _clause(text, start, match, sentences))
        ):
            found[start] = one
    return list(found.values())


def _clause(text: str, start: int, match: re.Match[str], sentences: Stretches) -> FoundProse | None:
    by = _BY.match(text, start, match.start())
    begin = by.end() if by else start
    adverb = _ADVERB.match(text, begin, match.start())
    begin = adverb.end() if adverb else begin
    cut = _CUT.search(text, begin + 2, match.start())
    last = cut.start() if cut else match.start()
    if not _LEADS_TO.fullmatch(text, last, match.start()):
        return None
    listed = names.split(text, begin, last) if begin < last and not text.startswith(_NOT_OWN, begin) else []
    if not listed or not all(_names_a_body(name, named=match.group() in _MUST) for name in listed):
        return None
    _, end = sentences.around(match.end())
    return FoundProse(begin, end, tuple(_assigned(text, match, listed, end)))


def _names_a_body(name: Name, *, named: bool) -> bool:
    """Tell whether a name is a body's; with ``named``, of those for many only governments' (not 各单位)."""
    if not names.plausible(name.full) or _FOUNDED.search(name.full):
        return False
    kind = names.kind(name.full)
    of_a_field = _OF_A_FIELD.fullmatch(name.full) is not None
    ends = _GOVERNMENT_ENDS if named else _COLLECTIVE_ENDS
    if named and "各级" in name.full:
        return False
    return kind in _NAMED or of_a_field or (kind == "collective" and name.full.endswith(ends))


def _assigned(text: str, match: re.Match[str], listed: list[Name], end: int) -> Iterator[Assigned]:
    said = match.group()
    role = _ROLE.get(said, "responsible")
    partners = match.end() if said in ("牵头会同", "会同", "协同") else None
    if said in _MUST and (then := _THEN.match(text, match.end(), min(end, match.end() + _THEN_CHARS))):
        role = _THEN_ROLE.get(then["word"] or "", "supervise")
        partners = then.end() if then["word"] in ("会同", "协同") else None
    if said in ("牵头", "主办") and text.startswith(("会同", "商"), match.end()):
        partners = match.end() + (2 if text.startswith("会同", match.end()) else 1)
    yield from (Assigned(name, role) for name in listed)
    if partners:
        yield from (Assigned(name, "support") for name in _partners(text, partners, end))


def _partners(text: str, start: int, end: int) -> Iterator[Name]:
    """Yield the bodies listed from ``start``; the last ends where its name does."""
    position = start
    while name := names.leading(text, position, end):
        yield name
        stop = name.start + len(name.surface)
        if text[stop : stop + 1] not in ("、", "和", "及", "与"):
            return
        position = stop + 1
