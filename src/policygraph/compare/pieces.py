"""A notice as comparison reads it: each task with its words, headings, bodies, targets and place.

The words of a task are those without its statements: (市水务局牵头,市农委配合) says who, not what, and a change of
bodies is no change of the words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from policygraph.data import alternatives, table
from policygraph.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policygraph.models import Clause, Duty, Notice, Span, Target, Task, Time

_LABEL = re.compile(
    r"^\s*(?:[（(]?\d{1,3}[)）]|\d{1,3}\s*[.．、]|[①-⑳]|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\s*"
)
_ROW = re.compile(r"\s*\d{1,3}\t")
_RUN_IN_CHARS = 40
_SPACE = re.compile(r"\s+")
_EMPTY_BRACKET = re.compile(r"[（(〔\[【][：:；;，,、\s]*[)）〕\]】〉]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One task: ``words`` without statements and layout, ``head`` its heading, ``section`` the headings above it."""

    task: Task
    index: int
    clause: Clause | None
    words: str
    head: str
    section: str
    parent: str
    duties: tuple[Duty, ...]
    targets: tuple[Target, ...]
    times: tuple[Time, ...]


def read(notice: Notice) -> tuple[Piece, ...]:
    """Return the tasks of a notice in the order of its text."""
    clauses = {one.id: one for one in notice.clauses}
    titles = {one.path: one.title or "" for one in notice.clauses}
    duties, targets, times = (_by_task(found) for found in (notice.duties, notice.targets, notice.times))
    said = _said(notice)
    pieces = []
    for index, task in enumerate(notice.tasks):
        if _columns().fullmatch(plain(notice.page.text[slice(*task.span)])):
            continue  # the head of a table whose cells were lost, read as a task
        clause = clauses.get(task.clause)
        words = _words(notice.page.text, task.span, said)
        opening = _opening(notice.page.text, task.span, said)
        first = index == 0 or notice.tasks[index - 1].clause != task.clause
        head, parent = _head(clause, words, titles, opening, first=first)
        pieces.append(
            Piece(
                task, index, clause, _joined(head, words), head, _above(parent, titles), parent,
                tuple(duties[task.id]), tuple(targets[task.id]), tuple(times[task.id]),
            )
        )  # fmt: skip
    return tuple(pieces)


def is_general(name: str) -> bool:
    """Tell whether a name is that of many bodies, which nearly every task has: 各乡镇人民政府, 区直有关单位."""
    return name.startswith(("各", "有关", "相关")) or "单位" in name


def without(text: str, span: Span, spans: Iterable[Span]) -> str:
    """Return the characters of a span without those of others, layout dropped and widths made one."""
    kept, at = [], span[0]
    for start, end in sorted(spans):
        if end <= at or start >= span[1]:
            continue
        kept.append(text[at : max(at, start)])
        at = min(max(at, end), span[1])
    kept.append(text[at : span[1]])
    return plain("".join(kept))


def plain(words: str) -> str:
    """Return words in one width, without layout.

    >>> plain("水质 达标（９5%）")
    '水质达标(95%)'
    """
    return _SPACE.sub("", normalise(words))


@cache
def _columns() -> re.Pattern[str]:
    """Match the heads of columns one after another: 工作任务工作要求牵头单位配合/责任单位."""
    heads = {plain(head) for column in table("columns")["column"] for head in column["heads"]}
    return re.compile(f"(?:{alternatives(heads)}|[/、])+")


def _said(notice: Notice) -> list[Span]:
    spans = [one.span for one in notice.statements]
    spans += [cell.span for table in notice.page.tables for cell in table.cells if cell.rows > 1]
    spans += [one.span for one in notice.duties if one.span and one.basis in ("stated", "positional")]
    return sorted(set(spans) | {one.span for one in notice.repeats})


def _words(text: str, span: Span, said: Sequence[Span]) -> str:
    number = _ROW.match(text, *span)
    bare = without(text, (number.end() if number else span[0], span[1]), said)
    return _EMPTY_BRACKET.sub("", _LABEL.sub("", bare, count=1))


def _opening(text: str, span: Span, said: Sequence[Span]) -> str:
    """Return the words before the bodies of a row whose next cell follows them: 推进预决算公开|区财金局|全面公开…."""
    inside = [(start, end) for start, end in said if span[0] <= start and end <= span[1]]
    if not inside or span[1] - inside[-1][1] < _RUN_IN_CHARS:
        return ""
    words = _LABEL.sub("", plain(text[span[0] : inside[0][0]]), count=1)
    return words if len(words) <= _RUN_IN_CHARS else ""


def _head(clause: Clause | None, words: str, titles: dict[str, str], opening: str, *, first: bool) -> tuple[str, str]:
    """Return a task's heading and the path it stands under: its clause's title, or the sentence that opens it.

    The second task of a clause is not what its title says; one without either goes by the title above it.
    """
    sentence = opening or re.split(r"[。；;]", words, maxsplit=1)[0]
    run_in = sentence if len(sentence) <= _RUN_IN_CHARS else ""
    if clause is None:
        return run_in, ""
    title = plain(clause.title or "") if first else ""
    above = clause.path.rpartition("/")[0]
    if not title and not opening and clause.path.count("/") > 1:
        run_in = run_in if len(run_in) <= _RUN_IN_CHARS // 2 else plain(titles.get(above, ""))
    if title and (above or not any(path.startswith(clause.path + "/") for path in titles)):
        return title, above
    return run_in or title, clause.path


def _joined(head: str, words: str) -> str:
    return words if not head or head in words[: len(head) + 8] else f"{head}。{words}"


def _above(path: str, titles: dict[str, str]) -> str:
    parts = path.split("/") if path else []
    return "/".join(plain(titles.get("/".join(parts[: n + 1]), "")) for n in range(len(parts)))


def _by_task(found: Iterable[Duty | Target | Time]) -> defaultdict[str | None, list]:  # type: ignore[type-arg]
    by_task: defaultdict[str | None, list] = defaultdict(list)  # type: ignore[type-arg]
    for one in found:
        by_task[one.task].append(one)
    return by_task
