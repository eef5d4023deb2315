"""How a watch stands: its sources, what is pending or has failed, the alarms, when it ran last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from policygraph.watch import alarms
from policygraph.watch.state import State

if TYPE_CHECKING:
    from datetime import datetime

    from policygraph.watch.config import Config, Source

Status = dict[str, Any]
_COUNTS = ("read", "nothing", "found", "failed", "old")


def of(config: Config, *, now: datetime) -> Status:
    """Return how a watch stands at a time."""
    with State(config.at(config.data)) as state:
        last = state.row("SELECT began, ended FROM runs ORDER BY number DESC LIMIT 1")
        standing = alarms.standing(state)
        if message := alarms.idle(state, now):
            standing.append({"source": "watch", "kind": "idle", "message": message, "since": (last or {}).get("began")})
        return {
            "config": str(config.path),
            "last": last,
            "sources": [_source(one, state) for one in config.sources],
            "alarms": standing,
            "unsent": state.value("SELECT count(*) FROM digests WHERE sent IS NULL"),
        }


def _source(source: Source, state: State) -> Status:
    counts = state.rows("SELECT status, count(*) AS n FROM links WHERE source = ? GROUP BY status", source.name)
    by_status = {row["status"]: row["n"] for row in counts}
    parts = urlsplit(source.place)
    failing = state.row("SELECT since, error FROM hosts WHERE host = ?", f"{parts.scheme}://{parts.netloc}")
    query = "SELECT links FROM counts WHERE source = ? ORDER BY run DESC LIMIT 1"
    given = "SELECT count(*) FROM outcomes WHERE source = ? AND notices != '[]'"
    return {
        "name": source.name,
        "kind": source.kind,
        "place": source.place,
        "listed": state.value(query, source.name),
        "notices": state.value(given, source.name),
        "links": {name: by_status.get(name, 0) for name in _COUNTS} if source.kind != "folder" else {},
        "unfinished": state.value("SELECT count(*) FROM walks WHERE source = ?", source.name),
        "failing_since": failing["since"] if failing else None,
    }


def text(status: Status) -> str:
    """Return a status as people read it."""
    last = status["last"]
    when = f"last run began {last['began']}" + ("" if last["ended"] else " and did not end") if last else "no run yet"
    lines = [f"{status['config']}: {when}"]
    for one in status["sources"]:
        links = ", ".join(f"{number} {_WORDS[name]}" for name, number in one["links"].items() if number)
        listed = "not looked at yet" if one["listed"] is None else f"lists {one['listed']}"
        failing = f"; its host fails since {one['failing_since']}" if one["failing_since"] else ""
        walking = "; a walk goes on in the next run" if one["unfinished"] else ""
        lines.append(
            f"  {one['name']} ({one['kind']} {one['place']}): {listed}, {one['notices']} sources of notices"
            + (f"; {links}" if links else "")
            + failing
            + walking
        )
    if status["unsent"]:
        lines.append(f"{status['unsent']} digests are not sent yet")
    lines += [f"alarm: {one['source']}: {one['message']} (since {one['since'][:10]})" for one in status["alarms"]]
    if status["alarms"]:
        lines.append("`policygraph watch accept NAME` ends the alarms of a source that is right as it is")
    return "\n".join(lines)


_WORDS = {
    "read": "read",
    "nothing": "without a notice",
    "found": "to be fetched",
    "failed": "failed",
    "old": "left as too old",
}
