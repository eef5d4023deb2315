"""Rows as people and programs see them: on terminals of any width, in pipes, in spreadsheets."""

import csv
import io
import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from policygraph.cli import main, render
from policygraph.cli.table import fit, width_of

LONG = "严控地下水超载。按照各行政区的地下水资源开发利用控制指标和水资源承载能力,组织开展全市地下水压采工作。以控制农业灌溉取用地下水为重点。"
ROW = {
    "organisation": "佳木斯市水务局",
    "task": "二/一/1:2",
    "title": "控制用水总量",
    "text": LONG,
    "due": "2018-12-31; 2019-12-31",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory, jiamusi):
    path = tmp_path_factory.mktemp("store") / "graph.db"
    CliRunner().invoke(main, ["build", str(jiamusi), "--store", str(path)])
    return str(path)


def on_terminal(monkeypatch, columns, *arguments):
    monkeypatch.setattr("policygraph.cli.console.on_terminal", lambda: True)
    return CliRunner().invoke(main, list(arguments), env={"COLUMNS": str(columns)}).stdout


@pytest.mark.parametrize("columns", [60, 70, 80, 100])
@pytest.mark.parametrize(
    "question",
    [
        ["leads", "市水务局"], ["duties", "市环境保护局"], ["due"], ["times"], ["targets", "--organisation", "市水务局"],
        ["partners", "市水务局"], ["task", "二/一/1:1"], ["matrix"], ["search", "水"], ["notices"], ["unresolved"],
        ["load"], ["who", "水"], ["history", "市水务局"], ["names", "市水务局"], ["same-name", "市水务局"],
        ["belongs", "各县(市)区政府"], ["matrix", "--expand"],
    ],
    ids=lambda question: question[0],
)  # fmt: skip
def test_tables_fit_their_terminal_without_breaking_ids_and_dates(store, monkeypatch, columns, question):
    shown = on_terminal(monkeypatch, columns, "ask", *question, "--store", store)
    table = [line for line in shown.splitlines() if line.startswith(("│", "┃", "┏"))]
    assert table
    assert {cell_len(line) for line in table} == {cell_len(table[0])}
    assert cell_len(table[0]) <= columns
    names = [name.strip() for name in table[1].strip("┃").split("┃")]
    for line in table:
        for name, cell in zip(names, line.strip("│").split("│"), strict=False):
            if name in ("due", "since", "until", "issued_on", "shown_on") and line.startswith("│"):
                assert re.fullmatch(r"(\d{4}-\d\d-\d\d;?)?", cell.strip()), line
            if name in ("task", "first_task") and line.startswith("│"):
                assert re.fullmatch(r"(\S+:\d+)?", cell.strip()), line


def test_columns_that_do_not_fit_are_named(store, monkeypatch):
    shown = on_terminal(monkeypatch, 60, "ask", "leads", "市水务局", "--store", store)
    assert shown.splitlines()[1].split("┃")[1:-1] == [
        "organisation   ",
        " task      ",
        " title          ",
        " due       ",
    ]
    assert shown.endswith("not shown for want of width: text; --format csv shows all\n")
    assert "not shown" not in on_terminal(monkeypatch, 100, "ask", "leads", "市水务局", "--store", store)


def test_the_notice_is_told_by_the_ids_of_its_tasks_or_by_the_caption(capsys):
    rows = [
        {"task": f"{notice}:一:1", "due": "2018-12-31", "notice": notice}
        for notice in ("甲〔2018〕1号", "甲〔2018〕2号")
    ]
    render.write(rows, "markdown")
    assert capsys.readouterr().out.splitlines()[::3] == ["| task | due |", "| 甲〔2018〕2号:一:1 | 2018-12-31 |"]
    render.write(rows[:1], "markdown")
    assert capsys.readouterr().out.splitlines()[2:] == ["| 一:1 | 2018-12-31 |", "", "甲〔2018〕1号"]
    render.write([rows[0], rows[1] | {"task": None}], "markdown")
    assert capsys.readouterr().out.splitlines()[3] == "|  | 2018-12-31 | 甲〔2018〕2号 |"


def test_csv_for_excel_says_its_encoding_and_holds_no_formula(capsys):
    rows = [{"text": "=1+1", "due": "-", "number": -3}, {"text": "水,务", "due": "-2.5", "number": None}]
    render.write(rows, "excel")
    assert capsys.readouterr().out == "\ufefftext,due,number\r\n'=1+1,'-,-3\r\n\"水,务\",-2.5,\r\n"
    render.write(rows, "csv")
    assert capsys.readouterr().out.startswith("text,due,number\n=1+1,-,-3\n")


def test_tables_shorten_texts_and_markdown_does_not(store, monkeypatch):
    done = CliRunner().invoke(main, ["ask", "leads", "市水务局", "--store", store], env={"COLUMNS": "60"})
    assert re.search(r"1\.控制用水总量。 强化用水监督管理。\S*… +│ 2018-12-31│\n", done.stdout)
    assert max(map(len, done.stdout.splitlines())) < 160
    assert done.stdout.endswith("each text is cut at 40 characters; --format csv holds all\n")
    short = CliRunner().invoke(main, ["ask", "matrix", "--store", store])
    assert "is cut at" not in short.stdout
    markdown = CliRunner().invoke(main, ["ask", "leads", "市水务局", "--store", store, "--format", "markdown"]).stdout
    assert "…" not in markdown
    assert "…" in on_terminal(monkeypatch, 100, "ask", "leads", "市水务局", "--store", store)


@given(st.lists(st.text("甲乙a1 -", max_size=30), min_size=1, max_size=6), st.integers(10, 120))
def test_a_fitted_table_is_never_too_wide(cells, width):
    names = list(ROW)[: len(cells)]
    widths = fit(names, [cells[: len(names)]], width)
    assert len(widths) == 1 or width_of(len(widths), widths.values()) <= width
    assert list(widths) == [name for name in names if name in widths]


def test_what_fits_is_as_wide_as_it_wants():
    cells = [list(ROW.values())]
    assert fit(list(ROW), cells, None) == fit(list(ROW), cells, 500) == {
        "organisation": 14, "task": 10 - 1, "title": 12, "text": cell_len(LONG), "due": 22,
    }  # fmt: skip


def test_the_two_dates_of_a_task_wrap_between_and_not_inside():
    assert fit(list(ROW), [list(ROW.values())], 72)["due"] == len("2018-12-31;")


def test_a_cell_of_csv_is_one_line(capsys):
    render.write([{"text": "\u3000\u3000一、目标。\r\n  加强管理\u3000。", "start": 3, "due": None}], "csv")
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row == {"text": "一、目标。 加强管理\u3000。", "start": "3", "due": ""}


def test_markdown_keeps_its_bars(capsys):
    render.write([{"a": "x|y"}], "markdown")
    assert capsys.readouterr().out == "| a |\n| --- |\n| x\\|y |\n"


@pytest.mark.skipif(os.name != "posix", reason="opens a pseudo-terminal")
@pytest.mark.parametrize("plain", [False, True])
def test_no_color_allows_no_escapes_at_all(store, plain):
    import pty  # noqa: PLC0415 - not on every system

    reader, writer = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    environment |= {"TERM": "xterm", "COLUMNS": "80"} | ({"NO_COLOR": "1"} if plain else {})
    command = [sys.executable, "-m", "policygraph", "ask", "unresolved", "--store", store]
    with os.fdopen(reader, "rb") as terminal, os.fdopen(writer, "wb") as output:
        subprocess.run(command, stdout=output, env=environment, check=True)
        shown = os.read(terminal.fileno(), 65536)
    assert b"reason" in shown
    assert (b"\x1b" not in shown) == plain
