"""What the schema says that nodes and edges tell is what notices, and two years of a plan, give them."""

import pytest

from policygraph.compare import compare
from policygraph.compare.edges import contribution
from policygraph.graph.build import build
from policygraph.graph.schema import ENDS, PROPERTIES, SHARED, TYPES, Graph, Label, Relation
from policygraph.pipeline import parse


@pytest.fixture(scope="module")
def graph(corpus, jiamusi) -> Graph:
    paths = (corpus / "anhe" / "anhe-2018.txt", corpus / "anhe" / "anhe-2019.html", jiamusi)
    old, new, other = (notice for path in paths for notice in parse(path))
    graphs = [build(old), build(new), build(other), contribution(compare(old, new), ["one title"])]
    return Graph(tuple(node for one in graphs for node in one.nodes), tuple(e for one in graphs for e in one.edges))


def test_the_schema_lists_the_properties_of_everything_that_is_built(graph):
    for node in graph.nodes:
        assert sorted(node.properties) == sorted(PROPERTIES[node.label])
        assert (node.notice is None) == (node.label in SHARED)
    for edge in graph.edges:
        assert sorted(edge.properties) == sorted(PROPERTIES.get(edge.relation, ()))


def test_what_the_schema_calls_numbers_and_nothing_else_are_numbers(graph):
    python = {"long": int, "double": float}
    for one in (*graph.nodes, *graph.edges):
        for name, value in one.properties.items():
            assert value is None or type(value) is python.get(TYPES.get(name), str), name


def test_edges_lead_from_and_to_the_labels_that_the_schema_says(graph):
    assert set(ENDS) == set(Relation)
    labels: dict[str, set[Label]] = {}
    for node in graph.nodes:
        labels.setdefault(node.id, set()).add(node.label)
    for edge in graph.edges:
        sources, targets = ENDS[edge.relation]
        assert labels[edge.source] & set(sources)
        assert labels[edge.target] & set(targets)
