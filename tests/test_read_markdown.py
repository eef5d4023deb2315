"""Markdown and plain text: marks are layout, front matter is metadata, pipes and tabs make tables."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph import parse
from policygraph.errors import PolicygraphError, SourceError
from policygraph.models import Page
from policygraph.read import Limits, read

NOTICE = """# 关于印发《节水方案》的通知

**发布日期**: 2025-01-10
**发布机构**: 市水务局
**原文链接**: [http://x.gov.cn/1.html](http://x.gov.cn/1.html)

---

## 政策全文
佳水发〔2025〕5号

各县(市)区人民政府：

　　**一、节水。**2025年底前，新建节水型单位17个。（**市水务局**牵头）
- （一）管网改造，见[任务表](./1.xlsx)

| 序号 | 任务 | 牵头单位 |
| --- | :-: | --- |
| 1 | 节水<br>管网 | **市水务局** |
| 2 | 治污 | |

**责任单位**：市农委

【原文下载】
- [节水方案.pdf](/cmsres/55/1.pdf)

---
**更新时间**: 2026-01-26 11:25:38
"""


def markdown(text: str) -> Page:
    return read(text.encode(), name="notice.md")


def test_a_notice_in_markdown():
    page = markdown(NOTICE)
    assert page.text == (
        "关于印发《节水方案》的通知\n佳水发〔2025〕5号\n各县(市)区人民政府：\n"
        "　　一、节水。2025年底前，新建节水型单位17个。（市水务局牵头）\n（一）管网改造，见任务表\n"
        "序号\t任务\t牵头单位\n1\t节水\n管网\t市水务局\n2\t治污\t\n责任单位：市农委"
    )
    assert page.metadata == {
        "发布日期": "2025-01-10",
        "发布机构": "市水务局",
        "原文链接": "http://x.gov.cn/1.html",
        "更新时间": "2026-01-26 11:25:38",
        "附件": "任务表 <./1.xlsx>\n节水方案.pdf </cmsres/55/1.pdf>",
    }
    assert [drop.reason for drop in page.dropped] == ["metadata line"] * 3 + [
        "site heading",
        "button",
        "link",
        "metadata line",
    ]
    (table,) = page.tables
    assert [(page.text[slice(*c.span)], c.row, c.column) for c in table.cells][4:6] == [
        ("节水\n管网", 1, 1),
        ("市水务局", 1, 2),
    ]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("### 一、总体要求 ###", "一、总体要求"),
        ("#一、总体要求", "一、总体要求"),
        ("1#机组改造", "1#机组改造"),
        ("> 特此通知。", "特此通知。"),
        (">=5万亩", ">=5万亩"),
        ("* 节水", "节水"),
        ("1. 节水", "1. 节水"),
        ("1\\. 节水 \\*", "1. 节水 *"),
        ("达到*55%*以上", "达到55%以上"),
        ("长3*5*2米", "长3*5*2米"),
        ("~~删~~`码`__粗__", "删码粗"),
        ("填写____年__月", "填写____年__月"),
        ('见[通知](http://x/a_(1).html "题")。', "见通知。"),
        ("见<http://x.gov.cn>", "见http://x.gov.cn"),
        ("![图](a.png)图后", "图后"),
        ("甲<br>乙&nbsp;丙", "甲\n乙\xa0丙"),
        ("A|B 两类", "A|B 两类"),
        ("<各县>", "<各县>"),
    ],
)
def test_marks_leave_the_text_and_words_stay(line, text):
    assert markdown(f"各县：\n{line}\n完").text == f"各县：\n{text}\n完"


def test_front_matter_and_html_tables():
    page = markdown(
        '---\ntitle: "节水方案"\n发布日期: 2025-01-10\n---\n正文如下。\n<table><tr><td rowspan=2>1</td><td>节水</td></tr>'
        "<tr><td>治污</td></tr></table>\n完"
    )
    assert page.metadata == {"title": "节水方案", "发布日期": "2025-01-10"}
    assert page.text == "正文如下。\n1\t节水\n治污\n完"
    assert [(c.row, c.column, c.rows) for c in page.tables[0].cells] == [(0, 0, 2), (0, 1, 1), (1, 1, 1)]


def test_tabs_make_a_table_of_a_text_and_move_nothing():
    text = "附件\n序号\t任务\t牵头单位\n1\t节水\t市水务局\n2\t 治污\t\n说明\t无\n"
    page = read(text.encode())
    assert page.text == text
    (table,) = page.tables
    assert text[slice(*table.span)] == "序号\t任务\t牵头单位\n1\t节水\t市水务局\n2\t 治污\t"
    assert [text[slice(*cell.span)] for cell in table.cells][-3:] == ["2", "治污", ""]
    assert (table.cells[-1].row, table.cells[-1].column) == (2, 2)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("一、改善水环境\t\t", ["一、改善水环境", "", ""]),
        ("一、改善水环境", ["一、改善水环境"]),
        ("（一）改善水环境", ["（一）改善水环境"]),
        ("3\t治污", ["3", "治污"]),
    ],
)
def test_sections_and_rows_without_their_last_tabs_stand_in_the_table(row, cells):
    text = f"序号\t任务\t牵头单位\n{row}\n1\t节水\t市水务局\n"
    (table,) = read(text.encode()).tables
    assert text[slice(*table.span)] == text.strip()
    assert [text[slice(*cell.span)] for cell in table.cells if cell.row == 1] == cells


@pytest.mark.parametrize(
    "between",
    ["附件2 考核表", "改善水环境。", "一、改善水环境\n（一）治污", "一、节水\n序号\t任务\t牵头单位"],
    ids=repr,
)
def test_what_stands_between_two_tables_parts_them(between):
    text = f"序号\t任务\t牵头单位\n1\t节水\t市水务局\n{between}\n1\t节水\t市水务局\n2\t治污\t市水务局\n"
    assert len(read(text.encode()).tables) == 2


def test_sections_of_a_table_of_tabs_are_clauses():
    rows = (
        "序号\t工作任务\t牵头单位",
        "一、改善水环境",
        "1\t改造管网\t市水务局",
        "二、改善空气\t\t",
        "2\t淘汰锅炉\t市生态环境局",
    )
    (notice,) = parse("\n".join(["某市2023年任务分解表", *rows]).encode(), name="t.txt")
    assert [(clause.path, clause.title) for clause in notice.clauses][1:] == [("一", "改善水环境"), ("二", "改善空气")]
    tasks = {task.id: task.clause for task in notice.tasks}
    assert [(duty.name, tasks[duty.task][-1]) for duty in notice.duties] == [("市水务局", "一"), ("市生态环境局", "二")]


def test_the_labels_of_a_page_dump_are_metadata_and_text():
    text = "标题: 关于节水的通知\n发布时间: 2022-06-09 09:55\n文号: \n========== 正文 ==========\n各县区：一、节水。\n牵头单位: 水务局"
    page = read(text.encode())
    assert page.text == text
    assert page.metadata == {"标题": "关于节水的通知", "发布时间": "2022-06-09 09:55"}
    assert read(text.replace("正文", "附录").encode()).metadata == {}


def test_tables_are_bounded():
    with pytest.raises(SourceError, match="more than 100 table cells"):
        read(("甲\t乙\n" * 60).encode(), limits=Limits(cells=100))
    with pytest.raises(SourceError, match="more than 100 table cells"):
        read(("|甲|乙|\n" * 60).encode(), name="a.md", limits=Limits(cells=100))


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="#*_|>-[]()!<>`~\\\n\t：: 一二、节水tablerd/&;=", max_size=300))
def test_any_markdown_is_read(text):
    try:
        page = markdown("各县" + text)
    except PolicygraphError:
        return
    for table in page.tables:
        assert all(table.span[0] <= cell.span[0] <= cell.span[1] <= table.span[1] for cell in table.cells)


def test_long_lines_of_marks_are_read_in_time():
    for piece in ("_a", "*a", "[a](", "<br", "`a", "|a", "![", "**"):
        assert markdown("各县\n" + piece * 200_000).text


def test_markdown_of_shared_has_its_labels_as_metadata(shared):
    for name in ("SH04", "SH09", "GX01", "ZY2021", "ZY2023", "ZY2024x"):
        page = read(shared / "notices" / f"{name}.md")
        assert {"发布日期", "发布机构"} <= page.metadata.keys()
        assert "**" not in page.text
        assert not page.text.startswith("#")
    page = read(next((shared / "notices").glob("PT03*")))
    assert page.metadata["文号"] == "岚综管综〔2016〕62号"


def test_lines_broken_inside_a_cell_go_on():
    table = "| 任务 | 单位 |\n|---|---|\n| 改造老旧<br>管网50公里 | 市财政局<br>市审计局 |\n"
    assert read(table.encode(), name="a.md").text == "任务\t单位\n改造老旧管网50公里\t市财政局\n市审计局"
