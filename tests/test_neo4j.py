"""What only a server can do: refuse, stop, be killed, be shared."""

import subprocess
import sys
import threading

import pytest
from click.testing import CliRunner

from notices import CITIES, written
from policygraph.cli import main
from policygraph.errors import StoreError
from policygraph.pipeline import build
from policygraph.store import open_store
from policygraph.store.address import Address
from served import PASSWORD

neo4j = pytest.importorskip("neo4j", reason="no driver: uv sync --extra neo4j")
pytestmark = pytest.mark.neo4j


def dump(store) -> str:
    return "\n".join(store.dump())


def run(*words: str) -> str:
    """Return what a command writes; what it must not write is a password."""
    done = CliRunner().invoke(main, words)
    assert PASSWORD not in done.output
    return done.output


def test_a_build_and_a_question_on_the_command_line(neo4j_url, folder):
    assert run("build", str(folder), "--store", neo4j_url).startswith(f"{neo4j_url}: 4 sources read")
    told = run("ask", "leads", "合肥市水务局", "--store", neo4j_url, "--format", "json")
    assert "合政办发〔2018〕3号:二/一/1:1" in told
    assert run("remove", "2号", "--store", neo4j_url).startswith("removed 鹤政办发〔2018〕2号")


def test_credentials_in_a_url_are_used_and_not_shown(neo4j_url, folder, monkeypatch):
    monkeypatch.delenv("POLICYGRAPH_NEO4J_PASSWORD")
    monkeypatch.delenv("POLICYGRAPH_NEO4J_USER")
    scheme, _, place = neo4j_url.partition("://")
    told = run("build", str(folder), "--store", f"{scheme}://neo4j:{PASSWORD}@{place}")
    assert told.startswith(f"{neo4j_url}: 4 sources read")
    assert "the password is missing (set POLICYGRAPH_NEO4J_PASSWORD" in run("ask", "notices", "--store", neo4j_url)
    assert "合政办发" in run("ask", "notices", "--store", neo4j_url, "--user", "neo4j", "--password", PASSWORD)


@pytest.mark.parametrize(
    ("address", "options", "told"),
    [
        ("{url}", {"password": "wrong-password"}, "user 'neo4j' or the password is wrong (check --user and"),
        ("{url}", {"database": "nowhere"}, "no database 'nowhere' on this server (check --database)"),
        ("bolt://127.0.0.1:1", {}, "no server answers (start it, or check the address)"),
        ("neo4j://127.0.0.1:1", {}, "no server answers (start it, or check the address)"),
        ("bolt+s://{place}", {}, "no secure connection to the server (bolt:// and neo4j:// are for a server without"),
        ("bolt://host:port", {}, "not the address of a Neo4j server (write it as bolt://HOST:7687"),
        ("bolt://", {}, "not the address of a Neo4j server (write it as bolt://HOST:7687"),
    ],
    ids=["password", "database", "unreachable", "unreachable, routed", "no TLS", "no port", "no host"],
)
def test_a_refusal_is_one_line_and_comes_soon(neo4j_url, address, options, told):
    address = address.format(url=neo4j_url, place=neo4j_url.partition("://")[2])
    with pytest.raises(StoreError) as caught:
        open_store(address, **options)
    assert str(caught.value).startswith(f"{address}: {told}")
    assert "\n" not in str(caught.value)


def test_a_database_with_something_else_or_of_another_version_is_refused(neo4j_url, neo4j_server):
    with pytest.raises(StoreError, match=r"no policygraph store in this database \(make one with"):
        open_store(neo4j_url, create=False)
    with open_store(neo4j_url) as store:
        store._server.rows("MATCH (p:Policygraph) SET p.version = 0", write=True)
    with pytest.raises(StoreError, match=r"store of version 0, this is version 3 \(use the policygraph that made it"):
        open_store(neo4j_url)
    with neo4j.GraphDatabase.driver(neo4j_url, auth=("neo4j", neo4j_server.credentials["PASSWORD"])) as driver:
        driver.execute_query("MATCH (n) DELETE n CREATE (:Person {name: '张三'})")
    with pytest.raises(StoreError, match=r"the database holds something else \(give a database of its own"):
        open_store(neo4j_url)


def test_a_store_of_the_version_before_is_migrated(neo4j_url, folder):
    build([folder], neo4j_url)
    with open_store(neo4j_url) as store:
        before, asked = dump(store), store.ask("paths", organisation="市水务局", other="市工信委")
        assert asked
        store._server.rows("MATCH (o:Organisation) REMOVE o.canonical, o.wholes, o.parts", write=True)
        store._server.rows("MATCH ()-[m:MENTIONS]->() REMOVE m.place, m.kind, m.sort", write=True)
        store._server.rows("DROP INDEX policygraph_names", write=True)
        store._server.rows("DROP INDEX policygraph_Organisation_canonical", write=True)
        store._server.rows("MATCH (p:Policygraph) SET p.version = 1", write=True)
    with open_store(neo4j_url, create=False) as store:
        assert store.ask("paths", organisation="市水务局", other="市工信委") == asked
        assert dump(store) == before
        assert store._server.rows("MATCH (p:Policygraph {id: 'store'}) RETURN p.version AS version") == [{"version": 3}]
    again = build([folder], neo4j_url)  # version 3 keeps notices whole, and those of before are read once more
    assert (again.read, again.unchanged) == (4, 0)


@pytest.mark.parametrize("cities", [CITIES, CITIES[:1] * 4], ids=["four cities", "one city"])
def test_two_loaders_at_once_double_nothing(neo4j_url, tmp_path, cities):
    folder = tmp_path / "many"
    folder.mkdir()
    for serial in range(12):
        (folder / f"{serial:02}.txt").write_text(written(cities[serial % 4], serial=serial + 1), "utf-8")
    open_store(neo4j_url).close()
    failures = []

    def loader(files):
        try:
            build(files, neo4j_url)
        except Exception as error:
            failures.append(error)

    files = sorted(folder.iterdir())
    loaders = [threading.Thread(target=loader, args=(order,)) for order in (files, files[::-1], files[6:] + files[:6])]
    for one in loaders:
        one.start()
    for one in loaders:
        one.join()
    assert failures == []
    with open_store(neo4j_url) as store, open_store(tmp_path / "other.db") as other:
        build([folder], other)
        assert dump(store) == dump(other)


def test_a_loader_that_is_killed_leaves_whole_notices(neo4j_url, folder, tmp_path):
    """It dies inside a transaction, after so many statements; a rerun completes what it left."""
    script = (
        "import os, signal, sys\n"
        "from policygraph.pipeline import build\n"
        "from policygraph.store.neo4j import batches, shelf, store, writing\n"
        "left, run = int(sys.argv[3]), batches.run\n"
        "def counted(*arguments, **given):\n"
        "    global left\n"
        "    left -= 1\n"
        "    if left == 0:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return run(*arguments, **given)\n"
        "batches.run = shelf.run = writing.run = store.run = counted\n"
        "build(sys.argv[1:2], sys.argv[2])\n"
    )
    with open_store(tmp_path / "whole.db") as other:
        build([folder], other)
        whole = dump(other)
    for statements in (3, 20, 47, 60):
        done = subprocess.run([sys.executable, "-c", script, folder, neo4j_url, str(statements)], check=False)
        assert done.returncode == -9
        with open_store(neo4j_url) as store:
            for notice in store.ask("notices"):
                assert whole.count(str(notice["notice"])) == dump(store).count(str(notice["notice"]))
    build([folder], neo4j_url)
    with open_store(neo4j_url) as store:
        assert dump(store) == whole


@pytest.mark.slow
def test_a_server_that_is_killed_and_restarted_does_not_stop_a_build(neo4j_url, neo4j_server, folder, tmp_path):
    with open_store(tmp_path / "whole.db") as other, open_store(neo4j_url) as store:
        build([folder], other)

        def progress(done, _total, _name):
            if done == 2:
                neo4j_server.run("kill")
                threading.Thread(target=neo4j_server.run, args=("start",)).start()

        build([folder], store, progress=progress)
        assert dump(store) == dump(other)


@pytest.mark.slow
def test_a_server_that_stays_away_is_told_and_a_rerun_completes(neo4j_url, neo4j_server, folder, tmp_path, monkeypatch):
    monkeypatch.setattr("policygraph.store.neo4j.server._RETRY_SECONDS", 2)
    with open_store(neo4j_url) as store:

        def progress(done, _total, _name):
            if done == 2:
                neo4j_server.run("kill")

        with pytest.raises(StoreError, match=r"the connection to the server was lost \(start the server and run the s"):
            build([folder], store, progress=progress)
    neo4j_server.run("start")
    with open_store(tmp_path / "whole.db") as other, open_store(neo4j_url) as store:
        assert len(store.ask("notices")) == 2
        build([folder], other)
        assert build([folder], store).unchanged == 2
        assert dump(store) == dump(other)


@pytest.mark.slow
def test_a_database_that_can_only_be_read(neo4j_url, neo4j_server, folder):
    build([folder / "1.txt"], neo4j_url)
    neo4j_server.run("stop")
    neo4j_server.run("start", conf="server.databases.read_only=neo4j")
    try:
        with open_store(neo4j_url) as store:
            assert store.ask("notices")
            with pytest.raises(StoreError, match=r"can only be read \(give a user who may write.*Community edition"):
                build([folder], store)
    finally:
        neo4j_server.run("stop")
        neo4j_server.run("start")


def test_an_address_takes_what_is_given_before_the_url_and_that_before_the_environment(monkeypatch):
    for name in ("USER", "PASSWORD", "DATABASE"):
        monkeypatch.setenv(f"POLICYGRAPH_NEO4J_{name}", f"{name.lower()} of the environment")
    address = Address.of("neo4j+s://anna:p%40ss@db:7687", database="policy")
    assert (address, address.user, address.password, address.database) == (
        "neo4j+s://db:7687", "anna", "p@ss", "policy",
    )  # fmt: skip
    again = Address.of(address, user="bruno")
    assert (again.user, again.password, again.database) == ("bruno", "p@ss", "policy")
    assert Address.of("bolt://db").password == "password of the environment"
    assert not Address.of("notices@home/graph.db").on_server
    assert Address.of("notices@home/graph.db") == "notices@home/graph.db"
