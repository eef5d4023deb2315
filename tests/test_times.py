"""Times in sentences: expressions with their governing words, and what only looks like one."""

import pytest

from policygraph.data import table
from policygraph.extract import times
from policygraph.pipeline import parse


def timed(text, **options):
    return [(text[t.start : t.end], t.kind, t.since, t.until, t.every) for t in times.find(text, year=2018, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018年底前完成。", ("2018年底前", "by", None, "2018-12-31", None)),
        ("2018年年底前完成。", ("2018年年底前", "by", None, "2018-12-31", None)),
        ("工程9月底前完工。", ("9月底前", "by", None, "2018-09-30", None)),
        ("年底前完成前期。", ("年底前", "by", None, "2018-12-31", None)),
        ("到2020年,实现平衡。", ("到2020年", "by", None, "2020-12-31", None)),
        ("于2019年3月15日前报送。", ("2019年3月15日前", "by", None, "2019-03-15", None)),
        ("2018年,新增3个。", ("2018年", "during", "2018-01-01", "2018-12-31", None)),
        ("力争2018年增殖放流。", ("2018年", "during", "2018-01-01", "2018-12-31", None)),
        ("2019年上半年,印发方案。", ("2019年上半年", "during", "2019-01-01", "2019-06-30", None)),
        ("一季度完成。", ("一季度", "during", "2018-01-01", "2018-03-31", None)),
        ("自2018年起,公开。", ("自2018年起", "from", "2018-01-01", None, None)),
        ("2018年起,运行制度。", ("2018年起", "from", "2018-01-01", None, None)),
        ("“十四五”末,建成。", ("“十四五”末", "by", None, "2025-12-31", None)),
        ("2021—2023年,新增车辆。", ("2021—2023年", "during", "2021-01-01", "2023-12-31", None)),
        ("2020年初步建成,", ("2020年", "during", "2020-01-01", "2020-12-31", None)),
        ("汛期前完成检修。", ("汛期前", "by", None, None, None)),
        ("主汛期来临前完成检修。", ("主汛期来临前", "by", None, None, None)),
        ("2018年底发布案例。", ("2018年底", "by", None, "2018-12-31", None)),
        ("到2019年发布案例。", ("到2019年", "by", None, "2019-12-31", None)),
        ("2019年8-12月开展整治。", ("2019年8-12月", "during", "2019-08-01", "2019-12-31", None)),
        ("每季度公开。", ("每季度", "every", None, None, "P3M")),
        ("每两年开展1次。", ("每两年", "every", None, None, "P2Y")),
        ("逐年增加补贴。", ("逐年", "every", None, None, "P1Y")),
        ("水质一月一测。", ("一月一测", "every", None, None, "P1M")),
        ("水质半年一测。", ("半年一测", "every", None, None, "P6M")),
        ("实行季调度机制。", ("季调度", "every", None, None, "P3M")),
        ("自印发之日起施行。", ("自印发之日起", "from", None, None, None)),
        ("2.2026年6月底前完成。", ("2026年6月底前", "by", None, "2026-06-30", None)),
        ("自7月1日至9月30日开展检查。", ("自7月1日至9月30日", "during", "2018-07-01", "2018-09-30", None)),
    ],
)
def test_times(text, expected):
    assert timed(text) == [expected]


def test_the_end_of_each_year_recurs():
    assert timed("每年预拨资金,待年底审核后清算。")[-1] == ("年底", "every", None, None, "P1Y")
    assert timed("每年预拨资金。年底前审核。")[-1] == ("年底前", "by", None, "2018-12-31", None)


@pytest.mark.parametrize(
    "text",
    [
        "开展2018年黑臭水体整治环境保护专项行动。",
        "对各县2018年水污染防治工作实施情况进行考核。",
        "实施“亮剑2018”行动。",
        "《行动方案(2018-2020年)》",
        "佳木斯市2018年度重点工作。",
        "较2015年下降10%。",
        "使用超过50年的管网。",
        "及时通报情况,统一调度。",
        "近3年内无违法记录。",
        "使用3年内的车辆。",
        "长度12.2026年份。",
    ],
)
def test_no_times(text):
    assert timed(text) == []


@pytest.mark.parametrize("key", ["governor", "adverb", "round"])
def test_each_time_word_has_an_example_and_a_counter_example(key):
    for entry in table("times")[key]:
        assert timed(entry["example"]), entry
        assert timed(entry["counter"]) == [], entry


@pytest.mark.parametrize("key", ["ongoing", "vague"])
def test_words_in_the_place_of_a_deadline(key):
    for entry in table("times")[key]:
        slot = [(0, len(entry["example"]))]
        assert [t[1] for t in timed(entry["example"], slots=slot)] == [key], entry
        assert timed(entry["counter"], slots=[]) == [], entry


@pytest.mark.parametrize(
    ("text", "days"), [("半年内完成整改。", 183), ("三年内实现全覆盖。", 1095), ("1年内退出。", 365)]
)
def test_years_within_which(text, days):
    (found,) = times.find(text, year=2018)
    assert (found.kind, found.days) == ("within", days)


def test_a_date_without_a_year_is_a_doubt():
    (notice,) = parse("一、任务\n9月底前完成改造。\n二、要求\n落实。(市财政局负责)\n".encode())
    assert [issue.reason for issue in notice.issues] == ["a date whose year the notice does not say"]


def test_milestones_of_one_task_keep_their_order():
    assert [t[3] for t in timed("力争2018年底前开工,2019年完成工程建设。")] == ["2018-12-31", "2019-12-31"]
