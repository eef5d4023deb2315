"""What pages do to notices: facts beside the text, polluted and broken copies, several notices in one file."""

import json

import pytest

from notices import written
from policygraph import models
from policygraph.pipeline import parse

NOTICE = written()
UNSIGNED = "\n".join(line for line in NOTICE.split("\n") if "17号" not in line and "3月5日" not in line)


def html(text: str, head: str = "", above: str = "") -> bytes:
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    page = f"<html><head><meta charset='utf-8'>{head}</head><body>{above}<div class='TRS_Editor'>{body}</div></body></html>"
    return page.encode()


def record(text: str, **fields: str) -> bytes:
    return json.dumps({"content": text, **fields}, ensure_ascii=False).encode()


def elements(data: bytes, name: str) -> models.Elements:
    (only,) = parse(data, name=name)
    return only.elements


def test_meta_tags_give_the_web_date_and_the_source():
    head = "<meta name='PubDate' content='2018-03-09 10:20'><meta name='ContentSource' content='市政府办公室'>"
    own = elements(html(NOTICE, head), "a.html")
    assert (own.published_on, own.origin, own.issued_on) == ("2018-03-09", "市政府办公室", "2018-03-05")


def test_the_lines_around_a_markdown_text_give_the_web_date():
    own = elements(f"# 通知\n\n**发布日期**: 2018年3月9日\n**来源**: 佳木斯日报\n\n{NOTICE}".encode(), "a.md")
    assert (own.published_on, own.origin) == ("2018-03-09", "佳木斯日报")


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2021-11-16T06:10:00.000Z", "2021-11-16"),
        ("2021-11-19T16:30:00Z", "2021-11-20"),
        ("20211116", "2021-11-16"),
        ("1634113298000", "2021-10-13"),
        ("2021年2月30日", None),
        ("2024年1月", None),
        ("近日", None),
    ],
)
def test_dates_of_registers_are_days_in_china(value, date):
    assert elements(record(NOTICE, PUBDATE=value), "a.json").published_on == date


def test_an_address_is_no_source():
    assert elements(record(NOTICE, 来源="https://www.gov.cn/a.htm"), "a.json").origin is None


def test_the_text_goes_before_the_metadata():
    own = elements(record(NOTICE, fileNum="佳政办发〔2020〕1号", 成文日期="2020-01-01"), "a.json")
    assert (own.document_number, own.listed_number, own.issued_on) == ("佳政办发〔2018〕17号", None, "2018-03-05")


def test_each_date_comes_from_its_own_labels():
    published = elements(record(UNSIGNED, 发布日期="2018-03-09"), "a.json")
    issued = elements(record(UNSIGNED, 成文日期="2018年03月05日"), "a.json")
    assert (published.issued_on, published.published_on) == (None, "2018-03-09")
    assert (issued.issued_on, issued.published_on) == ("2018-03-05", None)


def test_a_listed_number_names_a_notice_that_states_none():
    (only,) = parse(record(UNSIGNED, fileNum="佳政办发[2018] 17 号"), name="a.json")
    assert (only.id, only.elements.document_number) == ("佳政办发〔2018〕17号", None)
    assert only.elements.listed_number == "佳政办发〔2018〕17号"


@pytest.mark.parametrize("value", ["无", "17号", "11450000007565768W/2021-419985", "关于印发方案的通知"])
def test_what_has_not_the_shape_of_a_number_is_none(value):
    assert elements(record(UNSIGNED, 文号=value), "a.json").listed_number is None
