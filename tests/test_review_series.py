"""Series are judged like bodies: proposed with evidence, written beside the store, taken back."""

import json

import pytest
from click.testing import CliRunner

from notices import written
from policygraph.cli import main
from policygraph.store import open_store

TITLE = "节水工作方案"
OTHER = "节水型社会建设工作方案"
A, B, C = "佳政办发〔2017〕17号", "佳政办发〔2018〕18号", "佳政办发〔2019〕19号"


@pytest.fixture
def store(tmp_path) -> str:
    folder = tmp_path / "plans"
    folder.mkdir()
    for year, title in ((2017, TITLE), (2018, TITLE), (2019, OTHER)):
        text = written(year=year, serial=year - 2000).replace(TITLE, title)
        (folder / f"{year}.txt").write_text(text, "utf-8")
    path = str(tmp_path / "graph.db")
    assert CliRunner().invoke(main, ["build", str(folder), "--store", path]).exit_code == 0
    return path


def review(store: str, *arguments: str, keys: str = ""):
    done = CliRunner().invoke(main, ["review", *arguments, "--store", store], input=keys)
    assert done.exit_code == 0, done.output
    return done


def followed(store: str) -> list[tuple[object, object]]:
    with open_store(store, create=False) as opened:
        return [(row["notice"], row["follows"]) for row in opened.ask("series") if row["follows"]]


def dump(store: str) -> list[str]:
    with open_store(store, create=False) as opened:
        return list(opened.dump())


def test_a_plan_with_another_title_is_proposed_with_evidence_and_joined_by_a_key(store):
    before = dump(store)
    assert followed(store) == [(B, A)]
    shown = review(store, "--series", "--by", "anna", keys="s\n").stdout
    assert "same issuer 佳木斯市人民政府办公室; titles 0." in shown
    assert followed(store) == [(B, A), (C, B)]
    assert "nothing is in doubt" in review(store, "--series").stdout
    (row,) = json.loads(review(store, "--list", "--format", "json").stdout)
    assert (row["verdict"], row["subject"], row["object"], row["by"], row["state"]) == (
        "one series",
        C,
        B,
        "anna",
        "applies",
    )
    assert "is of one series with" in review(store, "--undo").stdout
    assert dump(store) == before


def test_what_is_not_of_a_series_is_not_proposed_again(store):
    review(store, "--series", keys="d\n")
    assert "nothing is in doubt" in review(store, "--series").stdout
    assert followed(store) == [(B, A)]


def test_two_notices_are_judged_by_name_and_it_holds_when_they_are_built_again(store, tmp_path):
    review(store, "--apart", "18号", "17号")
    assert followed(store) == []
    (tmp_path / "plans" / "2018.txt").write_text(
        written(year=2018, serial=18, extra="3.宣传。开展宣传。(市水务局负责)\n"), "utf-8"
    )
    CliRunner().invoke(main, ["build", str(tmp_path / "plans"), "--store", store])
    assert followed(store) == []
    review(store, "--together", "19号", "17号")
    assert followed(store) == [(C, A)]
    review(store, "--undo")
    review(store, "--undo")
    assert followed(store) == [(B, A)]


def test_a_colleagues_judgements_on_series_can_be_added(store, tmp_path):
    review(store, "--together", "19号", "18号")
    review(store, "--export", str(tmp_path / "theirs.jsonl"))
    review(store, "--undo")
    review(store, "--merge", str(tmp_path / "theirs.jsonl"))
    assert followed(store) == [(B, A)]  # what was taken back here stays so
    review(store, "--together", "19号", "18号", "--by", "anna")
    assert followed(store) == [(B, A), (C, B)]


def test_one_notice_is_no_pair(store):
    done = CliRunner().invoke(main, ["review", "--apart", "18号", "18号", "--store", store])
    assert done.exit_code == 2
    assert "18号 and 18号 are one notice" in done.stderr
