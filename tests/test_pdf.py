"""A printed notice reads as it was written: margins gone, paragraphs whole, tables as rows."""

import pytest

from pdffile import HEIGHT, LEFT, PITCH, SIZE, TOP, WIDTH, Paper, printed
from policygraph import parse
from policygraph.errors import EmptySource, SourceError
from policygraph.models import Dropped, Page
from policygraph.read import DEFAULT, Limits, ocr
from policygraph.read import pdf as reader

NOTICE = [
    "^佳木斯市人民政府办公室",
    "^关于印发水污染防治实施方案的通知",
    "|佳政办发〔2018〕17号",
    "|各县（市）区人民政府，市政府各直属单位，中省直有关单位：",
    "为切实做好2018年度全市水污染防治工作，确保完成省政府下达的年度目标任务，按照《水污染防治行动计划》要求，结合我市实际，制定本方案。",
    "一、工作目标",
    "到2018年底前，全市地表水水质优良比例达到55%以上，县级以上城市集中式饮用水水源水质达到或优于Ⅲ类比例为100%。",
    "二、重点任务",
    "（一）控制污染排放",
    "1.狠抓工业污染防治。对造纸、制革、印染、农副食品加工等行业制定专项治理方案，实施清洁化改造，新建、改建、扩建项目实行主要污染物等量或减量置换，年底前完成清洁化改造任务。（市环境保护局牵头，市工信委、市发改委配合）",
    "2.强化城镇生活污染治理。加快城镇污水处理设施建设与改造，全面加强配套管网建设，推进污泥处理处置。（市城乡建设局牵头）",
] * 3  # fmt: skip


def read(data: bytes, limits: Limits = DEFAULT) -> Page:
    return reader.read(data, "plan.pdf", limits)


def plain(paragraphs: list[str]) -> list[str]:
    return [paragraph.lstrip("|^") for paragraph in paragraphs]


def test_paragraphs_are_whole_across_lines_and_pages():
    page = read(printed(NOTICE))
    expected = "\n".join(plain(NOTICE)).replace("办公室\n关于", "办公室关于")
    assert page.text == expected
    assert [one.words for one in page.dropped] == ["— 1 —", "— 2 —", "— 3 —"]


@pytest.mark.parametrize("numbers", ["{}", "- {} -", "第{}页", "·{}·", "{}/9"])
def test_page_numbers_are_dropped_in_any_dress(numbers):
    page = read(printed(NOTICE, numbers=numbers))
    assert page.text.startswith("佳木斯市")
    assert {one.reason for one in page.dropped} == {"page number"}
    assert [one.words.replace(" ", "") for one in page.dropped] == [
        numbers.replace(" ", "").format(n) for n in (1, 2, 3)
    ]


def test_headers_are_dropped_and_annex_labels_are_not():
    page = read(printed(NOTICE, header="佳木斯市人民政府公报 2018年第9期"))
    assert "公报" not in page.text
    assert Dropped("header", "佳木斯市人民政府公报2018年第9期") in page.dropped
    page = read(printed(NOTICE, header="附件2"))
    assert page.text.count("附件2") == 3


def test_a_number_that_counts_no_pages_stays():
    paper = Paper().text(LEFT, TOP, "本年度新建污水处理厂数量为").text(LEFT, HEIGHT - 100, "12")
    assert read(paper.page().text(LEFT, TOP, "完").file()).text == "本年度新建污水处理厂数量为\n12\n完"


def test_signature_and_recipients_stand_on_their_own_lines():
    words = ["|各县（市）区人民政府：", "现印发给你们，请认真贯彻执行。"]
    data = printed(words)
    paper = (
        Paper().text(LEFT, TOP, "各县（市）区人民政府：").text(LEFT + 30, TOP + PITCH, "现印发给你们，请认真贯彻执行。")
    )
    paper.text(350, TOP + 4 * PITCH, "佳木斯市人民政府").text(360, TOP + 5 * PITCH, "2018年7月19日")
    assert read(data).text == "各县（市）区人民政府：\n现印发给你们，请认真贯彻执行。"
    assert read(paper.file()).text.split("\n")[2:] == ["佳木斯市人民政府", "2018年7月19日"]


def test_spaces_are_what_a_person_sees():
    paper = Paper().text(LEFT, TOP, "索").text(LEFT + 30, TOP, "引").text(LEFT + 200, TOP, "二号")
    paper.text(LEFT, TOP + 60, "Smart").text(LEFT + 5 * 7.5 + 4, TOP + 60, "City").text(LEFT, TOP + 120, "到2018 年底")
    assert read(paper.file()).text == "索 引\t二号\nSmart City\n到2018年底"


def test_bold_by_printing_twice_reads_once():
    paper = (
        Paper().text(LEFT, TOP, "一、总体要求").text(LEFT + 0.4, TOP, "一、总体要求").text(LEFT, TOP + 99, "〇〇二二年")
    )
    assert read(paper.file()).text == "一、总体要求\n〇〇二二年"


TASKS = [
    ["序号", "任务", "牵头单位", "完成时限"],
    ["1", "推进松花江干流\n沿岸整治。", "市水务局", "2018年底前"],
    ["", "开展排查。\n建立台账。", "市生态环\n境局", ""],
]
XS, YS = [60.0, 110.0, 300.0, 400.0, 530.0], [100.0, 130.0, 180.0, 230.0]


def test_ruled_tables_are_rows():
    page = read(Paper().text(60, 60, "任务分解表").grid(XS, YS, TASKS).text(60, 300, "表后").file())
    assert (
        page.text
        == "任务分解表\n序号\t任务\t牵头单位\t完成时限\n1\t推进松花江干流沿岸整治。\t市水务局\t2018年底前\n\t开展排查。\n建立台账。\t市生态环境局\t\n表后"
    )
    (table,) = page.tables
    assert [page.text[slice(*cell.span)] for cell in table.cells if cell.row == 2] == [
        "",
        "开展排查。\n建立台账。",
        "市生态环境局",
        "",
    ]


def test_cells_without_a_rule_between_them_are_one():
    paper = Paper()
    for x in (60, 110, 300):
        paper.rule(x, 130, x, 230)
    paper.rule(60, 100, 60, 130).rule(300, 100, 300, 130)
    for y in (100, 130, 230):
        paper.rule(60, y, 300, y)
    paper.rule(110, 180, 300, 180).text(70, 105, "一、水").text(70, 135, "1").text(120, 135, "甲").text(120, 185, "乙")
    page = read(paper.file())
    assert page.text == "一、水\n1\t甲\n乙"
    assert [(cell.row, cell.column, cell.rows, cell.columns) for cell in page.tables[0].cells] == [
        (0, 0, 1, 2),
        (1, 0, 2, 1),
        (1, 1, 1, 1),
        (2, 1, 1, 1),
    ]


def test_tables_of_filled_bars_and_without_side_rules():
    def bars(canvas):
        for x in (110, 300, 400):
            canvas.rect(x, HEIGHT - 230, 0.5, 130, stroke=0, fill=1)
        for y in YS:
            canvas.rect(60, HEIGHT - y, 470, 0.5, stroke=0, fill=1)

    paper = Paper().raw(bars)
    for top, row in zip(YS, TASKS, strict=False):
        for left, words in zip(XS, row, strict=False):
            if words:
                paper.text(left + 3, top + 3, words.split("\n")[0], 12)
    page = read(paper.file())
    assert page.text.split("\n")[0] == "序号\t任务\t牵头单位\t完成时限"
    assert len(page.tables[0].cells) == 12


def test_a_table_goes_on_across_the_page():
    first = [["序号", "任务", "单位"], ["1", "推进松花江干流沿\n岸整治并建立长效", "市水务局"]]
    second = [["序号", "任务", "单位"], ["", "管护机制。", ""], ["2", "开展排查。", "市生态环境局"]]
    xs = [60.0, 110.0, 300.0, 400.0]
    paper = Paper().grid(xs, [700.0, 730.0, 780.0], first).text(290, 800, "1", 10).page()
    page = read(paper.grid(xs, [60.0, 90.0, 120.0, 150.0], second).text(290, 800, "2", 10).file())
    assert (
        page.text
        == "序号\t任务\t单位\n1\t推进松花江干流沿岸整治并建立长效管护机制。\t市水务局\n2\t开展排查。\t市生态环境局"
    )
    assert len(page.tables) == 1
    assert [(cell.row, cell.column) for cell in page.tables[0].cells] == [(r, c) for r in range(3) for c in range(3)]


def test_a_merged_cell_goes_on_across_the_page():
    xs = [60.0, 110.0, 300.0]
    paper = Paper().grid(xs, [700.0, 730.0], [["水", "任务一完成。"]]).page()
    page = read(paper.grid(xs, [60.0, 90.0, 120.0], [["", "任务二完成。"], ["气", "任务三完成。"]]).file())
    assert page.text == "水\t任务一完成。\n任务二完成。\n气\t任务三完成。"
    assert page.tables[0].cells[0].rows == 2


def test_one_frame_is_no_table():
    assert not read(Paper().box(60, 60, 500, 300).text(80, 100, "佳木斯市人民政府文件").file()).tables


def test_the_box_of_a_government_site_is_metadata():
    paper = Paper().text(LEFT, 60, "关于印发方案的通知").box(60, 100, 540, 180)
    paper.text(70, 105, "索 引 号：", 12).text(150, 105, "000014349/2015-00112", 12).text(330, 105, "主题分类：", 12)
    paper.text(400, 100, "工业、交通（含", 12).text(400, 114, "电信）", 12)
    paper.text(70, 130, "发文机关：", 12).text(150, 130, "国务院", 12).text(330, 130, "成文日期：", 12).text(
        400, 130, "2015年07月01日", 12
    )
    page = read(paper.file())
    assert page.text == "关于印发方案的通知"
    fields = {
        "索引号": "000014349/2015-00112",
        "主题分类": "工业、交通（含电信）",
        "发文机关": "国务院",
        "成文日期": "2015年07月01日",
    }
    assert page.metadata.items() >= fields.items()
    table = [["索引号", "1234", "标 题", "方案"], ["文号", "国发1号", "来源", "国务院"]]
    page = read(
        Paper().text(LEFT, 60, "正文").grid([60.0, 120.0, 300.0, 360.0, 540.0], [100.0, 130.0, 160.0], table).file()
    )
    assert page.text == "正文"
    assert page.metadata.items() >= {"索引号": "1234", "标题": "方案", "文号": "国发1号", "来源": "国务院"}.items()


def test_a_box_has_margins_of_its_own():
    paper = Paper().box(LEFT, TOP - 10, LEFT + 28 * SIZE, TOP + 3 * PITCH)
    words = "建设智慧水务平台整合水文水质排污数据实现一网统管" * 3
    inside = [words[:25], words[25:52], words[52:60] + "。"]
    for row, line in enumerate(inside):
        paper.text(LEFT + 10 + (30 if row == 0 else 0), TOP + row * 20, line, SIZE - 0.2)
    outside = ["加强统筹协调，健全工作机制，压实各级责任，强化督导检查，确", "保各项任务落到实处并取得实效。"]
    for row, words in enumerate(outside):
        paper.text(LEFT + (30 if row == 0 else 0), TOP + (4 + row) * PITCH, words)
    assert read(paper.file()).text == "".join(inside) + "\n" + "".join(outside)


INHERITED = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 44>> stream
BT /F 12 Tf 72 820 Td (TOP OF THE PAGE) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
"""


def test_the_size_of_a_page_may_be_that_of_its_parent():
    assert read(INHERITED).text == "TOP OF THE PAGE"


CYCLIC = INHERITED.replace(b"/Kids[3 0 R]", b"/Kids[3 0 R 2 0 R]/Parent 2 0 R").replace(b"/Count 1", b"/Count 9")


def test_pages_in_a_circle_end():
    assert read(CYCLIC).text == "TOP OF THE PAGE"


def test_contents_and_notes_are_left_out_by_name():
    paper = Paper().text(250, TOP - PITCH, "目录").text(LEFT, TOP, "一、总体要求........................3")
    for row in range(1, 6):
        paper.text(LEFT + 30, TOP + row * PITCH, "规模以上企业全部达标排放。")
    page = read(paper.text(LEFT, 700, "①指年主营业务收入两千万元以上的企业", 9).file())
    assert page.text == "\n".join(["规模以上企业全部达标排放。"] * 5)
    assert [one.reason for one in page.dropped] == ["table of contents", "table of contents", "footnote"]


def test_watermarks_are_left_out():
    def mark(canvas):
        canvas.saveState()
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.setFont("Helvetica", 40)
        canvas.drawString(0, 0, "DRAFT")
        canvas.restoreState()

    page = read(Paper().text(LEFT, TOP, "正文").raw(mark).file())
    assert page.text == "正文"
    assert page.dropped == (Dropped("watermark", "DRAFT"),)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_read_the_same(turn):
    def turned(canvas):
        canvas.setPageRotation(turn)
        canvas.translate(*{90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[turn])
        canvas.rotate(turn)

    page = read(Paper().raw(turned).text(60, 60, "任务表").grid(XS, YS, TASKS).file())
    assert page.text.startswith("任务表\n序号\t任务\t牵头单位\t完成时限\n1\t推进")


def test_a_sheet_printed_sideways_reads_the_same():
    def sideways(canvas):
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)

    paper = Paper().raw(sideways)
    paper._height = WIDTH
    page = read(paper.text(60, 60, "任务表").grid(XS, YS, TASKS).file())
    assert page.text.startswith("任务表\n序号\t任务\t牵头单位\t完成时限\n1\t推进")


def test_what_the_file_says_of_itself_is_metadata():
    paper = Paper().raw(lambda canvas: canvas.setTitle("实施方案")).text(LEFT, TOP, "正文")
    assert read(paper.file()).metadata["Title"] == "实施方案"


def picture(canvas):
    from PIL import Image  # noqa: PLC0415
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415

    canvas.drawImage(ImageReader(Image.new("RGB", (40, 60), "white")), 0, 0, WIDTH, HEIGHT)


SCAN = "plan.pdf: a scan: pictures of pages, no text layer (recognise its text first, or install the extra 'ocr')"


def test_scans_say_so(monkeypatch):
    monkeypatch.setattr(ocr, "recognise", lambda _: None)
    with pytest.raises(SourceError) as caught:
        read(Paper().raw(picture).file())
    assert str(caught.value) == SCAN
    page = read(Paper().text(LEFT, TOP, "正文").page().raw(picture).file())
    assert page.text == "正文"
    assert [issue.reason for issue in page.issues] == ["page 2 has no text layer"]


def test_an_engine_can_be_plugged_in(monkeypatch):
    lines = [("一、工作目标", 200, 100), ("完成整治任务。", 200, 160)]
    found = [
        ocr.Recognised(text, left, top, left + 30 * len(text), top + 34, 0.99 - 0.5 * (top > 150))
        for text, left, top in lines
    ]
    monkeypatch.setattr(ocr, "recognise", lambda _: found)
    monkeypatch.setattr("pypdfium2.PdfBitmap.to_numpy", lambda _: "picture")
    page = read(Paper().raw(picture).file())
    assert page.text == "一、工作目标\n完成整治任务。"
    assert [issue.reason for issue in page.issues] == [
        "page 1 has no text layer: its text was recognised from the picture, 1 of 2 lines with doubt"
    ]


def test_the_engine_of_the_extra_recognises_print(shared):
    pytest.importorskip("rapidocr_onnxruntime", reason="`uv sync --extra ocr`: the engine is not installed")
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(shared / "notices" / "DE_P056.pdf")
    found = ocr.recognise(document[0].render(scale=2).to_numpy())
    assert "一、总体思路与目标" in [line.text for line in found]


def encrypted() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption  # noqa: PLC0415

    return Paper(encrypt=StandardEncryption("secret", canPrint=0)).text(LEFT, TOP, "正文").file()


def protected() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption  # noqa: PLC0415

    return Paper(encrypt=StandardEncryption("", "owner", canCopy=0)).text(LEFT, TOP, "正文").file()


def test_a_file_that_opens_without_a_password_is_read():
    assert read(protected()).text == "正文"


def bomb() -> bytes:
    return Paper(pageCompression=1).raw(lambda canvas: canvas._code.append("0 0 m " * 400_000)).file()


@pytest.mark.parametrize(
    ("data", "limits", "message"),
    [
        (encrypted(), DEFAULT, "plan.pdf: encrypted PDF file (save it without a password)"),
        (b"%PDF-1.7\n" + b"x" * 500, DEFAULT, "plan.pdf: damaged PDF file (fetch the file again)"),
        (printed(NOTICE)[:300], DEFAULT, "plan.pdf: damaged PDF file (fetch the file again)"),
        (
            printed(NOTICE),
            Limits(pages=2),
            "plan.pdf: too large: more than 2 pages (raise the limit 'pages' if the file is sound)",
        ),
        (
            printed(NOTICE),
            Limits(text_chars=90),
            "plan.pdf: too large: more than 90 characters (raise the limit 'text_chars' if the file is sound)",
        ),
        (
            bomb(),
            Limits(expanded_bytes=900_000),
            "plan.pdf: too large: unpacks to more than 900,000 bytes (raise the limit 'expanded_bytes' if the file is sound)",
        ),
    ],
    ids=["encrypted", "garbage", "cut", "pages", "chars", "bomb"],
)
def test_refusals(data, limits, message):
    with pytest.raises(SourceError) as caught:
        read(data, limits)
    assert str(caught.value) == message


def test_an_empty_page_has_no_text():
    with pytest.raises(EmptySource, match=r"plan\.pdf: no text in it"):
        read(Paper().page().file())


def test_a_notice_in_print_parses_like_its_text():
    printed_notice = parse(printed(NOTICE[:11]))[0]
    written = parse("\n".join(plain(NOTICE[:11])).encode())[0]
    assert printed_notice.elements == written.elements
    assert [(c.path, c.title) for c in printed_notice.clauses] == [(c.path, c.title) for c in written.clauses]
    assert [(d.name, d.role) for d in printed_notice.duties] == [(d.name, d.role) for d in written.duties]


@pytest.mark.parametrize(
    ("name", "lines", "clauses"),
    [
        ("DE_P001.pdf", ["（二）基本原则。", "三、保障支撑", "国务院", "2015年7月1日"], 79),
        ("DE_P056.pdf", ["附件1", "名词解释", "四、推进可信数据空间筑基行动"], 49),
    ],
)
def test_real_notices(shared, name, lines, clauses):
    data = (shared / "notices" / name).read_bytes()
    text = read(data).text.split("\n")
    assert not set(lines) - set(text)
    assert max(map(len, text)) < 700
    (notice,) = parse(data)
    assert len(notice.clauses) >= clauses
    assert {clause.level for clause in notice.clauses} >= {1, 2}
