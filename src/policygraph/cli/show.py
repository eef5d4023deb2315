"""``policygraph show TASK``: a task in its notice, with the duties, targets and times marked where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from policygraph.cli import options
from policygraph.writing import marks
from policygraph.writing.marks import Mark

if TYPE_CHECKING:
    from rich.text import Text

    from policygraph.store.contract import Row

_STYLES = {"duty": "bold cyan", "target": "bold green", "time": "bold yellow"}
_MARKS = {"duty": ("⟦", "⟧"), "target": ("⟨", "⟩"), "time": ("‹", "›")}


@click.command(name="show")
@click.argument("task")
@options.store
def command(task: str, store: str) -> None:
    """Show TASK, given by its id or an end of it that no other task shares (二/一/1:1), in its notice."""
    from policygraph.store import open_store  # noqa: PLC0415 - help needs no store

    with open_store(store, create=False) as opened:
        rows = opened.ask("task", task=task)
        found = opened.locate(task)
        notice = opened.text_of(str(found["notice"]))
    _print(found, rows, notice)


def _print(task: Row, rows: list[Row], notice: Row) -> None:
    from policygraph.cli.console import console as made  # noqa: PLC0415 - only what is printed richly loads rich

    console = made()
    plain = console.color_system is None
    text = str(notice["text"])
    places = [task["start"], task["end"], task["statement_start"], task["statement_end"]]
    known = [int(str(place)) for place in places if place is not None]
    start, stop = min(known), max(known)
    title = f" {task['title']}" if task["title"] else ""
    console.print(f"{task['task']}{title}", soft_wrap=plain)
    console.print(_marked(text, start, stop, rows, plain=plain), soft_wrap=plain)
    console.print()
    for row in sorted(rows, key=lambda row: (str(row["kind"]), row["basis"] == "inherited")):
        console.print(_line(row, text), soft_wrap=plain)
    console.print(
        f"\n{notice['title'] or '(no title)'}\n{task['notice']}  {notice['issued_on'] or ''}  {notice['path']}",
        soft_wrap=plain,
    )
    console.print(
        f"characters {start}:{stop} of the published text; marked ", _legend(plain=plain), sep="", soft_wrap=plain
    )


def _line(row: Row, text: str) -> str:
    """Return a finding with its place; that of an inherited duty is the rule that it comes from, with its words."""
    start, end = int(str(row["start"])), int(str(row["end"]))
    how = {"stated": "", "inherited": f"inherited from ⟦{' '.join(text[start:end].split())}⟧"}
    basis = how.get(str(row["basis"]), row["basis"]) if row["kind"] == "duty" else ""
    due = f"due {row['due']}{' (plan year)' if row['due_from'] == 'plan year' else ''}" if row["due"] else ""
    what = f"{row['what']:<11}" if row["kind"] != "target" else row["what"]
    parts = (f"{row['kind']:<7}", what, row["value"] or "", basis or due, f"[{start}:{end}]")
    return "  " + "  ".join(str(part) for part in parts if part)


def _legend(*, plain: bool) -> Text:
    """Return the marks as they look in the text."""
    from rich.text import Text  # noqa: PLC0415 - only what is printed richly loads it

    words = [(kind.join(_MARKS[kind]) if plain else kind, "" if plain else style) for kind, style in _STYLES.items()]
    return Text(" ").join(Text(word, style) for word, style in words)


def _marked(text: str, start: int, stop: int, rows: list[Row], *, plain: bool) -> Text:
    """Return the text with its marks: styles on a terminal, brackets where there are no colours."""
    from rich.text import Text  # noqa: PLC0415 - only what is printed richly loads it

    found = [Mark(int(str(row["start"])), int(str(row["end"])), str(row["kind"])) for row in rows]
    kept = marks.nested(found, (start, stop))
    if plain:
        return Text(marks.marked(text, (start, stop), kept, sides=_MARKS))
    styled = Text(text[start:stop])
    for mark in kept:
        styled.stylize(_STYLES[mark.kind], mark.start - start, mark.end - start)
    return styled
