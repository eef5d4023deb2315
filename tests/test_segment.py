"""Elements, outline, repeats and tasks of notices as officials write them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.data import table
from policygraph.pipeline import parse
from policygraph.segment import elements, outline, repeats, signature, tasks
from policygraph.text.view import compact

LETTER = """来源 :信用某市 浏览 : 发布 :2018-08-03

某政办发〔2018〕9号

某市人民政府办公室
关于印发 某市2018年度节水
重点工作 实施方案 的通知

各县(市)区人民政府,市政府各直属单位:
    经市政府同意,现将《某市2018年度节水重点工作实施方案》印发给你们。

附件:1.任务表
2.名单

   某市人民政府办公室
   2018年7月19日

某市2018年度节水重点工作实施方案
一、工作目标
"""


def test_elements_of_a_letter():
    view = compact(LETTER)
    found = elements.find(view)
    own = found.elements
    assert own.title == "某市人民政府办公室关于印发某市2018年度节水重点工作实施方案的通知"
    assert own.document_number == "某政办发〔2018〕9号"
    assert own.issuers == ("某市人民政府办公室",)
    assert own.recipients == ("各县(市)区人民政府", "市政府各直属单位")
    assert (own.issued_on, own.published_on, own.origin) == ("2018-07-19", "2018-08-03", "信用某市")
    assert (own.plan_year, own.jurisdiction) == (2018, "某市")
    assert own.attachments == ("任务表", "名单")
    assert view.text[slice(*found.apart[0])] == "某市人民政府办公室\n2018年7月19日"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("某市人民政府文件\n某政发﹝2020﹞3号\n关于做好节水工作的通知\n各县人民政府:\n", "某政发〔2020〕3号"),
        ("某厅关于做好节水工作的意见某政发〔2020〕3号各市人民政府：近年来，", "某政发〔2020〕3号"),
        ("关于做好节水工作的通知\n各县人民政府:\n按照《节水办法》(国发〔2015〕17号)要求。\n", None),
        ("发文字号： 国办发〔2018〕128号\n国务院办公厅关于节水的通知\n各省人民政府：\n", "国办发〔2018〕128号"),
    ],
)
def test_document_number_is_the_notices_own(text, number):
    assert elements.find(compact(text)).elements.document_number == number


@pytest.mark.parametrize(
    ("signature", "issuers", "date"),
    [
        ("湖北省农业农村厅\n2021年11月15日\n", ("湖北省农业农村厅",), "2021-11-15"),
        ("工业和信息化部\n教育部\n2024年1月18日\n", ("工业和信息化部", "教育部"), "2024-01-18"),
        ("某市人民政府\n二○二一年八月二十四日\n", ("某市人民政府",), "2021-08-24"),
        ("某市人民政府2021年8月24日(此件公开发布)\n", ("某市人民政府",), "2021-08-24"),
        ("到2021年8月24日完成。\n", ("某部门",), None),  # named by the title only
    ],
)
def test_signature(signature, issuers, date):
    text = f"某部门关于节水的通知\n各市人民政府：\n请认真贯彻执行。\n{signature}一、目标\n"
    own = elements.find(compact(text)).elements
    assert (own.issuers, own.issued_on) == (issuers, date)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("佳木斯市2018年度水污染防治重点工作实施方案", 2018),
        ("2016年生态环境保护工作要点", 2016),
        ("创新发展行动计划(2021-2023年)", None),
        ("融通创新(2022—2025年)的通知", None),
        ("数字经济发展“十四五”规划", None),
    ],
)
def test_plan_year(title, year):
    assert elements.plan_year(title) == year


def headings(published):
    view = compact(published)
    return [(h.path, view.text[slice(*h.title)] if h.title else None) for h in outline.find(view, view.text)]


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (
            "一、目标\n完成。\n二、任务\n(一)水资源。\n1.控制总量。强化管理。\n2. 提高效率。 各级政府要落实。\n(二)排放。\n1.工业。防治。",
            [
                ("一", "目标"),
                ("二", "任务"),
                ("二/一", "水资源"),
                ("二/一/1", "控制总量"),
                ("二/一/2", "提高效率"),
                ("二/二", "排放"),
                ("二/二/1", "工业"),
            ],
        ),
        (
            "一、总体要求（一）指导思想。以创新为引领。（二）目标。到2023年建成。二、任务（一）强化引领。完成。",
            [("一", "总体要求"), ("一/一", "指导思想"), ("一/二", "目标"), ("二", "任务"), ("二/一", "强化引领")],
        ),
        (
            "一、任务\n1.加快一、二、三产业融通发展。鼓励整合。",
            [("一", "任务"), ("一/1", "加快一、二、三产业融通发展")],
        ),
        ("一、任务\n1.5万亩灌区改造。\n2018年完成。", [("一", "任务")]),
        (
            "一、任务\n专栏1  联通工程\n建设。\n附件1\n任务分工表\n",
            [("一", "任务"), ("一/专栏1", "联通工程"), ("附件1", "任务分工表")],
        ),
        (
            "一、任务\n1.各单位要结合本地实际，认真组织推荐，于十二月底之前把材料报送至我部，逾期不再受理。\n2.其他。请落实。",
            [("一", "任务"), ("一/1", None), ("一/2", "其他")],
        ),
        (
            "第一章 总则\n第一条 为了节水，制定本办法，适用于本市。\n第二章 管理\n",
            [("一", "总则"), ("一/一", None), ("二", "管理")],
        ),
    ],
    ids=["levels", "one line", "list in a title", "decimals", "box and annex", "whole sentence", "chapters"],
)
def test_outline(published, expected):
    assert headings(published) == expected


@pytest.mark.parametrize("style", table("outline")["style"], ids=lambda style: style["name"])
def test_each_outline_style_has_an_example_and_a_counter_example(style):
    assert len(headings(style["example"] + "\n")) == 1
    assert headings(style["counter"] + "\n") == []


@given(st.text(st.sampled_from("一二三、（）()12.①第条章附件专栏。，节水\n "), max_size=120))
def test_clauses_follow_each_other(text):
    view = compact(text)
    found = outline.find(view, view.text)
    for one, other in pairwise(found):
        assert one.end == other.start
    for heading in found:
        assert heading.level == heading.path.count("/") + 1
        if heading.title:
            assert heading.start < heading.title[0] < heading.title[1] <= heading.end


BODY = "".join(f"第{n}项工作要抓紧推进,确保按期完成各项节水任务。" for n in range(12))


def test_a_second_copy_is_a_repeat():
    text = f"标题\n{BODY}\n{BODY}"
    (found,) = repeats.find(text)
    assert text[found.start : found.end] == BODY
    assert text[found.first : found.first_end].strip() == BODY


@pytest.mark.parametrize(
    "text",
    [BODY, "推进落实整改。" * 3 + BODY + "推进落实整改。" * 3, BODY[:60] + "。" + BODY[:60]],
    ids=["once", "boilerplate", "short"],
)
def test_boilerplate_is_no_repeat(text):
    assert repeats.find(text) == []


def scopes(published, statements):
    view = compact(published)
    text = view.text
    spans = [(text.index(words), text.index(words) + len(words)) for words in statements]
    return [text[a:b] for a, b in tasks.scopes(text, outline.find(view, text), spans)]


@pytest.mark.parametrize(
    ("published", "statements", "expected"),
    [
        ("一、任务\n1.甲。做甲。(市甲局负责)", ["(市甲局负责)"], ["1.甲。做甲。"]),
        (
            "1.甲。做甲1公里(市甲局负责)。做乙。(市乙局负责)",
            ["(市甲局负责)", "(市乙局负责)"],
            ["1.甲。做甲1公里", "做乙。"],
        ),
        ("1.甲。做甲。(市甲局负责)\n做乙。(市乙局负责)", ["(市甲局负责)", "(市乙局负责)"], ["1.甲。做甲。", "做乙。"]),
        ("1.甲。做甲。\n2.乙。做乙。(市乙局负责)", ["(市乙局负责)"], ["2.乙。做乙。"]),
        (
            "(一)节\n1.甲。做甲。\n2.乙。做乙。\n责任单位:市乙局",
            ["责任单位:市乙局"],
            ["(一)节\n1.甲。做甲。\n2.乙。做乙。"],
        ),
    ],
    ids=["item", "two in a paragraph", "paragraphs", "nearest item", "whole section"],
)
def test_scopes(published, statements, expected):
    assert scopes(published, statements) == expected


@pytest.mark.parametrize(
    ("line", "recipients"),
    [
        ("各区教育局，局属各学校：", ("各区教育局", "局属各学校")),
        (
            "各省、自治区、直辖市工商联；中国人民银行上海总部，各银保监局：",
            ("各省、自治区、直辖市工商联", "中国人民银行上海总部", "各银保监局"),
        ),
        ("现将有关事项通知如下：", ()),
        ("市水务局、市财政局：", ("市水务局", "市财政局")),
        ("各县（区）人民政府、市水务局、市住房和城乡建设局：", ("各县(区)人民政府", "市水务局", "市住房和城乡建设局")),
        ("各市、县人民政府，市政府各组成部门、各直属机构：", ("各市、县人民政府", "市政府各组成部门、各直属机构")),
        ("各市水务局、县水利局：", ("各市水务局、县水利局",)),
        ("各乡镇人民政府、街道办事处：", ("各乡镇人民政府、街道办事处",)),
    ],
)
def test_recipients(line, recipients):
    text = f"某部门关于节水的通知\n某发〔2020〕1号\n{line}\n请认真贯彻执行。\n一、目标\n"
    assert elements.find(compact(text)).elements.recipients == recipients


def test_a_labelled_title_wins_over_a_line_that_happens_to_end_like_one():
    text = "标题: 某市关于印发节水方案的通知\n页面链接见文件目录\n各有关单位：\n请执行。\n某市\n"
    assert elements.find(compact(text)).elements.title == "某市关于印发节水方案的通知"


def test_the_title_of_what_is_put_in_force_is_no_text():
    view = compact(
        "某局关于印发2022年节水工作要点的通知\n各有关单位：\n请执行。\n\n某局\n2022年2月10日\n\n2022年节水\n工作要点\n一、目标\n"
    )
    apart = [view.text[slice(*span)] for span in elements.find(view).apart]
    assert apart == ["某局\n2022年2月10日", "2022年节水\n工作要点"]


def test_numbers_that_run_on_across_sections_without_line_breaks():
    published = "二、任务 （一）源头。1.甲。做甲。2.乙。做乙。（二）过程管控3.丙。做丙。（三）末端4.丁。做丁。"
    assert headings(published) == [
        ("二", "任务"),
        ("二/一", "源头"),
        ("二/一/1", "甲"),
        ("二/一/2", "乙"),
        ("二/二", "过程管控"),
        ("二/二/3", "丙"),
        ("二/三", "末端"),
        ("二/三/4", "丁"),
    ]


def test_a_heading_alone_belongs_to_the_paragraphs_below_only_if_one_statement_closes_them():
    each = "(一)节\n做甲。(市甲局负责)\n做乙。(市乙局负责)"
    assert scopes(each, ["(市甲局负责)", "(市乙局负责)"]) == ["做甲。", "做乙。"]
    assert scopes("(一)节\n做甲。\n做乙。(市乙局负责)", ["(市乙局负责)"]) == ["(一)节\n做甲。\n做乙。"]


RUN = "为此制定本方案。一、指导思想以习近平新时代中国特色社会主义思想为指导，全面推进。二、主要任务（一）加强防治体系建设认真按照要求推进，确保落实。{}（二）严格汛期防范。各部门要值守。三、保障措施（一）压实责任。各地要重视。"


def test_headings_of_a_copy_without_line_breaks():
    published = RUN.format("持续抓好各项工作，切实保障安全。" * 60)
    assert headings(published) == [
        ("一", "指导思想"),
        ("二", "主要任务"),
        ("二/一", "加强防治体系建设"),
        ("二/二", "严格汛期防范"),
        ("三", "保障措施"),
        ("三/一", "压实责任"),
    ]


def test_items_of_a_box_are_its_own_and_the_items_around_it_go_on():
    published = (
        "五、专项行动（一）节点建设。1.数据中心。推进建设。（牵头单位：市发展改革委）专栏1数据中心工程1.基础工程。做甲。"
        "2.示范工程。做乙。2.网络通道。推进建设。（牵头单位：市通信管理局）专栏2网络工程1.直连工程。做丙。（二）服务。"
    )
    assert [path for path, _ in headings(published)] == [
        "五", "五/一", "五/一/1", "五/一/专栏1", "五/一/专栏1/1", "五/一/专栏1/2", "五/一/2", "五/一/专栏2", "五/一/专栏2/1", "五/二",
    ]  # fmt: skip


def test_a_heading_behind_a_table_that_lost_its_cells():
    published = "一、目标。做甲。二、指标公共数据归集率%—90三、发展布局（一）示范带。做乙。"
    assert [path for path, _ in headings(published)] == ["一", "二", "三", "三/一"]


@pytest.mark.parametrize(
    "words",
    ["由体育部门会同财政部门另行制定,报市政府批准后执行。", "赛事主办单位要严格执行规定,禁止摊派。"],
)
def test_a_numbered_sentence_has_no_heading_words(words):
    assert headings(f"一、任务\n1.{words}并及时公开。\n2.甲。做甲。")[1] == ("一/1", None)


def test_most_items_being_paragraphs_a_short_sentence_is_no_heading():
    items = [
        f"（{n}）在有效防控风险的前提下合理赋予大型银行县支行信贷业务权限并支持地方性法人银行在基层区域增设小微支行。做甲。"
        for n in "一二三四五六"
    ]
    published = "\n".join(
        ["一、任务", *items, "（七）推进跨省经营企业部分涉税事项全国通办。做乙。", "（八）实施协同行动。做丙。"]
    )
    assert headings(published)[-2:] == [("一/七", None), ("一/八", "实施协同行动")]


@pytest.mark.parametrize(
    ("line", "bodies"),
    [
        ("中国人民银行国务院国有资产监督管理委员会", ["中国人民银行", "国务院国有资产监督管理委员会"]),
        ("科学技术部财政部", ["科学技术部", "财政部"]),
        ("国家发展和改革委员会办公厅", ["国家发展和改革委员会办公厅"]),
        ("佳木斯市人民政府办公室", ["佳木斯市人民政府办公室"]),
    ],
)
def test_bodies_that_sign_without_a_space_between(line, bodies):
    assert signature.bodies(line) == bodies


def test_a_notice_of_the_party_carries_its_date_and_issuers_at_the_title():
    found = elements.find(
        compact(
            "# 关于做好2023年重点工作的意见\n\n新华社北京电\n\n中共中央 国务院\n关于做好2023年重点工作的意见\n（2023年1月2日）\n\n一、目标\n"
        )
    ).elements
    assert (found.title, found.issuers, found.issued_on) == (
        "中共中央国务院关于做好2023年重点工作的意见", ("中共中央", "国务院"), "2023-01-02",
    )  # fmt: skip


def test_the_head_of_an_attachment_is_no_list_of_attachments():
    text = (
        "某市人民政府办公室关于印发2023年节水方案的通知\n各县区：\n现印发给你们。\n某市人民政府办公室\n2023年3月1日\n"
        "一、目标\n1.改造管网。（市水务局牵头）\n附件1\n2023年任务分解表\n序号\t任务\t牵头单位\n1\t建设水厂\t市水务局\n"
        "附件2\n考核办法\n一、对象\n各县。\n"
    )
    (found,) = parse(text.encode())
    assert found.elements.attachments == ()
    outline = [(clause.path, clause.title) for clause in found.clauses if clause.path.startswith("附件")]
    assert outline == [("附件1", "2023年任务分解表"), ("附件2", "考核办法"), ("附件2/一", "对象")]
    tasks = {task.id: task.clause.rpartition(":")[2] for task in found.tasks}
    assert [tasks[duty.task] for duty in found.duties] == ["一/1", "附件1"]


def test_a_list_of_attachments_holds_no_headings():
    published = "某市关于节水的通知\n各有关单位：\n请执行。\n附件：1.名词解释\n2.任务表\n\n某市人民政府\n2018年3月5日\n一、目标\n"
    (notice,) = parse(published.encode())
    assert [clause.path for clause in notice.clauses if clause.label] == ["一"]
    assert notice.elements.attachments == ("名词解释", "任务表")


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("来源：中国政府网  浏览：1024\n关于节水的通知\n各市人民政府：\n请执行。", ("各市人民政府",)),
        ("关于节水的通知\n一、任务\n治理。（县水务局负责；协办单位：县财政局）\n各镇人民政府：\n", ()),
        ("关于节水的通知\n节约用水。（县水务局负责；协办单位：县财政局）\n", ()),
        ("关于节水的通知\n各镇人民政府，县政 府各部门：\n请执行。", ("各镇人民政府", "县政府各部门")),
        ("关于节水的通知\n各县人民政府，自治区政府 各直属机构：\n", ("各县人民政府", "自治区政府各直属机构")),
        ("某市人民政府办公室 关于节水的通知 各县人民政府：请执行。", ("各县人民政府",)),
    ],
)
def test_who_is_addressed(published, expected):
    assert elements.find(compact(published)).elements.recipients == expected


def letter(head="某市人民政府办公室关于节水的通知", signed="某市人民政府办公室\n2018年7月19日"):
    return elements.find(compact(f"{head}\n各县人民政府：\n请认真执行。\n{signed}\n")).elements


@pytest.mark.parametrize(
    ("signed", "issuers"),
    [
        ("某市人民政府办 公室\n2018年7月19日", ("某市人民政府办公室",)),
        ("某 市人民政府办公室\n2018年7月19日", ("某市人民政府办公室",)),
        ("某市工信委\n某市大数据局\n2018年7月19日", ("某市工信委", "某市大数据局")),
        ("某市水务局、某市财政局\n2018年7月19日", ("某市水务局", "某市财政局")),
        ("某市大气、水、土壤污染防治办公室\n2018年7月19日", ("某市大气、水、土壤污染防治办公室",)),
        ("1\t治理河道\t市财政局\n某市水务局\n2018年7月19日", ("某市水务局",)),
    ],
)
def test_who_signs(signed, issuers):
    assert letter("某市工信委 某市大数据局关于节水的通知", signed).issuers == issuers


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "某市人民政府办公厅\n关于做好\n2018年水源地保护\n工作的通知",
            "某市人民政府办公厅关于做好2018年水源地保护工作的通知",
        ),
        (
            "来源：某市  发布时间：2018-08-03 某政办发〔2018〕9号 某市人民政府办公室关于节水的通知",
            "某市人民政府办公室关于节水的通知",
        ),
        ("标题：某市关于加强用水 管理的意见\n某政办发〔2018〕9号", "某市关于加强用水管理的意见"),
        ("浏览：1 某市政府 关于印发 节水若干措施 的通知", "某市政府关于印发节水若干措施的通知"),
    ],
)
def test_title_in_pieces(head, title):
    assert letter(head).title == title


@pytest.mark.parametrize("number", ["黑政办 发〔2021〕67号", "岚 综管办〔2021〕67号"])
def test_number_with_a_stray_space(number):
    assert letter(f"某省人民政府办公厅关于节水的通知\n{number}").document_number == number.replace(" ", "")


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("一、任务\n1.甲。做甲。【市水务局负责】2.乙。做乙。", [("一", "任务"), ("一/1", "甲"), ("一/2", "乙")]),
        (
            "一、目标\n二、任务（一）推动转型1、培育新业态。支持发展。2、实施行动。鼓励创新。",
            [("一", "目标"), ("二", "任务"), ("二/一", "推动转型"), ("二/一/1", "培育新业态"), ("二/一/2", "实施行动")],
        ),
        (
            "一、任务\n1.发展智慧农业（1）实施上云行动。鼓励创新。（2）推广应用。支持企业。",
            [("一", "任务"), ("一/1", "发展智慧农业"), ("一/1/1", "实施上云行动"), ("一/1/2", "推广应用")],
        ),
        (
            "一、任务\n1.培育新业态新模式 推进农业生产、加工、流通环节技术应用。加强管理。",
            [("一", "任务"), ("一/1", "培育新业态新模式")],
        ),
        ("一、目标任务　到2021年，培育三家企业，检查频次低于30%。", [("一", "目标任务")]),
        ("一、任务\n1.控制用水 总量。强化管理。", [("一", "任务"), ("一/1", "控制用水总量")]),
        (
            "一、要求。坚持创新。三、任务（一）推动转型1.实施行动。鼓励创新。"
            "4.支持行业龙头企业开放共享各类资源，带动上下游企业协同转型，加强区域协作，建立健全工作制度。完成任务。",
            [("一", "要求"), ("三", "任务"), ("三/一", "推动转型"), ("三/一/1", "实施行动"), ("三/一/4", None)],
        ),
        (
            "第一章 总则 第一条 为了节约用水，制定本办法。第二条 本办法自发布之日起施行，长期有效。",
            [("一", "总则"), ("一/一", None), ("一/二", None)],
        ),
        (
            "一、任务。完成任务。附件1 某市重点项目清单1.提振消费项目。畅通渠道。附件2 某市示范项目名单1.创新监管项目。",
            [
                ("一", "任务"),
                ("附件1", "某市重点项目清单"),
                ("附件1/1", "提振消费项目"),
                ("附件2", "某市示范项目名单"),
                ("附件2/1", "创新监管项目"),
            ],
        ),
    ],
    ids=["lenticular", "pause", "bracket", "gap", "gap and year", "stray space", "skipped", "articles", "annexes"],
)
def test_headings_of_copies_without_line_breaks(published, expected):
    assert headings(published) == expected


def test_a_list_of_annexes_may_run_on_in_its_line():
    text = (
        "某市关于节水的通知 各县人民政府：请执行。 附件：1.项目清单 2.企业名单 某市政府 2018年7月1日 节水方案 一、任务"
    )
    found = elements.find(compact(text))
    assert found.elements.attachments == ("项目清单", "企业名单")
    assert found.elements.issued_on == "2018-07-01"


@pytest.mark.parametrize("signed", ["", "某市人民政府办公室\n2018年7月19日\n"])
@pytest.mark.parametrize(
    ("annexes", "listed", "last"),
    [
        ("附件1：任务表\n附件2：名单\n", ("任务表", "名单"), "做好宣传。"),
        ("附件1：任务表\n", ("任务表",), "做好宣传。"),
        ("附件1\n任务表\n1.检查。做好检查。\n", (), "做好检查。"),
    ],
)
def test_each_annex_may_have_its_own_label(signed, annexes, listed, last):
    letter = "某市人民政府办公室关于节水的通知\n\n市水务局：\n\n1.节水。要节水。(市水务局牵头)\n2.宣传。做好宣传。\n"
    for text in (letter + annexes + signed, letter + signed + annexes):
        (notice,) = parse(text.encode())
        assert notice.elements.attachments == listed
        assert notice.page.text[slice(*notice.tasks[-1].span)] == last
        assert len(notice.tasks) == (2 if listed else 3)


@pytest.mark.parametrize(
    "closing",
    [
        "(此件公开发布)",
        "（此件删减后公开）",
        "联系人：张三，联系电话：0454-1234567",
        "（联系人：李四；电话：1234567）",
        "联系人：张三\n联系电话：1234567",
        "附件下载：某市2018年度实施方案.docx",
        "附件下载：\n1.任务表.xls\n2.名单.pdf",
        "抄送：市委各部门，市人大常委会办公室，市政协办公室，市法院，市检察院。\n某市人民政府办公室 2018年7月19日印发",
        "抄送：市委办公室、市人大办公室，\n      市政协办公室。\n2018年7月19日印发（共印50份）",
        "主题词：节水 通知\n分送：各县人民政府。\n共印50份",
        "信息公开形式：主动公开",
        "（公开属性：依申请公开）",
        "主动公开",
        "附件1\n附件2",
    ],
)
def test_what_closes_a_page_is_no_text_of_a_task(closing):
    signature_lines = "   某市人民政府办公室\n   2018年7月19日\n"
    unsigned = LETTER.replace(signature_lines, "")
    for signed in ("", signature_lines):
        (notice,) = parse(f"{unsigned}1.节水。要节水。(市水务局牵头)\n2.宣传。做好宣传。\n{signed}{closing}\n".encode())
        texts = [notice.page.text[slice(*task.span)].strip() for task in notice.tasks]
        assert texts == ["1.节水。要节水。", "做好宣传。"]
        assert notice.elements.attachments == ("任务表", "名单")


@pytest.mark.parametrize(
    "words",
    [
        "请于6月底前将联系人、联系电话报市水务局。",
        "联系人：各单位要确定一名联系人，负责日常工作。",
        "此件公开发布后,各单位要落实。",
        "抄送:各单位的报告要同时抄送:市水务局、市财政局。",
        "方案于2018年7月19日印发。",
        "公开方式:各单位要公开办事流程。",
    ],
)
def test_what_only_speaks_of_contacts_stays_text(words):
    (notice,) = parse(f"{LETTER}1.节水。要节水。(市水务局牵头)\n2.宣传。{words}\n".encode())
    assert notice.page.text[slice(*notice.tasks[-1].span)].endswith(words)


def test_the_last_cells_of_a_table_sign_nothing():
    text = "一、任务\n节水\n市教委\n市住房城乡建设委\n安和市人民政府办公厅\n2018年7月1日\n"
    found = elements.find(compact(text))
    assert found.elements.issuers == ("安和市人民政府办公厅",)
    assert text[slice(*found.apart[0])].startswith("安和市")


def test_gaps_that_end_the_words_of_most_items_end_those_of_all():
    items = [f"{number}.加强城镇节水　　将用水效率指标作为绩效评价的重要内容。强化管理。" for number in range(1, 8)]
    text = "某市关于节水的通知 各县人民政府: 一、任务 " + "".join(items) + "完善机制。" * 200
    assert {title for _, title in headings(text)[1:]} == {"加强城镇节水"}


def test_a_repeat_goes_on_where_its_lines_break_elsewhere():
    body = "\n".join(f"{number}、推进第{number}项水污染防治重点任务落实到位。" for number in range(1, 12))
    text = f"{body}\n牵头单位:市水务局\n;配合单位:市财政局。\n{body}\n牵头单位:市水务局;\n配合单位:市财政局。\n"
    (copy,) = repeats.find(text)
    assert (copy.start, copy.end) == (text.index(body, 1), len(text))


def test_a_repeat_begins_where_the_copies_begin_to_be_alike():
    body = "".join(f"推进第{number}项水污染防治重点任务落实到位。" for number in range(1, 12))
    letter = f"某市关于节水的通知 各县人民政府: 根据国务院令第1号,现通知如下。{body}"
    text = compact(f"{letter} {letter}").text
    (copy,) = repeats.find(text)
    assert (copy.start, copy.end, copy.first) == (len(text) // 2, len(text), 0)


@pytest.mark.parametrize(
    ("signed", "issuers"),
    [
        ("义乌市人民政府办 公室\n二○一九年六月七日", ("义乌市人民政府办公室",)),
        ("附件：示范名单  佳木斯市人民政府办公 室  2023年4月10日", ("佳木斯市人民政府办公室",)),
        ("宁夏回族 自治区交通运输厅\n宁夏回族自治区发展改革委\n2018年5月1日", ("宁夏回族自治区交通运输厅", "宁夏回族自治区发展改革委")),
        ("芜湖市教 育局\n芜湖市发展改革委\n2024年2月15日", ("芜湖市教育局", "芜湖市发展改革委")),
        ("县统计局、司法局\n汤原县工商局\n汤原县商务局\n2018年7月12日", ("汤原县工商局", "汤原县商务局")),
        ("抓好落实。 国家医疗保障局 民政部 财政部 2021年7月13日", ("国家医疗保障局", "民政部", "财政部")),
    ],
)  # fmt: skip
def test_stray_gaps_part_no_name_of_those_who_sign(signed, issuers):
    found = signature.find(compact(f"各县人民政府：请认真执行。{signed}\n"), 0)
    assert found is not None
    assert found.issuers == issuers


def test_a_table_signs_nothing():
    text = "请执行。\n住房城乡建设部、国家林草局\n2018年6月1日\n国务院办公厅\n2018年7月1日\n"
    rows = text.index("国务院")
    found = signature.find(compact(text), 0, [(5, rows - 1)])
    assert found is not None
    assert (found.issuers, found.date) == (("国务院办公厅",), "2018-07-01")


def test_a_month_at_a_line_s_end_takes_no_day_from_the_next_line():
    text = "市财政局\t2023年10月\n2\t完善制度\n某市人民政府\n2023年1月4日\n"
    assert elements.find(compact(text)).elements.issued_on == "2023-01-04"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("某政发〔2019〕3号　某市人民政府 关于印发某市消防 实施方案 的通知  经市政府同意，现印发给你们。" + 200 * "甲", "某市人民政府关于印发某市消防实施方案的通知"),
        ("某政发〔2019〕3号　某市人民政府关于深入推进安全生产的意 见 各县人民政府：", "某市人民政府关于深入推进安全生产的意见"),
        ("来源：某市 发布时 间：2016-06-23\n某市人民政府\n关于做好节水工作的通知\n各县人民政府：", "某市人民政府关于做好节水工作的通知"),
        ("字号：大 中 小\n某市人民政府关于做好节水工作的通知\n各县人民政府：", "某市人民政府关于做好节水工作的通知"),
        ("标题：某市关于印发节水方案 的通知\n某市\n关于印发节水方案的通 知\n各县人民政府：", "某市关于印发节水方案的通知"),
        ("来源：某市 某市人民政府办公 厅 关于 做好 2018 年 乡 村建 设 工作 的通知 各县人民政府：", "某市人民政府办公厅关于做好2018年乡村建设工作的通知"),
    ],
)  # fmt: skip
def test_titles_of_spaced_copies(head, title):
    assert elements.find(compact(head)).elements.title == title


def test_a_number_that_a_paragraph_names_is_not_the_notice_s_own():
    text = (
        "某市关于印发节水方案的通知\n一、任务\n按照要求，认真贯彻落实上级文件精神和国办 发〔2019〕5号文件，抓好节水。\n"
    )
    assert elements.find(compact(text)).elements.document_number is None


def test_the_title_of_a_plan_on_the_line_of_the_signature_dates_nothing():
    text = "某市关于印发2023年节水方案的通知 各县人民政府： 现印发给你们。 某市人民政府 2023年6月3日 2023年节水方案 一、目标 做好节水。"
    (notice,) = parse(text.encode())
    assert notice.times == ()


_BODY = "推进节水改造，完善管理制度，加强日常巡查，压实各方责任，确保取得实效。"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"1.统筹数据 中心布局，{_BODY}落实各 项任务，推进工 作落实，加强督 查检查。\n", None),  # gaps inside sentences
        (f"1.统筹数据中心 推进布局优化，{_BODY}\n", "统筹数据中心"),  # a gap behind the words of a heading only
    ],
)
def test_gaps_inside_sentences_end_no_heading(text, title):
    view = compact(f"一、任务\n{text}二、保障\n{_BODY}\n")
    (_, last, _) = outline.find(view, view.text)
    assert (view.text[slice(*last.title)] if last.title else None) == title


def test_gaps_that_stand_behind_headings_only_end_them():
    items = "".join(f"{n}.加快数据共享{'甲乙丙丁'[n - 1]}  统一事项名称、编码、依据，{_BODY * 10}" for n in range(1, 5))
    view = compact("一、任务。" + items + "五、保障。" + _BODY)
    found = [view.text[slice(*one.title)] for one in outline.find(view, view.text) if one.title and one.level == 2]
    assert found == ["加快数据共享甲", "加快数据共享乙", "加快数据共享丙", "加快数据共享丁"]


def test_a_copy_on_the_line_of_another_begins_with_its_title():
    notice = "某市关于节水的意见各县人民政府:为落实《节水条例》,制定本意见。" + "".join(
        f"{n}.{word}节约用水,完善制度,加强巡查,压实责任,落实各项工作措施。"
        for n, word in enumerate("甲乙丙丁戊己庚辛壬癸", 1)
    )
    text = f"首页>文件{notice}某市人民政府{notice}"
    (found,) = repeats.find(text)
    assert text[found.start :] == notice


def test_a_line_above_a_table_may_call_an_annex():
    text = "一、要求\n抓好落实。\n附件:重点任务表\n序号\n任务\n"
    found = outline.find(compact(text), text, tabled=[text.index("序号")])
    assert [(one.label, text[slice(*one.title)]) for one in found if one.title][-1] == ("附件", "重点任务表")
    assert [one.label for one in outline.find(compact(text), text)] == ["一"]
