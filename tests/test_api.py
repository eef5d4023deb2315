"""The Python interface as researchers use it."""

from pathlib import Path

import pytest

import policygraph as pg


def test_parse_build_ask(tmp_path, jiamusi):
    (notice,) = pg.parse(jiamusi)
    assert notice.id == "佳政办发〔2018〕17号"
    report = pg.build([jiamusi], tmp_path / "graph.db")
    assert (report.read, report.errors) == (1, [])
    with pg.open_store(tmp_path / "graph.db") as store:
        rows = store.ask("leads", organisation="市水务局")
    assert len(rows) == 7
    assert all(isinstance(row, dict) for row in rows)


@pytest.mark.parametrize("kind", [str, Path])
def test_a_lone_path_is_one_path(tmp_path, jiamusi, kind):
    files = [path for path in jiamusi.parent.rglob("*") if path.is_file()]
    assert pg.build(kind(jiamusi.parent), tmp_path / "graph.db").read == len(files)


def test_the_verbs_stay_verbs_when_their_folders_are_imported():
    from policygraph.evaluate import gold  # noqa: PLC0415
    from policygraph.read import sniff  # noqa: PLC0415

    assert gold
    assert sniff
    assert callable(pg.read)
    assert callable(pg.evaluate)


def test_an_unknown_verb_is_an_attribute_error():
    assert not hasattr(pg, "guess")
