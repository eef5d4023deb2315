"""``policygraph compare OLD NEW``: what changed from one notice to the next; ``--series NAME``: year by year."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygraph.cli import options
from policygraph.errors import BadParameter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.compare import Comparison
    from policygraph.models import Notice
    from policygraph.read import Limits


@click.command(name="compare")
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option("--series", metavar="NAME", help="Compare the plans of a series in the store, each with the year before.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown", "html", "xlsx"]),
    default="table",
    show_default=True,
    help="table: side by side; json: policygraph-changes/1 (series: lines); html: one page to mail; xlsx: a ledger.",
)
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True), help="Write to this file.")
@click.option("--by-date", is_flag=True, help="Take the notice of the earlier plan year as the old one.")
@options.store
@options.limits
def command(  # noqa: PLR0913, PLR0917 - click passes each option by its name
    old: str | None,
    new: str | None,
    series: str | None,
    form: str,
    output: str | None,
    by_date: bool,
    store: str,
    limits: Limits,
) -> None:
    """Compare the notice in OLD with the one in NEW, task by task; or the plans of a series, year by year."""
    if series and old:
        raise BadParameter("--series", "files are given too", "give OLD and NEW, or --series NAME")
    if not series and not (old and new):
        raise BadParameter("compare", "two notices are compared", "give OLD and NEW, or --series NAME")
    found = _of_series(series, store) if series else [_of_files(str(old), str(new), limits, by_date=by_date)]
    if form == "table":
        _table(found, output)
    elif form == "xlsx":
        from policygraph.compare.report import xlsx  # noqa: PLC0415

        _write(xlsx.write(*found), output)
    else:
        _write(_text(found, form).encode(), output)


def _of_files(old: str, new: str, limits: Limits, *, by_date: bool) -> Comparison:
    from policygraph.compare import compare  # noqa: PLC0415 - help needs no grammar

    notices = [_notice(old, limits), _notice(new, limits)]
    if by_date:
        notices.sort(key=lambda one: (one.elements.plan_year or 0, one.elements.issued_on or "", one.id))
    return compare(*notices)


def _of_series(name: str, store: str) -> list[Comparison]:
    """Compare each plan of a series with that of the year before, as the store keeps them."""
    from policygraph.compare import compare  # noqa: PLC0415 - help needs no store
    from policygraph.store import open_store, yearly  # noqa: PLC0415

    with open_store(store, create=False) as opened:
        return [compare(opened.notice(old), opened.notice(new)) for old, new in yearly.pairs(opened, name)]


def _notice(path: str, limits: Limits) -> Notice:
    from policygraph.pipeline import parse  # noqa: PLC0415

    found = parse(path, limits=limits)
    if len(found) != 1:
        raise BadParameter(path, f"{len(found)} notices", "compare takes a file of one notice")
    return found[0]


def _text(found: Sequence[Comparison], form: str) -> str:
    from policygraph.compare import contract  # noqa: PLC0415
    from policygraph.compare.report import html, markdown  # noqa: PLC0415

    if form == "json":
        indent = 1 if len(found) == 1 else None
        return "".join(json.dumps(contract.record(one), ensure_ascii=False, indent=indent) + "\n" for one in found)
    return html.write(*found) if form == "html" else markdown.write(*found)


def _table(found: Sequence[Comparison], output: str | None) -> None:
    from policygraph.cli.console import console, on_terminal  # noqa: PLC0415
    from policygraph.compare.report import terminal  # noqa: PLC0415

    if output:
        raise BadParameter("--output", "a table is for the terminal", "give --format json, markdown, html or xlsx")
    screen = console(width=None if on_terminal() else 160)
    for part in (part for one in found for part in terminal.tables(one)):
        screen.print(part)


def _write(content: bytes, output: str | None) -> None:
    if output:
        Path(output).write_bytes(content)
    else:
        click.echo(content, nl=False)
