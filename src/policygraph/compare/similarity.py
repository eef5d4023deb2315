"""How alike two tasks are, from words, heading, indicators, bodies and place, with the evidence of each.

Words are pairs of characters, weighted by how rare they are in the two notices: 加强 says nothing, 末梢 much. They
need no dictionary, and a word that a plan made up (一品一码) counts like any other.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import fsum, log, sqrt
from typing import TYPE_CHECKING

from policygraph.compare import succession
from policygraph.compare.pieces import is_general

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policygraph.compare.pieces import Piece

_CUT = re.compile(r"[^\w%]+")
_WORDS, _BODIES, _PLACE = 0.72, 0.13, 0.15
_STRANGERS = -0.5
_TARGETS_COUNT = 0.85  # what an indicator that came again weighs beside the words


@dataclass(frozen=True, slots=True)
class Score:
    """A similarity between 0 and 1 and what it was made of; ``words`` is the part that words have in it."""

    value: float
    evidence: tuple[str, ...]
    words: float = 1.0


def pairs(words: str) -> Counter[str]:
    """Count the pairs of characters of some words; they do not reach over punctuation.

    >>> sorted(pairs("水质，水量"))
    ['水质', '水量']
    """
    found: Counter[str] = Counter()
    for run in _CUT.split(words):
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return found


def dice(one: str, other: str) -> float:
    """Return how much two short names share, from 0 to 1."""
    left, right = pairs(one), pairs(other)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else float(one == other)


class Words:
    """The weights of the pairs of characters in two notices; the rarer, the heavier."""

    def __init__(self, texts: Iterable[str]) -> None:
        bags = [pairs(text) for text in texts]
        seen: Counter[str] = Counter()
        for bag in bags:
            seen.update(bag.keys())
        self._weight = {pair: log(1 + len(bags) / count) for pair, count in seen.items()}

    def vector(self, words: str) -> dict[str, float]:
        """Return the weights of the pairs in some words, as a vector of length one."""
        found = {pair: self._weight.get(pair, 1.0) * (1 + log(n)) for pair, n in pairs(words).items()}
        size = sqrt(fsum(weight * weight for weight in found.values()))
        return {pair: weight / size for pair, weight in found.items()}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the cosine of two vectors of length one; the sum is exact, so that no order shows."""
    return min(1.0, fsum(one[pair] * other[pair] for pair in one.keys() & other.keys()))


def contained(part: Mapping[str, float], whole: Mapping[str, float]) -> float:
    """Return how much of a part's weight stands in the whole."""
    total = fsum(part.values())
    return fsum(part[pair] for pair in part.keys() & whole.keys()) / total if total else 0.0


class Judge:
    """Scores tasks of two notices; each task is turned into numbers once."""

    def __init__(self, old: Sequence[Piece], new: Sequence[Piece]) -> None:
        self._words = Words(piece.words for piece in (*old, *new))
        self._vectors: dict[str, dict[str, float]] = {}
        self._lengths = max(len(old), 1), max(len(new), 1)
        self._same = _successors(old, new)
        named = Counter(body for piece in (*old, *new) for body in self._bodies(piece))
        self._rare = {body: log(1 + (len(old) + len(new)) / count) for body, count in named.items()}

    def vector(self, words: str) -> dict[str, float]:
        """Return the vector of some words."""
        if words not in self._vectors:
            self._vectors[words] = self._words.vector(words)
        return self._vectors[words]

    def alike(self, one: str, other: str) -> float:
        """Return how alike two texts are by their words."""
        return cosine(self.vector(one), self.vector(other))

    def within(self, part: str, whole: str) -> float:
        """Return how much of a text stands in another."""
        return contained(self.vector(part), self.vector(whole))

    def added(self, part: str, whole: str, others: Iterable[str]) -> float:
        """Return how much of a whole stands in a part and in none of the other parts."""
        vector = self.vector(whole)
        rest = vector.keys() - {pair for other in others for pair in self.vector(other)}
        total = fsum(vector.values())
        return fsum(vector[pair] for pair in rest & self.vector(part).keys()) / total if total else 0.0

    def score(self, old: Piece, new: Piece) -> Score:
        """Return how alike two tasks are."""
        text = self.alike(old.words, new.words)
        head = self.alike(old.head, new.head) if old.head and new.head else 0.0
        told = 0.8 * (self.within(old.head, new.words) + self.within(new.head, old.words)) / 2
        words = max(text, (text + head) / 2, (text + told) / 2)
        numbers = _numbers(old, new)
        words = max(words, _TARGETS_COUNT * numbers)
        bodies = self._shared(old, new)
        place = self._place(old, new)
        value = _WORDS * words + _BODIES * bodies + _PLACE * place
        shown = {"words": text, "heading": max(head, told), "indicators": numbers, "bodies": bodies, "place": place}
        return Score(round(value, 6), tuple(f"{name} {share:.2f}" for name, share in shown.items() if share > 0), words)

    def _shared(self, old: Piece, new: Piece) -> float:
        """Return how many of the bodies are the same; one that most tasks name says little.

        Tasks of bodies that have nothing to do with one another are less alike than tasks that name none.
        """
        left, right = self._bodies(old), self._bodies(new)
        if left and right and not left & right:
            return _STRANGERS
        total = fsum(self._rare[body] for body in left | right)
        most = log(1 + sum(self._lengths))
        shared = fsum(self._rare[body] for body in left & right)
        return shared / total * min(1.0, 2 * shared / most) if total else 0.0

    def _bodies(self, piece: Piece) -> set[str]:
        return {self._same.get(body, body) for body in named(piece)}

    def _place(self, old: Piece, new: Piece) -> float:
        near = 1 - abs(old.index / self._lengths[0] - new.index / self._lengths[1])
        if not (old.section and new.section):
            return near
        return 0.7 * self.alike(old.section, new.section) + 0.3 * near


def named(piece: Piece) -> set[str]:
    """Return the bodies of a task by their ids, without those that are many."""
    return {duty.organisation or duty.name for duty in piece.duties if not is_general(duty.name)}


def _successors(old: Sequence[Piece], new: Sequence[Piece]) -> dict[str, str]:
    """Return the bodies that became a body of the other notice, either way, with its id."""
    left, right = ({body for piece in pieces for body in named(piece)} for pieces in (old, new))
    return {
        first: second
        for one in sorted(left - right)
        for other in sorted(right - left)
        for first, second in ((one, other), (other, one))
        if succession.path(first, second)
    }


def _numbers(old: Piece, new: Piece) -> float:
    """Return how alike the most alike indicators of two tasks are; short ones (覆盖率) are too common to tell."""
    least = 5
    left, right = ([t.indicator for t in one.targets if len(t.indicator) >= least] for one in (old, new))
    return max((dice(one, other) ** 2 for one in left for other in right), default=0.0)
