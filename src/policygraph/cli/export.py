"""``policygraph export --format csv -o tables``: the graph in the formats of others."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from policygraph.cli import credentials, options
from policygraph.errors import BadParameter

if TYPE_CHECKING:
    from policygraph.store.contract import Store

_FORMS = ("csv", "parquet", "graphml", "jsonld", "cypher", "neo4j-csv", "jieba-dict", "docbin", "akn")
_OPTIONS = {"csv": ("bom",), "jsonld": ("base",), "docbin": ("gold", "notices"), "akn": ("notice",)}
_WITHOUT_STORE = "jieba-dict"


@click.command(name="export")
@click.argument("given", metavar="[STORE]", required=False)
@click.option("--format", "form", type=click.Choice(_FORMS), required=True, help="The format.")
@click.option("--output", "-o", type=click.Path(), help="The file or folder to write.  [default: standard output]")
@click.option("--bom", is_flag=True, help="csv: begin each file with a mark, so that Excel opens Chinese rightly.")
@click.option("--base", metavar="IRI", help="jsonld: what the ids of nodes begin with.  [default: urn:policygraph:id:]")
@click.option("--gold", metavar="FOLDER", help="docbin: of these gold files, in place of a store.")
@click.option("--notices", metavar="FOLDER", help="docbin: where the notices of the gold lie, if not beside it.")
@click.option("--notice", metavar="NOTICE", help="akn: only this notice, by its id or an end that no other shares.")
@options.store
@click.pass_context
def command(
    ctx: click.Context, /, store: str, given: str | None, form: str, output: str | None, **wishes: str | bool | None
) -> None:
    """Write the graph of STORE (else that of --store) in another format.

    \b
    csv         a folder of tables, one for each label and relation
    parquet     the same as Parquet (extra `parquet`)
    graphml     one file, for Gephi, yEd, igraph; `policygraph network` writes smaller ones
    jsonld      linked data in the words of schema.org, W3C ORG and ELI
    cypher      a script that makes the graph on an empty Neo4j server
    neo4j-csv   a folder for `neo4j-admin database import`
    jieba-dict  a user dictionary of body and place names, of the registry alone without STORE
    docbin      notices with spans for spaCy (extra `spacy`), of STORE or with --gold of gold
    akn         a folder of notices as Akoma Ntoso 3.0; `parse --format akn` writes one

    Example: policygraph export --format csv --bom -o tables
    """
    from policygraph.export import FOLDERS, export  # noqa: PLC0415 - help needs no store
    from policygraph.store import open_store  # noqa: PLC0415

    chosen = {name: value for name, value in wishes.items() if value}
    for name in chosen.keys() - set(_OPTIONS.get(form, ())):
        raise BadParameter(f"--{name}", f"not of {form}", f"leave --{name} out")
    if form in FOLDERS and output is None:
        raise BadParameter("--output", f"{form} needs a folder", "give -o FOLDER")

    def write(opened: Store | None) -> None:
        target: Any = output or sys.stdout.buffer
        counts = export(opened, form, target, **chosen)  # type: ignore[arg-type]
        if output:
            click.echo(f"{output}: {', '.join(f'{count} {what}' for what, count in counts.items())}")

    address = credentials.addressed(ctx, ctx.command.params[0], given) if given else store
    unsaid = ctx.get_parameter_source("store") is click.core.ParameterSource.DEFAULT
    if "gold" in chosen or (form == _WITHOUT_STORE and not given and unsaid):
        write(None)
        return
    with open_store(address, create=False) as opened:
        write(opened)
