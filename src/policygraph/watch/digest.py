"""What came in since the last digest: new and revised notices, whom they concern, what changed against the year before.

A digest is a plain value, kept in the state in the transaction that marks its notices as told, so that none is told
twice or never; the files (``0003.md``, ``0003.json``) and whatever is sent are made from it.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from policygraph.errors import PolicygraphError
from policygraph.watch import yearly

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from policygraph.store.contract import Row, Store
    from policygraph.watch.state import State

Digest = dict[str, Any]
SCHEMA = "policygraph-digest/1"
_MOST_BODIES = 12
_MOST_CHARS = 120


def make(
    store: Store,
    state: State,
    *,
    organisations: Sequence[str] = (),
    notes: Sequence[str] = (),
    alarms: Iterable[Row] = (),
) -> Digest | None:
    """Return the digest of what no digest has told yet, kept in the state, or ``None`` if there is nothing to tell.

    ``organisations`` are told what is asked of them and what changed for them; ``notes`` are lines on what could not be
    read, ``alarms`` those that this run raised.
    """
    rows = {str(row["notice"]): row for row in store.ask("notices")}
    fresh = state.rows("SELECT id, told FROM notices WHERE copy IS NULL AND (told IS NULL OR revised) ORDER BY id")
    told = [row for row in fresh if row["id"] in rows]
    raised = [dict(one) for one in alarms]
    if not told and not raised:
        return None
    number = int(state.value("SELECT coalesce(max(number), 0) + 1 FROM digests"))
    published: dict[str, list[str]] = {}
    for path, notice in store.publications():
        published.setdefault(notice, []).append(path)
    entries = [(one, _entry(rows[one["id"]], published[one["id"]], store, organisations)) for one in told]
    content: Digest = {
        "schema": SCHEMA,
        "number": number,
        "made": state.now,
        "new": [entry for one, entry in entries if one["told"] is None],
        "revised": [entry for one, entry in entries if one["told"] is not None],
        "notes": list(notes),
        "alarms": [{key: one[key] for key in ("source", "kind", "message")} for one in raised],
    }
    with state.step():
        state.write("INSERT INTO digests (number, made, content) VALUES (?, ?, ?)", number, state.now, content)
        for one in told:
            state.write("UPDATE notices SET told = coalesce(told, ?), revised = 0 WHERE id = ?", number, one["id"])
    return content


def unsent(state: State) -> list[Digest]:
    """Return the digests that were made and not sent, oldest first: those of a run that was killed are among them."""
    rows = state.rows("SELECT content FROM digests WHERE sent IS NULL ORDER BY number")
    return [json.loads(row["content"]) for row in rows]


def write(digest: Digest, folder: Path) -> tuple[Path, Path]:
    """Write a digest as Markdown and JSON, each whole or not at all, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {".md": markdown(digest), ".json": json.dumps(digest, ensure_ascii=False, indent=1) + "\n"}
    paths = []
    for suffix, text in texts.items():
        path = folder / f"{digest['number']:04}{suffix}"
        draft = path.with_name(path.name + ".part")
        draft.write_text(text, "utf-8")
        draft.replace(path)
        paths.append(path)
    return paths[0], paths[1]


def _entry(row: Row, addresses: list[str], store: Store, organisations: Sequence[str]) -> Digest:
    notice = str(row["notice"])
    changes = yearly.changes(notice, store)
    matrix = store.ask("matrix", notice=notice)
    return {
        "notice": notice,
        "title": row["notice_title"],
        "issued_on": row["issued_on"],
        "plan_year": row["plan_year"],
        "addresses": addresses,
        "tasks": row["tasks"],
        "targets": row["targets"],
        "issues": row["issues"],
        "bodies": [{key: one[key] for key in ("organisation", "lead", "tasks")} for one in matrix[:_MOST_BODIES]],
        "asked": {name: _asked(store, name, notice) for name in organisations},
        "series": changes and changes["series"],
        "against": changes and {"notice": changes["old"], "title": changes["old_title"]},
        "changes": changes and changes["changes"],
        "changed_for": {name: _concerning(store, name, notice, changes) for name in organisations} if changes else {},
    }


def _asked(store: Store, organisation: str, notice: str) -> list[Digest]:
    """Return what a notice asks of a body; nothing, if the graph does not know it."""
    try:
        rows = store.ask("duties", organisation=organisation, notice=notice)
    except PolicygraphError:
        return []
    return [{key: row[key] for key in ("organisation", "role", "task", "title", "text", "due")} for row in rows]


def _concerning(store: Store, organisation: str, notice: str, found: yearly.Changes) -> list[Digest]:
    """Return the changes that concern a body: those of tasks that it had or has, or whose words name it."""
    tasks = {row["task"] for one in (notice, found["old"]) for row in _asked(store, organisation, one)}
    return [
        one
        for one in found["changes"]
        if any(one[side] and one[side]["task"] in tasks for side in ("old", "new"))
        or any(one[side] and organisation in (one[side]["text"], one[side]["value"]) for side in ("old", "new"))
    ]


def markdown(digest: Digest) -> str:
    """Return a digest as people read it."""
    lines = [f"# Digest {digest['number']} · {digest['made'][:10]}"]
    for heading, entries in (("New", digest["new"]), ("Revised", digest["revised"])):
        for entry in entries:
            lines += ["", f"## {heading}: {_plain(entry['title'] or entry['notice'])}", "", *_about(entry)]
    if digest["alarms"]:
        lines += ["", "## Alarms", ""]
        lines += [f"- {_plain(one['source'])}: {_plain(one['message'])}" for one in digest["alarms"]]
    if digest["notes"]:
        lines += ["", "## Not read", "", *(f"- {_plain(note)}" for note in digest["notes"])]
    return "\n".join(lines) + "\n"


def _about(entry: Digest) -> list[str]:
    date = f", issued {entry['issued_on']}" if entry["issued_on"] else ""
    lines = [f"{entry['notice']}{date}: {entry['tasks']} tasks, {entry['targets']} targets, {entry['issues']} issues."]
    lines += [f"From {_plain(address)}" for address in entry["addresses"]]
    for organisation, tasks in entry["asked"].items():
        lines += [
            "",
            f"**{organisation}**: " + (f"{len(tasks)} {_noun(len(tasks))}" if tasks else "nothing is asked of it"),
            "",
        ]
        lines += [_task(task) for task in tasks]
        if entry["against"]:
            own = entry["changed_for"][organisation]
            against = f"Against {entry['against']['notice']}, {organisation}: {len(own)} changes"
            lines += [*([""] if tasks else []), against, "", *(_change(one) for one in own)]
    lines += _changes(entry)
    if entry["bodies"]:
        lines += ["", "| body | leads | tasks |", "| --- | --- | --- |"]
        lines += [f"| {one['organisation']} | {one['lead']} | {one['tasks']} |" for one in entry["bodies"]]
    return lines


def _noun(number: int) -> str:
    return "task" if number == 1 else "tasks"


def _task(task: Digest) -> str:
    due = f", due {task['due']}" if task["due"] else ""
    return f"- {task['role']}{due}: {_plain(_short(task['text']))} (`{task['task']}`)"


def _changes(entry: Digest) -> list[str]:
    """Return how many changes of each kind there are, and, where nobody was asked for, the changes."""
    if not entry["against"]:
        return []
    kinds = Counter(one["kind"] for one in entry["changes"])
    counted = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())) or "nothing changed"
    lines = ["", f"Against {entry['against']['notice']}: {counted}."]
    if entry["changes"] and not entry["asked"]:
        lines += ["", *(_change(one) for one in entry["changes"])]
    return lines


def _change(change: Digest) -> str:
    told = [side["value"] or side["text"] for side in (change["old"], change["new"]) if side]
    sides = [_plain(_short(words)) for words in told if words]
    task = (change["new"] or change["old"])["task"]
    return f"- **{change['kind']}**: {' → '.join(dict.fromkeys(sides))}" + (f" (`{task}`)" if task else "")


def _short(text: str) -> str:
    return text if len(text) <= _MOST_CHARS else text[: _MOST_CHARS - 1] + "…"


def _plain(text: str) -> str:
    """Return words from outside on one line, unable to make markup of the digest."""
    folded = " ".join(str(text).split())
    return "".join(f"\\{char}" if char in "\\`*_[]<|" else char for char in folded)
