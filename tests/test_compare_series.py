"""Notices of one series, reposts and cut copies, told apart by what they state."""

from pathlib import Path

import pytest

import policygraph as pg
from policygraph.compare import series

ANHE = Path(__file__).parent.parent / "corpus" / "anhe"


@pytest.fixture(scope="module")
def plans():
    return [pg.parse(path)[0] for path in sorted(ANHE.iterdir())]


def changed(path: Path, *pairs: tuple[str, str], chars: int | None = None):
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return pg.parse(text[:chars].encode(), name="copy.txt")[0]


def test_the_plan_of_each_year_belongs_to_one_series(plans):
    assert series.group(plans) == [(0, 1, 2)]
    assert series.group(plans[::-1]) == [(2, 1, 0)]


def test_next_years_plan_with_the_same_words_is_another_notice(plans):
    next_year = changed(ANHE / "anhe-2018.txt", ("2018", "2019"), ("〔2019〕21号", "〔2019〕30号"))
    judged = series.judge(plans[0], next_year)
    assert judged.relation == "same series"
    assert any(line.startswith("number ") for line in judged.evidence)


def test_a_repost_is_the_same_notice(plans):
    repost = changed(ANHE / "anhe-2018.txt", ("安政办发", "来源：安和日报 发布时间：2018-04-01\n\n安政办发"))
    assert series.judge(plans[0], repost).relation == "same notice"


def test_a_cut_repost_is_contained(plans):
    cut = changed(ANHE / "anhe-2018.txt", chars=900)
    assert series.judge(plans[0], cut).relation == "contained"
    assert series.judge(cut, plans[0]).relation == "contained"
    assert series.group([*plans, cut]) == [(0, 1, 2)]


def test_another_plan_of_the_same_issuer_is_unrelated(plans, jiamusi):
    other = changed(ANHE / "anhe-2019.html".replace("2019.html", "2020.txt"), ("生态环境保护重点工作", "安全生产"))
    assert series.judge(plans[0], other).relation == "unrelated"
    assert series.judge(plans[0], pg.parse(jiamusi)[0]).relation == "unrelated"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("安和市人民政府办公室关于印发安和市2018年度水污染防治工作方案的通知", "水污染防治工作方案"),
        ("关于印发《2021年安和市政务公开工作要点》的通知", "政务公开工作要点"),
        ("安和市秋冬季大气污染综合治理攻坚行动方案", "秋冬季大气污染综合治理攻坚行动方案"),
        (None, ""),
    ],
)
def test_a_title_without_its_year_and_frame(given, expected):
    assert series.title(given, "安和市").removeprefix("安和市") == expected


def test_real_series_are_recognised(shared):
    folders = sorted(path for path in (shared / "series").iterdir() if path.is_dir())
    notices, owners = [], []
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            notices += pg.parse(path)
            owners.append(folder.name)
    assert sorted(sorted({owners[n] for n in one}) for one in series.group(notices)) == [[f.name] for f in folders]
