"""``policygraph compare OLD NEW``: what changed from one notice to the next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygraph.cli import options
from policygraph.errors import BadParameter

if TYPE_CHECKING:
    from policygraph.compare import Comparison
    from policygraph.models import Notice
    from policygraph.read import Limits


@click.command(name="compare")
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown", "html", "xlsx"]),
    default="table",
    show_default=True,
    help="table: side by side; json: policygraph-changes/1; html: one page to mail; xlsx: a ledger.",
)
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True), help="Write to this file.")
@click.option("--by-date", is_flag=True, help="Take the notice of the earlier plan year as the old one.")
@options.limits
def command(  # noqa: PLR0913, PLR0917 - click passes each option by its name
    old: str, new: str, form: str, output: str | None, by_date: bool, limits: Limits
) -> None:
    """Compare the notice in OLD with the one in NEW, task by task."""
    from policygraph.compare import compare  # noqa: PLC0415 - help needs no grammar

    notices = [_notice(old, limits), _notice(new, limits)]
    if by_date:
        notices.sort(key=lambda one: (one.elements.plan_year or 0, one.elements.issued_on or "", one.id))
    found = compare(*notices)
    if form == "table":
        _table(found, output)
    elif form == "xlsx":
        from policygraph.compare.report import xlsx  # noqa: PLC0415

        _write(xlsx.write(found), output)
    else:
        _write(_text(found, form).encode(), output)


def _notice(path: str, limits: Limits) -> Notice:
    from policygraph.pipeline import parse  # noqa: PLC0415

    found = parse(path, limits=limits)
    if len(found) != 1:
        raise BadParameter(path, f"{len(found)} notices", "compare takes a file of one notice")
    return found[0]


def _text(found: Comparison, form: str) -> str:
    from policygraph.compare import contract  # noqa: PLC0415
    from policygraph.compare.report import html, markdown  # noqa: PLC0415

    if form == "json":
        return json.dumps(contract.record(found), ensure_ascii=False, indent=1) + "\n"
    return html.write(found) if form == "html" else markdown.write(found)


def _table(found: Comparison, output: str | None) -> None:
    from policygraph.cli.console import console, on_terminal  # noqa: PLC0415
    from policygraph.compare.report import terminal  # noqa: PLC0415

    if output:
        raise BadParameter("--output", "a table is for the terminal", "give --format json, markdown, html or xlsx")
    screen = console(width=None if on_terminal() else 160)
    for part in terminal.tables(found):
        screen.print(part)


def _write(content: bytes, output: str | None) -> None:
    if output:
        Path(output).write_bytes(content)
    else:
        click.echo(content, nl=False)
