"""A Word file reads as a person sees it on paper: numbers, tables, boxes; changes accepted; margins apart."""

import docx
import pytest
from docx.shared import Cm

from policygraph import parse
from policygraph.errors import EmptySource, SourceError
from policygraph.models import Dropped, Page
from policygraph.read import DEFAULT, Limits
from policygraph.read import docx as reader
from policygraph.read.numbering import number
from wordfile import LEVELS, document, levels, packed, para, part, replaced, run


def read(data: bytes, limits: Limits = DEFAULT) -> Page:
    return reader.read(data, "plan.docx", limits)


def lines(data: bytes) -> list[str]:
    return read(data).text.split("\n")


def test_automatic_numbers_are_text():
    body = [
        para("总体要求", level=0),
        para("工作目标", level=1),
        para("2018年底前完成整治。", level=2),
        para("控制用水总量。", level=2),
        para("工业用水。", level=3),
        para("基本原则", level=1),
        para("节水优先。", level=2),
        para("重点任务", level=0),
        para("河湖整治", level=1),
    ]
    assert lines(document(*body, numbering=levels(*LEVELS))) == [
        "一、总体要求",
        "（一）工作目标",
        "1. 2018年底前完成整治。",
        "2. 控制用水总量。",
        "（1）工业用水。",
        "（二）基本原则",
        "1. 节水优先。",
        "二、重点任务",
        "（一）河湖整治",
    ]


@pytest.mark.parametrize(
    ("form", "text", "value", "expected"),
    [
        ("chineseCountingThousand", "第%1条", 23, "第二十三条"),
        ("ideographDigital", "%1、", 12, "一二、"),
        ("decimalEnclosedCircleChinese", "%1", 7, "⑦"),
        ("decimalFullWidth", "%1．", 12, "１２．"),
        ("chineseLegalSimplified", "%1、", 15, "壹拾伍、"),
        ("ideographTraditional", "%1、", 3, "丙、"),
        ("upperRoman", "%1.", 9, "IX."),
        ("lowerLetter", "%1)", 28, "bb)"),
        ("decimalZero", "%1.", 3, "03."),
        ("decimalEnclosedParen", "%1", 21, "21"),
        ("aFormatOfTheFuture", "%1.", 5, "5."),
        ("none", "附注", 5, "附注"),
        ("bullet", "\uf0b7", 1, "•"),
    ],
)
def test_formats_of_numbers(form, text, value, expected):
    numbering = levels((form, text)).replace('start w:val="1"', f'start w:val="{value}"')
    assert lines(document(para("推进", level=0), numbering=numbering))[0].split("推进")[0].strip() == expected


@pytest.mark.parametrize(
    ("value", "text"), [(0, "零"), (10, "十"), (20, "二十"), (101, "一百零一"), (1010, "一千零一十")]
)
def test_chinese_numbers(value, text):
    assert number(value, "chineseCounting") == text


def test_a_list_can_start_anew_or_go_on():
    again = (
        '<w:num w:numId="78"><w:abstractNumId w:val="77"/></w:num>'
        '<w:num w:numId="79"><w:abstractNumId w:val="77"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = [
        para("甲", level=0),
        para("乙", level=0, list_id=78),
        para("丙", level=0, list_id=79),
        para("丁", level=0, list_id=79),
    ]
    assert lines(document(*body, numbering=levels(*LEVELS) + again)) == ["一、甲", "二、乙", "一、丙", "二、丁"]


@pytest.mark.parametrize(
    ("restart", "labels"),
    [("", ["1.", "2.", "1."]), ('<w:lvlRestart w:val="0"/>', ["1.", "2.", "3."])],
    ids=["restarts", "runs on"],
)
def test_numbers_below_a_heading_restart_unless_they_run_on(restart, labels):
    numbering = levels(("chineseCounting", "%1、"), ("decimal", "%2."), more=restart)
    body = [para("甲", level=0), para("a", level=1), para("b", level=1), para("乙", level=0), para("c", level=1)]
    assert [line[:2] for line in lines(document(*body, numbering=numbering)) if line[0].isdigit()] == labels


def test_levels_in_legal_form_are_digits():
    numbering = levels(("chineseCounting", "第%1章"), ("decimal", "%1.%2"), more="<w:isLgl/>").replace(
        "<w:isLgl/>", "", 1
    )
    assert lines(document(para("总则", level=0), para("目的", level=1), numbering=numbering)) == [
        "第一章总则",
        "1.1 目的",
    ]


def test_a_style_can_number():
    made = docx.Document()
    style = made.styles["Heading 1"].element
    style.get_or_add_pPr()._insert_numPr(made.styles["List Number"].element.pPr.numPr)
    made.add_paragraph("总体要求", style="Heading 1")
    made.add_paragraph("普通")
    made.add_paragraph("重点任务", style="Heading 1")
    assert lines(packed(made)) == ["1. 总体要求", "普通", "2. 重点任务"]


def test_tables_keep_merged_cells_once():
    made = docx.Document()
    made.add_paragraph("任务表")
    table = made.add_table(4, 4)
    rows = [
        ["序号", "任务", "单位", "单位"],
        ["1", "整治", "水务局", ""],
        ["1", "绿化", "林业局", "2018年"],
        ["一、保障", "", "", ""],
    ]
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    for first, last in [((0, 2), (0, 3)), ((1, 0), (2, 0)), ((3, 0), (3, 3))]:
        text = table.cell(*first).text
        table.cell(*first).merge(table.cell(*last)).text = text
    made.add_paragraph("表后")
    page = read(packed(made))
    assert page.text == "任务表\n序号\t任务\t单位\n1\t整治\t水务局\t\n绿化\t林业局\t2018年\n一、保障\n表后"
    (found,) = page.tables
    assert page.text[slice(*found.span)] == page.text[4:-3]
    cells = {(c.row, c.column): (page.text[slice(*c.span)], c.rows, c.columns) for c in found.cells}
    assert cells[0, 2] == ("单位", 1, 2)
    assert cells[1, 0] == ("1", 2, 1)
    assert cells[1, 3] == ("", 1, 1)
    assert cells[2, 1] == ("绿化", 1, 1)
    assert cells[3, 0] == ("一、保障", 1, 4)


def test_paragraphs_of_a_cell_and_a_table_inside_a_table():
    made = docx.Document()
    table = made.add_table(1, 2)
    table.cell(0, 0).text = "任务"
    table.cell(0, 0).add_paragraph("第二段")
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "乙"
    page = read(packed(made))
    assert page.text == "任务\n第二段\t甲\t乙"
    assert [page.text[slice(*one.span)] for one in page.tables] == [page.text, "甲\t乙"]


def test_numbers_in_cells_count():
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    table = "".join(row.format(para("", level=0), para(words)) for words in ("整治", "绿化"))
    assert lines(document(f"<w:tbl>{table}</w:tbl>", numbering=levels(("decimal", "%1")))) == ["1\t整治", "2\t绿化"]


def test_changes_count_as_accepted():
    page = read(
        document(
            "<w:p>" + run("市") + f'<w:ins w:id="1">{run("水务局")}</w:ins>'
            '<w:del w:id="2"><w:r><w:delText>水利局</w:delText></w:r></w:del>' + run("牵头") + "</w:p>",
            '<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>' + run("各区") + "</w:p>",
            para("配合"),
            '<w:p><w:pPr><w:rPr><w:del w:id="4"/></w:rPr></w:pPr><w:del w:id="5"><w:r><w:delText>旧段</w:delText></w:r></w:del></w:p>',
            "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
            + para("旧行")
            + "</w:tc></w:tr><w:tr><w:tc>"
            + para("新行")
            + "</w:tc></w:tr></w:tbl>",
        )
    )
    assert page.text == "市水务局牵头\n各区配合\n新行"
    assert [one.words for one in page.dropped if one.reason == "deleted by a tracked change"] == [
        "水利局",
        "旧段",
        "旧行",
    ]


def test_text_boxes_follow_their_paragraph_once():
    box = "<w:txbxContent>" + para("佳政办发〔2018〕17号") + "</w:txbxContent>"
    body = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:drawing><wps:wsp xmlns:wps="urn:wps"><wps:txbx>'
        + box
        + "</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        '<mc:Fallback><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml">'
        + box
        + "</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>" + run("佳木斯市人民政府文件") + "</w:p>"
    )
    assert lines(document(body, para("正文"))) == ["佳木斯市人民政府文件", "佳政办发〔2018〕17号", "正文"]


def test_margins_and_notes_are_left_out_by_name():
    made = docx.Document()
    section = made.sections[0]
    section.header_distance = Cm(1)
    section.header.paragraphs[0].text = "佳木斯市人民政府公报"
    section.footer.paragraphs[0].text = "— 1 —"
    made.add_paragraph("正文")
    page = read(packed(made))
    assert page.text == "正文"
    assert Dropped("header", "佳木斯市人民政府公报") in page.dropped
    assert Dropped("footer", "— 1 —") in page.dropped


def test_footnotes_are_left_out_by_name():
    note = '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    note += f'<w:footnote w:type="separator" w:id="-1"/><w:footnote w:id="2">{para("指规模以上企业。")}</w:footnote></w:footnotes>'
    data = document("<w:p>" + run("企业") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("达标") + "</w:p>")
    rels = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="/word/footnotes.xml"/>'
    old = part(data, "word/_rels/document.xml.rels")
    page = read(
        replaced(
            data,
            {
                "word/footnotes.xml": note,
                "word/_rels/document.xml.rels": old.replace("</Relationships>", rels + "</Relationships>"),
            },
        )
    )
    assert page.text == "企业达标"
    assert page.dropped == (Dropped("footnote", "指规模以上企业。"),)


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (run("第一行") + "<w:r><w:br/></w:r>" + run("第二行"), "第一行\n第二行"),
        (run("连续") + '<w:r><w:br w:type="page"/></w:r>' + run("的段落"), "连续的段落"),
        (run("甲") + "<w:r><w:tab/></w:r>" + run("乙"), "甲\t乙"),
        (run("2018") + "<w:r><w:noBreakHyphen/></w:r>" + run("2020"), "2018-2020"),
        (
            FIELD.format("begin")
            + "<w:r><w:instrText> DATE </w:instrText></w:r>"
            + FIELD.format("separate")
            + run("2018年7月19日")
            + FIELD.format("end"),
            "2018年7月19日",
        ),
        (
            FIELD.format("begin")
            + run("IF")
            + FIELD.format("begin")
            + run("页")
            + FIELD.format("separate")
            + run("一")
            + FIELD.format("end")
            + FIELD.format("separate")
            + run("真")
            + FIELD.format("end"),
            "真",
        ),
        (f'<w:hyperlink r:id="rId1">{run("附件下载")}</w:hyperlink>', "附件下载"),
        (f"<w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f"<w:smartTag>{run('佳木斯市')}</w:smartTag>", "佳木斯市"),
        (run("可见") + run("不可见", "<w:vanish/>") + run("也可见", '<w:vanish w:val="0"/>'), "可见也可见"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>shui</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>水</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "水",
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("是"), "☑是"),
        (
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x≥5</m:t></m:r></m:oMath>',
            "x≥5",
        ),
    ],
    ids=[
        "line break",
        "page break",
        "tab",
        "hyphen",
        "field",
        "fields",
        "link",
        "control",
        "tag",
        "hidden",
        "ruby",
        "symbol",
        "formula",
    ],
)
def test_pieces_of_a_paragraph(inner, text):
    assert read(document(f"<w:p>{inner}</w:p>")).text == text


def test_an_unknown_sign_is_reported():
    page = read(document('<w:p><w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>' + run("是") + "</w:p>"))
    assert page.text == "\ufffd是"
    assert [one.reason for one in page.issues] == ["a sign of the font Webdings has no known character (code 0x21)"]


def test_tables_of_contents_and_placeholders_are_left_out():
    gallery = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{para('一、总体要求 1')}</w:sdtContent></w:sdt>"
    )
    empty = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{para('单击此处输入文字')}</w:sdtContent></w:sdt>"
    )
    page = read(document(gallery, para("一、总体要求"), empty))
    assert page.text == "一、总体要求"
    assert page.dropped == (
        Dropped("table of contents", "一、总体要求 1"),
        Dropped("placeholder of an empty field", "单击此处输入文字"),
    )


def test_core_properties_keep_their_names():
    made = docx.Document()
    made.core_properties.title = "实施方案"
    made.core_properties.author = "市水务局"
    made.add_paragraph("正文")
    metadata = read(packed(made)).metadata
    assert (metadata["dc:title"], metadata["dc:creator"]) == ("实施方案", "市水务局")


def test_a_missing_picture_does_not_matter():
    data = document(para("正文"))
    rels = part(data, "word/_rels/document.xml.rels")
    broken = '<Relationship Id="rId9" Type="x/image" Target="NULL"/></Relationships>'
    assert (
        read(replaced(data, {"word/_rels/document.xml.rels": rels.replace("</Relationships>", broken)})).text == "正文"
    )


ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'


@pytest.mark.parametrize(
    ("data", "limits", "message"),
    [
        (document(para("正文"))[:-400], Limits(), "plan.docx: damaged or truncated file (fetch the file again)"),
        (b"PK\x03\x04" + b"\x00" * 60, Limits(), "plan.docx: damaged or truncated file (fetch the file again)"),
        (
            replaced(document(para("正文")), {"word/document.xml": "<w:document"}),
            Limits(),
            "plan.docx: damaged part word/document.xml (fetch the file again)",
        ),
        (
            replaced(document(para("正文")), {"word/document.xml": "<a/>"}),
            Limits(),
            "plan.docx: no Word document in the file (save it as .docx)",
        ),
        (
            replaced(document(para("正文")), {"word/document.xml": ENTITIES}),
            Limits(),
            "plan.docx: a document type declared in word/document.xml (save it again in an office program)",
        ),
        (
            document(para("正文" * 100)),
            Limits(text_chars=50),
            "plan.docx: too large: more than 50 characters (raise the limit 'text_chars' if the file is sound)",
        ),
        (
            document(para("正文" * 9000)),
            Limits(expanded_bytes=3000),
            "plan.docx: too large: unpacks to more than 3,000 bytes (raise the limit 'expanded_bytes' if the file is sound)",
        ),
        (
            document(para("正" * 90_000)),
            Limits(packed_bytes=9000, expansion=20),
            "plan.docx: too large: unpacks to more than 20 times its size (raise the limit 'expansion' if the file is sound)",
        ),
        (
            document("<w:tbl>" + "<w:tr><w:tc/></w:tr>" * 9 + "</w:tbl>"),
            Limits(cells=5),
            "plan.docx: too large: more than 5 table cells (raise the limit 'cells' if the file is sound)",
        ),
        (
            document("<w:tbl><w:tr><w:tc>" * 30 + "</w:tc></w:tr></w:tbl>" * 30),
            Limits(depth=20),
            "plan.docx: too large: nested more than 20 deep (raise the limit 'depth' if the file is sound)",
        ),
        (
            replaced(document(para("正文")), {"word/document.xml": "<a>" * 9000 + "</a>" * 9000}),
            Limits(),
            "plan.docx: too large: nested more than 200 deep (raise the limit 'depth' if the file is sound)",
        ),
    ],
    ids=["cut", "garbage", "xml", "other", "entities", "chars", "bomb", "ratio", "cells", "nesting", "deep"],
)
def test_refusals(data, limits, message):
    with pytest.raises(SourceError) as caught:
        read(data, limits)
    assert str(caught.value) == message


def test_a_file_without_text_is_empty():
    with pytest.raises(EmptySource, match=r"plan\.docx: no text in it"):
        read(document())


def test_a_real_notice_reads_like_its_text(shared):
    (word,) = parse(shared / "notices" / "SHD3.docx")
    # The Word file holds the Markdown as it is written, so it is compared with it as plain text.
    (text,) = parse((shared / "notices" / "SH04.md").read_bytes(), name="SH04.txt")
    assert word.elements == text.elements
    for field in ("clauses", "tasks", "duties", "targets", "times", "citations"):
        assert len(getattr(word, field)) == len(getattr(text, field)), field
