"""Series in a store: who follows whom, with which changes, whatever came first and whatever goes."""

import json
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices import CITIES, written
from policygraph.pipeline import parse
from policygraph.store import open_store, series
from policygraph.store.contract import SourceRecord
from policygraph.store.series import Judged

YEARS = (2017, 2018, 2019)
EXTRA = {
    2017: "3.创建。创建节水型小区10个。(市水务局负责)\n",
    2018: "3.创建。创建节水型小区12个。(市水务局负责)\n",
    2019: "3.创建。创建节水型小区15个。(市应急局负责)\n4.宣传。开展节水宣传。(市教育局负责)\n",
}
STORES = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]


@pytest.fixture(params=STORES)
def store(request, tmp_path: Path):
    address = request.getfixturevalue("neo4j_url") if request.param == "neo4j" else tmp_path / "graph.db"
    with open_store(address) as opened:
        yield opened


def plan(year: int, city: str = "佳木斯", serial: int | None = None, extra: str | None = None):
    text = written(city, year=year, serial=serial or year - 2000, extra=EXTRA[year] if extra is None else extra)
    return parse(text.encode(), name=f"{city}{year}.txt")[0]


def add(store, *notices) -> None:
    for notice in notices:
        store.load(SourceRecord(notice.page.source, notice.page.sha256, 1), [notice])


def dump(store) -> list[str]:
    return list(store.dump())


def followed(store) -> list[tuple[str, str]]:
    return [(str(row["notice"]), str(row["follows"])) for row in store.ask("series") if row["follows"]]


def name(year: int) -> str:
    return f"佳政办发〔{year}〕{year - 2000}号"


def test_each_plan_follows_the_one_of_the_year_before(store):
    add(store, *map(plan, YEARS))
    assert followed(store) == [(name(2018), name(2017)), (name(2019), name(2018))]
    rows = store.ask("series")
    assert {(row["place"], row["series"]) for row in rows} == {("佳木斯市", "节水工作方案")}
    assert "same issuer 佳木斯市人民政府办公室; same title 节水工作方案" in rows[0]["evidence"]


def test_the_graph_is_the_same_in_whatever_order_the_years_come(store, tmp_path):
    add(store, *map(plan, YEARS), plan(2018, "鹤岗"))
    for number, years in enumerate(permutations(YEARS)):
        with open_store(tmp_path / f"{number}.db") as other:
            add(other, plan(2018, "鹤岗"), *map(plan, years))
            assert dump(other) == dump(store)


@pytest.mark.parametrize("gone", YEARS)
def test_a_year_that_goes_leaves_what_would_be_without_it(store, tmp_path, gone):
    add(store, *map(plan, YEARS))
    store.remove(name(gone))
    with open_store(tmp_path / "other.db") as other:
        add(other, *(plan(year) for year in YEARS if year != gone))
        assert dump(other) == dump(store)


def test_a_year_that_is_read_anew_replaces_what_it_changed_and_what_changed_it(store, tmp_path):
    before = EXTRA | {2018: "3.创建。创建节水型小区8个。(市水务局负责)\n"}
    add(store, *(plan(year, extra=before[year]) for year in YEARS))
    kinds = [
        row["kind"]
        for row in store.ask("changes", organisation="市水务局", notice=name(2018))
        if "小区8个" in row["new_text"]
    ]
    assert kinds == ["target loosened"]
    add(store, plan(2018))
    with open_store(tmp_path / "other.db") as other:
        add(other, *map(plan, YEARS))
        assert dump(other) == dump(store)


def test_a_plan_that_gets_another_title_leaves_the_series(store):
    add(store, *map(plan, YEARS))
    text = written(year=2018, serial=18).replace("节水工作方案", "农村饮水安全巩固提升实施方案")
    add(store, parse(text.encode(), name="佳木斯2018.txt")[0])
    assert followed(store) == [(name(2019), name(2017))]


def test_other_places_and_other_plans_are_no_series(store):
    add(store, *(plan(2018, city, serial) for serial, city in enumerate(CITIES, 1)))
    text = written(year=2019, serial=9).replace("节水工作方案", "安全生产工作要点")
    add(store, parse(text.encode(), name="other.txt")[0])
    assert store.ask("series") == []


def test_the_last_of_a_series_is_in_none(store):
    add(store, *map(plan, YEARS))
    for year in YEARS[:2]:
        store.remove(name(year))
    with_series = [line for line in dump(store) if "Series" in line or "IN_SERIES" in line or "FOLLOWS" in line]
    assert with_series == []


def test_a_copy_without_its_number_is_no_year_of_its_own(store):
    add(store, *map(plan, YEARS))
    copy = written(year=2018, serial=18, extra=EXTRA[2018]).replace("佳政办发〔2018〕18号\n", "")
    (notice,) = parse(copy.encode(), name="copy.txt")
    assert notice.id.startswith("n-")
    add(store, notice)
    assert followed(store) == [(name(2018), name(2017)), (name(2019), name(2018))]


def test_what_changed_for_a_body_leads_back_to_both_texts(store):
    add(store, *map(plan, YEARS))
    rows = store.ask("changes", organisation="市水务局", notice=name(2018))
    (row,) = [row for row in rows if row["new_value"] and row["new_value"].endswith("12个")]
    assert row["old_value"].endswith("10个")
    for side, text, start, end in (
        ("notice", "new_text", "start", "end"),
        ("old_notice", "old_text", "old_start", "old_end"),
    ):
        published = store.text_of(str(row[side]))["text"]
        assert published[row[start] : row[end]] == row[text] != ""
    assert store.ask("changes", organisation="市水务局", kind="lead changed", notice=name(2018)) == []
    (moved,) = store.ask("changes", organisation="市应急局", kind="lead changed")
    assert (moved["old_value"], moved["new_value"]) == ("市水务局 responsible", "市应急局 responsible")


def test_a_task_is_followed_through_the_years_from_any_of_them(store):
    add(store, *map(plan, YEARS))
    tasks = {year: f"{name(year)}:二/一/3:1" for year in YEARS}
    for year in YEARS:
        rows = store.ask("follows", task=tasks[year])
        assert [(row["year"], row["task"]) for row in rows] == list(tasks.items())
        assert [row["direction"] for row in rows] == [
            "earlier" if y < year else "later" if y > year else "asked" for y in YEARS
        ]
    assert [row["changes"] for row in store.ask("follows", task=tasks[2017])] == [
        None, "target tightened", "lead changed; target tightened",
    ]  # fmt: skip
    (new,) = store.ask("follows", task=f"{name(2019)}:二/一/4:1")
    assert (new["direction"], new["via"]) == ("asked", None)


def test_the_values_of_an_indicator_over_the_years(store):
    add(store, *map(plan, YEARS), plan(2018, "鹤岗", 7))
    rows = store.ask("trend", text="用水总量")
    told = [(row["place"], row["year"], row["value"], row["unit"], row["changed"]) for row in rows]
    assert told == [
        ("佳木斯市", 2017, "17.5", "亿立方米", None),
        ("佳木斯市", 2018, "18.5", "亿立方米", "target loosened"),
        ("佳木斯市", 2019, "19.5", "亿立方米", "target loosened"),
        ("鹤岗市", 2018, "7.5", "亿立方米", None),
    ]
    assert store.ask("trend", text="用水总量", place="鹤岗市") == rows[3:]


def test_the_edges_tell_of_all_changes_and_of_how_alike_tasks_are(store):
    add(store, *map(plan, YEARS))
    lines = [json.loads(line) for line in store.dump()]
    changes = {line["node"]: line["properties"]["kind"] for line in lines if line.get("label") == "Change"}
    follows = [line for line in lines if line.get("edge", [0, ""])[1] == "FOLLOWS"]
    of_tasks = [line["properties"] for line in follows if line["properties"]["similarity"] is not None]
    assert all(0 < one["similarity"] <= 1 for one in of_tasks)
    for one in of_tasks:
        told = json.loads(one["changes"])
        assert told.items() <= changes.items()
        assert one["kinds"] == ("; ".join(sorted(set(told.values()))) or None)
    of_notices = [line for line in follows if line["properties"]["similarity"] is None]
    assert sum(sum(json.loads(one["properties"]["changes"]).values()) for one in of_notices) == len(changes)


def test_people_can_say_that_two_plans_are_of_one_series_and_take_it_back(store):
    add(store, plan(2017), plan(2019))
    text = written(year=2018, serial=18).replace("节水工作方案", "水资源管理重点工作安排")
    add(store, parse(text.encode(), name="2018.txt")[0])
    before = dump(store)
    assert followed(store) == [(name(2019), name(2017))]
    store.judge_series(Judged(together=frozenset({(name(2018), name(2017))})))
    assert followed(store) == [(name(2018), name(2017)), (name(2019), name(2018))]
    assert "judged one series" in [row["evidence"] for row in store.ask("series")]
    add(store, plan(2019))  # what is judged holds for what is read later
    assert followed(store) == [(name(2018), name(2017)), (name(2019), name(2018))]
    store.judge_series(Judged())
    assert dump(store) == before


def test_people_can_say_that_a_plan_is_not_of_a_series(store):
    add(store, *map(plan, YEARS))
    before = dump(store)
    store.judge_series(Judged(apart=frozenset({(name(2018), name(2017))})))
    assert followed(store) == [(name(2019), name(2017))]
    store.judge_series(Judged())
    assert dump(store) == before


def test_a_notice_comes_back_whole(store, jiamusi):
    (notice,) = parse(jiamusi)
    add(store, notice)
    assert store.notice(notice.id) == notice


def test_only_the_series_that_is_touched_is_compared(tmp_path, monkeypatch):
    compared = []

    def counted(old, new, **options):
        compared.append((old.id, new.id))
        return original(old, new, **options)

    original = series.compare
    monkeypatch.setattr(series, "compare", counted)
    with open_store(tmp_path / "graph.db") as store:
        add(store, *(plan(year, city) for city in CITIES for year in (2017, 2019)))
        assert len(compared) == len(CITIES)
        compared.clear()
        add(store, plan(2018))
        assert compared == [(name(2017), name(2018)), (name(2018), name(2019))]
        compared.clear()
        add(store, plan(2018, "鹤岗", extra=""))
        store.remove("鹤政办发〔2018〕18号")
        assert len(compared) == 3


def test_the_notices_of_a_place_and_of_a_series_are_found_by_an_index(tmp_path):
    with open_store(tmp_path / "graph.db") as store:
        add(store, *map(plan, YEARS))
        seen = []
        store._db.set_trace_callback(seen.append)
        add(store, plan(2018))
        store._db.set_trace_callback(None)
        assert any("json_group_array" in one for one in seen)
        for statement in {
            one for one in seen if (one.lstrip().startswith("SELECT") and "json_each" in one) or "IS '" in one
        }:
            plans = [str(row["detail"]) for row in store.rows(f"EXPLAIN QUERY PLAN {statement}", {})]
            assert not [
                one for one in plans if one.startswith(("SCAN n", "SCAN e")) or "nodes_by_label (label=?)" in one
            ], statement


many = st.lists(
    st.tuples(st.sampled_from((2016, *YEARS)), st.sampled_from(CITIES[:2]), st.sampled_from(tuple(EXTRA.values()))),
    min_size=1, max_size=6, unique_by=lambda one: one[:2],
)  # fmt: skip


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(some=many, order=st.randoms(use_true_random=False), removed=st.integers(0, 6))
def test_no_order_of_coming_and_going_shows(tmp_path_factory, some, order, removed):
    folder = tmp_path_factory.mktemp("series")
    notices = [plan(year, city, extra=extra) for year, city, extra in some]
    kept = notices[removed:] if removed < len(notices) else notices
    with open_store(folder / "one.db") as one, open_store(folder / "other.db") as other:
        add(one, *kept)
        shuffled = order.sample(notices, len(notices))
        add(other, *shuffled)
        for notice in notices:
            if notice not in kept:
                other.remove(notice.id)
        assert dump(other) == dump(one)
