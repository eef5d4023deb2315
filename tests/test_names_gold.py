"""The checked list of names is well formed: sorted, each once, places and kinds that the registry knows."""

import re
from collections import Counter

import pytest

import names_gold
from policygraph.registry import kind, place

LINES = names_gold.load()
FIELDS = ["notice", "source", "at", "name", "surface", "answer"]
ANSWERS = {
    "body": {"sort", "place", "kind"},
    "collective": {"sort", "place"},
    "ambiguous": {"sort", "candidates"},
    "none": {"sort"},
}
BODIES = [line["answer"] for line in LINES if line["answer"]["sort"] == "body"]
CANDIDATES = [line["answer"]["candidates"] for line in LINES if line["answer"]["sort"] == "ambiguous"]


def test_there_are_enough_lines_sorted_by_notice_and_position_each_name_once():
    assert len(LINES) >= 300
    order = [(line["notice"], line["at"], line["name"]) for line in LINES]
    assert order == sorted(order)
    assert set(Counter((line["notice"], line["name"]) for line in LINES).values()) == {1}


def test_every_notice_has_one_source_without_a_machine_path():
    assert len({(line["notice"], line["source"]) for line in LINES}) == len({line["notice"] for line in LINES})
    for line in LINES:
        assert re.fullmatch(r"(?:series/\w+/)?[\w.-]+", line["source"])


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line['notice']}-{line['name']}")
def test_a_line_has_its_fields_and_an_answer_of_its_sort(line):
    assert list(line) in (FIELDS, [*FIELDS, "why"])
    assert type(line["at"]) is int
    assert all(type(line[field]) is str and line[field] for field in ("notice", "source", "name", "surface"))
    answer = line["answer"]
    assert set(answer) - {"name"} == ANSWERS[answer["sort"]]
    assert "name" not in answer or answer["sort"] == "body"


def test_places_and_kinds_are_known():
    places = {answer["place"] for line in LINES if "place" in (answer := line["answer"])}
    kinds = {answer["kind"] for answer in BODIES if answer["kind"]}
    pairs = [candidate.split(":") for candidates in CANDIDATES for candidate in candidates]
    assert [code for code in places | {code for code, _ in pairs} if not place(code)] == []
    assert [key for key in kinds | {key for _, key in pairs} if not kind(key)] == []


def test_candidates_are_sorted_and_several():
    for candidates in CANDIDATES:
        assert len(candidates) > 1
        assert candidates == sorted(set(candidates))


def test_a_body_has_a_name_of_its_own_exactly_where_its_kind_does_not_say_which_it_is():
    for answer in BODIES:
        several = answer["kind"] is None or kind(answer["kind"]).several
        assert several == ("name" in answer)


def test_a_kind_exists_at_the_level_of_its_place():
    for answer in BODIES:
        if answer["kind"] and answer["place"] != "CN":
            assert place(answer["place"]).level in kind(answer["kind"]).levels


def test_own_name_drops_the_place_however_it_is_written():
    zone = "350128-平潭综合实验区"
    assert names_gold.own_name("平潭综合实验区交建局", zone) == "交建局"
    assert names_gold.own_name("福建省平潭综合实验区交建局", zone) == "交建局"
    assert names_gold.own_name("佳木斯高新区管委会", "230800") == "高新区管委会"
    assert names_gold.own_name("工业和信息化部信息中心", "CN") == "工业和信息化部信息中心"
