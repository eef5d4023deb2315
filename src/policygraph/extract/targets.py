"""Targets: what is measured, how it is compared, the number, its unit and when it is due.

Each is found by its quantity and read both ways from there within its clause (:mod:`~policygraph.extract.readings`);
values that are shared out (花生种植、收获机械化率分别达到65%和55%) make one target each. A count that only says what an
indicator covers (9个考核断面), money that is given (奖励50万元), a threshold (1亿元以上的企业) and what was already
reached are no targets.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from policygraph.data import alternatives, longest_first, table
from policygraph.extract import baselines, clauses, quantities, readings, sharing, strength
from policygraph.extract.context import Context
from policygraph.extract.dues import Dues
from policygraph.extract.readings import Clause
from policygraph.text.anchored import Anchored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.extract.found import FoundTime
    from policygraph.extract.quantities import Quantity
    from policygraph.extract.readings import Reading
    from policygraph.models import Change, Comparator, DueFrom, Strength
    from policygraph.segment.rows import Row

_TABLE = table("quantities")
_EXCLUDES = re.compile(
    rf"(?:{'|'.join(f'{word[0]}(?<![由从].){word[1:]}' for word in longest_first(_TABLE['excludes']['words']))})(?!性)"
)
_OF_MONEY = re.compile(
    r"(?:贷款|授信|补贴|补助|资助|保险费?)[\u4e00-\u9fff]{0,6}?(?P<measure>余额|(?<![利税])率|办理时限|发放时限|拨付时限|人次|面积|户数|增速)$"
)
_QUALITATIVE = re.compile(alternatives([w for e in _TABLE["qualitative"] for w in e["words"]]))
_THRESHOLD = re.compile(r"(?:及?以上|及?以下)的|(?:以上|以下)(?:规模|企业|单位|项目|人员|医院|园区)")
_CONDITION = re.compile(
    r"[凡符满属达具如若](?<![^,。;:\n、].)(?:(?<=[凡如若])|(?<=符)合|(?<=满)足|(?<=属)于|(?<=达)到以下|(?<=具)[有备])"
)
_DONE = Anchored(
    rf"(?:已经?(?:全部|累计|陆续|先后|相继)?(?:{quantities.COMMITS})|(?:{quantities.COMMITS})了)[^,。;的]*$", "已", "了"
)
_SO_FAR = re.compile(
    r"(?:截至|截止|目前,|去年(?<![较比由从]去年)|上年(?<![较比由从]上年)|近年来|以来,)(?![^。;]*(?:到20|力争|确保|争取|计划|[将要须]|底前|达到))[^。;]*$"
)
_SHARE = re.compile(r"(?:比重|比例|占比)$")
_REQUIRED = re.compile(r",(?:是|作为)[^。;]{0,30}条件")
_DATED_PART = re.compile(r"[,、;(和]?(?:其中[,:]?)?\d{4}年(?:年?底)?(?:[之以]?前)?")
_JOINT = re.compile(r"[、和及与并且(]*")
_LIST_MARK = re.compile(r"[\-—·•]{1,2}")
_SO_FAR_CHARS = 600
_JOINING_CHARS = 40
_MOST_SHARED = 100


class FoundTarget(Struct, frozen=True):
    """A target at ``start:end`` of the compact text; ``due`` is an ISO date, ``due_from`` where it stands."""

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
    strength: Strength | None
    due_from: DueFrom | None = None


class FoundQualitative(Struct, frozen=True):
    """A commitment without a number at ``start:end``."""

    start: int
    end: int
    words: str


def find(
    text: str,
    times: Sequence[FoundTime] = (),
    *,
    rows: Sequence[Row] = (),
    year_end: str | None = None,
    context: Context | None = None,
) -> list[FoundTarget]:
    """Return the targets of a compact text, in order.

    ``times`` are the times of the same text, in order; ``rows`` those of task tables, whose deadlines hold for what
    stands in them; ``year_end`` is the last day of the plan year, due
    when no time governs a target.
    """
    around = context or Context(text)
    dues = Dues(text, times, rows, year_end, around)
    ends = [time.end for time in times]
    found: list[FoundTarget] = []
    taken = 0
    counted_to, counted = -1, None
    listed = list(quantities.find(text))
    for index, quantity in enumerate(listed):
        if quantity.start < taken or not readings.measures(text, quantity) or around.describes(quantity.start):
            continue
        if found and text[quantity.start - 1] == "/" and found[-1].end == quantity.start - 1:
            found.append(replace(found[-1], end=quantity.end, value=quantity.value, unit=quantity.unit))
            continue
        clause = _behind(text, _clause(text, quantity, times, ends, (counted_to, counted)), quantity, found, taken)
        reading = readings.read(text, clause, quantity)
        if reading is None or _excluded(text, clause, quantity, reading, dues.part(quantity.start)):
            continue
        due, due_from = dues.find(quantity, clause)
        if due_from != "plan year" and around.past(due):
            continue
        things = quantity.counts or text[quantity.end : reading.end].endswith(reading.indicator)
        counted_to, counted = (reading.end, quantity.unit) if things else (-1, None)
        for value, indicator in sharing.spread(text, reading, quantity, listed[index + 1 : index + _MOST_SHARED]):
            taken = max(taken, value.end)
            found.append(_target(text, clause, reading, (indicator, value), (due, due_from)))
    return found


def _target(
    text: str, clause: Clause, reading: Reading, shared: tuple[str, Quantity], due: tuple[str | None, DueFrom | None]
) -> FoundTarget:
    indicator, quantity = shared
    return FoundTarget(
        reading.start,
        max(reading.end, quantity.end),
        indicator,
        reading.sign,
        quantity.value,
        quantity.value_max,
        quantity.unit,
        reading.change,
        baselines.find(text, min(clause.start, reading.start), quantity.start),
        due[0],
        strength.find(text, clauses.back(text, quantity.start), quantity.start),
        due[1],
    )


def qualitative(text: str) -> list[FoundQualitative]:
    """Return the commitments without a number, each with its whole clause, in order."""
    found: dict[int, FoundQualitative] = {}
    for match in _QUALITATIVE.finditer(text):
        start = clauses.back(text, match.start())
        found.setdefault(start, FoundQualitative(start, clauses.end(text, match.end()), match.group()))
    return list(found.values())


def _excluded(text: str, clause: Clause, quantity: Quantity, reading: Reading, part: int) -> bool:
    """Tell whether a number is money given, a threshold or a condition, or something that was already done.

    ``part`` is where its part of the sentence begins.
    """
    share = quantity.unit == "%" and _SHARE.search(reading.indicator) is not None
    if (not share and _money(text, clause, quantity, reading)) or _REQUIRED.match(text, clause.end):
        return True
    opens = quantity.unit == "%" and reading.start == quantity.start
    bound = _THRESHOLD.match(text, quantity.end) and not opens
    if _done(text, clause.start, quantity.start) or _SO_FAR.search(
        text, max(part, quantity.start - _SO_FAR_CHARS), quantity.start
    ):
        return True
    threshold = bound and not readings.commits(text, clause.start, quantity.start)
    condition = _CONDITION.search(text, clause.start, quantity.start)
    return bool(threshold or condition or text[clause.end - 1] == "的")


def _done(text: str, start: int, end: int) -> bool:
    """Tell whether words say that something was done."""
    return _DONE.search(text, start, end) is not None


def _money(text: str, clause: Clause, quantity: Quantity, reading: Reading) -> bool:
    """Tell whether a clause has an excluded word that is no part of an indicator (贷款余额, 补贴办理时限)."""
    measured = _OF_MONEY.search(reading.indicator)
    named = text.find(reading.indicator, clause.start, quantity.start) if measured else -1
    for word in _EXCLUDES.finditer(text, clause.start, clause.end):
        overlaps = word.start() < quantity.end and word.end() > quantity.start
        within = measured and named >= 0 and named <= word.start() < named + measured.start("measure")
        if not overlaps and not within:
            return True
    return False


def _clause(
    text: str, quantity: Quantity, times: Sequence[FoundTime], ends: list[int], counted: tuple[int, str | None]
) -> Clause:
    start = clauses.back(text, quantity.start)
    index = bisect_left(ends, quantity.start + 1) - 1
    if index >= 0 and start <= times[index].start and text[times[index].end : quantity.start] != "的":
        start = times[index].end
    if mark := _LIST_MARK.match(text, start, quantity.start):
        start = mark.end()
    while start < quantity.start and text[start] in ",、 ":
        start += 1
    reach, unit = counted
    goes_on = reach >= 0 and any(_joins(text, reach, p) for p in (start, quantity.start))
    return Clause(start, clauses.end(text, quantity.end), unit if goes_on else None)


def _joins(text: str, start: int, end: int) -> bool:
    """Tell whether nothing but words that join stands between two counts."""
    return end - start <= _JOINING_CHARS and not text[start:end].strip(",、和及 其中:(")


def _behind(text: str, clause: Clause, quantity: Quantity, found: Sequence[FoundTarget], taken: int) -> Clause:
    """Give a clause where the words behind the value before begin, if it has one, and what that value measured."""
    if taken <= clause.start:
        part = found and found[-1].unit == quantity.unit and _DATED_PART.fullmatch(text, found[-1].end, clause.start)
        return replace(clause, before=found[-1].indicator) if part else clause
    begin = found[-1].end if found[-1].end <= quantity.start else taken
    joint = _JOINT.match(text, begin, quantity.start)
    return replace(clause, own=joint.end() if joint else begin, before=found[-1].indicator)
