"""``policygraph explain ORGANISATION``: every name of a body, where it is written and why it means that body."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from policygraph.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command(name="explain")
@click.argument("organisation")
@options.store
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is written.",
)
def command(organisation: str, store: str, form: str) -> None:
    """Say why names mean ORGANISATION, what it is in, and what it followed and what followed it.

    A local name (市水务局) explains the body of each place.
    """
    from policygraph.store.explain import explain  # noqa: PLC0415 - help needs no store

    bodies = explain(organisation, store)
    if form == "json":
        click.echo(json.dumps(bodies, ensure_ascii=False, indent=1))
        return
    click.echo("\n\n".join("\n".join(_lines(body)) for body in bodies))


def _lines(body: dict[str, Any]) -> Iterator[str]:
    yield f"{body['organisation']}  {body['organisation_id']}"
    place = f" of {body['jurisdiction']} ({body['place']})" if body["jurisdiction"] else ""
    kind = f", kind {body['kind']}" if body["kind"] else ""
    sort = {"unknown": "no known body"}.get(body["sort"], body["sort"])
    yield f"  {sort}{place}{kind}"
    yield "names"
    if not body["names"]:
        yield "  no notice names it; known by what it follows, is in or is part of"
    for one in body["names"]:
        yield f"  {one['name']}{' (' + one['form'] + ')' if one['form'] else ''}: {one['rule']}"
        yield from (f"    {_place(place)}" for place in one["places"])
    if body["belongs"]:
        yield "is in, and holds"
    yield from (f"  {_tie(tie)}" for tie in body["belongs"])
    if body["history"]:
        yield "followed, and was followed by"
    for edge in body["history"]:
        yield from _succession(edge)


def _place(place: dict[str, Any]) -> str:
    """Return the notice, named with its title if it has no number, and the words of the first duty in it."""
    title = f" {place['notice_title']}" if str(place["notice"]).startswith("n-") and place["notice_title"] else ""
    if place["task"] is None:
        return f"{place['notice']}{title}: in no duty"
    task = str(place["task"]).removeprefix(f"{place['notice']}:")
    return f"{place['notice']}{title}: {place['surface']} [{place['start']}:{place['end']}] in {task}"


def _tie(tie: dict[str, Any]) -> str:
    basis = f": {tie['basis']}" if tie["basis"] else ""
    several = f", and {tie['notices'] - 1} more" if tie["notices"] > 1 else ""
    return f"{tie['tie']} {tie['other']}{basis} ({tie['first_notice']}{several})"


def _succession(edge: dict[str, Any]) -> Iterator[str]:
    shown = f"; shown in {edge['shown_in']} ({edge['shown_on']}) as {edge['shown_as']}" if edge["shown_in"] else ""
    yield (
        f"  {edge['on']}  {edge['predecessor']} → {edge['successor']}: {edge['change']}, grade {edge['grade']}{shown}"
    )
    if edge["duties"]:
        yield f"    duties: {edge['duties']}"
    known = edge["source"]
    told = ", ".join(known[key] for key in ("title", "date", "where") if known.get(key)) if known else ""
    yield f"    source: {edge['evidence']}{': ' + told if told else ''}"
