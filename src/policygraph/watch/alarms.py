"""What must not pass unseen: a source that gives less than usual, nothing, or pages that say nothing any more.

An alarm stands from the run that raised it until a run finds its reason gone, or until people accept the new state of
things (``policygraph watch accept NAME``). What is usual is the median of the last runs.
"""

from __future__ import annotations

from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policygraph.watch.state import Row, State

_RUNS = 10
_LEAST_SHARE = 0.5
_SAMPLE = 3
_TASKS_SHARE = 0.5
_HOST_DAYS = 2
_QUIET_DAYS = 8


def stand(state: State, source: str, kind: str, message: str) -> None:
    """Raise an alarm, or say anew what one that stands is about; it keeps the day since when it stands."""
    state.write(
        "INSERT INTO alarms VALUES (?, ?, ?, ?) ON CONFLICT (source, kind) DO UPDATE SET message = excluded.message",
        *(source, kind, message, state.now),
    )


def clear(state: State, source: str, *kinds: str) -> None:
    """End alarms whose reason is gone."""
    for kind in kinds:
        state.write("DELETE FROM alarms WHERE source = ? AND kind = ?", source, kind)


def weigh(state: State, source: str, kind: str, message: str | None) -> None:
    """Raise an alarm if there is something to say, else end it."""
    if message is None:
        clear(state, source, kind)
    else:
        stand(state, source, kind, message)


def standing(state: State) -> list[Row]:
    """Return the alarms that stand, in order."""
    return state.rows("SELECT source, kind, message, since FROM alarms ORDER BY source, kind")


def count(state: State, source: str, found: int, noun: str) -> None:
    """Note how much a source listed in a run, and raise an alarm if it is less than half of what it usually does."""
    rows = state.rows(
        "SELECT links FROM counts WHERE source = ? AND run < ? AND links > 0 ORDER BY run DESC LIMIT ?",
        *(source, state.run, _RUNS),
    )
    usual = median(row["links"] for row in rows) if rows else None
    none = f"it lists no {noun}" + (f" (usually {usual:g})" if usual else "")
    few = f"it lists {found} {noun}, usually {usual:g}" if usual and 0 < found < usual * _LEAST_SHARE else None
    with state.step():
        state.write("REPLACE INTO counts (source, run, links) VALUES (?, ?, ?)", source, state.run, found)
        weigh(state, source, "none", none if found == 0 and (usual or noun == "links") else None)
        weigh(state, source, "fewer", few)


def tasks(state: State, source: str) -> None:
    """Raise an alarm if pages of a source say nothing any more: one that had tasks, or the last few of a source."""
    lost = state.rows("SELECT name FROM outcomes WHERE source = ? AND tasks = 0 AND before > 0 ORDER BY name", source)
    message = f"{len(lost)} of its pages had tasks and have none now, first {lost[0]['name']}" if lost else None
    with state.step():
        weigh(state, source, "tasks lost", message)
        weigh(state, source, "no tasks", _barren(state, source))


def _barren(state: State, source: str) -> str | None:
    """Tell that the last pages of a source hold no tasks although half of those before did."""
    rows = state.rows(
        "SELECT o.tasks FROM outcomes o LEFT JOIN links l ON l.address = o.name "
        "WHERE o.source = ? AND l.parent IS NULL ORDER BY o.run DESC, o.name",
        source,
    )
    last, earlier = rows[:_SAMPLE], rows[_SAMPLE:]
    if len(earlier) < _SAMPLE or any(row["tasks"] for row in last):
        return None
    share = sum(row["tasks"] > 0 for row in earlier) / len(earlier)
    if share < _TASKS_SHARE:
        return None
    return f"the last {len(last)} pages gave no tasks, {share:.0%} of those before did"


def host(state: State, source: str, place: str) -> None:
    """Raise an alarm if the host of a source has failed for days."""
    row = state.row("SELECT since, error FROM hosts WHERE host = ? AND since IS NOT NULL", place)
    days = (datetime.fromisoformat(state.now) - datetime.fromisoformat(row["since"])).days if row else 0
    message = f"{place} has failed for {days} days: {row['error']}" if row and days >= _HOST_DAYS else None
    weigh(state, source, "host", message)


def idle(state: State, now: datetime) -> str | None:
    """Tell that no run has come to its end for long: a timer that stopped says nothing of itself."""
    began = state.value("SELECT min(began) FROM runs")
    ended = state.value("SELECT max(ended) FROM runs")
    last = ended or began
    days = (now - datetime.fromisoformat(last)).days if last else 0
    if days < _QUIET_DAYS:
        return None
    return f"no run has ended for {days} days" if ended else f"no run has ever ended, the first began {began[:10]}"


def forget(state: State, sources: list[str]) -> None:
    """End the alarms of sources that are no longer watched."""
    state.write("DELETE FROM alarms WHERE source NOT IN (SELECT value FROM json_each(?))", sources)


def accept(state: State, source: str) -> int:
    """Take what a source is like now for usual; return how many alarms that ended."""
    with state.step():
        ended = state.write("DELETE FROM alarms WHERE source = ?", source)
        state.write("DELETE FROM walks WHERE source = ?", source)
        state.write("DELETE FROM counts WHERE source = ?", source)
        state.write("UPDATE outcomes SET before = tasks WHERE source = ?", source)
        state.write("UPDATE links SET status = 'left' WHERE source = ? AND status = 'failed'", source)
        state.write("DELETE FROM outcomes WHERE source = ? AND tasks = 0", source)
        state.write("DELETE FROM meta WHERE key = ?", f"shape:{source}")
    return ended
