"""What the schema says that nodes and edges tell is what notices give them."""

from policygraph.graph.build import build
from policygraph.graph.schema import PROPERTIES, SHARED
from policygraph.pipeline import parse


def test_the_schema_lists_the_properties_of_everything_that_is_built(jiamusi):
    (notice,) = parse(jiamusi)
    graph = build(notice)
    for node in graph.nodes:
        assert sorted(node.properties) == sorted(PROPERTIES[node.label])
        assert (node.notice is None) == (node.label in SHARED)
    for edge in graph.edges:
        assert sorted(edge.properties) == sorted(PROPERTIES.get(edge.relation, ()))
