"""Which bodies of a graph may be one, best evidence first: 佳木斯市城投公司 and 佳木斯市城市建设投资公司.

Nothing is fused by what stands here; it only orders what people are asked. Two bodies are compared if they have one
place, or if one has none and some notice names both. Within a place those are compared that share a name, a function or
a character that few bodies of the place have, so that cost grows with the bodies and not with their pairs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from policygraph import registry
from policygraph.extract import names
from policygraph.judge.outcome import pair
from policygraph.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from policygraph.judge.bodies import Body
    from policygraph.judge.outcome import Pair
    from policygraph.registry.places import Level

_LEVELS: tuple[Level, ...] = ("central", "province", "prefecture", "county", "township")
_ENDINGS = (("委员会", "委"), ("办公室", "办"), ("有限责任公司", "公司"), ("有限公司", "公司"))
_NUMERAL = re.compile(r"[0-9一二三四五六七八九十]")
_SHARED_BY_MOST = 60  # what more bodies of a place have in common tells nothing
_MOST_PER_BODY = 3
_LEAST_SCORE = 50
_LEAST_RATIO = 75
_EQUAL, _CALLED, _SHORTENED, _FUNCTION = 100, 95, 85, 60
_BOTH, _APART, _FOLLOWED = 10, 30, 40


@dataclass(frozen=True, slots=True)
class Proposal:
    """A body to be judged against one that is better known; ``object`` is ``None`` where nothing is like it.

    ``score`` orders proposals, from 0 to 110; ``evidence`` says what speaks for one body and what against.
    """

    subject: Body
    object: Body | None
    score: int
    evidence: tuple[str, ...]


def propose(bodies: Iterable[Body], different: Iterable[Pair] = ()) -> list[Proposal]:
    """Return what is worth a judgement, best evidence first, then the unknown names that nothing is like.

    ``different`` are pairs of ids that were judged so and are not proposed again. The order of the bodies does not
    matter.
    """
    every = sorted(bodies, key=lambda body: body.id)
    body_of = {one: body.id for body in every for one in body.ids}
    settled = {pair(body_of.get(one, one), body_of.get(other, other)) for one, other in different}
    known = {body.id: body for body in every}
    found: dict[str, list[Proposal]] = defaultdict(list)
    for ends in sorted(_pairs(every) - settled):
        subject, best = sorted((known[one] for one in ends), key=_standing, reverse=True)
        if proposal := _weigh(subject, best):
            found[subject.id].append(proposal)
    proposals = [one for several in found.values() for one in sorted(several, key=_order)[:_MOST_PER_BODY]]
    alone = [body for body in every if body.sort == "unknown" and body.id not in found]
    proposals += [Proposal(body, None, 0, ("no body of its place is like it",)) for body in alone]
    return sorted(proposals, key=_order)


def _standing(body: Body) -> tuple[bool, bool, int, str]:
    """Return what orders two bodies, the better known first."""
    return body.sort == "unknown", body.kind is None, -len(body.written), body.id


def _order(proposal: Proposal) -> tuple[int, int, str, str]:
    best = proposal.object.id if proposal.object else ""
    return -proposal.score, -len(proposal.subject.written), proposal.subject.id, best


def _pairs(bodies: list[Body]) -> set[Pair]:
    """Return the pairs of bodies that are compared."""
    places: dict[str, list[Body]] = defaultdict(list)
    notices: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        if body.place:
            places[body.place].append(body)
        for notice in {one.notice for one in body.written}:
            notices[notice].append(body)
    found = {ends for block in places.values() for ends in _sharing(block)}
    for block in notices.values():
        without = {body.id for body in block if body.place is None}
        if without:
            found |= {ends for ends in _sharing(block) if without & set(ends)}
    return found


def _sharing(block: list[Body]) -> Iterator[Pair]:
    """Yield the pairs of a block that share a name, a function or a character that few of it have."""
    having: dict[Hashable, list[Body]] = defaultdict(list)
    for body in block:
        called = _bare(body)
        marks: set[Hashable] = {("name", one) for one in called} | {("function", one) for one in _functions(body)}
        for mark in marks | {char for name in called for char in name}:
            having[mark].append(body)
    for sharing in having.values():
        if len(sharing) <= _SHARED_BY_MOST:
            for index, body in enumerate(sharing):
                for other in sharing[:index]:
                    if _comparable(body, other):
                        yield pair(body.id, other.id)


def _comparable(one: Body, other: Body) -> bool:
    """Tell whether two can be one body: a part is not its whole, nor a collective its member."""
    return (one.sort == "collective") == (other.sort == "collective") and not one.tied & set(other.ids)


def _weigh(subject: Body, best: Body) -> Proposal | None:
    """Return a proposal with what speaks for it and against it, or ``None`` where little does."""
    score, evidence = max(_alike(subject, best), default=(0, ""))
    said = [evidence] if evidence else []
    functions = _functions(subject) & _functions(best)
    if subject.kind and best.kind and not functions and score < _CALLED:
        return None  # 组织部 and 宣传部 are known to be two
    if functions:
        known = subject.kind and best.kind  # 综合执法局 and 综合执法与应急管理局 share one function of two
        score = (score if known else score + _BOTH) if score else _FUNCTION
        said.append(f"both have the function {', '.join(sorted(functions))}")
    if together := len(subject.tasks & best.tasks):
        score -= _APART
        said.append(f"against it: {together} {'task names' if together == 1 else 'tasks name'} both")
    if followed := _succession(subject, best):
        score -= _FOLLOWED
        said.append(followed)
    return Proposal(subject, best, score, tuple(said)) if score >= _LEAST_SCORE else None


def _alike(subject: Body, best: Body) -> Iterator[tuple[int, str]]:
    """Yield each way in which the names of two bodies are alike, with its score."""
    mine, theirs = _bare(subject), _bare(best)
    for name in mine & theirs:
        yield _EQUAL, f"both are written {name}"
    for body, calls in ((subject, best), (best, subject)):
        called = {normalise(one.name) for one in body.written} | {body.name}
        for defined in calls.shorts:
            if normalise(defined.name) in called:
                yield _CALLED, f"{defined.notice} calls {calls.name} {defined.name}"
    for one in mine:
        for other in theirs - {one}:
            short, long = sorted((one, other), key=lambda name: (len(name), name))
            if best.sort != "collective" and _shortens(short, long):
                yield _SHORTENED, f"{short} can be short for {long}"
            ratio = round(fuzz.ratio(short, long))
            if ratio >= _LEAST_RATIO and _NUMERAL.findall(short) == _NUMERAL.findall(long):
                yield min(ratio, _EQUAL - _BOTH), f"{short} and {long} are {ratio} % alike"


def _shortens(short: str, long: str) -> bool:
    """Tell whether a name's characters stand in another's in their order, the first and the last in their places."""
    if len(short) < 3 or len(short) == len(long) or short[0] != long[0] or short[-1] != long[-1]:  # noqa: PLR2004
        return False
    rest = iter(long)
    return all(char in rest for char in short)


def _succession(one: Body, other: Body) -> str | None:
    """Return what the registry says of one body's having followed another."""
    ends = set(one.ids), set(other.ids)
    for before, after in (ends, ends[::-1]):
        for identifier in sorted(before):
            for edge in registry.successors(identifier):
                if edge.successor in after and edge.kind != "duty moved":
                    return (
                        f"against it: the registry has {edge.predecessor} followed by {edge.successor} "
                        f"({edge.kind} {edge.on}, {edge.grade}); a successor is another body"
                    )
    return None


def _bare(body: Body) -> frozenset[str]:
    """Return the names of a body without their place and level, endings short: 发展和改革委, 发改委."""
    called = {body.name, *(one.name for one in body.written)}
    return frozenset(name for one in called if len(name := _bared(one, body.jurisdiction or "")) > 1)


@lru_cache(maxsize=65536)
def _bared(name: str, place: str) -> str:
    rest = normalise(name).removeprefix(place)
    level = names.level(rest)
    rest = rest[len(level.removesuffix("党委").removesuffix("委") or level) :]
    for full, short in _ENDINGS:
        if rest.endswith(full) and rest != full:
            return rest.removesuffix(full) + short
    return rest


def _functions(body: Body) -> frozenset[str]:
    """Return the functions of a body's kind, or of the kinds that its names have at some level."""
    if body.kind:
        listed = registry.kind(body.kind)
        return frozenset(listed.functions if listed else body.kind.split("+"))
    if body.sort == "collective":
        return frozenset()
    return frozenset(function for name in _bare(body) for function in _of_name(name))


@lru_cache(maxsize=65536)
def _of_name(name: str) -> frozenset[str]:
    found: Mapping[str, registry.Kind] = {one.key: one for at in _LEVELS for one in registry.kinds_of(name, at)}
    return frozenset(function for one in found.values() for function in one.functions)
