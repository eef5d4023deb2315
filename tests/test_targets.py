"""The forms in which officials write what is to be reached, each with its neighbours that commit to nothing."""

import pytest

from policygraph import contract
from policygraph.extract import targets, times
from policygraph.extract.context import Context
from policygraph.extract.found import FoundTime
from policygraph.pipeline import parse
from policygraph.segment.rows import Row


def measured(text):
    found = targets.find(text, times.find(text, year=2018), context=Context(text, year=2018))
    return [(t.indicator, t.comparator, t.value, t.unit) for t in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建设三个产教融合实训基地。", ("产教融合实训基地", ">=", "3", "个")),
        ("建成两座污水处理厂。", ("污水处理厂", ">=", "2", "座")),
        ("整治十条黑臭水体。", ("黑臭水体", ">=", "10", "条")),
        ("新建十二个社区服务站。", ("社区服务站", ">=", "12", "个")),
        ("完成三个入河排污口规范化整治。", ("入河排污口规范化整治", ">=", "3", "个")),
        ("增配两辆救护车。", ("救护车", ">=", "2", "辆")),
        ("每个乡镇选聘一个技术指导组。", ("技术指导组", ">=", "1", "个")),
    ],
)
def test_what_is_made_is_counted_in_chinese_numerals(text, expected):
    assert measured(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "落实三个责任,建立四个机制。",
        "引导五个地级市结合自身应用需要发展产业。",
        "打造两个高地。",
        "培育三种能力。",
        "完成三项任务。",
        "实施三项措施。",
        "新建一个平台。",
        "建设两三个项目。",
        "截至2017年底,全市已建成三个污水处理厂。",
    ],
)
def test_chinese_numerals_that_are_idiom_or_history(text):
    assert measured(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("硬化农村公路84公里。", ("农村公路", ">=", "84", "公里")),
        ("举办招聘会20场。", ("招聘会", ">=", "20", "场")),
        ("设立服务点1处。", ("服务点", ">=", "1", "处")),
        ("筹集893套人才公寓。", ("人才公寓", ">=", "893", "套")),
        ("加装188部既有住宅电梯。", ("既有住宅电梯", ">=", "188", "部")),
        ("增配救护车5辆。", ("救护车", ">=", "5", "辆")),
    ],
)
def test_verbs_that_commit_to_a_count(text, expected):
    assert measured(text) == [expected]


@pytest.mark.parametrize("text", ["涉及9个县区。", "下设3个工作组。", "分为3个阶段。", "围绕10个重点领域。"])
def test_verbs_that_only_describe(text):
    assert measured(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("61%以上的新增公交车采用新能源汽车。", ("新增公交车采用新能源汽车", ">=", "61", "%")),
        ("96%以上的小区办成普惠园。", ("小区办成普惠园", ">=", "96", "%")),
        ("水利工程100%落实管护主体。", ("水利工程落实管护主体", ">=", "100", "%")),
        ("8个县(区)全部通过均衡发展验收。", ("县(区)", ">=", "8", "个")),
        ("督察反馈的5个问题全部完成整改。", ("问题", ">=", "5", "个")),
    ],
)
def test_a_share_or_all_that_do_something(text, expected):
    assert measured(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建设由5人组成的专班。", []),
        ("组建由5名专家组成的工作组。", []),
        ("施工工地实现三个100%。", []),
        ("施工工地实现3个100%。", []),
        ("确保“六个100%”落实到位。", []),
        ("新增每50人1台救护车。", [("救护车", ">=", "1", "台")]),
        ("力争实现每100户1名网格员。", []),
        # false friends
        ("引进5个100%外资项目。", [("100%外资项目", ">=", "5", "个")]),
        ("由市水务局建成5座泵站。", [("泵站", ">=", "5", "座")]),
    ],
)
def test_of_what_a_thing_consists_and_per_how_many_one_is_meant(text, expected):
    assert measured(text) == expected


@pytest.mark.parametrize("text", ["持股50%以上的股东参与表决。", "95%以上的老旧小区位于老城区。"])
def test_a_share_that_only_describes(text):
    assert measured(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行业级、企业级平台普及率分别达60%和30%。", ["行业级平台普及率 60", "企业级平台普及率 30"]),
        ("千兆宽带用户占比和5G用户普及率均提高到42%。", ["千兆宽带用户占比 42", "5G用户普及率 42"]),
        ("出租汽车和公交车电动化率分别达到68%和87%。", ["出租汽车电动化率 68", "公交车电动化率 87"]),
        ("教育参与率、普及率分别达到90%和95%。", ["教育参与率 90", "普及率 95"]),
        ("从业人员、管理人员持证率均达到95%。", ["从业人员持证率 95", "管理人员持证率 95"]),
        (
            "封闭式管理、一键报警、视频监控达标率均为100%。",
            ["封闭式管理达标率 100", "一键报警达标率 100", "视频监控达标率 100"],
        ),
        ("城市污水、生活垃圾无害化处理率均达到95%。", ["城市污水无害化处理率 95", "生活垃圾无害化处理率 95"]),
    ],
)
def test_indicators_that_share_values_are_cut_between_words(text, expected):
    assert [f"{name} {value}" for name, _, value, _ in measured(text)] == expected


def test_words_that_are_not_surely_shared_stay_whole():
    assert measured("校舍、校车信息率均达到95%。") == [("校舍、校车信息率", ">=", "95", "%")]
    assert [name for name, *_ in measured("校舍、校车信息率分别达到95%和90%。")] == ["校舍、校车信息率"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("住房公积金贷款逾期率保持在1‰。", ("住房公积金贷款逾期率", "=", "1", "‰")),
        ("普惠小微贷款余额达到672亿元。", ("普惠小微贷款余额", ">=", "672", "亿元")),
        ("农机购置补贴办理时限压缩到15个工作日以内。", ("农机购置补贴办理时限", "<=", "15", "个工作日")),
        ("关闭不具备安全生产条件的小煤矿11处以上。", ("不具备安全生产条件的小煤矿", ">=", "11", "处")),
        ("开展11000人次补贴性职业技能培训。", ("补贴性职业技能培训", ">=", "11000", "人次")),
        ("农业保险费率降低到2%。", ("农业保险费率", "<=", "2", "%")),
    ],
)
def test_words_of_money_may_be_part_of_an_indicator(text, expected):
    assert measured(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "贷款期限不超过3年。",
        "贷款额度不超过500万元。",
        "贷款利率不高于5%。",
        "补贴标准不超过30%。",
        "处以5万元以上罚款。",
        "奖金不超过5万元。",
        "增值税税率降低到9%。",
        "一等奖奖金达到100万元。",
        "岗位津贴不低于800元。",
        "对贷款余额达到500万元的给予贴息。",
    ],
)
def test_terms_of_money_given(text):
    assert measured(text) == []


def test_the_limit_of_a_right_is_a_target_as_the_gold_has_it():
    assert measured("工业用地出让年限不超过50年。") == [("工业用地出让年限", "<=", "50", "年")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("护理型床位占比由51%提高到60%。", ("护理型床位占比", ">=", "60", "51%")),
        ("参保率由95%提升到99%。", ("参保率", ">=", "99", "95%")),
        ("办理时限由20个工作日压缩到15个工作日。", ("办理时限", "<=", "15", "20个工作日")),
        ("参保率由去年的47%提高到55%。", ("参保率", ">=", "55", "去年的47%")),
        ("参保率由目前的47%左右提高到55%以上。", ("参保率", ">=", "55", "目前的47%")),
    ],
)
def test_what_a_value_rises_from_is_its_baseline(text, expected):
    assert [(t.indicator, t.comparator, t.value, t.baseline) for t in targets.find(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("参保率由2021年的47%提高到2025年的55%。", ("参保率", "55", "2021年的47%", "2025-12-31")),
        ("参保率从2021年底47%提高到2025年的55%。", ("参保率", "55", "2021年底47%", "2025-12-31")),
        ("到2025年,参保率由2021年的47%提高到55%。", ("参保率", "55", "2021年的47%", "2025-12-31")),
        ("示范社由2021年的100家增加到2025年的200家。", ("示范社", "200", "2021年的100家", "2025-12-31")),
    ],
)
def test_a_dated_baseline_dates_no_target(text, expected):
    found = targets.find(text, times.find(text))
    assert [(t.indicator, t.value, t.baseline, t.due) for t in found] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单位GDP能耗较2023年下降3%。", ("单位GDP能耗", "decrease", "2023年")),
        ("能耗总量比2015年底累计下降3%。", ("能耗总量", "decrease", "2015年底")),
        ("旅游收入比上年增长15%。", ("旅游收入", "increase", "上年")),
        ("旅游收入较2020年同期增长15%。", ("旅游收入", "increase", "2020年同期")),
        ("从业人员占比比上年提高2个百分点。", ("从业人员占比", "increase", "上年")),
        ("固定资产投资同比提高6个百分点。", ("固定资产投资", "increase", None)),
        ("化学需氧量,较2015年下降10%。", ("化学需氧量", "decrease", "2015年")),
    ],
)
def test_what_a_change_is_compared_with_is_no_part_of_its_indicator(text, expected):
    assert [(t.indicator, t.change, t.baseline) for t in targets.find(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("重点企业生产效率增长11%。", ("重点企业生产效率", ">=", "11", "%")),
        ("基本医疗保险参保率达到95%。", ("基本医疗保险参保率", ">=", "95", "%")),
        ("集中供水率达到90%。", ("集中供水率", ">=", "90", "%")),
        ("重点培育10家龙头企业。", ("龙头企业", ">=", "10", "家")),
        ("计划新建改造污水管网1公里。", ("污水管网", ">=", "1", "公里")),
    ],
)
def test_adverbs_that_may_begin_a_name(text, expected):
    assert measured(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("测土配方施肥技术推广覆盖率80%以上。", ("测土配方施肥技术推广覆盖率", ">=", "80", "%")),
        ("毕业去向落实率89%以上。", ("毕业去向落实率", ">=", "89", "%")),
        ("水土流失治理面积80平方公里。", ("水土流失治理面积", ">=", "80", "平方公里")),
        ("完成治理面积80平方公里。", ("治理面积", ">=", "80", "平方公里")),
    ],
)
def test_verbs_inside_an_indicator(text, expected):
    assert measured(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("打造不少于78个“5G+工业互联网”应用场景。", ("“5G+工业互联网”应用场景", ">=", "78", "个")),
        ("每个考场配置不少于2辆考试用车。", ("考试用车", ">=", "2", "辆")),
    ],
)
def test_what_is_counted_stands_behind_a_verb_and_its_number(text, expected):
    assert measured(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区域赛共举办5场。", [("区域赛", "5")]),
        ("龙头企业新增20家。", [("龙头企业", "20")]),
        ("生态屏障建设4315亩。", [("生态屏障建设", "4315")]),
    ],
)
def test_a_verb_behind_a_noun_is_part_of_it_if_it_names_the_work(text, expected):
    assert [(name, value) for name, _, value, _ in measured(text)] == expected


def test_each_of_some_bodies_owes_a_count():
    found = [("每个乡镇短视频", ">=", "1", "条"), ("公众号文章", ">=", "2", "条")]
    assert measured("每个乡镇短视频1条,公众号文章2条。") == found
    assert measured("全市短视频1条,公众号文章2条。") == []


def test_two_counts_joined_behind_their_nouns():
    counts = [("外贸综合服务企业", ">=", "5", "家"), ("高新技术企业", ">=", "51", "家")]
    assert measured("培育外贸综合服务企业5家和高新技术企业51家。") == counts
    assert measured("培育外贸综合服务企业5家、高新技术企业51家。") == counts


@pytest.mark.parametrize(
    "text",
    [
        "截至目前,新建污水管网20公里。",
        "已新增12条公交线路。",
        "去年新建3座变电站。",
        "累计已建成泵站5座。",
        "累计已完成投资5亿元。",
        "现已开通基站200个。",
        "解决了3个问题。",
    ],
)
def test_what_was_already_made(text):
    assert measured(text) == []


def test_what_is_to_be_made_of_what_already_is():
    assert measured("已开通的线路利用率达到90%。") == [("已开通的线路利用率", ">=", "90", "%")]
    assert measured("目前,已完成勘察,到2018年底新建5座泵站。") == [("泵站", ">=", "5", "座")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新能源汽车车桩比达到3:1左右。", ("新能源汽车车桩比", "~", "3", ":1")),
        ("城乡收入比控制在1.5:1以内。", ("城乡收入比", "<=", "1.5", ":1")),
    ],
)
def test_a_ratio_to_one_keeps_its_unit(text, expected):
    assert measured(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("粮食播种面积稳定在120万亩、产量稳定在50万吨。", ["粮食播种面积 120", "产量 50"]),
        ("森林覆盖率达到35%以上和森林蓄积量达到500万立方米。", ["森林覆盖率 35", "森林蓄积量 500"]),
        ("用水总量控制在5亿立方米以内、万元GDP用水量下降10%。", ["用水总量 5", "万元GDP用水量 10"]),
        ("合格率95%以上、投诉率不超过3%。", ["合格率 95", "投诉率 3"]),
        ("PUE≤1.15、WUE≤0.8。", ["PUE 1.15", "WUE 0.8"]),
        ("48小时内办结、满意率达到95%。", ["办结 48", "满意率 95"]),
        ("新增企业5家、产值达到10亿元。", ["企业 5", "产值 10"]),
        ("新增5家企业、产值达到10亿元。", ["企业 5", "产值 10"]),
    ],
)
def test_an_indicator_begins_behind_the_value_before(text, expected):
    assert [f"{name} {value}" for name, _, value, _ in measured(text)] == expected


@pytest.mark.parametrize(
    "text",
    ["处理率达到95%并稳定在98%。", "处理率达到95%、力争达到98%。", "处理率提高3个百分点、达到98%。"],
)
def test_two_values_may_be_of_one_indicator(text):
    assert [name for name, *_ in measured(text)] == ["处理率", "处理率"]


def test_a_target_ends_before_a_bracket():
    assert measured("隐患整改率94%以上(2018年底前完成)。") == [("隐患整改率", ">=", "94", "%")]


def test_a_comma_inside_a_number_ends_no_clause():
    counts = [("养老床位", ">=", "2150", "张"), ("全科医生", ">=", "303", "名")]
    assert measured("新增养老床位2,150张、全科医生303名。") == counts


def test_a_paragraph_that_opens_with_a_date_dates_what_follows():
    text = "第二条 到2021年,供水管网漏损率低于10%。再生水利用率达到24%。"
    found = targets.find(text, times.find(text, year=2018), context=Context(text, year=2018))
    assert [target.due for target in found] == ["2021-12-31", "2021-12-31"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [("农村公路建设(2018年6月底前完成)", "2018-06-30"), ("2018年6月30日前完成的报告", None), ("农村公路建设", None)],
)
def test_a_heading_s_deadline_dates_what_stands_below(head, expected):
    text = f"{head}\n新建农村公路300公里。"
    around = Context(text, starts=(0,), titles=(head,), year=2018)
    assert [target.due for target in targets.find(text, times.find(text, year=2018), context=around)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "三年新建农村公路1000公里,其中2022年新建300公里、2023年新建400公里。",
            [("农村公路", "1000", None), ("农村公路", "300", "2022-12-31"), ("农村公路", "400", "2023-12-31")],
        ),
        (
            "2020—2022年新建农村公路1000公里,其中2020年300公里。",
            [("农村公路", "1000", "2022-12-31"), ("农村公路", "300", "2020-12-31")],
        ),
        (
            "到2025年森林覆盖率达到35%,其中2023年达到33%。",
            [("森林覆盖率", "35", "2025-12-31"), ("森林覆盖率", "33", "2023-12-31")],
        ),
        (
            "新建农村公路1000公里,其中:2022年底前完成300公里;2023年底前完成700公里。",
            [("农村公路", "1000", None), ("农村公路", "300", "2022-12-31"), ("农村公路", "700", "2023-12-31")],
        ),
    ],
)
def test_a_part_is_due_in_its_own_year(text, expected):
    assert [(t.indicator, t.value, t.due) for t in targets.find(text, times.find(text))] == expected


def test_more_years_than_the_plan_s_leave_a_target_undated():
    def due(text):
        return [target.due for target in targets.find(text, (), year_end="2026-12-31")]

    assert due("常住人口城镇化率达到71%。") == ["2026-12-31"]
    assert due("未来五年,常住人口城镇化率达到71%。") == [None]
    assert due("“十五五”时期,常住人口城镇化率达到71%。") == [None]


def test_where_a_due_date_stands():
    plan = (
        "某市人民政府办公室关于印发某市2023年度节水方案的通知\n某政办发〔2023〕1号\n各县人民政府：\n请执行。\n一、任务\n"
        "1.节水。用水总量控制在3.5亿立方米以内。(市水务局牵头)\n2.清淤。6月底前完成5条河道清淤。(市水务局牵头)\n"
        "3.建设。每年新增绿地20公顷。(市水务局牵头)\n"
    )
    (notice,) = parse(plan.encode())
    assert [(target.due, target.due_from) for target in notice.targets] == [
        ("2023-12-31", "plan year"),
        ("2023-06-30", "words"),
        (None, None),
    ]
    assert [target["due_from"] for target in contract.record(notice)["targets"]] == ["plan year", "words", None]
    contract.check(contract.record(notice))


def test_a_due_date_of_a_row_stands_in_the_row():
    text = "责任分工\n建成5座泵站\n6月底前"
    row = Row(0, len(text), (5, 11), (), ((12, 16),))
    times = [FoundTime(12, 16, "by", until="2023-06-30")]
    (target,) = targets.find(text, times, rows=[row], year_end="2023-12-31")
    assert (target.due, target.due_from) == ("2023-06-30", "row")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县城和城市污水处理率分别达到85%和95%。", [("县城污水处理率", "85"), ("城市污水处理率", "95")]),
        ("城市、县城污水处理率均达到95%以上。", [("城市污水处理率", "95"), ("县城污水处理率", "95")]),
        ("县城和城市污水处理率达到85%和95%以上。", [("县城污水处理率", "85"), ("城市污水处理率", "95")]),
        ("粮食播种面积保持稳定、产量稳定在50万吨以上。", [("产量", "50")]),
        ("全市用水量较2015年下降10%以上。", [("用水量", "10")]),
        ("万元GDP用水量较2015年,下降20%以上。", [("万元GDP用水量", "20")]),
    ],
)
def test_each_thing_is_measured_by_its_own_words(text, expected):
    assert [(target.indicator, target.value) for target in targets.find(text)] == expected


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("三年新建农村公路1000公里。", "农村公路"),
        ("农村公路三年新建1000公里。", "农村公路"),
        ("新建农村公路,三年新建1000公里。", "农村公路"),
        ("三年累计新建1000公里。", "新建"),
    ],
)
def test_a_span_of_years_is_not_what_is_made(text, thing):
    (target,) = targets.find(text, (), year_end="2020-12-31")
    assert (target.indicator, target.value, target.due) == (thing, "1000", None)
