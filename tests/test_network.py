"""Who works with whom, as networkx graphs, files and rows."""

import io
import json
import os
import re
import subprocess
import sys

import networkx as nx
import pytest
from click.testing import CliRunner

import policygraph as pg
from conftest import ROOT
from notices import CITIES, written
from policygraph.cli import main
from policygraph.errors import BadParameter
from policygraph.network import communities, files, modularity, rows
from policygraph.network.table import edges
from policygraph.pipeline import parse
from policygraph.store.contract import SourceRecord

WATER, HOUSING = "230800:water_affairs", "230800:housing_urban_rural"
BOTH = ("cooperation", "leads", "citations")


def fill(store, *texts):
    for number, text in enumerate(texts):
        store.load(SourceRecord(f"{number}.txt", f"{number}", 1), parse(text.encode(), name=f"{number}.txt"))


@pytest.fixture
def small(tmp_path):
    """Three tasks of one city: 水务局 leads two of them, 城乡建设局 supports there; 各县(市)区政府 inherits the later ones."""
    with pg.open_store(tmp_path / "small.db") as store:
        fill(
            store,
            written(extra="3.检查。开展检查。(市水务局牵头,市城乡建设局配合)\n按照《方案》(鹤政办发〔2018〕2号)执行。"),
        )
        yield store


@pytest.fixture
def store(tmp_path, corpus):
    pg.build(corpus, tmp_path / "graph.db")
    with pg.open_store(tmp_path / "graph.db") as opened:
        yield opened


def test_bodies_with_a_role_in_one_task_cooperate_and_the_edge_names_the_tasks(small):
    graph = pg.network(small, kind="cooperation")
    assert graph.edges[WATER, HOUSING] == {
        "weight": 2,
        "inherited": 0,
        "task_ids": ["佳政办发〔2018〕17号:二/一/1:1", "佳政办发〔2018〕17号:二/一/3:1"],
        "notice_ids": ["佳政办发〔2018〕17号"],
        "years": [2018],
        "lead_support": 2,
    }
    assert graph.nodes[WATER] == {
        "name": "佳木斯市水务局",
        "place": "230800",
        "jurisdiction": "佳木斯市",
        "kind": "water_affairs",
        "sort": "body",
        "tasks": 2,
        "lead": 2,
    }


def test_every_edge_counts_the_tasks_that_both_bodies_have(store):
    graph = pg.network(store, kind="cooperation")
    assert graph.number_of_edges() > 100
    for one, other, own in graph.edges(data=True):
        mine, theirs = ({row["task"] for row in store.ask("duties", organisation=body)} for body in (one, other))
        assert set(own["task_ids"]) == mine & theirs
        assert own["weight"] == len(own["task_ids"])


def test_partners_are_the_neighbours(store):
    graph = pg.network(store, kind="cooperation")
    for row in store.ask("partners", organisation="佳木斯市水务局"):
        edge = graph.edges[WATER, row["partner_id"]]
        assert (edge["weight"], edge["task_ids"][0]) == (row["tasks"], min(edge["task_ids"]))


def test_a_body_leads_the_others_in_its_tasks_and_not_those_that_lead_with_it(small):
    graph = pg.network(small, kind="leads")
    assert graph.is_directed()
    assert graph.edges[WATER, HOUSING]["support"] == 2
    assert not graph.has_edge(HOUSING, WATER)
    assert graph.edges[WATER, "230800:各县(市)区政府"]["implement"] == 1
    assert graph.edges[WATER, "230800:各县(市)区政府"]["inherited"] == 1


def test_a_notice_cites_another_at_a_place_of_its_text(small):
    graph = pg.network(small, kind="citations")
    ((one, other, own),) = graph.edges(data=True)
    assert (one, other, own["weight"]) == ("佳政办发〔2018〕17号", "鹤政办发〔2018〕2号", 1)
    text = small.text_of(one)["text"]
    assert [text[start:end] for start, end in own["places"]] == ["《方案》(鹤政办发〔2018〕2号)"]
    assert graph.nodes[other] == {"name": "方案", "type": "Reference", "year": None, "jurisdiction": None}


def test_filters_leave_only_what_they_name(store):
    assert {year for *_, years in pg.network(store, year=2019).edges(data="years") for year in years} == {2019}
    leading = pg.network(store, role="lead")
    assert all(set(own) >= {"lead_lead"} for *_, own in leading.edges(data=True))
    assert set(dict(leading.nodes(data="jurisdiction")).values()) == {"佳木斯市", "安和市"}
    assert set(dict(pg.network(store, place="佳木斯市").nodes(data="place")).values()) == {"230800"}
    assert nx.utils.graphs_equal(pg.network(store, place="佳木斯"), pg.network(store, place="230800"))
    assert set(dict(pg.network(store, place="黑龙江省").nodes(data="place")).values()) == {"230800"}
    assert set(dict(pg.network(store, place="安和市").nodes(data="jurisdiction")).values()) == {"安和市"}
    assert set(pg.network(store, kind="citations", place="安和市", year=2018)) == {
        "安政办发〔2018〕21号",
        *(row["cites"] for row in edges(pg.network(store, kind="citations", notice="21号"))),
    }
    supporting = pg.network(store, kind="leads", role="support")
    assert all("implement" not in own for *_, own in supporting.edges(data=True))
    assert supporting.number_of_edges() > 20


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"kind": "friends"}, "network: no kind 'friends' (known: cooperation, leads, citations)"),
        ({"role": "boss"}, "network: no role 'boss' (known: lead, support, responsible, implement, supervise)"),
        ({"role": "lead", "kind": "citations"}, "network: citations have no role (leave the role out)"),
        ({"year": "18"}, "network: '18' is no year (write it as 2018)"),
        ({"place": "无有市"}, "network: nothing is of a place '无有市' (write it as 佳木斯市 or 230800)"),
    ],
    ids=["kind", "role", "role of citations", "year", "place"],
)
def test_what_is_no_filter_is_refused(small, wrong, told):
    with pytest.raises(BadParameter) as caught:
        pg.network(small, **wrong)
    assert str(caught.value) == told


def test_measures_agree_with_networkx_and_communities_are_whole(store):
    graph = pg.network(store)
    found = pg.measures(graph)
    assert [row["organisation"] for row in found[:2]] == ["佳木斯市各县(市)区政府", "佳木斯市环境保护局"]
    between = nx.betweenness_centrality(graph)
    for row in found:
        body = row["organisation_id"]
        assert row["partners"] == graph.degree(body)
        assert row["shared"] == graph.degree(body, weight="weight")
        assert row["betweenness"] == pytest.approx(between[body], abs=1e-6)
    parts = communities(graph)
    assert sorted(body for part in parts for body in part) == sorted(graph)
    assert [len(part) for part in parts] == sorted(map(len, parts), reverse=True)
    number = {row["organisation_id"]: row["community"] for row in found}
    assert all(number[body] == index for index, part in enumerate(parts, 1) for body in part)
    assert 0.3 < modularity(graph) < 0.6


def test_bodies_that_work_with_nobody_are_communities_of_their_own(tmp_path):
    with pg.open_store(tmp_path / "alone.db") as store:
        fill(store, "关于开展检查的通知\n\n一、检查。开展检查。(市水务局牵头)\n二、公开。每月公开。(市财政局牵头)\n")
        graph = pg.network(store)
    assert [row["partners"] for row in pg.measures(graph)] == [0, 0]
    assert [len(part) for part in communities(graph)] == [1, 1]
    assert modularity(graph) is None


def test_a_directed_network_is_not_measured(small):
    with pytest.raises(BadParameter, match="only a network of cooperation is measured"):
        pg.measures(pg.network(small, kind="leads"))


@pytest.mark.parametrize("kind", BOTH)
def test_files_read_back_as_the_network(store, kind):
    graph = pg.network(store, kind=kind)
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        content = files.write(graph, form)
        again = read(io.BytesIO(content))
        assert again.is_directed() == graph.is_directed()
        assert set(again) == set(graph)
        assert {frozenset(ends) for ends in again.edges()} == {frozenset(ends) for ends in graph.edges()}
        for node, own in graph.nodes(data=True):
            assert again.nodes[node]["label"] == own["name"]
        for one, other, own in graph.edges(data=True):
            assert again.edges[one, other]["weight"] == own["weight"]
            lists = "places" if kind == "citations" else "task_ids"
            assert len(again.edges[one, other][lists].split("; ")) == own["weight"]


def test_a_hostile_title_does_not_break_a_file():
    graph = nx.DiGraph(kind="citations")
    graph.add_node("a\x0b", name='<b>&"\x00\ud800', type="Notice", year=None, jurisdiction=None)
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        assert read(io.BytesIO(files.write(graph, form))).nodes["a"]["label"] == '<b>&"'


def test_the_same_graph_gives_the_same_bytes_under_every_hash_seed(tmp_path, corpus):
    pg.build(corpus, tmp_path / "graph.db")
    script = (
        "import sys, policygraph as pg; from policygraph.network import files\n"
        "store = pg.open_store(sys.argv[1]); graph = pg.network(store)\n"
        "print(pg.measures(graph)); print(files.write(graph, 'graphml')); print(files.write(graph, 'gexf'))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / "graph.db")],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert b"lastmodified" not in outputs.pop()


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_command_writes_rows_and_files(store, tmp_path):
    done = run("network", "--store", store.address, "--format", "json", "--year", "2018", "--place", "佳木斯市")
    first = json.loads(done.stdout)[0]
    assert (first["organisation"], first["partner"], first["weight"]) == (
        "佳木斯市环境保护局",
        "佳木斯市各县(市)区政府",
        24,
    )
    assert len(first["task_ids"].split("; ")) == 24
    target = tmp_path / "net.graphml"
    done = run("network", "--store", store.address, "--measures", "-o", target)
    assert done.stdout == f"{target}: 54 nodes, 124 edges\n"
    assert nx.read_graphml(target).nodes[WATER]["community"] == 1
    done = run("network", "--store", store.address, "--measures", "--format", "table")
    assert done.stderr == "10 communities, modularity 0.40\n"
    target = tmp_path / "net.csv"
    assert run("network", "--store", store.address, "--kind", "citations", "-o", target).exit_code == 0
    assert target.read_text("utf-8").startswith("notice,cites,cited_title,weight,places\n")
    assert run("network", "--store", store.address, "--format", "gexf").stdout.startswith("<?xml")


def test_the_command_refuses_what_it_cannot_write(store, tmp_path):
    done = run("network", "--store", store.address, "-o", tmp_path / "net.doc")
    assert (done.exit_code, done.stderr) == (
        2,
        f"{tmp_path / 'net.doc'}: its name says no format (give --format, or a name such as net.png)\n",
    )
    done = run("network", "--store", store.address, "--kind", "leads", "--measures")
    assert (done.exit_code, done.stderr) == (2, "--measures: not of leads (it measures --kind cooperation)\n")
    done = run("network", "--store", store.address, "--year", "1999")
    assert (done.exit_code, done.stderr) == (0, "no rows: the graph has no such tasks or notices\n")


@pytest.mark.neo4j
def test_a_server_gives_the_same_networks(store, neo4j_url, corpus):
    texts = [written(city, serial=serial) for serial, city in enumerate(CITIES, 1)]
    with pg.open_store(neo4j_url) as other:
        pg.build(corpus, other)
        for one in (store, other):
            fill(one, *texts)
        for kind in BOTH:
            for given in ({}, {"year": 2018}, {"place": "安和市"}, {"notice": "21号"}, {"year": 1999}):
                expected = pg.network(store, kind=kind, **given)
                assert nx.utils.graphs_equal(pg.network(other, kind=kind, **given), expected)
                assert files.write(pg.network(other, kind=kind, **given), "graphml") == files.write(expected, "graphml")
        given = {"kind": "leads", "role": ["support", "implement"]}
        assert nx.utils.graphs_equal(pg.network(other, **given), pg.network(store, **given))
        assert pg.measures(pg.network(other)) == pg.measures(pg.network(store))


@pytest.mark.neo4j
def test_no_network_scans_all_nodes(neo4j_url, corpus):
    with pg.open_store(neo4j_url) as other:
        pg.build(corpus, other)
        for query in (rows._ROLES, rows._CITATIONS):
            given = {"year": None, "roles": None, "notice": None}
            with other._server._driver.session() as session:
                plan = session.run("EXPLAIN " + query.cypher, given).consume().plan
            assert "AllNodesScan" not in json.dumps(plan)


def test_no_network_scans_the_tables(store):
    for query in (rows._ROLES, rows._CITATIONS):
        given = {"year": None, "roles": None, "notice": None}
        steps = [str(row["detail"]) for row in store.rows(f"EXPLAIN QUERY PLAN {query.sql}", given)]
        assert not [step for step in steps if step.startswith("SCAN") and "json_each" not in step]


def test_python_of_the_document_runs(store, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policygraph.db").symlink_to(store.address)
    text = (ROOT / "docs" / "network.md").read_text("utf-8")
    (block,) = re.findall(r"```python\n(.+?)```", text, re.DOTALL)
    exec(block, {})
    assert capsys.readouterr().out.splitlines()[0] == "佳木斯市各县(市)区政府 22 1"
