"""The command line: what people type, what they see, what scripts get."""

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys

import pytest
from click.testing import CliRunner
from rich.console import Console

from notices import CITIES, written
from policygraph.cli import ask, main, options
from policygraph.pipeline import parse
from policygraph.store.questions import QUESTIONS


@pytest.fixture(scope="module")
def store(tmp_path_factory, jiamusi):
    path = tmp_path_factory.mktemp("store") / "graph.db"
    result = CliRunner().invoke(main, ["build", str(jiamusi), "--store", str(path)])
    assert result.exit_code == 0, result.output
    assert "1 notice, 40 tasks, 136 duties, 21 targets, 36 times, 1 issue" in result.stdout
    assert f"  issues are listed by: policygraph ask unresolved --store {path}\n" in result.stdout
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


def test_what_build_names_next_gives_rows_where_nobody_leads_and_nobody_shares(tmp_path):
    text = written().replace(
        "(市水务局牵头,市工信委、城乡建设局配合。以下均需各县(市)区政府落实,不再列出)", "(市水务局负责)"
    )
    (tmp_path / "a.txt").write_text(
        text.replace("用水总量控制在17.5亿立方米。", "").replace("新建节水型单位17个", ""), "utf-8"
    )
    result = invoke("build", str(tmp_path / "a.txt"), "--store", str(tmp_path / "g.db"))
    commands = [line.split()[1:] for line in result.stdout.splitlines() if line.startswith("  policygraph ask")]
    assert [command[1:3] for command in commands] == [["duties", "佳木斯市城乡建设局"], ["matrix", "--store"]]
    for command in commands:
        assert len(json.loads(invoke(*command, "--format", "json").stdout)) > 0


def test_a_build_that_failed_entirely_names_nothing_next(tmp_path):
    source, store = str(tmp_path / "a.txt"), str(tmp_path / "g.db")
    mend = "(mend what the lines above name and build again)"
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.4")
    result = invoke("build", source, "--store", store)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith(f"{store}: nothing was read, and it holds no notice {mend}\n")
    assert (
        f"no notice is in it yet: policygraph build FOLDER --store {store}\n"
        in invoke("ask", "matrix", "--store", store).stderr
    )
    (tmp_path / "a.txt").write_text(written(), "utf-8")
    assert invoke("build", source, "--store", store).exit_code == 0
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.4")
    result = invoke("build", source, "--store", store)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith(f"and it still holds 1 notice of earlier builds {mend}\n")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["leads", "各县(市)区政府"],
            '各县(市)区政府 leads nothing; it has 39 duties: policygraph ask duties "各县(市)区政府"',
        ),
        (
            ["duties", "市林业局", "--role", "lead"],
            "市林业局 has no duty in this role; it has 2 duties: policygraph ask",
        ),
        (
            ["targets", "--organisation", "市安监局"],
            "市安监局 has no such target; it has 1 duty: policygraph ask duties",
        ),
        (["duties", "佳木斯市人民政府办公室"], "佳木斯市人民政府办公室 has no duty in the graph\n"),
        (
            ["duties", "市林业局", "--role", "lead", "--notice", "17号"],
            "市林业局 has no duty in this role; it has 2 duties in notice 17号: policygraph ask duties 市林业局 --notice 17号",
        ),
        (["search", "火箭", "--notice", "17号"], "no task in notice 17号 holds '火箭'\n"),
        (["search", "火箭"], "no task in the graph holds '火箭'\n"),
    ],
    ids=lambda case: case if isinstance(case, str) else " ".join(case),
)
def test_no_rows_say_what_there_is_instead(store, arguments, line):
    result = invoke("ask", *arguments, "--store", store)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(f"no rows: {line}")
    if "policygraph ask" in line:
        assert result.stderr.endswith(f" --store {store}\n")


def test_every_question_about_a_body_says_what_it_lacks():
    about = {question.name for question in QUESTIONS if any(one.kind == "organisation" for one in question.parameters)}
    assert about == set(ask._LACKS) | {"paths"}


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


def test_notices_without_a_number_show_their_titles(tmp_path):
    unnumbered = [written(city).split("\n", 2)[2] for city in CITIES[:2]]
    for name, text in zip("ab", unnumbered, strict=True):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    address = ["--store", str(tmp_path / "g.db")]
    invoke("build", str(tmp_path / "a.txt"), *address)
    one = invoke("ask", "targets", *address).stdout
    assert re.search(
        r"^n-[0-9a-f]{12} 佳木斯市人民政府办公室关于印发佳木斯市2018年度节水工作方案的通知$", one, re.MULTILINE
    )
    invoke("build", str(tmp_path / "b.txt"), *address)
    several = invoke("ask", "targets", *address, "--format", "markdown").stdout
    assert several.splitlines()[0].endswith("| words | task | notice_title |")


def test_every_example_runs(store):
    listed = json.loads(invoke("questions", "--format", "json").stdout)
    for question in listed:
        words = shlex.split(question["example"])[1:]
        result = invoke(*words, "--store", store)
        assert result.exit_code == 0, result.output


def test_show_marks_what_was_found(store):
    result = invoke("show", "二/二/2:1", "--store", store)
    assert "‹2018年›计划⟨新建改造污水处理管网1公里⟩(⟦市城乡建设局⟧牵头,⟦市城投公司⟧配合)\n" in result.stdout
    assert "characters 1694:1812 of the published text; marked ⟦duty⟧ ⟨target⟩ ‹time›\n" in result.stdout


def test_show_ends_where_the_statement_ends(store):
    """各县(市)区政府 holds a bracket that closes no statement."""
    result = invoke("show", "二/一/1:1", "--store", store)
    assert "⟦各县(市)区政府⟧负责落实。以下均需各县(市)区政府落实,区政府无相关工作职能的," in result.stdout
    assert "负责相关工作,不再列出)]\n" in result.stdout


def test_show_gives_the_rule_of_an_inherited_duty(store):
    lines = invoke("show", "二/一/1:2", "--store", store).stdout.splitlines()
    (line,) = [line for line in lines if "inherited" in line]
    assert line.endswith("各县(市)区政府  inherited from ⟦以下均需各县(市)区政府落实⟧  [732:746]")
    assert lines.index(line) > lines.index("  duty     lead         佳木斯市水务局  [950:954]")


def test_show_gives_both_ends_of_a_period(store):
    (first, *_) = [
        row
        for row in json.loads(invoke("ask", "times", "--kind", "during", "--store", store, "--format", "json").stdout)
        if row["task"]
    ]
    shown = invoke("show", first["task"], "--store", store).stdout
    assert f"  time     during       {first['since']}–{first['until']}  [{first['start']}:{first['end']}]\n" in shown


def test_show_and_ask_mark_a_due_date_that_no_words_say(store):
    rows = json.loads(invoke("ask", "targets", "--store", store, "--format", "json").stdout)
    assert {row["due_from"] for row in rows} == {"words", "plan year"}
    for row in rows:
        shown = invoke("show", row["task"], "--store", store).stdout
        mark = " (plan year)" if row["due_from"] == "plan year" else ""
        assert f"due {row['due']}{mark}  [{row['start']}:{row['end']}]\n" in shown
    assert "| due_from |" in invoke("ask", "targets", "--store", store, "--format", "markdown").stdout


def test_show_on_a_coloured_terminal_has_a_legend(store, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(
        "policygraph.cli.console.console", lambda: Console(force_terminal=True, color_system="standard", width=300)
    )
    shown = invoke("show", "二/一/1:1", "--store", store).stdout
    assert "⟦" not in shown
    assert "marked \x1b[1;36mduty\x1b[0m \x1b[1;32mtarget\x1b[0m \x1b[1;33mtime\x1b[0m" in shown


def test_remove(jiamusi, tmp_path):
    path = str(tmp_path / "graph.db")
    invoke("build", str(jiamusi), "--store", path)
    removed = invoke("remove", "17号", "--store", path).stdout
    assert removed.startswith("removed 佳政办发〔2018〕17号 佳木斯市人民政府办公室关于印发")
    assert json.loads(invoke("ask", "notices", "--store", path, "--format", "json").stdout) == []


def test_a_build_reports_reposts_and_what_is_gone_and_remove_drops_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POLICYGRAPH_STORE", raising=False)
    (tmp_path / "rb").mkdir()
    for name, text in {"a": written(), "b": "转载\n" + written(), "c": written("合肥")}.items():
        (tmp_path / "rb" / f"{name}.txt").write_text(text, "utf-8")
    assert "  2 sources give 1 notice: reposts are kept once\n" in invoke("build", "rb").stdout
    (tmp_path / "rb" / "a.txt").unlink()
    (tmp_path / "rb" / "c.txt").write_bytes(b"%PDF-1.4")
    result = invoke("build", "rb")
    assert (
        "\n1 source no longer exists: rb/a.txt\n  its notices are kept; `policygraph remove rb/a.txt`" in result.stdout
    )
    assert "rb/c.txt: its older facts stay in the graph (`policygraph remove rb/c.txt` drops them)\n" in result.stderr
    assert invoke("remove", "rb/a.txt").stdout.endswith(
        "办公室关于印发佳木斯市2018年度节水工作方案的通知, which rb/b.txt gives too\n"
    )
    assert invoke("remove", "./rb/c.txt").stdout.startswith("removed 合政办发〔2018〕17号 合肥市人民政府办公室")
    assert "no longer" not in invoke("build", "rb").stdout
    result = invoke("remove", "rb/a.txt")
    assert (result.exit_code, "rb/a.txt: no notice or source of this id in the store (nearest: " in result.stderr) == (
        1,
        True,
    )


def test_parse_reads_standard_input_and_writes_lines(jiamusi):
    result = invoke("parse", "-", "--format", "jsonl", input=jiamusi.read_bytes())
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["source"]["path"] == "<stdin>"
    assert "市水务局" in invoke("parse", str(jiamusi), "--format", "table").stdout


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["ask", "leads", "市水务局"], "policygraph ask leads 市水务局"),
        (["ask", "leads", "各县(市)区政府"], 'policygraph ask leads "各县(市)区政府"'),
        (["remove", "a$b.txt"], "policygraph remove 'a$b.txt'"),
    ],
)
def test_commands_are_shown_as_a_shell_takes_them(words, line, monkeypatch):
    monkeypatch.delenv("POLICYGRAPH_STORE", raising=False)
    assert options.typed(*words, store="policygraph.db") == line
    assert options.typed(*words, store="my.db") == f"{line} --store my.db"


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


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_a_build_without_files_leaves_no_store(tmp_path, name):
    (tmp_path / "empty").mkdir()
    result = invoke("build", str(tmp_path / name), "--store", str(tmp_path / "g.db"))
    what = {"empty": "no files (give a file, or a folder that holds some)"}
    assert result.stderr == f"{tmp_path / name}: {what.get(name, 'no such file or folder (check the path)')}\n"
    assert (result.exit_code, result.stdout) == (1, "")
    assert not (tmp_path / "g.db").exists()


def test_an_interrupted_build_keeps_what_was_read(tmp_path, monkeypatch):
    for number, city in enumerate(CITIES):
        (tmp_path / f"{number}.txt").write_text(written(city), "utf-8")

    def interrupted(data, *, name, **options):
        if name.endswith("2.txt"):
            raise KeyboardInterrupt
        return parse(data, name=name, **options)

    store = str(tmp_path / "g.db")
    with monkeypatch.context() as patched:
        patched.setattr("policygraph.pipeline.parse", interrupted)
        result = invoke("build", str(tmp_path), "--store", store)
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == f"stopped: what was read is kept in {store}; the same command goes on from there\n"
    assert "2 sources read, 2 unchanged" in invoke("build", str(tmp_path), "--store", store).stdout


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
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "command", [["ask", "leads", "市水务局"], ["show", "二/一/1:1"], ["ask", "matrix", "--format", "csv"]]
)
def test_rows_into_a_closed_pipe_are_no_error(store, command):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "policygraph", *command, "--store", store],
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk", "gb18030"])
def test_output_in_an_encoding_without_the_characters_is_no_error(store, encoding):
    done = subprocess.run(
        [sys.executable, "-m", "policygraph", "show", "二/一/1:2", "--store", store],
        env=os.environ | {"PYTHONIOENCODING": encoding},
        capture_output=True,
        check=True,
    )
    shown = done.stdout.decode(encoding if encoding.startswith("gb") else "utf-8")
    assert {"gbk": r"(\u27e6市水务局\u27e7牵头"}.get(encoding, "(⟦市水务局⟧牵头") in shown


def test_evaluate_gold(corpus):
    gold = str(corpus.parent / "gold")
    result = invoke("evaluate", gold, str(corpus), "--min", "roles=1", "--min", "times=1")
    assert result.exit_code == 0
    assert "total         inherited        37        0      0   1.000  1.000  1.000" in result.stdout
    assert invoke("evaluate", gold, str(corpus), "--min", "roles=1.1").exit_code == 1
    assert invoke("evaluate", gold, str(corpus), "--min", "rolls=1").exit_code == 2
    without = invoke("evaluate", gold)
    assert (without.exit_code, without.stdout) == (2, "")
    assert "give NOTICES, the folder of the original notices, or --text to read those in GOLD/text" in without.stderr
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


def test_read_quotes_the_characters_at_a_place(tmp_path, jiamusi, store):
    (row, *_) = json.loads(invoke("ask", "targets", "--store", store, "--format", "json").stdout)
    result = invoke("read", str(jiamusi), "--at", f"{row['start']}:{row['end']}")
    assert result.exit_code == 0
    head, quoted = result.stdout.split("\n", 1)
    assert head.endswith(f"jiamusi-2018-water.txt  [{row['start']}:{row['end']}]")
    assert f"⟦{row['words']}⟧" in quoted
    path = tmp_path / "a.txt"
    path.write_text("一二三四", "utf-8")
    assert invoke("read", str(path), "--at", "1:3").stdout == f"{path}  [1:3]\n一⟦二三⟧四\n"
    long = tmp_path / "long.txt"
    long.write_text("前" * 30 + "中" + "后" * 30, "utf-8")
    assert invoke("read", str(long), "--at", "30:31").stdout.endswith(f"\n…{'前' * 20}⟦中⟧{'后' * 20}…\n")
    result = invoke("read", str(path), "--at", "3:5")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{path}: no characters 3:5 in a text of 4 (give a span inside 0:4)\n"


@pytest.mark.parametrize("place", ["3", "5:3", "a:b", "-1:2", ":"])
def test_a_place_that_is_none_is_refused(jiamusi, place):
    result = invoke("read", str(jiamusi), f"--at={place}")
    assert (result.exit_code, f"'{place}' is no span (write it as 120:135" in result.stderr) == (2, True)
    result = invoke("read", str(jiamusi), "--at", "1:2", "--format", "json")
    assert (result.exit_code, "--format json gives the whole text" in result.stderr) == (2, True)


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


def test_a_question_that_is_none_is_told_those_there_are():
    result = invoke("ask", "wrong")
    assert result.exit_code == 2
    assert "no question 'wrong' (there are leads, duties, " in result.stderr
    assert "`policygraph questions` explains" in result.stderr
