"""Targets: what is measured, how it is compared, the number, its unit and when it is due.

Each is found by its quantity and read both ways from there within its clause:
``绿色防控措施处置率 | 达到 | 38%``, ``新增 | 3个 | 大中型灌区…工程``, ``新建改造 | 污水处理管网 | 1公里``,
``8个 | …一级保护区 | 全部完成…``. A count that only says what an indicator covers (9个考核断面) and money that is
given (奖励50万元) are no targets.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.data import table
from policygraph.extract import quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.extract.quantities import Quantity
    from policygraph.extract.times import FoundTime
    from policygraph.models import Change, Comparator

_TABLE = table("quantities")


def _longest_first(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SIGN: dict[str, Comparator] = {w: e["sign"] for e in _TABLE["comparator"] for w in e["words"]}
_CHANGE: dict[str, Change] = {w: e["change"] for e in _TABLE["comparator"] if "change" in e for w in e["words"]}
_SUFFIX_SIGN: dict[str, Comparator] = {w: e["sign"] for e in _TABLE["suffix"] for w in e["words"]}
_COMPARED = re.compile(rf"(?P<word>{_longest_first(list(_SIGN))})(?P<about>约|大约)?$")
_SUFFIX = re.compile(_longest_first(list(_SUFFIX_SIGN)))
_COMMITS = re.compile(_longest_first(_TABLE["commits"]["words"]))
_EXCLUDES = re.compile(_longest_first(_TABLE["excludes"]["words"]))
_LEADS = re.compile(rf"(?:{_longest_first(_TABLE['leads']['words'])})+")
_STRENGTH = re.compile(_longest_first(_TABLE["strength"]["words"]))
_QUALITATIVE = re.compile(_longest_first([w for e in _TABLE["qualitative"] for w in e["words"]]))
_ALL_DONE = re.compile(r"(?:全部|均|都)(?:要|应)?(?:完成|建成|达到|实现|实行|纳入|开展)")
_MEASURED = re.compile(
    r"(?:率|比例|比重|占比|面积|总量|产量|产值|收入|系数|指数|规模|里程|内容|数量|人数|值|浓度|水平|能力|强度)$"
)
_BASELINE = re.compile(r"(?:比|较)(?P<base>[^,。;比较]{2,12}?(?:年|期|上年|去年)(?:末|底)?)")
_CLAUSE_END = re.compile(r"[,。;\n:!?]")
_NOUN_END = re.compile(r"[,。;\n:!?、()《]|以上|左右|,|的目标")
_CLOSERS = re.compile(r"(?:建设|工作|任务|整治|治理)$")


@dataclass(frozen=True, slots=True)
class FoundTarget:
    """A target at ``start:end`` of the compact text; ``due`` is an ISO date."""

    start: int
    end: int
    indicator: str
    comparator: Comparator
    value: str
    value_max: str | None
    unit: str | None
    change: Change | None
    baseline: str | None
    due: str | None
    strength: str | None


@dataclass(frozen=True, slots=True)
class FoundQualitative:
    """A commitment without a number at ``start:end``."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class _Clause:
    """The part of a sentence that holds a quantity, from behind its time expression to the next comma."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a quantity was read: the span of the whole, its indicator and how it compares."""

    start: int
    end: int
    indicator: str
    sign: Comparator
    change: Change | None = None


def find(text: str, times: Sequence[FoundTime] = (), *, year_end: str | None = None) -> list[FoundTarget]:
    """Return the targets of a compact text, in order.

    ``times`` are the times of the same text, in order; ``year_end`` is the last day of the plan year, due
    when no time governs a target.
    """
    ends = [time.end for time in times]
    found: list[FoundTarget] = []
    for quantity in quantities.find(text):
        clause = _clause(text, quantity, times, ends)
        reading = _read(text, clause, quantity)
        if reading is None or _EXCLUDES.search(text, clause.start, clause.end):
            continue
        baseline = _BASELINE.search(text, clause.start, quantity.start)
        strength = _STRENGTH.search(text, _back(text, quantity.start), quantity.start)
        found.append(
            FoundTarget(
                reading.start, reading.end, reading.indicator, reading.sign, quantity.value, quantity.value_max,
                quantity.unit, reading.change, baseline["base"] if baseline else None,
                _due(text, quantity, times) or year_end, strength.group() if strength else None,
            )
        )  # fmt: skip
    return found


def qualitative(text: str) -> list[FoundQualitative]:
    """Return the commitments without a number, each with its whole clause, in order."""
    found: dict[int, FoundQualitative] = {}
    for match in _QUALITATIVE.finditer(text):
        start = _back(text, match.start())
        stop = _CLAUSE_END.search(text, match.end())
        end = stop.start() if stop else len(text)
        found.setdefault(start, FoundQualitative(start, end, match.group()))
    return list(found.values())


def _read(text: str, clause: _Clause, quantity: Quantity) -> _Reading | None:
    suffix = _SUFFIX.match(text, quantity.end)
    end = suffix.end() if suffix else quantity.end
    sign = _SUFFIX_SIGN[suffix.group()] if suffix else None
    return (
        _compared(text, clause, quantity, end, sign)
        or (_committed(text, clause, quantity, end, sign) if quantity.unit else None)
        or (_all_done(text, clause, quantity) if quantity.counts else None)
        or (_measured(text, clause, quantity, end, sign) if quantity.unit else None)
    )


def _compared(text: str, clause: _Clause, quantity: Quantity, end: int, sign: Comparator | None) -> _Reading | None:
    """Read ``indicator 达到 number``."""
    match = _COMPARED.search(text, clause.start, quantity.start)
    if not match:
        return None
    word = match["word"]
    if word == "为" and not _MEASURED.search(text[clause.start : match.start()]):
        return None
    start = _lead(text, clause.start, match.start())
    if start == match.start() and text[clause.start - 1 : clause.start] in (",", ":"):
        start = _lead(text, _back(text, clause.start - 1), match.start())
    indicator = text[start : match.start()].strip(",、:")
    if not indicator:
        return _after(text, clause, match.start(), end, sign or _SIGN[word])
    if text[end : end + 1] == "的" and quantity.unit not in ("%", None):
        return None
    change = _CHANGE.get(word)
    return _Reading(start, end, indicator, "~" if match["about"] else sign or _SIGN[word], change)


def _committed(text: str, clause: _Clause, quantity: Quantity, end: int, sign: Comparator | None) -> _Reading | None:
    """Read ``新增 number things`` and ``新建 things number``."""
    verb = None
    for match in _COMMITS.finditer(text, clause.start, quantity.start):
        verb = verb or match
    if verb is None or text[quantity.start - 1] == "的":
        return None
    last, verb_end = verb.start(), verb.end()
    while more := _COMMITS.match(text, verb_end, quantity.start):
        last, verb_end = more.span()
    between = text[verb_end : quantity.start]
    stands_alone = end >= clause.end or text[end] in "(、)"
    if not between and stands_alone and last > verb.start():
        between = text[last : quantity.start]
    if not between or between.endswith(("等", ")", "》", "约", "共", "第")):
        return _after(text, clause, verb.start(), end, sign or ">=")
    if stands_alone:
        return _Reading(verb.start(), end, between, sign or ">=")
    if quantity.counts and verb.start() == clause.start:
        return _after(text, clause, verb.start(), end, sign or ">=")
    return None


def _after(text: str, clause: _Clause, start: int, end: int, sign: Comparator) -> _Reading | None:
    """Read the thing counted from the right of the number."""
    stop = _NOUN_END.search(text, end)
    last = min(stop.start() if stop else len(text), clause.end if clause.end > end else len(text))
    noun = text[end:last].removeprefix("的")
    if not noun:
        return None
    indicator = _CLOSERS.sub("", noun) or noun
    return _Reading(start, last, indicator, sign)


def _all_done(text: str, clause: _Clause, quantity: Quantity) -> _Reading | None:
    """Read ``8个…保护区全部完成规范化建设``."""
    done = _ALL_DONE.search(text, quantity.end, clause.end)
    if not done or done.start() == quantity.end:
        return None
    return _Reading(quantity.start, clause.end, text[quantity.end : done.start()], ">=")


def _measured(text: str, clause: _Clause, quantity: Quantity, end: int, sign: Comparator | None) -> _Reading | None:
    """Read ``覆盖率90%以上``, an indicator and a number with no word between."""
    start = _lead(text, clause.start, quantity.start)
    indicator = text[start : quantity.start]
    if not _MEASURED.search(indicator) or (end < clause.end and text[end] == "的"):
        return None
    return _Reading(start, end, indicator, sign or ">=")


def _clause(text: str, quantity: Quantity, times: Sequence[FoundTime], ends: list[int]) -> _Clause:
    start = _back(text, quantity.start)
    index = bisect_left(ends, quantity.start + 1) - 1
    if index >= 0 and start <= times[index].start:
        start = times[index].end
    stop = _CLAUSE_END.search(text, quantity.end)
    return _Clause(start, stop.start() if stop else len(text))


def _back(text: str, position: int) -> int:
    """Return where the clause that holds ``position`` begins; a comma inside brackets does not end one."""
    depth = 0
    while position > 0:
        char = text[position - 1]
        if char in ")]》":
            depth += 1
        elif char in "([《":
            if depth == 0:
                return position
            depth -= 1
        elif char in "。;\n!?" or (depth == 0 and char in ",:"):
            return position
        position -= 1
    return position


def _lead(text: str, start: int, end: int) -> int:
    match = _LEADS.match(text, start, end)
    return match.end() if match else start


def _sentence(text: str, position: int) -> tuple[int, int]:
    start = max(text.rfind("。", 0, position), text.rfind("\n", 0, position), text.rfind(";", 0, position)) + 1
    stops = [stop for mark in "。\n;" if (stop := text.find(mark, position)) >= 0]
    return start, min(stops, default=len(text))


def _due(text: str, quantity: Quantity, times: Sequence[FoundTime]) -> str | None:
    """Return the end of the time that governs a quantity: the last before it in its sentence, else the next."""
    start, end = _sentence(text, quantity.start)
    dated = [t for t in times if t.until and t.kind in ("by", "during", "on") and start <= t.start < end]
    before = [t.until for t in dated if t.end <= quantity.start]
    after = [t.until for t in dated if t.start >= quantity.end]
    return before[-1] if before else after[0] if after else None
