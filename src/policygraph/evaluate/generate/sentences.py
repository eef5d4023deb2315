"""Sentences and paragraphs: what is told below a heading, from plain words, targets, times, citations, false friends.

A paragraph is a list of sentences without their stops, so that a statement can stand before or behind the last one.
Targets without a date come first in it: behind a dated sentence a reader could take its date for theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.evaluate.generate import citations, counts, friends, measures, routines, times
from policygraph.evaluate.generate.passages import Passage, join

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policygraph.evaluate.generate.bodies import Roster
    from policygraph.evaluate.generate.scenes import Scene

_MANY_CHARS = 46
_LEAST_COMMAS = 3


def paragraph(scene: Scene, roster: Roster, plain: Sequence[str], *, whole: bool = False) -> list[Passage]:
    """Return the sentences of a paragraph on a theme; ``whole`` ones begin with a sentence too long for a head."""
    first = _long(scene, plain) if whole else Passage(scene.deal(plain[0], plain))
    kinds = scene.rng.choices(
        tuple(_KINDS), tuple(weight for weight, _, _ in _KINDS.values()), k=scene.rng.randint(1, 3)
    )
    kinds.sort(key=lambda kind: _KINDS[kind][1])
    told = [_KINDS[kind][2](scene, roster) for kind in dict.fromkeys(kinds)]
    if scene.chance(0.35):
        told.insert(scene.rng.randint(0, len(told)), Passage(scene.deal(plain[0], plain)))
    return [first, *told]


def _long(scene: Scene, plain: Sequence[str]) -> Passage:
    """Return a first sentence that nobody takes for a head: long, and of several clauses."""
    words = str(scene.deal(plain[0], plain))
    while len(words) < _MANY_CHARS or words.count("，") < _LEAST_COMMAS:
        words += "，" + scene.deal(plain[0], plain)
    return Passage(words)


def goals(scene: Scene) -> list[Passage]:
    """Return the sentences of a part that states goals; its opening date holds for every one."""
    at = scene.last
    due = f"{at}-12-31"
    if scene.plan_year:
        opening = times.during(f"{at}年", "goal", f"{at}-01-01", due)
    else:
        opening = times.by(f"到{at}年", "goal", due)
    clauses = [_clause(scene, due) for _ in range(scene.rng.randint(2, 5))]
    if scene.chance(0.4) and len(clauses) > 2:  # noqa: PLR2004 - a sentence that goes on needs two behind the first
        return [opening + "，" + join("，", clauses[:2]), join(scene.pick(("，", "；")), clauses[2:])]
    return [opening + "，" + join(scene.pick(("，", "；")), clauses)]


def looks_back(scene: Scene) -> list[Passage]:
    """Return the sentences of a part that tells what was reached, which binds nobody."""
    told: list[Passage] = []
    for _ in range(scene.rng.randint(2, 3)):
        indicator, unit, low, high = scene.pick([entry for entry in scene.topic["least"] if entry[1]])
        written, _ = measures.number(scene, low, high)
        verb, thing, classifier, least, most = scene.pick(scene.topic["counts"])
        count, _ = measures.number(scene, least, most)
        told.append(
            Passage(
                scene.pick(
                    (
                        f"{scene.year - 1}年，{scene.whole}{indicator}达到{written}{unit}，基础更加坚实",
                        f"近年来，累计{verb}{thing}{count}{classifier}，取得明显成效",
                        f"截至{scene.year - 1}年底，{indicator}达到{written}{unit}，{verb}{count}{classifier}{thing}",
                    )
                )
            )
        )
    return told


def _clause(scene: Scene, due: str | None) -> Passage:
    return measures.clause(scene, due) if scene.chance(0.6) else counts.clause(scene, due)


def _undated(scene: Scene, _: Roster) -> Passage:
    return join("，", [_clause(scene, scene.due) for _ in range(scene.pick((1, 1, 2)))])


def _dated(scene: Scene, _: Roster) -> Passage:
    when, due = times.lead_in(scene)
    return when + "，" + join("，", [_clause(scene, due) for _ in range(scene.pick((1, 1, 2)))])


def _trailing(scene: Scene, _: Roster) -> Passage:
    return counts.trailing(scene)


def _action(scene: Scene, _: Roster) -> Passage:
    when, _due = times.lead_in(scene)
    comma = "，" if when.marks[0].fields["kind"] == "during" else scene.pick(("，", ""))
    return when + comma + scene.phrase("actions")


def _routine(scene: Scene, _: Roster) -> Passage:
    return routines.sentence(scene)


def _cited(scene: Scene, _: Roster) -> Passage:
    return citations.sentence(scene)


def _friend(scene: Scene, roster: Roster) -> Passage:
    return friends.sentence(scene, roster)


def _state(scene: Scene, _: Roster) -> Passage:
    return Passage(scene.phrase("states")).marked("qualitative", "qualitative")


_KINDS: dict[str, tuple[int, int, Callable[[Scene, Roster], Passage]]] = {
    # kind: (how often, where in the paragraph, writer)
    "undated": (4, 0, _undated),
    "cited": (2, 1, _cited),
    "friend": (4, 1, _friend),
    "routine": (4, 2, _routine),
    "state": (1, 2, _state),
    "action": (3, 3, _action),
    "dated": (4, 3, _dated),
    "trailing": (2, 3, _trailing),
}
