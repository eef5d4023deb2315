"""Scrapes become a page for each record; ledgers a table; archives their members."""

import csv
import io
import json
import zipfile

import openpyxl
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import zipped
from notices import written
from policygraph.errors import PolicygraphError, SourceError
from policygraph.models import Page
from policygraph.read import Limits, pages, read
from policygraph.read.cellformat import shown

NOTICE = written()
OTHER = written("鹤岗", 2019, 3)
HTML = "".join(f"<p>{line}</p>" for line in NOTICE.split("\n"))


def names(found: list[Page]) -> list[str]:
    return [page.source for page in found]


def test_the_body_of_a_record_is_found_by_what_it_holds():
    record = {
        "code": 200,
        "data": {
            "title": "关于印发…的通知",
            "f_2021": NOTICE.replace("\n", ""),
            "content_h": HTML,
            "文号": "佳政办发〔2018〕17号",
            "name": "甲<br/>乙",
            "hits": {"name": "丙"},
            "tags": ["水利", "节水"],
            "empty": "",
            "ok": True,
        },
    }
    (page,) = pages(json.dumps(record).encode(), name="notice.json")
    assert page.source == "notice.json"
    assert page.media_type == "application/json"
    assert page.text.startswith("佳政办发〔2018〕17号\n佳木斯市人民政府办公室\n关于印发")
    assert page.metadata == {
        "code": "200",
        "title": "关于印发…的通知",
        "文号": "佳政办发〔2018〕17号",
        "data.name": "甲乙",
        "data.hits.name": "丙",
        "tags": "水利 节水",
    }
    assert [drop.reason for drop in page.dropped] == ["copy of the text"]


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda records: records,
        lambda records: {"code": 0, "data": {"total": 2, "list": records}},
        lambda records: {"hits": {"hits": [{"_id": "1", "_source": record} for record in records]}},
        lambda records: {"1": records[0], "2": records[1]},
    ],
    ids=["list", "interface", "search", "by id"],
)
def test_each_record_is_a_page(wrapped):
    records = [{"title": "甲", "content": NOTICE}, {"title": "乙", "content": OTHER, "files": [{"name": "附件.docx"}]}]
    found = pages(json.dumps(wrapped(records)).encode(), name="scrape.json")
    assert names(found) == ["scrape.json#1", "scrape.json#2"]
    assert [page.text for page in found] == [NOTICE.strip("\n"), OTHER.strip("\n")]
    assert found[1].metadata["title" if "title" in found[1].metadata else "_source.title"] == "乙"


def test_lines_of_json_and_broken_ones():
    lines = [json.dumps({"content": NOTICE}), '{"content": "断', json.dumps({"content": OTHER}), '{"title": "无正文"}']
    errors: list[PolicygraphError] = []
    found = pages("\n".join(lines).encode(), name="scrape.jsonl", failed=errors.append)
    assert names(found) == ["scrape.jsonl#1", "scrape.jsonl#3"]
    assert [str(error) for error in errors] == [
        "scrape.jsonl#2: not valid JSON: invalid control character at at line 2 column 15 (fetch the record again)",
        "scrape.jsonl#4: no field holds the text of a notice (give records with the full text of a notice each)",
    ]
    with pytest.raises(SourceError, match="not valid JSON"):
        pages("\n".join(lines).encode(), name="scrape.jsonl")
    with pytest.raises(SourceError, match=r"holds 2 pages \(read it with `pages`\)"):
        read("\n".join([lines[0], lines[2]]).encode(), name="scrape.jsonl")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"content": ', "x.json: not valid JSON: expecting value at line 1 column 13 (fetch the file again)"),
        (
            '{"title": "通知"}',
            "x.json: no field holds the text of a notice (give records with the full text of a notice each)",
        ),
        ('{"a":' * 5000, "x.json: not valid JSON: nested too deep (fetch the file again)"),
        ("[" * 300 + '{"a": "一"}' + "]" * 300, None),
    ],
    ids=["cut", "titles", "deep", "lists"],
)
def test_what_is_no_scrape_is_refused(text, message):
    with pytest.raises(SourceError) as caught:
        pages(text.encode(), name="x.json")
    assert message is None or str(caught.value) == message


def test_scraped_text_loses_its_buttons_and_keeps_its_words():
    text = f"下载\n打印\n【字号：\n加大\n】\n关于节水的通知\n来源：黑龙江日报\n时间：2026-02-26\n{NOTICE}\n责任编辑：张三\n相关报道："
    (page,) = pages(json.dumps({"text": text.replace("人民", "人&nbsp;民")}).encode(), name="x.json")
    assert page.text == f"关于节水的通知\n{NOTICE.strip()}".replace("人民", "人\xa0民")
    assert page.metadata == {"来源": "黑龙江日报", "时间": "2026-02-26"}
    assert [drop.reason for drop in page.dropped][-2:] == ["editor", "related"]


def test_csv_of_notices_and_csv_of_tasks():
    out = io.StringIO()
    csv.writer(out).writerows([["title", "publish_date", "full_text"], ["甲", "2018-03-05", NOTICE], ["乙", "", OTHER]])
    found = pages(("\ufeff" + out.getvalue()).encode(), name="s.csv")
    assert names(found) == ["s.csv#1", "s.csv#2"]
    assert found[0].metadata == {"title": "甲", "publish_date": "2018-03-05"}
    assert found[0].text == NOTICE.strip("\n")
    ledger = read("序号;任务;牵头单位\n1;节水;市水务局\n2;;\n".encode("gb18030"), name="t.csv")
    assert ledger.text == "序号\t任务\t牵头单位\n1\t节水\t市水务局\n2\t\t"
    assert len(ledger.tables[0].cells) == 9
    assert read("一、目标\n二、任务".encode(), name="t.csv").text == "一、目标\n二、任务"


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "任务"
    sheet["A1"] = "佳木斯市2018年度重点任务分解表"
    sheet.merge_cells("A1:E1")
    sheet.append(["序号", "任务", "牵头单位", "完成时限", "比例"])
    import datetime  # noqa: PLC0415

    sheet.append([1, "节水\n管网", "市水务局", datetime.date(2018, 12, 31), 0.55])
    sheet.append([None, "治污", "市农委", datetime.date(2018, 9, 1), None])
    sheet.merge_cells("A3:A4")
    sheet["D3"].number_format = 'yyyy"年"m"月底前"'
    sheet["D4"].number_format = "yyyy/m/d"
    sheet["E3"].number_format = "0%"
    sheet["H9"].number_format = "0.00"
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "不公开"
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("任务")
    sheet.write_merge(0, 0, 0, 4, "佳木斯市2018年度重点任务分解表")
    month, day, share = (xlwt.easyxf(num_format_str=code) for code in ('yyyy"年"m"月底前"', "yyyy/m/d", "0%"))
    for column, words in enumerate(["序号", "任务", "牵头单位", "完成时限", "比例"]):
        sheet.write(1, column, words)
    sheet.write_merge(2, 3, 0, 0, 1)
    for row, line in enumerate([("节水\n管网", "市水务局", 43465), ("治污", "市农委", 43344)], 2):
        for column, words in enumerate(line, 1):
            sheet.write(row, column, words, *([month if row == 2 else day] if column == 3 else []))
    sheet.write(2, 4, 0.55, share)
    hidden = book.add_sheet("底稿")
    hidden.write(0, 0, "不公开")
    hidden.visibility = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "name"), [(xlsx, "a.xlsx"), (xls, "a.xls"), (xlsx, "a.doc")], ids=["xlsx", "xls", "misnamed"]
)
def test_a_ledger_reads_as_it_is_shown(make, name):
    page = read(make(), name=name)
    assert page.text == (
        "佳木斯市2018年度重点任务分解表\n序号\t任务\t牵头单位\t完成时限\t比例\n"
        "1\t节水\n管网\t市水务局\t2018年12月底前\t55%\n治污\t市农委\t2018/9/1\t"
    )
    cells = {(cell.row, cell.column): cell for cell in page.tables[0].cells}
    assert (cells[1, 0].rows, cells[1, 0].columns, (2, 0) in cells) == (2, 1, False)
    assert [(drop.reason, drop.words) for drop in page.dropped] == [("hidden sheet", "底稿: 不公开")]


def test_a_workbook_of_notices_is_a_scrape():
    book = openpyxl.Workbook()
    for row in (["标题", "发布日期", "正文"], ["甲", "2018-03-05", NOTICE], ["乙", None, OTHER]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    found = pages(out.getvalue(), name="政策内容.xlsx")
    assert names(found) == ["政策内容.xlsx#1", "政策内容.xlsx#2"]
    assert found[0].metadata == {"标题": "甲", "发布日期": "2018-03-05"}
    assert found[1].text == OTHER.strip("\n")


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("43299", 'yyyy"年"m"月"d"日"', "2018年7月18日"),
        ("43299", '[$-804]yyyy"年"m"月";@', "2018年7月"),
        ("43299.5", "yyyy-mm-dd hh:mm:ss", "2018-07-18 12:00:00"),
        ("0.5", "h:mm", "12:00"),
        ("1", "yyyy/m/d", "1900/1/1"),
        ("0.1234", "0.00%", "12.34%"),
        ("10605", "#,##0", "10,605"),
        ("12.5", "0.##", "12.5"),
        ("12", '0"个"', "12个"),
        ("-5", "0_);[Red](0)", "(5)"),
        ("5", "000", "005"),
        ("47.380000000000003", "General", "47.38"),
        ("110105199001011234", "General", "110105199001011234"),
        ("1e400", "0", "1e400"),
        ("-3", "yyyy/m/d", "-3"),
        ("3", "@", "3"),
    ],
)
def test_numbers_are_written_as_their_format_shows_them(value, code, text):
    assert shown(value, code) == text


def rewritten(data: bytes, part: str, change: tuple[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(
                info.filename,
                content.replace(change[0].encode(), change[1].encode()) if info.filename == part else content,
            )
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda: rewritten(xlsx(), SHEET, ("</sheetData>", "<row>" + "<c/>" * 7_000_000 + "</row></sheetData>")), "more than 300,000 table cells"),
        (lambda: rewritten(xlsx(), SHEET, ("</sheetData>", '<row r="9"><c t="str"><v>一</v></c></row>' * 400_000 + "</sheetData>")), "more than 300,000 table cells"),
        (lambda: rewritten(xlsx(), SHEET, ("<worksheet", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet')), "a document type declared"),
        (lambda: rewritten(xlsx(), SHEET, ("</row>", "</raw>")), "damaged or truncated file"),
        (lambda: xlsx()[:3000], "damaged or truncated"),
        (lambda: xls()[:2000], "damaged or truncated file"),
    ],
    ids=["blank cells", "cells", "entities", "markup", "cut", "cut xls"],
)  # fmt: skip
def test_workbooks_out_of_bounds_are_refused(data, message, request):
    name = "a.xls" if "xls" in request.node.callspec.id else "a.xlsx"
    with pytest.raises(SourceError, match=message):
        pages(data(), name=name, limits=Limits(expansion=10_000))


def test_a_merged_range_of_a_whole_sheet_costs_nothing():
    data = rewritten(xlsx(), SHEET, ("A1:E1", "A1:XFD1048576"))
    assert read(data, name="a.xlsx").text.startswith("佳木斯市2018年度重点任务分解表\n序号\t任务")


def test_members_of_an_archive_are_sources_of_their_own():
    inner = zipped({"乙.html": HTML.encode()})
    data = zipped(
        {
            "2018/甲.txt": NOTICE.encode(),
            "二.zip": inner,
            "scrape.json": json.dumps([{"content": NOTICE}, {"content": OTHER}]).encode(),
            "图.png": b"\x89PNG",
            "__MACOSX/2018/._甲.txt": b"\x00",
            "~$乙.docx": b"\x00",
        }
    )
    errors: list[PolicygraphError] = []
    found = pages(data, name="a.zip", failed=errors.append)
    assert names(found) == ["a.zip!2018/甲.txt", "a.zip!二.zip!乙.html", "a.zip!scrape.json#1", "a.zip!scrape.json#2"]
    assert found[0].text == NOTICE
    assert [error.source for error in errors] == ["a.zip!图.png"]


def test_names_of_chinese_windows_are_decoded():
    data = zipped({"AB.txt": NOTICE.encode()}).replace(b"AB.txt", "甲.txt".encode("gb18030"))
    assert names(pages(data, name="a.zip")) == ["a.zip!甲.txt"]


def test_archives_are_opened_twice_inside_and_no_deeper():
    data = zipped({"甲.txt": NOTICE.encode()})
    for name in ("三.zip", "二.zip"):
        data = zipped({name: data})
    assert names(pages(data, name="a.zip")) == ["a.zip!二.zip!三.zip!甲.txt"]
    with pytest.raises(SourceError, match="archives nested more than 2 deep"):
        pages(zipped({"一.zip": data}), name="a.zip")


def test_archives_out_of_bounds_are_refused():
    zeros = zipped({f"{n}.txt": b"\x00" * 3_000_000 for n in range(4)})
    with pytest.raises(SourceError, match=r"a\.zip: too large: unpacks to more than 5,000,000 bytes"):
        pages(zeros, name="a.zip", limits=Limits(expanded_bytes=5_000_000), failed=lambda _: None)
    with pytest.raises(SourceError, match=r"a\.zip: too large: unpacks to more than 200 times its size"):
        pages(zipped({"a.txt": b"\x00" * 20_000_000}), name="a.zip")
    nested = zipped({f"{n}.zip": zeros for n in range(4)})
    with pytest.raises(SourceError, match=r"^a\.zip: too large: unpacks to more than 15,000,000 bytes"):
        pages(nested, name="a.zip", limits=Limits(expanded_bytes=15_000_000), failed=lambda _: None)
    with pytest.raises(SourceError, match="more than 3 files or records inside"):
        pages(zeros, name="a.zip", limits=Limits(members=3))
    with pytest.raises(SourceError, match="empty archive"):
        pages(zipped({}), name="a.zip")


SAMPLES = {
    "x.json": json.dumps([{"title": "甲", "content": HTML}, {"content": OTHER}], ensure_ascii=False).encode(),
    "x.csv": f'title,full_text\n甲,"{NOTICE}"\n乙,"{OTHER}"\n'.encode(),
    "x.xlsx": xlsx(),
    "x.xls": xls(),
    "x.zip": zipped({"甲.txt": NOTICE.encode(), "乙.html": HTML.encode(), "丙.zip": zipped({"丁.xlsx": xlsx()})}),
}


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_damaged_files_raise_nothing_of_their_own(name, data):
    sample = bytearray(SAMPLES[name])
    for _ in range(data.draw(st.integers(0, 12))):
        sample[data.draw(st.integers(0, len(sample) - 1))] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, 8))
    end = data.draw(st.integers(0, len(sample)))
    splice = data.draw(st.integers(0, len(sample)))
    mutated = bytes(sample[start:end] + sample[splice : splice + data.draw(st.integers(0, 200))])
    try:
        pages(mutated, name=name, failed=lambda _: None)
    except PolicygraphError:
        return


def test_scrapes_of_shared_are_read(shared):
    for name, start in {
        "CQ4.json": "重庆市人民政府办公厅关于",
        "GXP9.json": "　　各市、县人民政府",
        "HB7.json": "　　各市、州、县人民政府",
        "ZJ06.json": "各镇人民政府",
        "RP2.csv": "2026年黑龙江省政府工作报告",
    }.items():
        page = read(shared / "notices" / name)
        assert page.text.startswith(start)
        assert page.source.endswith(name)
    assert read(shared / "notices" / "ZJ06.json").metadata["filenumber"] == "义政办发〔2013〕129 号"
