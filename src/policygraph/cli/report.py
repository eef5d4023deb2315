"""``policygraph report --organisation 市水务局 --year 2018``: a ledger (任务台账), to print or as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygraph.cli import options
from policygraph.errors import BadParameter

if TYPE_CHECKING:
    from policygraph.store.contract import Store

_FORMS = ("html", "xlsx")


@click.command(name="report")
@click.option("--organisation", metavar="NAME", help="The tasks of this body, by any of its names.")
@click.option("--notice", metavar="NOTICE", help="The tasks of this notice, by its id or an end of it (17号).")
@click.option("--year", metavar="YYYY", help="Only plans of this year.")
@click.option(
    "--format", "form", type=click.Choice(_FORMS), help="html: a page to print; xlsx: a workbook.  [default: html]"
)
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True), help="Write to this file.")
@options.store
def command(  # noqa: PLR0913, PLR0917 - click passes each option by its name
    organisation: str | None, notice: str | None, year: str | None, form: str | None, output: str | None, store: str
) -> None:
    """Write a ledger of tasks in the form that officials use, in Chinese, with the published words of each.

    Its columns are 序号, 任务, 目标, 牵头单位, 配合单位, 完成时限 and 出处. Without --output it is written to a file
    that is named by its title.

    Example: policygraph report --organisation 市水务局 --year 2018 -o 台账.xlsx
    """
    from policygraph.ledger import html, ledger, xlsx  # noqa: PLC0415 - help needs no store
    from policygraph.store import open_store  # noqa: PLC0415

    if not organisation and not notice:
        raise BadParameter("report", "of whom or of what?", "give --organisation NAME or --notice ID")
    form = form or _form(output)
    with open_store(store, create=False) as opened:
        found = ledger(opened, organisation=organisation, year=year, notice=notice)
        if not found.entries:
            click.echo(_nothing(opened, organisation, year, notice), err=True)
            click.get_current_context().exit(1)
    target = Path(output or _name(found.title, form))
    target.write_bytes(xlsx.write(found) if form == "xlsx" else html.write(found).encode())
    click.echo(f"{target}: {_count(len(found.entries), 'task')} of {_count(len(found.notices), 'notice')}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _form(output: str | None) -> str:
    """Return the form that the name of a file says."""
    if output is None:
        return "html"
    form = {".htm": "html"}.get(Path(output).suffix.lower(), Path(output).suffix.lower().removeprefix("."))
    if form not in _FORMS:
        raise BadParameter(output, "its name says no format", "give --format, or a name such as 台账.xlsx")
    return form


def _name(title: str, form: str) -> str:
    """Return a file name for a title, without what some system does not allow in one."""
    return "".join(one for one in title if one.isalnum() or one in "〔〕()（）-").strip() + f".{form}"


def _nothing(store: Store, organisation: str | None, year: str | None, notice: str | None) -> str:
    """Say that there is no such task, and in which years there are some."""
    of, there = f" of {year}" if year else "", f" in {notice}" if notice else ""
    found = store.ask("assignments", organisation=organisation, notice=notice)
    years = sorted({int(str(row["year"])) for row in found if row["year"]})
    told = f"; there are some of {', '.join(map(str, years))}" if years else ""
    return f"{organisation or 'the graph'} has no task{of}{there}{told}"
