"""Which tasks of two notices belong together: an assignment first, then merges and splits.

Tasks with the same words are paired as they stand. The rest are matched so that the sum of their cubed similarities
is the greatest (networkx, :func:`max_weight_matching`); a pair below :data:`LEAST` is a task dropped and one added.
A task that is left over and whose words stand in a task that has a partner already was merged into it, or split
off.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from policygraph.compare.similarity import Judge, Score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from policygraph.compare.pieces import Piece

LEAST = 0.30
LEAST_WORDS = 0.2  # without words in common, the same body at the same place is another task
_LEAST_MUTUAL = 0.24  # of two that nothing else comes nearer to
_PART_WITHIN = 0.36  # how much of a part's words must stand in the whole
_PART_GAIN = 0.12  # and how much of the whole must stand in no other part
_NAMED_WITHIN = 0.85  # a heading that stands in the whole
_SECTION_NEAR, _HEAD_CHARS = 0.3, 6
_SCALE = 1_000_000

Group = tuple[tuple[int, ...], tuple[int, ...], Score]


def align(old: Sequence[Piece], new: Sequence[Piece], judge: Judge | None = None) -> list[Group]:
    """Return groups of tasks by their places in the two notices, one of several only on one side."""
    judge = judge or Judge(old, new)
    found = _same(old, new)
    taken_old, taken_new = {i for i, _ in found}, {j for _, j in found}
    scores = {
        (i, j): judge.score(one, other)
        for i, one in enumerate(old)
        if i not in taken_old
        for j, other in enumerate(new)
        if j not in taken_new
    }
    close = {pair: score for pair, score in scores.items() if score.value >= LEAST and score.words >= LEAST_WORDS}
    matched = {pair: Score(1.0, ("same words",)) for pair in found} | {pair: close[pair] for pair in _assign(close)}
    matched |= _mutual(scores, matched, lambda i, j: judge.alike(old[i].words, new[j].words))
    groups: list[Group] = [((i,), (j,), score) for (i, j), score in matched.items()]
    groups = _parts(groups, old, new, judge, forward=True)
    groups = _parts(groups, old, new, judge, forward=False)
    return sorted(groups, key=lambda group: (group[1], group[0]))


def _same(old: Sequence[Piece], new: Sequence[Piece]) -> list[tuple[int, int]]:
    """Pair tasks with the same words, in order, where both notices have as many of them."""
    left, right = _by_words(old), _by_words(new)
    return [
        pair
        for words in left.keys() & right.keys()
        if len(left[words]) == len(right[words])
        for pair in zip(left[words], right[words], strict=True)
    ]


def _by_words(pieces: Iterable[Piece]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, piece in enumerate(pieces):
        found[piece.words].append(place)
    return found


def _assign(close: dict[tuple[int, int], Score]) -> list[tuple[int, int]]:
    """Return the pairs whose squared similarities sum to the most: one good pair is worth more than two poor ones."""
    import networkx  # noqa: PLC0415 - heavy, and needed only here

    graph = networkx.Graph()
    for (i, j), score in sorted(close.items()):
        graph.add_edge(("old", i), ("new", j), weight=round(score.value**3 * _SCALE))
    found = networkx.max_weight_matching(graph)
    ends = [dict((one, other)) for one, other in found]
    return [(end["old"], end["new"]) for end in ends]


def _mutual(
    scores: Mapping[tuple[int, int], Score],
    matched: Iterable[tuple[int, int]],
    text: Callable[[int, int], float],
) -> dict[tuple[int, int], Score]:
    """Return pairs of tasks that are left over, share words, and are more like one another than any other that is left.

    A plan that was ordered anew and gave up its bodies has only its words to show that a task goes on.
    """
    olds, news = {i for i, _ in matched}, {j for _, j in matched}
    left = {pair: score for pair, score in scores.items() if pair[0] not in olds and pair[1] not in news}
    best: tuple[dict[int, float], dict[int, float]] = ({}, {})
    for pair, score in left.items():
        for side, end in zip(best, pair, strict=True):
            side[end] = max(side.get(end, 0.0), score.value)
    found: dict[tuple[int, int], Score] = {}
    taken: tuple[set[int], set[int]] = (set(), set())
    for (i, j), score in sorted(left.items()):
        mutual = score.value == best[0][i] == best[1][j] and i not in taken[0] and j not in taken[1]
        if mutual and score.value >= _LEAST_MUTUAL and text(i, j) >= LEAST_WORDS:
            found[i, j] = score
            taken[0].add(i)
            taken[1].add(j)
    return found


def _parts(
    groups: list[Group], old: Sequence[Piece], new: Sequence[Piece], judge: Judge, *, forward: bool
) -> list[Group]:
    """Add tasks that are left over to the group whose other side holds their words.

    ``forward`` looks at old tasks that were merged into a new one, else at new ones that were split off an old one.
    """
    mine, other, side = (old, new, 0) if forward else (new, old, 1)
    used = {place for group in groups for place in _of(group, side)}
    wholes = {_of(group, 1 - side)[0]: at for at, group in enumerate(groups) if len(_of(group, 1 - side)) == 1}
    joins: dict[int, list[int]] = defaultdict(list)
    for place in (n for n in range(len(mine)) if n not in used):
        best = max(((_within(mine[place], other[whole], judge), -whole) for whole in wholes), default=(0.0, 0))
        whole = -best[1]
        if best[0] < _PART_WITHIN:
            continue
        if best[0] >= _NAMED_WITHIN:
            joins[wholes[whole]].append(place)
            continue
        partners = [mine[n].words for n in _of(groups[wholes[whole]], side)]
        if judge.added(mine[place].words, other[whole].words, partners) >= _PART_GAIN:
            joins[wholes[whole]].append(place)
    return [_joined(group, joins.get(at, []), side, (mine, other), judge) for at, group in enumerate(groups)]


def _of(group: Group, side: int) -> tuple[int, ...]:
    return group[1] if side else group[0]


def _within(part: Piece, whole: Piece, judge: Judge) -> float:
    """Return how much of a task stands in another, by its words, or by a heading that the other lists.

    禁限用农药专项整治、兽用抗菌药专项整治 of one sentence became headings under the same section.
    """
    words = judge.within(part.words, whole.words)
    near = part.section and whole.section and judge.alike(part.section, whole.section) >= _SECTION_NEAR
    if near and len(part.head) >= _HEAD_CHARS and judge.within(part.head, whole.words) >= _NAMED_WITHIN:
        return max(words, _NAMED_WITHIN)
    return words


def _joined(
    group: Group, places: list[int], side: int, pieces: tuple[Sequence[Piece], Sequence[Piece]], judge: Judge
) -> Group:
    if not places:
        return group
    parts = tuple(sorted([*_of(group, side), *places]))
    whole = _of(group, 1 - side)
    value = judge.alike("。".join(pieces[0][n].words for n in parts), pieces[1][whole[0]].words)
    score = Score(round(value, 6), (f"words together {value:.2f}",))
    return (whole, parts, score) if side else (parts, whole, score)
