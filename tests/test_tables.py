"""Task tables: columns by their heads, merged cells, rows that lost their cells, bodies that run together."""

import pytest

from policygraph.data import table
from policygraph.extract import cells
from policygraph.models import Cell, Page, Table
from policygraph.pipeline import notice, parse
from policygraph.segment.rows import column


def page(*rows, before="一、任务\n", after="", merged=None):
    """Return a page that holds one table; ``merged`` maps (row, column) to the rows, or rows × columns, of its cell."""
    merged = {at: size if isinstance(size, tuple) else (size, 1) for at, size in (merged or {}).items()}
    covered = {
        (r + down, c + along)
        for (r, c), (high, wide) in merged.items()
        for down in range(high)
        for along in range(wide)
        if down or along
    }
    text, found = before, []
    start = len(text)
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            if (r, c) not in covered:
                found.append(Cell((len(text), len(text) + len(words)), r, c, *merged.get((r, c), (1, 1))))
                text += words
            text += "\t" if c + 1 < len(row) else ""
        text += "\n"
    return Page("t", "text/html", "0", text + after, tables=(Table((start, len(text) - 1), tuple(found)),))


def duties(one):
    text = one.page.text
    scopes = {s.id: text[slice(*s.scope)] for s in one.statements}
    return [(scopes[d.statement], d.name, d.role) for d in one.duties]


HEAD = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")


def test_a_row_is_a_task_with_the_roles_of_its_columns():
    found = notice(page(HEAD, ("1", "改造管网", "市水务局", "市财政局、城乡建设局", "6月底前"), after="2018年1月1日"))
    assert duties(found) == [
        ("1\t改造管网", "市水务局", "lead"),
        ("1\t改造管网", "市财政局", "support"),
        ("1\t改造管网", "市城乡建设局", "support"),
    ]


def test_the_deadline_of_a_row_holds_for_its_targets():
    rows = [
        HEAD,
        ("1", "改造管网5公里", "市水务局", "", "2018年6月底前"),
        ("2", "新建水厂2座", "市水务局", "", "长期坚持"),
    ]
    found = notice(page(*rows, after="2018年1月1日"))
    assert [(target.indicator, target.due) for target in found.targets] == [("管网", "2018-06-30"), ("水厂", None)]
    assert [time.kind for time in found.times] == ["by", "ongoing"]


def due(one):
    """Return the text of each task that is due with the ends of its times."""
    tasks = {task.id: one.page.text[slice(*task.span)] for task in one.tasks}
    return [
        (words, ends) for key, words in tasks.items() if (ends := [time.end for time in one.times if time.task == key])
    ]


SIGNED = {"before": "某市方案\n各县：\n一、任务\n", "after": "请遵照执行。\n某市人民政府\n2018年1月1日"}


def test_a_deadline_in_the_last_column_is_of_the_task_in_its_row():
    rows = (HEAD, ("1", "甲事", "市水务局", "", "2018年6月底前"), ("2", "乙事", "市水务局", "", "2018年9月底前"))
    assert due(notice(page(*rows, **SIGNED))) == [("1\t甲事", ["2018-06-30"]), ("2\t乙事", ["2018-09-30"])]


def test_a_merged_deadline_is_of_each_task_it_spans():
    rows = (HEAD, ("1", "甲事", "市水务局", "", "2018年6月底前"), ("2", "乙事", "市水务局", "", ""))
    found = notice(page(*rows, **SIGNED, merged={(1, 4): 2}))
    assert due(found) == [("1\t甲事", ["2018-06-30"]), ("2\t乙事", ["2018-06-30"])]


def test_a_heading_in_a_cell_parts_no_row():
    rows = (
        ("工作任务", "责任单位", "完成时限"),
        ("一、甲事", "市水务局", "2018年6月底前"),
        ("二、乙事", "市水务局", "2018年9月底前"),
    )
    found = notice(page(*rows, **SIGNED))
    assert due(found) == [("一、甲事", ["2018-06-30"]), ("二、乙事", ["2018-09-30"])]


def test_the_order_of_columns_is_never_assumed():
    head = ("责任单位", "完成时限", "主要内容")
    (one, *_) = duties(notice(page(head, ("市水务局", "长期坚持", "改造管网"))))
    assert one == ("市水务局\t长期坚持\t改造管网", "市水务局", "responsible")


def test_a_merged_cell_counts_for_each_row_it_spans():
    rows = [HEAD, ("1", "甲事", "市水务局", "", ""), ("2", "乙事", "市水务局", "", "")]
    found = duties(notice(page(*rows, merged={(1, 2): 2})))
    assert [(scope, name) for scope, name, _ in found] == [("1\t甲事", "市水务局"), ("2\t乙事", "市水务局")]


def test_a_cell_that_names_nobody_is_no_doubt():
    rows = [HEAD, ("1", "甲事", "市水务局", "—", ""), ("2", "乙事", "市水务局", "无", ""), ("3", "丙事", "/", "-", "")]
    found = notice(page(*rows, **SIGNED))
    assert duties(found) == [("1\t甲事", "市水务局", "lead"), ("2\t乙事", "市水务局", "lead")]
    assert [found.page.text[slice(*one.span)] for one in found.statements] == ["市水务局", "市水务局"]
    assert found.issues == ()


def test_a_merged_task_counts_for_each_row_it_spans():
    rows = [HEAD, ("1", "甲事", "市水务局", "", "2018年6月底前"), ("2", "", "市住建局", "", "2018年9月底前")]
    found = notice(page(*rows, **SIGNED, merged={(1, 1): 2}))
    assert duties(found) == [("1\t甲事", "市水务局", "lead"), ("甲事", "市住建局", "lead")]
    assert due(found) == [("1\t甲事", ["2018-06-30"]), ("甲事", ["2018-09-30"])]


def test_rows_that_share_all_but_their_task_are_tasks_each():
    rows = [("责任单位", "完成时限", "工作任务"), ("责任单位：市水务局", "2018年6月底前", "甲事"), ("", "", "乙事")]
    found = notice(page(*rows, **SIGNED, merged={(1, 0): 2, (1, 1): 2}))
    assert [(scope, name) for scope, name, _ in duties(found)] == [("甲事", "市水务局"), ("乙事", "市水务局")]
    assert due(found) == [("甲事", ["2018-06-30"]), ("乙事", ["2018-06-30"])]


def test_the_own_bodies_of_a_row_are_its_statement_beside_those_it_shares():
    rows = [HEAD, ("1", "甲事", "市水务局", "市财政局", ""), ("2", "乙事", "", "市住建局", "")]
    found = notice(page(*rows, **SIGNED, merged={(1, 2): 2}))
    assert [found.page.text[slice(*one.span)] for one in found.statements] == ["市水务局\t市财政局", "市住建局"]
    assert duties(found)[2:] == [("2\t乙事", "市水务局", "lead"), ("2\t乙事", "市住建局", "support")]


def test_what_follows_a_table_begins_behind_its_last_row():
    rows = [
        ("牵头单位", "任务", "配合单位"),
        ("市水务局", "甲事", "市财政局"),
        ("", "乙事", "市住建局"),
        ("", "丙事", ""),
    ]
    after = "做好丁事。(市水务局负责)\n" + SIGNED["after"]
    found = notice(page(*rows, before=SIGNED["before"], after=after, merged={(1, 0): 3}))
    assert duties(found)[-1] == ("做好丁事。", "市水务局", "responsible")


@pytest.mark.parametrize("head", ["类别", "板块", "重点任务"])
def test_a_cell_that_heads_several_rows_is_not_their_text(head):
    rows = [(head, "任务", "责任单位"), ("水环境", "甲事", "市水务局"), ("", "乙事", "市水务局")]
    found = duties(notice(page(*rows, **SIGNED, merged={(1, 0): 2})))
    assert [scope for scope, _, _ in found] == ["甲事", "乙事"]


def test_a_title_across_the_table_names_nobody():
    rows = [HEAD, ("水环境", "", "", "", ""), ("1", "甲事", "市水务局", "", "")]
    assert len(duties(notice(page(*rows, **SIGNED, merged={(1, 0): (1, 5)})))) == 1


def test_a_cell_may_say_its_own_roles():
    found = duties(notice(page(("任务", "责任单位"), ("改造管网", "市水务局牵头,市财政局配合"))))
    assert [role for _, _, role in found] == ["lead", "support"]


def test_a_table_without_bodies_is_no_task_table():
    rows = (("指标", "单位", "2025年"), ("覆盖率", "%", "90"))
    assert notice(page(*rows, before="一、目标\n二、任务\n")).statements == ()


@pytest.mark.parametrize("head", ["部门", "单位", "责任主体"])
def test_a_bare_head_is_of_bodies_beside_tasks(head):
    found = notice(page(("工作任务", head, "完成时限"), ("甲事", "市水务局", "2018年6月底前"), **SIGNED))
    assert duties(found) == [("甲事", "市水务局", "responsible")]


@pytest.mark.parametrize(
    "rows",
    [
        (("序号", "部门", "联系人"), ("1", "市水务局", "张三")),
        (("指标", "单位", "目标值"), ("甲", "公里", "3")),
        (("项目", "单位", "数量"), ("甲", "万元", "3"), ("乙", "市水务局", "3")),
    ],
    ids=lambda rows: "|".join(rows[0]),
)
def test_a_bare_head_beside_no_tasks_or_above_units_is_not_of_bodies(rows):
    assert duties(notice(page(*rows, **SIGNED))) == []


@pytest.mark.parametrize(
    "between", ["\u200b", "\ufeff", "\u2060", "\u00ad", "\u3000", "\xa0", " ", "\n", "\r\n", " \u200b\n"]
)
def test_nothing_that_stands_inside_a_head_hides_it(between):
    heads = tuple(f"{head[:1]}{between}{head[1:]}{between}" for head in ("任务", "责任单位", "完成时限"))
    found = notice(page(heads, ("甲事", "市水务局", "2018年6月底前"), **SIGNED))
    assert duties(found) == [("甲事", "市水务局", "responsible")]
    assert due(found) == [("甲事", ["2018-06-30"])]


@pytest.mark.parametrize("entry", table("columns")["column"], ids=lambda entry: entry.get("role", entry["holds"]))
def test_each_column_has_an_example_and_a_counter_example(entry):
    assert column(entry["example"]).holds == entry["holds"]
    known = column(entry["counter"])
    assert known is None or (known.holds, known.role) != (entry["holds"], entry.get("role"))


@pytest.mark.parametrize(
    ("head", "role"),
    [("牵头单位", "lead"), ("主办", "lead"), ("配合单位", "support"), ("协办", "support"), ("责任单位", "responsible")],
)
def test_roles_by_head(head, role):
    found = notice(page(("工作任务", head), ("改造管网", "市水务局")))
    assert [duty.role for duty in found.duties] == [role]


def test_no_head_means_two_columns():
    heads = [head for entry in table("columns")["column"] for head in entry["heads"]]
    assert len(heads) == len(set(heads))


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("区经发局、区环土局", ["区经发局", "区环土局"]),
        ("区经发局区环土局", ["区经发局", "区环土局"]),
        ("县委宣传部\n县教育局", ["县委宣传部", "县教育局"]),
        ("区环土局区经发局相关乡镇人民政府", ["区环土局", "区经发局", "相关乡镇人民政府"]),
        (
            "区直各有关单位,各片区管理局、各乡镇人民政府(街道办事处)",
            ["区直各有关单位", "各片区管理局", "各乡镇人民政府(街道办事处)"],
        ),
        ("区农发局水库管理处", ["区农发局水库管理处"]),
        ("省公安厅、省政府有关部门", ["省公安厅", "省政府有关部门"]),
        ("南宁、柳州市人民政府", ["南宁市人民政府", "柳州市人民政府"]),
        ("市财政局,南宁、\n柳州市人民政府", ["市财政局", "南宁市人民政府", "柳州市人民政府"]),
        ("各市、\n县人民政府;市财政局", ["各市、县人民政府", "市财政局"]),
        ("各市\n县财政局", ["各市", "县财政局"]),
        *((nobody, []) for nobody in ("—", "——", "-", "/", "\\", "*", "无", "暂无", "(无)", "无。")),
        ("无锡市人民政府", ["无锡市人民政府"]),
    ],
)
def test_bodies_of_a_cell(cell, names):
    assert [name.full for name in cells.bodies(cell, 0, len(cell))] == names


FLAT = (
    "某市2016年工作要点\n各有关单位:\n一、总则。\n"
    "序号主要任务具体措施完成时限主要责任单位任务来源1环保1、成立领导小组3月区经发局区环土局1、某区2016年工作要点(某综委〔2016〕5号)"
    "2、制订方案6月底前区环土局3、清理养殖户全年各乡镇人民政府 注:主要责任单位第一个为牵头单位,其余为主要配合单位。\n"
    "某区管委会\n2016年3月30日"
)


def test_rows_of_a_table_that_lost_its_cells():
    (found,) = parse(FLAT.encode())
    assert duties(found) == [
        ("1、成立领导小组3月", "区经发局", "lead"),
        ("1、成立领导小组3月", "区环土局", "support"),
        ("2、制订方案6月底前", "区环土局", "lead"),
        ("3、清理养殖户全年", "各乡镇人民政府", "responsible"),
    ]
    (citation,) = found.citations
    assert (citation.title, citation.document_number) == ("某区2016年工作要点", "某综委〔2016〕5号")


def test_two_columns_that_run_together_are_a_doubt():
    text = (
        "某区分解表\n各有关单位:\n一、总则\n工作任务工作要求牵头单位配合/责任单位一、公开1.建立机制,及时回应。"
        "区经济发展局区行政审批局区直各有关单位,各乡镇人民政府2.持续推进。 区直各有关单位,各片区管理局\n某区管委会\n2022年6月7日"
    )
    (found,) = parse(text.encode())
    assert [(d.name, d.role) for d in found.duties] == [
        ("区经济发展局", "lead"),
        ("区行政审批局", "responsible"),
        ("区直各有关单位", "responsible"),
        ("各乡镇人民政府", "responsible"),
        ("区直各有关单位", "responsible"),
        ("各片区管理局", "responsible"),
    ]
    assert any("run together" in issue.reason for issue in found.issues)


AMID = (
    "某区分解表\n各有关单位:\n一、总则\n工作任务牵头单位责任单位工 作 要 求一、公开(一)解读1.做到公开透明 区直有关单位,各乡镇人民政府坚持公开。"
    "2.做好清单调整工作区行政审批局区直有关单位,各乡镇人民政府全面完成清单。6月底前公布。(二)监管"
    "3.推动“双随机”监管区市场监管局、行政审批局区直有关单位,各乡镇人民政府,区经发局健全清单制度。6.编制目录区财金局编制。"
    "7.宣传条例区管委会办公室区直有关单位,各乡镇人民政府结合条例出台,开展宣传。\n某区管委会\n2018年6月7日"
)


def test_bodies_amid_a_row_are_told_by_the_collective_that_ends_them():
    (found,) = parse(AMID.encode())
    text = {s.id: found.page.text[slice(*s.scope)] for s in found.statements}
    assert [
        (text[d.statement][:2], d.name, d.role)
        for d in found.duties
        if d.name not in ("区直有关单位", "各乡镇人民政府")
    ] == [
        ("2.", "区行政审批局", "lead"),
        ("3.", "区市场监管局", "lead"),
        ("3.", "区行政审批局", "lead"),
        ("7.", "区管委会办公室", "lead"),
    ]
    assert sum(d.role == "responsible" for d in found.duties) == 8
    assert list(text.values())[1].endswith("6月底前公布。")
    doubts = [found.page.text[slice(*i.span)][:2] for i in found.issues if "where its bodies stand" in i.reason]
    assert doubts == ["区市", "6."]


def test_a_table_without_cells_and_without_rows_is_a_doubt():
    text = "某区分解表\n各有关单位:\n一、总则\n序号工作任务牵头单位配合单位节水治污绿化造林\n某区管委会\n2018年6月7日"
    (found,) = parse(text.encode())
    assert any("its rows cannot be told apart" in issue.reason for issue in found.issues)


def test_a_table_of_indicators_gives_targets():
    found = notice(
        page(
            ("指标", "单位", "2020年", "2025年"),
            ("数字经济增加值", "亿元", "1058", "2400"),
            ("千兆宽带覆盖率", "%", "—", "≥90"),
            before="某市数字经济规划\n各县：\n一、目标\n到2025年实现目标。\n",
            after="二、任务\n做好。(市工信局负责)\n某市人民政府\n2021年9月29日\n",
        )
    )
    assert [(t.indicator, t.comparator, t.value, t.unit, t.due) for t in found.targets] == [
        ("数字经济增加值", ">=", "2400", "亿元", "2025-12-31"),
        ("千兆宽带覆盖率", ">=", "90", "%", "2025-12-31"),
    ]


INDICATORS = {
    "before": "某市数字经济规划\n各县：\n一、目标\n到2025年实现目标。\n",
    "after": "某市人民政府\n2021年9月29日\n",
}


def test_a_title_above_the_heads_of_indicators_is_no_head():
    rows = (
        ("2025年主要指标", "", "", ""),
        ("指标", "", "单位", "2025年"),
        ("数字经济", "增加值", "亿元", "2400"),
        ("", "企业", "户", "30"),
    )
    found = notice(page(*rows, **INDICATORS, merged={(0, 0): (1, 4), (1, 0): (1, 2), (2, 0): 2}))
    assert [(t.indicator, t.value, t.unit) for t in found.targets] == [("增加值", "2400", "亿元"), ("企业", "30", "户")]


RUN = "某市规划\n各县：\n一、现状。网络零售总额达209.4亿元。二、指标类别指标单位2020年2025年规模1.网络零售总额亿元209.45002.示范县个053.带宽Tbps4.415三、任务（一）节水。做好节水。(市水务局负责)\n某市人民政府\n2021年9月29日\n"


def test_values_that_run_together_are_parted_or_a_doubt():
    (found,) = parse(RUN.encode())
    assert [(t.indicator, t.value, t.unit, t.baseline) for t in found.targets] == [
        ("网络零售总额", "500", "亿元", "2020年209.4亿元"),
        ("示范县", "5", "个", "2020年0个"),
    ]
    assert any("parted in several ways" in issue.reason for issue in found.issues)


def test_a_row_of_which_only_the_task_is_filled_goes_on_with_the_row_above():
    rows = (
        HEAD,
        ("1", "改造老旧管网，", "市水务局", "", "2018年6月底前"),
        ("", "新建水厂2座。", "", "", ""),
        ("", "一、保障", "", "", ""),
        ("2", "完善制度", "市农委", "", "2018年9月底前"),
        ("", "水环境", "", "", ""),
    )
    found = notice(page(*rows, **SIGNED))
    assert duties(found) == [
        ("1\t改造老旧管网，", "市水务局", "lead"),
        ("新建水厂2座。", "市水务局", "lead"),
        ("2\t完善制度", "市农委", "lead"),
    ]
    assert [target.due for target in found.targets] == ["2018-06-30"]
    doubts = [(issue.reason, found.page.text[slice(*issue.span)]) for issue in found.issues if issue.span]
    assert doubts == [
        ("a row without bodies, taken to go on with the row above it", "新建水厂2座。"),
        ("a row without bodies; whether it goes on with the row above is not certain", "水环境"),
    ]


def test_a_table_without_known_heads_that_holds_bodies_is_a_doubt():
    rows = (("1", "改造管网", "市水务局"), ("2", "新建水厂", "市水务局、市财政局"))
    found = notice(page(*rows, **SIGNED))
    assert found.statements == ()
    assert [issue.reason.partition(";")[0] for issue in found.issues] == [
        "a table without heads of columns that are known"
    ]
