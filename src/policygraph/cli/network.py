"""``policygraph network``: who works with whom as a picture, GraphML, GEXF or rows; ``--measures``: who is central."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from policygraph.cli import options, render
from policygraph.errors import BadParameter
from policygraph.models import Role

if TYPE_CHECKING:
    import networkx as nx

_ROWS = ("table", "json", "csv", "markdown")
_FILES = ("graphml", "gexf")
_PICTURES = ("png", "svg", "pdf")
_KINDS = ("cooperation", "leads", "citations")


@click.command(name="network")
@click.option("--kind", type=click.Choice(_KINDS), default="cooperation", show_default=True, help="Which network.")
@click.option("--year", metavar="YYYY", help="Only tasks and notices of this year.")
@click.option("--role", multiple=True, type=click.Choice(get_args(Role)), help="Only duties in this role; repeatable.")
@click.option("--place", metavar="PLACE", help="Only bodies of this place and of those below it: 佳木斯市, 230800.")
@click.option("--notice", metavar="NOTICE", help="Only from this notice, by its id or an end that no other shares.")
@click.option("--measures", is_flag=True, help="Measure each body of a cooperation: partners, betweenness, community.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*_ROWS, *_FILES, *_PICTURES]),
    help="How it is written.  [default: by the name of --output, else table]",
)
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True), help="Write to this file.")
@options.store
def command(  # noqa: PLR0913, PLR0917 - click passes each option by its name
    store: str,
    kind: str,
    year: str | None,
    role: tuple[str, ...],
    place: str | None,
    notice: str | None,
    measures: bool,
    form: str | None,
    output: str | None,
) -> None:
    """Draw a network of the graph, or write it for Gephi, Cytoscape, a program or to read.

    \b
    cooperation  bodies that have a role in the same task
    leads        from the body that leads a task to the others in it
    citations    from a notice to those that it cites

    \b
    Example: policygraph network -o 谁与谁合作.png
             policygraph network --measures -o partners.graphml
    """
    from policygraph.network import network  # noqa: PLC0415 - help needs no store
    from policygraph.store import open_store  # noqa: PLC0415

    form = form or _form(output)
    if measures and kind != "cooperation":
        raise BadParameter("--measures", f"not of {kind}", "it measures --kind cooperation")
    with open_store(store, create=False) as opened:
        graph = network(opened, kind=kind, year=year, role=role, place=place, notice=notice)  # type: ignore[arg-type]
    if form in _PICTURES:
        _draw(graph, form, output)
    elif form in _FILES:
        _write_file(graph, form, output, measured=measures)
    else:
        _write_rows(graph, form, output, measured=measures)


def _form(output: str | None) -> str:
    """Return the form that the name of a file says."""
    if output is None:
        return "table"
    form = {".md": "markdown"}.get(Path(output).suffix, Path(output).suffix.removeprefix("."))
    if form not in (*_ROWS, *_FILES, *_PICTURES):
        raise BadParameter(output, "its name says no format", "give --format, or a name such as net.png")
    return form


def _draw(graph: nx.Graph, form: str, output: str | None) -> None:
    from policygraph.plot import network, save  # noqa: PLC0415 - as above

    if not output:
        raise BadParameter("--format", f"a picture ({form}) needs a file", "give --output FILE")
    save(network(graph), output, form)
    _tell(graph, output)


def _write_file(graph: nx.Graph, form: str, output: str | None, *, measured: bool) -> None:
    from policygraph.network import files, measures  # noqa: PLC0415 - as above

    if measured:
        for row in measures(graph):
            own = {name: row[name] for name in ("partners", "shared", "betweenness", "community")}
            graph.nodes[row["organisation_id"]].update(own)
    content = files.write(graph, form)  # type: ignore[arg-type]
    if output:
        Path(output).write_bytes(content)
        _tell(graph, output)
    else:
        click.echo(content, nl=False)


def _write_rows(graph: nx.Graph, form: str, output: str | None, *, measured: bool) -> None:
    from policygraph.network import measures, modularity  # noqa: PLC0415 - as above
    from policygraph.network.table import edges  # noqa: PLC0415

    rows = measures(graph) if measured else edges(graph)
    otherwise = "the graph has no such tasks or notices" if not len(graph) else "no two of them are joined"
    if output:
        if form == "table":
            raise BadParameter(
                "--output", "a table is for the terminal", f"give --format {', '.join(_ROWS[1:])} or a file"
            )
        Path(output).write_text(render.text(rows, form), "utf-8", newline="\n")
        _tell(graph, output)
        return
    render.write(rows, form, otherwise=otherwise)
    if measured and form == "table" and (found := modularity(graph)) is not None:
        count = len({row["community"] for row in rows})
        click.echo(f"{count} communities, modularity {found:.2f}", err=True)


def _tell(graph: nx.Graph, output: str) -> None:
    click.echo(f"{output}: {graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges")
