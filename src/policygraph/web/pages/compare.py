"""Two notices side by side: what changed from one to the other, each change with its kind and both texts.

Without a choice these are the newest notice that follows another and that other one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policygraph.compare import KINDS, compare
from policygraph.compare.report.lines import lines
from policygraph.web.pages.home import newest
from policygraph.web.views import PAGE, Field, Shown, Table, View

if TYPE_CHECKING:
    from policygraph.compare import Change, Comparison, Side
    from policygraph.store.contract import Row, Store
    from policygraph.web.views import Asked

_COLUMNS = (
    "kind", "old_text", "old_value", "new_text", "new_value", "why", "old_task", "old_notice", "old_start", "old_end",
    "new_task", "new_notice", "new_start", "new_end",
)  # fmt: skip
_MORE = ("tightened", "firmer", "forward", "added", "set")
_LESS = ("loosened", "weaker", "postponed", "dropped", "removed")
_SIZE = 100


def show(store: Store, asked: Asked) -> Shown:
    """Show the changes between two notices, of one kind or of one body."""
    notices = newest(store.ask("notices"))
    known = [str(row["notice"]) for row in notices]
    old, new = _pair(store, asked, known)
    if old is None or new is None:
        tables = (Table.of("changes", [], _COLUMNS), Table.of("kinds", [], ("kind", "changes")))
        return Shown("compare", tables, {"notices": notices, "old": old, "new": new, "edits": {}}, "nav.compare")
    found = compare(store.notice(old), store.notice(new))
    shown = list(zip(found.changes, lines(found), strict=True))
    tasks = _tasks(store, asked, (found.old.id, found.new.id))
    kept = [(change, line) for change, line in shown if tasks is None or _of(change, tasks)]
    counted = Counter(change.kind for change, _ in kept)
    kinds: list[Row] = [{"kind": kind, "changes": counted[kind]} for kind in KINDS if counted[kind]]
    wanted = asked.text("kind")
    kept = [(change, line) for change, line in kept if wanted in (None, change.kind)]
    rows = [_row(found, change) for change, _ in kept]
    table = Table.paged("changes", rows, asked.page, _COLUMNS, _SIZE)
    start = (table.page - 1) * _SIZE
    edits = {index: line.edits for index, (_, line) in enumerate(kept[start : start + _SIZE]) if line.edits}
    context = {"notices": notices, "old": found.old.id, "new": found.new.id, "edits": edits, "sides": sides}
    return Shown("compare", (table, Table.of("kinds", kinds, ("kind", "changes"))), context, "nav.compare")


def _pair(store: Store, asked: Asked, known: list[str]) -> tuple[str | None, str | None]:
    """Return the two notices that are asked for; what is not told is what the series say, else the next newest."""
    old, new = asked.text("old"), asked.text("new")
    follows = {str(row["notice"]): str(row["follows"]) for row in store.ask("series") if row["follows"]}
    if new is None:
        after = [one for one in known if old is not None and follows.get(one) == old]
        new = next(iter([*after, *(one for one in known if one in follows and one != old), *known]), None)
    if old is None and new is not None:
        whole = next((one for one in known if one == new or one.endswith(new)), new)
        old = follows.get(whole) or next((one for one in known if one != whole), None)
    return old, new


def _tasks(store: Store, asked: Asked, notices: tuple[str, str]) -> set[str] | None:
    """Return the tasks of a body in two notices, ``None`` without a body."""
    body = asked.text("organisation")
    if body is None:
        return None
    return {str(row["task"]) for one in notices for row in store.ask("duties", organisation=body, notice=one)}


def _of(change: Change, tasks: set[str]) -> bool:
    return any(side is not None and side.task in tasks for side in (change.old, change.new))


def _row(found: Comparison, change: Change) -> Row:
    whole: Row = {"kind": change.kind, "why": change.why}
    whole |= _side("old", found.old.id, change.old) | _side("new", found.new.id, change.new)
    return {key: whole[key] for key in _COLUMNS}


def _side(name: str, notice: str, side: Side | None) -> Row:
    start, end = side.span if side and side.span else (None, None)
    told = (
        {"text": side.text, "value": side.value, "task": side.task}
        if side
        else dict.fromkeys(("text", "value", "task"))
    )
    whole = {**told, "notice": notice if side else None, "start": start, "end": end}
    return {f"{name}_{key}": value for key, value in whole.items()}


def sides(kind: str) -> str:
    """Return whether a kind of change asks for more or for less, or neither."""
    last = kind.rsplit(" ", 1)[-1]
    return "more" if last in _MORE else "less" if last in _LESS else "other"


VIEW = View(
    "compare", "/compare", "What changed from one notice to another, each change with both texts", show,
    (
        Field("old", "id", "the older notice; what the newer one follows if not given"),
        Field("new", "id", "the newer notice; the newest that follows another if not given"),
        Field("kind", "choice", "only changes of this kind", KINDS),
        Field("organisation", "text", "only changes in tasks of this body, by its id or any of its names"),
        PAGE,
    ),
    ("changes", "kinds"),
)  # fmt: skip
