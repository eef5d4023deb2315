"""What a comparison says: which tasks belong together, and what changed in them, as frozen values.

A change has a kind, the words on both sides with their spans in the published texts, and why it is said. A kind has its
mirror: what is ``target tightened`` from 2018 to 2019 is ``target loosened`` from 2019 to 2018.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from policygraph.models import Notice, Span

Kind = Literal[
    "target tightened", "target loosened", "target raised", "target lowered", "target redefined", "target added",
    "target dropped", "deadline brought forward", "deadline postponed", "deadline set", "deadline removed",
    "lead changed", "body added", "body dropped", "role changed", "renamed only", "duty transferred", "task added",
    "task dropped", "task moved", "task merged", "task split", "task reworded", "strength firmer", "strength weaker",
    "citation updated", "default rule changed",
]  # fmt: skip

KINDS: tuple[Kind, ...] = get_args(Kind)

_OPPOSITES: tuple[tuple[Kind, Kind], ...] = (
    ("target tightened", "target loosened"),
    ("target raised", "target lowered"),
    ("target added", "target dropped"),
    ("deadline brought forward", "deadline postponed"),
    ("deadline set", "deadline removed"),
    ("body added", "body dropped"),
    ("task added", "task dropped"),
    ("task merged", "task split"),
    ("strength firmer", "strength weaker"),
)
MIRROR: dict[Kind, Kind] = {kind: kind for kind in KINDS} | dict(_OPPOSITES) | {b: a for a, b in _OPPOSITES}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a change: the task, the characters that show it, their words, and the value they give."""

    task: str | None
    span: Span | None
    text: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; a side is ``None`` where the other notice has nothing to show for it."""

    kind: Kind
    old: Side | None
    new: Side | None
    why: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Tasks that are one another's continuation; two of them on a side were merged or split.

    ``similarity`` is between 0 and 1, ``evidence`` what it was made of (``words 0.71``, ``bodies 1.00``).
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    similarity: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two notices, their tasks side by side, and the changes in the order of the new text."""

    old: Notice
    new: Notice
    pairs: tuple[Pair, ...]
    changes: tuple[Change, ...]
