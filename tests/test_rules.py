"""Rules and floors: every rule is listed with how often it fired; no floor falls silently."""

import json
import shutil
from dataclasses import replace

import pytest
from click.testing import CliRunner

from policygraph.cli import main
from policygraph.errors import GoldError
from policygraph.evaluate import evaluate, floors, rules
from policygraph.pipeline import parse


@pytest.fixture(scope="module")
def fired(jiamusi):
    return {(rule.rule, rule.words): rule for rule in rules.fired(parse(jiamusi))}


def test_a_rule_is_counted_in_what_it_helps_to_find(fired):
    assert fired["roles.word", "牵头"].fired == 26
    assert fired["roles.word", "牵头"].means == "lead"


def test_a_rule_that_never_fires_is_seen(fired):
    assert fired["roles.label", "责任单位"].fired == 0
    assert rules.dead(fired.values())["roles.label"] > 5


def test_every_list_of_the_tables_is_among_the_rules(fired):
    listed = {rule for rule, _ in fired}
    assert {
        "roles.word",
        "columns.column",
        "strength.grade",
        "outline.style",
        "heads.closes",
        "context.goals",
    } <= listed
    assert all(rule.evidence for rule in fired.values())


def test_rules_on_the_command_line(jiamusi):
    result = CliRunner().invoke(main, ["rules", str(jiamusi), "--list", "roles.word", "--dead", "--format", "csv"])
    assert result.exit_code == 0
    assert "roles.word,主办,lead" in result.stdout
    assert ",牵头," not in result.stdout


def test_rules_without_notices_are_not_counted(jiamusi):
    result = CliRunner().invoke(main, ["rules", "--list", "roles.word", "--format", "json"])
    assert {row["fired"] for row in json.loads(result.stdout)} == {None}
    assert result.stderr == "to count how often each fired: policygraph rules FOLDER\n"
    shown = CliRunner().invoke(main, ["rules", "--list", "roles.word"]).stdout
    assert "牵头" in shown
    assert "fired" not in shown
    assert "fired" in CliRunner().invoke(main, ["rules", str(jiamusi), "--list", "roles.word"]).stdout
    refused = CliRunner().invoke(main, ["rules", "--dead"])
    assert (refused.exit_code, "--dead needs a PATH" in refused.stderr) == (2, True)


@pytest.fixture
def gold(tmp_path, corpus):
    folder = tmp_path / "gold"
    folder.mkdir()
    shutil.copy(corpus.parent / "gold" / "JMS2018.json", folder)
    return folder


def written(folder, fingerprint, each=0.9):
    path = folder.parent / "floors.toml"
    path.write_text(f'gold = "{fingerprint}"\neach = {each}\n[total]\nroles = 1.0\n', "utf-8")
    return path


def test_floors_hold_on_the_gold_they_were_measured_on(gold, corpus):
    kept = floors.read(written(gold, floors.fingerprint(gold)), gold)
    report = evaluate(gold, corpus)
    assert list(kept.broken(report)) == []
    (scored,) = report.notices
    lost = replace(scored.tallies["roles"], right=80, missed=[""] * 19)
    scored.tallies["roles"] = lost
    assert list(kept.broken(report)) == ["roles 0.894 < 1.0", "JMS2018 roles 0.894 < 0.9"]


def test_floors_of_other_gold_are_refused(gold):
    path = written(gold, "0" * 64)
    with pytest.raises(GoldError, match="measured on other gold"):
        floors.read(path, gold)
    result = CliRunner().invoke(main, ["evaluate", str(gold), str(gold), "--floors", str(path)])
    assert result.exit_code == 1
    assert floors.fingerprint(gold) in result.stderr


@pytest.mark.parametrize("text", ["", "[total]\nroles = 1\n", 'gold = "x"\n[total]\nrolls = 1\n'])
def test_a_floors_file_that_is_none(tmp_path, gold, text):
    path = tmp_path / "floors.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(GoldError):
        floors.read(path, gold)
