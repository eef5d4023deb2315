"""The whole graph as one GraphML file, written as it is read.

``type`` is the label of a node or the relation of an edge. For a picture of who works with whom, the files of
:mod:`policygraph.network` are better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from policygraph.export.elements import Counted, Counts
from policygraph.graph.schema import PROPERTIES, TYPES, Label, Node, Relation
from policygraph.text.xmlchars import allowed

if TYPE_CHECKING:
    from policygraph.graph.schema import Edge, Scalar
    from policygraph.store.contract import Store

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


def write(store: Store, out: BinaryIO) -> Counts:
    """Write every node and edge with all its properties; characters that XML does not allow are left out."""
    from lxml import etree  # noqa: PLC0415 - heavy

    keys = {
        "node": _keys("n", Label, ("type", "notice")),
        "edge": _keys("e", Relation, ("type", "key", "notice")),
    }
    elements = Counted(store)
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("graphml", nsmap={None: _NAMESPACE}):
            for domain, named in keys.items():
                for name, identifier in named.items():
                    type_ = TYPES.get(name, "string")
                    told = {"id": identifier, "for": domain, "attr.name": name, "attr.type": type_}
                    xml.write(etree.Element("key", told), "\n")
            with xml.element("graph", {"id": "policygraph", "edgedefault": "directed"}):
                xml.write("\n")
                for number, one in enumerate(elements):
                    xml.write(_element(etree, one, number, keys), "\n")
    return elements.counts


def _keys(prefix: str, kinds: Any, first: tuple[str, ...]) -> dict[str, str]:  # noqa: ANN401 - an enumeration
    names = dict.fromkeys((*first, *(name for one in kinds for name in PROPERTIES.get(one, ()))))
    return {name: f"{prefix}{number}" for number, name in enumerate(names)}


def _element(etree: Any, one: Node | Edge, number: int, keys: dict[str, dict[str, str]]) -> Any:  # noqa: ANN401 - lxml
    if isinstance(one, Node):
        made = etree.Element("node", {"id": allowed(one.id)})
        own: dict[str, Scalar] = {"type": one.label, "notice": one.notice, **one.properties}
    else:
        made = etree.Element("edge", {"id": f"e{number}", "source": allowed(one.source), "target": allowed(one.target)})
        own = {"type": one.relation, "key": one.key, "notice": one.notice, **one.properties}
    for name, value in own.items():
        if value is not None:
            etree.SubElement(made, "data", {"key": keys[made.tag][name]}).text = allowed(str(value))
    return made
