"""Questions about bodies: what they followed, how much they have to do, who shares a name, and why a name means one."""

import json

import pytest
from click.testing import CliRunner

import policygraph as pg
from notices import written
from policygraph.cli import main
from policygraph.errors import BadParameter, UnknownOrganisation
from policygraph.pipeline import build
from policygraph.store import asking, open_store
from policygraph.store.questions import QUESTIONS

JIAMUSI, FICTIONAL = "佳木斯", ("安和", "云平")
NOTICES = (
    written("安和", serial=1, extra="3.治污。整治黑臭水体。(市生态环境局牵头)\n"),
    written("云平", serial=2, extra="3.治污。整治黑臭水体。(市水务局牵头,市神秘小组配合)\n"),
    written(JIAMUSI, serial=8, extra="3.治污。整治黑臭水体。(市环境保护局牵头,市环保局、市金融办配合)\n"),
    written(JIAMUSI, 2019, 9, "3.治污。整治黑臭水体。(市生态环境局牵头,市水务局、市神秘小组配合)\n"),
    written(JIAMUSI, 2020, 3, "3.治污。开展检查。(市环境局牵头)\n4.宣传。(桦南县人民政府、市生态环境局负责)\n"),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notices")
    for number, text in enumerate(NOTICES):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    build([folder], folder / "graph.db")
    return str(folder / "graph.db")


@pytest.fixture(scope="module")
def store(path):
    with open_store(path) as opened:
        yield opened


def only(rows, *keys):
    return [tuple(row[key] for key in keys) for row in rows]


def invoke(path, *arguments):
    return CliRunner().invoke(main, [*arguments, "--store", path])


def bodies_of(notice: str) -> set[str]:
    (read,) = pg.parse(notice.encode())
    return {mention.organisation for mention in read.organisations} | {duty.organisation for duty in read.duties}


def test_two_cities_never_share_a_body(store):
    first, second, third = (bodies_of(notice) for notice in NOTICES[:3])
    assert first
    assert second
    assert not first & second
    assert not (first | second) & third
    ids = {row["organisation_id"] for row in store.ask("matrix")}
    assert {one.split(":")[0] for one in ids} >= {"安和市", "云平市", "230800"}
    for city in ("安和市", "云平市"):
        tasks = store.ask("duties", organisation=f"{city}水务局")
        assert {row["notice"][0] for row in tasks} == {city[0]}


def test_a_history_has_dates_changes_grades_sources_and_moved_duties(store):
    rows = store.ask("history", organisation="佳木斯市环境保护局")
    assert only(rows, "direction", "predecessor", "change", "successor", "on", "grade", "evidence") == [
        (
            "successor",
            "佳木斯市环境保护局",
            "renamed",
            "佳木斯市生态环境局",
            "2018-10/2019-03",
            "probable",
            "timetable-2018",
        )
    ]
    rows = store.ask("history", organisation="佳木斯市生态环境局")
    assert {row["direction"] for row in rows} == {"predecessor"}
    assert {(row["predecessor"], row["change"]) for row in rows} >= {
        ("佳木斯市环境保护局", "renamed"), ("佳木斯市水务局", "duty moved"),
    }  # fmt: skip
    (moved,) = [row for row in rows if row["predecessor"] == "佳木斯市水务局"]
    assert moved["duties"].startswith("水功能区划")
    assert len(rows) == len(set(only(rows, "predecessor_id", "change")))  # several notices say each, one row tells it


def test_a_chain_is_followed_to_its_ends(tmp_path):
    """卫生局 → 卫生和计划生育委员会 → 卫生健康委员会."""
    (tmp_path / "a.txt").write_text(written(extra="3.健康。开展检查。(市卫生局负责)\n"), "utf-8")
    with open_store(tmp_path / "g.db") as store:
        build([tmp_path / "a.txt"], store)
        rows = store.ask("history", organisation="佳木斯市卫生局")
        assert ("230800:health_family_planning", "230800:health") in only(rows, "predecessor_id", "successor_id")
        assert {row["direction"] for row in rows} == {"successor"}
        (last,) = store.ask("duties", organisation="佳木斯市卫生健康委员会", with_predecessors=True)
        assert last["organisation"] == "佳木斯市卫生局"


def test_a_probable_successor_is_shown_by_the_first_notice_that_names_it(store):
    for body in ("佳木斯市环境保护局", "佳木斯市生态环境局"):
        rows = {row["change"]: row for row in store.ask("history", organisation=body)}
        renamed = rows.pop("renamed")
        assert only([renamed], "shown_in", "shown_on", "shown_as") == [
            ("佳政办发〔2019〕9号", "2019-03-05", "市生态环境局")
        ]
        assert all(row["shown_in"] is None for row in rows.values())  # a name shows no moved duty


@pytest.mark.parametrize(
    "text",
    [
        written(JIAMUSI, 2018, 5, "3.治污。(市环境保护局、市生态环境局负责)\n"),  # in March, before the change
        written("鹤岗", 2019, 5, "3.治污。(市环境保护局、市生态环境局负责)\n"),  # another city's
        written(JIAMUSI, 2019, 5, "3.治污。(市环境保护局负责,市生态环境部门配合)\n"),  # a field, not a name
    ],
)
def test_what_is_no_evidence_is_not_attached(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "b.txt").write_text(NOTICES[2], "utf-8")
    with open_store(tmp_path / "g.db") as store:
        build([tmp_path / "a.txt", tmp_path / "b.txt"], store)
        (row,) = store.ask("history", organisation="佳木斯市环境保护局")
        assert (row["grade"], row["shown_in"]) == ("probable", None)


def test_evidence_goes_with_its_notice(tmp_path):
    for number in (2, 3):
        (tmp_path / f"{number}.txt").write_text(NOTICES[number], "utf-8")
    with open_store(tmp_path / "g.db") as store:
        build([tmp_path / "2.txt", tmp_path / "3.txt"], store)
        assert store.ask("history", organisation="佳木斯市环境保护局")[0]["shown_in"] == "佳政办发〔2019〕9号"
        store.remove("9号")
        assert store.ask("history", organisation="佳木斯市环境保护局")[0]["shown_in"] is None


@pytest.mark.parametrize(("question", "task"), [("leads", "3:1"), ("duties", "3:1")])
def test_tasks_of_predecessors_stand_under_their_own_names(store, question, task):
    alone = store.ask(question, organisation="佳木斯市生态环境局")
    both = store.ask(question, organisation="佳木斯市生态环境局", with_predecessors=True)
    assert [row for row in both if row["through"] is None] == alone
    (added,) = [row for row in both if row["through"]]
    assert added["task"] == f"佳政办发〔2018〕8号:二/一/{task}"
    assert (added["organisation"], added["through"]) == (
        "佳木斯市环境保护局", "renamed → 佳木斯市生态环境局 (2018-10/2019-03, probable)",
    )  # fmt: skip
    # 水功能区划 moved from 水务局, which stayed: its tasks are no predecessor's
    assert not any(row["organisation"] == "佳木斯市水务局" for row in both)


def test_load_counts_tasks_by_year(store):
    rows = store.ask("load", organisation="佳木斯市水务局")
    assert only(rows, "year", "lead", "support", "tasks") == [(2018, 1, 0, 1), (2019, 1, 1, 2), (2020, 1, 0, 1)]
    assert store.ask("load", organisation="佳木斯市水务局", year=2019) == [rows[1]]
    assert store.ask("load", organisation="佳木斯市水务局", notice="9号") == [rows[1]]
    everybody = store.ask("load", year="2018", notice="8号")
    counted = {row["organisation_id"]: row["tasks"] for row in everybody}
    assert counted == {row["organisation_id"]: row["tasks"] for row in store.ask("matrix", notice="8号")}
    assert {row["year"] for row in store.ask("load")} == {2018, 2019, 2020}


def test_the_year_is_that_of_issue_where_no_plan_has_one(tmp_path):
    text = written(JIAMUSI, 2018).replace("2018年度", "").replace("2018年底", "年底")
    (notice,) = pg.parse(text.encode())
    assert (notice.elements.plan_year, notice.elements.issued_on) == (None, "2018-03-05")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    build(tmp_path / "a.txt", tmp_path / "g.db")
    with open_store(tmp_path / "g.db") as store:
        assert {row["year"] for row in store.ask("load")} == {2018}


@pytest.mark.parametrize("year", ["18", "二〇一八", "2018-12", "２０１８"])
def test_a_year_has_four_digits(store, year):
    with pytest.raises(BadParameter, match=rf"load: '{year}' is no year \(write it as 2018\)"):
        store.ask("load", year=year)


@pytest.mark.parametrize("text", ["黑臭水体", "黑臭", "水"])
def test_who_counts_the_bodies_of_the_tasks_that_search_finds(store, text):
    tasks = {row["task"] for row in store.ask("search", text=text)}
    rows = {row["organisation_id"]: row for row in store.ask("who", text=text)}
    for body, row in rows.items():
        mine = {one["task"] for one in store.ask("duties", organisation=body)} & tasks
        assert row["tasks"] == len(mine) > 0
        assert row["first_task"] in mine
    assert rows["230800:ecology_environment"]["lead"] == 1
    assert {"云平市:water_affairs", "安和市:ecology_environment"} <= set(rows)
    assert {one["notice"] for one in store.ask("search", text=text, notice="9号")} == {"佳政办发〔2019〕9号"}
    assert {row["first_task"].split(":")[0] for row in store.ask("who", text=text, notice="9号")} == {
        "佳政办发〔2019〕9号"
    }


def test_a_local_name_is_that_of_several_cities(store):
    rows = store.ask("same-name", organisation="市水务局")
    assert only(rows, "name", "jurisdiction", "place", "organisation", "notices", "tasks") == [
        ("市水务局", "佳木斯市", "230800", "佳木斯市水务局", 3, 4),
        ("市水务局", "云平市", "云平市", "云平市水务局", 1, 2),
        ("市水务局", "安和市", "安和市", "安和市水务局", 1, 1),
    ]
    assert store.ask("same-name", organisation="安和市水务局") == rows
    # 230800:ecology_environment is known of 2018 too, but what nobody names bears no name
    assert only(store.ask("same-name", organisation="佳木斯市农业局"), "organisation") == []


def test_every_name_says_where_and_why(store):
    rows = store.ask("names", organisation="佳木斯市环境保护局")
    assert only(rows, "name", "form", "rule", "notice", "surface", "task") == [
        ("市环境保护局", "full", "市 is 佳木斯市", "佳政办发〔2018〕8号", "市环境保护局", "佳政办发〔2018〕8号:二/一/3:1"),
        ("市环保局", "statutory", "市 is 佳木斯市", "佳政办发〔2018〕8号", "市环保局", "佳政办发〔2018〕8号:二/一/3:1"),
    ]  # fmt: skip
    for row in rows:
        assert store.text_of(row["notice"])["text"][row["start"] : row["end"]] == row["surface"]
    (signs,) = store.ask("names", organisation="佳木斯市人民政府办公室", notice="8号")
    assert (signs["name"], signs["task"], signs["start"]) == ("佳木斯市人民政府办公室", None, None)
    (silent,) = store.ask("names", organisation="桦川县人民政府")
    assert (silent["name"], silent["notice"], silent["rule"].split(";")[0]) == (None, None, "no notice names it")
    assert store.ask("names", organisation="桦川县人民政府", notice="8号") == []


def test_collectives_and_members_are_told_both_ways(store):
    (row,) = store.ask("belongs", organisation="桦南县人民政府")
    assert (row["tie"], row["other_id"], row["notices"]) == ("member of", "230800:各县(市)区政府", 3)
    rows = store.ask("belongs", organisation="佳木斯市:各县(市)区政府")
    assert {row["tie"] for row in rows} == {"has member"}
    assert ("桦南县人民政府", row["basis"]) in only(rows, "other", "basis")
    assert {row["other_id"][:4] for row in rows} == {"2308"}


EXPANDED = [question for question in QUESTIONS if any(one.name == "expand" for one in question.parameters)]


@pytest.mark.parametrize("question", EXPANDED, ids=lambda question: question.name)
@pytest.mark.parametrize("notice", [None, "9号"])
def test_expanding_adds_marked_rows_and_changes_no_other(store, question, notice):
    for body in ("桦南县人民政府", "佳木斯市水务局", "各县(市)区政府"):
        given = {"organisation": body} if any(one.name == "organisation" for one in question.parameters) else {}
        plain = store.ask(question.name, **given, notice=notice)
        expanded = store.ask(question.name, **given, notice=notice, expand=True)
        assert [row for row in expanded if not row["through"]] == plain
        assert all(row["through"] is None for row in plain)
        assert all("member of" in row["through"] for row in expanded if row["through"])


def test_a_member_answers_for_what_its_collective_has_to_do(store):
    county, ten = "桦南县人民政府", "佳木斯市:各县(市)区政府"
    theirs = store.ask("duties", organisation=ten)
    (own,) = store.ask("duties", organisation=county)
    mine = [row for row in store.ask("duties", organisation=county, expand=True) if row["through"]]
    assert own["through"] is None
    assert only(mine, "task", "role", "surface", "start") == only(theirs, "task", "role", "surface", "start")
    assert {(row["organisation"], row["through"]) for row in mine} == {(county, "member of 佳木斯市各县(市)区政府")}
    counted = {
        row["through"]: row["implement"] for row in store.ask("matrix", expand=True) if row["organisation"] == county
    }
    assert counted == {None: 0, "member of 佳木斯市各县(市)区政府": len(theirs)}
    loaded = store.ask("load", organisation=county, expand=True)
    assert sum(row["implement"] for row in loaded) == len(theirs)
    assert {row["organisation"] for row in loaded} == {county}
    # fictional cities have no counties that are known: nothing is added
    assert store.ask("matrix", notice="1号", expand=True) == store.ask("matrix", notice="1号")


def test_partners_of_a_member_are_those_of_its_collective(store):
    rows = store.ask("partners", organisation="桦南县人民政府", expand=True, notice="9号")
    marked = {row["partner"]: row["through"] for row in rows}
    assert marked["佳木斯市城乡建设局"] == "桦南县人民政府 as member of 佳木斯市各县(市)区政府"
    assert marked["桦川县人民政府"].endswith("; member of 佳木斯市各县(市)区政府")
    assert "佳木斯市各县(市)区政府" not in marked
    assert "桦南县人民政府" not in marked


def test_unresolved_lists_names_without_a_body_and_names_of_several(tmp_path):
    doubtful = "3.融资。(市金融办牵头,市财政局或市审计局配合)\n4.融资。(市财政局或市审计局负责)\n"
    (tmp_path / "a.txt").write_text(written(JIAMUSI, 2023, 8, doubtful), "utf-8")
    with open_store(tmp_path / "g.db") as store:
        build([tmp_path / "a.txt"], store)
        rows = store.ask("unresolved")
        assert only(rows, "stage", "reason", "words", "task") == [
            (
                "resolve",
                "市金融办 may be 230800:financial_commission or 230800:financial_work: 市 is 佳木斯市; 金融办 can be several bodies",
                "市金融办",
                "佳政办发〔2023〕8号:二/一/3:1",
            ),
            (
                "resolve",
                "a name without a body: one or the other",
                "市财政局或市审计局",
                "佳政办发〔2023〕8号:二/一/3:1",
            ),
        ]
        for row in rows:
            assert store.text_of(row["notice"])["text"][row["start"] : row["end"]] == row["words"]
        assert store.ask("unresolved", notice="8号") == rows


def test_explain_says_why(path, store):
    (body,) = pg.explain("佳木斯市环境保护局", store)
    assert (body["organisation_id"], body["sort"], body["jurisdiction"]) == (
        "230800:environmental_protection", "body", "佳木斯市",
    )  # fmt: skip
    assert [(one["name"], one["form"], len(one["places"])) for one in body["names"]] == [
        ("市环境保护局", "full", 1), ("市环保局", "statutory", 1),
    ]  # fmt: skip
    (edge,) = body["history"]
    assert (edge["shown_in"], edge["source"]["where"].split(".")[0]) == ("佳政办发〔2019〕9号", "epaper")
    shown = invoke(path, "explain", "佳木斯市环境保护局").stdout
    for words in (
        "佳木斯市环境保护局  230800:environmental_protection\n  body of 佳木斯市 (230800), kind environmental_protection\n",
        "  市环保局 (statutory): 市 is 佳木斯市\n    佳政办发〔2018〕8号: 市环保局 [",
        "  2018-10/2019-03  佳木斯市环境保护局 → 佳木斯市生态环境局: renamed, grade probable; "
        "shown in 佳政办发〔2019〕9号 (2019-03-05) as 市生态环境局\n    source: timetable-2018: ",
    ):
        assert words in shown
    assert json.loads(invoke(path, "explain", "佳木斯市环境保护局", "--format", "json").stdout) == [body]
    assert pg.explain("佳木斯市环境保护局", path) == [body]


def test_explain_a_collective_a_member_a_signer_and_a_local_name(path):
    assert "  has member 桦南县人民政府: the places below, by the registry (佳政办发〔2018〕8号, and 2 more)\n" in (
        invoke(path, "explain", "佳木斯市:各县(市)区政府").stdout
    )
    silent = invoke(path, "explain", "桦川县人民政府").stdout
    assert "  no notice names it" in silent
    assert "  member of 佳木斯市各县(市)区政府" in silent
    assert "    佳政办发〔2018〕8号: in no duty\n" in invoke(path, "explain", "佳木斯市人民政府办公室").stdout
    assert "duties: 水功能区划" in invoke(path, "explain", "佳木斯市生态环境局").stdout
    assert [one["organisation"] for one in pg.explain("市水务局", path)] == [
        "佳木斯市水务局", "云平市水务局", "安和市水务局",
    ]  # fmt: skip
    with pytest.raises(UnknownOrganisation):
        pg.explain("市火箭局", path)
    assert invoke(path, "explain", "市火箭局").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["history", "安和市水务局"], "安和市水务局 followed no body that is known, and none followed it"),
        (["belongs", "安和市水务局"], "安和市水务局 is in no other body that is known"),
        (["names", "桦川县人民政府", "--notice", "8号"], "桦川县人民政府 is not named in notice 8号"),
        (["same-name", "佳木斯市农业局"], "佳木斯市农业局 is named by no notice"),
        (["load", "--organisation", "佳木斯市水务局", "--year", "1999"], "佳木斯市水务局 has no task then; it has 4 duties"),
        (
            ["leads", "桦川县人民政府"],
            "桦川县人民政府 has no duty in the graph; a collective that it is in has some: policygraph ask duties 桦川县人民政府 --expand",
        ),
        (
            ["duties", "佳木斯市生态环境局", "--notice", "8号"],
            "佳木斯市生态环境局 has no duty in notice 8号; those that it followed have some: policygraph ask duties 佳木斯市生态环境局 --with-predecessors --notice 8号",
        ),
    ],
    ids=lambda case: case if isinstance(case, str) else " ".join(case),
)  # fmt: skip
def test_no_rows_say_where_there_are_some(path, arguments, line):
    result = invoke(path, "ask", *arguments)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(f"no rows: {line}")


OF_A_BODY = ("belongs", "changes", "duties", "history", "leads", "load", "names", "partners")


@pytest.mark.parametrize("name", OF_A_BODY)
def test_a_body_is_found_by_an_index_and_nothing_else_is_read(store, name):
    wishes = {"expand": True, "with_predecessors": True}
    known = {one.name for one in asking.find(name).parameters}
    given = {"organisation": "佳木斯市水务局"} | {key: value for key, value in wishes.items() if key in known}
    asked, lists = asking.prepare(name, given, store.run)
    bound = {key: json.dumps(value) if isinstance(value, list) else value for key, value in lists.items()}
    steps = [str(row["detail"]) for row in store.rows(f"EXPLAIN QUERY PLAN {asked.sql}", bound)]
    whole = [step for step in steps if "nodes_by_label (label=?)" in step or step.startswith(("SCAN e", "SCAN n"))]
    # only `load` can be asked of everybody, which one branch of it answers
    assert len(whole) == (name == "load")


def test_a_name_without_a_place_is_asked_of_every_body_of_its_kind(store):
    """That one notice writes 环保局 hides nobody whom others call 环境保护局."""
    asked = {row["organisation_id"] for row in store.ask("names", organisation="环保局")}
    assert asked == {row["organisation_id"] for row in store.ask("names", organisation="环境保护局")}
    assert {row["organisation_id"] for row in store.ask("names", organisation="市水务局")} >= {"230800:water_affairs"}
