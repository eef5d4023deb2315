"""No question reads a whole table of SQLite, or every node of Neo4j: each goes by an index."""

import json

import pytest

from notices import CITIES, written
from policygraph import registry
from policygraph.pipeline import build
from policygraph.store import asking, open_store
from policygraph.store.questions import QUESTIONS, doers

VALUES = {
    "organisation": "佳木斯市水务局",
    "notice": "1号",
    "place": "佳木斯市",
    "issuer": "佳木斯市人民政府办公室",
    "citing": "1号",
    "document": "1号",
    "task": "佳政办发〔2018〕1号:二/一/1:1",
    "text": "节水",
    "date": "2018-12-31",
    "year": "2018",
    "flag": True,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notices")
    for serial, city in enumerate(CITIES, 1):
        (folder / f"{serial}.txt").write_text(written(city, serial=serial), "utf-8")
    with open_store(folder / "graph.db") as opened:
        build([folder], opened)
        yield opened


def ways(question) -> list[dict[str, object]]:
    """Return how a question is put: with what it needs, with each wish, and with all of them."""
    values = {one.name: VALUES.get(one.kind, (one.choices or (None,))[0]) for one in question.parameters}
    needed = {one.name: values[one.name] for one in question.parameters if one.required}
    return [needed, *(needed | {name: value} for name, value in values.items()), values]


def whole(store, sql: str, bound: dict[str, object]) -> set[str]:
    """Return the tables and indexes of the file that a query walks through from one end to the other.

    The steps of SQLite's machine say so: a cursor that is opened on a page (``OpenRead``) and rewound to its start.
    """
    given = {key: json.dumps(value) if isinstance(value, list) else value for key, value in bound.items()}
    steps = store.rows(f"EXPLAIN {sql}", given)
    names = {row["rootpage"]: row["name"] for row in store.rows("SELECT rootpage, name FROM sqlite_master", {})}
    opened = {row["p1"]: row["p2"] for row in steps if row["opcode"] in ("OpenRead", "ReopenIdx") and row["p3"] == 0}
    return {
        str(names[opened[row["p1"]]])
        for row in steps
        if row["opcode"] in ("Rewind", "Last", "Count") and row["p1"] in opened
    }


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.name)
def test_no_question_reads_a_whole_table(store, question):
    for way in ways(question):
        asked, bound = asking.prepare(question.name, way, store.run)
        assert whole(store, asked.sql, bound) == set(), way


def test_a_query_that_reads_a_whole_table_is_noticed(store):
    assert whole(store, "SELECT notice FROM edges WHERE properties LIKE '%水%'", {}) == {"edges"}
    assert whole(store, "SELECT count(*) FROM nodes", {}) != set()
    assert whole(store, "SELECT notice FROM edges WHERE source = 'x'", {}) == set()


def test_a_name_is_found_by_an_index(store):
    asked: list[str] = []

    def run(query, parameters):
        asked.append(query.sql)
        assert whole(store, query.sql, parameters) == set()
        return store.run(query, parameters)

    for name in ("佳木斯市水务局", "市水务局", "水务局"):
        assert asking.prepare("leads", {"organisation": name}, run)[1]["organisation"]
    assert len(asked) == 1 + 2 + 2  # a whole name needs one query


@pytest.mark.neo4j
def test_no_question_reads_all_nodes_of_a_server(neo4j_url, store):
    with open_store(neo4j_url) as server:
        build([store.ask("notices")[0]["path"]], server)
        for question in QUESTIONS:
            for way in ways(question):
                given = asking.prepare(question.name, way, server.run)[1]
                with server._server._driver.session() as session:
                    plan = json.dumps(session.run("EXPLAIN " + question.cypher, given).consume().plan)
                assert "AllNodesScan" not in plan, (question.name, way)
                assert "AllRelationshipsScan" not in plan, (question.name, way)


@pytest.mark.parametrize("place", ["CN", "230000", "230800", "230803"])
def test_no_chain_of_successions_is_longer_than_cypher_walks(place):
    for kind in registry.every_kind():
        for near, end in ((registry.successors, "successor"), (registry.predecessors, "predecessor")):
            reached, ahead, steps = {f"{place}:{kind.key}"}, [f"{place}:{kind.key}"], 0
            while ahead:
                new = {getattr(edge, end) for one in ahead for edge in near(one) if edge.kind != "duty moved"} - reached
                reached |= new
                ahead = sorted(new)
                steps += bool(new)
            assert steps < doers._STEPS
