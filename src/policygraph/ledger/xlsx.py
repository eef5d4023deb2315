"""A ledger as a workbook: 任务台账, whose 出处 lead to the published words in 原文, and these to the web page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.writing import workbook
from policygraph.writing.workbook import Column, Link, Sheet

if TYPE_CHECKING:
    from policygraph.ledger.entries import Entry, Ledger

_TASKS = "任务台账"
_WORDS = "原文"
_TASK_CHARS = 300
_COLUMNS = (
    ("序号", 6), ("任务", 60), ("目标", 36), ("牵头单位", 22), ("配合单位", 30), ("完成时限", 22), ("出处", 26),
)  # fmt: skip
_OWN = ("本单位角色", 12)
_SOURCE = (("序号", 6), ("通知", 40), ("条目", 14), ("原文", 90), ("字符", 14), ("成文日期", 12), ("来源", 50))


def write(found: Ledger) -> bytes:
    """Return a ledger as the bytes of a workbook; the same ledger gives the same bytes."""
    columns = (*_COLUMNS, _OWN) if found.organisation else _COLUMNS
    rows = [_row(number, entry, own=bool(found.organisation)) for number, entry in enumerate(found.entries, 1)]
    return workbook.write(
        [
            Sheet(_TASKS, tuple(Column(*one) for one in columns), rows, title=found.title),
            Sheet(_WORDS, tuple(Column(*one) for one in _SOURCE), _sources(found)),
        ]
    )


def _row(number: int, entry: Entry, *, own: bool) -> list[str | int | Link]:
    head = f"【{entry.title}】" if entry.title and entry.title not in entry.words[: len(entry.title) + 8] else ""
    words = entry.words if len(entry.words) <= _TASK_CHARS else entry.words[: _TASK_CHARS - 1] + "…"
    cells: list[str | int | Link] = [number, head + words]
    cells += ["\n".join(part) for part in (entry.targets, entry.leading, entry.others, entry.times)]
    cells.append(Link(f"{entry.notice} {entry.place}", (_WORDS, number - 1)))
    return [*cells, "、".join(entry.own)] if own else cells


def _sources(found: Ledger) -> list[list[str | int | Link]]:
    rows: list[list[str | int | Link]] = []
    for number, entry in enumerate(found.entries, 1):
        notice = found.notices[entry.notice]
        words, place = notice.text[entry.start : entry.end], f"{entry.start}–{entry.end}"
        back = Link(str(number), (_TASKS, number - 1))
        rows.append([back, f"{notice.title} {notice.id}", entry.place, words, place, notice.issued_on])
        rows[-1].append(Link(notice.path, notice.path))
    return rows
