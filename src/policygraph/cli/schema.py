"""``policygraph schema``: the JSON Schema that every output of ``policygraph parse`` or ``compare`` follows."""

from __future__ import annotations

import json

import click


@click.command(name="schema")
@click.argument("of", type=click.Choice(["parse", "compare"]), default="parse")
def command(of: str) -> None:
    """Write the JSON Schema of `policygraph parse --format json`, or of `compare`."""
    from policygraph import contract  # noqa: PLC0415 - help needs no schema
    from policygraph.compare import contract as changes  # noqa: PLC0415

    found = contract.schema() if of == "parse" else changes.schema()
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))
