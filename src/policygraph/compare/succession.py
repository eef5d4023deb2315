"""Which bodies of two notices are one another's continuation by a reform, as the registry lists it.

环境保护局 → 生态环境局 is a name that changed: *renamed only*. 水功能区划 went from 水务局 to 生态环境局 though
both stayed: a *duty transferred*. A place that the registry does not list (a fictional 安和市) follows the pattern
of its level.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from policygraph import registry

if TYPE_CHECKING:
    from policygraph.registry import Succession

_HOPS = 3  # 卫生局 → 卫生计生委 → 卫生健康委
_DUTY_SHARE = 0.5
_STAND_INS = (("省", "230000"), ("县", "230822"), ("区", "230803"), ("旗", "150121"), ("市", "230800"))


def path(old: str | None, new: str | None) -> tuple[Succession, ...]:
    """Return the steps by which one body became the other; nothing if it did not.

    >>> [one.kind for one in path("230800:environmental_protection", "230800:ecology_environment")]
    ['renamed']
    >>> path("230800:ecology_environment", "230800:environmental_protection")
    ()
    """
    return _path(old, new) if old and new and old != new else ()


@cache
def _path(old: str, new: str) -> tuple[Succession, ...]:
    ways: list[tuple[Succession, ...]] = [()]
    for _ in range(_HOPS):
        longer = [
            (*way, step)
            for way in ways
            for step in followed(way[-1].successor if way else old)
            if step.kind != "duty moved" and step not in way
        ]
        for way in longer:
            if _holds(way[-1].successor, new):
                return way
        ways = longer
    return ()


def moved(old: str | None, new: str | None, words: str) -> Succession | None:
    """Return the reform that took a duty which some words tell of from one body to another that both stayed."""
    if not old or not new:
        return None
    for step in followed(old):
        if step.kind == "duty moved" and _holds(step.successor, new) and step.duties:
            parts = step.duties.replace("和", "、").split("、")
            if any(_stands(part, words) >= _DUTY_SHARE for part in parts):
                return step
    return None


def followed(identifier: str) -> tuple[Succession, ...]:
    """Return what followed a body, by the pattern of its level where its place is not listed."""
    code, _, key = identifier.partition(":")
    if registry.place(code) is not None:
        return registry.successors(identifier)
    stand_in = next((listed for ending, listed in _STAND_INS if code.endswith(ending)), None)
    if stand_in is None or not key:
        return ()
    return tuple(
        replace(one, predecessor=identifier, successor=code + one.successor[len(stand_in) :])
        for one in registry.successors(f"{stand_in}:{key}")
        if one.grade == "probable"
    )


def _holds(successor: str, body: str) -> bool:
    """Tell whether a body is a successor, or a joint department that has the successor's field."""
    if successor == body:
        return True
    place, _, key = successor.partition(":")
    code, _, joint = body.partition(":")
    return place == code and "+" in joint and set(key.split("+")) <= set(joint.split("+"))


def _stands(part: str, words: str) -> float:
    """Return how many of a phrase's pairs of characters stand in some words."""
    found = [part[at : at + 2] in words for at in range(len(part) - 1)]
    return sum(found) / len(found) if found else 0.0


def told(steps: tuple[Succession, ...]) -> str:
    """Say a succession with its date, kind and grade."""
    return "; ".join(f"{one.kind} {one.on}, {one.grade}, source {one.source}" for one in steps)
