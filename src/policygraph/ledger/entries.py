"""A ledger as a value, and how it is asked of a store: the same rows from every store, in the order of the texts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from policygraph.errors import BadParameter
from policygraph.writing.marks import Mark

if TYPE_CHECKING:
    from policygraph.store.contract import Row, Store

ROLES = {"lead": "牵头", "responsible": "负责", "support": "配合", "implement": "落实", "supervise": "督导"}
"""Roles as officials write them, in the order in which a body that has several stands in a ledger."""
_FIRST = ("lead", "responsible")
_PLAIN = ("lead", "support")
_DATED = ("by", "on", "during")


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that tasks are taken from; ``path`` is the file or address that it was read from."""

    id: str
    title: str
    issued_on: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A task: its ``words``, what is to be reached, bodies, times, and the characters that say so.

    ``leading`` are the bodies that answer for it (牵头, 负责), ``others`` the rest; a role that the column does not
    say stands behind the name, as in 市城投公司（负责）. ``own`` are the roles of the body that was asked for.
    ``start`` and ``end`` are offsets in the text of the notice, as are those of ``marks``.
    """

    task: str
    title: str
    words: str
    targets: tuple[str, ...]
    leading: tuple[str, ...]
    others: tuple[str, ...]
    times: tuple[str, ...]
    own: tuple[str, ...]
    notice: str
    start: int
    end: int
    marks: tuple[Mark, ...]

    @property
    def place(self) -> str:
        """Where the task stands in its notice, such as ``二/一/1:1``."""
        return self.task.removeprefix(self.notice + ":")


@dataclass(frozen=True, slots=True)
class Ledger:
    """The tasks of a body, of a year or of a notice, and the notices they are taken from by their ids."""

    title: str
    entries: tuple[Entry, ...]
    notices: dict[str, Notice]
    organisation: str | None = None


def ledger(
    store: Store, *, organisation: str | None = None, year: int | str | None = None, notice: str | None = None
) -> Ledger:
    """Return the tasks of a body or of a notice, with everybody's part in them; a year is that of the plan.

    Args:
        store: an open store.
        organisation: a body by any of its names; its roles in each task are told.
        year: only plans of this year, else all.
        notice: only this notice, by its id or an end of it that no other shares (``17号``).

    Raises:
        BadParameter: neither a body nor a notice is given, or the year is none.
        UnknownOrganisation: no body is called so.
        UnknownId: there is no such notice.

    """
    if organisation is None and notice is None:
        raise BadParameter("ledger", "of whom or of what?", "give an organisation or a notice")
    where = {"organisation": organisation, "notice": notice}
    tasks = store.ask("assignments", year=None if year is None else str(year), **where)
    own: dict[str, list[str]] = defaultdict(list)
    if organisation is not None:
        for row in store.ask("duties", **where):
            own[str(row["task"])] += str(row["role"]).split("; ")
    targets = _by_task(store.ask("targets", **where))
    times = _by_task(store.ask("times", **where))
    entries = tuple(
        _entry(list(rows), targets[task], times[task], own[task])
        for task, rows in groupby(tasks, key=lambda row: str(row["task"]))
    )
    notices = {one: _notice(store, one) for one in dict.fromkeys(entry.notice for entry in entries)}
    subject = organisation or next((f"{one.id} " for one in notices.values()), f"{notice} ")
    when = f"{year}年" if year is not None else ""
    return Ledger(f"{subject}{when}任务台账", entries, notices, organisation)


def _by_task(rows: list[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["task"]:
            found[str(row["task"])].append(row)
    return found


def _notice(store: Store, identifier: str) -> Notice:
    known = store.text_of(identifier)
    title, issued_on, path, text = (str(known.get(name) or "") for name in ("title", "issued_on", "path", "text"))
    return Notice(identifier, title or "（无标题）", issued_on, path, text)


def _entry(rows: list[Row], targets: list[Row], times: list[Row], own: list[str]) -> Entry:
    task = rows[0]
    bodies = [(str(row["organisation"]), str(row["role"]).split("; ")) for row in rows if row["organisation"]]
    leading = [body for body in bodies if set(body[1]) & set(_FIRST)]
    marks = [_mark(row, "duty") for row in rows if row["organisation"] and row["basis"] != "inherited"]
    marks += [_mark(row, "target") for row in targets] + [_mark(row, "time") for row in times]
    return Entry(
        task=str(task["task"]),
        title=str(task["title"] or ""),
        words=" ".join(str(task["text"]).split()),
        targets=tuple(dict.fromkeys(" ".join(str(row["words"]).split()) for row in targets)),
        leading=tuple(_body(*body) for body in leading),
        others=tuple(_body(*body) for body in bodies if body not in leading),
        times=tuple(dict.fromkeys(_times(times, targets))),
        own=tuple(word for role, word in ROLES.items() if role in own),
        notice=str(task["notice"]),
        start=_number(task, "passage_start"),
        end=_number(task, "passage_end"),
        marks=tuple(marks),
    )


def _body(name: str, roles: list[str]) -> str:
    """Return a name with the roles that its column does not say: 牵头 and 配合 go without saying."""
    told = [word for role, word in ROLES.items() if role in roles and (role not in _PLAIN or len(roles) > 1)]
    return f"{name}（{'、'.join(told)}）" if told else name


def _times(times: list[Row], targets: list[Row]) -> list[str]:
    """Return when a task is due, first as a date; one without words is due when the plan's year ends."""
    found = []
    for row in times:
        words = "".join(str(row["words"]).split())
        found.append(f"{row['until']}（{words}）" if row["kind"] in _DATED and row["until"] else words)
    if not found:
        found = [f"{row['due']}（计划年度）" for row in targets if row["due_from"] == "plan year"]
    return found


def _mark(row: Row, kind: str) -> Mark:
    return Mark(_number(row, "start"), _number(row, "end"), kind)


def _number(row: Row, name: str) -> int:
    return int(str(row[name]))
