"""The command line: what people type, what they see, what scripts get."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from notices import written
from policygraph.cli import main


@pytest.fixture(scope="module")
def store(tmp_path_factory, jiamusi):
    path = tmp_path_factory.mktemp("store") / "graph.db"
    result = CliRunner().invoke(main, ["build", str(jiamusi), "--store", str(path)])
    assert result.exit_code == 0, result.output
    assert "1 notice, 40 tasks, 136 duties, 21 targets, 36 times, 1 issue" in result.stdout
    assert "policygraph ask leads 佳木斯市环境保护局" in result.stdout
    return str(path)


def invoke(*arguments, **options):
    return CliRunner().invoke(main, list(arguments), **options)


def test_help_lists_the_commands():
    result = invoke("--help")
    assert result.exit_code == 0
    assert "ask        put a question to the graph" in result.stdout


def test_what_build_names_next_gives_rows(store, jiamusi):
    again = invoke("build", str(jiamusi), "--store", store)
    assert "0 sources read, 1 unchanged" in again.stdout
    commands = [line.split()[1:] for line in again.stdout.splitlines() if line.startswith("  policygraph ask")]
    assert len(commands) == 4
    for command in commands:
        assert len(json.loads(invoke(*command, "--format", "json").stdout)) > 0


def test_rows_as_json_csv_markdown_and_table(store):
    as_json = json.loads(invoke("ask", "leads", "市水务局", "--store", store, "--format", "json").stdout)
    as_csv = list(
        csv.DictReader(io.StringIO(invoke("ask", "leads", "市水务局", "--store", store, "--format", "csv").stdout))
    )
    assert [row["task"] for row in as_json] == [row["task"] for row in as_csv]
    assert len(as_json) == 7
    markdown = invoke("ask", "leads", "市水务局", "--store", store, "--format", "markdown").stdout
    assert markdown.startswith("| organisation | task |")
    table = invoke("ask", "leads", "市水务局", "--store", store).stdout
    assert "控制用水总量" in table
    assert "\x1b" not in table


def test_every_example_runs(store):
    listed = json.loads(invoke("questions", "--format", "json").stdout)
    for question in listed:
        words = question["example"].split()[1:]
        result = invoke(*words, "--store", store)
        assert result.exit_code == 0, result.output


def test_show_marks_what_was_found(store):
    result = invoke("show", "二/二/2:1", "--store", store)
    assert "‹2018年›计划⟨新建改造污水处理管网1公里⟩" in result.stdout.replace("\n", "")
    assert "(⟦市城乡建设局⟧牵头,⟦市城投公司⟧配合)" in result.stdout.replace("\n", "")
    assert "characters 1694:1794 of the published text" in result.stdout


def test_remove(jiamusi, tmp_path):
    path = str(tmp_path / "graph.db")
    invoke("build", str(jiamusi), "--store", path)
    assert invoke("remove", "佳政办发〔2018〕17号", "--store", path).stdout == "removed 佳政办发〔2018〕17号\n"
    assert json.loads(invoke("ask", "notices", "--store", path, "--format", "json").stdout) == []


def test_parse_reads_standard_input_and_writes_lines(jiamusi):
    result = invoke("parse", "-", "--format", "jsonl", input=jiamusi.read_bytes())
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["source"]["path"] == "<stdin>"
    assert "市水务局" in invoke("parse", str(jiamusi), "--format", "table").stdout


def test_schema_is_json():
    assert json.loads(invoke("schema").stdout)["$id"] == "policygraph/1"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["ask", "leads", "市水物局"], 1, "市水物局: no organisation of this name in the graph (did you mean 市水务局"),
        (["ask", "leads"], 2, "Missing argument 'ORGANISATION'"),
        (["ask", "due", "--before", "soon"], 2, "due: 'soon' is no date (write it as 2018-12-31)"),
        (["show", "九九"], 1, "九九: no task of this id in the store"),
        (["nonsense"], 2, "No such command 'nonsense'"),
    ],
)
def test_refusals(store, arguments, code, message):
    result = invoke(*arguments, env={"POLICYGRAPH_STORE": store})
    assert result.exit_code == code
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_store_and_a_missing_file(tmp_path):
    result = invoke("ask", "matrix", "--store", str(tmp_path / "no.db"))
    assert (result.exit_code, "no such store" in result.stderr) == (1, True)
    result = invoke("parse", str(tmp_path / "no.txt"))
    assert result.stderr.endswith("no.txt: no such file (check the path)\n")


def test_build_with_a_broken_file_ends_with_problems(tmp_path):
    (tmp_path / "good.txt").write_text(written(), "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG")
    result = invoke("build", str(tmp_path), "--store", str(tmp_path / "g.db"))
    assert result.exit_code == 1
    assert "1 source read, 0 unchanged, 1 failed" in result.stdout
    assert "bad.txt: unknown format 'png' (known: " in result.stderr


def test_an_unforeseen_error_is_one_line(monkeypatch, jiamusi):
    def broken(*_args, **_options):
        raise RuntimeError("something\nunforeseen")

    monkeypatch.setattr("policygraph.pipeline.parse", broken)
    result = invoke("parse", str(jiamusi))
    assert result.exit_code == 1
    assert result.stderr == (
        "policygraph: internal error, RuntimeError: something unforeseen "
        "(run `policygraph --debug …` and report what it shows)\n"
    )
    assert isinstance(invoke("--debug", "parse", str(jiamusi)).exception, RuntimeError)


def test_a_closed_pipe_is_no_error(jiamusi):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "policygraph", "parse", str(jiamusi)],
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert b"Traceback" not in done.stderr


def test_evaluate_gold(corpus):
    gold = str(corpus.parent / "gold")
    result = invoke("evaluate", gold, str(corpus), "--min", "roles=1", "--min", "times=1")
    assert result.exit_code == 0
    assert "total         inherited        37        0      0   1.000  1.000  1.000" in result.stdout
    assert invoke("evaluate", gold, str(corpus), "--min", "roles=1.1").exit_code == 1
    assert invoke("evaluate", gold, str(corpus), "--min", "rolls=1").exit_code == 2
    assert invoke("evaluate", gold, str(corpus), "--check").stdout == f"{gold}: 0 problems\n"


def test_read_shows_the_page_as_it_was_understood(tmp_path):
    path = tmp_path / "notice.html"
    path.write_text(
        '<html><body><div class="crumbs">您的位置：首页 > 文件</div><table><tr><td>索引号：</td><td>001</td><td>发文机关：</td>'
        "<td>市水务局</td></tr></table><p>各县区：</p><table><tr><td rowspan=2>1</td><td>节水</td></tr><tr><td>治污</td></tr>"
        "</table><p>特此通知。</p></body></html>",
        "utf-8",
    )
    result = invoke("read", str(path))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:] == [
        "",
        "metadata",
        "  索引号: 001",
        "  发文机关: 市水务局",
        "",
        "left out",
        "  breadcrumb: 您的位置：首页 > 文件",
        "  metadata box: 索引号：001 发文机关：市水务局",
        "",
        "text",
        "各县区：",
        "[table 2×2]",
        "  | 1 (2×1) | 节水 |",
        "  | 治污 |",
        "特此通知。",
        "",
    ]
    page = json.loads(invoke("read", str(path), "--format", "json").stdout)
    assert page["metadata"] == {"索引号": "001", "发文机关": "市水务局"}
    start, end = page["tables"][0]["cells"][1]["span"]
    assert page["text"][start:end] == "节水"


def test_limits_can_be_raised(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(written(), "utf-8")
    for command in ("read", "parse", "build"):
        store = ("--store", str(tmp_path / "g.db")) if command == "build" else ()
        result = invoke(command, str(path), *store, "--limit", "text_chars=20")
        assert result.exit_code == 1
        assert "too large: more than 20 characters (raise the limit 'text_chars' if the file is sound)" in result.stderr
        assert invoke(command, str(path), *store, "--limit", "text_chars=20000").exit_code == 0
    result = invoke("read", str(path), "--limit", "chars=1")
    assert result.exit_code == 2
    assert "'chars=1' is no limit (NAME=NUMBER; names: source_bytes," in result.stderr


def test_pages_that_fail_are_reported_and_the_others_go_on(tmp_path):
    lines = [
        {"content": written()},
        {"content": "今天天气很好。" * 40},
        {"title": "无正文"},
        {"content": written("鹤岗")},
    ]
    path = tmp_path / "scrape.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    result = invoke("parse", str(path), "--format", "jsonl")
    assert result.exit_code == 1
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["source"]["path"] for record in records] == [f"{path}#1", f"{path}#4"]
    assert [line.split("#")[1] for line in result.stderr.splitlines()] == [
        "3: no field holds the text of a notice (give records with the full text of a notice each)",
        "2: not an official notice (it has no number, addressees, signature or clauses)",
    ]
    result = invoke("build", str(path), "--store", str(tmp_path / "g.db"))
    assert result.exit_code == 1
    assert "1 source read, 0 unchanged, 2 failed" in result.stdout
    assert "2 notices" in result.stdout
    only = tmp_path / "none.jsonl"
    only.write_text("\n".join(json.dumps(lines[1]) for _ in range(2)), "utf-8")
    result = invoke("parse", str(only))
    assert result.stderr.splitlines()[-1].endswith(
        "none.jsonl: no official notice in it (give an archive or a scrape of notices)"
    )
