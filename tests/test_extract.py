"""Finders on sentences of the kind that officials write: what is found, and what must not be."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.data import table
from policygraph.extract import (
    aliases,
    citations,
    defaults,
    names,
    prose,
    quantities,
    roles,
    statements,
    strength,
    targets,
    times,
    units,
)
from policygraph.extract.context import Context
from policygraph.models import Strength
from policygraph.pipeline import parse
from policygraph.text.view import compact


def assigned(published):
    """Return the bodies and roles of the only statement in a text."""
    found = statements.find(compact(published).text)
    assert len(found) <= 1
    return [(one.name.surface, one.role) for statement in found for one in statement.assigned]


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("推广节水。(市水务局牵头,市农委配合)", [("市水务局", "lead"), ("市农委", "support")]),
        ("推广节水。（市水务局、市农委按职责分工负责)", [("市水务局", "responsible"), ("市农委", "responsible")]),
        ("推广节水。（A局牵头，B局等按职责分工负责）", [("A局", "lead"), ("B局", "responsible")]),
        (
            "推广节水。（区资源生态局牵头，区经发局、区农业局，平潭海关等按职责分工负责）",
            [("区资源生态局", "lead"), ("区经发局", "responsible"), ("区农业局", "responsible"), ("平潭海关", "responsible")],
        ),
        ("推广节水。（生态环境部指导，试点城市政府负责落实）", [("生态环境部", "supervise"), ("试点城市政府", "implement")]),
        ("推广节水。（责任单位：省财政厅，各市、州、县人民政府）", [("省财政厅", "responsible"), ("各市、州、县人民政府", "responsible")]),
        ("推广节水。（牵头单位：省财政厅；配合单位：省水利厅、人行武汉分行）", [("省财政厅", "lead"), ("省水利厅", "support"), ("人行武汉分行", "support")]),
        ("推广节水。（经济和信息化厅牵头，完成时限：2023年底）", [("经济和信息化厅", "lead")]),
        ("推广节水。（完成时限：2023年底，牵头考核单位：市委组织部）", [("市委组织部", "supervise")]),
        ("推广节水。（省科技厅及泉州、福州市人民政府）\n", [("省科技厅", "responsible"), ("泉州", "responsible"), ("福州市人民政府", "responsible")]),
        ("推广节水。（市商务委、市财政局）\n", [("市商务委", "responsible"), ("市财政局", "responsible")]),
        ("推广节水。\n责任单位：区环土局、农发局\n下一段。", [("区环土局", "responsible"), ("农发局", "responsible")]),
        ("推广节水。\n牵头单位：区环土局\n配合单位：区农发局\n", [("区环土局", "lead"), ("区农发局", "support")]),
        ("推广节水。\n责任单位：区环土局\n完成时限：2022年12月底前\n", [("区环土局", "responsible")]),
        ("推广节水。（市教委负责，长期坚持）", [("市教委", "responsible")]),
        ("推广节水。（市教委牵头，2022年底前完成）", [("市教委", "lead")]),
        ("推广节水。（市教委会同市财政局负责）", [("市教委", "lead"), ("市财政局", "support")]),
        ("推广节水。（责任单位：市教委（牵头）、市财政局）", [("市教委", "lead"), ("市财政局", "responsible")]),
        ("推广节水。（区农业农村局、区农业农村中心（区供销社）等负责）", [("区农业农村局", "responsible"), ("区农业农村中心(区供销社)", "responsible")]),
        ("推广节水。（财政部及各地相关部门负责）", [("财政部", "responsible"), ("各地相关部门", "responsible")]),
        ("推广节水。（市教委、市财政局等有关部门负责）", [("市教委", "responsible"), ("市财政局", "responsible"), ("有关部门", "responsible")]),
        ("推广节水。（牵头部门：市水务局；参与部门：市科委等部门）", [("市水务局", "lead"), ("市科委", "support")]),
        ("推广节水。（责任单位：市水务局，近期）", [("市水务局", "responsible")]),
        ("推广节水。\n责任单位：\n市水务局、市农委\n", [("市水务局", "responsible"), ("市农委", "responsible")]),
        ("推广节水。（市水务局负责项目审批，市财政局负责绩效评价）", [("市水务局", "responsible"), ("市财政局", "responsible")]),
        ("推广节水。（各县（市）区政府（含高新区管委会，下同）负责）", [("各县(市)区政府", "responsible"), ("高新区管委会", "responsible")]),
        ("推广节水（市财政局负责项目审批，市水务局负责技术指导）。", [("市财政局", "responsible"), ("市水务局", "responsible")]),
        ("推广节水。[市水务局指导,各县(市)区政府负责落实)]", [("市水务局", "supervise"), ("各县(市)区政府", "implement")]),
        ("推广节水。（市水务局）完善管网。", [("市水务局", "responsible")]),
        # false friends
        ("推广节水（市水务局负责日常工作）的企业。", []),
        ("推广节水的企业（市水务局）。", []),
        ("配合省开展水量分配方案编制工作。", []),
        ("做好监测点水质监测配合工作。", []),
        ("有关医院（尤其是对口支援医院）要落实。", []),
        ("压实责任（谁主管、谁负责）。", []),
        ("鼓励企业（专人负责）建档。", []),
        ("“十小”行业（造纸、制革、电镀）反弹。", []),
        ("按照分工（党政同责、一岗双责）落实。", []),
        ("试点城市（北京市、上海市）先行。", []),
    ],
)  # fmt: skip
def test_statements(published, expected):
    assert assigned(published) == expected


def test_two_statements_in_one_paragraph():
    text = compact("新建管网1公里(市城乡建设局牵头,市城投公司配合)。实施工程,9月底前完工。(市城投公司负责)").text
    assert [text[s.start : s.end] for s in statements.find(text)] == [
        "(市城乡建设局牵头,市城投公司配合)",
        "(市城投公司负责)",
    ]


@pytest.mark.parametrize("entry", table("roles")["word"] + table("roles")["label"], ids=lambda entry: entry["word"])
def test_each_role_has_an_example_and_a_counter_example(entry):
    example = assigned("推广节水。" + entry["example"])
    assert entry["role"] in [role for _, role in example]
    assert assigned("推广节水。" + entry["counter"]) == []


@pytest.mark.parametrize("entry", table("roles")["modifier"] + table("roles")["aside"], ids=lambda entry: entry["word"])
def test_each_modifier_leaves_the_names_alone(entry):
    example = assigned("推广节水。" + entry["example"])
    assert example
    assert not any(entry["word"] in name for name, _ in example)
    assert assigned("推广节水。" + entry["counter"]) == []


def test_no_role_word_stands_for_two_roles():
    words = [entry["word"] for entry in table("roles")["word"]]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("listed", "full"),
    [
        ("市国土资源局、城乡建设局", ["市国土资源局", "市城乡建设局"]),
        ("市国土资源局、佳木斯海事局、水务局", ["市国土资源局", "佳木斯海事局", "市水务局"]),
        ("省财政厅、地方金融监管局、安徽证监局", ["省财政厅", "省地方金融监管局", "安徽证监局"]),
        ("自治区商务厅、财政厅", ["自治区商务厅", "自治区财政厅"]),
        ("市委组织部、宣传部、市公安局、财政局", ["市委组织部", "市委宣传部", "市公安局", "市财政局"]),
        ("工业和信息化部、国家卫生健康委、住房城乡建设部", ["工业和信息化部", "国家卫生健康委", "住房城乡建设部"]),
        ("市科委、市场监管局", ["市科委", "市市场监管局"]),
        ("市农委、合肥海关、人民银行、各县(市)区政府", ["市农委", "合肥海关", "人民银行", "各县(市)区政府"]),
        ("南宁、柳州市人民政府", ["南宁市人民政府", "柳州市人民政府"]),
        ("柳州、北海市人民政府", ["柳州市人民政府", "北海市人民政府"]),
        ("大庆和哈尔滨市人民政府", ["大庆市人民政府", "哈尔滨市人民政府"]),
        ("市城乡建设局、国网佳木斯供电公司", ["市城乡建设局", "国网佳木斯供电公司"]),
        ("国家发展和改革委员会和财政部", ["国家发展和改革委员会", "财政部"]),
    ],
)
def test_names_in_full(listed, full):
    assert [name.full for name in names.restore(names.split(listed, 0, len(listed)), frozenset(["佳木斯"]))] == full


@pytest.mark.parametrize("entry", table("bodies")["kind"], ids=lambda entry: entry["name"])
def test_each_kind_of_body_has_an_example_and_a_counter_example(entry):
    assert names.kind(entry["example"]) == entry["name"]
    assert names.kind(entry["counter"]) != entry["name"]


@pytest.mark.parametrize(
    ("text", "effect", "name", "role"),
    [
        ("以下均需各县(市)区政府落实,不再列出", "add", "各县(市)区政府", "implement"),
        ("以下均需各片区配合落实,不再列出", "add", "各片区", "support"),
        ("以下任务均由各县(市)区政府负责落实,不再单独列出", "add", "各县(市)区政府", "implement"),
        ("列第一位者为牵头单位,下同", "first_is_lead", None, None),
        ("注:主要责任单位第一个为牵头单位,其余为主要配合单位。", "first_is_lead", None, None),
    ],
)
def test_default_rules(text, effect, name, role):
    (rule,) = defaults.find(text)
    assert (rule.effect, rule.name and rule.name.full, rule.role) == (effect, name, role)


def test_the_exception_of_a_rule_is_told():
    text = "以下均需各县(市)区政府落实,区政府无相关工作职能的,由市政府直属责任部门负责相关工作,不再列出"
    (rule,) = defaults.find(text)
    assert text[slice(*rule.exception)] == "区政府无相关工作职能的,由市政府直属责任部门负责相关工作"


@pytest.mark.parametrize("text", ["以下简称方案。", "以下任务均已完成。", "排名第一位的企业获奖。"])
def test_no_default_rules(text):
    assert list(defaults.find(text)) == []


def measured(text):
    found = targets.find(text, times.find(text, year=2018), year_end="2018-12-31", context=Context(text, year=2018))
    return [(t.indicator, t.comparator, t.value, t.value_max, t.unit, t.change, t.due) for t in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("绿色防控措施处置率达到38%。", ("绿色防控措施处置率", ">=", "38", None, "%", None, "2018-12-31")),
        ("用水总量控制在47.38亿立方米。", ("用水总量", "<=", "47.38", None, "亿立方米", None, "2018-12-31")),
        ("利用系数达到0.612以上。", ("利用系数", ">=", "0.612", None, None, None, "2018-12-31")),
        ("2018年,新增3个大中型灌区工程。", ("大中型灌区工程", ">=", "3", None, "个", None, "2018-12-31")),
        ("2018年计划新建改造污水管网1公里。", ("污水管网", ">=", "1", None, "公里", None, "2018-12-31")),
        ("实施甲路等2个东水西调工程,9月底前完工。", ("东水西调工程", ">=", "2", None, "个", None, "2018-09-30")),
        ("力争全市认证面积达到3.08万亩。", ("认证面积", ">=", "3.08", None, "万亩", None, "2018-12-31")),
        ("到2018年底,实现退耕还湿10605亩。", ("退耕还湿", ">=", "10605", None, "亩", None, "2018-12-31")),
        ("全市8个水源地保护区全部完成规范化建设。", ("水源地保护区", ">=", "8", None, "个", None, "2018-12-31")),
        ("到2020年,漏损率控制在10%以内。", ("漏损率", "<=", "10", None, "%", None, "2020-12-31")),
        ("产值不低于500亿元。", ("产值", ">=", "500", None, "亿元", None, "2018-12-31")),
        ("费率不超过0.5%。", ("费率", "<=", "0.5", None, "%", None, "2018-12-31")),
        ("增速保持在20%左右。", ("增速", "~", "20", None, "%", None, "2018-12-31")),
        ("收入年均增长15%以上。", ("收入年均", ">=", "15", None, "%", "increase", "2018-12-31")),
        ("培育3—5个项目。", ("项目", ">=", "3", "5", "个", None, "2018-12-31")),
        ("数据中心PUE≤1.15。", ("数据中心PUE", "<=", "1.15", None, None, None, "2018-12-31")),
        ("实施1000项亿元以上技改项目。", ("亿元以上技改项目", ">=", "1000", None, "项", None, "2018-12-31")),
        ("标识注册量突破5亿。", ("标识注册量", ">", "5", None, "亿", None, "2018-12-31")),
        ("体育指导员达到总人口的千分之三。", ("体育指导员", ">=", "3", None, "‰", None, "2018-12-31")),
        ("审查周期压缩至4个月以内。", ("审查周期", "<=", "4", None, "个月", None, "2018-12-31")),
        ("收件后48小时内办结。", ("收件后", "<=", "48", None, "小时", None, "2018-12-31")),
        ("50%以上算力实现统一调度。", ("算力实现统一调度", ">=", "50", None, "%", None, "2018-12-31")),
        ("推动100家企业实施分类管理。", ("企业实施分类管理", ">=", "100", None, "家", None, "2018-12-31")),
        ("指定一名分管领导。", ("分管领导", ">=", "1", None, "名", None, "2018-12-31")),
        ("实践课时占总课时一半以上。", ("实践课时占总课时", ">=", "50", None, "%", None, "2018-12-31")),
        ("新增2.5kW标准机架66.3万架。", ("2.5kW标准机架", ">=", "66.3", None, "万架", None, "2018-12-31")),
        ("每年培训农民3万人。", ("农民", ">=", "3", None, "万人", None, None)),
    ],
)
def test_targets(text, expected):
    assert measured(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "列入目标责任书中的9个考核断面水质优良。",
        "对使用超过50年和材质落后的供水管网开展排查。",
        "完善7个省级园区“一园一档”建设工作。",
        "推进督察反馈的136个饮用水源地整改工作。",
        "每年开展1次全分析监测。",
        "给予50万元奖励。",
        "《水污染防治行动计划》(国发〔2015〕17号)",
        "实施“亮剑2018”行动。",
        "达到GB/T14848-2017要求。",
        "信用额度可提高至500万元。",
        "支持机架数不低于1000架的数据中心。",
        "经常健身人员在50人以上的活动点。",
        "占比达到30%及以上,是企业入选的必要条件。",
        "2017年产值达到500亿元。",
        "禁止销售厚度低于0.01毫米的农膜。",
        "遴选一批示范社。",
        "实施存栏1500头以上生猪养殖场标准化改造。",
    ],
)
def test_no_targets(text):
    assert measured(text) == []


@pytest.mark.parametrize("key", ["comparator", "suffix"])
def test_each_comparator_has_an_example_and_a_counter_example(key):
    for entry in table("quantities")[key]:
        assert [t[1] for t in measured(entry["example"] + "。")] == [entry["sign"]], entry
        assert measured(entry["counter"] + "。") == [], entry


def test_each_target_list_has_an_example_and_a_counter_example():
    lists = table("quantities")
    assert measured(lists["commits"]["example"] + "。")
    assert measured(lists["commits"]["counter"] + "。") == []
    assert measured(lists["does"]["example"] + "。")
    assert measured(lists["does"]["counter"] + "。") == []
    assert len(measured(lists["shared"]["example"] + "。")) == 2
    assert len(measured(lists["shared"]["counter"] + "。")) == 1
    assert measured(lists["excludes"]["example"] + "。") == []
    assert measured(lists["excludes"]["counter"] + "。")
    for entry in lists["qualitative"]:
        assert targets.qualitative(entry["example"])
        assert targets.qualitative(entry["counter"]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《国务院关于印发计划的通知》(国发〔2015〕17号)", [("国务院关于印发计划的通知", "国发〔2015〕17号")]),
        ("《地下水质量标准》(GB/T14848-2017)", [("地下水质量标准", "GB/T14848-2017")]),
        ("《公路工程技术标准》(JTGB01-2014)", [("公路工程技术标准", "JTGB01-2014")]),
        ("执行DB33/T 2345-2021", [(None, "DB33/T 2345-2021")]),
        ("购置CK6140型机床10台", []),
        ("《行动方案(2018-2020年)》", [("行动方案(2018-2020年)", None)]),
        ("按照国发〔2015〕17号文件", [(None, "国发〔2015〕17号")]),
        ("《关于转发《办法》的通知》", [("关于转发《办法》的通知", None)]),
        ("《没有关上的书名号\n", []),
    ],
)
def test_citations(text, expected):
    found = citations.find(text)
    assert [(text[slice(*c.title)] if c.title else None, c.document_number) for c in found] == expected


def test_an_alias_with_its_host():
    text = "各县每季度向市(松花江流域)水污染防治工作领导小组办公室(简称“市水污防办”,设在市环境保护局)报送。"
    (alias,) = aliases.find(text)
    assert alias.name == "市(松花江流域)水污染防治工作领导小组办公室"
    assert (alias.short, alias.host) == ("市水污防办", "市环境保护局")


def test_the_short_name_of_a_plan_is_no_body():
    assert list(aliases.find("《节水行动计划》(以下简称《计划》)已印发,社会化服务组织(以下简称服务组织)")) == []


ANY = st.text(
    st.one_of(
        st.sampled_from("2018年月底前%()[]〔〕《》“”,。;、:一二三牵头配合负责落实市局各县区政府达到以上新增个每到等和"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=150,
)


@given(ANY)
def test_finders_never_raise_and_stay_inside(text):
    read = compact(text).text
    found = [*statements.find(read), *times.find(read, year=2018), *targets.find(read), *citations.find(read)]
    found += [*targets.qualitative(read), *aliases.find(read), *defaults.find(read), *quantities.find(read)]
    for one in found:
        assert 0 <= one.start < one.end <= len(read)


@given(ANY)
def test_statements_and_times_do_not_overlap(text):
    read = compact(text).text
    for found in (statements.find(read), times.find(read, year=2018)):
        assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("words", "role"), [("配合落实", "support"), ("牵头负责", "lead"), ("按职责分工负责", "responsible")]
)
def test_closing_role(words, role):
    assert roles.closing_role("市水务局" + words, 0, 4 + len(words)) == (4, role)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("花生种植、收获机械化率分别达到65%和55%。", [("花生种植机械化率", "65"), ("花生收获机械化率", "55")]),
        ("马铃薯种植、收获机械化率均达到45%。", [("马铃薯种植机械化率", "45"), ("马铃薯收获机械化率", "45")]),
        ("培育3家跨行业、跨领域平台,20家行业型平台。", [("跨行业、跨领域平台", "3"), ("行业型平台", "20")]),
        ("建设风电200MW、光伏800MW。", [("风电", "200"), ("光伏", "800")]),
        ("建成100个以上企业级、10个以上行业级平台。", [("企业级", "100"), ("行业级平台", "10")]),
        ("设施机械化率总体达到50%左右。", [("设施机械化率", "50")]),
        ("建成基地2个,其中蔬菜1个、畜禽1个。", [("基地", "2"), ("蔬菜", "1"), ("畜禽", "1")]),
    ],
)
def test_values_that_are_shared_out_or_listed(text, expected):
    assert [(t[0], t[2]) for t in measured(text)] == expected


def test_a_date_that_goals_open_with_holds_for_their_sentences():
    (notice,) = parse(
        "关于节水的意见\n各市:\n(一)发展目标。到2025年,成效明显。用水总量控制在11亿立方米。\n(二)任务。建成3个水库。\n".encode()
    )
    assert [(t.value, t.due) for t in notice.targets] == [("11", "2025-12-31"), ("3", None)]


def test_what_a_part_looks_back_on_binds_nobody():
    (notice,) = parse(
        "关于节水的意见\n各市:\n一、发展成效。2020年用水量达到5亿立方米。\n二、目标。到2025年用水量达到6亿立方米。\n".encode()
    )
    assert [t.value for t in notice.targets] == ["6"]
    assert [t.end for t in notice.times] == ["2025-12-31"]


def told(text):
    found = prose.find(text, Context(text))
    return [(one.name.full, one.role) for sentence in found for one in sentence.assigned]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由省财政厅会同省税务局制定办法。", [("省财政厅", "lead"), ("省税务局", "support")]),
        ("生态环境部负责统筹协调。", [("生态环境部", "responsible")]),
        ("区资源生态局要加强巡查。", [("区资源生态局", "responsible")]),
        ("区执法应急局要组织开展演练。", [("区执法应急局", "responsible")]),
        ("区宣传部门要牵头组织舆论宣传。", [("区宣传部门", "lead")]),
        ("县人大、政协要牵头组织活动。", [("县人大", "lead"), ("政协", "lead")]),
        ("市商务委牵头建立台账。", [("市商务委", "lead")]),
        ("国务院办公厅要加强督促落实。", [("国务院办公厅", "supervise")]),
        ("自治区发展改革委应牵头研究提出。", [("自治区发展改革委", "lead")]),
        ("国务院教育行政部门依照职业标准牵头组织开发教学标准。", [("国务院教育行政部门", "lead")]),
        ("教育行政部门会同有关部门,适时组织清理。", [("教育行政部门", "lead"), ("有关部门", "support")]),
        ("各市、县人民政府要加快推广应用。", [("各市、县人民政府", "responsible")]),
        ("数据管理机构应会同相关部门加强监管。", [("数据管理机构", "lead"), ("相关部门", "support")]),
        ("区资源生态局要协同片区管理局实施。", [("区资源生态局", "lead"), ("片区管理局", "support")]),
        (
            "市教育局、市财政局在职责范围内,分别负责管理考核。",
            [("市教育局", "responsible"), ("市财政局", "responsible")],
        ),
        ("司法部要加强对推行制度的指导。", [("司法部", "supervise")]),
    ],
)
def test_duties_in_sentences(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "各地要加强领导。", "有关部门要加强领导。", "市直部门要加强领导。", "方案已经市政府会同意见后印发。", "经生态环境部会同有关部门评审。", "配合省开展督察。",
        "就本部门牵头负责事项进行考核。", "行政部门要简政放权。", "各级政府要加强领导。", "大赛设立专家委员会,负责提供咨询。", "建立由企业负责的机制。", "主要负责人要亲自抓。", "国务院应对疫情联防联控机制部署。",
    ],
)  # fmt: skip
def test_no_duties_in_sentences(text):
    assert told(text) == []


def test_duties_in_sentences_are_kept_apart_from_statements():
    text = "关于节水的通知\n各县:\n一、任务\n由市财政局会同市水务局制定办法。做好节水。(市水务局负责)\n"
    (notice,) = parse(text.encode())
    assert [(d.name, d.role, d.basis) for d in notice.duties] == [
        ("市水务局", "responsible", "stated"), ("市财政局", "lead", "prose"), ("市水务局", "support", "prose"),
    ]  # fmt: skip
    assert len({d.task for d in notice.duties}) == 1


@pytest.mark.parametrize("entry", table("strength")["grade"], ids=lambda entry: entry["name"])
def test_each_strength_has_an_example_and_a_counter_example(entry):
    for word in entry["words"]:
        assert strength.find(word + "推进", 0, len(word) + 2).grade == entry["name"]
    assert strength.find(entry["example"], 0, 9).grade == entry["name"]
    assert strength.find(entry["counter"], 0, 9) is None


def test_the_firmest_strength_counts():
    text = "力争开工,鼓励投资,确保安全。"
    assert strength.find(text, 0, len(text)) == Strength("binding", "确保")


@pytest.mark.parametrize(
    ("value", "unit", "base"),
    [
        ("3.08", "万亩", ("30800", "亩")),
        ("47.38", "亿立方米", ("4738000000", "立方米")),
        ("1.6", "Tbps", ("1600000", "Mbps")),
        ("2", "个百分点", ("2", "个百分点")),
        ("12", "公里", ("12000", "米")),
        ("0.612", None, ("0.612", None)),
        ("5", "亿", ("500000000", None)),
        ("1000", "万斤", ("5000", "吨")),
    ],
)
def test_base_units_are_exact(value, unit, base):
    assert units.base(value, unit) == base


@pytest.mark.parametrize(
    ("bracket", "reason"),
    [
        ("(由专人认真负责)", "names no body"),
        ("(市水务局、能源平台牵头)", "no known kind"),
        ("(市水务局、通过招标方式牵头)", "are no name"),
    ],
)
def test_doubts_about_statements(bracket, reason):
    (notice,) = parse(
        f"关于节水的通知\n各县:\n一、任务\n做好节水。{bracket}\n二、要求\n落实。(市财政局负责)\n".encode()
    )
    assert any(reason in issue.reason for issue in notice.issues)


_ABOVE = "a duty for all that stands above, which not all of it is given"


@pytest.mark.parametrize(
    ("ending", "words", "duties"),
    [
        ("(以上均由市水务局负责)", "以上均由市水务局负责", [("市水务局", "responsible", "stated")]),
        (
            "(市林业局负责,以上各项均由市水务局牵头)",
            "以上各项均由市水务局牵头",
            [("市林业局", "responsible", "stated"), ("市水务局", "lead", "stated")],
        ),
        (
            "(责任单位:市林业局,以上均需各县(市)区政府落实)",
            "以上均需各县(市)区政府落实",
            [("市林业局", "responsible", "stated"), ("各县(市)区政府", "implement", "stated")],
        ),
        (
            "(市林业局负责)\n上述任务由市水务局负责,9月底前完成。",
            "上述任务由市水务局负责",
            [("市林业局", "responsible", "stated"), ("市水务局", "responsible", "prose")],
        ),
        (
            "(市林业局负责)\n以上均需各县(市)区政府落实。",
            "以上均需各县(市)区政府落实",
            [("市林业局", "responsible", "stated")],
        ),
        ("县级以上人民政府负责落实。", None, [("县级以上人民政府", "responsible", "prose")]),
        ("50万元以上项目均由市发改委负责。", None, [("市发改委", "responsible", "prose")]),
        ("以上单位均需落实责任。", None, []),
    ],
)
def test_a_duty_for_all_above_is_a_doubt(ending, words, duties):
    plan = f"关于节水的通知\n各县:\n1.节水。要节水。(市财政局负责)\n2.检查。做好检查。{ending}\n"
    (notice,) = parse(plan.encode())
    assert [(duty.name, duty.role, duty.basis) for duty in notice.duties[1:]] == duties
    found = [notice.page.text[slice(*issue.span)] for issue in notice.issues if issue.reason == _ABOVE]
    assert found == ([words] if words else [])


def test_words_before_a_duty_are_not_tried_in_every_order():
    said = "市水务局" + "要对" * 40 + "(甲,乙)负责。"  # doubled for each 要对, a way that took a minute at 24
    assert prose.find(said, Context(said)) == []
