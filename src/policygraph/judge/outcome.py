"""What follows from judgements: which ids are one body, which pairs are settled, and what contradicts.

A same as B and B same as C make A, B and C one body. ``different`` fuses nothing; it silences the proposal of its pair.
Where it stands against a chain of ``same`` and ``alias`` there is a conflict: neither it nor any judgement on a way
between its two bodies applies, until one of them is taken back. Everything here depends on the set of judgements and
never on their order.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.judge.judgements import OF_SERIES, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policygraph.judge.judgements import Entry, Judgement

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two bodies judged different and, by one judgement or a chain of them, the same; none of these applies."""

    pair: Pair
    different: tuple[Judgement, ...]
    same: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What judgements come to.

    ``bodies`` are the ids that are one body, each tuple with the best first: one that is no alias before one that is,
    a kind of the registry (``230800:water_affairs``) before a name, then the smallest. ``different`` are the pairs
    judged so, smaller id first, also those in conflict. ``applied`` are the judgements that hold.
    """

    bodies: tuple[tuple[str, ...], ...]
    different: frozenset[Pair]
    conflicts: tuple[Conflict, ...]
    applied: tuple[Judgement, ...]


def settle(entries: Iterable[Entry]) -> Outcome:
    """Return what the entries of a file, or of several, come to."""
    every = standing(entries)
    judged = [one for one in every if one.verdict not in OF_SERIES]
    joining = [one for one in judged if one.verdict != "different"]
    parting: dict[Pair, list[Judgement]] = defaultdict(list)
    for one in judged:
        if one.verdict == "different":
            parting[pair(one.subject, one.object)].append(one)
    near = _neighbours(joining)
    conflicts = []
    for ends in sorted(parting):
        if between := _between(ends, near):
            same = tuple(one for one in joining if pair(one.subject, one.object) in between)
            conflicts.append(Conflict(ends, tuple(parting[ends]), same))
    suspended = {one for conflict in conflicts for one in (*conflict.different, *conflict.same)}
    applied = tuple(one for one in every if one not in suspended)
    bodies = _bodies(one for one in applied if one.verdict not in OF_SERIES)
    return Outcome(bodies, frozenset(parting), tuple(conflicts), applied)


def pair(one: str, other: str) -> Pair:
    """Return two ids as a pair, the smaller first."""
    return (one, other) if one < other else (other, one)


def _bodies(judged: Iterable[Judgement]) -> tuple[tuple[str, ...], ...]:
    applied = tuple(judged)
    joining = [one for one in applied if one.verdict != "different"]
    aliases = {one.subject for one in joining if one.verdict == "alias"}
    near = _neighbours(joining)
    pieces = {tuple(sorted(_reached(start, near), key=lambda one: (one in aliases, *rank(one)))) for start in near}
    return tuple(sorted(pieces))


def rank(identifier: str) -> tuple[bool, str]:
    """Return what orders the ids of one body: kinds of the registry, which are ASCII, come before names.

    >>> rank("230800:water_affairs") < rank("230800:佳木斯市水务公司")
    True
    """
    return not identifier.rpartition(":")[2].isascii(), identifier


def _neighbours(joining: Iterable[Judgement]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for one in joining:
        near[one.subject].add(one.object)
        near[one.object].add(one.subject)
    return dict(near)


def _reached(start: str, near: Mapping[str, set[str]], without: str | None = None) -> set[str]:
    """Return the ids that a chain leads to from one, itself among them, on ways that avoid another."""
    reached, ahead = {start}, [start]
    while ahead:
        new = near.get(ahead.pop(), set()) - reached - {without}
        reached |= new
        ahead += new
    return reached


def _between(ends: Pair, near: Mapping[str, set[str]]) -> set[Pair]:
    """Return the joined pairs on the ways between two ids; none, if no way leads from one to the other.

    What only hangs on a way by one id is not on it: that id taken away, it reaches neither end.
    """
    group = _reached(ends[0], near)
    if ends[1] not in group:
        return set()
    aside: dict[str, set[str]] = {}
    for cut in group:
        on_the_way = {one for end in ends if end != cut for one in _reached(end, near, without=cut)}
        aside[cut] = group - on_the_way - {cut}
    off = {pair(one, other) for ids in aside.values() for one in ids for other in near[one]}
    return {pair(one, other) for one in group for other in near[one]} - off
