"""Questions on notices of several cities, answered by rows that lead back to their characters."""

import re
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from notices import CITIES, written
from policygraph.errors import BadParameter, UnknownId, UnknownOrganisation, UnknownQuestion
from policygraph.models import Issue, Role
from policygraph.pipeline import build, parse
from policygraph.store import open_store
from policygraph.store.contract import SourceRecord
from policygraph.store.questions import QUESTIONS, facts


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notices")
    for serial, city in enumerate(CITIES, 1):
        (folder / f"{serial}.txt").write_text(written(city, serial=serial), "utf-8")
    with open_store(folder / "graph.db") as opened:
        build([folder], opened)
        yield opened


@pytest.fixture(scope="module")
def plan(tmp_path_factory, jiamusi):
    """Return a store of the notice that ships."""
    with open_store(tmp_path_factory.mktemp("plan") / "graph.db") as opened:
        build([jiamusi], opened)
        yield opened


def test_a_local_name_asks_every_city_and_a_full_name_one(store):
    everywhere = store.ask("leads", organisation="市水务局")
    assert {row["organisation"] for row in everywhere} == {f"{city}市水务局" for city in CITIES}
    (one,) = store.ask("leads", organisation="合肥市水务局")
    assert (one["task"], one["due"]) == ("合政办发〔2018〕3号:二/一/1:1", "2018-12-31")


def test_collectives_of_two_cities_are_two_organisations(store):
    rows = store.ask("duties", organisation="各县(市)区政府")
    assert len(rows) == len(CITIES)
    assert {row["basis"] for row in rows} == {"inherited"}
    (one,) = store.ask("duties", organisation="鹤岗市:各县(市)区政府")
    assert one["notice"] == "鹤政办发〔2018〕2号"


def test_duties_by_role(store):
    assert {row["role"] for row in store.ask("duties", organisation="佳木斯市城乡建设局")} == {"support", "responsible"}
    (row,) = store.ask("duties", organisation="佳木斯市城乡建设局", role="support")
    assert (row["surface"], row["organisation"]) == ("城乡建设局", "佳木斯市城乡建设局")


def test_assignments_list_every_body_of_a_task_once_in_the_order_of_its_text(plan):
    rows = plan.ask("assignments", organisation="市水务局", year="2018")
    first = [row for row in rows if row["task"].endswith("二/一/1:1")]
    assert [(row["organisation"], row["role"]) for row in first] == [
        ("佳木斯市水务局", "lead"),
        ("佳木斯市工信委", "support"),
        ("佳木斯市城乡建设局", "support"),
        ("佳木斯市各县(市)区政府", "implement"),
    ]
    assert len({(row["task"], row["organisation_id"]) for row in rows}) == len(rows)
    assert plan.ask("assignments", year="2019") == []
    text = plan.text_of(first[0]["notice"])["text"]
    assert text[first[1]["start"] : first[1]["end"]] == "市工信委"
    passage = text[first[0]["passage_start"] : first[0]["passage_end"]]
    assert passage.startswith("1.控制用水总量")
    assert "市水务局牵头" in passage


def test_a_task_that_is_nobodys_is_an_assignment_without_a_body(plan):
    rows = [row for row in plan.ask("assignments") if row["organisation"] is None]
    assert rows
    assert all((row["role"], row["basis"]) == (None, None) for row in rows)
    assert len({row["task"] for row in plan.ask("assignments")}) == plan.summary().tasks


def test_due_between_two_days(store):
    rows = store.ask("due", before="2018-09-30", after="2018-09-01", organisation="南宁市城乡建设局")
    assert [(row["due"], row["words"], row["by"]) for row in rows] == [("2018-09-30", "9月底前", "南宁市城乡建设局")]
    assert store.ask("due", before="2018-01-01") == []


def test_times_that_recur_that_begin_and_that_stand_outside_tasks(plan):
    """自2018年起,所有县级及以上城市每季度向社会公开饮用水水源…状况."""
    (begins,) = [row for row in plan.ask("times", kind="from") if row["words"] == "自2018年起"]
    (recurs,) = [row for row in plan.ask("times", kind="every") if row["task"] == begins["task"]]
    assert (begins["since"], begins["until"]) == ("2018-01-01", None)
    assert (recurs["every"], recurs["words"], recurs["by"]) == ("P3M", "每季度", "佳木斯市环境保护局")
    assert len(plan.ask("times")) == plan.summary().times
    assert {row["kind"] for row in plan.ask("times", organisation="市农委")} == {"by", "during"}


def test_a_time_outside_every_task_is_listed(tmp_path):
    (notice,) = parse(written().encode())
    loose = replace(notice, times=(replace(notice.times[0], task=None), *notice.times[1:]))
    with open_store(tmp_path / "g.db") as store:
        store.load(SourceRecord("a.txt", "", 1), [loose])
        assert [row["task"] for row in store.ask("times")] == [None, "佳政办发〔2018〕17号:二/一/2:1"]


def test_unresolved_lists_issues_with_their_words_and_the_task_that_holds_them(plan):
    (row,) = plan.ask("unresolved")
    assert (row["stage"], row["reason"]) == ("resolve", "a default rule has an exception that is not applied")
    assert row["words"] == "区政府无相关工作职能的,由市政府直属责任部门负责相关工作"
    assert row["task"] == "佳政办发〔2018〕17号:二/一/1:1"
    assert plan.text_of(row["notice"])["text"][row["start"] : row["end"]] == row["words"]


def test_unresolved_is_in_the_order_of_the_text(tmp_path):
    (notice,) = parse(written().encode())
    text = notice.page.text
    places = [text.index("9月底前"), text.index("以下均需"), None]
    issues = tuple(Issue("resolve", "doubt", None if at is None else (at, at + 4)) for at in places)
    with open_store(tmp_path / "g.db") as store:
        store.load(SourceRecord("a.txt", "", 1), [replace(notice, issues=issues)])
        assert [(row["words"], row["task"] and row["task"].split(":", 1)[1]) for row in store.ask("unresolved")] == [
            (None, None),
            ("以下均需", "二/一/1:1"),
            ("9月底前", "二/一/2:1"),
        ]


def test_partners(store):
    rows = store.ask("partners", organisation="佳木斯市水务局")
    assert {row["partner"]: row["tasks"] for row in rows} == {"佳木斯市工信委": 1, "佳木斯市城乡建设局": 1}


def test_roles_of_partners_add_up_and_the_first_task_is_first_in_the_text(plan):
    rows = {row["partner"]: row for row in plan.ask("partners", organisation="市水务局")}
    for row in rows.values():
        assert row["tasks"] == sum(row[role] for role in get_args(Role))
    assert (rows["佳木斯市各县(市)区政府"]["implement"], rows["佳木斯市各县(市)区政府"]["inherited"]) == (17, 16)
    # 三/二/1:1 comes first in the alphabet of ids
    assert rows["佳木斯市各县(市)区政府"]["first_task"] == "佳政办发〔2018〕17号:二/一/1:1"


def test_milestones_are_all_due(plan):
    """推进高新区废水集中处理工程,力争2018年底前开工,2019年完成工程建设."""
    for question in ("leads", "duties"):
        (row,) = [r for r in plan.ask(question, organisation="佳木斯高新区管委会") if r["task"].endswith("二/二/1:3")]
        assert row["due"] == "2018-12-31; 2019-12-31"


def test_targets(store):
    (row,) = store.ask("targets", organisation="合肥市水务局")
    assert (row["indicator"], row["comparator"], row["value"], row["unit"], row["due"]) == (
        "节水型单位", ">=", "3", "个", "2018-12-31",
    )  # fmt: skip
    assert len(store.ask("targets", text="用水总量")) == len(CITIES)


def test_a_target_says_what_the_asked_body_has_to_do_with_it(plan):
    assert {row["role"] for row in plan.ask("targets", organisation="市水务局")} == {"lead", "support", "responsible"}
    assert {row["role"] for row in plan.ask("targets", organisation="各县(市)区政府")} == {"implement"}
    assert {row["role"] for row in plan.ask("targets")} == {None}


def test_task(store):
    rows = store.ask("task", task="南政办发〔2018〕4号:二/一/2:1")
    assert [(row["kind"], row["what"], row["value"], row["basis"]) for row in rows] == [
        ("duty", "implement", "南宁市各县(市)区政府", "inherited"),
        ("duty", "responsible", "南宁市城乡建设局", "stated"),
        ("time", "by", "2018-09-30", None),
    ]


def test_a_target_keeps_its_due_date_apart_from_the_basis(plan):
    rows = {row["kind"]: row for row in plan.ask("task", task="二/一/1:1")}
    assert (rows["target"]["basis"], rows["target"]["due"]) == (None, "2018-12-31")
    assert (rows["duty"]["basis"], rows["duty"]["due"]) == ("stated", None)


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """Return a store of a notice whose sentence and statement name the same bodies for one task."""
    told = "3.检查。由市财政局会同市水务局开展检查,市水务局配合。年底前完成。(市财政局牵头,市水务局负责,市财政局负责)\n"
    folder = tmp_path_factory.mktemp("twice")
    (folder / "a.txt").write_text(written(extra=told), "utf-8")
    with open_store(folder / "graph.db") as opened:
        build([folder], opened)
        yield opened


def test_a_task_is_one_row_though_a_body_is_named_twice_in_it(twice):
    rows = twice.ask("duties", organisation="市财政局")
    assert [(row["role"], row["basis"]) for row in rows] == [("lead; responsible", "stated; prose")]
    (water,) = [row for row in twice.ask("duties", organisation="市水务局") if row["task"].endswith("/3:1")]
    assert (water["role"], water["basis"], water["surface"]) == ("responsible; support", "stated; prose", "市水务局")
    text = twice.text_of(str(water["notice"]))["text"]
    assert text[water["start"] : water["end"]] == "市水务局"
    assert text[water["end"] :].startswith("负责")
    (supports,) = twice.ask("duties", organisation="市水务局", role="support")
    assert (supports["role"], supports["basis"]) == ("support", "prose")
    (leads,) = twice.ask("leads", organisation="市财政局")
    assert leads["basis"] == "stated; prose"


@pytest.mark.parametrize(("question", "given"), [("due", {}), ("search", {"text": "检查"}), ("times", {})])
def test_a_body_answers_once_for_a_task(twice, question, given):
    (row,) = [row for row in twice.ask(question, **given) if str(row["task"]).endswith("/3:1")]
    assert row["by"] == "佳木斯市财政局、佳木斯市水务局"


def test_matrix_counts_tasks(store):
    rows = {row["organisation_id"]: row for row in store.ask("matrix", notice="佳政办发〔2018〕1号")}
    assert rows["230800:water_affairs"]["lead"] == 1
    assert rows["230800:housing_urban_rural"]["support"] == rows["230800:housing_urban_rural"]["responsible"] == 1
    assert rows["230800:各县(市)区政府"]["of_these_inherited"] == 1


@pytest.mark.parametrize("text", ["节水型单位", "管网", "水"])
def test_search_finds_long_and_short_words(store, text):
    assert {row["notice"] for row in store.ask("search", text=text)} == {
        f"{city[0]}政办发〔2018〕{serial}号" for serial, city in enumerate(CITIES, 1)
    }


def test_rows_lead_back_to_their_characters(store):
    for row in store.ask("leads", organisation="市水务局"):
        text = store.text_of(row["notice"])["text"]
        assert text[row["start"] : row["end"]] == row["text"]
    for row in store.ask("targets"):
        assert store.text_of(row["notice"])["text"][row["start"] : row["end"]] == row["words"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_each_question_has_a_total_order_and_both_languages(question):
    assert "ORDER BY" in question.sql
    assert "ORDER BY" in question.cypher
    bound = {"notice" if one.kind in ("place", "issuer") else one.name for one in question.parameters}
    for name in bound:
        assert re.search(rf":({name}|phrase)\b", question.sql)
        assert f"${name}" in question.cypher
    assert question.example.startswith(f"policygraph ask {question.name}")


def test_a_name_nobody_bears_gets_near_ones(store):
    with pytest.raises(UnknownOrganisation) as caught:
        store.ask("leads", organisation="市水物局")
    assert str(caught.value).startswith("市水物局: no organisation of this name in the graph (did you mean 市水务局")


@pytest.mark.parametrize(
    "name", ["各县（市）区政府", "各县〔市〕区政府", "各县 (市) 区政府", "鹤岗市：各县（市）区政府"]
)
def test_a_name_is_found_in_any_width_and_shape_of_brackets(store, name):
    rows = store.ask("duties", organisation=name)
    assert len(rows) == (1 if "鹤岗" in name else len(CITIES))


@pytest.mark.parametrize("name", ["合政办发〔2018〕3号", "合政办发[2018]3号", "3号", "〔2018〕3号", "３号"])
def test_a_notice_is_found_by_its_unique_end(store, name):
    assert store.ask("matrix", notice=name) == store.ask("matrix", notice="合政办发〔2018〕3号") != []


OF_NO_NOTICE = (
    "belongs", "cited-by", "cites", "follows", "history", "notices", "organisations", "paths", "same-name", "series",
    "task",
)  # fmt: skip
OF_ONE_NOTICE = ("facts", "outline")


@pytest.mark.parametrize(
    "question", [one for one in QUESTIONS if one.name not in (*OF_NO_NOTICE, *OF_ONE_NOTICE)], ids=lambda q: q.name
)
def test_every_question_that_lists_facts_takes_a_notice(store, question):
    given = (
        {"organisation": "市水务局"}
        if any(p.required and p.kind == "organisation" for p in question.parameters)
        else {}
    )
    given |= {"text": "节水型单位"} if question.name in ("search", "trend", "who") else {}
    everywhere, here = store.ask(question.name, **given), store.ask(question.name, **given, notice="3号")
    if "notice" in (everywhere or [{}])[0]:
        assert here == [row for row in everywhere if row["notice"] == "合政办发〔2018〕3号"]
    assert bool(here) == bool(everywhere)
    assert here != everywhere or not everywhere
    assert len(here) <= len(everywhere)


def test_issues_of_one_notice(tmp_path):
    with open_store(tmp_path / "g.db") as store:
        for serial, city in enumerate(CITIES[:2], 1):
            (notice,) = parse(written(city, serial=serial).encode())
            doubted = replace(notice, issues=(Issue("resolve", "doubt", None),))
            store.load(SourceRecord(f"{serial}.txt", "", 1), [doubted])
        assert len(store.ask("unresolved")) == 2
        (row,) = store.ask("unresolved", notice="2号")
        assert row["notice"].endswith("〔2018〕2号")


def test_partners_in_one_notice_have_their_tasks_there(store):
    rows = store.ask("partners", organisation="市水务局", notice="3号")
    assert {row["first_task"].split(":")[0] for row in rows} == {"合政办发〔2018〕3号"}


def test_a_period_of_a_task_has_both_ends(plan):
    periods = [row for row in plan.ask("times", kind="during") if row["task"]]
    assert periods
    for row in periods:
        values = [one["value"] for one in plan.ask("task", task=row["task"]) if one["what"] == "during"]
        assert f"{row['since']}–{row['until']}" in values


def test_an_end_does_not_cut_a_number(tmp_path):
    (tmp_path / "17.txt").write_text(written(serial=17), "utf-8")
    with open_store(tmp_path / "g.db") as store:
        build([tmp_path / "17.txt"], store)
        with pytest.raises(UnknownId, match=r"7号: no notice of this id in the store \(nearest: 佳政办发〔2018〕17号;"):
            store.ask("matrix", notice="7号")
        assert store.ask("matrix", notice="17号")


def test_a_notice_without_a_number_is_named_with_its_title(tmp_path):
    text = written().split("\n", 2)[2]
    (notice,) = parse(text.encode())
    assert notice.id.startswith("n-")
    with open_store(tmp_path / "g.db") as store:
        store.load(SourceRecord("a.txt", "", 1), [notice])
        with pytest.raises(UnknownId) as caught:
            store.ask("matrix", notice="节水工作方案")
        assert f"nearest: {notice.id} 佳木斯市人民政府办公室关于印发佳木斯市2018年度节水工作方案的通知;" in str(
            caught.value
        )
        for question in ("targets", "times", "search", "task"):
            given = {"search": {"text": "管网"}, "task": {"task": "二/一/1:1"}}.get(question, {})
            assert {row["notice_title"] for row in store.ask(question, **given)} == {notice.elements.title}


def test_an_alias_finds_its_body(tmp_path: Path, jiamusi):
    with open_store(tmp_path / "g.db") as store:
        build([jiamusi], store)
        assert store.ask("duties", organisation="市水污防办") == []


@pytest.mark.parametrize(
    ("question", "parameters", "error", "message"),
    [
        ("leader", {}, UnknownQuestion, "leader: unknown question (known: leads, duties"),
        (
            "leads",
            {},
            BadParameter,
            "leads: parameter 'organisation' is missing (example: policygraph ask leads 市水务局)",
        ),
        (
            "leads",
            {"organization": "x"},
            BadParameter,
            "leads: no parameter 'organization' (known: expand, issuer, notice, organisation, place, with_predecessors)",
        ),
        ("due", {"before": "2018"}, BadParameter, "due: '2018' is no date (write it as 2018-12-31)"),
        ("duties", {"organisation": "市农委", "role": "boss"}, UnknownOrganisation, "市农委: no organisation"),
        ("task", {"task": "二/一/1:1"}, UnknownId, "二/一/1:1: several ids end so (one of 佳政办发"),
        ("matrix", {"notice": "号"}, UnknownId, "号: several ids end so (one of 佳政办发"),
        ("matrix", {"notice": "甲号"}, UnknownId, "甲号: no notice of this id in the store (nearest: "),
        ("task", {"task": "九"}, UnknownId, "九: no task of this id in the store (`policygraph ask search TEXT`"),
    ],
)
def test_refusals_say_what_to_do(store, question, parameters, error, message):
    with pytest.raises(error) as caught:
        store.ask(question, **parameters)
    assert str(caught.value).startswith(message.split("(one of 佳")[0])


def test_the_outline_of_a_notice_covers_its_text_in_order(plan):
    rows = plan.ask("outline", notice="17号")
    assert [row["clause"] for row in rows[:4]] == ["", "一", "二", "二/一"]
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)
    assert sum(row["tasks"] for row in rows) == plan.summary().tasks


def test_facts_of_a_notice_are_all_that_other_questions_tell_of_it(plan):
    rows = plan.ask("facts", notice="17号")
    of = {kind: [row for row in rows if row["kind"] == kind] for kind in facts.KINDS}
    assert len(of["duty"]) == plan.summary().duties
    assert [row["words"] for row in of["target"]] == [row["words"] for row in plan.ask("targets")]
    assert len(of["time"]) == len(plan.ask("times"))
    assert [row["value"] for row in of["citation"]][:2] == ["国发〔2015〕17号", "黑政发〔2016〕3号"]
    assert [row["what"] for row in of["name"]] == ["市水污防办"]
    assert plan.ask("facts", notice="17号", kind="target") == of["target"]


def test_facts_of_a_notice_stand_at_their_characters(plan):
    text = str(plan.text_of("佳政办发〔2018〕17号")["text"])
    for row in plan.ask("facts", notice="17号"):
        if row["words"] is not None and row["basis"] != "inherited":
            assert text[row["start"] : row["end"]] == row["words"]
        if row["statement_start"] is not None:
            assert row["statement_start"] < row["statement_end"]


def test_bodies_are_found_by_part_of_any_of_their_names(store, plan):
    assert {row["organisation"] for row in store.ask("organisations", text="水务")} == {
        f"{city}市水务局" for city in CITIES
    }
    assert [row["organisation"] for row in plan.ask("organisations", text="水污防办")] == [
        row["value"] for row in plan.ask("facts", notice="17号", kind="name")
    ]
    every = plan.ask("organisations")
    assert {row["organisation"] for row in plan.ask("matrix")} == {row["organisation"] for row in every if row["tasks"]}
