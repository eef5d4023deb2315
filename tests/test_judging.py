"""A store answers for what people judged to be one body, and as before when that is taken back."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices import CITIES, written
from policygraph.errors import JudgementError, StoreError, UnknownOrganisation
from policygraph.judge.judgements import Judgement, Undoing, line
from policygraph.pipeline import build, parse
from policygraph.store import judgements, open_store
from policygraph.store.contract import SourceRecord

ON = "2026-11-17T08:00:00.000000Z"
WATER, HOUSING = "230800:water_affairs", "230800:housing_urban_rural"
COMPANY = "230800:佳木斯市城投公司"
EXTRA = "3.宣传。开展宣传。(市城投公司牵头,市水务局配合)\n"
ASKED = [
    ("names", {"organisation": "市城投公司"}),
    ("history", {"organisation": "佳木斯市水务局"}),
    ("belongs", {"organisation": "佳木斯市水务局"}),
    ("load", {}),
    ("unresolved", {}),
    ("leads", {"organisation": "佳木斯市水务局"}),
    ("duties", {"organisation": "市水务局"}),
    ("partners", {"organisation": "佳木斯市水务局"}),
    ("due", {"organisation": "佳木斯市水务局"}),
    ("times", {"organisation": "佳木斯市水务局"}),
    ("targets", {"organisation": "佳木斯市水务局"}),
    ("matrix", {}),
    ("search", {"text": "宣传"}),
    ("task", {"task": "佳政办发〔2018〕1号:二/一/3:1"}),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notices")
    for serial, city in enumerate(CITIES, 1):
        (folder / f"{serial}.txt").write_text(written(city, serial=serial, extra=EXTRA if serial == 1 else ""), "utf-8")
    return folder


@pytest.fixture(scope="module")
def store(folder):
    with open_store(folder / "graph.db") as opened:
        build([folder], opened)
        yield opened


@pytest.fixture(autouse=True)
def _nothing_judged(store):
    store.judge([])


def answers(store):
    return [store.ask(question, **parameters) for question, parameters in ASKED]


def test_a_fused_body_is_asked_by_each_of_its_names_and_named_by_its_best_id(store):
    alone = {row["task"] for row in store.ask("leads", organisation="佳木斯市水务局")}
    company = {row["task"] for row in store.ask("leads", organisation="市城投公司")}
    store.judge([(WATER, COMPANY)])
    rows = store.ask("leads", organisation="佳木斯市城投公司")
    assert {row["task"] for row in rows} == alone | company
    assert {row["organisation"] for row in rows} == {"佳木斯市水务局"}
    for name in ("佳木斯市水务局", COMPANY, WATER):
        assert store.ask("leads", organisation=name) == rows
    assert COMPANY not in {row["organisation_id"] for row in store.ask("matrix")}
    (both,) = [r for r in store.ask("duties", organisation=COMPANY) if r["task"] in company]
    assert both["role"] == "lead; support"
    assert "佳木斯市城投公司" not in {row["partner"] for row in store.ask("partners", organisation="佳木斯市水务局")}
    assert [row["by"] for row in store.ask("search", text="开展宣传")] == ["佳木斯市水务局"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations([WATER, HOUSING, COMPANY, "340100:water_affairs", "CN:nobody"]), st.integers(2, 5))
def test_judging_and_taking_it_back_changes_no_answer_and_never_the_graph(store, ids, size):
    before, graph = answers(store), list(store.dump())
    store.judge([ids[:size]])
    assert list(store.dump()) == graph
    fused = answers(store)
    store.judge([ids[:size]])
    assert answers(store) == fused
    store.judge([])
    assert (answers(store), list(store.dump())) == (before, graph)


def test_the_best_id_that_the_graph_holds_names_the_body(folder, tmp_path):
    with open_store(tmp_path / "g.db") as other:
        other.judge([(WATER, COMPANY, "340100:water_affairs")])
        build([folder / "3.txt"], other)  # replays a file that is not there
        other.judge([(WATER, COMPANY, "340100:water_affairs")])
        assert {row["organisation"] for row in other.ask("leads", organisation="市水务局")} == {"合肥市水务局"}
        with pytest.raises(UnknownOrganisation):
            other.ask("leads", organisation=WATER)
        other.load(*_loaded(folder / "1.txt"))
        assert {row["organisation"] for row in other.ask("leads", organisation="合肥市水务局")} == {"佳木斯市水务局"}
        other.remove("1号")
        assert {row["organisation"] for row in other.ask("leads", organisation="市水务局")} == {"合肥市水务局"}


def _loaded(path):
    return SourceRecord(path.name, "x", 0), parse(path.read_bytes(), name=path.name)


def test_a_build_replays_the_file_beside_the_store(folder, tmp_path):
    with open_store(tmp_path / "g.db") as store:
        build([folder], store)
        before, graph = answers(store), list(store.dump())
        file = judgements.beside(store.address)
        assert file == tmp_path / "g.judgements.jsonl"
        one = Judgement(COMPANY, WATER, "same", ON, why="两名一体")
        judgements.add(file, [one])
        build([folder], store)
        assert {row["organisation"] for row in store.ask("leads", organisation=COMPANY)} == {"佳木斯市水务局"}
        judgements.add(file, [Undoing(one.id, ON)])
        build([folder], store)
        assert (answers(store), list(store.dump())) == (before, graph)


def test_the_order_of_building_and_judging_does_not_matter(folder, tmp_path):
    one = Judgement(COMPANY, WATER, "same", ON)
    found = []
    for name, files in (("a", sorted(folder.glob("*.txt"))), ("b", sorted(folder.glob("*.txt"), reverse=True))):
        with open_store(tmp_path / f"{name}.db") as store:
            if name == "a":
                judgements.add(judgements.beside(store.address), [one])
            for file in files:
                build([file], store)
            if name == "b":
                judgements.add(judgements.beside(store.address), [one])
                judgements.replay(store)
            found.append((answers(store), list(store.dump())))
    assert found[0] == found[1]


def test_broken_lines_are_reported_and_kept_and_a_torn_one_spoils_no_other(folder, tmp_path):
    with open_store(tmp_path / "g.db") as store:
        file = judgements.beside(store.address)
        one, torn = Judgement(COMPANY, WATER, "same", ON), '{"schema":"policygraph-ju'
        file.write_text(f"\ufeffno\n{torn}", "utf-8")
        judgements.add(file, [one])
        assert file.read_text("utf-8") == f"\ufeffno\n{torn}\n{line(one)}\n"
        report = build([folder], store)
        assert [str(error).removeprefix(str(file)) for error in report.unjudged] == [
            ":1: no judgement: not JSON (mend the line; it is kept and not applied)",
            ":2: no judgement: not JSON (mend the line; it is kept and not applied)",
        ]
        assert {row["organisation"] for row in store.ask("leads", organisation=COMPANY)} == {"佳木斯市水务局"}
        file.unlink()
        file.mkdir()
        assert "is a directory" in str(build([folder], store).unjudged[0])
        assert store.ask("leads", organisation=COMPANY)[0]["organisation"] == "佳木斯市水务局"
        with pytest.raises(JudgementError, match=r"check the path and permissions"):
            judgements.add(file, [one])


def test_a_file_of_judgements_is_no_source(tmp_path):
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "a.judgements.jsonl").write_text("{}\n", "utf-8")
    (tmp_path / "notices" / "1.txt").write_text(written(), "utf-8")
    report = build([tmp_path / "notices"], tmp_path / "g.db")
    assert (report.read, report.errors) == (1, [])


def test_a_store_without_judgements_says_what_to_do(tmp_path):
    path = str(tmp_path / "g.db")
    open_store(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 2")
    db.close()
    with pytest.raises(StoreError, match=r"store of version 2, this is version 4 \(build it again from its sources\)"):
        open_store(path)


def test_names_and_places_of_a_fused_body_are_told_together(store):
    store.judge([(WATER, COMPANY)])
    rows = store.ask("names", organisation="市城投公司")
    assert {row["organisation_id"] for row in rows} == {WATER}
    assert {row["name"] for row in rows} == {"市水务局", "市城投公司"}
    (told,) = {row["rule"] for row in rows if row["name"] == "市城投公司"}
    assert told.endswith(f"; judged one with {WATER}")
    assert {row["organisation_id"] for row in store.ask("same-name", organisation="市水务局")} >= {WATER}
    assert COMPANY not in {row["organisation_id"] for row in store.ask("load")}
