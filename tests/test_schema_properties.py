"""What the schema says that nodes and edges tell is what notices give them."""

from policygraph.graph.build import build
from policygraph.graph.schema import ENDS, INTEGERS, PROPERTIES, SHARED, Relation
from policygraph.pipeline import parse


def test_the_schema_lists_the_properties_of_everything_that_is_built(jiamusi):
    (notice,) = parse(jiamusi)
    graph = build(notice)
    for node in graph.nodes:
        assert sorted(node.properties) == sorted(PROPERTIES[node.label])
        assert (node.notice is None) == (node.label in SHARED)
    for edge in graph.edges:
        assert sorted(edge.properties) == sorted(PROPERTIES.get(edge.relation, ()))


def test_integers_and_nothing_else_are_integers(jiamusi):
    (notice,) = parse(jiamusi)
    graph = build(notice)
    told = [(name, value) for one in (*graph.nodes, *graph.edges) for name, value in one.properties.items()]
    for name, value in told:
        assert value is None or isinstance(value, int) == (name in INTEGERS), name


def test_edges_lead_from_and_to_the_labels_that_the_schema_says(jiamusi):
    assert set(ENDS) == set(Relation)
    (notice,) = parse(jiamusi)
    graph = build(notice)
    labels = {node.id: node.label for node in graph.nodes}
    for edge in graph.edges:
        sources, targets = ENDS[edge.relation]
        assert labels[edge.source] in sources
        assert labels[edge.target] in targets
