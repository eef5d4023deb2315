"""An OFD file reads like the same notice in print: by where characters stand, not by the order of objects."""

import pytest

from ofdfile import SIZE, custom, document, grid, printed, text, xml
from pdffile import broken
from policygraph import parse
from policygraph.errors import EmptySource, SourceError
from policygraph.models import Page
from policygraph.read import DEFAULT, Limits
from policygraph.read import ofd as reader
from test_pdf import NOTICE, plain


def read(data: bytes, limits: Limits = DEFAULT) -> Page:
    return reader.read(data, "plan.ofd", limits)


def lines(paragraphs: list[str]) -> list[tuple[float, str]]:
    """Return the lines of paragraphs with their indents; a title stands in the middle."""
    found: list[tuple[float, str]] = []
    for paragraph in paragraphs:
        if paragraph.startswith("^"):
            found.append(((28 - len(paragraph) + 1) / 2, paragraph[1:]))
            continue
        for line in broken(paragraph):
            words = line.lstrip("　")
            found.append((len(line) - len(words), words))
    return found


def test_a_notice_reads_whole_across_lines_and_pages():
    page = read(printed(lines(NOTICE)))
    assert page.text == "\n".join(plain(NOTICE))
    assert [one.words for one in page.dropped] == ["- 1 -", "- 2 -", "- 3 -"]
    assert page.media_type == "application/ofd"


def test_order_is_that_of_the_page_not_of_the_objects():
    assert read(document(text(28, 60, "第二行。") + text(28, 40, "第一行。"))).text == "第一行。\n第二行。"


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (text(28, 40, "工作目标", deltas="g 3 5.6"), "工作目标"),
        (text(28, 40, "工作目标", deltas="5.6 g 2 5.6"), "工作目标"),
        (text(28, 40, "工作目标", deltas="99 x"), "工\t作目标"),
        (text(28, 40, "工作目标", 2.8, more='CTM="2 0 0 2 0 0"'), "工作目标"),
        (text(28, 40, "工作目标") + text(28, 40, "草稿", more='Visible="false"'), "工作目标"),
        (
            text(28, 40, "工作").replace(
                "</ofd:TextObject>", f'<ofd:TextCode X="{2 * SIZE}">目标</ofd:TextCode></ofd:TextObject>'
            ),
            "工作目标",
        ),
        (
            f'<ofd:PageBlock ID="5"><ofd:PageBlock ID="6">{text(28, 40, "工作目标")}</ofd:PageBlock></ofd:PageBlock>',
            "工作目标",
        ),
        (text(28, 40, "工作目标").replace('Boundary="', 'Boundary="x '), "工作目标"),
    ],
    ids=["repeated step", "steps", "wide step", "matrix", "hidden", "codes", "blocks", "damaged"],
)
def test_text_objects(thing, expected):
    assert read(document(thing)).text == expected


def test_ruled_tables_are_rows():
    texts = [["序号", "任务", "单位"], ["1", "推进整治。", "市水务局"], ["2", "开展排查\n工作。", ""]]
    page = read(document(text(28, 20, "任务表") + grid([28.0, 40.0, 100.0, 140.0], [30.0, 40.0, 55.0, 70.0], texts)))
    assert page.text == "任务表\n序号\t任务\t单位\n1\t推进整治。\t市水务局\n2\t开展排查工作。\t"
    assert [(cell.row, cell.column) for cell in page.tables[0].cells] == [(r, c) for r in range(3) for c in range(3)]


def test_a_page_printed_sideways_reads_the_same():
    upward = 'CTM="0 -1 1 0 0 0"'
    things = [
        text(30 + 10 * row, 200, words, more=upward) for row, words in enumerate(["第一行。", "第二行。", "第三行。"])
    ]
    assert read(document("".join(things))).text == "第一行。\n第二行。\n第三行。"


def test_watermarks_are_left_out():
    page = read(document(text(28, 40, "正文。") + text(60, 90, "内部资料", more='CTM="0.7 0.7 -0.7 0.7 0 0"')))
    assert page.text == "正文。"
    assert [(one.reason, one.words) for one in page.dropped] == [("watermark", "内部资料")]


def test_templates_are_printed_under_pages():
    page = read(
        document(
            text(28, 60, "正文一。"),
            text(28, 60, "正文二。"),
            text(28, 60, "正文三。"),
            template=text(28, 15, "佳木斯市人民政府公报"),
        )
    )
    assert page.text == "正文一。\n正文二。\n正文三。"
    assert [one.reason for one in page.dropped] == ["header"]


def test_what_the_file_says_of_itself_is_metadata():
    info = "<ofd:Title>实施方案</ofd:Title><ofd:CreationDate>2018-07-19</ofd:CreationDate>" + custom(
        "发文字号", "佳政办发〔2018〕17号"
    )
    assert read(document(text(28, 40, "正文"), info=info)).metadata == {
        "Title": "实施方案",
        "CreationDate": "2018-07-19",
        "发文字号": "佳政办发〔2018〕17号",
    }


def test_a_missing_page_is_an_issue():
    data = document(
        text(28, 40, "正文"),
        parts={
            "Doc_0/Document.xml": xml(
                "Document",
                '<ofd:Pages><ofd:Page BaseLoc="Pages/Page_0/Content.xml"/><ofd:Page BaseLoc="Pages/Page_7/Content.xml"/></ofd:Pages>',
            )
        },
    )
    page = read(data)
    assert page.text == "正文"
    assert [issue.reason for issue in page.issues] == ["page 2 is missing and was not read"]


LAUGHS = '<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
SCAN = '<ofd:ImageObject ID="7" Boundary="0 0 210 297" ResourceID="4"/>'


@pytest.mark.parametrize(
    ("data", "limits", "message"),
    [
        (
            document(SCAN),
            DEFAULT,
            "plan.ofd: a scan: pictures of pages, no text (recognise its text first, or save it as .pdf)",
        ),
        (
            document(text(28, 40, "正文"), parts={"Encryptions.xml": "<a/>"}),
            DEFAULT,
            "plan.ofd: encrypted OFD file (save it without a password)",
        ),
        (document(text(28, 40, "正文"))[:-60], DEFAULT, "plan.ofd: damaged or truncated file (fetch the file again)"),
        (document(parts={"OFD.xml": ""}), DEFAULT, "plan.ofd: no OFD document in the file (save it as .pdf or .docx)"),
        (
            document(parts={"Doc_0/Document.xml": ""}),
            DEFAULT,
            "plan.ofd: damaged or truncated file (fetch the file again)",
        ),
        (
            document(parts={"Doc_0/Document.xml": "<a"}),
            DEFAULT,
            "plan.ofd: damaged part Doc_0/Document.xml (fetch the file again)",
        ),
        (
            document(parts={"Doc_0/Document.xml": f"<!DOCTYPE a [{LAUGHS}]><a>&e9;</a>"}),
            DEFAULT,
            "plan.ofd: a document type declared in Doc_0/Document.xml (save it again in an office program)",
        ),
        (
            document(*["", "", ""]),
            Limits(pages=2),
            "plan.ofd: too large: more than 2 pages (raise the limit 'pages' if the file is sound)",
        ),
        (
            document(text(28, 40, "正" * 99)),
            Limits(text_chars=50),
            "plan.ofd: too large: more than 50 characters (raise the limit 'text_chars' if the file is sound)",
        ),
    ],
    ids=["scan", "encrypted", "cut", "other", "no document", "xml", "entities", "pages", "chars"],
)
def test_refusals(data, limits, message):
    with pytest.raises(SourceError) as caught:
        read(data, limits)
    assert str(caught.value) == message


def test_an_empty_page_has_no_text():
    with pytest.raises(EmptySource, match=r"plan\.ofd: no text in it"):
        read(document(""))


def test_a_notice_in_ofd_parses_like_its_text():
    page = read(printed(lines(NOTICE[:11])))
    from policygraph.pipeline import notice  # noqa: PLC0415

    found, written = notice(page), parse("\n".join(plain(NOTICE[:11])).encode())[0]
    assert found.elements == written.elements
    assert [(d.name, d.role) for d in found.duties] == [(d.name, d.role) for d in written.duties]
