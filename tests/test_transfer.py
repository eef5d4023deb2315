"""From SQLite to a server: all of it, once, and on from where it stopped."""

import shutil
from ast import literal_eval

import pytest
from click.testing import CliRunner

from notices import CITIES, written
from policygraph.cli import main
from policygraph.errors import StoreError
from policygraph.pipeline import build
from policygraph.store import open_store, transfer
from policygraph.store.questions import QUESTIONS

pytestmark = pytest.mark.neo4j
NOT_THERE = ("belongs", "changes", "conflicts", "history", "names", "paths", "same-name", "trend")
"""Questions that may have no rows about the body that stands for the example."""


@pytest.fixture
def folder(tmp_path, corpus):
    folder = tmp_path / "notices"
    folder.mkdir()
    cites = "3.宣传。按照《佳木斯市节水方案》(佳政办发〔2018〕1号)开展宣传。(市农委负责)\n"
    for serial, city in enumerate(CITIES, 1):
        (folder / f"{serial}.txt").write_text(written(city, serial=serial, extra=cites), "utf-8")
    (folder / "later.txt").write_text(written(year=2019, serial=8), "utf-8")
    (folder / "repost.txt").write_text("来源:转载网\n\n" + written(CITIES[2], serial=3), "utf-8")
    shutil.copy(corpus / "jiamusi-2018-water.txt", folder)
    return folder


@pytest.fixture
def file(folder, tmp_path) -> str:
    build([folder], tmp_path / "graph.db")
    return str(tmp_path / "graph.db")


def dump(address) -> list[str]:
    with open_store(address) as store:
        return list(store.dump())


def test_a_loaded_graph_is_the_same_and_a_second_load_writes_nothing(file, folder, neo4j_url):
    first = transfer.load(file, neo4j_url)
    assert (first.loaded, first.unchanged) == (6, 0)
    assert dump(neo4j_url) == dump(file)
    again = transfer.load(file, neo4j_url)
    assert (again.loaded, again.unchanged) == (0, 6)
    assert dump(neo4j_url) == dump(file)
    report = build([folder], neo4j_url)  # its sources are remembered
    assert (report.read, report.unchanged) == (0, 7)


def test_a_load_into_what_was_built_there_changes_nothing(file, folder, neo4j_url):
    build([folder], neo4j_url)
    before = dump(neo4j_url)
    report = transfer.load(file, neo4j_url)
    assert (report.loaded, dump(neo4j_url)) == (0, before)


def test_an_interrupted_load_goes_on(file, neo4j_url, monkeypatch):
    monkeypatch.setattr(transfer, "_GROUP", 1)

    def stop(done, _all):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        transfer.load(file, neo4j_url, progress=stop)
    with open_store(neo4j_url) as store:
        assert len(store.ask("notices")) == 2
    report = transfer.load(file, neo4j_url)
    assert (report.loaded, report.unchanged) == (4, 2)
    assert dump(neo4j_url) == dump(file)


def test_two_files_make_the_graph_of_both(folder, file, tmp_path, neo4j_url):
    files = sorted(folder.iterdir())
    for name, part in (("a.db", files[:3]), ("b.db", files[2:])):
        build(part, tmp_path / name)
        transfer.load(str(tmp_path / name), neo4j_url)
    assert dump(neo4j_url) == dump(file)


def test_the_command_says_what_it_did(file, neo4j_url):
    done = CliRunner().invoke(main, ["load", file, "--to", neo4j_url])
    assert done.output.startswith(f"{neo4j_url}: 6 notices loaded, 0 unchanged\n  it now holds 6 notices, ")
    done = CliRunner().invoke(main, ["load", file, "--to", str(file)])
    assert "is no server (give --to bolt://HOST:7687" in done.output
    with pytest.raises(StoreError, match="is no SQLite file"):
        transfer.load(neo4j_url, neo4j_url)


def test_the_cypher_of_every_question_runs_with_its_parameters(file, folder, neo4j_url):
    (folder / "later.txt").write_text(written(year=2019, serial=8), "utf-8")
    build([folder], file)
    transfer.load(file, neo4j_url)
    with open_store(neo4j_url) as store:
        for question in QUESTIONS:
            told = CliRunner().invoke(main, ["questions", "--cypher", question.name]).output
            lines = [line for line in told.splitlines() if line.startswith(":param ")]
            given = {line.split()[1]: line.partition("=> ")[2].rstrip(";") for line in lines}
            values = {name: None if value == "null" else literal_eval(value) for name, value in given.items()}
            cypher = "\n".join(line for line in told.splitlines() if not line.startswith((":", "//")))
            rows = store.rows(cypher.rstrip().rstrip(";"), values)
            assert rows or question.name in NOT_THERE, question.name
