"""Ledgers of tasks: in the form of officials, each fact with its characters, whatever a notice says."""

from io import BytesIO

import openpyxl
import pytest
from click.testing import CliRunner
from lxml import html as markup

import policygraph as pg
from policygraph.cli import main
from policygraph.errors import BadParameter
from policygraph.ledger import html, xlsx
from policygraph.pipeline import parse
from policygraph.store import open_store
from policygraph.store.contract import SourceRecord
from policygraph.writing import workbook
from policygraph.writing.workbook import Column, Link, Sheet

FORM = ["序号", "任务", "目标", "牵头单位", "配合单位", "完成时限", "出处"]
HOSTILE = """=HYPERLINK("http://a.example","x")市人民政府关于印发<script>alert(1)</script>方案的通知
佳政办发〔2018〕9号
各县(市)区政府:
一、<img src=x onerror=alert(2)>工程
（一）=1+1管网。+cmd|' /C calc'!A0 新建管网20公里\u202e\u200b,2018年底前完工。(市水务局牵头,市农委配合)
（二）@SUM(A1)检查。\x01-2+3每季度检查1次。(=市城投公司负责,</table><a href="javascript:alert(3)">市财政局配合)
佳木斯市人民政府
2018年3月1日
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory, jiamusi, corpus):
    folder = tmp_path_factory.mktemp("ledger")
    with open_store(folder / "graph.db") as opened:
        pg.build([jiamusi, corpus / "anhe"], opened)
        yield opened


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("hostile") / "graph.db") as opened:
        path = "javascript:alert(4)"
        opened.load(SourceRecord(path, "0", 1), parse(HOSTILE.encode(), name=path))
        yield pg.ledger(opened, notice="9号")


def sheet(content: bytes, name: str = "任务台账"):
    return openpyxl.load_workbook(BytesIO(content))[name]


def test_a_ledger_of_a_body_has_its_tasks_with_everybodys_part(store):
    found = pg.ledger(store, organisation="佳木斯市水务局", year=2018)
    assert found.title == "佳木斯市水务局2018年任务台账"
    assert len(found.entries) == len(store.ask("duties", organisation="佳木斯市水务局"))
    first = found.entries[0]
    assert first.own == ("牵头",)
    assert first.leading == ("佳木斯市水务局",)
    assert first.others == ("佳木斯市工信委", "佳木斯市城乡建设局", "佳木斯市各县(市)区政府（落实）")
    assert first.targets == ("省考核范围内用水总量控制在47.38亿立方米",)
    assert first.times == ("2018-12-31（2018年）",)
    text = found.notices[first.notice].text
    marked = {mark.kind: text[mark.start : mark.end] for mark in first.marks if mark.kind != "duty"}
    assert marked == {"target": "省考核范围内用水总量控制在47.38亿立方米", "time": "2018年"}


def test_a_ledger_of_a_notice_has_all_its_tasks_in_order(store):
    found = pg.ledger(store, notice="17号")
    assert [entry.task for entry in found.entries] == list(
        dict.fromkeys(row["task"] for row in store.ask("assignments", notice="17号"))
    )
    assert not any(entry.own for entry in found.entries)


def test_a_year_leaves_out_the_plans_of_others(store):
    found = pg.ledger(store, organisation="安和市生态环境局", year="2020")
    assert list(found.notices) == ["安政办发〔2020〕8号"]
    every = pg.ledger(store, organisation="安和市生态环境局")
    assert len(every.notices) > 1


def test_a_ledger_of_nothing_in_particular_is_refused(store):
    with pytest.raises(BadParameter, match="give an organisation or a notice"):
        pg.ledger(store, year=2018)


def test_the_workbook_is_the_form_of_officials_with_head_filter_and_links(store):
    content = xlsx.write(pg.ledger(store, organisation="佳木斯市水务局", year=2018))
    page = sheet(content)
    assert page["A1"].value == "佳木斯市水务局2018年任务台账"
    head = [cell.value for cell in page[2]]
    assert head == [*FORM, "本单位角色"]
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref == f"A2:H{page.max_row}"
    assert page.print_title_rows == "$2:$2"
    assert all(page.column_dimensions[letter].width > 5 for letter in "ABCDEFGH")
    assert page["B3"].alignment.wrap_text
    words = sheet(content, "原文")
    for row in range(3, page.max_row + 1):
        target = page.cell(row, 7).hyperlink.location
        assert target == f"'原文'!A{row - 1}"
        assert words.cell(row - 1, 3).value == page.cell(row, 7).value.split(" ")[1]
        assert page.cell(row, 8).value in ("牵头", "配合", "负责")


def test_the_same_ledger_is_the_same_bytes(store):
    found = pg.ledger(store, notice="17号")
    assert xlsx.write(found) == xlsx.write(found)
    assert html.write(found) == html.write(found)


def test_the_page_has_the_table_and_the_published_words_of_each_task(store):
    found = pg.ledger(store, notice="17号")
    page = markup.fromstring(html.write(found))
    assert [cell.text for cell in page.iterfind(".//thead/tr/th")] == FORM
    assert len(page.findall(".//tbody/tr")) == len(found.entries)
    for number, entry in enumerate(found.entries, 1):
        (link,) = page.xpath(f"//a[@href='#w{number}']")
        assert entry.place in link.text_content()
        (passage,) = page.xpath(f"//h3[@id='w{number}']/following-sibling::p[1]")
        text = found.notices[entry.notice].text
        assert passage.text_content().strip() == text[entry.start : entry.end].strip()
    assert {mark.text_content() for mark in page.xpath("//mark[@class='duty']")} >= {"市水务局", "市工信委"}


def test_what_a_notice_says_is_no_formula_in_a_workbook(hostile):
    content = xlsx.write(hostile)
    for name in ("任务台账", "原文"):
        cells = [cell for row in sheet(content, name).iter_rows() for cell in row if cell.value is not None]
        assert cells
        assert all(cell.data_type in ("s", "n", "inlineStr") for cell in cells)
        assert not any(cell.hyperlink and cell.hyperlink.target for cell in cells)
    shown = " ".join(str(cell.value) for row in sheet(content).iter_rows() for cell in row)
    assert "=1+1管网" in shown
    assert "javascript:alert(3)" in shown


def test_what_a_notice_says_is_no_markup_in_a_page(hostile):
    written = html.write(hostile)
    page = markup.fromstring(written)
    assert not page.xpath("//script|//img|//iframe|//form")
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert len(page.xpath("//table")) == 1
    assert "\u202e" not in written
    assert "\x01" not in written
    assert "<script>alert(1)</script>" in page.text_content()


def test_only_web_addresses_become_links():
    links = [("a", "https://a.example/b?c=1&d=2"), ("b", "javascript:alert(1)"), ("c", "file:///etc/passwd")]
    content = workbook.write([Sheet("s", (Column("h", 9),), [[Link(*one)] for one in links])])
    page = sheet(content, "s")
    assert [page.cell(row, 1).value for row in (2, 3, 4)] == ["a", "b", "c"]
    assert page.cell(2, 1).hyperlink.target == "https://a.example/b?c=1&d=2"
    assert page.cell(3, 1).hyperlink is None
    assert page.cell(4, 1).hyperlink is None


def test_a_cell_takes_no_more_than_it_holds():
    content = workbook.write([Sheet("s", (Column("h", 9),), [["水" * 40_000], ["\ud800=a\x00b"]])])
    assert len(sheet(content, "s").cell(2, 1).value) == 32_767
    assert sheet(content, "s").cell(3, 1).value == "=ab"


@pytest.mark.neo4j
def test_a_server_gives_the_same_ledger(store, neo4j_url, jiamusi, corpus):
    with open_store(neo4j_url) as other:
        pg.build([jiamusi, corpus / "anhe"], other)
        for given in ({"organisation": "佳木斯市水务局", "year": 2018}, {"notice": "21号"}):
            assert pg.ledger(other, **given) == pg.ledger(store, **given)


def run(*arguments: str):
    return CliRunner().invoke(main, ["report", *arguments])


def test_the_command_names_the_file_that_it_writes(store, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("--organisation", "佳木斯市水务局", "--year", "2018", "--store", store.address)
    assert done.stdout == "佳木斯市水务局2018年任务台账.html: 17 tasks of 1 notice\n"
    assert "佳木斯市水务局2018年任务台账" in (tmp_path / "佳木斯市水务局2018年任务台账.html").read_text("utf-8")
    done = run("--notice", "17号", "-o", "a.xlsx", "--store", store.address)
    assert done.stdout == "a.xlsx: 40 tasks of 1 notice\n"
    assert sheet((tmp_path / "a.xlsx").read_bytes()).max_row == 42


def test_the_command_says_why_it_writes_nothing(store, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("--organisation", "佳木斯市水务局", "--year", "2020", "--store", store.address)
    assert (done.exit_code, done.stderr) == (1, "佳木斯市水务局 has no task of 2020; there are some of 2018\n")
    assert run("--store", store.address).exit_code == 2
    assert "its name says no format" in run("--notice", "17号", "-o", "a.docx", "--store", store.address).stderr
    assert not list(tmp_path.iterdir())
