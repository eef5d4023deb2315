"""Which notices of a store are one plan in different years, and what each changed against the one before.

``安政办发〔2019〕15号`` follows ``安政办发〔2018〕21号``. A series is all notices that lead to one another by title and
issuer (:func:`policygraph.compare.series.kinship`) or by what people judged; each of it follows the one before. When a
notice comes, goes or is read anew, what stands between it and its neighbours is made anew and nothing else, in the
transaction that changes the notice. What stands there in the end depends on the notices alone and on no order.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from policygraph.compare import edges, series
from policygraph.compare.changes import compare
from policygraph.judge.series import Judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policygraph.compare.series import Facts
    from policygraph.graph.schema import Graph
    from policygraph.models import Notice

Pair = tuple[str, str]
"""A notice and the one it follows."""
__all__ = ["Judged", "Member", "Pair", "Shelf", "judge", "release", "settle"]


class Member(NamedTuple):
    """A notice in a series, named by its first notice, and why it is there."""

    notice: str
    series: str
    evidence: str


class Shelf(Protocol):
    """What a store does for its series, inside a transaction."""

    def hold(self, places: Iterable[str | None]) -> None:
        """Wait for whoever changes series of some places, and let others wait until the transaction ends."""
        ...

    def judged(self) -> Judged:
        """Return what people judged."""
        ...

    def keep(self, judged: Judged) -> None:
        """Remember what people judged in place of what they judged before."""
        ...

    def facts(self, notices: Iterable[str]) -> list[Facts]:
        """Return the facts of those of some notices that the store holds."""
        ...

    def of_place(self, place: str | None) -> list[Facts]:
        """Return the facts of all notices of a place."""
        ...

    def members(self, notices: Iterable[str]) -> list[Member]:
        """Return all members of the series that some notices are in."""
        ...

    def pairs(self, notices: Iterable[str]) -> set[Pair]:
        """Return each notice with the one it follows, where one of them is among some notices."""
        ...

    def notice(self, identifier: str) -> Notice:
        """Return a notice with all that was found in it."""
        ...

    def part(self, later: Iterable[str]) -> None:
        """Delete what notices contribute by following others."""
        ...

    def follow(self, old: str, new: str, graph: Graph) -> None:
        """Write what a notice contributes by following another."""
        ...

    def leave(self, notices: Iterable[str]) -> None:
        """Take notices out of their series, and delete a series that nothing is in any more."""
        ...

    def enter(self, members: Sequence[Member], name: str, place: str | None) -> None:
        """Put notices into a series, which gets a name and a place."""
        ...


def release(shelf: Shelf, notices: Iterable[str]) -> set[str]:
    """Delete what follows from notices that are to be deleted; return those whose series must be settled again."""
    touched = sorted(set(notices))
    shelf.hold({one.place for one in shelf.facts(touched)})
    known = {one.notice for one in shelf.members(touched)}
    shelf.part(sorted({new for new, _ in shelf.pairs(touched)}))
    shelf.leave(touched)
    return {*touched, *known}


def settle(shelf: Shelf, notices: Iterable[str]) -> None:
    """Let the series of some notices, as they stand now, be what they are."""
    ahead = {one.notice: one for one in shelf.facts(sorted(set(notices)))}
    if not ahead:
        return
    shelf.hold({one.place for one in ahead.values()})
    relatives = _Relatives(shelf)
    while ahead:
        first = ahead.pop(min(ahead))
        found = relatives.of(first)
        for one in found:
            ahead.pop(one.notice, None)
        _write(shelf, found, relatives)


def judge(shelf: Shelf, judged: Judged) -> None:
    """Let what people judged of series hold, in place of what they judged before."""
    before = shelf.judged()
    if judged == before:
        return
    shelf.keep(judged)
    changed = (judged.together ^ before.together) | (judged.apart ^ before.apart)
    ends = {end for pair in changed for end in pair}
    settle(shelf, {*ends, *(one.notice for one in shelf.members(sorted(ends)))})


class _Relatives:
    """The notices of a place, read once, and which of them are of one series."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf, self._judged = shelf, shelf.judged()
        self._places: dict[str | None, dict[str, list[Facts]]] = {}
        self._alike: dict[tuple[str, str], bool] = {}
        plans = {one.notice: one.plan for one in shelf.facts(sorted({other for _, other in self._judged.apart}))}
        self._cut = {(one, plans.get(other)) for one, other in self._judged.apart}

    def of(self, first: Facts) -> list[Facts]:
        """Return all notices of the series of one, in the order of their years."""
        found, ahead = {first.notice: first}, [first]
        while ahead:
            one = ahead.pop()
            new = [other for other in self._near(one) if other.notice not in found and self.evidence(one, other)]
            found |= {other.notice: other for other in new}
            ahead += new
        return sorted(found.values(), key=lambda one: one.when)

    def evidence(self, one: Facts, other: Facts) -> tuple[str, ...]:
        """Return why two notices are of one series; nothing if they are not."""
        judged = {(one.notice, other.notice), (other.notice, one.notice)}
        if judged & self._judged.together:
            return ("judged one series",)
        cut = {(one.notice, other.plan), (other.notice, one.plan)} & self._cut
        return () if cut else series.kinship(one, other)

    def _near(self, one: Facts) -> list[Facts]:
        """Return the notices of its place whose titles are like its own, and those judged to be of its series."""
        if one.place not in self._places:
            by_plan: dict[str, list[Facts]] = defaultdict(list)
            for other in self._shelf.of_place(one.place):
                by_plan[other.plan].append(other)
            self._places[one.place] = by_plan
        plans = self._places[one.place]
        near = [other for plan in plans if self._named_alike(one.plan, plan) for other in plans[plan]]
        named = {end for ends in self._judged.together if one.notice in ends for end in ends} - {one.notice}
        return [*near, *self._shelf.facts(sorted(named))] if named else near

    def _named_alike(self, one: str, other: str) -> bool:
        if (one, other) not in self._alike:
            self._alike[one, other] = series.alike(one, other)
        return self._alike[one, other]


def _write(shelf: Shelf, found: list[Facts], relatives: _Relatives) -> None:
    """Write a series of several notices, or that one is alone."""
    ids = [one.notice for one in found]
    there = shelf.members(ids)
    wanted = _members(found, relatives) if len(found) > 1 else []
    if stale := sorted({one.notice for one in there if one not in wanted and one.notice in ids}):
        shelf.leave(stale)
    if wanted:
        shelf.enter(wanted, found[-1].plan, found[-1].place)
    chain = _chain(shelf, found) if wanted else []
    pairs = {(new, old) for old, new in pairwise(chain)}
    standing = shelf.pairs(ids)
    shelf.part(sorted({new for new, _ in standing - pairs}))
    facts = {one.notice: one for one in found}
    for new, old in sorted(pairs - standing):
        compared = compare(shelf.notice(old), shelf.notice(new), words=False)
        shelf.follow(old, new, edges.contribution(compared, relatives.evidence(facts[old], facts[new])))


def _members(found: Sequence[Facts], relatives: _Relatives) -> list[Member]:
    """Return the notices of a series with what joins each to one before it, or the first to one after it."""
    members = []
    for place, one in enumerate(found):
        others = [*found[:place][::-1], *found[place + 1 :]]
        evidence = next(why for other in others if (why := relatives.evidence(other, one)))
        members.append(Member(one.notice, found[0].notice, "; ".join(evidence)))
    return members


def _chain(shelf: Shelf, found: Sequence[Facts]) -> list[str]:
    """Return the ids of a series in the order of its years, without copies of one that stands there in full."""
    copies: set[str] = set()
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            if other.when[0] == one.when[0] and not series.apart(one, other):
                both = [shelf.notice(end.notice) for end in (one, other)]
                if series.judge(*both).relation in ("same notice", "contained"):
                    copies.add(min(both, key=lambda notice: (len(notice.page.text), notice.id)).id)
    return [one.notice for one in found if one.notice not in copies]
