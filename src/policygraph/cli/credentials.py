"""Who asks a server: ``--user``, ``--password``, ``--database``, else the environment, else a prompt for the password.

They travel with the address of the store, which never prints them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policygraph.store.address import Address

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any] | click.Command")
_META = "policygraph.{}"


def _keep(ctx: click.Context, option: click.Parameter, given: str | None) -> None:
    ctx.meta[_META.format(option.name)] = given


def addressed(ctx: click.Context, _option: click.Parameter, given: str) -> Address:
    """Return the address of a store with the credentials given beside it; ask for a password that is nowhere."""
    user, password, database = (ctx.meta.get(_META.format(name)) for name in ("user", "password", "database"))
    address = Address.of(given, user=user, password=password, database=database)
    if address.on_server and not address.password and sys.stdin.isatty() and not ctx.resilient_parsing:
        address.password = click.prompt(f"password of {address.user} at {address}", hide_input=True, err=True)
    return address


def options(command: F) -> F:
    """Add the options of a server to a command; they come before its store whatever their order."""
    for name, told in (
        ("database", "The database on a Neo4j server; its own default if not given."),
        ("password", "The password there; better in POLICYGRAPH_NEO4J_PASSWORD, or typed when asked."),
        ("user", "The user on a Neo4j server.  [default: neo4j]"),
    ):
        command = click.option(
            f"--{name}", metavar="NAME" if name != "password" else "WORD", help=told, callback=_keep,
            is_eager=True, expose_value=False,
        )(command)  # fmt: skip
    return command
