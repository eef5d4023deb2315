"""The command line: ``policygraph build corpus``, ``policygraph ask leads 市水务局``.

Every command is one call of the library. Commands load when they are run, so that ``--help`` stays light.
Exit codes: 0 done, 1 done with problems or refused, 2 wrong use.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any, TextIO

import click

from policygraph.errors import BadParameter, PolicygraphError
from policygraph.version import __version__

_COMMANDS = {
    "ask": "put a question to the graph",
    "build": "read notices into the graph",
    "compare": "show what changed from one notice to the next",
    "evaluate": "score the extraction against gold",
    "explain": "say why names mean a body: each name, notice and rule, and what it followed",
    "export": "write the graph as tables, a graph file, linked data, for Neo4j, spaCy, jieba or as legal documents",
    "load": "load a SQLite store into a Neo4j server",
    "network": "write who works with whom, who leads whom or which notice cites which, as a network",
    "parse": "read one source and write what it says as JSON",
    "questions": "list the questions that can be asked",
    "read": "show a page as it was understood: metadata, tables, what was left out",
    "remove": "delete what a notice or a source contributed",
    "report": "write a ledger of tasks (任务台账) of a body or a notice, to print or as a workbook",
    "review": "judge whether two bodies are one, and take judgements back",
    "rules": "list the rules and how often each fired on some notices",
    "schema": "write the JSON Schema of `parse` or `compare`, or the context of `export --format jsonld`",
    "serve": "show the graph as pages in the browser",
    "show": "show a task in its notice, with what was found in it",
    "watch": "take in later notices by themselves, from folders and the web",
}


class _Group(click.Group):
    """A group that knows its commands by name and loads each when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"policygraph.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def main(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - click's signature
        """Run the command line on streams that can write Chinese."""
        for stream in (sys.stdout, sys.stderr):
            _write_chinese(stream)
        return super().main(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run a command; whatever it refuses becomes one line on stderr and exit code 1."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:  # … | head
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - until the process ends
            ctx.exit(0)
        except PolicygraphError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(str(error), err=True)
            ctx.exit(2 if isinstance(error, BadParameter) else 1)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            what = f"policygraph: internal error, {type(error).__name__}: {error}".replace("\n", " ")
            click.echo(f"{what} (run `policygraph --debug …` and report what it shows)", err=True)
            ctx.exit(1)


def _write_chinese(stream: TextIO) -> None:
    """Turn a stream whose encoding has no Chinese (ASCII) to UTF-8, and let others (GBK) escape what they lack."""
    if not isinstance(stream, TextIOWrapper):
        return
    try:
        "牵头".encode(stream.encoding)
    except UnicodeEncodeError:
        stream.reconfigure(encoding="utf-8")
    else:
        stream.reconfigure(errors="backslashreplace")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="policygraph")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """Official Chinese notices as a responsibility graph: who must do what, by when, and where it says so."""
