"""The command compare in its five forms."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner

from policygraph.cli import main

ANHE = Path(__file__).parent.parent / "corpus" / "anhe"
OLD, NEW = str(ANHE / "anhe-2018.txt"), str(ANHE / "anhe-2019.html")


def run(*arguments: str):
    done = CliRunner().invoke(main, ["compare", *arguments])
    assert done.exit_code == 0, done.output
    return done


def test_json_follows_the_schema_that_is_published():
    schema = json.loads(CliRunner().invoke(main, ["schema", "compare"]).stdout)
    found = json.loads(run(OLD, NEW, "--format", "json").stdout)
    jsonschema.validate(found, schema)
    assert (found["old"], found["new"]) == ("安政办发〔2018〕21号", "安政办发〔2019〕15号")


def test_the_terminal_shows_both_sides():
    shown = run(OLD, NEW).stdout
    assert "煤炭消费总量控制在420万吨以内" in shown
    assert "煤炭消费总量控制在410万吨以内" in shown
    assert "nothing changed" in run(OLD, OLD).stdout


def test_markdown_and_html_hold_every_change_and_no_markup_of_a_notice(tmp_path):
    hostile = tmp_path / "hostile.txt"
    hostile.write_text(
        (ANHE / "anhe-2018.txt").read_text("utf-8").replace("建立问题整改台账", "建立<script>alert(1)</script>|*台账*"),
        "utf-8",
    )
    page = run(OLD, str(hostile), "--format", "html").stdout
    assert "<script" not in page
    assert "http://" not in page
    assert "https://" not in page
    table = run(OLD, str(hostile), "--format", "markdown").stdout
    assert all(line.replace("\\|", "").count("|") == 5 for line in table.splitlines() if line.startswith("|"))


def test_a_ledger_opens_and_is_the_same_each_time(tmp_path):
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path in paths:
        run(OLD, NEW, "--format", "xlsx", "--output", str(path))
    assert paths[0].read_bytes() == paths[1].read_bytes()
    book = openpyxl.load_workbook(paths[0])
    changes = json.loads(run(OLD, NEW, "--format", "json").stdout)["changes"]
    assert [row[0].value for row in book["changes"].iter_rows(min_row=2)] == [one["kind"] for one in changes]


def test_by_date_takes_the_earlier_plan_as_the_old_one():
    assert run(NEW, OLD, "--by-date", "--format", "json").stdout == run(OLD, NEW, "--format", "json").stdout


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> str:
    path = str(tmp_path_factory.mktemp("series") / "graph.db")
    assert CliRunner().invoke(main, ["build", str(ANHE), "--store", path]).exit_code == 0
    return path


@pytest.mark.parametrize(
    "name", ["生态环境保护重点工作", "安和市生态环境保护重点工作实施方案", "15号", "安政办发〔2020〕8号"]
)
def test_a_series_in_a_store_is_compared_year_by_year(store, name):
    lines = run("--series", name, "--store", store, "--format", "json").stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert [(one["old"], one["new"]) for one in found] == [
        ("安政办发〔2018〕21号", "安政办发〔2019〕15号"), ("安政办发〔2019〕15号", "安政办发〔2020〕8号"),
    ]  # fmt: skip
    assert found[0]["changes"] == json.loads(run(OLD, NEW, "--format", "json").stdout)["changes"]


def test_a_series_is_told_in_every_form(store, tmp_path):
    assert run("--series", "8号", "--store", store).stdout.count("old: ") == 2
    assert run("--series", "8号", "--store", store, "--format", "html").stdout.count("<table>") == 2
    assert run("--series", "8号", "--store", store, "--format", "markdown").stdout.count("- new: ") == 2
    run("--series", "8号", "--store", store, "--format", "xlsx", "-o", str(tmp_path / "a.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [row[0].value for row in book["notices"].iter_rows(min_row=2)] == ["old", "new"] * 2


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--series", "节水"], "节水: no series of this name in the store (there are 安和市生态环境保护重点工作实施方案 (2018, 2019, 2020))"),
        (["--series", "节水", OLD, NEW], "--series: files are given too (give OLD and NEW, or --series NAME)"),
        ([OLD], "compare: two notices are compared (give OLD and NEW, or --series NAME)"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_said(store, arguments, line):
    done = CliRunner().invoke(main, ["compare", *arguments, "--store", store])
    assert (done.exit_code, done.stderr.strip()) == (2 if "two" in line or "files" in line else 1, line)


def test_a_store_without_a_series_says_so(tmp_path, jiamusi):
    path = str(tmp_path / "graph.db")
    CliRunner().invoke(main, ["build", str(jiamusi), "--store", path])
    done = CliRunner().invoke(main, ["compare", "--series", "x", "--store", path])
    assert done.stderr.strip() == "x: no series of this name in the store (it holds no two plans of one series)"


def test_a_table_is_not_written_to_a_file(tmp_path):
    done = CliRunner().invoke(main, ["compare", OLD, NEW, "--output", str(tmp_path / "x")])
    assert done.exit_code == 2
    assert "a table is for the terminal" in done.output


@pytest.mark.parametrize("form", ["json", "html", "xlsx"])
def test_no_hash_order_shows(form):
    written = set()
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-m", "policygraph", "compare", OLD, NEW, "--format", form],
            env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True,
        )  # fmt: skip
        written.add(done.stdout)
    assert len(written) == 1
