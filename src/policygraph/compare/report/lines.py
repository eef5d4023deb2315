"""What every report says of a comparison: its head, its counts, and for each change the words of both sides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.compare import wording
from policygraph.compare.values import KINDS

if TYPE_CHECKING:
    from policygraph.compare.values import Change, Comparison, Side
    from policygraph.compare.wording import Edit
    from policygraph.models import Notice

_CHARS = 160


@dataclass(frozen=True, slots=True)
class Line:
    """One change to be shown; ``edits`` are the words of a task that was reworded."""

    kind: str
    old_place: str
    old: str
    new_place: str
    new: str
    why: str
    edits: tuple[Edit, ...] = ()


def titles(found: Comparison) -> tuple[str, str]:
    """Return how the two notices are called."""
    return _title(found.old), _title(found.new)


def counts(found: Comparison) -> list[tuple[str, int]]:
    """Return how many changes there are of each kind, in the order of kinds."""
    counted = Counter(change.kind for change in found.changes)
    return [(kind, counted[kind]) for kind in KINDS if counted[kind]]


def lines(found: Comparison) -> list[Line]:
    """Return the changes to be shown, in their order."""
    return [_line(found, change) for change in found.changes]


def short(words: str, chars: int = _CHARS) -> str:
    """Return words in one line, cut where they are long."""
    one = " ".join(words.split())
    return one if len(one) <= chars else one[: chars - 1] + "…"


def _line(found: Comparison, change: Change) -> Line:
    edits: tuple[Edit, ...] = ()
    if change.kind == "task reworded" and change.old and change.new:
        edits = tuple(wording.edits(_one(change.old.text), _one(change.new.text)))
    return Line(
        change.kind, _place(found.old, change.old), _said(change.old), _place(found.new, change.new), _said(change.new),
        "" if edits else change.why, edits,
    )  # fmt: skip


def _one(words: str) -> str:
    return "".join(words.split())


def _said(side: Side | None) -> str:
    if side is None:
        return ""
    return f"{side.text} [{side.value}]" if side.value and side.value != side.text else side.text


def _place(notice: Notice, side: Side | None) -> str:
    return side.task.removeprefix(notice.id + ":") if side and side.task else ""


def _title(notice: Notice) -> str:
    own = notice.elements
    return " ".join(filter(None, (own.title or "(no title)", own.document_number or own.issued_on)))
