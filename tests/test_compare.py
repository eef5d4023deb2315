"""Two notices compared: what holds for any two, and each kind of change on a sentence or two."""

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import policygraph as pg
from policygraph.compare import KINDS, MIRROR, align, contract, succession, wording
from policygraph.compare.similarity import Score
from policygraph.compare.targets import find as target_changes
from policygraph.evaluate.generate import generate

HEAD = (
    "安政办发〔{year}〕{number}号\n安和市人民政府办公室关于印发安和市{year}年水污染防治工作方案的通知\n各县（市、区）人民政府：\n"
    "现将方案印发给你们。\n安和市人民政府办公室\n{year}年3月1日\n安和市{year}年水污染防治工作方案\n一、主要任务\n"
)
FILLER = "9.加强宣传引导。组织新闻媒体宣传治理成效。（市委宣传部负责）\n"


def notice(body: str, year: int = 2018):
    (found,) = pg.parse((HEAD.format(year=year, number=year % 100) + body + FILLER).encode(), name=f"{year}.txt")
    return found


def kinds(old: str, new: str, *, years: tuple[int, int] = (2018, 2019)) -> list[str]:
    found = pg.compare(notice(old, years[0]), notice(new, years[1])).changes
    return sorted(change.kind for change in found if change.kind != "task reworded")


def mirrored(changes):
    return sorted((MIRROR[one.kind], repr(one.new), repr(one.old)) for one in changes)


def plain(changes):
    return sorted((one.kind, repr(one.old), repr(one.new)) for one in changes)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 5000), st.integers(0, 5000))
def test_any_two_notices_compare_to_nothing_or_to_mirrors(first, second):
    old, new = (pg.parse(generate(seed).text.encode(), name=f"{seed}.txt")[0] for seed in (first, second))
    assert pg.compare(old, old).changes == ()
    there, back = pg.compare(old, new), pg.compare(new, old)
    assert plain(there.changes) == mirrored(back.changes)
    assert [(pair.old, pair.new) for pair in there.pairs] == sorted(
        ((pair.new, pair.old) for pair in back.pairs), key=[(p.old, p.new) for p in there.pairs].index
    )


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 5000), st.integers(0, 5000))
def test_spans_lead_back_to_the_words(first, second):
    old, new = (pg.parse(generate(seed).text.encode(), name=f"{seed}.txt")[0] for seed in (first, second))
    found = pg.compare(old, new)
    for change in found.changes:
        for side, page in ((change.old, old.page), (change.new, new.page)):
            if side and side.span and side.text and not change.kind.startswith("strength"):
                assert page.text[slice(*side.span)] == side.text
    contract.record(found)


def test_the_shipped_notice_compared_with_itself_is_empty(jiamusi):
    (one,) = pg.parse(jiamusi)
    assert pg.compare(one, one).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("水质优良比例达到70%以上", "水质优良比例达到75%以上", ["target tightened"]),
        ("水质优良比例达到75%以上", "水质优良比例达到70%以上", ["target loosened"]),
        ("用水总量控制在18亿立方米以内", "用水总量控制在17亿立方米以内", ["target tightened"]),
        ("用水总量控制在17亿立方米以内", "用水总量控制在18亿立方米以内", ["target loosened"]),
        ("用水总量控制在1.7亿立方米以内", "用水总量控制在17000万立方米以内", []),
        ("创建1条餐饮服务示范街", "创建2条餐饮服务示范街", ["target tightened"]),
        ("创建2条省级餐饮服务示范街", "创建1条国家级餐饮服务示范街", ["target lowered"]),
        ("认证产品数量增长10%以上", "新增认证产品3个以上", ["target redefined"]),
        ("水质优良比例力争达到75%以上", "水质优良比例确保达到75%以上", ["strength firmer"]),
    ],
)
def test_targets(old, new, expected):
    form = "1.提升流域水环境质量。{}，推进水环境综合整治。（市水务局负责）\n"
    assert kinds(form.format(old), form.format(new)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("市水务局牵头，市教育局配合", "市教育局牵头，市水务局配合", ["lead changed", "role changed", "role changed"]),
        ("市水务局牵头", "市水务局牵头，市财政局配合", ["body added"]),
        ("市水务局牵头，市财政局配合", "市水务局牵头", ["body dropped"]),
        ("市水务局牵头，市财政局配合", "市水务局、市财政局牵头", ["role changed"]),
        ("市环保局牵头，市农委配合", "市生态环境局牵头，市农业农村局配合", ["renamed only", "renamed only"]),
        ("市国土资源局、市城乡规划局负责", "市自然资源和规划局负责", ["renamed only", "renamed only"]),
        ("市财政局负责", "市教育局负责", ["lead changed"]),
        ("区直有关单位负责", "区直各有关单位负责", []),
    ],
)
def test_bodies(old, new, expected):
    form = "1.开展河道巡查保洁。组织清理河道垃圾和违法建筑，建立长效机制。（{}）\n"
    assert kinds(form.format(old), form.format(new)) == expected


def test_a_duty_that_a_reform_moved_is_a_transfer_and_says_so():
    old = notice(
        "1.设置水功能区划标志。完成水功能区划调整。（市水务局负责）\n2.管好供水。保障供水安全。（市水务局负责）\n"
    )
    new = notice(
        "1.设置水功能区划标志。完成水功能区划调整。（市生态环境局负责）\n2.管好供水。保障供水安全。（市水务局负责）\n",
        2019,
    )
    (change,) = pg.compare(old, new).changes
    assert change.kind == "duty transferred"
    assert "水功能区划" in change.why
    assert (change.old.text, change.new.text) == ("市水务局", "市生态环境局")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("9月底前完成河道清淤", "10月底前完成河道清淤", ["deadline postponed"]),
        ("9月底前完成河道清淤", "8月底前完成河道清淤", ["deadline brought forward"]),
        ("9月底前完成河道清淤", "9月底前完成河道清淤", []),
        ("9月底前完成河道清淤", "完成河道清淤", ["deadline removed"]),
        ("完成河道清淤", "9月底前完成河道清淤", ["deadline set"]),
        ("2018年底前建成城东水厂", "2019年底前建成城东水厂", ["deadline postponed"]),
        ("每季度巡查河道", "每月巡查河道", ["deadline brought forward"]),
    ],
)
def test_deadlines(old, new, expected):
    form = "1.治理城东河道。{}，恢复河道生态功能。（市水务局负责）\n"
    assert kinds(form.format(old), form.format(new)) == expected


def test_tasks_come_go_merge_and_split():
    one = "推广测土配方施肥，减少主要农作物化肥使用量"
    two = "建立废旧农膜回收网点，提高当季农膜回收水平"
    apart = f"1.减少化肥使用。{one}。（市农委负责）\n2.回收废旧农膜。{two}。（市农委负责）\n"
    joined = f"1.减少化肥使用和回收废旧农膜。{one}；{two}。（市农委负责）\n"
    assert kinds(apart, joined) == ["task merged"]
    assert kinds(joined, apart) == ["task split"]
    new = "3.关闭自备水井。关闭公共供水管网内全部自备水井。（市水务局负责）\n"
    assert kinds(apart, apart + new) == ["body added", "task added"]
    assert kinds(apart + new, apart) == ["body dropped", "task dropped"]


def test_a_citation_is_updated_and_a_default_rule_is_given_up():
    rule = "1.控制用水。严格取水许可。（市水务局负责）\n以下均需各县(市)区政府落实,不再列出。\n"
    plain_words = "1.控制用水。严格取水许可。（市水务局负责）\n"
    assert "default rule changed" in kinds(rule, plain_words)
    cites = "1.控制用水。按照《临江省{}年水资源管理工作要点》（临政办发〔{}〕9号）严格取水许可。（市水务局负责）\n"
    assert kinds(cites.format(2018, 2018), cites.format(2019, 2019)) == ["citation updated"]


def test_succession_goes_over_several_reforms_and_never_back():
    steps = succession.path("370400:public_health", "370400:health")
    assert [one.successor for one in steps] == ["370400:health_family_planning", "370400:health"]
    assert succession.path("370400:health", "370400:public_health") == ()
    assert succession.path("安和市:environmental_protection", "安和市:ecology_environment")[0].grade == "probable"
    assert succession.path(None, "安和市:ecology_environment") == ()


def test_a_difference_is_told_in_words():
    assert wording.marked(wording.edits("加强水质监测", "加强水量监测")) == "加强[-水质-]{+水量+}监测"


def test_every_kind_has_its_mirror():
    assert set(MIRROR) == set(KINDS)
    assert all(MIRROR[MIRROR[kind]] == kind for kind in KINDS)
    assert target_changes(notice(""), notice("", 2019), {}, {}) == []


def test_the_record_follows_the_published_schema():
    found = contract.record(pg.compare(notice("1.治水。达到70%以上。（市水务局负责）\n"), notice("", 2019)))
    jsonschema.validate(found, contract.schema())
    assert set(found) == {"schema", "old", "new", "pairs", "changes"}
    assert json.loads(json.dumps(found)) == found


def test_tasks_left_over_go_on_where_they_share_words_and_nothing_else_comes_near():
    """A plan that was ordered anew and gave up its bodies: 密切关注…舆情…及时回应 of 2021 and 2022."""
    scores = {(0, 0): Score(0.26, ()), (0, 1): Score(0.25, ()), (1, 0): Score(0.2, ()), (1, 1): Score(0.28, ())}
    shared = {(0, 0): 0.25, (1, 1): 0.1}  # the second two are alike by their bodies and their place only
    assert list(align._mutual(scores, [], lambda i, j: shared.get((i, j), 0.0))) == [(0, 0)]
    assert align._mutual(scores, [(0, 1)], lambda *_: 1.0) == {}
    assert align._mutual({(0, 0): Score(0.2, ())}, [], lambda *_: 1.0) == {}


def test_the_head_of_a_table_that_lost_its_cells_is_no_task():
    body = "工作任务工作要求牵头单位配合/责任单位\n1.清淤。清理河道淤泥。市水务局\n2.节水。推广节水器具。市水务局\n"
    changes = pg.compare(notice("1.清淤。清理河道淤泥。（市水务局负责）\n"), notice(body, 2019)).changes
    assert not [one for one in changes if one.new and one.new.text.startswith("工作任务工作要求")]
