"""What pages do to notices: facts beside the text, polluted and broken copies, several notices in one file."""

import json

import pytest

from notices import written
from policygraph import models
from policygraph.pipeline import parse
from policygraph.text.pollution import mended

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


def polluted(text: str, **marks: str) -> models.Notice:
    for char, instead in marks.items():
        text = text.replace(char, instead)
    (only,) = parse(text.encode(), name="a.txt")
    return only


def facts(notice: models.Notice) -> list[object]:
    return [
        (notice.id, notice.elements.issuers, notice.elements.recipients),
        [(duty.organisation, duty.role) for duty in notice.duties],
        [(target.indicator, target.value) for target in notice.targets],
        [(time.kind, time.end) for time in notice.times],
    ]


def test_traditional_characters_in_a_simplified_text_are_read():
    spoiled = polluted(NOTICE, 务="務", 负="負", 责="責", 县="縣", 节="節")
    assert facts(spoiled) == facts(polluted(NOTICE))
    assert "務" in spoiled.page.text
    assert [issue.reason for issue in spoiled.issues if "polluted" in issue.reason]


def test_syllables_beside_the_characters_they_spell_are_passed_over():
    spoiled = polluted(NOTICE, 务="务wu", 负="fù负", 网="网wang", 委="wei委")
    assert facts(spoiled) == facts(polluted(NOTICE))
    assert any("polluted" in issue.reason for issue in spoiled.issues)
    (duty,) = [one for one in spoiled.duties if one.surface == "市水务局"]
    assert spoiled.page.text[slice(*duty.span)] == "市水务wu局"


def test_a_syllable_that_stands_for_a_character_is_not_guessed():
    spoiled = polluted(NOTICE, 务="wu", 网="wang", 供="gong", 作="zuo")
    assert not [duty for duty in spoiled.duties if duty.surface in {"市水务局", "市水局"}]
    assert any("polluted" in issue.reason for issue in spoiled.issues)


def test_characters_that_only_look_alike_are_read():
    assert facts(polluted(NOTICE, 工信="エ信")) == facts(polluted(NOTICE))


@pytest.mark.parametrize(
    "words",
    [
        "GDP增长、PM2.5下降和5G基站、App应用、ppm浓度、kW装机、iOS系统并用。",
        "面积以mu计、长度以km计。",
        "昇腾芯片和菸草。",
        "發",
    ],
)
def test_an_honest_text_is_not_polluted(words):
    assert not polluted(NOTICE + words * 3 if len(words) > 1 else NOTICE + words).issues


def test_a_traditional_text_is_left_as_it_is():
    assert mended("市務實業負責組織實施學習") == "市務實業負責組織實施學習"


TASK = "(三)节水监督。加强用水计量管理，严格执行用水定额。"


def breaks_off(end: str) -> str | None:
    (only,) = parse((NOTICE + end).encode(), name="a.txt")
    spans = [issue.span for issue in only.issues if issue.reason == "the page breaks off"]
    return only.page.text[slice(*spans[0])] if spans and spans[0] else None


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        ("建立用水统计制度，严格控制用水总", "建立用水统计制度，严格控制用水总"),
        ("建立用水统计制度、", "建立用水统计制度、"),
        ("建立统计制度的", "建立统计制度的"),
        ("建立统计制度。（市水务局牵头，市工", "（市水务局牵头，市工"),
        ("建立……", "……"),
        ("建立...查看全文>>", "..."),
        ("建立……\n展开全文\n", "……"),
        ("建立制度。（未完）", "（未完）"),
        ("建立统计制度，严格控制用水总\n下一页\n打印 关闭", "建立统计制度，严格控制用水总"),
    ],
)
def test_a_page_breaks_off(end, shown):
    assert breaks_off(TASK + end) == shown


@pytest.mark.parametrize(
    "end",
    [
        "",
        "建立用水统计制度。",
        "建立制度。\n展开全文",
        "建立制度。\n附件：1.任务清单\n2.指标表",
        "建立制度。\n佳木斯市人民政府办公室\n2018年3月5日",
        "责任单位：市水务局，市工信委",
        "市水务局牵头，市工信委配合",
        "建立制度。\n来源：佳木斯日报\n打印 关闭",
        "建立制度。\n抄送：市委各部门，市人大常委会办公室，市政协办公室。",
        "建立以下制度：",
    ],
)
def test_an_end_without_a_full_stop_is_no_break(end):
    assert breaks_off(TASK + end) is None


OTHER = written("鹤岗", 2019, 3)


def ids(text: str) -> list[str]:
    return [one.id for one in parse(text.encode(), name="a.txt")]


def test_two_notices_in_one_file_are_two():
    first, second = parse(f"{NOTICE}\n{OTHER}".encode(), name="a.txt")
    assert (first.id, second.id) == ("佳政办发〔2018〕17号", "鹤政办发〔2019〕3号")
    assert (first.page.source, second.page.source) == ("a.txt#1", "a.txt#2")
    (alone,) = parse(OTHER.encode(), name="a.txt")
    assert second.page.text == alone.page.text.rstrip("\n")
    assert (second.tasks, second.duties, second.targets) == (alone.tasks, alone.duties, alone.targets)
    assert {duty.organisation for duty in first.duties if duty.role == "lead"} == {"230800:water_affairs"}


def test_three_notices_in_one_file_are_three():
    assert len(ids(f"{NOTICE}\n{OTHER}\n{written('合肥', 2020, 8)}")) == 3


def test_a_notice_printed_twice_is_one():
    assert ids(f"{NOTICE}\n{NOTICE}") == ["佳政办发〔2018〕17号"]


def test_an_attachment_with_a_head_stays():
    assert ids(f"{NOTICE}\n附件1\n{OTHER}") == ["佳政办发〔2018〕17号"]


def test_a_notice_that_is_forwarded_stays():
    forwarding = NOTICE.replace("印发佳木斯市2018年度节水工作方案", "转发节水工作文件")
    naming = NOTICE.replace("请认真", "按照鹤政办发〔2019〕3号要求，请认真")
    assert len(ids(f"{forwarding}\n{OTHER}")) == len(ids(f"{naming}\n{OTHER}")) == 1


def test_a_second_part_without_a_signature_or_addressees_stays():
    unsigned = OTHER.replace("   2019年3月5日\n", "")
    addressing_nobody = OTHER.replace("各县(市)区人民政府,市政府各直属单位:\n", "")
    assert len(ids(f"{NOTICE}\n{unsigned}")) == len(ids(f"{NOTICE}\n{addressing_nobody}")) == 1


def test_each_notice_of_a_page_keeps_its_tables():
    rows = "".join(f"<tr><td>{n}</td><td>任务{n}</td><td>市水务局</td></tr>" for n in (1, 2))
    grid = f"<table><tr><td>序号</td><td>任务</td><td>牵头单位</td></tr>{rows}</table>"
    texts = ["".join(f"<p>{line}</p>" for line in text.split("\n")) for text in (NOTICE, OTHER)]
    page = f"<html><meta charset='utf-8'><body><div class='TRS_Editor'>{texts[0]}{texts[1]}{grid}</div></body></html>"
    first, second = parse(page.encode(), name="a.html")
    assert (len(first.page.tables), len(second.page.tables)) == (0, 1)
    words = [second.page.text[slice(*cell.span)] for cell in second.page.tables[0].cells]
    assert words[:3] == ["序号", "任务", "牵头单位"]


def test_many_lines_that_address_somebody_end_in_time():
    signed = "各县人民政府：\n请执行。\n县政府办公室\n2018年3月5日\n"
    lines = f"{NOTICE}\n" + "".join(f"关于印发第{n}批方案的通知\n{signed}" for n in range(5_000))
    assert ids(lines) == ["佳政办发〔2018〕17号"]
