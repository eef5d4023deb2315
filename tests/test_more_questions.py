"""Calendar, paths, conflicts, citations and orphans, and notices chosen by their place and issuer."""

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from notices import CITIES, written
from policygraph.cli import main
from policygraph.errors import BadParameter, UnknownId, UnknownOrganisation
from policygraph.models import Issue
from policygraph.pipeline import build, parse
from policygraph.store import open_store
from policygraph.store.contract import SourceRecord

CHAIN = (
    "3.甲。开展检查。(市审计局牵头,市教育局配合)\n"
    "4.乙。开展宣传。(市教育局牵头,市民政局配合)\n"
    "5.丙。开展评估。(市民政局牵头,市统计局配合)\n"
    "6.丁。再次宣传。(市教育局牵头,市民政局配合)\n"
    "7.戊。持续推进有关工作。\n"
)
CITES = (
    "3.依据。按照《鹤岗市节水方案》(鹤政办发〔2018〕2号)执行。(市水务局负责)\n",
    "3.依据。按照《合肥市节水方案》(合政办发〔2018〕3号)和《水污染防治行动计划》(国发〔2015〕17号)执行。(市水务局负责)\n",
    "3.依据。按照《佳木斯市节水方案》(佳政办发〔2018〕1号)执行,落实《佳木斯市节水方案》(佳政办发〔2018〕1号)。(市水务局负责)\n",
    "",
)


def filled(folder, texts):
    folder.mkdir()
    for number, text in enumerate(texts, 1):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    with open_store(folder / "graph.db") as store:
        build([folder], store)
    return str(folder / "graph.db")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Return the file of a store of four cities that cite each other in a circle."""
    texts = [written(city, serial=n, extra=cites) for n, (city, cites) in enumerate(zip(CITIES, CITES, strict=True), 1)]
    return filled(tmp_path_factory.mktemp("cities") / "a", texts)


@pytest.fixture(scope="module")
def store(file):
    with open_store(file) as opened:
        yield opened


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chain") / "a"
    with open_store(
        filled(folder, [written(extra=CHAIN).replace("。以下均需各县(市)区政府落实,不再列出", "")])
    ) as opened:
        yield opened


def told(*words: str) -> str:
    return CliRunner().invoke(main, ["ask", *words]).output


def test_a_month_counts_tasks_targets_and_bodies(store):
    rows = store.ask("calendar", place="佳木斯市")
    assert [(row["month"], row["due"], row["tasks"], row["bodies"]) for row in rows] == [
        ("2018-09", "2018-09-30", 1, 1),
        ("2018-12", "2018-12-31", 1, 1),
    ]
    assert [row["first_task"] for row in rows] == ["佳政办发〔2018〕1号:二/一/2:1", "佳政办发〔2018〕1号:一:1"]
    assert sum(row["targets"] for row in rows) == len(
        [row for row in store.ask("targets", place="佳木斯市") if row["due"]]
    )
    assert store.ask("calendar", year="2019") == []


def test_the_calendar_of_a_body_counts_what_it_has_a_part_in(store):
    (december,) = store.ask("calendar", organisation="佳木斯市水务局")
    assert (december["month"], december["tasks"], december["targets"]) == ("2018-12", 1, 1)
    everything = {row["month"]: row["tasks"] for row in store.ask("calendar")}
    assert everything == {"2018-09": 4, "2018-12": 4}


def test_bodies_that_share_a_task_are_one_step_apart(chain):
    (row,) = chain.ask("paths", organisation="市教育局", other="市民政局")
    assert (row["way"], row["step"], row["tie"], row["tasks"]) == (1, 1, "share tasks", 2)
    assert row["first_task"] == "佳政办发〔2018〕17号:二/一/4:1"


def test_a_way_of_two_steps_and_one_of_three(chain):
    rows = chain.ask("paths", organisation="佳木斯市审计局", other="佳木斯市民政局")
    assert [(row["way"], row["step"], row["organisation"], row["other"], row["tasks"]) for row in rows] == [
        (1, 1, "佳木斯市审计局", "佳木斯市教育局", 1),
        (1, 2, "佳木斯市教育局", "佳木斯市民政局", 2),
    ]
    rows = chain.ask("paths", organisation="佳木斯市审计局", other="佳木斯市统计局")
    assert [row["other"] for row in rows] == ["佳木斯市教育局", "佳木斯市民政局", "佳木斯市统计局"]
    assert [row["step"] for row in rows] == [1, 2, 3]


def test_ways_lead_over_ties_between_bodies(store):
    rows = store.ask("paths", organisation="桦南县人民政府", other="佳木斯市水务局")
    assert [(row["tie"], row["other"]) for row in rows] == [
        ("member of", "佳木斯市各县(市)区政府"),
        ("share tasks", "佳木斯市水务局"),
    ]


def test_bodies_of_two_places_are_not_connected(store):
    assert store.ask("paths", organisation="佳木斯市水务局", other="鹤岗市水务局") == []
    assert store.ask("paths", organisation="佳木斯市水务局", other="佳木斯市水务局") == []


def test_citations_are_walked_step_by_step_and_a_circle_ends(store):
    rows = store.ask("cites", document="佳政办发〔2018〕1号")
    assert [(row["step"], row["notice"], row["cited"], row["in_graph"]) for row in rows] == [
        (1, "佳政办发〔2018〕1号", "鹤政办发〔2018〕2号", "yes"),
        (2, "鹤政办发〔2018〕2号", "合政办发〔2018〕3号", "yes"),
        (2, "鹤政办发〔2018〕2号", "国发〔2015〕17号", "no"),
        (3, "合政办发〔2018〕3号", "佳政办发〔2018〕1号", "yes"),
    ]
    assert store.ask("cites", document="佳政办发〔2018〕1号", steps="5") == rows
    assert store.ask("cites", document="佳政办发〔2018〕1号", steps="1") == rows[:1]
    assert [row["times"] for row in rows] == [1, 1, 1, 2]
    text = store.text_of("佳政办发〔2018〕1号")["text"]
    assert text[rows[0]["start"] : rows[0]["end"]] == "《鹤岗市节水方案》(鹤政办发〔2018〕2号)"


def test_what_is_only_cited_is_found_by_number_or_title(store):
    rows = store.ask("cited-by", document="国发〔2015〕17号")
    assert [(row["step"], row["notice"]) for row in rows] == [
        (1, "鹤政办发〔2018〕2号"),
        (2, "佳政办发〔2018〕1号"),
        (3, "合政办发〔2018〕3号"),
    ]
    assert store.ask("cited-by", document="17号") == rows
    with pytest.raises(UnknownId, match="no notice of this id"):
        store.ask("cites", document="国发〔2015〕17号")
    with pytest.raises(UnknownId, match=r"99号: no document of this id in the store \(nearest: "):
        store.ask("cited-by", document="99号")


def test_one_indicator_with_two_values_is_a_conflict(tmp_path):
    water = "3.用水。到2020年,万元工业增加值用水量降至{}立方米。(市水务局负责)\n"
    texts = [
        written(serial=1, extra=water.format(62)),
        written(serial=2, extra=water.format(58)),
        written(serial=3, extra=water.format(62)),
        written("鹤岗", serial=4, extra=water.format(50)),
    ]
    with open_store(filled(tmp_path / "a", texts)) as store:
        rows = [row for row in store.ask("conflicts") if "增加值" in row["indicator"]]
        assert [
            (row["place"], row["year"], row["value"], row["notice"], row["other_value"], row["other_notice"])
            for row in rows
        ] == [
            ("佳木斯市", 2020, "62", "佳政办发〔2018〕1号", "58", "佳政办发〔2018〕2号"),
            ("佳木斯市", 2020, "58", "佳政办发〔2018〕2号", "62", "佳政办发〔2018〕3号"),
        ]
        for row in rows:
            for prefix in ("", "other_"):
                text = store.text_of(row[f"{prefix}notice"])["text"]
                assert text[row[f"{prefix}start"] : row[f"{prefix}end"]] == row[f"{prefix}words"]
        assert [row for row in store.ask("conflicts", notice="3号") if "增加值" in row["indicator"]] == rows[1:]
        assert store.ask("conflicts", place="鹤岗市") == store.ask("conflicts", year="2031") == []
        assert {row["indicator"] for row in store.ask("conflicts", text="增加值")} == {rows[0]["indicator"]}


def test_tasks_that_nobody_has(chain):
    tasks = chain.ask("orphans")
    assert [(row["task"].partition(":")[2], row["issues"]) for row in tasks] == [("一:1", 0), ("二/一/7:1", 0)]
    assert tasks[1]["text"].endswith("持续推进有关工作。")


def test_doubts_in_a_task_that_nobody_has_are_counted(tmp_path):
    (notice,) = parse(written().encode())
    at = notice.page.text.index("市城乡建设局负责")
    doubts = (Issue("resolve", "市城乡建设局 can mean several bodies", (at, at + 6)), Issue("read", "doubt", None))
    with open_store(tmp_path / "g.db") as store:
        store.load(SourceRecord("a.txt", "", 1), [replace(notice, duties=(), issues=doubts)])
        assert [(row["task"].partition(":")[2], row["issues"]) for row in store.ask("orphans")] == [
            ("一:1", 0),
            ("二/一/1:1", 0),
            ("二/一/2:1", 1),
        ]


def test_notices_are_chosen_by_place_and_issuer(store):
    here = store.ask("times", notice="佳政办发〔2018〕1号")
    assert store.ask("times", place="佳木斯市") == store.ask("times", place="230800") == here != []
    assert store.ask("times", issuer="佳木斯市人民政府办公室") == here
    heilongjiang = {row["notice"] for row in store.ask("times", place="黑龙江省")}
    assert heilongjiang == {"佳政办发〔2018〕1号", "鹤政办发〔2018〕2号"}
    assert store.ask("times", place="佳木斯市", issuer="鹤岗市人民政府办公室") == []
    with pytest.raises(BadParameter, match=r"times: no notice of the place '上海市' \(there are notices of 佳木斯市、"):
        store.ask("times", place="上海市")
    with pytest.raises(BadParameter, match=r"times: '佳木斯市水务局' issued no notice in the graph"):
        store.ask("times", issuer="佳木斯市水务局")
    with pytest.raises(UnknownOrganisation):
        store.ask("times", issuer="佳木斯市航天局")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("search", "宇宙飞船"), "no rows: no task in the graph holds '宇宙飞船'"),
        (("search", "宇宙飞船", "--place", "佳木斯市"), "no rows: no task in notices of 佳木斯市 holds '宇宙飞船'"),
        (("who", "宇宙飞船"), "no rows: no task in the graph that holds '宇宙飞船' is given to a body"),
        (("conflicts", "--notice", "1号"), "no rows: no two notices in notice 1号 give one indicator different values"),
        (("cites", "4号"), "no rows: 4号 cites nothing"),
        (("cited-by", "4号"), "no rows: no notice in the graph cites 4号"),
        (("paths", "合肥市水务局", "鹤岗市水务局"), "no rows: 合肥市水务局 and 鹤岗市水务局 are not connected in three steps"),
        (("calendar", "--organisation", "各县(市)区政府", "--year", "2030"), "各县(市)区政府 has a part in nothing that is due then; it has 7 duties"),
        (("leads", "佳木斯市水务局", "--place", "合肥市"), "no rows: 佳木斯市水务局 has no duty in notices of 合肥市"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)  # fmt: skip
def test_a_question_without_rows_says_what_there_is_not(file, words, said):
    assert said in told(*words, "--store", file)
