"""``policygraph review``: doubtful pairs and unknown names, one key each; and the judgements made so far."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygraph.cli import options, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.judge.judgements import Judgement, Verdict
    from policygraph.judge.outcome import Conflict, Outcome
    from policygraph.store.contract import Store
    from policygraph.store.judgements import Written

_LAST = "last"
_SAID = {
    "same": "is",
    "different": "is not",
    "alias": "is a name of",
    "one series": "is of one series with",
    "another series": "is of another series than",
}


@click.command(name="review")
@click.argument("path", metavar="[STORE]", required=False)
@options.store
@options.rows_format
@click.option("--by", default="", metavar="LABEL", help="Who decides; stands in each judgement made.")
@click.option("--why", default="", metavar="TEXT", help="Why, in place of the evidence shown.")
@click.option("--series", is_flag=True, help="Judge which plans are one in different years, instead of bodies.")
@click.option("--together", nargs=2, metavar="NOTICE NOTICE", help="Judge two notices to be of one series.")
@click.option("--apart", nargs=2, metavar="NOTICE NOTICE", help="Judge the first not to be of the second's series.")
@click.option("--list", "listed", is_flag=True, help="List the judgements, and whether each applies.")
@click.option("--undo", is_flag=False, flag_value=_LAST, metavar="[ID]", help="Take back the last judgement, or one.")
@click.option("--export", "target", metavar="FILE", help="Write the judgements to FILE, for a colleague.")
@click.option("--merge", "other", metavar="FILE", help="Add the judgements of a colleague's FILE.")
def command(  # noqa: PLR0913, PLR0917 - one option each
    path: str | None,
    store: str,
    form: str,
    by: str,
    why: str,
    series: bool,
    together: tuple[str, str] | None,
    apart: tuple[str, str] | None,
    listed: bool,
    undo: str | None,
    target: str | None,
    other: str | None,
) -> None:
    """Judge whether two bodies are one: doubtful pairs, then unknown names, best evidence first.

    Keys: s same, d different, a alias of (then asks which), k skip, q quit. Nothing is fused without a judgement.
    Judgements are lines in a file beside the STORE, or in the graph on a server. Input that is no terminal is read line
    by line.
    """
    if sum(map(bool, (listed, undo, target, other, series, together, apart))) > 1:
        message = "give one of --list, --undo, --export, --merge, --series, --together and --apart"
        raise click.UsageError(message)
    from policygraph.cli import reviewing, reviewseries  # noqa: PLC0415 - help needs no store
    from policygraph.store import open_store  # noqa: PLC0415

    with open_store(path or store, create=False) as opened:
        if listed:
            _list(opened, form)
        elif target is not None:
            _export(opened, target)
        elif other is not None:
            _merge(opened, other)
        elif undo is not None:
            _undo(opened, undo, by, why)
        elif series:
            reviewseries.walk(opened, reviewseries.Hand(by, why, _now))
        elif together or apart:
            verdict: Verdict = "one series" if together else "another series"
            reviewseries.judge(opened, together or apart or ("", ""), verdict, reviewseries.Hand(by, why, _now))
        else:
            opened.check_writable()
            reviewing.walk(opened, by=by, why=why, now=_now)


def _now() -> str:
    """Return the time of a judgement, to the microsecond, so that one made again is another."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _written(store: Store) -> Written:
    """Return the judgements kept with a store, its broken lines told."""
    written = store.judged()
    for error in written.broken:
        click.echo(str(error), err=True)
    return written


def _list(store: Store, form: str) -> None:
    from policygraph.judge.judgements import Judgement  # noqa: PLC0415 - help needs none
    from policygraph.judge.outcome import settle  # noqa: PLC0415

    entries = dict.fromkeys(_written(store).entries)
    outcome = settle(entries)
    contradicted = {one for conflict in outcome.conflicts for one in (*conflict.different, *conflict.same)}
    here = {one for body in store.bodies() for one in body.ids} | {str(row["notice"]) for row in store.ask("notices")}
    rows: list[dict[str, object]] = []
    for entry in entries:
        if isinstance(entry, Judgement):
            applied = "applies" if {entry.subject, entry.object} <= here else "applies; not all in the graph"
            state = "conflict" if entry in contradicted else applied if entry in outcome.applied else "taken back"
            row: dict[str, object] = {"judgement": entry.id, "verdict": entry.verdict, "subject": entry.subject}
            row |= {"name": entry.name, "object": entry.object, "object_name": entry.object_name}
            row |= {"by": entry.by, "on": entry.on, "why": entry.why, "state": state}
            rows.append(row)
    render.write(rows, form, otherwise="nothing is judged yet")
    show(outcome, store)


def show(outcome: Outcome, store: Store) -> None:
    """Show the conflicts between judgements on standard error, with how each can be settled."""
    for line in (line for conflict in outcome.conflicts for line in _conflict(conflict, store)):
        click.echo(line, err=True)


def _conflict(conflict: Conflict, store: Store) -> Iterator[str]:
    yield f"conflict on {conflict.pair[0]} and {conflict.pair[1]}: none of these applies until one side is taken back"
    for one in (*conflict.different, *conflict.same):
        undo = options.typed("review", "--undo", one.id, store=store.address)
        yield f"  {said(one)}  [{undo}]"


def said(one: Judgement) -> str:
    """Return a judgement as people read it: id, the two bodies, the verdict, who and when."""
    subject, best = (
        name or identifier for name, identifier in ((one.name, one.subject), (one.object_name, one.object))
    )
    verdict = _SAID[one.verdict]
    return f"{one.id}  {subject} {verdict} {best}  {one.by} {one.on[:10]}".replace("   ", "  ")


def _export(store: Store, target: str) -> None:
    from policygraph.store import judgements  # noqa: PLC0415 - help needs no store

    entries = _written(store).entries
    judgements.write(Path(target), entries)
    click.echo(f"{target}: {_count(len(set(entries)))}")


def _merge(store: Store, other: str) -> None:
    from policygraph.errors import JudgementError  # noqa: PLC0415 - help needs no store
    from policygraph.store import judgements  # noqa: PLC0415

    if not Path(other).is_file():
        raise JudgementError(other, "no such file", "give a file that `policygraph review --export FILE` wrote")
    store.check_writable()
    theirs, own = judgements.read(Path(other)), _written(store)
    for error in theirs.broken:
        click.echo(str(error), err=True)
    new = list(dict.fromkeys(entry for entry in theirs.entries if entry not in set(own.entries)))
    store.keep(new)
    outcome, _ = judgements.replay(store)
    click.echo(f"{store.judgements}: {_count(len(new))} added from {other}")
    show(outcome, store)
    if theirs.broken:
        click.get_current_context().exit(1)


def _undo(store: Store, wanted: str, by: str, why: str) -> None:
    from policygraph.errors import JudgementError  # noqa: PLC0415 - help needs no store
    from policygraph.judge.judgements import Undoing, standing  # noqa: PLC0415
    from policygraph.store import judgements  # noqa: PLC0415

    store.check_writable()
    entries = _written(store).entries
    place = {entry: number for number, entry in enumerate(entries)}
    left = sorted(standing(entries), key=lambda one: (one.on, place[one]))
    found = left[-1:] if wanted == _LAST else [one for one in left if one.id == wanted]
    if not found:
        what = "no judgement to take back" if wanted == _LAST else f"no judgement {wanted} to take back"
        raise JudgementError(store.judgements, what, "`policygraph review --list` shows them")
    taken = found[0]
    store.keep([Undoing(taken.id, _now(), by, why)])
    outcome, _ = judgements.replay(store)
    click.echo(f"taken back: {said(taken)}")
    show(outcome, store)


def _count(number: int) -> str:
    return f"{number} {'line' if number == 1 else 'lines'} of judgements"
