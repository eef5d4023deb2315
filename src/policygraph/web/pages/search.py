"""What the store says of some words: bodies, notices, tasks, and who has to do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.web.pages.home import newest
from policygraph.web.views import PAGE, Field, Shown, Table, View

if TYPE_CHECKING:
    from policygraph.store.contract import Row, Store
    from policygraph.web.views import Asked

_MOST_BODIES = 20
_BEFORE, _AFTER = 40, 120
_SIZE = 50


def show(store: Store, asked: Asked) -> Shown:
    """Show what holds a text; nothing without one."""
    text = asked.text("q")
    if text is None:
        empty = tuple(Table.of(name, []) for name in VIEW.tables)
        return Shown("search", empty, {"text": ""}, "search.title")
    tasks = [{**row, "text": excerpt(str(row["text"]), text)} for row in store.ask("search", text=text)]
    notices = [row for row in newest(store.ask("notices")) if text in f"{row['notice']} {row['notice_title']}"]
    tables = (
        Table.paged("tasks", tasks, asked.page, size=_SIZE),
        Table.of("organisations", store.ask("organisations", text=text)[:_MOST_BODIES]),
        Table.of("notices", notices),
        Table.of("who", store.ask("who", text=text)[:_MOST_BODIES] if tasks else []),
    )
    return Shown(text, tables, {"text": text}, "search.title")


def excerpt(words: str, text: str) -> str:
    """Return the words around the first place of a text, in one line, with … where they are cut."""
    one = " ".join(words.split())
    at = max(0, one.lower().find(text.lower()))
    start, end = max(0, at - _BEFORE), at + len(text) + _AFTER
    return f"{'…' if start else ''}{one[start:end]}{'…' if end < len(one) else ''}"


def first_place(row: Row) -> str:
    """Return the characters of a row as the address of a notice takes them."""
    return f"{row['start']}-{row['end']}"


VIEW = View(
    "search", "/search", "Bodies, notices and tasks that hold some words, and who has to do with them", show,
    (Field("q", "text", "the words"), PAGE),
    ("tasks", "organisations", "notices", "who"),
)  # fmt: skip
