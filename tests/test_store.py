"""What every store must do, and what a killed build must leave behind."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from notices import CITIES, written
from policygraph.errors import LimitExceeded, StoreError, UnknownId
from policygraph.pipeline import build, parse
from policygraph.store import open_store
from policygraph.store.contract import SourceRecord

STORES = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]


@pytest.fixture(params=STORES)
def store(request, tmp_path: Path):
    address = tmp_path / "graph.db" if request.param == "sqlite" else request.getfixturevalue("neo4j_url")
    with open_store(address) as opened:
        yield opened


def dump(store) -> str:
    return "\n".join(store.dump())


def test_building_twice_equals_building_once(store, folder):
    first = build([folder], store)
    before = dump(store)
    again = build([folder], store)
    assert (first.read, first.unchanged) == (4, 0)
    assert (again.read, again.unchanged) == (0, 4)
    assert dump(store) == before
    assert first.summary == again.summary


def test_a_file_under_several_names_is_one_source(store, folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    names = ["notices/1.txt", "./notices/1.txt", "notices/../notices/1.txt", folder / "1.txt", Path("notices", "1.txt")]
    reports = [build([name], store) for name in names]
    assert [(report.read, report.unchanged) for report in reports] == [(1, 0)] + [(0, 1)] * 4
    assert store.source("notices/1.txt")
    assert [row["path"] for row in store.ask("notices")] == ["notices/1.txt"]
    assert build(names, store).unchanged == 1


def test_a_source_outside_the_working_directory_keeps_its_absolute_path(store, folder, monkeypatch, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    build(["../notices/1.txt"], store)
    assert [row["path"] for row in store.ask("notices")] == [(folder / "1.txt").as_posix()]
    assert build([folder / "1.txt"], store).unchanged == 1


@pytest.mark.skipif(os.name != "posix", reason="makes a symbolic link")
def test_a_link_to_the_working_directory_gives_no_second_source(store, folder, monkeypatch, tmp_path):
    (tmp_path / "link").symlink_to(folder)
    monkeypatch.chdir(folder)
    build(["1.txt"], store)
    assert build([tmp_path / "link" / "1.txt"], store).unchanged == 1


def test_the_order_of_building_does_not_matter(store, folder, tmp_path):
    files = sorted(folder.iterdir())
    build(files, store)
    with open_store(tmp_path / "other.db") as other:
        build(files[::-1], other)
        assert dump(other) == dump(store)


def test_a_changed_notice_replaces_just_its_own_contribution(store, folder):
    build([folder], store)
    before = dump(store).splitlines()
    changed = folder / "1.txt"
    changed.write_text(written(CITIES[0], serial=1, extra="3.宣传。开展宣传。(市农委负责)\n"), "utf-8")
    assert build([folder], store).read == 1
    after = dump(store).splitlines()

    def others(lines):
        return [line for line in lines if "佳" not in line and "/1.txt" not in line]

    assert others(after) == others(before)
    assert store.ask("leads", organisation="佳木斯市水务局")
    assert [row["role"] for row in store.ask("duties", organisation="佳木斯市农委")] == ["responsible"]


def test_removing_takes_exactly_one_contribution(store, folder, tmp_path):
    build([folder], store)
    store.remove("鹤政办发〔2018〕2号")
    with open_store(tmp_path / "other.db") as other:
        build([path for path in folder.iterdir() if path.name != "2.txt"], other)
        assert dump(other) == dump(store)
    assert build([folder], store).read == 1  # the source is read again, and only it


def test_removing_what_is_not_there(store, folder):
    with pytest.raises(UnknownId, match=r"x: no notice or source of this id in the store \(the store is empty\)"):
        store.remove("x")
    build([folder / "1.txt"], store)
    with pytest.raises(UnknownId, match=r"nearest: .*佳政办发〔2018〕1号"):
        store.remove("x")


def test_a_repost_is_one_more_source_and_no_second_notice(store, folder):
    build([folder], store)
    before = store.summary()
    (folder / "repost.txt").write_text("来源:转载网\n\n" + written(CITIES[0], serial=1), "utf-8")
    build([folder], store)
    assert store.summary() == before
    published = [json.loads(line) for line in dump(store).splitlines() if '"PUBLISHES"' in line]
    assert sum(line["notice"] == "佳政办发〔2018〕1号" for line in published) == 2


def test_a_notice_is_removed_by_its_unique_end(store, folder):
    build([folder], store)
    (removed,) = store.remove("2号")
    assert (removed.notice, removed.kept, removed.sources) == ("鹤政办发〔2018〕2号", False, ())
    with pytest.raises(UnknownId, match=r"号: several ids end so \(one of "):
        store.remove("号")
    assert store.summary().notices == 3


def test_removing_a_source_takes_the_notices_that_no_other_gives(store, folder, tmp_path):
    (folder / "5.txt").write_text("来源:转载网\n\n" + written(CITIES[0], serial=1), "utf-8")  # fuller, so it is kept
    build([folder], store)
    (kept,) = store.remove(str(folder / "1.txt"))
    assert (kept.notice, kept.kept, kept.sources) == ("佳政办发〔2018〕1号", True, ((folder / "5.txt").as_posix(),))
    (gone,) = store.remove(str(folder / "2.txt"))
    assert (gone.notice, gone.kept, gone.sources) == ("鹤政办发〔2018〕2号", False, ())
    with open_store(tmp_path / "other.db") as other:
        build([folder / f"{number}.txt" for number in (3, 4, 5)], other)
        assert dump(other) == dump(store)


def test_removing_the_source_of_a_text_lets_the_next_build_read_another(store, folder, tmp_path):
    (folder / "5.txt").write_text("来源:转载网\n\n" + written(CITIES[0], serial=1), "utf-8")
    build([folder], store)
    (gone,) = store.remove(str(folder / "5.txt"))
    assert (gone.kept, gone.sources) == (False, ((folder / "1.txt").as_posix(),))
    (folder / "5.txt").unlink()
    assert build([folder], store).read == 1
    with open_store(tmp_path / "other.db") as other:
        build([folder], other)
        assert dump(other) == dump(store)


def test_what_the_store_holds_beyond_the_files_is_reported(store, folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    first = build(["notices"], store)
    assert (first.gone, first.stale, first.reposts) == ([], [], (0, 0))
    (folder / "1.txt").unlink()
    (folder / "2.txt").write_bytes(b"%PDF-1.4")
    (folder / "5.txt").write_text(written(CITIES[2], serial=3), "utf-8")
    (folder / "6.txt").write_bytes(b"%PDF-1.4")  # was never read, so nothing of it is stale
    report = build(["notices"], store)
    assert (report.gone, report.stale) == (["notices/1.txt"], ["notices/2.txt"])
    assert report.reposts == (2, 1)
    assert report.summary.notices == 4
    assert build(["notices/3.txt"], store).gone == []  # 1.txt is neither given nor inside what is given
    assert build(["notices/1.txt"], store).gone == ["notices/1.txt"]
    assert build(["."], store).gone == ["notices/1.txt"]
    shutil.rmtree(folder)
    report = build(["notices"], store)
    assert len(report.gone) == 5
    assert [str(error) for error in report.errors] == ["notices: no such file or folder (check the path)"]


def test_a_source_that_gives_another_notice_drops_the_first(store, folder):
    build([folder], store)
    (folder / "1.txt").write_text(written("合肥", serial=99), "utf-8")
    build([folder], store)
    assert {row["notice"] for row in store.ask("notices")} == {
        "合政办发〔2018〕3号",
        "合政办发〔2018〕99号",
        "南政办发〔2018〕4号",
        "鹤政办发〔2018〕2号",
    }


def test_a_cited_notice_stays_a_notice_whichever_comes_first(store, folder, tmp_path):
    cites = "3.宣传。按照《佳木斯市节水方案》(佳政办发〔2018〕1号)开展宣传。(市农委负责)\n"
    (folder / "2.txt").write_text(written(CITIES[1], serial=2, extra=cites), "utf-8")
    build([folder], store)
    with open_store(tmp_path / "other.db") as other:
        build(sorted(folder.iterdir())[::-1], other)
        assert dump(other) == dump(store)
    assert len(store.ask("notices")) == 4
    with open_store(tmp_path / "without.db") as without:
        build(sorted(folder.iterdir())[1:], without)
        store.remove("佳政办发〔2018〕1号")
        assert '"label":"Reference","node":"佳政办发〔2018〕1号"' in dump(store)
        assert dump(without) == dump(store)


def test_broken_files_are_reported_and_the_build_goes_on(store, folder):
    (folder / "empty.txt").write_text("")
    (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "english.txt").write_text("Nothing to see here, really nothing.")
    (folder / "poem.txt").write_text("床前明月光,疑是地上霜。", "utf-8")
    (folder / ".hidden").write_text("x")
    report = build([folder, folder / "missing.txt"], store)
    assert report.read == 4
    assert sorted(str(error).split(": ", 1)[1].split(" (")[0] for error in report.errors) == [
        "empty source",
        "no such file or folder",
        "not a Chinese text",
        "not an official notice",
        "unknown format 'png'",
    ]
    assert store.summary().notices == 4


def test_every_row_of_the_graph_says_which_notice_it_is_from(store, folder):
    build([folder], store)
    shared = {"Organisation", "Reference", "Source"}
    for line in map(json.loads, store.dump()):
        assert (line["notice"] is None) == (line.get("label") in shared)


def test_names_with_quotes_do_no_harm(store, folder):
    build([folder], store)
    for name in ("'; DROP TABLE nodes; --", '"', "%", "局' OR '1'='1"):
        assert store.ask("search", text=name) == []
    assert store.summary().notices == 4


def test_a_store_must_be_a_store(tmp_path: Path):
    (tmp_path / "text.db").write_text("not a database, but long enough to look at" * 50)
    with pytest.raises(StoreError, match=r"not a policygraph store \(give another --store path\)"):
        open_store(tmp_path / "text.db")
    with pytest.raises(StoreError, match="no store for postgres:// addresses"):
        open_store("postgres://localhost:7687")
    with pytest.raises(StoreError, match=r"no such store \(make one with"):
        open_store(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


def test_a_store_says_what_stands_in_its_way(tmp_path: Path):
    (tmp_path / "empty.db").touch()
    for name, create, what in [
        (".", True, "is a folder"),
        ("nowhere/graph.db", True, "its folder does not exist (make the folder first"),
        ("empty.db", False, "not a policygraph store"),
    ]:
        with pytest.raises(StoreError, match=re.escape(what)):
            open_store(tmp_path / name, create=create)
    assert (tmp_path / "empty.db").stat().st_size == 0


def only(monkeypatch, *modes):
    """Let SQLite open files in these modes only, as it does where permissions allow no more."""
    connect = sqlite3.connect

    def guarded(address, **options):
        if any(mode in address for mode in modes):
            return connect(address, **options)
        error = sqlite3.OperationalError("unable to open database file")
        error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise error

    monkeypatch.setattr("policygraph.store.connection.sqlite3.connect", guarded)


@pytest.mark.parametrize("mode", ["mode=ro", "immutable=1"])
def test_what_cannot_be_written_can_be_asked_and_nothing_else(folder, tmp_path, monkeypatch, mode):
    path = tmp_path / "graph.db"
    build([folder], path)
    only(monkeypatch, mode)
    refusal = re.escape(
        "graph.db: read-only, or its folder is (copy it to a folder that you can write, or give another"
    )
    with pytest.raises(StoreError, match=refusal):
        build([folder], path)
    with open_store(path, create=False) as opened:
        assert len(opened.ask("leads", organisation="市水务局")) == len(CITIES)
        with pytest.raises(StoreError, match=refusal):
            opened.remove("2号")


def test_an_unfinished_journal_in_a_read_only_folder_is_not_ignored(folder, tmp_path, monkeypatch):
    path = tmp_path / "graph.db"
    with open_store(path) as writing:
        build([folder], writing)
        only(monkeypatch, "immutable=1")
        with pytest.raises(StoreError, match=r"copy graph\.db and graph\.db-wal to a folder that you can write"):
            open_store(path, create=False)


def test_a_store_that_is_being_written_is_not_taken_for_broken(folder, tmp_path):
    path = tmp_path / "graph.db"
    build([folder], path)
    with sqlite3.connect(path, isolation_level=None) as other, open_store(path) as store:
        other.execute("BEGIN IMMEDIATE")
        store._db.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(StoreError, match=r"another build is writing to it \(try again when that has ended\)"):
            build([folder], store)
        assert len(store.ask("notices")) == len(CITIES)
    other.close()


def test_a_damaged_store_is_said_to_be(folder, tmp_path):
    path = tmp_path / "graph.db"
    build([folder], path)
    data = bytearray(path.read_bytes())
    data[8192:] = b"\x55" * (len(data) - 8192)
    path.write_bytes(data)
    with open_store(path) as store, pytest.raises(StoreError, match=r"damaged \(delete it and build it again"):
        store.ask("notices")


BUILD = "import sys; from policygraph.pipeline import build; build(sys.argv[1:2], sys.argv[2])"
KILLED = """
import os, signal, sys
from policygraph.pipeline import build
from policygraph.store.sqlite import SQLiteStore
left = int(sys.argv[3])

class Doomed(SQLiteStore):
    # Dies in the middle of a transaction, after so many statements.
    def __init__(self, path):
        super().__init__(path)
        self._db.set_trace_callback(self.count)
    def count(self, statement):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

with Doomed(sys.argv[2]) as store:
    build(sys.argv[1:2], store)
"""


def run(script: str, *arguments: object) -> int:
    return subprocess.run([sys.executable, "-c", script, *map(str, arguments)], check=False).returncode


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills a process with SIGKILL")
def test_a_killed_build_is_completed_by_a_rerun(folder, tmp_path):
    assert run(BUILD, folder, tmp_path / "whole.db") == 0
    with open_store(tmp_path / "whole.db") as store:
        whole = dump(store)
    killed = 0
    for statements in [1, 2, 3, 5, 8, 13, 30, 80, 150, 300, 450, 600, 800, 1000]:
        path = tmp_path / f"{statements}.db"
        killed += run(KILLED, folder, path, statements) == -signal.SIGKILL
        with open_store(path) as store:
            for notice in store.ask("notices"):  # whatever is there is whole
                assert whole.count(str(notice["notice"])) == dump(store).count(str(notice["notice"]))
        assert run(BUILD, folder, path) == 0
        with open_store(path) as store:
            assert dump(store) == whole
    assert killed >= 10


@pytest.mark.slow
def test_the_same_store_under_any_hash_seed(folder, tmp_path):
    dumps = set()
    for seed in ("0", "99"):
        path = tmp_path / f"{seed}.db"
        subprocess.run(
            [sys.executable, "-c", BUILD, str(folder), str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
        with open_store(path) as store:
            dumps.add(dump(store))
    assert len(dumps) == 1


def test_a_body_that_no_notice_names_any_more_is_called_as_the_registry_does(store, folder, tmp_path):
    """市农委 is named by one notice and known to another as the predecessor of 市农业农村局."""
    (folder / "1.txt").write_text(written(CITIES[0], 2018, serial=1, extra="3.宣传。开展宣传。(市农委负责)\n"), "utf-8")
    (folder / "5.txt").write_text(
        written(CITIES[0], 2019, serial=5, extra="3.宣传。开展。(市农业农村局负责)\n"), "utf-8"
    )
    build([folder], store)
    store.remove("佳政办发〔2018〕1号")
    with open_store(tmp_path / "other.db") as other:
        build([folder / f"{number}.txt" for number in (2, 3, 4, 5)], other)
        assert dump(other) == dump(store)


def test_nothing_is_written_while_strangers_ask(store, folder):
    build([folder], store)
    before = dump(store)
    with store.reading(seconds=60, rows=1000), pytest.raises(StoreError):
        store.remove("3号")
    assert dump(store) == before
    assert store.remove("3号")


def test_an_answer_with_too_many_rows_is_given_up(store, folder):
    build([folder], store)
    every = store.ask("matrix")
    with store.reading(seconds=60, rows=len(every)):
        assert store.ask("matrix") == every
    with store.reading(seconds=60, rows=len(every) - 1), pytest.raises(LimitExceeded, match="more than"):
        store.ask("matrix")
    assert store.ask("matrix") == every


def test_an_answer_that_takes_too_long_is_given_up(store, folder):
    build([folder], store)
    with store.reading(seconds=0, rows=1000), pytest.raises(LimitExceeded, match="no answer in the time"):
        store.ask("matrix")
    assert store.ask("matrix")


def test_a_query_is_stopped_in_the_middle(store):
    endless = {
        "SQLiteStore": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS most FROM n",
        "Neo4jStore": "UNWIND range(1, 10000000) AS a UNWIND range(1, 100000) AS b RETURN max(a * b) AS most",
    }[type(store).__name__]
    with store.reading(seconds=0.2, rows=10), pytest.raises(LimitExceeded, match="no answer in the time"):
        store.rows(endless, {})


def test_a_source_of_two_notices_still_gives_the_other_when_one_is_removed(store, tmp_path):
    """The second has another source too, by which it is read again: the first keeps its edge to it."""
    first, second, fuller = (parse(text.encode(), name=name) for text, name in (
        (written(serial=1), "both.txt"), (written(serial=2), "both.txt"), (written(serial=2) + "\n补充。", "repost.txt")
    ))  # fmt: skip
    store.load(SourceRecord("both.txt", "x", 1), [*first, *second])
    store.remove("佳政办发〔2018〕1号")
    assert store.source("both.txt") is None  # a build reads it again
    store.load(SourceRecord("repost.txt", "y", 1), fuller)
    published = [("both.txt", "佳政办发〔2018〕2号"), ("repost.txt", "佳政办发〔2018〕2号")]
    assert store.publications() == published
    assert dump(store).count('"PUBLISHES"') == 2
    with open_store(tmp_path / "other.db") as other:
        other.load(SourceRecord("both.txt", "x", 1), second)
        other.load(SourceRecord("repost.txt", "y", 1), fuller)
        assert dump(other) == dump(store)


def test_what_is_said_of_a_body_follows_from_all_mentions_and_no_order(store, tmp_path):
    """A notice knows 佳木斯市生态环境局 as what 环境保护局 became; another names it, with the kind that it writes."""
    said = {1: "环境保护局", 2: "生态环境局", 3: "生态环境局"}
    knows, names, odd = (
        parse(written(serial=n, extra=f"3.甲。开展检查。(市{name}负责)\n").encode(), name=f"{n}.txt")[0]
        for n, name in said.items()
    )
    odd = replace(odd, organisations=tuple(replace(one, kind="zz", sort="collective") for one in odd.organisations))
    with open_store(tmp_path / "other.db") as other:
        for order, target in (((knows, odd, names), store), ((names, knows, odd), other)):
            for notice in order:
                target.load(SourceRecord(notice.page.source, "", 1), [notice])
        assert bodies_of(store) == bodies_of(other)
        for target in (store, other):
            target.remove(odd.id)
        assert bodies_of(store) == bodies_of(other)
        assert '"zz"' not in dump(store)


def bodies_of(store) -> list[str]:
    return [line for line in dump(store).splitlines() if '"label":"Organisation"' in line]
