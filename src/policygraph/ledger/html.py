"""A ledger as one page to print: the table, and below it the published words of each task, marked and linked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policygraph.ledger.entries import ROLES
from policygraph.writing import marks, page
from policygraph.writing.page import words
from policygraph.writing.workbook import is_web

if TYPE_CHECKING:
    from policygraph.ledger.entries import Entry, Ledger, Notice

_TASK_CHARS = 300
_SIDES = {kind: (f'<mark class="{kind}">', "</mark>") for kind in ("duty", "target", "time")}
_LEGEND = {"duty": "单位", "target": "目标", "time": "时限"}
_STYLE = """
h1{text-align:center;font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem;margin-bottom:.2rem}
th{background:#e8eef4;text-align:center}td.n{text-align:center}
col.n{width:3.2rem}col.task{width:32%}col.where{width:8rem}col.own{width:6.6rem}
.words{white-space:pre-line;margin:.2rem 0 1rem}a{color:#0b5394}
mark{color:inherit}.duty{background:#cfe8fc}.target{background:#d5f0d0}.time{background:#fdebb8}
thead{display:table-header-group}tr{break-inside:avoid}
:target{outline:2px solid #0b5394}
@page{size:A4 landscape;margin:12mm}
@media print{body{margin:0;max-width:none;font-size:10pt}a{color:inherit;text-decoration:none}
mark{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
@media screen and (max-width:50rem){table,tbody,tr,td{display:block}thead,colgroup{display:none}
td{border:0;border-bottom:1px solid #ddd}td::before{content:attr(data-head)"：";font-weight:bold}tr{margin-bottom:1rem}}
"""
_HEADS = ("序号", "任务", "目标", "牵头单位", "配合单位", "完成时限", "出处")
_COLS = ("n", "task", "", "", "", "", "where")


def write(found: Ledger) -> str:
    """Return a ledger as a page; everything that notices say is escaped."""
    own = bool(found.organisation)
    heads = (*_HEADS, "本单位角色") if own else _HEADS
    cols = "".join(f'<col class="{one}">' for one in ((*_COLS, "own") if own else _COLS))
    head = "".join(f'<th scope="col">{one}' for one in heads)
    rows = "\n".join(_row(number, entry, heads) for number, entry in enumerate(found.entries, 1))
    body = "\n".join(
        [
            f"<h1>{words(found.title)}</h1>",
            f"<p>{_summary(found)}",
            *map(_notice, found.notices.values()),
            f"<table><colgroup>{cols}</colgroup>",
            f"<thead><tr>{head}</thead><tbody>\n{rows}\n</tbody></table>",
            "<h2>原文</h2>",
            f"<p>{' '.join(word.join(_SIDES[kind]) for kind, word in _LEGEND.items())}",
            *(_passage(number, entry, found) for number, entry in enumerate(found.entries, 1)),
        ]
    )
    return page.write(found.title, body, _STYLE)


def _summary(found: Ledger) -> str:
    """Return how many tasks there are, in how many of them the body has which role, and how many have a date."""
    roles = Counter(role for entry in found.entries for role in entry.own)
    told = "，".join(f"{role}{roles[role]}项" for role in ROLES.values() if roles[role])
    timed = sum(bool(entry.times) for entry in found.entries)
    return f"共{len(found.entries)}项任务{f'：{told}' if told else ''}；有时限{timed}项。"


def _notice(notice: Notice) -> str:
    where = words(notice.path)
    where = f'<a href="{where}" rel="noreferrer">{where}</a>' if is_web(notice.path) else where
    dated = f"，{words(notice.issued_on)}" if notice.issued_on else ""
    return f"<p>{words(notice.title)}（{words(notice.id)}{dated}）<small>来源：{where}</small>"


def _row(number: int, entry: Entry, heads: tuple[str, ...]) -> str:
    shown = entry.words if len(entry.words) <= _TASK_CHARS else entry.words[: _TASK_CHARS - 1] + "…"
    title = f"<b>{words(entry.title)}</b><br>" if entry.title else ""
    parts = ("；<br>".join(map(words, part)) for part in (entry.targets, entry.leading, entry.others, entry.times))
    where = f'<a href="#w{number}">{words(entry.notice)}<br>{words(entry.place)}</a>'
    cells = [str(number), title + words(shown), *parts, where, "、".join(map(words, entry.own))]
    cells = [f'<td data-head="{head}">{cell}' for head, cell in zip(heads, cells, strict=False)]
    cells[0] = cells[0].replace("<td", '<td class="n"', 1)
    return f'<tr id="t{number}">{"".join(cells)}'


def _passage(number: int, entry: Entry, found: Ledger) -> str:
    text = found.notices[entry.notice].text
    kept = marks.nested(entry.marks, (entry.start, entry.end))
    shown = marks.marked(text, (entry.start, entry.end), kept, sides=_SIDES, shown=words)
    return (
        f'<h3 id="w{number}"><a href="#t{number}">{number}</a> {words(entry.notice)} {words(entry.place)}'
        f'<small>第{entry.start}–{entry.end}字</small></h3><p class="words">{shown}'
    )
