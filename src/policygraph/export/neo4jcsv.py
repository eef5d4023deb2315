"""CSV files that ``neo4j-admin database import`` takes: millions of nodes and edges in seconds, into an empty database.

Headers follow its manual: ``id:ID``, ``:LABEL``, ``:START_ID``, ``:END_ID``, ``:TYPE``, whole numbers as ``:long``.
Beside the tables stand ``import.args``, the options of the tool, and ``schema.cypher``, constraints and indexes to be
made afterwards. What comes out is a store that ``policygraph --store bolt://…`` opens.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, TextIO

from policygraph.export import neo4jform
from policygraph.export.csvfiles import line, opened
from policygraph.export.elements import Counted, Counts, kind
from policygraph.graph.schema import PROPERTIES, TYPES, Label, Node, Relation

if TYPE_CHECKING:
    from pathlib import Path

    from policygraph.graph.schema import Edge, Properties, Scalar
    from policygraph.store.contract import Store

ARGUMENTS = "import.args"
SCHEMA = "schema.cypher"
_READ_BUFFER = 16_777_216  # bytes; the text of a notice is one value, and a value must fit


def write(store: Store, folder: Path) -> Counts:
    """Write the files into a folder, those without rows too."""
    elements = Counted(store)
    with ExitStack() as stack:
        files: dict[Label | Relation, TextIO] = {}
        for one in (*Label, *Relation):
            files[one] = stack.enter_context(opened(folder / f"{one}.csv"))
            files[one].write(",".join(_header(one)) + "\n")
        for element in elements:
            files[kind(element)].write(line(_row(element, store)))
    (folder / f"{neo4jform.MARK}.csv").write_text(
        f'id:ID,version:long,:LABEL\n"store",{neo4jform.VERSION},{neo4jform.MARK}\n', "utf-8", newline="\n"
    )
    (folder / ARGUMENTS).write_text(_arguments(), "utf-8", newline="\n")
    (folder / SCHEMA).write_text("".join(f"{one};\n" for one in neo4jform.SCHEMA), "utf-8", newline="\n")
    return elements.counts


def _names(one: Label | Relation) -> tuple[str, ...]:
    """Return the properties of nodes or edges there, but for the id."""
    text = ("text",) if one is Label.NOTICE else ()
    return (*(() if isinstance(one, Label) else ("key",)), "notice", *PROPERTIES.get(one, ()), *text)


def _header(one: Label | Relation) -> list[str]:
    typed = [f"{name}:{TYPES.get(name, 'string')}" for name in _names(one)]
    return ["id:ID", *typed, ":LABEL"] if isinstance(one, Label) else [":START_ID", ":END_ID", *typed, ":TYPE"]


def _row(one: Node | Edge, store: Store) -> list[Scalar]:
    if isinstance(one, Node):
        own: Properties = neo4jform.node(one, store)
        return [one.id, *(own.get(name) for name in _names(one.label)), ";".join(neo4jform.labels(one.label))]
    own = neo4jform.edge(one)
    return [one.source, one.target, *(own.get(name) for name in _names(one.relation)), one.relation.value]


def _arguments() -> str:
    """Return the options of the tool, one a line, with the files as they lie beside this one."""
    files = [f"--nodes={one}.csv" for one in (*Label, neo4jform.MARK)]
    files += [f"--relationships={one}.csv" for one in Relation]
    options = ["--multiline-fields=true", f"--read-buffer-size={_READ_BUFFER}"]
    return "\n".join([*files, *options]) + "\n"
