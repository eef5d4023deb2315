"""Lines broken at the margin: which go on and which end their paragraph."""

import pytest

from policygraph.text.normalise import normalise
from policygraph.text.view import compact

# Every full line has 32 characters, so that only what stands around a break can tell.
_BODY = (
    "认真落实各项工作任务，加强重点区域巡查，完善日常管理制度，推动责\n"
    "任落实到位，确保取得实效，持续提升治理能力，不断巩固已有成果，切\n"
    "实解决突出问题，健全长效机制，建立工作台账，及时报送进展情况，加\n"
    "强宣传引导，动员社会力量参与，形成齐抓共管的工作格局，营造良好氛\n"
    "围。\n"
)
_FULL = 32


def _page(before: str, after: str, *, indent: str = "") -> str:
    """Return a wrapped text in which ``before`` fills its line to the margin and ``after`` is the next."""
    paragraphs = "".join(indent + _BODY for _ in range(4))
    filler = "强化工作保障持续抓好落实统筹推进各项任务切实加强组织领导完善措施"
    line = filler[: _FULL - len(before)] + before
    assert len(line) == _FULL
    return f"{paragraphs}{line}\n{after}\n{paragraphs}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("。落实各县（市、区）", "人民政府的责任。"),
        ("。落实《“健康中国2030”", "规划纲要》。"),
        ("。实行水质监测；", "实行清单管理。"),
        ("。根据规划（2015—2020年）", "》完成验收。"),
        ("。（牵头单位：", "市医保局；落实单位：各区县（自治县）政府）"),
        ("。[责任单位：水利厅（牵头），时限：", "尽快)"),
        ("。牵头单位：市水务局，配合单位：", "市大数据局等部门。"),
        ("。粮食产量达到", "0.658以上。"),
        ("。完成全部工作任务。", "（市水务局、市农委）2020年底前完成。"),
    ],
)
def test_a_full_line_goes_on(before, after):
    assert normalise(before[-1] + after[0]) in compact(_page(before, after)).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("。（市水务局牵头）", "加强日常管护。"),
        ("。完成全部工作任务。", "加强日常管护。"),
        ("。抓好各项工作", "二、重点任务"),
        ("关于加强管理的意见（2020—2025年）", "为深入贯彻上级精神，现提出意见。"),
        ("发布时间：2020-06-21", "市人民政府办公室关于印发方案的通知"),
    ],
)
def test_a_full_line_ends_its_paragraph(before, after):
    assert "\n" + after[:4] in compact(_page(before, after)).text


def test_indents_tell_where_paragraphs_begin():
    page = _page("。（市水务局牵头）", "加强日常管护。", indent="　　")
    assert ")加强日常管护" in compact(page).text
    page = _page("。落实各县（市、区）", "　　加强日常管护。", indent="　　")
    assert "\n加强日常管护" in compact(page).text


def test_a_bracket_behind_a_full_line_is_its_own_paragraph_where_others_are():
    page = _page("。完成全部工作任务。", "（市水务局、市农委）") + "抓好落实。\n（市财政局负责）\n"
    assert "\n(市水务局、市农委)" in compact(page).text


def test_rows_of_a_table_are_never_joined():
    row = "1\t市水务局、财政局、市农业农村局\t2020年底完成全部建设任务"
    assert len(row) == _FULL
    text = _BODY * 4 + row + "\n" + row.replace("1", "2", 1) + "\n" + _BODY
    assert "任务\n2" in compact(text).text


def test_a_year_may_be_broken_by_the_margin():
    assert "2021年底" in compact(_page("。到2", "0 21年底，全部完成。")).text
