"""What tests share: the shipped notice, the project's folders, and shared/ where it exists."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import served
from notices import CITIES, written
from served import Server

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def jiamusi(corpus: Path) -> Path:
    return corpus / "jiamusi-2018-water.txt"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of notices and gold that developers have beside the project; tests skip without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not here: this test reads notices that do not ship")
    return folder


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory) -> Iterator[Server]:
    """Return a real Neo4j: the one that POLICYGRAPH_NEO4J_URI names, else a local one, else skip."""
    found = served.find(tmp_path_factory)
    yield found
    found.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a notice of each city."""
    folder = tmp_path / "notices"
    folder.mkdir()
    for serial, city in enumerate(CITIES, 1):
        (folder / f"{serial}.txt").write_text(written(city, serial=serial), "utf-8")
    return folder


@pytest.fixture
def neo4j_url(neo4j_server, monkeypatch) -> str:
    """Return the URL of an empty database, with its credentials in the environment."""
    for name, value in neo4j_server.credentials.items():
        monkeypatch.setenv(f"POLICYGRAPH_NEO4J_{name}", value)
    neo4j_server.empty()
    return neo4j_server.url


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was not tested."""
    skipped = terminalreporter.stats.get("skipped", [])
    lacking = sorted({report.longrepr[2] for report in skipped if "neo4j" in getattr(report, "keywords", ())})
    if lacking:
        terminalreporter.write_line(f"tests on a server were skipped: {lacking[0].removeprefix('Skipped: ')}")
