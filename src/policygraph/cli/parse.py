"""``policygraph parse FILE``: what one source says, as JSON that follows ``policygraph/1``, or to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from policygraph.cli import options
from policygraph.cli.sources import Sources
from policygraph.errors import BadParameter

if TYPE_CHECKING:
    from policygraph.models import Notice
    from policygraph.read import Limits


@click.command(name="parse")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl", "table", "akn"]),
    default="json",
    show_default=True,
    help="json: one indented object per notice; jsonl: one line each; table: to read; akn: one as Akoma Ntoso.",
)
@options.limits
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], form: str, limits: Limits) -> None:
    """Read each FILE (`-` is standard input) and write what it says."""
    from policygraph.pipeline import parse  # noqa: PLC0415 - help needs no grammar

    sources = Sources(files, limits)
    found = sources.read(parse)
    if form == "akn":
        _write_document(list(found))
    for notice in found:
        _write(notice, form)
    ctx.exit(1 if sources.failed else 0)


def _write_document(notices: list[Notice]) -> None:
    from policygraph.export import akn  # noqa: PLC0415 - only this needs it

    if len(notices) != 1:
        raise BadParameter(
            "--format akn", f"{len(notices)} notices", "one at a time; `export --format akn` writes many"
        )
    click.echo(akn.of_notice(notices[0]))


def _write(notice: Notice, form: str) -> None:
    if form == "table":
        _table(notice)
        return
    from policygraph import contract  # noqa: PLC0415 - a table needs no contract

    click.echo(contract.encode(notice, indent=1 if form == "json" else 0))


def _table(notice: Notice) -> None:
    own = notice.elements
    click.echo(f"{own.title or '(no title)'}\n{own.document_number or '(no number)'}  {own.issued_on or ''}\n")
    text = notice.page.text
    for task in notice.tasks:
        clause = task.clause.removeprefix(notice.id + ":")
        click.echo(f"{clause or '·'}  {' '.join(text[slice(*task.span)].split())}")
        found = [(duty.role, duty.name, duty.basis) for duty in notice.duties if duty.task == task.id]
        for role, name, basis in found:
            click.echo(f"    {role:<12}{name}{'' if basis == 'stated' else f'  ({basis})'}")
        for target in (target for target in notice.targets if target.task == task.id):
            due = f"  due {target.due}" if target.due else ""
            click.echo(f"    target      {target.indicator} {target.comparator} {target.value}{target.unit or ''}{due}")
        for time in (time for time in notice.times if time.task == task.id):
            when = time.every or "..".join(filter(None, (time.start, time.end)))
            click.echo(f"    time        {text[slice(*time.span)]}  {time.kind} {when}")
    for issue in notice.page.issues + notice.issues:
        click.echo(f"issue: {issue.reason}: {text[slice(*issue.span)] if issue.span else ''}")
