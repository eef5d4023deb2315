"""The notebooks: short, stripped of outputs, of public names only; and they run, with a server and without."""

import ast
import json
import os
import re
import shutil
from pathlib import Path

import pytest

import policygraph as pg
from policygraph import plot

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_LINES = 14


def cells(path: Path, kind: str) -> list[str]:
    found = json.loads(path.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == kind]


def test_there_are_six_in_their_order():
    assert [path.name[:2] for path in NOTEBOOKS] == [f"{number}-" for number in range(1, 7)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_no_output_and_short_cells(path):
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        if cell["cell_type"] == "code":
            lines = "".join(cell["source"]).splitlines()
            assert 0 < len(lines) <= MOST_LINES
            assert all(len(line) <= 120 for line in lines)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_explains_each_step_before_it_is_taken(path):
    found = json.loads(path.read_text("utf-8"))["cells"]
    assert found[0]["cell_type"] == "markdown"
    in_a_row = re.findall(r"c{4,}", "".join(cell["cell_type"][0] for cell in found))
    assert not in_a_row
    for target in re.findall(r"\]\(([^)#:]+)\)", "".join(cells(path, "markdown"))):
        assert (path.parent / target).exists()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_uses_only_public_names(path):
    for node in (node for cell in cells(path, "code") for node in ast.walk(ast.parse(cell))):
        if isinstance(node, ast.Import):
            assert all("policygraph" not in name.name or name.name == "policygraph" for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not str(node.module).startswith("policygraph")
        elif isinstance(node, ast.Attribute):
            assert not node.attr.startswith("_")
            if isinstance(node.value, ast.Name) and node.value.id == "pg":
                assert node.attr in pg.__all__
            elif ast.unparse(node.value) == "pg.plot":
                assert node.attr in plot.__all__


def run(path: Path, folder: Path) -> dict:
    """Execute a notebook in a copy of what it reads, and return it with its outputs."""
    nbmake = pytest.importorskip("nbmake.nb_run", reason="no nbmake: uv sync --group notebooks --extra plot")
    for name in ("notebooks", "corpus", "gold"):
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    result = nbmake.NotebookRun(folder / "notebooks" / path.name, default_timeout=300).execute()
    assert result.error is None, f"{path.name}: {result.error.summary}\n{result.error.trace}"
    return result.nb


def said(notebook: dict) -> str:
    """Return all that the cells of a notebook printed or showed as words."""
    outputs = [out for cell in notebook["cells"] for out in cell.get("outputs", [])]
    return "\n".join("".join(out.get("text", "") or out.get("data", {}).get("text/plain", "")) for out in outputs)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # those of the kernel's client concern nobody here
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(path, tmp_path, monkeypatch):
    monkeypatch.delenv("POLICYGRAPH_NEO4J_URI", raising=False)
    made = run(path, tmp_path)
    pictures = [out for cell in made["cells"] for out in cell.get("outputs", []) if "image/png" in out.get("data", {})]
    assert len(pictures) == "".join(cells(path, "code")).count("pg.plot.")
    if path.stem == "5-in-neo4j":
        assert said(made).count("no server") == 3


@pytest.mark.slow
@pytest.mark.neo4j
@pytest.mark.filterwarnings("default")
def test_the_notebook_on_neo4j_asks_a_server_where_there_is_one(neo4j_url, tmp_path, monkeypatch):
    monkeypatch.setenv("POLICYGRAPH_NEO4J_URI", neo4j_url)
    told = said(run(ROOT / "notebooks" / "5-in-neo4j.ipynb", tmp_path))
    assert "Summary(notices=4" in told
    assert "no server" not in told
    assert "安和市生态环境局" in told
    assert os.environ["POLICYGRAPH_NEO4J_URI"] in told
