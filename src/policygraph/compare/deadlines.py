"""What changed in the dates: brought forward, postponed, set, removed.

9月底前 in the plan of each year is the same deadline a year later: dates inside their plan's year are compared as
days of it. 2018年底前建成 in one plan and 2019年底前建成 in the next is not: what is built once was put off. A
recurrence is compared by its interval (每季度 → 每月 is brought forward).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.compare.pieces import plain
from policygraph.compare.similarity import dice
from policygraph.compare.values import Change, Kind, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policygraph.models import Notice, Span, Time

_ONCE = re.compile(r"建成(?!区)|完工|竣工|投运|投入使用|投入运行|开工|通车|投产|封顶")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_SENTENCE = re.compile(r"[。；;\n]")
_AROUND_CHARS = 60
_ALIKE = 0.2
_DAYS = {"Y": 360, "M": 30, "W": 7, "D": 1}


@dataclass(frozen=True, slots=True)
class Found:
    """A time that binds, with the words around it."""

    time: Time
    words: str
    around: str
    once: bool


def read(notice: Notice, tasks: Iterable[str | None]) -> list[Found]:
    """Return the deadlines and recurrences of some tasks; the whole year of the plan is none."""
    wanted = set(tasks)
    spans = {task.id: task.span for task in notice.tasks}
    return [
        _found(notice.page.text, time, spans.get(time.task or "", time.span))
        for time in notice.times
        if time.task in wanted and _binds(time, notice.elements.plan_year)
    ]


def find(old: Notice, new: Notice, was: Sequence[Found], now: Sequence[Found]) -> list[Change]:
    """Return how the deadlines of tasks that belong together changed."""
    pairs = _match(was, now)
    changes = []
    for i, j in pairs:
        later = _later(was[i], now[j], old.elements.plan_year, new.elements.plan_year)
        if later:
            kind: Kind = "deadline postponed" if later > 0 else "deadline brought forward"
            why = f"{_value(was[i].time)} → {_value(now[j].time)}"
            changes.append(Change(kind, _side(was[i]), _side(now[j]), why))
    gone, came = {i for i, _ in pairs}, {j for _, j in pairs}
    changes += [
        Change("deadline removed", _side(one), None, f"{one.words} is no longer said")
        for i, one in enumerate(was)
        if i not in gone
    ]
    changes += [
        Change("deadline set", None, _side(one), f"{one.words} was not said before")
        for j, one in enumerate(now)
        if j not in came
    ]
    return changes


def _binds(time: Time, year: int | None) -> bool:
    if time.kind in ("by", "on"):
        return bool(time.end or time.start)
    if time.kind == "during":
        return bool(time.end and time.start) and (time.start, time.end) != (f"{year}-01-01", f"{year}-12-31")
    return time.kind == "every" or (time.kind == "within" and time.days is not None)


def _found(text: str, time: Time, task: Span) -> Found:
    """Return a time with its clause, or with its whole row where it stands in a column of its own."""
    start, end = time.span
    before = _SENTENCE.split(text[max(0, start - _AROUND_CHARS) : start])[-1]
    after = _SENTENCE.split(text[end : end + _AROUND_CHARS])[0]
    words = text[start:end]
    around = plain(before + after)
    deed = re.split(r"[，,]", after)[0] or after
    if text[start - 1 : start] == "\t" or not around:
        around = deed = plain(text[slice(*task)])
    return Found(time, words, around, bool(_YEAR.search(words)) and bool(_ONCE.search(deed)))


def _match(was: Sequence[Found], now: Sequence[Found]) -> list[tuple[int, int]]:
    """Pair times of one sort, the most alike in their surroundings first; a lone one of each side needs no likeness."""
    close = []
    for i, one in enumerate(was):
        for j, other in enumerate(now):
            if _sort(one.time) != _sort(other.time):
                continue
            alike = dice(one.around, other.around)
            alone = (
                sum(_sort(one.time) == _sort(t.time) for t in was)
                == 1
                == sum(_sort(one.time) == _sort(t.time) for t in now)
            )
            if alike >= _ALIKE or alone:
                close.append((-round(alike, 6), abs(i - j), i + j, i, j))
    pairs: list[tuple[int, int]] = []
    for *_, i, j in sorted(close, key=lambda row: (row[0], row[1], row[2], min(row[3:]))):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def _sort(time: Time) -> str:
    return time.kind if time.kind in ("every", "within") else "date"


def _later(one: Found, other: Found, old_year: int | None, new_year: int | None) -> int:
    """Return 1 if the other is later, -1 if it is earlier, 0 if they are the same or cannot be told apart."""
    if one.time.kind == "every":
        return _sign(_days(one.time.every), _days(other.time.every))
    if one.time.kind == "within":
        return _sign(one.time.days, other.time.days)
    first, second = one.time.end or one.time.start or "", other.time.end or other.time.start or ""
    inside = first[:4] == str(old_year) and second[:4] == str(new_year) and not (one.once and other.once)
    if first == second:
        return 0
    return _sign(first[5:], second[5:]) if inside else _sign(first, second)


def _sign(one: str | int | None, other: str | int | None) -> int:
    if one is None or other is None:
        return 0
    return (
        (str(other) > str(one)) - (str(other) < str(one))
        if isinstance(one, str)
        else (int(other) > one) - (int(other) < one)
    )


def _days(every: str | None) -> int | None:
    return int(every[1:-1]) * _DAYS[every[-1]] if every else None


def _value(time: Time) -> str:
    if time.every:
        return f"every {time.every}"
    return f"within {time.days} days" if time.days is not None else time.end or time.start or ""


def _side(found: Found) -> Side:
    return Side(found.time.task, found.time.span, found.words, _value(found.time))
