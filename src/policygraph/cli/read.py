"""``policygraph read FILE``: the page as it was understood, before anything is extracted from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
import msgspec

from policygraph.cli import options
from policygraph.cli.sources import Sources
from policygraph.errors import PolicygraphError

if TYPE_CHECKING:
    from policygraph.models import Page, Span, Table
    from policygraph.read import Limits

_AROUND_CHARS = 20


def _place(_ctx: click.Context, _option: click.Parameter, given: str | None) -> Span | None:
    """Return ``A:B`` as a span."""
    if given is None:
        return None
    start, colon, end = given.partition(":")
    if not colon or not all(part.isascii() and part.isdigit() for part in (start, end)) or int(start) > int(end):
        message = f"'{given}' is no span (write it as 120:135, the first character and the one after the last)"
        raise click.BadParameter(message)
    return int(start), int(end)


@click.command(name="read")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table: to read; json: one indented object per page, with the spans of its tables and cells.",
)
@click.option(
    "--at",
    metavar="A:B",
    callback=_place,
    help="Only the characters A to B of the text, as `show` and the columns start and end give them, with some around.",
)
@options.limits
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], form: str, at: Span | None, limits: Limits) -> None:
    """Read each FILE (`-` is standard input) and show what it was understood as.

    Shown are what the source says of the notice (metadata), what was left out and why, and the text with its tables.
    """
    from policygraph.read import pages  # noqa: PLC0415 - help needs no reader

    if at and form == "json":
        message = "--at prints words to read; --format json gives the whole text"
        raise click.UsageError(message)
    sources = Sources(files, limits)
    for page in sources.read(pages):
        if at and at[1] > len(page.text):
            sources.report(_outside(page, at))
        elif at:
            click.echo(_quote(page, at))
        else:
            click.echo(
                json.dumps(msgspec.to_builtins(page), ensure_ascii=False, indent=1) if form == "json" else _table(page)
            )
    ctx.exit(1 if sources.failed else 0)


def _json(page: Page) -> str:
    return json.dumps(msgspec.to_builtins(page), ensure_ascii=False, indent=1)


def _outside(page: Page, at: Span) -> PolicygraphError:
    what = f"no characters {at[0]}:{at[1]} in a text of {len(page.text)}"
    return PolicygraphError(page.source, what, f"give a span inside 0:{len(page.text)}")


def _quote(page: Page, at: Span) -> str:
    """Return the words at a span between marks, with some characters around them."""
    start, end = at
    before, after = page.text[max(0, start - _AROUND_CHARS) : start], page.text[end : end + _AROUND_CHARS]
    words = f"{before}⟦{page.text[start:end]}⟧{after}"
    left, right = "…" if start > _AROUND_CHARS else "", "…" if end + _AROUND_CHARS < len(page.text) else ""
    return f"{page.source}  [{start}:{end}]\n{left}{words}{right}"


def _table(page: Page) -> str:
    lines = [f"{page.source}  {page.media_type}  {len(page.text):,} characters  sha256 {page.sha256[:12]}"]
    lines += _section("metadata", [(name, value.replace("\n", "\n    ")) for name, value in page.metadata.items()])
    lines += _section("left out", [(drop.reason, drop.words) for drop in page.dropped])
    lines += _section("issues", [(issue.reason, _quoted(page, issue.span)) for issue in page.issues])
    return "\n".join([*lines, "", "text", *_text(page), ""])


def _section(name: str, rows: list[tuple[str, str]]) -> list[str]:
    return ["", name, *(f"  {label}: {words}" for label, words in rows)] if rows else []


def _quoted(page: Page, span: tuple[int, int] | None) -> str:
    return f"[{span[0]}:{span[1]}] {page.text[slice(*span)][:40]}" if span else ""


def _text(page: Page) -> list[str]:
    """Return the lines of the text; the rows of a table stand under a line that says how large it is."""
    lines: list[str] = []
    last = 0
    for table in page.tables:
        if table.span[0] < last:
            continue  # inside a cell of the table before
        lines += page.text[last : table.span[0]].rstrip("\n").split("\n") if last < table.span[0] else []
        lines += _rows(page, table)
        last = table.span[1] + 1
    return lines + (page.text[last:].split("\n") if last < len(page.text) else [])


def _rows(page: Page, table: Table) -> list[str]:
    height = max(cell.row + cell.rows for cell in table.cells)
    width = max(cell.column + cell.columns for cell in table.cells)
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        words = " / ".join(page.text[slice(*cell.span)].split("\n"))
        size = f" ({cell.rows}×{cell.columns})" if cell.rows * cell.columns > 1 else ""
        rows.setdefault(cell.row, []).append(words + size)
    return [f"[table {height}×{width}]", *(f"  | {' | '.join(words)} |" for _, words in sorted(rows.items()))]
