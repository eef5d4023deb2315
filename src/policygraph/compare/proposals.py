"""Which two series may be one plan, to be judged by people.

``节水工作方案`` of 2018 and ``节约用水重点工作方案`` of 2019 are alike, and not enough to be taken for one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from policygraph.compare.series import apart, issuer
from policygraph.compare.similarity import dice, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policygraph.compare.series import Facts

_LEAST = 0.5
_COMMON = 60  # a pair of characters that more plans have (工作, 方案) brings no two together


class Proposal(NamedTuple):
    """Two notices whose plans may be one, the later first, and what speaks for it; ``score`` is between 0 and 1."""

    subject: Facts
    object: Facts
    score: float
    evidence: tuple[str, ...]


def propose(last: Iterable[Facts], settled: Iterable[tuple[str, str]] = ()) -> list[Proposal]:
    """Return pairs of plans, each by its last notice, that may be one series, the most alike first.

    Pairs that are ``settled`` are not proposed again. Two are compared if they are of one place and share a pair of
    characters that few plans of it have.
    """
    holders: dict[tuple[str | None, str], list[Facts]] = defaultdict(list)
    for one in sorted(last, key=lambda facts: facts.notice):
        for pair in pairs(one.plan):
            holders[one.place, pair].append(one)
    known = {frozenset(ends) for ends in settled}
    near = {
        (a.notice, b.notice): (a, b)
        for some in holders.values()
        if len(some) <= _COMMON
        for n, a in enumerate(some)
        for b in some[n + 1 :]
    }
    found = [_weigh(*both) for ends, both in sorted(near.items()) if frozenset(ends) not in known]
    return sorted((one for one in found if one), key=lambda one: (-one.score, one.subject.notice, one.object.notice))


def _weigh(one: Facts, other: Facts) -> Proposal | None:
    old, new = sorted((one, other), key=lambda facts: facts.when)
    score = dice(old.plan, new.plan)
    signed, told = issuer(old, new), apart(old, new)
    if score < _LEAST or signed is None or old.when[0] == new.when[0] or not told:
        return None
    return Proposal(new, old, round(score, 3), (signed, f"titles {score:.2f}: {old.plan}, {new.plan}", *told))
