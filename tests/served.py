"""A real Neo4j for tests: that of the environment, or one that `scripts/neo4j-local` starts, once for all tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts" / "neo4j-local"
PASSWORD = "policygraph-test"
HOW = "no Neo4j: set POLICYGRAPH_NEO4J_URI and _PASSWORD, or apt-get install openjdk-17-jre-headless maven"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "policygraph" / "neo4j-lib"


@dataclass
class Server:
    """A server that tests may empty; with a folder also stop, kill and start with other settings."""

    url: str
    credentials: dict[str, str]
    folder: Path | None = None

    def empty(self) -> None:
        import neo4j  # noqa: PLC0415 - an extra

        user, password = self.credentials["USER"], self.credentials["PASSWORD"]
        with neo4j.GraphDatabase.driver(self.url, auth=(user, password)) as driver:
            driver.execute_query("MATCH (n) DETACH DELETE n", database_=self.credentials.get("DATABASE"))

    def run(self, verb: str, conf: str = "") -> None:
        if self.folder is None:
            pytest.skip("a server of the environment is not stopped by tests")
        own_port = self.url.rpartition(":")[2]
        environment = os.environ | {"POLICYGRAPH_NEO4J_LIB": str(CACHE), "POLICYGRAPH_NEO4J_CONF": conf}
        environment |= {"POLICYGRAPH_NEO4J_PASSWORD": PASSWORD, "POLICYGRAPH_NEO4J_OWNER": str(os.getpid())}
        command = [str(SCRIPT), verb, str(self.folder), own_port]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, timeout=300)

    def stop(self) -> None:
        if self.folder:
            self.run("stop")


def port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def find(tmp_path_factory: pytest.TempPathFactory) -> Server:
    if not find_spec("neo4j"):
        _lack("no driver: uv sync --extra neo4j")
    if url := os.environ.get("POLICYGRAPH_NEO4J_URI"):
        names = ("USER", "PASSWORD", "DATABASE")
        given = {name: os.environ.get(f"POLICYGRAPH_NEO4J_{name}", "") for name in names}
        return Server(url, {name: value for name, value in ({"USER": "neo4j"} | given).items() if value})
    if os.name != "posix" or not shutil.which("java") or not (CACHE.is_dir() or shutil.which("mvn")):
        _lack(HOW)
    server = Server(
        f"bolt://127.0.0.1:{port()}", {"USER": "neo4j", "PASSWORD": PASSWORD}, tmp_path_factory.mktemp("neo4j")
    )
    try:
        server.run("start")
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        _lack(f"the local Neo4j did not start ({type(error).__name__}); scripts/neo4j-local start says why")
    return server


def _lack(what: str) -> NoReturn:
    """Skip, or fail where these tests are required (POLICYGRAPH_NEO4J_REQUIRED, as in .ci/run)."""
    if os.environ.get("POLICYGRAPH_NEO4J_REQUIRED"):
        pytest.fail(what)
    pytest.skip(what)
