"""What the documents promise is run, as it is written."""

import importlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from policygraph.cli import main
from policygraph.models import Role
from policygraph.pipeline import build
from policygraph.store import open_store
from policygraph.store.questions import QUESTIONS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text("utf-8")
COMMANDS = re.findall(r"^```\n((?:pip|uv) .+?)\n```", README, re.MULTILINE | re.DOTALL)


def test_the_readme_promises_a_main_job_and_the_tests():
    assert "pip install uv && uv run policygraph build corpus" in COMMANDS
    assert "pip install uv && uv run pytest" in COMMANDS
    for command in [*COMMANDS[:3], COMMANDS[-1]]:
        assert f"```\n{command}\n```" in CHINESE


def copy(target: Path) -> Path:
    """Copy what a clone of the project holds."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for line in listed.stdout.splitlines():
        name = line.strip('"')
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    return target


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix" or not shutil.which("git"), reason="copies a clone and runs commands in a shell")
def test_the_commands_run_as_written(tmp_path):
    """Run every command of the README in a fresh copy with a fresh environment; the test run only collects."""
    clone = copy(tmp_path)
    environment = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "PYTHONPATH")}
    environment["PIP_BREAK_SYSTEM_PACKAGES"] = "1"
    for command in COMMANDS:
        if "FOLDER" in command:
            continue
        extra = {"PYTEST_ADDOPTS": "--collect-only --no-cov"} if command.endswith("pytest") else {}
        done = subprocess.run(
            command, shell=True, cwd=clone, env=environment | extra, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        if "build corpus" in command:
            (expected,) = re.findall(r"^```\n(policygraph\.db: .*?)^```", README, re.MULTILINE | re.DOTALL)
            assert expected in done.stdout


@pytest.mark.parametrize("readme", [README, CHINESE], ids=["English", "Chinese"])
def test_the_readme_lists_every_question_role_and_command(readme):
    for question in QUESTIONS:
        assert f"| `{question.example}` |" in readme
    for role in get_args(Role):
        assert f"`{role}`" in readme
    commands = [
        "build",
        "ask",
        "show",
        "explain",
        "remove",
        "questions",
        "parse",
        "schema",
        "evaluate",
        "read",
        "rules",
        "watch",
    ]
    for command in (*commands, "review", "compare", "load", "report", "network", "export", "serve"):
        assert f"policygraph {command}" in readme


@pytest.mark.parametrize("readme", [README, CHINESE], ids=["English", "Chinese"])
def test_the_table_in_the_readme_is_what_leads_shows(readme, tmp_path, monkeypatch, corpus):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(corpus, tmp_path / "corpus")
    CliRunner().invoke(main, ["build", "corpus"])
    shown = CliRunner().invoke(main, ["ask", "leads", "佳木斯市水务局", "--format", "markdown"]).stdout.splitlines()
    (sample,) = re.findall(r"^(\| organisation .*?)\n\n", readme, re.MULTILINE | re.DOTALL)
    header, rule, *rows, last = sample.splitlines()
    assert [header, rule] == shown[:2]
    assert set(last) <= set("| …")
    for row, real in zip(rows, shown[2:], strict=False):
        assert re.fullmatch(re.escape(row).replace("…", ".*"), real)


@pytest.mark.parametrize("readme", [README, CHINESE], ids=["English", "Chinese"])
def test_python_in_the_readme_runs(readme, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"```python\n(.+?)```", readme, re.DOTALL)
    names: dict[str, object] = {}
    exec(block, names)
    assert len(names["rows"]) == 7


def test_links_between_documents_lead_somewhere():
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("gold/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_pictures_of_the_tour_are_drawn_from_answers(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "scripts")
    pictures = importlib.import_module("pictures")
    drawn = pictures.drawn(tmp_path)
    assert drawn == {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "pictures").glob("*.svg")}
    tour = (ROOT / "docs" / "neo4j.md").read_text("utf-8")
    for name, text in drawn.items():
        ElementTree.fromstring(text)
        assert f"](pictures/{name})" in tour


@pytest.mark.neo4j
def test_the_cypher_of_the_tour_runs_and_finds_something(neo4j_url, corpus):
    build(corpus, neo4j_url)
    blocks = re.findall(r"```cypher\n(.+?)```", (ROOT / "docs" / "neo4j.md").read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 14
    with open_store(neo4j_url) as store:
        store.rows("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()", {})
        for block in blocks:
            assert store.rows(block, {}), block
