"""How a quantity is read in its clause: what it measures, how it compares, and over which words.

From the number both ways: ``处置率 | 达到 | 38%`` (a level), ``排放总量 | 下降 | 10%`` (a change),
``新增 | 3个 | 灌区工程`` and ``新建 | 管网 | 1公里`` (a count), ``8个 | 保护区 | 全部完成…`` and
``50%以上 | 算力 | 实现…`` (a share of things that do), ``覆盖率90%以上`` (a measured noun), ``48小时内办结`` (a limit).
Each reading is one small function that returns ``None`` if the words are not of its form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from policygraph.data import alternatives, table
from policygraph.extract import baselines, clauses
from policygraph.extract.quantities import COMMITS

if TYPE_CHECKING:
    from policygraph.extract.quantities import Quantity
    from policygraph.models import Change, Comparator

_TABLE = table("quantities")

_SIGN: dict[str, Comparator] = {w: e["sign"] for e in _TABLE["comparator"] for w in e["words"]}
_CHANGE: dict[str, Change] = {w: e["change"] for e in _TABLE["comparator"] if "change" in e for w in e["words"]}
_SUFFIX_SIGN: dict[str, Comparator] = {w: e["sign"] for e in _TABLE["suffix"] for w in e["words"]}
_OPERATOR: dict[str, Comparator] = {"≥": ">=", "≧": ">=", "≤": "<=", "≦": "<=", ">": ">", "<": "<", "=": "="}
_COMPARED = re.compile(
    rf"(?P<spread>分别|(?<!年)均|都)?(?P<word>{alternatives(_SIGN)})(?P<about>约|大约)?(?:\d{{4}}年[底末]?的)?(?P<of>[^,。;、]{{1,14}}的)?$"
)
_COMPARED_CHARS = 26 + max(map(len, _SIGN))
_LAST_COMPARING = frozenset([*(word[-1] for word in _SIGN), *_OPERATOR, "约", "的"])
_SUFFIX = re.compile(rf"(?:{alternatives(_SUFFIX_SIGN)})")
_COMMITS = re.compile(COMMITS)
_VERB_ONLY = re.compile(rf"(?:{COMMITS})?")
_VERB = f"{alternatives(_SIGN)}|{COMMITS}"
_SPAN = r"(?:[一两二三四五六七八九十]|\d)年(?:时间|内)?(?:共|累计)?"
_SPANNED = re.compile(rf"{_SPAN}$")
_PREDICATE = re.compile(rf"{alternatives(_TABLE['predicates']['words'])}(?:、|且|并|,并)")
_LEADS = re.compile(
    rf"(?:{alternatives(_TABLE['leads']['words'])}"
    rf"|(?:{alternatives(_TABLE['leads']['adverbs'])})(?=\d|{_VERB})(?!建设)"
    rf"|{_SPAN}(?={_VERB})(?!建设|实施))+"
)
_DOES = alternatives(_TABLE["does"]["words"])
_ALL_DONE = re.compile(rf"(?:全部|均|都)(?:要|应)?(?:{_DOES})")
_DO = re.compile(rf"(?:全部|均|都)?(?:{_DOES})")
_MEASURED = re.compile(
    r"(?:率|比例|比重|占比|面积|量|产值|收入|系数|指数|规模|里程|内容|数量|人数|值|浓度|水平|能力|强度|增速|时延|投资|可靠性|算力|时间|期限|周期|年限|占[\u4e00-\u9fff]{2,8})"
    r"(?:年均)?$"
)
_HEADS = re.compile(r"率|面积|量|人数|户数|规模|里程|比例|比重|占比|收入|投资|能力|时间")
_NOUN_END = re.compile(
    r"[,。;\n:!?()《]|以上|左右|的目标|(?:、|和|及)(?=[一两]?\d|[一两三四五六七八九十]名)"
    rf"|(?:、|和|及)(?=[^\d、,。;]{{2,14}}?(?:{alternatives(_SIGN)})\d)"
)
_NEXT_COUNT = re.compile(r"(?:和|及|与|以及)(?:[^\d,。;]|\d(?=[A-Za-z])){2,24}\d")
_COUNTED_BEFORE = re.compile(r"\d[\u4e00-\u9fff%]{1,4}?(?:和|及|与|以及)(?=[^\d]{2})")
_QUALIFIED = re.compile(
    r"(?:[百千万亿]{1,2}元|规模|限额|县级|市级|省级|国家级|部级|[一二三四五]级|[甲乙丙]等|AA{1,3}级)及?以上"
)
_CLOSERS = re.compile(r"(?:负责.*|工作|任务)$")
_SPREAD_TAIL = re.compile(r"(?:分别|(?<!年)均|都|总体|平均|整体|要|将|应|力争|确保|争取|须|一般|原则上)+$")
_LEVEL_ENDS = ("的基础上", "的目标", "的要求", "的水平", "的标准")
_OF_THOSE = re.compile(r"其中:?$")
_PART = re.compile(r"(?:每|[两二三四五六七八九十\d]个)$")
_PARTS = re.compile(r"\d+%(?![\u4e00-\u9fff])")
_COMPOSED = re.compile(r"[^,。;]{0,8}?(?:组成|构成)")
_EVENT = re.compile(rf"(?:{_SPAN})?(?:共|{alternatives(_TABLE['commits']['events'])})+$")
_EACH = re.compile(r"(?:\d+[.、])?每[个家户所名县镇乡村校班]")
_THING = re.compile(r"[\u4e00-\u9fff“]")
_ANOTHER = re.compile(r"(?:(?![和及与])[\u4e00-\u9fff]){2,6}\d")
_SIZES = ("存栏", "出栏", "年产", "产值", "收入", "装机", "投资", "占地", "面积", "容积", "规模")
_SERVICE = ("小时", "分钟", "秒", "个工作日")
_TERM = re.compile(r"(?:时间|期限|年限|周期|时限)$")
_FORMAL = re.compile(r"(?:印发|发布|公布|施行|下发)之日起$")
_CLAUSE_ENDS = re.compile(r"[,。;\n!?]")
_THOSE_CHARS = 3
_PART_CHARS = 2
_AHEAD_CHARS = 24
_FORMAL_CHARS = 5
_LIMIT = re.compile(r"(?:之|以)?内")


class Clause(Struct, frozen=True):
    """The part of a sentence that holds a quantity, from behind its time expression to the next comma.

    ``counting`` is the unit in which the clause before it counted things, so that a bare count goes on: …,20家….
    ``own`` is where the words behind the value before begin (面积稳定在120万亩、|产量稳定在50万吨), and ``before`` what
    that value measured, which holds on where no words stand between (处理率达到95%并稳定在98%) or only a date
    (新建1000公里,其中2022年|300公里).
    """

    start: int
    end: int
    counting: str | None = None
    own: int = 0
    before: str = ""

    @property
    def begin(self) -> int:
        """Return where the words begin that can be this quantity's indicator."""
        return max(self.start, self.own)


class Reading(Struct, frozen=True):
    """The span of the whole, its indicator and how it compares; ``spread`` marks 分别 and 均."""

    start: int
    end: int
    indicator: str
    sign: Comparator
    change: Change | None = None
    spread: str | None = None


def measures(text: str, quantity: Quantity) -> bool:
    """Tell, cheaply, whether a quantity can be read at all: it has a unit, or a comparing word or sign before it."""
    return quantity.unit is not None or text[quantity.start - 1 : quantity.start] in _LAST_COMPARING


def read(text: str, clause: Clause, quantity: Quantity) -> Reading | None:
    """Return how a quantity is read in its clause, or ``None`` if it is no target there."""
    if not quantity.counts and quantity.unit not in ("%", None) and _ANOTHER.match(text, quantity.end):
        return None
    if baselines.states(text, clause.start, quantity) or _composes(text, clause, quantity):
        return None
    suffix = _SUFFIX.match(text, quantity.end)
    end = suffix.end() if suffix else quantity.end
    sign = _SUFFIX_SIGN[suffix.group()] if suffix else None
    if quantity.lasts:
        return _limited(text, clause, quantity, end, sign)
    return (
        _operated(text, clause, quantity, end)
        or _compared(text, clause, quantity, end, sign)
        or (_all_done(text, clause, quantity) if quantity.counts else None)
        or (_counted(text, clause, quantity, end, sign) if quantity.unit else None)
        or (_shared(text, clause, quantity, end, sign) if quantity.unit == "%" else None)
        or (_measured(text, clause, quantity, end, sign) if quantity.unit else None)
        or _part(text, clause, quantity, end, sign)
        or _latency(text, clause, quantity)
    )


def lead(text: str, start: int, end: int) -> int:
    """Return where words begin behind 力争, 全市, 其中 and the like."""
    match = _LEADS.match(text, start, end)
    return match.end() if match else start


def commits(text: str, start: int, end: int) -> bool:
    """Tell whether a verb that commits to a count ends right before ``end``."""
    return any(match.end() == end for match in _COMMITS.finditer(text, start, end))


def _composes(text: str, clause: Clause, quantity: Quantity) -> bool:
    """Tell whether a number says what a thing consists of (由5人组成的专班, 三个100%) or per how many (每100户)."""
    part = _PART.search(text, max(clause.start, quantity.start - _PART_CHARS), quantity.start)
    if part and (part.group() == "每" or quantity.unit == "%"):
        return True
    if not quantity.counts:
        return False
    by = text.rfind("由", clause.start, quantity.start) >= 0 and _COMPOSED.match(text, quantity.end, clause.end)
    return bool(by or _PARTS.match(text, quantity.end, clause.end))


def _operated(text: str, clause: Clause, quantity: Quantity, end: int) -> Reading | None:
    """Read ``PUE≤1.15``."""
    sign = _OPERATOR.get(text[quantity.start - 1 : quantity.start])
    start = lead(text, clause.begin, quantity.start)
    if sign is None or quantity.start - 1 <= start:
        return None
    slash = text.rfind("/", start, quantity.start)
    start = max(start, slash + 1)
    named = re.match(r"按照?", text[start : quantity.start])
    start += named.end() if named else 0
    return Reading(start, end, text[start : quantity.start - 1], sign)


def _compares(text: str, clause: Clause, quantity: Quantity) -> re.Match[str] | None:
    """Return the words that compare right before a quantity."""
    if text[quantity.start - 1 : quantity.start] not in _LAST_COMPARING:
        return None
    return _COMPARED.search(text, max(clause.start, quantity.start - _COMPARED_CHARS), quantity.start)


def _compared(text: str, clause: Clause, quantity: Quantity, end: int, sign: Comparator | None) -> Reading | None:
    """Read ``indicator 达到 number``."""
    match = _compares(text, clause, quantity)
    if not match or (match["of"] and quantity.unit not in ("%", "‰")):
        return None
    word = match["word"]
    if word == "为" and not _MEASURED.search(_SPREAD_TAIL.sub("", text[clause.start : match.start()])):
        return None
    start = lead(text, clause.begin, match.start())
    stop = baselines.cut(text, start, match.start())
    start = max([start, *(said.end() for said in _PREDICATE.finditer(text, start, stop))])
    if start == stop and word == "突破" and quantity.counts:
        return _after(text, clause, match.start(), end, ">=")
    held = clause.before if start == stop else ""
    if start == stop and not held and text[clause.start - 1 : clause.start] in (",", ":", ")"):
        start = lead(text, clauses.back(text, clause.start - 1), stop)
        stop = baselines.cut(text, start, stop)
    if start == stop < match.start() and not held:
        return None
    indicator = held or _SPREAD_TAIL.sub("", text[start:stop].strip(",、:"))
    if indicator.endswith(("可", "最高", "可达")):
        return None
    sign = "~" if match["about"] else sign or _SIGN[word]
    bare = len(indicator) <= 2 or commits(text, start, match.start())  # noqa: PLR2004 - 构建, 配置
    if quantity.counts and bare and _THING.match(text, end):
        return _after(text, clause, start, end, sign)
    aside = text.startswith("(", end) and text.startswith(")的", text.find(")", end, end + clauses.MOST_CHARS))
    if not indicator or ((aside or text.startswith("的", end)) and len(indicator) <= 2):  # noqa: PLR2004 - 按, 安排
        return _after(text, clause, match.start(), end, sign)
    if text.startswith("的", end) and quantity.unit != "%" and not text.startswith(_LEVEL_ENDS, end):
        return None
    if word in ("提升", "提高") and quantity.unit not in ("%", "个百分点", "倍"):
        return None
    spread = match["spread"] or next((w for w in ("分别", "均") if text[start : match.start()].endswith(w)), None)
    return Reading(start, end, indicator, sign, _CHANGE.get(word), spread)


def _counted(text: str, clause: Clause, quantity: Quantity, end: int, sign: Comparator | None) -> Reading | None:
    """Read ``新增 number things``, ``新建 things number`` and a count that goes on from the clause before."""
    verb = next(_COMMITS.finditer(text, clause.start, quantity.start), None)
    joined = text[quantity.start - 1] in "和及、" or lead(text, clause.start, quantity.start) == quantity.start
    if clause.counting and joined and (quantity.counts or quantity.unit == clause.counting):
        return _after(text, clause, quantity.start, end, sign or ">=")
    if verb is None:
        return None
    listed = text[quantity.start - 1] == "等" and verb.start() > lead(text, clause.start, quantity.start)
    attribute = text.startswith("的", end) and _compares(text, clause, quantity)
    attribute = attribute or (sign and text.endswith(_SIZES, clause.start, quantity.start) and _THING.match(text, end))
    if listed or attribute or text[quantity.start - 1] in "的第" or text.startswith("等", end):
        return None
    begin = max(verb.start(), text.rfind("、", verb.start(), quantity.start) + 1)
    begin = max([begin, *(match.end() for match in _COUNTED_BEFORE.finditer(text, begin, quantity.start))])
    last, verb_end = verb.span() if begin == verb.start() else (begin, begin)
    while (more := _COMMITS.match(text, verb_end, quantity.start)) and (
        quantity.start - more.end() != 1 or _HEADS.match(text, more.end())
    ):
        last, verb_end = more.span()
    between = text[verb_end : quantity.start]
    stands_alone = end >= clause.end or text[end] in "(、)/" or _NEXT_COUNT.match(text, end, clause.end) is not None
    before = lead(text, max(clause.start, text.rfind("、", clause.start, quantity.start) + 1), quantity.start)
    if stands_alone and between in ("", "共") and verb_end - before >= 4:  # noqa: PLR2004 - 生态屏障建设, 区域赛举办
        named = text[before:verb_end]
        return Reading(before, end, _EVENT.sub("", named) or named, sign or ">=")
    if stands_alone and _HEADS.fullmatch(between):
        opens = lead(text, max(clause.start, text.rfind("、", clause.start, quantity.start) + 1), quantity.start)
        opening = _COMMITS.match(text, opens, last)
        opens = opening.end() if opening else opens
        return Reading(opens, end, text[opens : quantity.start], sign or ">=")
    if not between and stands_alone and (spanned := _SPANNED.search(text, clause.start, verb.start())):
        return Reading(spanned.start(), end, _made_before(text, clause) or text[verb.start() : verb_end], sign or ">=")
    if not between and stands_alone and last > verb.start():
        between = text[last : quantity.start]
    if not between or between.endswith((")", "》", "约", "共", "等", "全市", "全省", "全区", "全县", "优先")):
        return _after(text, clause, begin, end, sign or ">=")
    if stands_alone:
        return Reading(begin, end, between, sign or ">=")
    if quantity.counts and (verb.start() == clause.start or len(between) <= 2):  # noqa: PLR2004 - 为本地区, 每个
        return _after(text, clause, begin, end, sign or ">=")
    return None


def _made_before(text: str, clause: Clause) -> str:
    """Return what the clause before says is made: 新建农村公路,|三年新建1000公里."""
    if text[clause.start - 1 : clause.start] != ",":
        return ""
    start = clauses.back(text, clause.start - 1)
    verb = _COMMITS.search(text, start, clause.start - 1)
    return text[verb.end() : clause.start - 1] if verb else ""


def _after(text: str, clause: Clause, start: int, end: int, sign: Comparator) -> Reading | None:
    """Read the thing counted from the right of the number."""
    qualified = _QUALIFIED.match(text, end)
    limit = clause.end if clause.end > end else end + clauses.MOST_CHARS
    last = _noun_end(text, qualified.end() if qualified else end, limit)
    close = text.find(")", end, end + clauses.MOST_CHARS) if text.startswith("(", end) else -1
    if close >= 0 and text.startswith("的", close + 1):
        end = close + 1
        last = _noun_end(text, end, end + clauses.MOST_CHARS)
    noun = text[end:last].removeprefix("的")
    if not noun or noun[0] in "、/":
        return None
    indicator = _CLOSERS.sub("", noun) or noun
    return Reading(start, last, indicator, sign)


def _noun_end(text: str, start: int, limit: int) -> int:
    """Return where the noun that begins at ``start`` ends, at ``limit`` if not before."""
    stop = _NOUN_END.search(text, start, limit + _AHEAD_CHARS)
    return min(stop.start() if stop else limit, limit, len(text))


def _all_done(text: str, clause: Clause, quantity: Quantity) -> Reading | None:
    """Read ``8个…保护区全部完成规范化建设``."""
    done = _ALL_DONE.search(text, quantity.end, clause.end)
    if not done or done.start() == quantity.end:
        return None
    return Reading(quantity.start, clause.end, text[quantity.end : done.start()], ">=")


def _shared(text: str, clause: Clause, quantity: Quantity, end: int, sign: Comparator | None) -> Reading | None:
    """Read ``50%以上算力实现一体化调度`` and ``产品100%实现在线追溯``."""
    if text.startswith("(", end):
        return None
    begin = end + text.startswith("的", end)
    first = lead(text, clause.start, quantity.start)
    if begin > end and first < quantity.start:
        return None
    done = _DO.search(text, begin, min(clause.end, begin + 40 if begin > end else end + 20))
    if not done:
        return None
    start = quantity.start
    if done.start() == end:
        start = first
        if start == quantity.start:
            return None
    who = re.sub(r"(?:实现|应当|应|须|要)+$", "", text[start : quantity.start])
    return Reading(start, clause.end, who + text[begin : clause.end], sign or ">=")


def _measured(text: str, clause: Clause, quantity: Quantity, end: int, sign: Comparator | None) -> Reading | None:
    """Read ``覆盖率90%以上``, an indicator and a number with no word between."""
    start = lead(text, clause.begin, quantity.start)
    start = max(start, text.rfind("、", start, quantity.start) + 1)
    indicator = text[start : quantity.start].removesuffix("约").removesuffix("共").replace("原则上", "")
    about = text[quantity.start - 1] == "约"
    closed = end >= clause.end or text[end] == "、"
    of_those = (
        text.startswith("其中", clause.start)
        or _OF_THOSE.search(text, max(0, clause.start - _THOSE_CHARS), clause.start) is not None
    )
    alike = of_those or quantity.unit == clause.counting
    goes_on = clause.counting and (sign == ">=" or alike)
    counted = quantity.counts and closed and len(indicator) > 1 and (goes_on or _EACH.match(indicator))
    if not (_MEASURED.search(indicator) or counted) or (end < clause.end and text[end] == "的"):
        return None
    return Reading(start, end, indicator, "~" if about else sign or ">=")


def _part(text: str, clause: Clause, quantity: Quantity, end: int, sign: Comparator | None) -> Reading | None:
    """Read ``其中2022年(新建)300公里``, a part of the value before it that has its own date."""
    begin = lead(text, clause.start, quantity.start)
    if clause.own > clause.start or not clause.before or not _VERB_ONLY.fullmatch(text, begin, quantity.start):
        return None
    return Reading(begin, end, clause.before, sign or ">=")


def _limited(text: str, clause: Clause, quantity: Quantity, end: int, sign: Comparator | None) -> Reading | None:
    """Read ``审查周期压缩至4个月以内`` and ``48小时内办结``; a duration without a limit is no target."""
    compared = _compared(text, clause, quantity, end, sign)
    bounded = compared and compared.change is None and not text.startswith("的", end)
    if compared and bounded and (compared.sign == "<=" or _TERM.search(compared.indicator)):
        return compared
    within = _LIMIT.match(text, quantity.end)
    if (
        not within
        or quantity.unit not in _SERVICE
        or _FORMAL.search(text, max(0, quantity.start - _FORMAL_CHARS), quantity.start)
    ):
        return None
    start = lead(text, max(clause.start, text.rfind("、", clause.start, quantity.start) + 1), quantity.start)
    said = text[start : quantity.start].strip("在于要")
    stop = clause.end
    if stop <= within.end():
        stop = min(len(text), within.end() + clauses.MOST_CHARS)
        more = _CLAUSE_ENDS.search(text, within.end() + 1, stop)
        stop = more.start() if more else stop
    stop = listed if (listed := text.find("、", within.end(), stop)) > 0 else stop
    if len(said) > 2 and not said.endswith("之日起"):  # noqa: PLR2004 - 在, 应在
        return Reading(start, stop, said, "<=")
    return Reading(quantity.start, stop, text[within.end() : stop].strip(",、"), "<=")


def _latency(text: str, clause: Clause, quantity: Quantity) -> Reading | None:
    """Read ``单向20ms时延``: a delay is an upper bound."""
    if quantity.unit not in ("ms", "毫秒"):
        return None
    delay = re.compile(r"(?:以内|之内)?的?(时延|延时|延迟)").match(text, quantity.end)
    if not delay:
        return None
    start = max(clause.start, quantity.start - 2)
    return Reading(start, delay.end(), text[start : quantity.start] + delay[1], "<=")
