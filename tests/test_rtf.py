"""RTF reads as it is shown: in the document's code page or in Unicode, with its tables and numbers."""

import pytest

from policygraph.errors import EmptySource, SourceError
from policygraph.models import Page
from policygraph.read import DEFAULT, Limits
from policygraph.read import rtf as reader

FONTS = r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset134 SimSun;}{\f2\fcharset136 MingLiU;}{\f3\fcharset2 Wingdings;}{\f4\fcharset2 Symbol;}}"


def read(data: bytes, limits: Limits = DEFAULT) -> Page:
    return reader.read(data, "plan.rtf", limits)


def rtf(body: str, head: str = r"\ansi\ansicpg936\deff1\uc1") -> bytes:
    return (r"{\rtf1" + head + FONTS + body + "}").encode("ascii")


def gbk(text: str, encoding: str = "gb18030") -> str:
    """Return text as its bytes, each one escaped."""
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def uni(text: str, stand_in: str = "?") -> str:
    units = text.encode("utf-16-le")
    values = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
    return "".join(f"\\u{value}{stand_in}" for value in values)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (gbk("一、工作目标"), "一、工作目标"),
        (uni("一、工作目标"), "一、工作目标"),
        (uni("一、工作目标", r"\'3f"), "一、工作目标"),
        (r"{\uc2 " + uni("一、", r"\'d2\'bb") + "}" + gbk("目标"), "一、目标"),
        (r"{\uc0 " + uni("一", "") + "}" + gbk("目标"), "一目标"),
        (r"{\f2 " + gbk("實施", "big5") + "}", "實施"),
        (uni("𠮷林"), "𠮷林"),
        (r"\f0 2018\f1 " + gbk("年"), "2018年"),
        (gbk("第一行") + r"\line " + gbk("第二行"), "第一行\n第二行"),
        (gbk("甲") + r"\tab " + gbk("乙"), "甲\t乙"),
        (r"2018\emdash 2020\~a\_b\-c\{\}\\", "2018—2020\xa0a-bc{}\\"),
        (gbk("分") + "\r\n" + gbk("行"), "分行"),
        (gbk("段一") + r"\par" + "\n" + gbk("段二") + "\\\n" + gbk("段三"), "段一\n段二\n段三"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt " + gbk("附件") + "}}", "附件"),
        (r"{\pict\pngblip 89504e47}" + gbk("图后"), "图后"),
        (r"{\pict\bin5 a{b}c" + r"}" + gbk("图后"), "图后"),
        (r"{\*\bkmkstart x}" + gbk("书签") + r"{\*\unknown " + gbk("不读") + "}", "书签"),
        (r"{\f3 \'fe}" + gbk("是"), "☑是"),
        (r"{\upr{" + gbk("旧") + r"}{\*\ud{" + uni("新") + "}}}", "新"),
    ],
    ids=[
        "bytes",
        "unicode",
        "stand-in bytes",
        "two stand-ins",
        "none",
        "font",
        "pair",
        "fonts",
        "line",
        "tab",
        "signs",
        "wrapped",
        "par",
        "field",
        "picture",
        "binary",
        "starred",
        "symbol",
        "both",
    ],
)
def test_characters(body, text):
    assert read(rtf(body)).text == text


def test_automatic_numbers_are_text():
    body = (
        r"{\listtext\pard "
        + gbk("一、")
        + "}"
        + gbk("总体要求")
        + r"\par {\listtext 1.\tab}2018"
        + gbk("年")
        + r"\par {\pntext\f4\'b7\tab}"
        + gbk("点")
    )
    assert read(rtf(body)).text == "一、总体要求\n1. 2018年\n• 点"


ROW = r"\trowd\trleft0\cellx1000\cellx4000\cellx8000 "


def test_tables():
    body = (
        gbk("任务表")
        + r"\par"
        + ROW
        + r"\pard\intbl "
        + gbk("序号")
        + r"\cell "
        + gbk("任务")
        + r"\cell "
        + gbk("单位")
        + r"\cell\row "
    )
    body += (
        r"\trowd\clvmgf\cellx1000\cellx4000\cellx8000\pard\intbl 1\cell "
        + gbk("整治")
        + r"\par "
        + gbk("第二段")
        + r"\cell\cell\row "
    )
    body += (
        r"\trowd\clvmrg\cellx1000\cellx4000\cellx8000\pard\intbl\cell "
        + gbk("绿化")
        + r"\cell "
        + gbk("林业局")
        + r"\cell\row "
    )
    body += r"\trowd\cellx8000\pard\intbl " + gbk("一、保障") + r"\cell\row\pard " + gbk("表后") + r"\par"
    page = read(rtf(body))
    assert page.text == "任务表\n序号\t任务\t单位\n1\t整治\n第二段\t\n绿化\t林业局\n一、保障\n表后"
    cells = {(c.row, c.column): (page.text[slice(*c.span)], c.rows, c.columns) for c in page.tables[0].cells}
    assert cells[1, 0] == ("1", 2, 1)
    assert cells[1, 2] == ("", 1, 1)
    assert cells[3, 0] == ("一、保障", 1, 3)


def test_cells_merged_across_and_a_table_in_a_cell():
    body = r"\trowd\clmgf\cellx1000\clmrg\cellx2000\cellx3000\pard\intbl A\cell\cell B\cell\row "
    body += r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl a\cell b\cell\pard\intbl\itap2 x\nestcell y\nestcell"
    body += r"{\*\nesttableprops\trowd\cellx300\cellx600\nestrow}\pard\intbl\itap1 c\cell\row\pard end"
    page = read(rtf(body))
    assert page.text == "A\tB\na\tb\tx\ty\nc\nend"
    assert page.tables[0].cells[0].columns == 2
    assert page.text[slice(*page.tables[1].span)] == "x\ty"


def test_what_stands_apart_is_left_out_by_name():
    body = (
        r"{\header "
        + gbk("公报")
        + r"\par}{\footerr 1}"
        + gbk("企业")
        + r"{\footnote\pard "
        + gbk("指规模以上")
        + r"}"
        + gbk("达标")
    )
    body += r"{\v " + gbk("隐藏") + r"}{\deleted " + gbk("旧") + r"}{\*\annotation " + gbk("批注") + "}"
    page = read(rtf(body))
    assert page.text == "企业达标"
    assert {(one.reason, one.words) for one in page.dropped} == {
        ("header", "公报"),
        ("footer", "1"),
        ("footnote", "指规模以上"),
        ("comment", "批注"),
        ("hidden text", "隐藏"),
        ("deleted by a tracked change", "旧"),
    }


def test_text_boxes_follow_their_paragraph_once():
    box = (
        r"{\shp{\*\shpinst\shpleft0{\sp{\sn x}{\sv y}}{\shptxt\pard "
        + gbk("〔2018〕17号")
        + r"\par}}{\shprslt{\*\do "
        + gbk("不读")
        + "}}}"
    )
    assert read(rtf(gbk("文件") + box + r"\par " + gbk("正文"))).text == "文件\n〔2018〕17号\n正文"


def test_what_the_file_says_of_itself_is_metadata():
    body = (
        r"{\info{\upr{\title ??}{\*\ud{\title "
        + uni("实施方案")
        + r"}}}{\author "
        + gbk("市水务局")
        + "}}"
        + gbk("正文")
    )
    page = read(rtf(body))
    assert page.metadata == {"title": "实施方案", "author": "市水务局"}
    assert page.text == "正文"


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes():
    page = read(rtf(gbk("一、目标") + r"\par {\b " + gbk("任务"))[:-1])
    assert page.text == "一、目标\n任务"
    assert [issue.reason for issue in page.issues] == ["the file breaks off: what follows is missing"]


@pytest.mark.parametrize(
    ("data", "limits", "message"),
    [
        (b"{\\rt", DEFAULT, "plan.rtf: no RTF document in the file (save it as .docx)"),
        (
            b"{\\rtf1" + b"{" * 5000,
            DEFAULT,
            "plan.rtf: too large: nested more than 200 deep (raise the limit 'depth' if the file is sound)",
        ),
        (
            rtf("a" * 90),
            Limits(text_chars=50),
            "plan.rtf: too large: more than 50 characters (raise the limit 'text_chars' if the file is sound)",
        ),
        (
            rtf(r"\cell" * 9),
            Limits(cells=5),
            "plan.rtf: too large: more than 5 table cells (raise the limit 'cells' if the file is sound)",
        ),
        (
            rtf(r"\itap9999 a"),
            DEFAULT,
            "plan.rtf: too large: nested more than 200 deep (raise the limit 'depth' if the file is sound)",
        ),
    ],
    ids=["other", "groups", "chars", "cells", "tables"],
)
def test_refusals(data, limits, message):
    with pytest.raises(SourceError) as caught:
        read(data, limits)
    assert str(caught.value) == message


def test_a_file_without_text_is_empty():
    with pytest.raises(EmptySource, match=r"plan\.rtf: no text in it"):
        read(rtf(""))
