"""``policygraph rules [PATH…]``: the rules in ``data/`` and how often each fired on some notices."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click

from policygraph.cli import options, render
from policygraph.errors import PolicygraphError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.models import Notice


_ELSEWHERE = ("survey", "gold guide")
_SEEN = "seen: a notice, a form in a survey of 146 published notices (survey), or gold/README.md (gold guide)"


@click.command(name="rules")
@click.argument("paths", nargs=-1, metavar="[PATH…]", type=click.Path(exists=True))
@click.option("--dead", is_flag=True, help="Only rules that never fired.")
@click.option("--list", "name", metavar="LIST", help="Only the rules of one list, such as roles.word.")
@options.rows_format
def command(paths: tuple[str, ...], dead: bool, name: str | None, form: str) -> None:
    """List the rules with where each was first seen and, given a PATH, how often it fired on the notices in it."""
    if dead and not paths:
        message = "--dead needs a PATH: a rule can only fire on notices"
        raise click.UsageError(message)
    from policygraph.evaluate.rules import fired  # noqa: PLC0415 - help needs no grammar

    rules = fired(_notices(paths))
    if not paths:
        rules = [replace(rule, fired=None) for rule in rules]
    rows: list[dict[str, object]] = [
        asdict(rule) for rule in rules if (not dead or not rule.fired) and (not name or rule.rule == name)
    ]
    render.write(rows, form, otherwise="no rule fits")
    if form == "table" and any(str(row["seen"]).startswith(_ELSEWHERE) for row in rows):
        click.echo(_SEEN, err=True)
    if not paths:
        click.echo("to count how often each fired: policygraph rules FOLDER", err=True)


def _notices(paths: tuple[str, ...]) -> Iterator[Notice]:
    from policygraph.pipeline import parse  # noqa: PLC0415 - as above
    from policygraph.store.sources import files  # noqa: PLC0415

    for path in files(paths).values():
        try:
            yield from parse(path)
        except PolicygraphError as error:
            click.echo(str(error), err=True)
