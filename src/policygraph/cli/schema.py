"""``policygraph schema``: the JSON Schema that every output of ``policygraph parse`` follows."""

from __future__ import annotations

import json

import click


@click.command(name="schema")
def command() -> None:
    """Write the JSON Schema of `policygraph parse --format json`."""
    from policygraph import contract  # noqa: PLC0415 - help needs no schema

    click.echo(json.dumps(contract.schema(), ensure_ascii=False, indent=1))
