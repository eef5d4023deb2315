"""One task table in every form a table is published in: the same tasks, duties, targets and times."""

import csv
import io
import json

import docx
import openpyxl
import pytest

import ofdfile
from pdffile import Paper
from policygraph import parse

TITLE = "某市2023年重点工作任务分解表"
ROWS = [
    ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"],
    ["一、改善水环境", "", "", "", ""],
    ["1", "改造老旧管网50公里", "市水务局", "市财政局、市城乡建设局", "2023年6月底前"],
    ["2", "新增污水处理能力3万吨", "市水务局", "市发展改革委", "2023年10月底前"],
    ["二、改善空气质量", "", "", "", ""],
    ["3", "淘汰燃煤锅炉20台", "市生态环境局", "各县（市）区人民政府", "2023年底前"],
]
ORDER = [4, 3, 0, 1, 2]
SECTIONS = (1, 4)  # rows that are one cell where a form can say so
LEADS = (2, 3)  # rows whose lead is one cell


def txt() -> bytes:
    return "\n".join([TITLE, *("\t".join(row) for row in ROWS)]).encode()


def stripped() -> bytes:
    return "\n".join([TITLE, *("\t".join(row).strip() for row in ROWS)]).encode("gb18030")


def markdown() -> bytes:
    head, *rest = ("| " + " | ".join(row) + " |" for row in ROWS)
    return "\n".join([f"# {TITLE}", "", head, "|---|---|---|---|---|", *rest]).encode()


def html() -> bytes:
    lines = []
    for number, row in enumerate(ROWS):
        if number in SECTIONS:
            lines.append(f"<tr><td colspan=5>{row[0]}</td></tr>")
            continue
        cells = [
            f"<td rowspan=2>{words}</td>" if (number, column) == (LEADS[0], 2) else f"<td>{words}</td>"
            for column, words in enumerate(row)
            if (number, column) != (LEADS[1], 2)
        ]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    page = f"<html><body><div class=TRS_Editor><p>{TITLE}</p><table>{''.join(lines)}</table></div></body></html>"
    return page.encode("gb18030")


def scrape() -> bytes:
    preface = "<p>为深入贯彻落实全市经济工作会议和政府工作报告的部署要求，切实改善环境质量，保障人民群众身体健康，制定本表。</p>"
    content = html().decode("gb18030").replace("<table>", f"{preface}<table>")
    return json.dumps([{"title": TITLE, "content": content}], ensure_ascii=False).encode()


def word() -> bytes:
    made = docx.Document()
    made.add_paragraph(TITLE)
    table = made.add_table(len(ROWS), 5)
    for number, row in enumerate(ROWS):
        for column, words in enumerate(row):
            table.cell(number, column).text = words
    for number in SECTIONS:
        table.cell(number, 0).merge(table.cell(number, 4)).text = ROWS[number][0]
    table.cell(LEADS[1], 2).text = ""
    table.cell(LEADS[0], 2).merge(table.cell(LEADS[1], 2)).text = ROWS[LEADS[0]][2]
    return _saved(made)


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in [[TITLE], *ROWS]:
        book.active.append([words or None for words in row])
    book.active.merge_cells("A1:E1")
    for number in SECTIONS:
        book.active.merge_cells(start_row=number + 2, end_row=number + 2, start_column=1, end_column=5)
    book.active.merge_cells(start_row=LEADS[0] + 2, end_row=LEADS[1] + 2, start_column=3, end_column=3)
    return _saved(book)


def turned() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append([row[place] or None for place in ORDER])
    return _saved(book)


def ledger() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(ROWS)
    return out.getvalue().encode("gb18030")


def pdf() -> bytes:
    """Print the table over two pages, with its head on each."""
    xs = [60.0, 160.0, 250.0, 340.0, 440.0, 540.0]
    paper = Paper().text(120, 60, TITLE)
    for rows in (ROWS[:3], [ROWS[0], *ROWS[3:]]):
        top = 680.0 if rows[1:] == ROWS[1:3] else 60.0
        paper.grid(xs, [top + 40 * step for step in range(len(rows) + 1)], [_broken(row, 7) for row in rows], 12.0)
        if top > 60.0:
            paper.text(290, 815, "— 1 —", 10).page()
    return paper.text(290, 815, "— 2 —", 10).file()


def ofd() -> bytes:
    xs = [20.0, 56.0, 92.0, 124.0, 160.0, 196.0]
    ys = [40.0 + 14 * step for step in range(len(ROWS) + 1)]
    return ofdfile.document(ofdfile.text(60, 20, TITLE) + ofdfile.grid(xs, ys, [_broken(row, 7) for row in ROWS]))


def _broken(row: list[str], chars: int) -> list[str]:
    return ["\n".join(words[at : at + chars] for at in range(0, len(words), chars)) for words in row]


def _saved(made) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


FORMS = {
    "t.txt": txt,
    "gbk.txt": stripped,
    "t.md": markdown,
    "t.html": html,
    "t.json": scrape,
    "t.docx": word,
    "t.xlsx": workbook,
    "turned.xlsx": turned,
    "t.csv": ledger,
    "t.pdf": pdf,
    "t.ofd": ofd,
}


def findings(data: bytes, name: str) -> dict[str, list[object]]:
    (notice,) = parse(data, name=name)
    clauses = {task.id: task.clause.rpartition(":")[2] for task in notice.tasks}
    return {
        "clauses": [(clause.path, clause.title) for clause in notice.clauses if clause.path],
        "tasks": [
            [row[1] for row in ROWS[1:] if row[1] and row[1] in notice.page.text[slice(*task.span)]]
            for task in notice.tasks
        ],
        "duties": [(clauses[duty.task], duty.name, duty.role) for duty in notice.duties],
        "targets": [(one.indicator, one.comparator, one.value, one.unit, one.due) for one in notice.targets],
        "times": [(one.kind, one.start, one.end) for one in notice.times],
        "issues": [issue.reason for issue in (*notice.issues, *notice.page.issues)],
    }


EXPECTED = {
    "clauses": [("一", "改善水环境"), ("二", "改善空气质量")],
    "tasks": [["改造老旧管网50公里"], ["新增污水处理能力3万吨"], ["淘汰燃煤锅炉20台"]],
    "duties": [
        ("一", "市水务局", "lead"),
        ("一", "市财政局", "support"),
        ("一", "市城乡建设局", "support"),
        ("一", "市水务局", "lead"),
        ("一", "市发展改革委", "support"),
        ("二", "市生态环境局", "lead"),
        ("二", "各县(市)区人民政府", "support"),
    ],
    "targets": [
        ("老旧管网", ">=", "50", "公里", "2023-06-30"),
        ("污水处理能力", ">=", "3", "万吨", "2023-10-31"),
        ("燃煤锅炉", ">=", "20", "台", "2023-12-31"),
    ],
    "times": [("by", None, "2023-06-30"), ("by", None, "2023-10-31"), ("by", None, "2023-12-31")],
    "issues": [],
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_a_table_gives_the_same_findings(name):
    found = findings(FORMS[name](), name)
    found["duties"].sort(key=lambda duty: [one[0] for one in EXPECTED["clauses"]].index(duty[0]))
    if name == "turned.xlsx":  # its columns of bodies stand in another order
        assert sorted(found.pop("duties")) == sorted(EXPECTED["duties"])
        assert found == {key: value for key, value in EXPECTED.items() if key != "duties"}
    else:
        assert found == EXPECTED
