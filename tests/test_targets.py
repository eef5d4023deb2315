"""The forms in which officials write what is to be reached, each with its neighbours that commit to nothing."""

import pytest

from policygraph.extract import targets, times
from policygraph.extract.context import Context


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
    ],
)
def test_what_is_made_is_counted_in_chinese_numerals(text, expected):
    assert measured(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "落实三个责任,建立四个机制。",
        "打造两个高地。",
        "培育三种能力。",
        "新建一个平台。",
        "建设两三个项目。",
        "截至2017年底,全市已建成三个污水处理厂。",
    ],
)
def test_chinese_numerals_that_are_idiom_or_history(text):
    assert measured(text) == []
