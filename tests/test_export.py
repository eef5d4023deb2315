"""The graph in the formats of others, read back by the libraries that people use."""

import csv
import io
import json
import os
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

import policygraph as pg
import served
from conftest import ROOT
from notices import written
from policygraph.cli import main
from policygraph.errors import ExportError
from policygraph.export import FORMS, elements
from policygraph.export.cypher import literal
from policygraph.export.jsonld import context, name
from policygraph.graph.schema import TYPES, Edge, Label, Node, Relation
from policygraph.pipeline import parse
from policygraph.store.contract import SourceRecord

ODD = '七、"引号",逗号\\反斜杠。\n八、开展\t检查𠮷野;=1+1。(市水务局牵头)\n'


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The corpus and a notice with quotes, backslashes, line breaks and a character beyond the first plane."""
    with pg.open_store(tmp_path_factory.mktemp("export") / "graph.db") as opened:
        pg.build(ROOT / "corpus", opened)
        for notice in parse(written(city="鹤岗", extra=ODD).encode(), name="odd.txt"):
            opened.load(SourceRecord("odd.txt", "odd", 1), [notice])
        yield opened


@pytest.fixture(scope="module")
def graph(store):
    return list(elements.read(store))


def kinds(graph) -> Counter:
    return Counter(elements.kind(one).value for one in graph)


def written_to(store, form, **options) -> bytes:
    out = io.BytesIO()
    pg.export(store, form, out, **options)
    return out.getvalue()


def test_elements_are_the_dump(store, graph):
    lines = list(store.dump())
    assert len(graph) == len(lines) > 1500
    nodes = [one for one in graph if isinstance(one, Node)]
    assert graph[: len(nodes)] == nodes
    first = json.loads(lines[0])
    assert (nodes[0].id, nodes[0].properties) == (first["node"], first["properties"])


@pytest.mark.parametrize("bom", [False, True], ids=["plain", "with a mark"])
def test_csv_reads_back_whole(store, graph, tmp_path, bom):
    counts = pg.export(store, "csv", tmp_path / "tables", bom=bom)
    assert counts["nodes"] + counts["edges"] == len(graph)
    found = {}
    for path in (tmp_path / "tables").iterdir():
        assert path.read_bytes().startswith("\ufeff".encode()) == bom
        with path.open(encoding="utf-8-sig", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    assert set(found) == {*Label, *Relation}
    assert {kind: len(rows) for kind, rows in found.items() if rows} == kinds(graph)
    tasks = {row["id"]: row for row in found["Task"]}
    for one in graph:
        if isinstance(one, Node) and one.label is Label.TASK:
            row = tasks[one.id]
            assert row["text"] == one.properties["text"]
            assert (row["start"], row["strength"]) == (str(one.properties["start"]), one.properties["strength"] or "")


def test_pandas_would_find_no_value_where_there_is_none_and_an_empty_text_quoted(store, tmp_path):
    pg.export(store, "csv", tmp_path)
    lines = (tmp_path / "Clause.csv").read_text("utf-8").splitlines()
    assert lines[0] == '"id","notice","path","label","level","title","start","end"'
    assert any(',"",,0,' in line for line in lines), "a preamble has an empty path and no label"


def test_parquet_reads_back_whole(store, graph, tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    pg.export(store, "parquet", tmp_path)
    tables = {path.stem: pq.read_table(path) for path in tmp_path.iterdir()}
    assert {kind: table.num_rows for kind, table in tables.items() if table.num_rows} == kinds(graph)
    for table in tables.values():
        typed = {"int64": "long", "double": "double", "string": "string"}
        assert {field.name: typed[str(field.type)] for field in table.schema} == {
            name: TYPES.get(name, "string") for name in table.column_names
        }
    targets = tables["Target"].to_pylist()
    expected = [one for one in graph if isinstance(one, Node) and one.label is Label.TARGET]
    assert [(row["id"], row["value"], row["due"], row["start"]) for row in targets] == [
        (one.id, one.properties["value"], one.properties["due"], one.properties["start"]) for one in expected
    ]


def test_parquet_is_written_a_group_of_rows_at_a_time(store, tmp_path, monkeypatch):
    pq = pytest.importorskip("pyarrow.parquet")
    from policygraph.export import parquet  # noqa: PLC0415 - after pyarrow is known to be here

    monkeypatch.setattr(parquet, "_GROUP_ROWS", 50)
    pg.export(store, "parquet", tmp_path)
    file = pq.ParquetFile(tmp_path / "Task.parquet")
    assert file.num_row_groups == -(-file.metadata.num_rows // 50) > 1


def test_parquet_without_pyarrow_says_how_to_get_it(store, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError) as caught:
        pg.export(store, "parquet", tmp_path)
    assert str(caught.value) == "parquet: pyarrow is not installed (pip install 'policygraph[parquet]')"


def test_graphml_reads_back_whole(store, graph):
    read = nx.read_graphml(io.BytesIO(written_to(store, "graphml")), force_multigraph=True)
    nodes = {one.id: one for one in graph if isinstance(one, Node)}
    assert set(read) == set(nodes)
    assert Counter(kind for *_, kind in read.edges(data="type")) == Counter(
        one.relation.value for one in graph if isinstance(one, Edge)
    )
    for identifier, own in read.nodes(data=True):
        expected = {key: value for key, value in nodes[identifier].properties.items() if value is not None}
        assert {key: own[key] for key in expected} == expected
        assert own["type"] == nodes[identifier].label
    edge = next(own for one, other, own in read.edges(data=True) if own["type"] == "LEADS")
    assert isinstance(edge["start"], int)


def test_jsonld_expands_to_the_graph(store, graph):
    jsonld = pytest.importorskip("pyld.jsonld")
    content = json.loads(written_to(store, "jsonld", base="https://example.org/id/"))
    expanded = jsonld.flatten(content)
    found = {node["@id"]: node for node in expanded}
    vocabulary = "urn:policygraph:vocabulary#"
    types = Counter(type_ for node in expanded for type_ in node.get("@type", []))
    for label in Label:
        assert types[vocabulary + label] == kinds(graph)[label]
    duties = sum(kinds(graph)[one] for one in ("LEADS", "SUPPORTS", "RESPONSIBLE_FOR", "IMPLEMENTS", "SUPERVISES"))
    assert types[vocabulary + "Duty"] == duties
    assert types["http://www.w3.org/ns/org#ChangeEvent"] == kinds(graph)["SUCCEEDED_BY"]
    water = found["https://example.org/id/230800:water_affairs"]
    assert "https://schema.org/GovernmentOrganization" in water["@type"]
    assert water["https://schema.org/name"] == [{"@value": "佳木斯市水务局", "@language": "zh"}]
    company = next(node for node in expanded if "城投公司" in str(node.get("https://schema.org/name")))
    assert "https://schema.org/GovernmentOrganization" not in company["@type"]
    assert {"@id": "https://example.org/id/佳政办发〔2018〕17号:二/一/1:1"} in water[vocabulary + "leads"]
    eli = "http://data.europa.eu/eli/ontology#"
    notice = found["https://example.org/id/佳政办发〔2018〕17号"]
    assert notice[eli + "date_document"] == [{"@value": "2018-07-19", "@type": "http://www.w3.org/2001/XMLSchema#date"}]
    assert len(notice[eli + "cites"]) == 7
    assert notice[eli + "passed_by"][0]["@id"] in found


def test_jsonld_is_rdf_whose_every_name_is_an_iri(store):
    jsonld = pytest.importorskip("pyld.jsonld")
    dataset = jsonld.to_rdf(json.loads(written_to(store, "jsonld")))
    triples = dataset["@default"]
    assert len(triples) > 10_000
    assert all(" " not in one["subject"]["value"] for one in triples)
    terms = {one["predicate"]["value"] for one in triples}
    assert {term for term in terms if term.startswith("urn:policygraph:vocabulary#")} >= {
        f"urn:policygraph:vocabulary#{one}" for one in ("leads", "role", "basis", "start", "hasTask", "path")
    }


def test_every_term_of_the_context_that_is_a_statement_is_written(store):
    told = json.loads(written_to(store, "jsonld"))
    used = {key for one in told["@graph"] for key in one}
    named = {key for key, value in context()["@context"].items() if isinstance(value, dict) and "@prefix" not in value}
    assert named - used <= {"value_max", "supervises", "within"}, "terms that the corpus has no use for"
    assert told["@context"] == context()["@context"]


def test_an_id_becomes_a_name_that_any_iri_can_hold():
    assert name('《a b"<c>%#?》\x00\ud800') == "n:《a%20b%22%3Cc%3E%25%23%3F》%00%3F"


@pytest.mark.parametrize(
    ("value", "told"),
    [("市水务局", "'市水务局'"), ("a'b\\c\n", "'a\\'b\\\\c\\n'"), ("\x00\u2028", "'\\u0000\\u2028'"), (17, "17")],
)
def test_a_value_in_cypher_stands_on_one_line(value, told):
    assert literal(value) == told


def test_a_cypher_script_has_a_statement_on_each_line_and_nodes_before_edges(store):
    lines = written_to(store, "cypher").decode().splitlines()
    assert all(line.endswith(";") for line in lines)
    made = ["MATCH" in line for line in lines if line.startswith("UNWIND")]
    assert made == sorted(made)
    assert lines[-1] == "CREATE (:Policygraph {id: 'store', version: 1});"


@pytest.mark.neo4j
def test_a_cypher_script_makes_the_same_graph_on_an_empty_server(store, neo4j_url, neo4j_server):
    neo4j = pytest.importorskip("neo4j")
    user, password = neo4j_server.credentials["USER"], neo4j_server.credentials["PASSWORD"]
    with neo4j.GraphDatabase.driver(neo4j_url, auth=(user, password)) as driver:
        for line in written_to(store, "cypher").decode().splitlines():
            driver.execute_query(line.removesuffix(";"))
    with pg.open_store(neo4j_url, create=False) as other:
        assert list(other.dump()) == list(store.dump())
        assert other.summary() == store.summary()
        assert other.ask("leads", organisation="市水务局") == store.ask("leads", organisation="市水务局")
        assert other.text_of("鹤政办发〔2018〕17号") == store.text_of("鹤政办发〔2018〕17号")
        assert written_to(other, "cypher") == written_to(store, "cypher")
        assert written_to(other, "jsonld") == written_to(store, "jsonld")


def test_headers_and_counts_for_the_import_tool(store, graph, tmp_path):
    counts = pg.export(store, "neo4j-csv", tmp_path)
    assert counts == {
        "nodes": sum(isinstance(one, Node) for one in graph),
        "edges": sum(isinstance(one, Edge) for one in graph),
    }
    arguments = (tmp_path / "import.args").read_text("utf-8").split()
    for kind in (*Label, *Relation):
        with (tmp_path / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert len(rows) == kinds(graph)[kind]
        node = isinstance(kind, Label)
        assert header[0] == ("id:ID" if node else ":START_ID")
        assert header[-1] == (":LABEL" if node else ":TYPE")
        assert all(
            cell.partition(":")[2] in ("ID", "string", "long", "double", "LABEL", "START_ID", "END_ID", "TYPE")
            for cell in header
        )
        assert f"--{'nodes' if node else 'relationships'}={kind}.csv" in arguments


@pytest.mark.neo4j
def test_the_import_tool_makes_the_same_graph(store, neo4j_server, tmp_path, monkeypatch):
    if neo4j_server.folder is None:
        pytest.skip("a server of the environment is not stopped by tests")
    pg.export(store, "neo4j-csv", tmp_path)
    home = neo4j_server.folder / "home"
    for key, value in neo4j_server.credentials.items():
        monkeypatch.setenv(f"POLICYGRAPH_NEO4J_{key}", value)
    neo4j_server.run("stop")
    try:
        tool = ["java", "-Xmx512m", "-cp", f"{served.CACHE}/*", "org.neo4j.cli.AdminTool", "database", "import", "full"]
        done = subprocess.run(
            [*tool, "--overwrite-destination", "--bad-tolerance=0", "@import.args", "neo4j"],
            cwd=tmp_path,
            env=os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    finally:
        neo4j_server.run("start")
    with pg.open_store(neo4j_server.url, create=False) as other:
        for statement in (tmp_path / "schema.cypher").read_text("utf-8").splitlines():
            other._server.rows(statement.removesuffix(";"), write=True)
        assert list(other.dump()) == list(store.dump())
        assert other.text_of("鹤政办发〔2018〕17号") == store.text_of("鹤政办发〔2018〕17号")
        assert other.ask("leads", organisation="市水务局") == store.ask("leads", organisation="市水务局")
        odd = next(notice for notice in parse(written(city="鹤岗").encode(), name="odd.txt"))
        other.load(SourceRecord("odd.txt", "new", 1), [odd])  # it is a store that takes more


def test_jieba_takes_the_dictionary_and_keeps_names_whole(store, tmp_path):
    pg.export(store, "jieba-dict", tmp_path / "words.txt")
    lines = (tmp_path / "words.txt").read_text("utf-8").splitlines()
    assert lines == sorted(set(lines))
    words = {line.split(" ")[0]: line.split(" ")[2] for line in lines}
    assert words["佳木斯市"] == "ns"
    assert words["生态环境局"] == words["佳木斯市水务局"] == "nt"
    assert "和平" not in words
    script = (
        "import warnings; warnings.simplefilter('ignore')\n"
        "import sys, json, logging, jieba; jieba.setLogLevel(logging.ERROR); jieba.load_userdict(sys.argv[1])\n"
        "words = [line.split(' ')[0] for line in open(sys.argv[1], encoding='utf-8')]\n"
        "print(json.dumps([w for w in words if jieba.lcut(w, HMM=False) != [w]]))\n"
        "print(json.dumps(jieba.lcut('由佳木斯市水务局会同生态环境局牵头', HMM=False)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "words.txt")], capture_output=True, text=True, check=True
    )
    cut, sentence = map(json.loads, done.stdout.splitlines())
    assert cut == []
    assert sentence == ["由", "佳木斯市水务局", "会同", "生态环境局", "牵头"]


def test_the_registry_alone_needs_no_store(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["export", "--format", "jieba-dict"])
    assert done.exit_code == 0
    assert "生态环境局 1000 nt\n" in done.stdout
    assert not list(tmp_path.iterdir())


def test_warnings_of_jieba_do_not_reach_the_user(tmp_path):
    """Compiled anew, jieba warns of invalid escapes and, where setuptools is there, of pkg_resources."""
    script = "from policygraph.nlp import words; assert words.split('加强水源地监管') == ['加强', '水源地', '监管']"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env=os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_same_notices_give_the_same_bytes_under_every_hash_seed(store, tmp_path):
    script = (
        "import sys, hashlib, pathlib, policygraph as pg\n"
        "store, folder = pg.open_store(sys.argv[1]), pathlib.Path(sys.argv[2])\n"
        "for form in sys.argv[3].split(): pg.export(store, form, folder / form)\n"
        "print([(str(p), hashlib.sha256(p.read_bytes()).hexdigest()) for p in sorted(folder.rglob('*')) if p.is_file()])"
    )
    forms = " ".join(FORMS)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, store.address, str(tmp_path), forms],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_what_cannot_be_written_is_one_line_and_leaves_nothing_half(store, tmp_path, monkeypatch):
    with pytest.raises(ExportError, match="no format 'pdf'"):
        pg.export(store, "pdf", tmp_path / "x")
    with pytest.raises(ExportError, match="cannot be written: No such file or directory"):
        pg.export(store, "graphml", tmp_path / "nowhere" / "x")
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="cannot be written: File exists"):
        pg.export(store, "csv", tmp_path / "file")

    def broken(_store, out, **_options):
        out.write("half")
        raise RuntimeError

    monkeypatch.setattr(import_module("policygraph.export.jsonld"), "write", broken)
    (tmp_path / "old").write_text("whole")
    with pytest.raises(RuntimeError):
        pg.export(store, "jsonld", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "whole"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "old"]


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_command_writes_a_file_a_folder_or_standard_output(store, graph, tmp_path):
    counts = kinds(graph)
    target = tmp_path / "tables"
    done = run("export", store.address, "--format", "csv", "--bom", "-o", target)
    assert (
        done.stdout
        == f"{target}: {sum(counts[one] for one in Label)} nodes, {sum(counts[one] for one in Relation)} edges\n"
    )
    assert run("export", "--store", store.address, "--format", "jsonld").stdout.encode() == written_to(store, "jsonld")
    done = run("export", store.address, "--format", "csv")
    assert (done.exit_code, done.stderr) == (2, "--output: csv needs a folder (give -o FOLDER)\n")
    done = run("export", store.address, "--format", "graphml", "--bom")
    assert (done.exit_code, done.stderr) == (2, "--bom: not of graphml (leave --bom out)\n")
    done = run("export", tmp_path / "none.db", "--format", "graphml")
    assert (done.exit_code, done.stderr.startswith(f"{tmp_path / 'none.db'}: no such store")) == (1, True)


def test_an_export_of_the_context_is_the_published_one():
    published = Path(pg.__file__).parent / "data" / "context.jsonld"
    assert json.loads(published.read_text("utf-8")) == context()
    assert json.loads(run("schema", "jsonld").stdout) == context()
