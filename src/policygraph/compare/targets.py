"""What changed in the numbers: an indicator is found again by its name, also in another task.

Tightened is what asks for more: a floor (达到95%以上) that rises, a ceiling (控制在5%以下) that falls. Where the
comparator does not tell, or the same number is asked of a higher rank in one year (省级示范街), it is only raised
or lowered. Another unit, another baseline or another thing counted is redefined: the values cannot be compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from policygraph.compare.pieces import plain
from policygraph.compare.similarity import dice
from policygraph.compare.values import Change, Kind, Side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policygraph.models import Notice, Target

_TOGETHER, _APART, _REDEFINED = 0.3, 0.74, 0.72
_SHORT_CHARS = 5
_OTHER_HEAD = 0.3
_COUNTERS = frozenset("个家条处座所项名件种批户人片块支")
_RANKS = (("国家级", 4), ("省级", 3), ("市级", 2), ("县级", 1), ("区级", 1))
_BREAK = re.compile(r"[，,；;。：:、\n]|和(?=\d)")
_AMOUNT = re.compile(r"\d+(?:\.\d+)?(?:%|\w)?(?:以[上内下])?")
_FLOOR, _CEILING = (">=", ">"), ("<=", "<")


@dataclass(frozen=True, slots=True)
class Found:
    """A target with the name that tells it from others: its clause where the indicator is short (样品, 合格率)."""

    target: Target
    name: str


def read(notice: Notice) -> list[Found]:
    """Return the targets of a notice, each once where it is said twice in the same words."""
    seen, found = set(), []
    for target in notice.targets:
        name = _name(notice.page.text, target)
        key = (name, target.comparator, target.value, target.value_max, target.unit, target.due)
        if key not in seen:
            found.append(Found(target, name))
        seen.add(key)
    return found


def find(old: Notice, new: Notice, together: Mapping[str, int], also: Mapping[str, int]) -> list[Change]:
    """Return how targets changed; the maps give the group of each task of the old and of the new notice."""
    was, now = read(old), read(new)
    pairs = _match(was, now, together, also)
    changes = [change for i, j in pairs for change in _typed(old, new, was[i], now[j])]
    gone, came = {i for i, _ in pairs}, {j for _, j in pairs}
    tasks = {task for task in together if task}, {task for task in also if task}
    for i, one in enumerate(was):
        if i not in gone:
            changes.append(Change("target dropped", _side(old, one), None, _lone(one, tasks[0], "dropped")))
    for j, one in enumerate(now):
        if j not in came:
            changes.append(Change("target added", None, _side(new, one), _lone(one, tasks[1], "added")))
    return changes


def _lone(one: Found, paired: set[str], what: str) -> str:
    if one.target.task and one.target.task not in paired:
        return f"{what} with its task"
    return f"no target for {one.name} in the other notice"


def _name(text: str, target: Target) -> str:
    name = plain(target.indicator)
    if len(name) >= _SHORT_CHARS:
        return name
    before = _BREAK.split(text[max(0, target.span[0] - 30) : target.span[0]])[-1]
    words = _AMOUNT.sub("", plain(before + text[slice(*target.span)]))
    return words if len(words) > len(name) else name


def _match(
    was: Sequence[Found], now: Sequence[Found], left: Mapping[str, int], right: Mapping[str, int]
) -> list[tuple[int, int]]:
    """Pair targets, the most alike first; ties go to those at like places."""
    close = []
    for i, one in enumerate(was):
        for j, other in enumerate(now):
            together = left.get(one.target.task or "", -1) == right.get(other.target.task or "", -2)
            alike = _alike(one.name, other.name)
            same = _unit(one.target) == _unit(other.target)
            if (together and dice(one.name, other.name) >= _TOGETHER) or (same and alike >= _APART):
                score = alike + 0.4 * together + 0.2 * same + 0.05 * (one.target.value == other.target.value)
                close.append((-round(score, 6), abs(i - j), i, j))
    pairs: list[tuple[int, int]] = []
    for _, _, i, j in sorted(close, key=lambda row: (row[0], row[1], row[2] + row[3], min(row[2:]), row[2])):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def _alike(one: str, other: str) -> float:
    """Return how alike two names are; what is counted stands last (示范街 is no 示范店, 合格率 no 检出率)."""
    chars = 3 if one.endswith("率") and other.endswith("率") else 1
    return dice(one, other) - (0 if one[-chars:] == other[-chars:] else _OTHER_HEAD)


def _shortened(one: str, other: str) -> bool:
    """Tell whether a name is another with some of its characters left out."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(char in rest for char in short)


def _typed(old: Notice, new: Notice, was: Found, now: Found) -> list[Change]:
    kind, why = _kind(was, now)
    sides = _side(old, was), _side(new, now)
    firm = _firmness(now.target) - _firmness(was.target)
    found = [Change(kind, *sides, why)] if kind else []
    if firm:
        words = " → ".join(one.target.strength.word if one.target.strength else "(plain)" for one in (was, now))
        found.append(Change("strength firmer" if firm > 0 else "strength weaker", *sides, words))
    return found


def _firmness(target: Target) -> int:
    """Return how firmly a target is meant; 确保 says no more than a number that is simply asked for."""
    return {"encouraged": 0, "aspired": 1}.get(target.strength.grade, 2) if target.strength else 2


def _kind(was: Found, now: Found) -> tuple[Kind | None, str]:
    one, other = was.target, now.target
    if _alike(was.name, now.name) < min(_TOGETHER, dice(was.name, now.name)):
        return "target redefined", f"another indicator in its place: {was.name}, {now.name}"
    if _unit(one) != _unit(other):
        return "target redefined", f"the unit is another: {one.unit or 'none'}, {other.unit or 'none'}"
    if one.change != other.change:
        return "target redefined", f"a level and a change cannot be compared: {_said(one)}, {_said(other)}"
    if one.change and (one.baseline or other.baseline) and one.baseline != other.baseline:
        return "target redefined", f"the baseline is another: {one.baseline}, {other.baseline}"
    if {one.comparator, other.comparator} & set(_FLOOR) and {one.comparator, other.comparator} & set(_CEILING):
        return "target redefined", f"a floor and a ceiling: {_said(one)}, {_said(other)}"
    risen = (_amount(other) > _amount(one)) - (_amount(other) < _amount(one))
    ranked = _rank(now.name) - _rank(was.name)
    stricter = _stricter(one, other)
    if risen and ranked and (risen * stricter > 0) != (ranked > 0):
        return (
            "target raised" if risen > 0 else "target lowered"
        ), "the number and the rank it is asked of moved apart"
    if risen:
        kinds: tuple[Kind, Kind] = (
            ("target tightened", "target loosened") if stricter else ("target raised", "target lowered")
        )
        rose = risen * (stricter or 1) > 0
        what = {1: "a floor", -1: "a ceiling", 0: "a value"}[stricter]
        return kinds[0] if rose else kinds[
            1
        ], f"{what} that {'rose' if risen > 0 else 'fell'}: {_said(one)} → {_said(other)}"
    if ranked and stricter > 0:
        return ("target tightened" if ranked > 0 else "target loosened"), "the same number, asked of another rank"
    if dice(was.name, now.name) < _REDEFINED and not _shortened(was.name, now.name):
        return "target redefined", f"the same value of another indicator: {was.name}, {now.name}"
    return None, ""


def _stricter(one: Target, other: Target) -> int:
    """Return 1 where a greater number asks for more, -1 where for less, 0 where nothing tells."""
    both = {one.comparator, other.comparator}
    if one.value_max or other.value_max:
        return 0
    return 1 if both & set(_FLOOR) else -1 if both & set(_CEILING) else 0


def _amount(target: Target) -> Decimal:
    low = Decimal(target.base_value or target.value)
    return (low + Decimal(target.value_max)) / 2 if target.value_max and not target.base_value else low


def _unit(target: Target) -> str:
    unit = target.base_unit or target.unit or ""
    return "count" if unit in _COUNTERS else unit


def _rank(name: str) -> int:
    return next((rank for word, rank in _RANKS if word in name), 0)


def _said(target: Target) -> str:
    upper = f"–{target.value_max}" if target.value_max else ""
    change = {"increase": "+", "decrease": "−", None: ""}[target.change]
    return f"{target.comparator} {change}{target.value}{upper}{target.unit or ''}"


def _side(notice: Notice, found: Found) -> Side:
    target = found.target
    return Side(target.task, target.span, notice.page.text[slice(*target.span)], _said(target))
