"""What becomes a task, what binds nobody, and whose place a notice is."""

import pytest

from policygraph.extract import citations, statements, strength
from policygraph.pipeline import parse
from policygraph.segment import elements
from policygraph.text.view import compact


def notice(published):
    (only,) = parse(published.encode())
    return only


def test_an_item_that_is_one_short_sentence_is_a_task():
    plan = notice(
        "关于节水的通知\n各县:\n一、任务\n(一)工程\n1.新建污水管网20公里。\n2.失业率控制在5%以内。\n"
        "(二)要求\n1.市水务局负责编制规划。\n二、其他\n落实。(市财政局负责)\n"
    )
    words = {task.id: plan.page.text[slice(*task.span)] for task in plan.tasks}
    assert [(target.indicator, words[target.task]) for target in plan.targets] == [
        ("污水管网", "1.新建污水管网20公里。"),
        ("失业率", "2.失业率控制在5%以内。"),
    ]
    assert [(duty.name, words[duty.task]) for duty in plan.duties if duty.basis == "prose"] == [
        ("市水务局", "1.市水务局负责编制规划。")
    ]


def test_a_title_without_a_commitment_is_no_task():
    plan = notice("关于节水的通知\n各县:\n一、任务\n(一)工程建设\n1.节水设施\n做好节水。(市水务局负责)\n")
    assert [plan.page.text[slice(*task.span)] for task in plan.tasks] == ["1.节水设施\n做好节水。"]


@pytest.mark.parametrize(
    ("title", "bound"),
    [
        ("提升治理成效", 1),
        ("应对风险挑战", 1),
        ("现状调查与监测", 1),
        ("工作成效", 0),
        ("发展现状与形势", 0),
        ("存在的问题", 0),
    ],
)
def test_titles_that_look_back_and_titles_that_do_something(title, bound):
    plan = notice(f"关于节水的通知\n各县:\n一、{title}\n新建污水管网20公里。\n二、其他\n落实。(市财政局负责)\n")
    assert len(plan.targets) == bound


def test_a_responsibility_behind_a_title_is_not_its_words():
    plan = notice(
        "关于节水的通知\n各县:\n一、加强督导(责任单位:市财政局)\n加强检查。\n二、其他\n落实。(市水务局负责)\n"
    )
    assert [clause.title for clause in plan.clauses] == ["加强督导", "其他"]


def test_a_body_that_does_not_take_part_has_no_role():
    (found,) = statements.find("推广节水。(市水务局不参与,市环保局牵头)")
    assert [(one.name.surface, one.role) for one in found.assigned] == [("市环保局", "lead")]


@pytest.mark.parametrize("text", ["无须提交材料。", "申请须知如下。", "不需提交"])
def test_words_that_only_look_like_an_obligation(text):
    assert strength.find(text, 0, len(text)) is None


def test_a_cited_title_stays_in_its_line():
    text = "严格执行有关规定\n市水务局关于防汛工作方案(佳政办发〔2018〕17号)。"
    (found,) = citations.find(text)
    assert text[slice(*found.title)] == "市水务局关于防汛工作方案"


@pytest.mark.parametrize(
    ("issuer", "place"),
    [
        ("杭州市人民政府办公室", "杭州市"),
        ("沙市区人民政府", "沙市区"),
        ("中共安和市委办公室", "安和市"),
        ("恩施州人民政府", "恩施州"),
    ],
)
def test_the_place_of_a_notice(issuer, place):
    published = f"{issuer}关于节水的通知\n各有关单位:\n现印发给你们。\n{issuer}\n2018年7月19日\n"
    assert elements.find(compact(published)).elements.jurisdiction == place


def test_a_department_of_a_province_is_addressed():
    plan = notice("关于印发防汛方案的通知\n福建省农业农村厅,各市、县人民政府:\n一、任务\n落实。(市财政局负责)\n")
    assert plan.elements.recipients == ("福建省农业农村厅", "各市、县人民政府")
