"""What changed in who must do a task: lead, bodies, roles; names by reform and duties by reform told apart.

A body is the same by its id, however it is written (区经发局, 区经济发展局). Where no lead is named, the first of
the bodies stands at the head, and the change says that it only stands first. Bodies of sentences (``prose``) and of
default rules count as present and are never reported: the one is less sure, the other is reported as its rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.compare import succession
from policygraph.compare.values import Change, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policygraph.compare.pieces import Piece
    from policygraph.models import Duty, Notice
    from policygraph.registry import Succession

_TOLD = ("stated", "positional")
_COLLECTIVE = re.compile(r"[（(][^（）()]*[)）]|各|有关|相关|直属(?=单位)|人民(?=政府)|所属")
_UNREAD = re.compile(
    r"[（(〔\[][^（()）〔〕\[\]]{2,40}(?:局|处|委|办|中心|站|队|部|政府|公司)[)）〕\]〉》]\s*[。.]?\s*$"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a task with its roles; ``duty`` is the first that names it, ``words`` its name as published."""

    key: str
    duty: Duty
    words: str
    roles: tuple[str, ...]
    collective: bool
    told: bool


def find(old: Notice, new: Notice, left: Sequence[Piece], right: Sequence[Piece]) -> list[Change]:
    """Return how the bodies of tasks that belong together changed."""
    if _unread(old, left) or _unread(new, right):
        return []
    was, now = bodies(old, left), bodies(new, right)
    words = "".join(piece.words for piece in (*left, *right))
    pair = _Pair(left[0], right[0], {one.key: one for one in was}, {one.key: one for one in now}, words)
    return [*_renamed(pair), *_led(pair), *_roles(pair), *_came_and_went(pair)]


def bodies(notice: Notice, pieces: Iterable[Piece]) -> list[Body]:
    """Return the bodies of some tasks in the order in which they are named."""
    collective = {one.name: one.sort == "collective" for one in notice.organisations}
    found: dict[str, list[Duty]] = {}
    for duty in (duty for piece in pieces for duty in piece.duties):
        found.setdefault(identity(duty, collective.get(duty.name, False)), []).append(duty)
    result = []
    for key, duties in found.items():
        told = [duty for duty in duties if duty.basis in _TOLD] or duties
        roles = tuple(sorted({duty.role for duty in told}))
        group = collective.get(duties[0].name, False)
        words = notice.page.text[slice(*told[0].span)] if told[0].span else told[0].surface
        result.append(Body(key, told[0], words, roles, group, told[0].basis in _TOLD))
    return result


def identity(duty: Duty, collective: bool) -> str:
    """Return what makes a body the same; 区直有关单位, 区直各单位 and 区直各有关单位 are one collective."""
    return _COLLECTIVE.sub("", duty.name) if collective else duty.organisation or duty.name


def side(piece: Piece, body: Body | None) -> Side:
    """Return the side of a change that shows a body, or the statement that has none."""
    if body is None:
        return Side(piece.task.id, piece.duties[0].span if piece.duties else piece.task.span, "")
    return Side(body.duty.task, body.duty.span, body.words, f"{body.duty.name} {'+'.join(body.roles)}")


class _Pair:
    """The bodies of tasks that belong together; ``was`` and ``now`` lose what has been said."""

    def __init__(self, old: Piece, new: Piece, was: dict[str, Body], now: dict[str, Body], words: str) -> None:
        self.old, self.new, self.words = old, new, words
        self.heads = _head(was), _head(now)
        self.left = {key: one for key, one in was.items() if key not in now}
        self.right = {key: one for key, one in now.items() if key not in was}
        self.same = [(one, now[key]) for key, one in was.items() if key in now]
        self.now, self.was = now, was
        self.became: dict[str, set[str]] = {}


def _head(found: dict[str, Body]) -> list[Body]:
    """Return the bodies that lead, or the first of several that answer together."""
    told = [one for one in found.values() if one.told and not one.collective]
    return [one for one in told if "lead" in one.roles] or [one for one in told if "responsible" in one.roles][:1]


def _renamed(pair: _Pair) -> list[Change]:
    """Pair bodies by succession, in either direction: a later notice can be compared with an earlier one."""
    changes = []
    for gone in list(pair.left.values()):
        for came in [*pair.right.values(), *(now for _, now in pair.same)]:
            if way := steps(gone, came):
                changes.append(_by_reform(pair, gone, came, f"the body became the other: {succession.told(way)}"))
                break
    for came in list(pair.right.values()):
        for was, _ in pair.same:
            if way := steps(was, came):
                changes.append(_by_reform(pair, was, came, f"the body became the other: {succession.told(way)}"))
                break
    return changes


def steps(one: Body, other: Body) -> tuple[Succession, ...]:
    """Return the steps by which one of two bodies became the other, whichever came first."""
    first, second = one.duty.organisation, other.duty.organisation
    return succession.path(first, second) or succession.path(second, first)


def _by_reform(pair: _Pair, gone: Body, came: Body, why: str) -> Change:
    pair.became.setdefault(gone.key, set()).add(came.key)
    left, right = pair.left.pop(gone.key, None), pair.right.pop(came.key, None)
    if left and right:
        pair.same.append((gone, came))
    return Change("renamed only", side(pair.old, gone), side(pair.new, came), why)


def _led(pair: _Pair) -> list[Change]:
    was, now = pair.heads
    if not was or not now:
        return []
    if _now(pair, {one.key for one in was}) & {one.key for one in now}:
        return []
    first, then = was[0], now[0]
    leads = "lead" in first.roles and "lead" in then.roles
    alone = sum(one.told for one in pair.was.values()) == 1 == sum(one.told for one in pair.now.values())
    if step := _transfer(pair, first, then):
        pair.left.pop(first.key, None)
        pair.right.pop(then.key, None)
        what = f"{step.duties} moved by reform: {succession.told((step,))}"
        return [Change("duty transferred", side(pair.old, first), side(pair.new, then), what)]
    stayed = first.key in pair.now or then.key in pair.was
    if not (leads or alone or stayed):
        return []
    if leads or alone:
        pair.left.pop(first.key, None)
        pair.right.pop(then.key, None)
    why = "the body that leads is another" if leads else "no lead is named; the body that stands first is another"
    return [Change("lead changed", side(pair.old, first), side(pair.new, then), why)]


def _transfer(pair: _Pair, gone: Body, came: Body) -> Succession | None:
    first, second = gone.duty.organisation, came.duty.organisation
    return succession.moved(first, second, pair.words) or succession.moved(second, first, pair.words)


def _roles(pair: _Pair) -> list[Change]:
    if _only_notation(pair):
        return []
    return [
        Change(
            "role changed", side(pair.old, was), side(pair.new, now), f"{'+'.join(was.roles)} → {'+'.join(now.roles)}"
        )
        for was, now in pair.same
        if was.told and now.told and not set(was.roles) & set(now.roles) and not was.collective
    ]


def _only_notation(pair: _Pair) -> bool:
    """Tell whether the bodies that answer are the same: 市环保局负责 in a bracket is the column 牵头单位 of a table."""
    was, now = ({key for key, one in found.items() if _answers(one)} for found in (pair.was, pair.now))
    others = any("support" in one.roles for found in (pair.was, pair.now) for one in found.values() if one.told)
    return not others and _now(pair, was) >= now and all(_now(pair, {key}) & now for key in was)


def _now(pair: _Pair, keys: set[str]) -> set[str]:
    """Return bodies by what they have become; a body that is still named is itself too."""
    return keys | {came for key in keys for came in pair.became.get(key, ())}


def _answers(body: Body) -> bool:
    return body.told and not body.collective and bool({"lead", "responsible"} & set(body.roles))


def _came_and_went(pair: _Pair) -> list[Change]:
    changes = []
    for gone in list(pair.left.values()):
        came = next((one for one in pair.right.values() if _transfer(pair, gone, one)), None)
        if came and gone.told and came.told:
            step = _transfer(pair, gone, came)
            pair.left.pop(gone.key)
            pair.right.pop(came.key)
            what = f"{step.duties} moved by reform: {succession.told((step,))}" if step else ""
            changes.append(Change("duty transferred", side(pair.old, gone), side(pair.new, came), what))
    changes += [
        Change("body dropped", side(pair.old, one), side(pair.new, None), f"{one.duty.name} is no longer named")
        for one in pair.left.values()
        if one.told
    ]
    changes += [
        Change("body added", side(pair.old, None), side(pair.new, one), f"{one.duty.name} was not named before")
        for one in pair.right.values()
        if one.told
    ]
    return changes


def _unread(notice: Notice, pieces: Sequence[Piece]) -> bool:
    """Tell whether a task without a duty ends in a bracket that looks like a body: nothing is known of it."""
    return any(
        not piece.duties and _UNREAD.search(notice.page.text[slice(*piece.task.span)]) is not None for piece in pieces
    )
