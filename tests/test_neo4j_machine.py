"""A server with a certificate, and one whose disk is full: what the machine under it does to a store."""

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from notices import CITIES, written
from policygraph.errors import StoreError
from policygraph.pipeline import build, parse
from policygraph.store import open_store
from policygraph.store.contract import SourceRecord
from served import Server, port

neo4j = pytest.importorskip("neo4j", reason="no driver: uv sync --extra neo4j")
pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
TLS = (
    "server.bolt.tls_level=REQUIRED\n"
    "dbms.ssl.policy.bolt.enabled=true\n"
    "dbms.ssl.policy.bolt.client_auth=NONE\n"
    "dbms.ssl.policy.bolt.base_directory={}\n"
    "dbms.ssl.policy.bolt.private_key=server.key\n"
    "dbms.ssl.policy.bolt.public_certificate=server.crt\n"
)
SMALL = (
    "server.directories.data={0}/data\nserver.directories.transaction.logs.root={0}/logs\ndb.tx_log.preallocate=false\n"
)
DISK_BYTES = 24 * 2**20


@pytest.fixture
def own_server(neo4j_server, tmp_path):
    """Return a server of this test's own, not started; the one for all tests says whether there can be any."""
    if neo4j_server.folder is None:
        pytest.skip("a server of the environment is not configured by tests")
    found = Server(f"bolt://127.0.0.1:{port()}", neo4j_server.credentials, tmp_path / "server")
    found.folder.mkdir()
    yield found
    found.stop()


@pytest.fixture
def credentials(own_server, monkeypatch):
    for name, value in own_server.credentials.items():
        monkeypatch.setenv(f"POLICYGRAPH_NEO4J_{name}", value)


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "notices"
    folder.mkdir()
    for serial, city in enumerate(CITIES, 1):
        (folder / f"{serial}.txt").write_text(written(city, serial=serial), "utf-8")
    return folder


@pytest.fixture
def authority(tmp_path) -> Path:
    """Return the certificate of an authority; beside it lie those of a server at 127.0.0.1 that it signed."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl: certificates are made by it")
    folder = tmp_path / "certificates"
    folder.mkdir()
    key = ("-newkey", "rsa:2048", "-nodes")
    for words in (
        ("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.crt", "-days", "2", "-subj", "/CN=Test Authority"),
        ("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=127.0.0.1"),
        ("x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
         "-out", "server.crt", "-extfile", "names"),
    ):  # fmt: skip
        (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True, timeout=60)
    return folder / "ca.crt"


@pytest.mark.usefixtures("credentials")
def test_a_server_with_a_certificate(own_server, authority, folder, monkeypatch):
    own_server.run("start", conf=TLS.format(authority.parent))
    place = own_server.url.partition("://")[2]
    own = f"bolt+ssc://{place}"  # takes any certificate
    assert build([folder], own).read == 4
    for scheme in ("bolt+s", "neo4j+s"):
        with pytest.raises(
            StoreError, match=r"no secure connection to the server \(.* \+ssc for one whose certificate is"
        ):
            open_store(f"{scheme}://{place}")
    with pytest.raises(StoreError, match=r"what answers is no Neo4j server without TLS \(bolt\+s://"):
        open_store(f"bolt://{place}")  # without TLS
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    for scheme in ("bolt+s", "neo4j+s", "neo4j+ssc"):
        with open_store(f"{scheme}://{place}", create=False) as store, open_store(own) as other:
            assert list(store.dump()) == list(other.dump())
            assert build([folder], store).unchanged == 4


@contextmanager
def small_disk(folder: Path):
    """Yield a folder with a file system of its own that is soon full."""
    folder.mkdir()
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can make a small disk")
    options = ("-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder))
    if subprocess.run(["mount", *options], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.usefixtures("credentials")
def test_a_full_disk_is_told_and_what_was_committed_is_kept(own_server, tmp_path):
    with small_disk(tmp_path / "disk") as disk:
        conf = SMALL.format(disk)
        own_server.run("start", conf=conf)
        with open_store(own_server.url) as store:
            told, taken = filled(store)
        assert told.startswith(f"{own_server.url}: ")
        assert "disk is full" in told or "the database stopped" in told, told
        assert "\n" not in told
        assert taken
        own_server.run("kill")
        subprocess.run(["mount", "-o", f"remount,size={20 * DISK_BYTES}", str(disk)], check=True)
        own_server.run("start", conf=f"{conf}internal.dbms.tx_log.fail_on_corrupted_log_files=false\n")
        with open_store(own_server.url, create=False) as store, open_store(tmp_path / "whole.db") as other:
            kept = {str(row["notice"]) for row in store.ask("notices")}
            assert kept >= taken  # what was answered for is there
            for number in range(len(taken) + 2):
                source, (one,) = notice(number)
                other.load(source, [one])
                if one.id not in kept:
                    store.load(source, [one])
            assert list(store.dump()) == list(other.dump())
        own_server.stop()


def filled(store) -> tuple[str, set[str]]:
    """Load notices until that is refused; return how, and the notices that were loaded."""
    taken: set[str] = set()
    for number in range(200):
        source, notices = notice(number)
        try:
            store.load(source, notices)
        except StoreError as error:
            return str(error), taken
        taken.add(notices[0].id)
    raise AssertionError


def notice(number: int):
    """Return a source that takes some room, and its notice."""
    extra = "".join(f"{at}.第{at}项。开展第{number}次检查{'节' * 20_000}。(市水务局负责)\n" for at in range(3, 13))
    name = f"{number}.txt"
    return SourceRecord(name, "x", 1), parse(written(serial=number + 1, extra=extra).encode(), name=name)
