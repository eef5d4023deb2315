"""Cells whose lines were broken by hand where the column was full: words go on, paragraphs and names stay apart."""

import io
import time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph import parse
from policygraph.read import wrapped


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("改造老旧\n管网50公里", "改造老旧管网50公里"),
        ("市发展\n改革委", "市发展改革委"),
        ("市生态环境\n局", "市生态环境局"),
        ("县教育\n局、县财政局", "县教育局、县财政局"),
        ("市水务\n局\n市财政\n局", "市水务局\n市财政局"),
        ("2023年\n6月底前", "2023年6月底前"),
        ("各县（市、\n区）人民政府", "各县（市、区）人民政府"),
        (
            "对造纸、制革、印染等行业制定\n专项治理方案，实施清洁化\n改造。\n新建水厂2座。",
            "对造纸、制革、印染等行业制定专项治理方案，实施清洁化改造。\n新建水厂2座。",
        ),
        ("市财政局\n市审计局", "市财政局\n市审计局"),
        ("市委组织部\n宣传部", "市委组织部\n宣传部"),
        ("1.完成立项\n2.开工", "1.完成立项\n2.开工"),
        ("张三\n李四", "张三\n李四"),
        ("2023年6月完成立项\n2023年底开工", "2023年6月完成立项\n2023年底开工"),
    ],
)
def test_lines_of_a_cell(cell, words):
    assert wrapped.joined(cell) == words


@given(st.text(alphabet="市水务局改造、。1\n （）年", max_size=40))
def test_only_spaces_at_line_breaks_are_lost(cell):
    assert "".join(wrapped.joined(cell).split()) == "".join(cell.split())


def test_a_cell_of_very_many_lines_is_read_in_time():
    start = time.monotonic()
    assert wrapped.joined("改造老旧管\n" * 300_000) == "改造老旧管" * 300_000
    assert time.monotonic() - start < 20


def test_a_ledger_of_wrapped_cells_and_columns_in_any_order():
    book = openpyxl.Workbook()
    for row in (
        ["某市2023年重点任务分解表"],
        ["完成时限", "牵头\n单位", "序号", "重点任务", "责任单位"],
        ["2023年\n6月底前", "市水务局", 1, "改造老旧\n管网50公里", "市财政局、\n市城乡建设局"],
        ["2023年10月底前", None, 2, "新增污水处理能力3万吨", "市发展\n改革委"],
    ):
        book.active.append(row)
    book.active.merge_cells("B3:B4")
    out = io.BytesIO()
    book.save(out)
    (notice,) = parse(out.getvalue(), name="任务.xlsx")
    assert [(duty.name, duty.role) for duty in notice.duties] == [
        ("市水务局", "lead"),
        ("市财政局", "responsible"),
        ("市城乡建设局", "responsible"),
        ("市水务局", "lead"),
        ("市发展改革委", "responsible"),
    ]
    assert [(one.indicator, one.value, one.unit, one.due) for one in notice.targets] == [
        ("老旧管网", "50", "公里", "2023-06-30"),
        ("污水处理能力", "3", "万吨", "2023-10-31"),
    ]
