"""All changes between two notices, from their aligned tasks."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from policygraph.compare import align, deadlines, duties, pieces, targets, wording
from policygraph.compare.similarity import Score, dice
from policygraph.compare.values import Change, Comparison, Kind, Pair, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policygraph.compare.align import Group
    from policygraph.compare.pieces import Piece
    from policygraph.models import Notice

_SECTIONS_ALIKE = 0.5
_OFTEN = 3  # tasks in which the same collective came or went are told once
_COLUMN = 5  # tasks whose deadline is the year's end because a table has a column for it


def compare(old: Notice, new: Notice, *, words: bool = True) -> Comparison:
    """Compare two notices, the first being the older.

    Comparing a notice with itself finds nothing; comparing the other way round finds the mirror of each change.
    Without ``words`` a rewording is told without its difference in words, which needs a dictionary.
    """
    was, now = pieces.read(old), pieces.read(new)
    groups = _groups(old, new, was, now)
    found = [*_in_groups(old, new, was, now, groups, words=words), *_left_over(old, new, was, now, groups)]
    found += targets.find(old, new, *_places(was, now, groups))
    found += wording.citations(old, new) + wording.rules(old, new)
    pairs = tuple(
        Pair(tuple(was[i].task.id for i in left), tuple(now[j].task.id for j in right), score.value, score.evidence)
        for left, right, score in groups
    )
    return Comparison(old, new, pairs, tuple(sorted(_once(found), key=_order)))


def _groups(old: Notice, new: Notice, was: Sequence[Piece], now: Sequence[Piece]) -> list[Group]:
    """Align in one direction whichever notice is given first, so that the other way round is the mirror."""
    if _key(old) <= _key(new):
        return align.align(was, now)
    groups: list[Group] = [(right, left, score) for left, right, score in align.align(now, was)]
    return sorted(groups, key=lambda group: (group[1], group[0]))


def _key(notice: Notice) -> tuple[str, str, str]:
    return notice.elements.issued_on or "", notice.id, notice.page.text


def _places(
    was: Sequence[Piece], now: Sequence[Piece], groups: Sequence[Group]
) -> tuple[dict[str, int], dict[str, int]]:
    left = {was[i].task.id: at for at, group in enumerate(groups) for i in group[0]}
    right = {now[j].task.id: at for at, group in enumerate(groups) for j in group[1]}
    return left, right


def _in_groups(  # noqa: PLR0913 - the two sides and how they are told
    old: Notice, new: Notice, was: Sequence[Piece], now: Sequence[Piece], groups: Sequence[Group], *, words: bool
) -> list[Change]:
    found: list[Change] = []
    moved = _moves(was, now, groups)
    for at, (left, right, score) in enumerate(groups):
        one, other = [was[i] for i in left], [now[j] for j in right]
        found += duties.find(old, new, one, other)
        found += deadlines.find(
            old, new, deadlines.read(old, (p.task.id for p in one)), deadlines.read(new, (p.task.id for p in other))
        )
        found += wording.reworded(old, new, one, other, words=words)
        if not any(target.strength for piece in (*one, *other) for target in piece.targets):
            found += wording.strength(one[0], other[0])
        if at in moved:
            why = f"from {one[0].section or 'the top'} to {other[0].section or 'the top'}"
            found.append(Change("task moved", wording.whole(old, one), wording.whole(new, other), why))
        found += _joined(old, new, one, other, score)
    return found


def _joined(old: Notice, new: Notice, one: Sequence[Piece], other: Sequence[Piece], score: Score) -> list[Change]:
    if len(one) == len(other):
        return []
    kind: Kind = "task merged" if len(one) > len(other) else "task split"
    why = f"{len(one)} → {len(other)}; {'; '.join(score.evidence)}"
    return [Change(kind, wording.whole(old, one), wording.whole(new, other), why)]


def _moves(was: Sequence[Piece], now: Sequence[Piece], groups: Sequence[Group]) -> set[int]:
    """Return the groups whose section is another: neither by its name nor because most of it went there."""
    counts: Counter[tuple[str, str]] = Counter()
    for left, right, _ in groups:
        counts[was[left[0]].parent, now[right[0]].parent] += 1
    goes: dict[str, int] = defaultdict(int)
    comes: dict[str, int] = defaultdict(int)
    for (above, below), count in counts.items():
        goes[above], comes[below] = max(goes[above], count), max(comes[below], count)
    found = set()
    for at, (left, right, _) in enumerate(groups):
        one, other = was[left[0]], now[right[0]]
        count = counts[one.parent, other.parent]
        usual = count == goes[one.parent] or count == comes[other.parent]
        if one.parent and other.parent and not usual and dice(one.section, other.section) < _SECTIONS_ALIKE:
            found.add(at)
    return found


def _left_over(
    old: Notice, new: Notice, was: Sequence[Piece], now: Sequence[Piece], groups: Sequence[Group]
) -> list[Change]:
    gone = [one for n, one in enumerate(was) if not any(n in group[0] for group in groups)]
    came = [one for n, one in enumerate(now) if not any(n in group[1] for group in groups)]
    found = [Change("task dropped", _told(old, one), None, "no task of the other notice is like it") for one in gone]
    found += [Change("task added", None, _told(new, one), "no task of the other notice is like it") for one in came]
    lost = deadlines.read(old, [None, *(one.task.id for one in gone)])
    won = deadlines.read(new, [None, *(one.task.id for one in came)])
    outside = [t for t in lost if t.time.task is None], [t for t in won if t.time.task is None]
    found += deadlines.find(old, new, *outside)
    found += deadlines.find(old, new, [t for t in lost if t.time.task], [])
    found += deadlines.find(old, new, [], [t for t in won if t.time.task])
    known = duties.bodies(old, was), duties.bodies(new, now)
    return [*found, *_first_seen(old, gone, known[1], came=False), *_first_seen(new, came, known[0], came=True)]


def _told(notice: Notice, piece: Piece) -> Side:
    """Return a whole task with who answers for it as its value."""
    who = "、".join(f"{one.duty.name} {'+'.join(one.roles)}" for one in duties.bodies(notice, [piece]))
    return Side(piece.task.id, piece.task.span, notice.page.text[slice(*piece.task.span)], who or None)


def _first_seen(notice: Notice, some: Iterable[Piece], others: Sequence[duties.Body], *, came: bool) -> list[Change]:
    """Return the bodies of tasks without a partner that the other notice names under no name, each once."""
    found, seen = [], {one.key for one in others}
    for piece in some:
        for body in duties.bodies(notice, [piece]):
            if body.key in seen or not body.told or body.collective or any(duties.steps(body, one) for one in others):
                continue
            seen.add(body.key)
            side, why = duties.side(piece, body), f"{body.duty.name} has no duty anywhere in the other notice"
            found.append(Change("body added", None, side, why) if came else Change("body dropped", side, None, why))
    return found


def _once(found: Sequence[Change]) -> list[Change]:
    """Tell once what is the same in many tasks: a name that changed, a collective, the year's end in a column."""
    groups: dict[tuple[str, str, str], list[Change]] = defaultdict(list)
    kept: list[Change] = []
    for change in found:
        if change.kind in ("renamed only", "body added", "body dropped"):
            groups[change.kind, _name(change.old), _name(change.new)].append(change)
        elif change.kind in ("deadline set", "deadline removed") and _name(change.old or change.new).endswith("-12-31"):
            groups[change.kind, _text(change.old), _text(change.new)].append(change)
        else:
            kept.append(change)
    for (kind, _, _), same in groups.items():
        general = (
            kind == "renamed only"
            or (kind.startswith("deadline") and len(same) >= _COLUMN)
            or (kind.startswith("body") and len(same) >= _OFTEN and all(_is_general(one) for one in same))
        )
        if general and len(same) > 1:
            first = min(same, key=_early)
            kept.append(Change(first.kind, first.old, first.new, f"{first.why} (in {len(same)} tasks)"))
        else:
            kept += same
    return kept


def _name(side: Side | None) -> str:
    return (side.value or "").partition(" ")[0] if side else ""


def _text(side: Side | None) -> str:
    return side.text if side else ""


def _is_general(change: Change) -> bool:
    return pieces.is_general(_name(change.new) or _name(change.old))


def _early(change: Change) -> tuple[int, int]:
    """Put changes in an order that is the same for their mirrors."""
    starts = [side.span[0] for side in (change.old, change.new) if side and side.span]
    return sum(starts), max(starts) - min(starts)


def _order(change: Change) -> tuple[int, int, str, str]:
    """Put changes in the order of the new text, what only the old one has behind it."""
    first = change.new.span if change.new and change.new.span else None
    second = change.old.span if change.old and change.old.span else (0, 0)
    return (first[0] if first else 1 << 40, second[0], change.kind, change.why)
