"""Networks as files: GraphML and GEXF (Gephi, Cytoscape, yEd), the same bytes for the same network.

What is a list in Python is words joined by ``; `` in a file, as neither format has lists that all programs read.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Literal, get_args

from policygraph.text.xmlchars import allowed

if TYPE_CHECKING:
    import networkx as nx

Form = Literal["graphml", "gexf"]
FORMS: tuple[Form, ...] = get_args(Form)
_DAY = re.compile(r' lastmodifieddate="[\d-]+"')


def write(graph: nx.Graph, form: Form) -> bytes:
    """Return a network as a file in UTF-8; attributes without a value are left out."""
    import networkx as nx  # noqa: PLC0415 - heavy

    plain = _plain(graph)
    out = io.BytesIO()
    if form == "graphml":
        nx.write_graphml(plain, out)
        return out.getvalue()
    nx.write_gexf(plain, out)
    return _DAY.sub("", out.getvalue().decode(), count=1).encode()


def told(own: dict[str, Any]) -> dict[str, str | int | float]:
    """Return attributes as words and numbers, without those that have no value."""
    return {name: _value(value) for name, value in own.items() if value is not None}


def _plain(graph: nx.Graph) -> nx.Graph:
    """Return a graph of the same nodes and edges whose attributes every format takes; a node's label is its name."""
    plain = graph.__class__(**graph.graph)
    for identifier, own in graph.nodes(data=True):
        plain.add_node(allowed(identifier), **told(own), label=allowed(own["name"]))
    for one, other, own in graph.edges(data=True):
        plain.add_edge(allowed(one), allowed(other), **told(own))
    return plain


def _value(value: object) -> str | int | float:
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        return "; ".join(allowed("-".join(map(str, one)) if isinstance(one, tuple) else str(one)) for one in value)
    return allowed(str(value))
