"""What a light command must not load."""

import json
import subprocess
import sys

import pytest

HEAVY = {
    "jinja2",
    "starlette",
    "uvicorn",
    "spacy",
    "jieba",
    "networkx",
    "neo4j",
    "matplotlib",
    "xlsxwriter",
    "lxml",
    "pandas",
    "docx",
    "olefile",
    "openpyxl",
    "xlrd",
    "pypdfium2",
    "pyarrow",
}


def loaded(statement: str) -> set[str]:
    """Return the top-level modules that are loaded after a statement ran in a fresh interpreter."""
    script = f"import json,sys\n{statement}\nprint(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "statement",
    [
        "import policygraph",
        "from click.testing import CliRunner; from policygraph.cli import main; CliRunner().invoke(main, ['--help'])",
        "from click.testing import CliRunner; from policygraph.cli import main; "
        "assert CliRunner().invoke(main, ['parse', 'corpus/jiamusi-2018-water.txt']).exit_code == 0",
    ],
    ids=["import", "help", "parse"],
)
def test_nothing_heavy_is_loaded(statement, monkeypatch, corpus):
    monkeypatch.chdir(corpus.parent)
    assert not loaded(statement) & HEAVY


def test_importing_the_package_loads_none_of_its_dependencies():
    assert not loaded("import policygraph") & {"pydantic", "rich", "click", "charset_normalizer", "rapidfuzz"}
