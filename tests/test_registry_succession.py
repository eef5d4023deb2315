"""Successions: dated, graded, and probable for a place until something of that place says more."""

import re
import tomllib
from importlib.resources import files

import pytest

from policygraph.registry import attested, kind, kinds_of, place, predecessors, successors

DATA = files("policygraph.data").joinpath("organisations")
CENTRAL = tomllib.loads(DATA.joinpath("central.toml").read_text("utf-8"))
LOCAL = tomllib.loads(DATA.joinpath("succession.toml").read_text("utf-8"))
SOURCES = tomllib.loads(DATA.joinpath("sources.toml").read_text("utf-8"))["source"]
GRADES = {one["id"]: one["grade"] for one in SOURCES}
EDGES = [*CENTRAL["succession"], *LOCAL["local"], *LOCAL["pattern"]]
DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"


def shown(edges, end):
    return [(getattr(one, end), one.kind, one.grade) for one in edges]


def test_files_are_sorted():
    by = {
        "local": lambda one: (one["place"], one["from"], one["to"]),
        "attested": lambda one: (one["place"], one["kind"]),
        "pattern": lambda one: (one["from"], one["to"]),
    }
    assert all(sorted(LOCAL[name], key=key) == LOCAL[name] for name, key in by.items())
    assert sorted(CENTRAL["body"], key=lambda one: one["key"]) == CENTRAL["body"]
    assert sorted(CENTRAL["succession"], key=lambda one: (one["from"], one["on"], one["to"])) == CENTRAL["succession"]
    assert sorted(SOURCES, key=lambda one: one["id"]) == SOURCES


def test_bodies_of_the_centre_are_one_a_key_and_no_name_is_two():
    names = [name for one in CENTRAL["body"] for name in (one["name"], *one.get("short", ()))]
    assert len(names) == len(set(names))
    assert len({one["key"] for one in CENTRAL["body"]}) == len(CENTRAL["body"]) == 163
    assert all({"source", "date", "grade"} <= set(one) for one in CENTRAL["body"])


def test_edges_are_dated_graded_sourced_and_between_kinds():
    for edge in EDGES:
        assert re.fullmatch(rf"{DAY}(?:/{DAY})?", edge["on"]), edge
        assert edge["kind"] in ("renamed", "merged", "split", "duty moved"), edge
        assert "duties" in edge or edge["kind"] not in ("duty moved", "split"), edge
        assert edge["from"] != edge["to"]
        assert kind(edge["from"]), edge
        assert kind(edge["to"]), edge
        assert edge["grade"] == "probable" or edge["grade"] >= GRADES[edge["source"]], edge


def test_what_is_only_a_pattern_is_probable():
    assert {edge["grade"] for edge in LOCAL["pattern"]} == {"probable"}
    pairs = [(edge["from"], edge["to"], level) for edge in LOCAL["pattern"] for level in edge["levels"]]
    assert len(set(pairs)) == len(pairs)


def test_places_are_known_and_attested_names_mean_their_kind():
    assert all(place(edge["place"]) for edge in LOCAL["local"])
    for one in LOCAL["attested"]:
        assert one["kind"] in {found.key for found in kinds_of(one["name"], place(one["place"]).level)}, one


def test_every_source_is_used():
    used = {edge["source"] for edge in (*EDGES, *LOCAL["attested"])} | {"usage"}
    assert set(GRADES) <= used


def test_no_wording_of_a_predecessor_is_one_of_its_successor():
    for edge in LOCAL["pattern"]:
        if edge["kind"] in ("renamed", "merged"):
            before, after = kind(edge["from"]), kind(edge["to"])
            ours = {*before.full, *before.statutory, *before.colloquial} - set(before.ambiguous)
            assert not ours & {*after.full, *after.statutory, *after.colloquial}, edge


def test_the_centre_in_2018():
    merged = [one for one in predecessors("CN:natural_resources") if one.kind == "merged"]
    assert shown(merged, "predecessor") == [
        ("CN:land_resources", "merged", "A"),
        ("CN:ocean_development", "merged", "A"),
        ("CN:surveying", "merged", "A"),
    ]
    assert {one.on for one in merged} == {"2018-03"}
    assert all(one.confirmed for one in merged)


def test_the_centre_in_2023():
    assert shown(successors("CN:banking_insurance"), "successor") == [("CN:financial_supervision", "renamed", "B")]
    moved = [one for one in successors("CN:science_technology") if one.successor == "CN:agriculture_rural"]
    assert [(one.kind, one.duties, one.confirmed) for one in moved] == [("duty moved", "以科技促进农业农村发展", False)]


def test_a_city_without_local_source_follows_the_pattern_as_probable():
    assert shown(successors("230800:environmental_protection"), "successor") == [
        ("230800:ecology_environment", "renamed", "probable")
    ]
    assert {one.grade for one in predecessors("230800:ecology_environment")} == {"probable"}


def test_a_duty_of_the_water_bureau_moved_though_the_bureau_stayed():
    moved = [one for one in successors("230800:water_affairs") if one.successor == "230800:ecology_environment"]
    assert [(one.kind, one.duties) for one in moved] == [("duty moved", "水功能区划、排污口设置管理、流域水环境保护")]


def test_a_place_that_is_known_to_have_changed_does_not_follow_the_pattern_too():
    known = [one for one in successors("120000:land_resources") if one.kind != "duty moved"]
    assert shown(known, "successor") == [("120000:natural_resources+planning", "merged", "C")]
    back = [one for one in predecessors("120000:natural_resources") if one.kind != "duty moved"]
    assert back == []


def test_a_body_merged_twice_has_two_hops():
    first = successors("430800:family_planning")
    assert [(one.successor, one.on, one.grade) for one in first] == [
        ("430800:health_family_planning", "2015-05-20", "B")
    ]
    assert "430800:health" in {one.successor for one in successors(first[0].successor)}


def test_a_county_bureau_became_a_branch():
    (edge,) = successors("230822:environmental_protection")
    assert edge.note == "in counties a branch (派出分局) of the prefecture's bureau"


def test_names_that_a_place_used():
    joined = [one for one in attested("330100") if one.kind == "forestry+water"]
    assert [(one.name, one.on, one.grade) for one in joined] == [("林业水利局", "2019-04-22", "A")]
    assert attested("999999") == ()


@pytest.mark.parametrize("identifier", ["", "230800", "999999:agriculture", "230800:nothing", "佳木斯市城投公司"])
def test_an_unknown_body_has_no_history(identifier):
    assert successors(identifier) == predecessors(identifier) == ()
