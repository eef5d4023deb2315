"""Which notices people judged to be one plan in different years."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policygraph.judge.judgements import Judgement


class Judged(NamedTuple):
    """What people judged: notices that are of one series, and notices that are not of the series of another.

    Who is judged apart is the first of its pair: it is cut off from all notices that are called like the second.
    """

    together: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()


def judged(judgements: Iterable[Judgement]) -> Judged:
    """Return what judgements say of series; those on bodies say nothing."""
    pairs_of: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in judgements:
        pairs_of[one.verdict].add((one.subject, one.object))
    return Judged(frozenset(pairs_of["one series"]), frozenset(pairs_of["another series"]))
