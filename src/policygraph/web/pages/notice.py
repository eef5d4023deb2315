"""A notice as it was published, with all that was found in it marked, its outline, and where it is published.

A long text is shown in parts that end with a line. ``at=698-782`` marks characters that somebody cites.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from policygraph.errors import BadParameter
from policygraph.web.highlight import Mark, paragraphs
from policygraph.web.languages import speaker
from policygraph.web.views import Field, Shown, Table, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.store.contract import Row, Store
    from policygraph.web.views import Asked

PART_CHARS = 60_000
_AT = re.compile(r"(\d{1,9})-(\d{1,9})")


def show(store: Store, asked: Asked) -> Shown:
    """Show a notice by its id or an end of it that no other shares."""
    facts = store.ask("facts", notice=asked.what)
    outline = store.ask("outline", notice=asked.what)
    (identifier,) = {str(row["notice"]) for row in (*facts, *outline)} or {asked.what}
    notice = store.text_of(identifier)
    text = str(notice.pop("text"))
    parts = _parts(text)
    at = _cited(asked.text("at"), len(text))
    number = _part(parts, asked.number("part"), at)
    start, end = parts[number - 1]
    own = [dict(row) | {"fact": f"f{index}"} for index, row in enumerate(facts, 1)]
    here = [row for row in own if _within(row, start, end)]
    body = paragraphs(
        text, (start, end), [*_marks(here, asked.language), *_cited_mark(at)],
        {_int(row["start"]): _int(row["level"]) for row in outline if _int(row["level"])},
        [_int(row["start"]) for row in outline],
    )  # fmt: skip
    sources = [
        {"path": path, "own": path == notice["path"]} for path, gives in store.publications() if gives == identifier
    ]
    outline = [dict(row) | {"part": _part(parts, None, (_int(row["start"]), 0))} for row in outline]
    for row in own:
        row["part"] = _part(parts, None, (_int(row["start"]), 0)) if row["start"] is not None else None
    context = {
        "notice": notice, "identifier": identifier, "body": body, "part": number, "parts_count": len(parts), "at": at,
        "issuers": json.loads(str(notice["issuers"] or "[]")), "by_task": _by_task(here),
    }  # fmt: skip
    tables = (Table.of("facts", here), Table.of("outline", outline), Table.of("sources", sources))
    return Shown(
        str(notice["title"] or identifier), (*tables, Table.of("notice", [{"notice": identifier, **notice}])), context
    )


def _int(value: object) -> int:
    return int(str(value))


def _parts(text: str) -> list[tuple[int, int]]:
    """Return the stretches in which a text is shown, each cut behind a line break if it has one."""
    parts, start = [], 0
    while len(text) - start > PART_CHARS:
        end = text.rfind("\n", start, start + PART_CHARS) + 1
        end = end if end > start else start + PART_CHARS
        parts.append((start, end))
        start = end
    return [*parts, (start, len(text))]


def _cited(at: str | None, length: int) -> tuple[int, int] | None:
    if at is None:
        return None
    found = _AT.fullmatch(at)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    if not start < end <= length:
        raise BadParameter("at", f"'{at}' is no place in the text", "write it as 698-782")
    return start, end


def _part(parts: Sequence[tuple[int, int]], asked: int | None, at: tuple[int, int] | None) -> int:
    """Return the number, from 1, of the part that is asked for, else of the one that holds a place."""
    if asked is not None:
        return min(asked, len(parts))
    if at is None:
        return 1
    return next((number for number, (_, end) in enumerate(parts, 1) if at[0] < end), len(parts))


def _within(row: Row, start: int, end: int) -> bool:
    """Tell whether a fact shows in a stretch; one without a place, or inherited from elsewhere, belongs to its task."""
    if row["start"] is None:
        return start == 0
    return any(
        row[left] is not None and _int(row[left]) < end and _int(row[right]) > start
        for left, right in (("start", "end"), ("statement_start", "statement_end"))
    )


def _marks(facts: Sequence[Row], language: str) -> list[Mark]:
    """Return the marks of facts; a statement's leads to the duties that it states, or that it inherits."""
    say = speaker(language)
    stated: dict[tuple[object, object], list[str]] = {}
    for row in facts:
        if row["kind"] == "duty":
            stated.setdefault((row["statement_start"], row["statement_end"]), []).append(str(row["fact"]))
    marks = []
    for row in facts:
        if row["start"] is None or row["end"] is None:
            continue
        place, kind = (_int(row["start"]), _int(row["end"])), str(row["kind"])
        if kind == "statement":
            marks.append(Mark(*place, kind, " ".join(stated.get((row["start"], row["end"]), ())), linked=False))
            continue
        what = str(row["what"] or "")
        what = say(f"{_WORDS[kind]}.{what}", what) if kind in _WORDS else what
        title = f"{what}: {row['value']}" if what and row["value"] else str(row["value"] or what)
        role = f" is-{row['what']}" if kind == "duty" else ""
        marks.append(Mark(*place, kind + role, str(row["fact"]), title))
    return marks


_WORDS = {"duty": "role", "time": "time", "doubt": "stage"}


def _cited_mark(at: tuple[int, int] | None) -> list[Mark]:
    return [Mark(*at, "cited", "cited", linked=False)] if at else []


def _by_task(facts: Sequence[Row]) -> list[tuple[str | None, list[Row]]]:
    """Return facts by their task, tasks in the order of the text; what has none stands last."""
    groups: dict[str | None, list[Row]] = {}
    for row in facts:
        if row["kind"] != "statement":
            groups.setdefault(str(row["task"]) if row["task"] else None, []).append(row)
    return sorted(groups.items(), key=lambda group: (group[0] is None, min(map(_own_place, group[1]))))


def _own_place(row: Row) -> int:
    """Return where a fact stands in its own task: an inherited duty where the statement is that inherits."""
    place = row["statement_start"] if row["basis"] == "inherited" else row["start"]
    return -1 if place is None else _int(place)


VIEW = View(
    "notice", "/notices/{what}", "A notice with its text, all that was found in it, its outline and its sources", show,
    (
        Field("at", "text", "characters of the text that are cited, as 698-782"),
        Field("part", "number", "which part of a long text, from 1"),
    ),
    ("facts", "outline", "sources", "notice"),
)  # fmt: skip
