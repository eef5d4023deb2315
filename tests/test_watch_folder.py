"""A folder that next year's plan is dropped into: ``policygraph watch add plans``, ``policygraph watch run``."""

import json
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from notices import written
from policygraph.cli import main
from policygraph.store import open_store
from policygraph.watch import config
from policygraph.watch.state import State


def invoke(*arguments: str):
    return CliRunner().invoke(main, ["watch", *arguments])


@pytest.fixture
def plans(tmp_path: Path, monkeypatch) -> Path:
    """Work in a folder with a watched folder that holds this year's plan, built before anything was watched."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "2018.txt").write_text(written(year=2018, serial=17), "utf-8")
    CliRunner().invoke(main, ["build", "plans"])
    assert invoke("add", "plans").exit_code == 0
    return folder


def digests(folder: Path) -> list[dict]:
    return [json.loads(path.read_text("utf-8")) for path in sorted((folder / "watch-data/digests").glob("*.json"))]


@pytest.mark.usefixtures("plans")
def test_add_shows_what_it_would_take_and_writes_it_down(tmp_path):
    assert (tmp_path / "watch.toml").read_text("utf-8").endswith('[[source]]\nname = "plans"\nfolder = "plans"\n')
    again = invoke("add", "plans")
    assert again.exit_code == 1
    assert "plans: a source of this name is watched already (give another --name)" in again.stderr


def test_a_folder_that_is_not_there_is_not_added(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = invoke("add", "nowhere")
    assert (result.exit_code, (tmp_path / "watch.toml").exists()) == (1, False)
    assert "nowhere: no such folder (check that it is there, or that its disk is mounted)" in result.stderr


def test_next_years_plan_comes_in_and_only_it_is_told(plans, tmp_path):
    quiet = invoke("run")
    assert (quiet.exit_code, digests(tmp_path)) == (0, [])
    (plans / "2019.txt").write_text(written(year=2019, serial=3), "utf-8")
    result = invoke("run")
    assert result.exit_code == 0, result.output
    assert "looked at plans 2: 1 read, 1 unchanged" in result.stdout
    assert "new: 佳政办发〔2019〕3号" in result.stdout
    (digest,) = digests(tmp_path)
    assert [(one["notice"], one["addresses"]) for one in digest["new"]] == [("佳政办发〔2019〕3号", ["plans/2019.txt"])]
    assert invoke("run").exit_code == 0
    assert len(digests(tmp_path)) == 1


def test_the_digest_tells_what_is_asked_of_a_department(plans, tmp_path):
    file = tmp_path / "watch.toml"
    file.write_text('organisations = ["市水务局", "市教育局"]\n' + file.read_text("utf-8"), "utf-8")
    (plans / "2019.txt").write_text(written(year=2019, serial=3), "utf-8")
    invoke("run")
    asked = digests(tmp_path)[0]["new"][0]["asked"]
    assert [(one["role"], one["due"]) for one in asked["市水务局"]] == [("lead", "2019-12-31")]
    assert asked["市教育局"] == []
    text = (tmp_path / "watch-data/digests/0001.md").read_text("utf-8")
    assert "**市水务局**: 1 task\n" in text
    assert "**市教育局**: nothing is asked of it" in text


def test_a_corrected_plan_is_told_as_revised(plans, tmp_path):
    (plans / "2019.txt").write_text(written(year=2019, serial=3), "utf-8")
    invoke("run")
    (plans / "2019.txt").write_text(written(year=2019, serial=3).replace("9月底", "8月底"), "utf-8")
    invoke("run")
    assert [(len(one["new"]), len(one["revised"])) for one in digests(tmp_path)] == [(1, 0), (0, 1)]


def test_the_same_plan_under_another_name_is_not_told_again(plans, tmp_path):
    (plans / "copy.txt").write_text(written(year=2018, serial=17), "utf-8")
    assert invoke("run").exit_code == 0
    assert digests(tmp_path) == []


def test_a_copy_that_lost_its_number_and_date_is_no_second_notice(plans, tmp_path):
    (plans / "2019.txt").write_text(written(year=2019, serial=3), "utf-8")
    invoke("run")
    stripped = written(year=2019, serial=3).replace("佳政办发〔2019〕3号\n\n", "").replace("   2019年3月5日\n", "")
    (plans / "copy.txt").write_text(stripped, "utf-8")
    invoke("run")
    with open_store(tmp_path / "policygraph.db") as store:
        assert [row["notice"] for row in store.ask("notices")] == ["佳政办发〔2018〕17号", "佳政办发〔2019〕3号"]
    assert len(digests(tmp_path)) == 1


def test_it_does_not_matter_where_the_command_is_typed(plans, monkeypatch):
    (plans / "2019.txt").write_text(written(year=2019, serial=3), "utf-8")
    invoke("run")
    monkeypatch.chdir(plans)
    result = invoke("run", "--config", "../watch.toml", "--store", "../policygraph.db")
    assert "0 read, 2 unchanged" in result.stdout


def test_a_file_that_cannot_be_read_ends_the_run_with_1_and_the_rest_goes_on(plans):
    (plans / "a.txt").write_text("not a notice", "utf-8")
    (plans / "2019.txt").write_text(written(year=2019, serial=3), "utf-8")
    result = invoke("run")
    assert result.exit_code == 1
    assert "plans/a.txt: not a Chinese text" in result.stderr
    assert "new: 佳政办发〔2019〕3号" in result.stdout
    assert invoke("run").exit_code == 1


def test_a_folder_that_is_gone_is_an_alarm(plans):
    shutil.rmtree(plans)
    result = invoke("run")
    assert result.exit_code == 1
    assert "alarm: plans: no such folder: plans (since 20" in result.stderr


def test_a_folder_that_holds_far_less_than_usual_is_an_alarm(plans, tmp_path):
    for serial in range(4):
        (plans / f"{serial}.txt").write_text(written(year=2019, serial=serial + 1), "utf-8")
    assert invoke("run").exit_code == 0
    for serial in range(4):
        (plans / f"{serial}.txt").unlink()
    result = invoke("run")
    assert result.exit_code == 1
    assert "alarm: plans: it lists 1 files, usually 5" in result.stderr
    assert [one["kind"] for one in digests(tmp_path)[-1]["alarms"]] == ["fewer"]


def test_a_watch_does_not_read_what_it_writes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2018.txt").write_text(written(), "utf-8")
    invoke("add", ".")
    assert invoke("run").exit_code == 0
    result = invoke("run")
    assert result.exit_code == 0, result.output
    assert "0 read, 1 unchanged" in result.stdout


def test_the_digest_goes_to_a_command_which_gets_it_again_if_it_fails(plans, tmp_path):
    file = tmp_path / "watch.toml"
    script = "import os,sys;open('told.md','ab').write(sys.stdin.buffer.read());sys.exit(int(os.path.exists('broken')))"
    file.write_text(file.read_text("utf-8") + f"\n[digest]\ncommand = {json.dumps([sys.executable, '-c', script])}\n")
    (plans / "2019.txt").write_text(written(year=2019, serial=3), "utf-8")
    (tmp_path / "broken").touch()
    failed = invoke("run")
    assert failed.exit_code == 1
    assert "ended with 1 (mend [digest] command; the next run sends it again)" in failed.stderr
    (tmp_path / "broken").unlink()
    assert invoke("run").exit_code == 0
    assert invoke("run").exit_code == 0
    assert (tmp_path / "told.md").read_text("utf-8").count("# Digest 1 ") == 2


def test_a_loop_goes_on_after_what_goes_wrong_until_it_is_stopped(plans, monkeypatch):
    pauses = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise KeyboardInterrupt
        (plans / "2019.txt").write_text(written(year=2019, serial=3), "utf-8")

    monkeypatch.setattr("time.sleep", pause)
    result = invoke("loop", "--minutes", "5")
    assert result.exit_code == 130
    assert pauses == [300, 300, 300]
    assert result.stdout.count("new: 佳政办发〔2019〕3号") == 1
    assert "stopped: the next run goes on from there" in result.stderr


@pytest.mark.usefixtures("plans")
def test_a_second_run_at_the_same_time_is_refused(tmp_path):
    with State(tmp_path / "watch-data") as state:
        state.lock()
        result = invoke("run")
    assert result.exit_code == 1
    assert "another run is at work (wait until it has ended)" in result.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[source]]\nname = 'a'\n", "a source without a place, or with several (give it one of folder, list, feed"),
        ("[[source]]\nfolder = 'a'\nlinkz = 'x'\n", "'linkz' is not known in source 'a' (known: attachments"),
        ("[[source]]\nlist = 'ftp://a'\n", "'ftp://a' is no address (give one that begins with http:// or https://)"),
        ("[[source]]\nlist = 'http://a'\nlinks = '('\n", "'links' is '(' (give a regular expression)"),
        ("[[source]]\nlist = 'http://a'\nsince = 'May'\n", "'since' is 'May' (give a day such as 2024-01-31)"),
        ("[[source]]\nlist = 'http://a'\ndelay = -1\n", "'delay' is -1 (give a number from 0 up)"),
        ("[[source]]\nlist = 'http://a'\nnetworks = ['x']\n", "'networks' is 'x' (give addresses such as 10.1.0.0/16)"),
        ("[[source]]\nfolder = 'a'\n[[source]]\nfolder = 'a'\n", "two sources are called 'a' (give each its own name)"),
        ("[[source]]\nlist = 'http://a'\npages = 'a.html'\n", "'pages' is 'a.html' (write {n} or {n+1} once"),
        ("organisations = 'a'\n", "'organisations' is 'a' (give a list)"),
        ("nonsense", "no TOML: "),
    ],
)
def test_what_is_not_understood_is_refused_by_name(text, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "watch.toml").write_text(text, "utf-8")
    result = invoke("run")
    assert result.exit_code == 1
    assert message in result.stderr


def test_the_digest_tells_what_changed_for_a_department_against_the_year_before(plans, tmp_path):
    later = written(year=2019, serial=18).replace("9月底前", "8月底前").replace("(市水务局牵头", "(市住建局牵头")
    (plans / "2019.txt").write_text(later, "utf-8")
    result = invoke("run", "--body", "市水务局", "--organisation", "市城乡建设局")
    assert result.exit_code == 0, result.output
    (entry,) = digests(tmp_path)[0]["new"]
    assert entry["against"]["notice"] == "佳政办发〔2018〕17号"
    kinds = {name: [one["kind"] for one in entry["changed_for"][name]] for name in ("市水务局", "市城乡建设局")}
    assert "lead changed" in kinds["市水务局"]
    assert "deadline brought forward" not in kinds["市水务局"]
    assert "deadline brought forward" in kinds["市城乡建设局"]
    text = (tmp_path / "watch-data/digests/0001.md").read_text("utf-8")
    assert "Against 佳政办发〔2018〕17号, 市水务局:" in text
    assert "- **lead changed**: " in text


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_what_the_readme_says_of_later_plans_works_as_written(name, tmp_path, monkeypatch):
    root = Path(__file__).parent.parent
    shutil.copytree(root / "corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["build", "corpus"])  # as whoever reads the README from its start has done
    (block,) = re.findall(r"^```\n(mkdir plans .+?)\n```", (root / name).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    for line in block.splitlines():
        if line.startswith("uv run policygraph watch "):
            assert invoke(*line.split()[4:]).exit_code == 0
        else:
            subprocess.run(line, shell=True, check=True)
    text = (tmp_path / "watch-data/digests/0002.md").read_text("utf-8")
    assert "Against 安政办发〔2018〕21号, 市水务局: 8 changes" in text


def test_the_units_and_the_file_in_the_document_are_well_formed(tmp_path):
    text = (Path(__file__).parent.parent / "docs/watch.md").read_text("utf-8")
    (block,) = re.findall(r"```toml\n(.+?)```", text, re.DOTALL)
    (tmp_path / "watch.toml").write_text(block, "utf-8")
    told = config.read(tmp_path / "watch.toml")
    assert [one.kind for one in told.sources] == ["folder", "list"]
    named = set(re.findall(r"^\| `(\w+)` \| .* \| .* \|$", text.partition("## What a run")[0], re.MULTILINE))
    assert named == {one.name for one in fields(config.Source)} - {"name", "kind", "place"}
    for unit in re.findall(r"```ini\n(.+?)```", text, re.DOTALL):
        parser = ConfigParser()
        parser.read_string(unit)
        assert parser.sections()
