"""Character-level tools: nothing moves, and every view leads back."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policygraph.text import brackets, dates
from policygraph.text.normalise import normalise
from policygraph.text.numerals import decimal, integer
from policygraph.text.view import compact

NOTICE_LIKE = st.text(
    st.one_of(
        st.sampled_from(
            " \n\u3000\xa0\u200b\ufeff2018年月底前%()（）[]〔〕《》“”,，。;；、:：一二三牵头配合负责市局各县区政府"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=200,
)


@pytest.mark.parametrize(
    ("published", "plain"),
    [
        ("（２０１８年）", "(2018年)"),
        ("201６年", "2016年"),
        ("⻔⼯⺠⻝", "门工民食"),
        ("⺘⺡⻖⺾㇐", "扌氵阝艹一"),
        ("\ufa1b\U0002f81a", "福冬"),
        ("6％，", "6%,"),
        ("1﹒推进", "1.推进"),
        ("﹝2018﹞", "〔2018〕"),
        ("a\u3000b\xa0c", "a b c"),
        ("①Ⅲ㎡", "①Ⅲ㎡"),  # look alike, but are other characters: they stay
        ("“十小”", "“十小”"),
    ],
)
def test_normalise(published, plain):
    assert normalise(published) == plain


RADICALS = [
    char
    for char in map(chr, [*range(0x2E81, 0x2EF4), *range(0x2F00, 0x2FD6), *range(0x31C0, 0x31E4)])
    if unicodedata.name(char, "").startswith(("CJK RADICAL", "KANGXI RADICAL", "CJK STROKE"))
]


@pytest.mark.parametrize("radical", RADICALS)
def test_what_pdfs_show_for_characters_becomes_the_character(radical):
    """Every radical has a unified ideograph; strokes have one where Unicode says so (㇐ is 一)."""
    plain = normalise(radical)
    if plain == radical:
        assert unicodedata.name(radical).startswith("CJK STROKE")
    else:
        assert unicodedata.name(plain).startswith("CJK UNIFIED IDEOGRAPH")


@given(NOTICE_LIKE)
def test_normalise_moves_nothing_and_is_idempotent(text):
    assert len(normalise(text)) == len(text)
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("published", "read"),
    [
        ("2018 年年底前", "2018年年底前"),
        ("重点工作 实施方案 的通知", "重点工作实施方案的通知"),
        ("关于\u200b印发\ufeff方案", "关于印发方案"),
        ("Industry 4.0 平台", "Industry 4.0平台"),
        ("2. 2018年底前", "2. 2018年底前"),
        ("一、目标\n\n \u3000二、任务\n", "一、目标\n二、任务"),
    ],
)
def test_compact_drops_layout(published, read):
    assert compact(published).text == read


def test_compact_joins_lines_broken_at_the_margin():
    line = "为深入贯彻落实水污染防治行动计划确保各项工作顺利开展"
    text = "\n".join([line] * 12) + "。\n一、目标"
    assert compact(text).text == line * 12 + "。\n一、目标"


@given(NOTICE_LIKE)
@example("0\xad 0")
def test_every_span_of_a_view_leads_back(text):
    view = compact(text)
    plain = normalise(text)
    for position, char in enumerate(view.text):
        start, end = view.span(position, position + 1)
        assert end == start + 1
        if char != "\n":
            assert plain[start] == char


@given(NOTICE_LIKE, st.data())
def test_published_words_are_the_characters_of_a_view_as_they_were_written(text, data):
    view = compact(text)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(view.text))] * 2)))
    shown = [text[view.origin(position)] for position in range(start, end)]
    assert view.published(text, start, end) == "".join(shown)


def test_gap_is_where_something_was_dropped():
    view = compact("微信 微博 各有关单位:")
    assert [p for p in range(len(view.text)) if view.gap(p)] == [2, 4]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("(市水务局牵头)", ["市水务局牵头"]),
        ("(区资源生态局牵头负责]", ["区资源生态局牵头负责"]),
        ("[各县(市)区政府落实,不再列出)]", ["各县(市)区政府落实,不再列出)", "市"]),
        ("(没有关上\n(市水务局)", ["市水务局"]),
        (")(", []),
    ],
)
def test_brackets_pair_in_spite_of_wrong_partners(text, inner):
    assert [text[slice(*pair.inner)] for pair in brackets.pairs(text)] == inner


@given(NOTICE_LIKE)
def test_bracket_pairs_nest(text):
    found = brackets.pairs(normalise(text))
    for one in found:
        for other in found:
            crossing = one.start < other.start < one.end < other.end
            assert not crossing


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("三十二", 32),
        ("十", 10),
        ("二〇一八", 2018),
        ("一百零五", 105),
        ("两", 2),
        ("12", 12),
        ("廿", None),
        ("", None),
    ],
)
def test_integer(numeral, value):
    assert integer(numeral) == value


@pytest.mark.parametrize(
    ("written", "value"), [("10,605", "10605"), ("0.612", "0.612"), ("007", "7"), ("三", "3"), ("x", None)]
)
def test_decimal(written, value):
    assert decimal(written) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2018年7月19日", ["2018-07-19"]),
        ("二○○五年十二月三日", ["2005-12-03"]),
        ("发布:2018-08-03", ["2018-08-03"]),
        ("2018年2月30日", []),
        ("2018年7月", []),
    ],
)
def test_full_dates(text, found):
    assert [value for _, _, value in dates.find(text)] == found


@pytest.mark.parametrize(
    ("published", "text", "gaps"),
    [
        ("省政\u200b府各部门", "省政府各部门", []),
        ("省政\u200b 府", "省政府", [2]),
        ("20 18年6月4日", "2018年6月4日", []),
        ("某政发〔20 18〕9号", "某政发〔2018〕9号", []),
        ("到2020 2021年", "到2020 2021年", []),
    ],
)
def test_what_parts_nothing_is_no_gap(published, text, gaps):
    view = compact(published)
    assert view.text == text
    assert [p for p in range(len(view.text)) if view.gap(p)] == gaps
    assert view.gaps(0, len(view.text)) == tuple(gaps)


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("某市人民政府办公室关于印发某某市节约用水工作方案的通知", "各县人民政府:", False),
        ("为深入贯彻落实水污染防治行动计划确保各项工作顺利开展市", "各县人民政府:", True),
    ],
)
def test_a_title_that_fills_its_line_ends_there(above, below, joined):
    line = "  深入贯彻落实水污染防治行动计划确保各项工作顺利开展"
    text = "\n".join([above, below, "请执行。", *[line + "\n" + "深" * 27] * 8]) + "。"
    assert (above + below in compact(text).text) == joined


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(责任单位:", "市教育局、民政局)"),
        ("(牵头单位:市财政局;", "责任单位:市税务局)"),
        ("执行《建筑设计防火规范》", "(GB50016-2014)等标准"),
        ("根据国办发〔2019〕", "5号文件精神"),
        ("网络丢包率控制在", "0.6%以内"),
        ("比重不高于2", "7.8%"),
    ],
)
def test_the_margin_ends_nothing_inside_brackets_titles_and_numbers(before, after):
    line = "为深入贯彻落实水污染防治行动计划确保各项工作顺利开展"
    broken = line[: len(line) - len(before)] + before
    text = "\n".join([line] * 12) + "。\n" + broken + "\n" + after + "。\n一、目标"
    assert compact(text).text == line * 12 + "。\n" + broken + after + "。\n一、目标"


def test_a_margin_is_where_most_lines_break_not_where_one_is_longest():
    line = "推进水污染防治工作落实落细完善长效机制强化监督检查加大投入"
    text = "\n".join([line] * 12) + "\n" + line + "三个字\n完。"
    assert compact(text).text.startswith(line * 12)


def test_a_margin_shows_beside_a_table_that_was_not_broken():
    line = "推进水污染防治工作落实落细完善长效机制强化监督检查加大投入"
    rows = "".join(f"{number}\t改造老旧小区给水管网若干\t市水务局、市财政局\n" for number in range(20))
    assert line * 11 in compact("\n".join([line] * 11) + "。\n" + rows).text


def test_full_lines_that_are_whole_sentences_show_no_margin():
    line = "推进水污染防治工作落实落细完善长效机制强化监督检查加大。"
    rows = "".join(f"{number}\t改造老旧小区给水管网若干\t市水务局、市财政局\n" for number in range(20))
    assert compact("\n".join([line] * 11) + "\n" + rows).text.count(line + "\n") == 11
