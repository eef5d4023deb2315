"""``policygraph review --series``: which plans are one in different years; ``--together``, ``--apart`` for two."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from policygraph.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygraph.compare.series import Facts
    from policygraph.judge.judgements import Verdict
    from policygraph.store.contract import Store

_KEYS: dict[str, Verdict] = {"s": "one series", "d": "another series"}
_PROMPT = "[s] one series  [d] another  s[k]ip  [q]uit > "


class Hand(NamedTuple):
    """Who judges, why (empty: for the evidence shown), and the clock."""

    by: str
    why: str
    now: Callable[[], str]


def judge(store: Store, pair: tuple[str, str], verdict: Verdict, hand: Hand) -> None:
    """Judge two notices, each by its id or an end of it that no other shares.

    Raises:
        UnknownId: no notice, or several, are called so.

    """
    from policygraph.store import lookup  # noqa: PLC0415 - help needs no store

    first, second = (lookup.notice(text, store.run) for text in pair)
    told = {one.notice: one for one in store.facts([first, second])}
    if first == second:
        message = f"{pair[0]} and {pair[1]} are one notice"
        raise click.UsageError(message)
    _write(store, (told[first], told[second]), verdict, hand)
    click.echo(f"judged: {_named(told[first])} is of {verdict} with {_named(told[second])}")
    click.echo(f"`{options.typed('review', '--undo', store=store.address)}` takes it back")


def walk(store: Store, hand: Hand) -> None:
    """Ask of each two plans that may be one, until there is none or people quit."""
    from policygraph.compare.proposals import propose  # noqa: PLC0415 - only a review needs it
    from policygraph.judge.judgements import OF_SERIES  # noqa: PLC0415
    from policygraph.store import judgements  # noqa: PLC0415

    outcome, broken = judgements.replay(store)
    for error in broken:
        click.echo(str(error), err=True)
    settled = [(one.subject, one.object) for one in outcome.applied if one.verdict in OF_SERIES]
    proposals = propose(_last(store), settled)
    if not proposals:
        click.echo("nothing is in doubt: no two plans of a place are alike that are not of one series already")
    for number, one in enumerate(proposals, 1):
        click.echo(f"\n{number}/{len(proposals)}  {'; '.join(one.evidence)}")
        click.echo(f"  {_named(one.subject)}\n  {_named(one.object)}")
        click.echo(_PROMPT, nl=False)
        key = _key()
        click.echo(key)
        if key == "q":
            break
        if key in _KEYS:
            _write(store, (one.subject, one.object), _KEYS[key], hand._replace(why=hand.why or "; ".join(one.evidence)))


def _last(store: Store) -> list[Facts]:
    """Return the last notice of each series, and each that is in none."""
    followed = {str(row["follows"]) for row in store.ask("series") if row["follows"]}
    return store.facts([str(row["notice"]) for row in store.ask("notices") if row["notice"] not in followed])


def _write(store: Store, pair: tuple[Facts, Facts], verdict: Verdict, hand: Hand) -> None:
    from policygraph.judge.judgements import Judgement  # noqa: PLC0415 - help needs none
    from policygraph.store import judgements  # noqa: PLC0415

    store.check_writable()
    one, other = pair
    said = (hand.now(), hand.by, hand.why, _named(one), _named(other))
    made = Judgement(one.notice, other.notice, verdict, *said)
    judgements.add(judgements.beside(store.address), [made])
    judgements.replay(store)


def _named(one: Facts) -> str:
    return f"{one.notice} {one.title}".strip()


def _key() -> str:
    """Return the key pressed or, where the input is no terminal, the first character of a line; ``q`` at its end."""
    if sys.stdin.isatty():
        return click.getchar().lower()
    line = sys.stdin.readline()
    return (line.strip()[:1] or "k").lower() if line else "q"
