"""Options that several commands take, and commands as people would type them."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from policygraph.cli import credentials

if TYPE_CHECKING:
    from policygraph.cli.credentials import F
    from policygraph.read.limits import Limits

_STORE = "policygraph.db"
_VARIABLE = "POLICYGRAPH_STORE"
_PLAIN = re.compile(r"[\w@%+=:,./〔〕、~-]+")
_HARMLESS_IN_QUOTES = re.compile(r'[^"$`\\!]+')

_store = click.option(
    "--store",
    metavar="PATH|URL",
    default=_STORE,
    show_default=True,
    envvar=_VARIABLE,
    callback=credentials.addressed,
    help="Where the graph is kept: a file, or a Neo4j server (bolt://127.0.0.1:7687).",
)


def store(command: F) -> F:
    """Add ``--store`` to a command, and who asks if it is on a server."""
    return _store(credentials.options(command))


rows_format = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "excel", "markdown"]),
    default="table",
    show_default=True,
    help="How rows are written; excel: CSV whose Chinese Excel can read.",
)


def typed(*words: str, store: str) -> str:
    """Return a command on a store as it can be typed: quoted where a shell needs it, ``--store`` where it is not usual.

    >>> typed("ask", "leads", "各县(市)区政府", store="my.db")
    'policygraph ask leads "各县(市)区政府" --store my.db'
    """
    usual = os.environ.get(_VARIABLE) or _STORE
    option = () if store == usual else ("--store", store)
    return " ".join(("policygraph", *map(_quoted, (*words, *option))))


def _quoted(word: str) -> str:
    """Quote a word for a shell; double quotes, where they do, are understood by all of them."""
    if _PLAIN.fullmatch(word):
        return word
    return f'"{word}"' if _HARMLESS_IN_QUOTES.fullmatch(word) else shlex.quote(word)


def _limits(_ctx: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> Limits:
    """Return the limits with those that were given in place of their defaults."""
    from policygraph.read.limits import DEFAULT, NAMES  # noqa: PLC0415 - help needs no reader

    values = [text.partition("=") for text in given]
    for name, _, number in values:
        if name not in NAMES or not number.isascii() or not number.isdigit():
            message = f"'{name}={number}' is no limit (NAME=NUMBER; names: {', '.join(NAMES)})"
            raise click.BadParameter(message)
    return replace(DEFAULT, **{name: int(number) for name, _, number in values})


limits = click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=NUMBER",
    callback=_limits,
    help="Take larger sources: cells=2000000, source_bytes=500000000, … (docs/readers.md names all).",
)
