"""``policygraph review`` by lines, as a pipe gives them: each answer is a judgement, and each can be taken back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from notices import written
from policygraph.cli import main
from policygraph.judge.judgements import Judgement, line

ON = "2026-11-17T08:00:00.000000Z"
SHORT, LONG = "230800:佳木斯市城投公司", "230800:佳木斯市城市建设投资公司"
EXTRA = "3.宣传。开展宣传。(市城投公司牵头)\n4.检查。开展检查。(市城市建设投资公司牵头)\n5.协调。开展协调。(片区管理局负责)\n"


@pytest.fixture(autouse=True)
def _store(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(written(extra=EXTRA), "utf-8")
    assert invoke("build", "a.txt").exit_code == 0


def invoke(*arguments, **options):
    return CliRunner().invoke(main, list(arguments), **options)


def leads(name):
    return sorted(row["clause"] for row in json.loads(invoke("ask", "leads", name, "--format", "json").stdout))


def listed():
    return json.loads(invoke("review", "--list", "--format", "json").stdout)


def test_a_pair_is_shown_with_what_a_judgement_needs():
    result = invoke("review", input="q\n")
    assert result.exit_code == 0
    first = result.stdout.split("\n\n")[0]
    assert "1/" in first
    assert "城投公司 can be short for 城市建设投资公司" in first
    for words in (
        SHORT,
        LONG,
        "佳木斯市  body",
        "市城投公司: 佳政办发〔2018〕17号; 市 is 佳木斯市",
        "⟦市城投公司⟧牵头",
    ):
        assert words in first
    assert "nothing was judged" in result.stdout
    assert not Path("policygraph.judgements.jsonl").exists()


def test_same_fuses_at_once_and_undo_takes_it_back():
    before = invoke("ask", "matrix", "--format", "json").stdout
    assert "judgement made" in invoke("review", "--by", "甲", input="s\nq\n").stdout
    (one,) = listed()
    assert (one["verdict"], one["by"], one["state"]) == ("same", "甲", "applies")
    assert "can be short for" in one["why"]
    assert leads("市城投公司") == leads("市城市建设投资公司") == ["二/一/3", "二/一/4"]
    assert "can be short for" not in invoke("review", input="q\n").stdout
    assert invoke("build", "a.txt").exit_code == 0
    assert leads("市城投公司") == ["二/一/3", "二/一/4"]
    undone = invoke("review", "--undo")
    assert undone.stdout.startswith(f"taken back: {one['judgement']}  佳木斯市")
    assert invoke("ask", "matrix", "--format", "json").stdout == before
    assert [row["state"] for row in listed()] == ["taken back"]
    again = invoke("review", "--undo")
    assert (again.exit_code, "no judgement to take back (`policygraph review --list` shows them)" in again.stderr) == (
        1,
        True,
    )


def test_a_judgement_is_taken_back_by_its_id():
    invoke("review", input="d\nq\n")
    (one,) = listed()
    assert one["verdict"] == "different"
    assert "can be short for" not in invoke("review", input="q\n").stdout
    assert invoke("review", "--undo", "000000000000").exit_code == 1
    assert invoke("review", "--undo", one["judgement"], "--why", "看错").exit_code == 0
    assert "can be short for" in invoke("review", input="q\n").stdout


@pytest.mark.parametrize(
    ("lines", "given"),
    [("x\ns\n", "x"), ("k\ns\n", "s"), ("k\na\n没有\n市水务局\n", "没有")],
    ids=["no key", "a key that is none for a single name", "no body"],
)
def test_a_pipe_with_a_wrong_line_ends_with_an_error(lines, given):
    result = invoke("review", input=lines)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"review: '{given}' is no answer here (")
    assert "judgement made" not in result.stdout


def test_what_was_judged_before_a_wrong_line_of_a_pipe_is_kept():
    assert "what was judged before it is kept" in invoke("review", "--by", "甲", input="s\nx\n").stderr
    assert "甲" in invoke("review", "--list").stdout


def test_alias_asks_which_body():
    result = invoke("review", input="k\na\n市水务局\n")
    assert result.stdout.count("alias of which body?") == 1
    (one,) = listed()
    assert (one["verdict"], one["name"], one["object"]) == ("alias", "片区管理局", "230800:water_affairs")
    assert (
        json.loads(invoke("ask", "duties", "片区管理局", "--format", "json").stdout)[0]["organisation"]
        == "佳木斯市水务局"
    )


def test_an_empty_line_after_alias_takes_the_one_shown():
    assert invoke("review", "policygraph.db", input="a\n\nq\n").exit_code == 0
    assert [row["verdict"] for row in listed()] == ["alias"]


def test_files_of_colleagues_are_merged_and_a_conflict_does_not_apply():
    invoke("review", "--by", "甲", input="s\nq\n")
    no = Judgement(LONG, SHORT, "different", ON, "乙")
    Path("theirs.jsonl").write_text(f"broken\n{line(no)}\n", "utf-8")
    merged = invoke("review", "--merge", "theirs.jsonl")
    assert merged.exit_code == 1  # for the broken line
    assert merged.stdout == "policygraph.judgements.jsonl: 1 line of judgements added from theirs.jsonl\n"
    assert "theirs.jsonl:1: no judgement: not JSON" in merged.stderr
    assert "none of these applies until one side is taken back" in merged.stderr
    assert f"policygraph review --undo {no.id}" in merged.stderr
    assert leads("市城投公司") == ["二/一/3"]
    assert {row["state"] for row in listed()} == {"conflict"}
    assert "1 conflict of judgements, which do not apply: policygraph review --list" in invoke("build", "a.txt").stdout
    assert "0 lines of judgements added" in invoke("review", "--merge", "theirs.jsonl").stdout
    settled = invoke("review", "--undo", no.id)
    assert (settled.exit_code, settled.stderr) == (0, "")
    assert leads("市城投公司") == ["二/一/3", "二/一/4"]


def test_an_export_holds_all_lines_in_one_order_and_merges_into_an_equal_store():
    invoke("review", input="s\nq\n")
    invoke("review", "--undo")
    invoke("review", input="d\nq\n")
    assert invoke("review", "--export", "out.jsonl").stdout == "out.jsonl: 3 lines of judgements\n"
    invoke("build", "a.txt", "--store", "b.db")
    assert invoke("review", "b.db", "--merge", "out.jsonl").exit_code == 0
    assert invoke("review", "b.db", "--export", "again.jsonl").exit_code == 0
    assert Path("again.jsonl").read_bytes() == Path("out.jsonl").read_bytes()


def test_a_broken_line_fails_a_build_that_goes_on_all_the_same():
    invoke("review", input="s\nq\n")
    file = Path("policygraph.judgements.jsonl")
    file.write_text(file.read_text("utf-8") + "broken\n", "utf-8")
    result = invoke("build", "a.txt")
    assert (result.exit_code, "policygraph.judgements.jsonl:2: no judgement" in result.stderr) == (1, True)
    assert leads("市城投公司") == ["二/一/3", "二/一/4"]
    assert "broken" in file.read_text("utf-8")


def test_wrong_use_says_what_is_right():
    assert "give one of --list, --undo, --export, --merge" in invoke("review", "--list", "--undo").stderr
    missing = invoke("review", "--merge", "nowhere.jsonl")
    assert (missing.exit_code, missing.stderr.startswith("nowhere.jsonl: no such file (give a file that")) == (1, True)
    assert invoke("review", "nowhere.db").exit_code == 1


def test_nothing_in_doubt():
    Path("b.txt").write_text(written(), "utf-8")
    invoke("build", "b.txt", "--store", "b.db")
    assert invoke("review", "b.db").stdout.startswith("nothing is in doubt")
