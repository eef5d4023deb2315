"""Scores: each kind by cases, the whole by what must hold for any gold, and agreement with an independent scorer."""

import copy
import importlib.util
import json
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from policygraph import contract
from policygraph.errors import GoldError
from policygraph.evaluate import evaluate, floors, gold, match
from policygraph.evaluate.place import Place, squash
from policygraph.pipeline import parse

TEXT = "一、目标\n 处置率达到３８%。(市水务局牵头)\n二、任务\n2018年底前完成《办法》(国发〔2015〕17号)。(市农委负责)"


@pytest.fixture(scope="module")
def parts(jiamusi):
    """Return the shipped gold and the record of its notice."""
    (notice,) = parse(jiamusi)
    return gold.read(jiamusi.parent.parent / "gold" / "JMS2018.json"), contract.record(notice)


def counts(tally):
    return tally.right, len(tally.spurious), len(tally.missed)


def test_the_shipped_gold_is_fully_found(parts):
    item, record = parts
    tallies = match.score(item, record["text"], record)
    assert {kind: counts(tally)[1:] for kind, tally in tallies.items()} == dict.fromkeys(match.KINDS, (0, 0))


@given(st.sampled_from(["clauses", "targets", "times", "citations"]), st.data())
def test_dropping_one_finding_is_one_miss(parts, kind, data):
    item, record = parts
    named = {"clauses": "headings"}.get(kind, kind)
    dropped = copy.copy(record)
    labelled = [one for one in record[kind] if kind != "clauses" or one["label"]]
    lost = data.draw(st.sampled_from(labelled))
    dropped[kind] = [one for one in record[kind] if one is not lost]
    tally = match.score(item, record["text"], dropped)[named]
    assert counts(tally)[1:] == (0, 1)


def test_a_deadline_of_several_rows_is_one_mention(parts):
    item, record = parts
    shared = {**record["times"][0], "task": record["tasks"][1]["id"]}
    tally = match.score(item, record["text"], {**record, "times": [*record["times"], shared]})["times"]
    assert counts(tally)[1:] == (0, 0)


@pytest.mark.parametrize(
    ("change", "kind", "expected"),
    [
        (lambda r: r["statements"][3].update(span=[0, 3]), "statements", (38, 1, 1)),
        (lambda r: r["statements"][3].update(scope=[0, 3]), "scopes", (38, 1, 1)),
        (lambda r: r["duties"][0].update(role="support"), "roles", (98, 1, 1)),
        (lambda r: r["duties"][0].update(basis="inherited"), "inherited", (37, 1, 0)),
        (lambda r: r["duties"][0].update(basis="prose"), "roles", (98, 0, 1)),
        (lambda r: r["targets"][0].update(value="55.0"), "targets", (21, 0, 0)),
        (lambda r: r["targets"][0].update(value="56"), "targets", (20, 1, 1)),
        (lambda r: r["targets"][0].update(due="2019-12-31"), "targets+due", (20, 1, 1)),
        (lambda r: r["targets"][0].update(indicator="比例"), "targets+ind", (21, 0, 0)),
        (lambda r: r["targets"][0].update(indicator="水量"), "targets+ind", (20, 1, 1)),
        (lambda r: r["times"][0].update(kind="during"), "times", (35, 1, 1)),
        (lambda r: r["citations"][0].update(document_number=None), "citations", (6, 1, 1)),
        (lambda r: r["clauses"][1].update(title=None), "headings", (28, 1, 1)),
        (lambda r: r["notice"].update(issued_on=None), "metadata", (5, 0, 1)),
    ],
)
def test_what_is_wrong_is_counted(parts, change, kind, expected):
    item, record = parts
    record = copy.deepcopy(record)
    change(record)
    assert counts(match.score(item, record["text"], record)[kind]) == expected


def test_quotes_are_found_in_another_copy():
    here, there = Place(TEXT), Place("页眉 " + TEXT.replace("\n", "").replace("３８", "38"))
    start, end = here.locate("处置率达到３８%", None, there)
    assert there.squashed[start:end] == "处置率达到38%"
    assert here.locate("没有这句", None, there) is None


@given(st.text(st.sampled_from("一二 \n\u3000２2,（("), max_size=40))
def test_positions_follow_the_squashed_text(text):
    place = Place(text)
    assert place.span(0, len(text)) == (0, len(place.squashed))
    assert place.squashed == squash(text)


def test_check_names_what_the_guide_does_not_know(tmp_path):
    path = tmp_path / "X.json"
    path.write_text(
        json.dumps(
            {
                "notice": {},
                "times": [{"quote": "2018年底前", "kind": "until", "end": "2018-13-01"}],
                "targets": [{"quote": "没有", "worth": "1"}],
            }
        ),
        "utf-8",
    )
    assert list(gold.check(gold.read(path), TEXT)) == [
        "X: targets 1: unknown field 'worth'",
        "X: targets 1: quote not found: 没有",
        "X: times 1: kind 'until' is none of by, on, during, from, every, within, ongoing, vague, valid",
        "X: times 1: end '2018-13-01' is no date",
    ]


def test_a_notice_that_cannot_be_parsed_is_all_missed(tmp_path, corpus):
    (tmp_path / "X.json").write_text((corpus.parent / "gold" / "JMS2018.json").read_text("utf-8"), "utf-8")
    (tmp_path / "jiamusi-2018-water.txt").write_bytes(b"\x89PNG")
    report = evaluate(tmp_path, tmp_path)
    assert report.notices[0].error.endswith("save it as text)")
    assert (report.total("roles").missed, report.total("roles").f1) == (99, 0.0)


def test_gains_and_losses(corpus):
    before = evaluate(corpus.parent / "gold", corpus).as_json()
    before["notices"]["JMS2018"]["times"]["missing"] = ["2018年底前 by"]
    report = evaluate(corpus.parent / "gold", corpus)
    assert list(report.changes(before)) == ["gained    JMS2018 times: no longer missing 2018年底前 by"]
    report.notices[0].tallies["times"].spurious.append("明天")
    assert "lost      JMS2018 times: extra 明天" in list(report.changes(before))


def test_no_gold_is_an_error(tmp_path):
    with pytest.raises(GoldError, match=r"no gold files \(give a folder with ID\.json files\)"):
        evaluate(tmp_path)


def test_the_independent_scorer_agrees(shared):
    """Perturb the records of every gold notice in many ways; both scorers must count the same."""
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    chance = random.Random(17)
    for path in sorted((shared / "gold").glob("*.json")):
        item, annotated = gold.read(path), (shared / "gold" / "text" / f"{path.stem}.txt").read_text("utf-8")
        (notice,) = parse(annotated.encode(), name=path.stem)
        record = json.loads(json.dumps(contract.record(notice)))
        for _ in range(4):
            for kind in ("clauses", "duties", "statements", "targets", "times", "citations"):
                record[kind] = [one for one in record[kind] if chance.random() > 0.05]
                for one in record[kind]:
                    if one["span"] and chance.random() < 0.05:
                        one["span"] = [max(0, edge - 30) for edge in one["span"]]
            theirs, _ = score.score(json.loads(path.read_text("utf-8")), annotated, record, False)
            ours = match.score(item, annotated, record)
            assert {kind: list(counts(ours[kind])) for kind in match.KINDS} == {
                kind: theirs[kind] for kind in match.KINDS
            }


def test_the_gold_of_real_notices_follows_the_guide(shared, tmp_path):
    pytest.importorskip("lxml", reason="`uv sync --group gold`: the annotated texts are made from pages and PDFs")
    pytest.importorskip("pypdfium2", reason="`uv sync --group gold`: the annotated texts are made from pages and PDFs")
    real = ROOT / "gold" / "real"
    subprocess.run([sys.executable, real / "texts.py", shared / "notices", tmp_path], check=True)
    files = sorted(real.glob("*.json"))
    assert len(files) >= 15
    problems = [
        problem
        for path in files
        for problem in gold.check(gold.read(path), (tmp_path / f"{path.stem}.txt").read_text("utf-8"))
    ]
    assert problems == []


@pytest.mark.parametrize("text", [False, True], ids=["originals", "text"])
def test_nothing_is_missed_on_the_shared_gold(shared, text):
    report = evaluate(shared / "gold", shared / "notices", text=text)
    assert {kind: report.total(kind).f1 for kind in match.KINDS if report.total(kind).f1 < 1} == {}


def test_the_floors_of_real_notices_hold(shared):
    real = ROOT / "gold" / "real"
    held = floors.read(real / "floors.toml", real)
    assert list(held.broken(evaluate(real, shared / "notices"))) == []
