"""The real notice 佳政办发〔2018〕17号, from its bytes to its facts."""

import json
import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pydantic import ValidationError

from notices import written
from policygraph import contract, models
from policygraph.errors import NotANotice, SourceError
from policygraph.pipeline import parse


@pytest.fixture(scope="module")
def notice(jiamusi) -> models.Notice:
    (only,) = parse(jiamusi)
    return only


def words(notice, span):
    return notice.page.text[slice(*span)]


def test_its_facts_are_counted(notice):
    roles = Counter(duty.basis for duty in notice.duties)
    assert len(notice.statements) == 39
    assert roles == {"stated": 99, "inherited": 37}
    assert sum(clause.label is not None for clause in notice.clauses) == 29
    assert (len(notice.targets), len(notice.times), len(notice.citations)) == (21, 36, 7)


def test_page_dates_and_signature_are_apart(notice):
    assert (notice.elements.issued_on, notice.elements.published_on) == ("2018-07-19", "2018-08-03")
    assert notice.elements.origin == "信用佳木斯"


def test_the_second_copy_adds_nothing(notice):
    (repeat,) = notice.repeats
    assert words(notice, repeat.span).split() == words(notice, repeat.of).split()
    everything = [*notice.clauses, *notice.tasks, *notice.statements, *notice.targets, *notice.times]
    assert max(one.span[1] for one in everything) <= repeat.span[0]


def test_every_span_shows_its_words(notice):
    for duty in notice.duties:
        found = words(notice, duty.span).replace(" ", "")
        assert duty.surface in found
    for target in notice.targets:
        assert target.value in words(notice, target.span)
    for clause in notice.clauses:
        assert (clause.title or "") in words(notice, clause.span).replace(" ", "")


def test_clauses_do_not_overlap_and_tasks_lie_in_the_text(notice):
    spans = [clause.span for clause in notice.clauses]
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert len({task.id for task in notice.tasks}) == len(notice.tasks)
    assert {duty.task for duty in notice.duties} <= {task.id for task in notice.tasks}


def test_a_task_with_two_statements_in_its_paragraph(notice):
    tasks = [task for task in notice.tasks if task.clause.endswith(":二/二/2")]
    assert [task.id[-1] for task in tasks] == ["1", "2", "3"]
    assert words(notice, tasks[1].span).startswith("实施大学区域胜利路")
    leads = [duty.organisation for duty in notice.duties if duty.task == tasks[0].id and duty.role == "lead"]
    assert leads == ["230800:housing_urban_rural"]


def test_the_default_rule_is_inherited_by_later_tasks_only(notice):
    first = notice.statements[0]
    (rule,) = notice.rules
    assert (rule.effect, rule.name, rule.role) == ("add", "各县(市)区政府", "implement")
    inherited = [duty for duty in notice.duties if duty.basis == "inherited"]
    assert first.id not in {duty.statement for duty in inherited}
    assert {duty.span for duty in inherited} == {rule.span}
    assert [issue.reason for issue in notice.issues] == ["a default rule has an exception that is not applied"]


def test_names_are_completed_and_resolved(notice):
    by_surface = {duty.surface: (duty.name, duty.organisation) for duty in notice.duties}
    assert by_surface["城乡建设局"] == ("市城乡建设局", "230800:housing_urban_rural")
    assert by_surface["佳木斯海事局"] == ("佳木斯海事局", "230800:maritime")
    assert by_surface["市委组织部"] == ("市委组织部", "230800:organisation")
    assert by_surface["各县(市)区政府"] == ("各县(市)区政府", "230800:各县(市)区政府")


def test_the_alias_and_its_host(notice):
    (alias,) = notice.aliases
    assert (alias.short, alias.host) == ("市水污防办", "市环境保护局")


def test_record_follows_the_published_schema(notice):
    record = contract.record(notice)
    contract.check(record)
    published = json.loads(json.dumps(contract.schema()))
    jsonschema.Draft202012Validator.check_schema(published)
    jsonschema.Draft202012Validator(published).validate(json.loads(json.dumps(record)))


def test_encoded_json_is_the_record_indented_or_on_one_line(notice):
    record = json.loads(json.dumps(contract.record(notice)))
    assert json.loads(contract.encode(notice)) == record
    assert b"\n" not in contract.encode(notice)
    assert contract.encode(notice, indent=1).decode() == json.dumps(record, ensure_ascii=False, indent=1)


def test_what_breaks_the_contract_is_not_encoded(notice):
    broken = replace(notice, times=(replace(notice.times[0], end="2018年底"),))
    with pytest.raises(ValidationError, match=r"times\.0\.end"):
        contract.encode(broken)


def test_record_holds_the_text_once(notice):
    record = contract.record(notice)
    assert notice.page.text.startswith(record["text"])
    assert record["text"].count("(市林业局负责)") == 1
    assert record["repeats"][0]["span"][0] == len(record["text"])


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_the_encoding_changes_no_fact(notice, jiamusi, encoding):
    text = jiamusi.read_text("utf-8")
    (other,) = parse(text.encode(encoding), name=notice.page.source)
    assert other.page.text == notice.page.text
    assert (other.id, other.tasks, other.duties, other.times) == (notice.id, notice.tasks, notice.duties, notice.times)


@pytest.mark.slow
def test_the_same_bytes_under_any_hash_seed(jiamusi):
    script = (
        "import json,sys;from policygraph.pipeline import parse;from policygraph.contract import record;"
        "print(json.dumps([record(n) for n in parse(sys.argv[1])],ensure_ascii=False))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, str(jiamusi)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("The quick brown fox jumps over the lazy dog.", "not a Chinese text (give an official notice in Chinese)"),
        (
            "今天天气很好,我们去公园散步,看到了许多花。",
            "not an official notice (it has no number, addressees, signature or clauses)",
        ),
    ],
)
def test_what_is_no_notice_is_refused(text, message):
    with pytest.raises(NotANotice) as caught:
        parse(text.encode(), name="x.txt")
    assert str(caught.value) == f"x.txt: {message}"


@given(
    st.text(
        st.sampled_from(
            "一二、。,(市水务局牵头负责)2018年底前达到38%新增3个各县政府以下均需落实不再列出:\n 《》〔〕号"
        ),
        max_size=300,
    )
)
def test_any_text_is_read_or_refused(text):
    try:
        notices = parse(text.encode(), name="x.txt")
    except (SourceError, NotANotice):
        return
    for one in notices:
        record = contract.record(one)
        contract.check(record)
        for kind in ("clauses", "tasks", "statements", "targets", "times", "citations"):
            assert all(0 <= item["span"][0] < item["span"][1] <= len(one.page.text) for item in record[kind])


def test_a_body_that_a_collective_holds_is_inherited_where_the_collective_is_listed():
    holds = (
        "三、保障措施\n(一)治理。推广节水。(各县(市)区政府(含高新区管委会,下同)负责)\n"
        "(二)改造。改造管网。(市水务局牵头,各县(市)区政府配合)\n"
    )
    (notice,) = parse(written(extra=holds).encode())
    shown = [(duty.role, duty.basis) for duty in notice.duties if duty.name == "高新区管委会"]
    assert shown == [("responsible", "stated"), ("support", "inherited")]


def test_headings_without_any_element_of_a_notice_are_a_doubt():
    (read,) = parse("# 项目说明\n\n1. 安装软件\n2. 运行程序\n\n本项目用于演示。\n".encode(), name="a.md")
    assert [issue.reason.partition(":")[0] for issue in read.issues] == ["this does not look like a notice"]
    ledger = "# 2023年重点任务台账\n\n| 序号 | 任务 | 牵头单位 |\n|---|---|---|\n| 1 | 改造管网50公里 | 市水务局 |\n"
    (read,) = parse(ledger.encode(), name="b.md")
    assert (read.issues, read.elements.title) == ((), "2023年重点任务台账")


def test_a_division_is_a_body():
    text = "某市关于节水的通知\n各县：\n一、任务\n1.节水。节约用水。（区经济发展局农业处）\n"
    (read,) = parse(text.encode())
    assert ([duty.name for duty in read.duties], read.issues) == (["区经济发展局农业处"], ())
