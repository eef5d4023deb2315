"""An old Word file reads as a person sees it, and one that cannot be read says what to do."""

import struct

import pytest

from docfile import (
    CHARACTERS,
    DELETED,
    HIDDEN,
    IN_TABLE,
    LISTS,
    OVERRIDES,
    ROW_END,
    STYLES,
    TEXT_AT,
    Word,
    container,
    level,
    lists,
    piece_table,
    row,
    sprm,
    styles,
)
from policygraph.errors import EmptySource, SourceError
from policygraph.models import Dropped, Page
from policygraph.read import DEFAULT, Limits
from policygraph.read import doc as reader


def read(data: bytes, limits: Limits = DEFAULT) -> Page:
    return reader.read(data, "plan.doc", limits)


def numbered(list_number: int, at: int) -> bytes:
    return sprm(0x260A, at) + sprm(0x460B, list_number)


def test_paragraphs():
    word = (
        Word()
        .para("佳政办发〔2018〕17号")
        .para("各县（市）区人民政府：")
        .para("第一行\x0b第二行")
        .para("2018\x1e2020年\x1f")
    )
    page = read(word.file())
    assert page.text == "佳政办发〔2018〕17号\n各县（市）区人民政府：\n第一行\n第二行\n2018-2020年"
    assert page.media_type == "application/msword"


def test_many_paragraphs_on_many_formatting_pages():
    word = Word()
    for number in range(100):
        word.para(f"第{number}条 内容。")
    assert read(word.file()).text.split("\n") == [f"第{number}条 内容。" for number in range(100)]


def test_characters_outside_the_first_plane_are_whole():
    assert read(Word().para("𠮷林").file()).text == "𠮷林"


def test_tables():
    word = Word().para("任务表")
    word.cells(["序号", "任务", "单位"], [0, 1000, 4000, 8000])
    word.cells(["1", "整治", "水务局"], [0, 1000, 4000, 8000], [0x60, 0, 0])
    word.cells(["", "绿化", ""], [0, 1000, 4000, 8000], [0x20, 0, 0])
    word.cells(["一、保障"], [0, 8000]).para("表后")
    page = read(word.file())
    assert page.text == "任务表\n序号\t任务\t单位\n1\t整治\t水务局\n绿化\t\n一、保障\n表后"
    (table,) = page.tables
    cells = {(c.row, c.column): (page.text[slice(*c.span)], c.rows, c.columns) for c in table.cells}
    assert cells[1, 0] == ("1", 2, 1)
    assert cells[2, 2] == ("", 1, 1)
    assert cells[3, 0] == ("一、保障", 1, 3)


def test_cells_merged_across_and_paragraphs_in_a_cell():
    word = Word().para("第一段", IN_TABLE).cells(["第二段", "", "右"], [0, 1000, 2000, 3000], [0x01, 0x02, 0])
    word.cells(["a", "b", "c"], [0, 1000, 2000, 3000])
    page = read(word.file())
    assert page.text == "第一段\n第二段\t右\na\tb\tc"
    assert page.tables[0].cells[0].columns == 2


def test_merges_told_after_the_definition():
    merged = row([0, 1000, 2000, 3000]) + sprm(0x5624, b"\x00\x02") + sprm(0xD62B, b"\x02\x02\x01")
    word = Word().cells(["x", "y", "z"], [0, 1000, 2000, 3000])
    for text in ("左", "", "上"):
        word.para(text, IN_TABLE, mark="\x07")
    page = read(word.end("\x07", ROW_END + merged).file())
    assert [(c.row, c.column, c.rows, c.columns) for c in page.tables[0].cells] == [
        (0, 0, 1, 1),
        (0, 1, 1, 1),
        (0, 2, 2, 1),
        (1, 0, 1, 2),
    ]


def test_a_table_inside_a_cell():
    nested, inner = sprm(0x6649, 2), sprm(0x244B)
    word = Word().para("甲", IN_TABLE + nested + inner).para("乙", IN_TABLE + nested + inner)
    word.end("\r", IN_TABLE + nested + sprm(0x244C) + row([0, 500, 900]))
    page = read(word.cells(["后", "右"], [0, 1000, 2000]).file())
    assert page.text == "甲\t乙\n后\t右"
    assert [page.text[slice(*one.span)] for one in page.tables] == [page.text, "甲\t乙"]


def test_automatic_numbers_are_text():
    table, levels, overrides = lists(level(37, "%1、"), level(11, "（%2）"), level(0, "%3.", follow=0))
    word = Word()
    word.parts = {
        LISTS: table,
        OVERRIDES: overrides,
        STYLES: styles(("Normal", b""), ("heading 1", numbered(1, 0)), ("toc 1", b"")),
    }
    word.after = levels
    for text, at in [("总体要求", 0), ("工作目标", 1), ("2018年底前完成。", 2), ("节水。", 2), ("原则", 1)]:
        word.para(text, numbered(1, at))
    word.para("重点任务", style=1).para("一、总体要求\t1", style=2).para("另起", numbered(2, 0)).para(
        "不编号", numbered(1, 0) + sprm(0x460B, 0)
    )
    page = read(word.file())
    assert page.text.split("\n") == [
        "一、总体要求",
        "（一）工作目标",
        "1. 2018年底前完成。",
        "2. 节水。",
        "（二）原则",
        "二、重点任务",
        "五、另起",
        "不编号",
    ]
    assert page.dropped == (Dropped("table of contents", "一、总体要求\t1"),)


def test_changes_count_as_accepted_and_hidden_text_is_left_out():
    word = Word().add("市").add("水利局", DELETED).add("水务局").add("旧名", HIDDEN).para("牵头")
    word.add("各区").add("\r", DELETED)
    word.ends.append((sum(len(text) for text, _ in word.runs), b"\0\0"))
    page = read(word.para("配合").file())
    assert page.text == "市水务局牵头\n各区配合"
    assert page.dropped == (Dropped("deleted by a tracked change", "水利局"), Dropped("hidden text", "旧名"))


def test_fields_show_their_result():
    word = Word().para('见\x13 HYPERLINK "http://x" \x14附件\x15，第\x13 PAGE \x142\x15页，\x13 TC 目录 \x15完')
    assert read(word.file()).text == "见附件，第2页，完"


def test_symbols():
    assert read(Word().add("(", sprm(0x6A09, b"\x00\x00\xfe\xf0")).para("是(否)").file()).text == "\ufffd是(否)"


def test_what_stands_apart_is_named():
    stories = {0x50: "\x02指规模以上企业。\r", 0x54: "公报\r", 0x64: "佳政办发〔2018〕17号\r"}
    page = read(Word().para("正文\x02").file(stories=stories))
    assert page.text == "正文\n佳政办发〔2018〕17号"
    assert page.dropped == (Dropped("footnote", "指规模以上企业。"), Dropped("header or footer", "公报"))
    assert [issue.reason for issue in page.issues] == [
        "text boxes stand behind the text: where they belong is not read"
    ]


def test_a_file_saved_fast_has_pieces_in_any_order():
    def pieces(length: int) -> bytes:  # 第二段。⏎ is stored before 第一段。⏎
        return piece_table([(0, 5, TEXT_AT + 10), (5, 10, TEXT_AT), (10, length, TEXT_AT + 20)])

    assert (
        read(Word().para("第二段。").para("第一段。").para("完").file(pieces=pieces)).text == "第一段。\n第二段。\n完"
    )


def test_a_piece_can_bring_changes():
    before = b"\x01" + struct.pack("<H", len(DELETED)) + DELETED

    def pieces(length: int) -> bytes:
        kept = piece_table([(0, 3, TEXT_AT), (3, length, TEXT_AT + 6)])
        changed = struct.pack("<HIH", 0, TEXT_AT, 1)  # the first list of changes
        return before + kept[:17] + changed + kept[25:]

    page = read(Word().add("旧文字").para("新文字").file(pieces=pieces))
    assert page.text == "新文字"


def test_text_in_one_byte_a_character():
    def pieces(length: int) -> bytes:
        return piece_table([(0, length, 2 * TEXT_AT | 1 << 30)])

    word = Word().para("ab")
    data = word.file(pieces=pieces)
    assert read(data).text == "ab"  # the bytes are a, NUL and b, and a NUL is no text


ENCRYPTED = Word().para("正文").file(flags=0x0300)


@pytest.mark.parametrize(
    ("data", "limits", "message"),
    [
        (ENCRYPTED, DEFAULT, "plan.doc: encrypted document (save it without a password)"),
        (
            container({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}),
            DEFAULT,
            "plan.doc: encrypted document (save it without a password)",
        ),
        (
            Word().para("正文").file(version=0x68),
            DEFAULT,
            "plan.doc: a document of Word 95 or older (save it as .docx)",
        ),
        (container({"MatOST": b"x"}), DEFAULT, "plan.doc: a Microsoft Works document (save it as .docx)"),
        (container({"Workbook": b"x"}), DEFAULT, "plan.doc: a spreadsheet, no Word document (save it as .xlsx)"),
        (container({"Contents2": b"x"}), DEFAULT, "plan.doc: no Word document in the file (save it as .docx)"),
        (container({"WordDocument": b""}), DEFAULT, "plan.doc: a document of Word 95 or older (save it as .docx)"),
        (
            Word().para("正文").file()[:900],
            DEFAULT,
            "plan.doc: damaged Word document (fetch the file again, or save it as .docx)",
        ),
        (
            Word().para("正文").file(pieces=lambda _: b""),
            DEFAULT,
            "plan.doc: damaged Word document (fetch the file again, or save it as .docx)",
        ),
        (
            Word().para("正文").file(pieces=lambda _: piece_table([(0, 9, 1 << 20)])),
            DEFAULT,
            "plan.doc: damaged Word document (fetch the file again, or save it as .docx)",
        ),
        (
            Word().para("正文" * 50).file(),
            Limits(text_chars=50),
            "plan.doc: too large: more than 50 characters (raise the limit 'text_chars' if the file is sound)",
        ),
        (
            Word().cells(["a"] * 9, list(range(0, 10000, 1000))).file(),
            Limits(cells=5),
            "plan.doc: too large: more than 5 table cells (raise the limit 'cells' if the file is sound)",
        ),
    ],
    ids=[
        "encrypted",
        "encrypted docx",
        "word 95",
        "works",
        "excel",
        "other",
        "empty stream",
        "cut",
        "no pieces",
        "outside",
        "chars",
        "cells",
    ],
)
def test_refusals(data, limits, message):
    with pytest.raises(SourceError) as caught:
        read(data, limits)
    assert str(caught.value) == message


def test_a_file_without_text_is_empty():
    with pytest.raises(EmptySource, match=r"plan\.doc: no text in it"):
        read(Word().para("").file())


def test_damaged_formatting_leaves_the_text():
    word = Word().para("正文")
    word.parts = {CHARACTERS: b"\xff" * 40, STYLES: b"\x12\x00\xff\xff", LISTS: b"\xff" * 9, OVERRIDES: b"\x01"}
    assert read(word.file()).text == "正文"
