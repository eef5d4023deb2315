"""``policygraph schema``: the JSON Schema of what ``parse`` or ``compare`` writes; the context of exported JSON-LD."""

from __future__ import annotations

import json

import click


@click.command(name="schema")
@click.argument("of", type=click.Choice(["parse", "compare", "jsonld"]), default="parse")
def command(of: str) -> None:
    """Write the JSON Schema of `policygraph parse --format json`, or of `compare`, or the context of `jsonld`."""
    if of == "jsonld":
        from policygraph.export.jsonld import context  # noqa: PLC0415 - help needs no context

        click.echo(json.dumps(context(), ensure_ascii=False, indent=1))
        return
    from policygraph import contract  # noqa: PLC0415 - help needs no schema
    from policygraph.compare import contract as changes  # noqa: PLC0415

    found = contract.schema() if of == "parse" else changes.schema()
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))
