"""Judgements on a server: kept in the graph, replayed by builds and loads, asked for by everybody, taken back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from notices import CITIES, written
from policygraph.cli import main
from policygraph.judge.judgements import Judgement, Undoing
from policygraph.pipeline import build, parse
from policygraph.store import judgements, open_store, transfer
from policygraph.store.contract import SourceRecord

pytestmark = pytest.mark.neo4j
ON = "2026-11-17T08:00:00.000000Z"
WATER, COMPANY, HEFEI = "230800:water_affairs", "230800:佳木斯市城投公司", "340100:water_affairs"
EXTRA = "3.宣传。开展宣传。(市城投公司牵头,市水务局配合)\n"


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "notices"
    folder.mkdir()
    for serial, city in enumerate(CITIES, 1):
        (folder / f"{serial}.txt").write_text(written(city, serial=serial, extra=EXTRA if serial == 1 else ""), "utf-8")
    return folder


def invoke(*words: str, **options):
    return CliRunner().invoke(main, list(words), **options)


def leaders(store, name: str) -> set[object]:
    return {row["organisation"] for row in store.ask("leads", organisation=name)}


def test_a_build_replays_what_the_graph_keeps(folder, neo4j_url):
    one = Judgement(COMPANY, WATER, "same", ON, why="两名一体")
    with open_store(neo4j_url) as store:
        build([folder], store)
        before, graph = store.ask("matrix"), list(store.dump())
        store.keep([one, one])
        store.keep([one])
        assert store.judged().entries == (one,)
        assert leaders(store, COMPANY) == {"佳木斯市城投公司"}
        assert build([folder], store).unjudged == []
        assert leaders(store, COMPANY) == {"佳木斯市水务局"}
        assert list(store.dump()) == graph
        store.keep([Undoing(one.id, ON)])
        build([folder], store)
        assert (store.ask("matrix"), list(store.dump())) == (before, graph)


def test_a_broken_line_is_reported_and_spoils_no_other(folder, neo4j_url):
    with open_store(neo4j_url) as store:
        store._server.rows("CREATE (:Judgement {id: 'x', line: '{', on: '2026'})", write=True)
        store.keep([Judgement(COMPANY, WATER, "same", ON)])
        report = build([folder], store)
        assert [str(error) for error in report.unjudged] == [
            f"{neo4j_url}:1: no judgement: not JSON (mend the line; it is kept and not applied)"
        ]
        assert leaders(store, COMPANY) == {"佳木斯市水务局"}


def test_the_best_id_that_the_graph_holds_names_the_body(folder, neo4j_url):
    def loaded(name):
        return SourceRecord(name, "x", 0), parse((folder / name).read_bytes(), name=name)

    with open_store(neo4j_url) as store:
        store.judge([(WATER, COMPANY, HEFEI)])
        store.load(*loaded("3.txt"))
        assert leaders(store, "市水务局") == {"合肥市水务局"}
        store.load(*loaded("1.txt"))
        assert leaders(store, "合肥市水务局") == {"佳木斯市水务局"}
        store.remove("1号")
        assert leaders(store, "市水务局") == {"合肥市水务局"}


def test_a_load_brings_the_judgements_along(folder, tmp_path, neo4j_url):
    file = str(tmp_path / "g.db")
    build([folder], file)
    ours, theirs = Judgement(COMPANY, WATER, "same", ON), Judgement(HEFEI, WATER, "same", ON)
    judgements.add(judgements.beside(file), [ours])
    with open_store(neo4j_url) as store:
        store.keep([theirs])
    report = transfer.load(file, neo4j_url)
    assert (report.judged, report.unjudged, report.conflicts) == (1, (), ())
    with open_store(neo4j_url) as store, open_store(file) as one:
        assert set(store.judged().entries) == {ours, theirs}
        assert leaders(store, COMPANY) == leaders(store, HEFEI) == {"佳木斯市水务局"}
        judgements.add(judgements.beside(file), [theirs])
        judgements.replay(one)
        assert store.ask("matrix") == one.ask("matrix")
    told = invoke("load", file, "--to", neo4j_url).output
    assert "  2 judgements on which names mean one body came along\n" in told


def test_a_review_on_a_server_is_one_for_the_team(folder, tmp_path, neo4j_url, monkeypatch):
    monkeypatch.chdir(tmp_path)
    company = "4.检查。开展检查。(市城市建设投资公司牵头)\n"
    (folder / "1.txt").write_text(written(extra=EXTRA + company), "utf-8")
    store = ("--store", neo4j_url)
    assert invoke("build", str(folder), *store).exit_code == 0
    shown = invoke("review", *store, input="s\nq\n").output
    assert "1 judgement made; `policygraph review --undo --store" in shown
    assert "⟦" in shown
    (row,) = json.loads(invoke("review", "--list", "--format", "json", *store).stdout)
    assert (row["verdict"], row["state"]) == ("same", "applies")
    found = json.loads(invoke("ask", "leads", "佳木斯市城投公司", "--format", "json", *store).stdout)
    assert [one["clause"] for one in found] == ["二/一/3", "二/一/4"]
    assert "ours.jsonl: 1 line" in invoke("review", "--export", "ours.jsonl", *store).output
    assert invoke("review", "--undo", *store).output.startswith("taken back: ")
    found = json.loads(invoke("ask", "leads", "佳木斯市城投公司", "--format", "json", *store).stdout)
    assert [one["clause"] for one in found] == ["二/一/3"]
    assert (
        f"{neo4j_url}: 0 lines of judgements added from ours.jsonl"
        in invoke("review", "--merge", "ours.jsonl", *store).output
    )
    assert not list(tmp_path.glob("**/*.judgements.jsonl"))
