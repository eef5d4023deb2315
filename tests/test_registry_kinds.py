"""Kinds of body: every wording leads to its kind, none to two unless that is declared, and history is no alias."""

import re
import tomllib
from collections import defaultdict
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.registry import composition, department, every_kind, kind, kind_of, kinds_of, with_function
from policygraph.registry.kinds import GROUPS

DATA = files("policygraph.data").joinpath("organisations")
FILES = {group: tomllib.loads(DATA.joinpath(f"kinds/{group}.toml").read_text("utf-8"))["kind"] for group in GROUPS}
ENTRIES = [entry for entries in FILES.values() for entry in entries]
SOURCES = {one["id"]: one for one in tomllib.loads(DATA.joinpath("sources.toml").read_text("utf-8"))["source"]}
FIELDS = [
    "key", "levels", "full", "statutory", "colloquial", "functions", "host", "several", "since", "until", "ambiguous",
    "example", "counter", "source", "date", "grade",
]  # fmt: skip
NUMBER = re.compile(r"[\u4e00-\u9fff]+〔\d{4,5}〕\d+号")
LOCAL = ("province", "prefecture", "county", "township")


def bare(name):
    """Return a name without its place: 市委组织部 is 委组织部."""
    return re.sub(r"^(?:自治区|省|市(?!场)|县|区)(?=.)", "", name)


def wordings(entry):
    return [*entry["full"], *entry.get("statutory", ()), *entry.get("colloquial", ())]


@pytest.mark.parametrize("group", GROUPS)
def test_files_are_sorted_and_entries_complete(group):
    entries = FILES[group]
    assert [entry["key"] for entry in entries] == sorted(entry["key"] for entry in entries)
    for entry in entries:
        assert list(entry) == [field for field in FIELDS if field in entry]
        assert {"key", "levels", "full", "example", "counter", "source", "date", "grade"} <= set(entry)
        assert entry["levels"] == [level for level in LOCAL if level in entry["levels"]]
        assert len(wordings(entry)) == len(set(wordings(entry))), entry["key"]
        assert set(entry.get("ambiguous", ())) <= set(wordings(entry))


def test_keys_are_one_kinds_own():
    keys = [entry["key"] for entry in ENTRIES]
    assert len(keys) == len(set(keys)) == 301
    assert all(re.fullmatch(r"[a-z_]+(?:\+[a-z_]+)*", key) for key in keys)


def test_a_composed_kinds_key_joins_its_functions():
    assert all(entry["key"] == "+".join(sorted(entry["functions"])) for entry in FILES["composed"])


def test_sources_are_known_and_no_grade_is_better_than_its_source():
    for entry in ENTRIES:
        if NUMBER.fullmatch(entry["source"]):
            assert entry["grade"] == "A"
        else:
            assert entry["grade"] >= SOURCES[entry["source"]]["grade"], entry["key"]


def test_hosts_are_kinds():
    assert all(kind(entry["host"]) for entry in ENTRIES if "host" in entry)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["key"])
def test_examples_are_of_the_kind_and_counters_are_not(entry):
    assert entry["key"] in {one.key for level in entry["levels"] for one in kinds_of(bare(entry["example"]), level)}
    assert entry["key"] not in {one.key for level in entry["levels"] for one in kinds_of(bare(entry["counter"]), level)}


def test_every_wording_leads_to_its_kind():
    for entry in ENTRIES:
        for wording in wordings(entry):
            assert any(kind(entry["key"]) in kinds_of(wording, level) for level in entry["levels"]), wording


def test_no_wording_is_two_kinds_unless_declared():
    held = defaultdict(set)
    for entry in ENTRIES:
        for wording in wordings(entry):
            held[wording].add(entry["key"])
    shared = {wording for wording, keys in held.items() if len(keys) > 1}
    declared = {wording for entry in ENTRIES for wording in entry.get("ambiguous", ())}
    assert shared == declared == {"金融办"}


@pytest.mark.parametrize(
    ("name", "level", "key"),
    [
        ("发展和改革委员会", "prefecture", "development_reform"),
        ("发展改革委", "province", "development_reform"),
        ("发改局", "county", "development_reform"),
        ("发展改革委", "central", "development_reform"),
        ("水务局", "prefecture", "water_affairs"),
        ("水利厅", "province", "water_resources"),
        ("水利厅", "prefecture", None),
        ("环保局", "prefecture", "environmental_protection"),
        ("生态环境局", "prefecture", "ecology_environment"),
        ("农委", "prefecture", "agriculture"),
        ("工信委", "prefecture", "industry_information_commission"),
        ("工信局", "prefecture", "industry_information"),
        ("经信局", "prefecture", "economy_information"),
        ("城乡建设局", "prefecture", "housing_urban_rural"),
        ("城管执法局", "prefecture", "urban_management"),
        ("委组织部", "prefecture", "organisation"),
        ("委办公室", "prefecture", "party_office"),
        ("委", "county", "party_committee"),
        ("组织部", "prefecture", "organisation"),
        ("党委网信办", "province", "cyberspace"),
        ("政府外办", "prefecture", "foreign_affairs"),
        ("河长办", "county", "river_chief"),
        ("团市委", "prefecture", "youth_league"),
        ("海事局", "prefecture", "maritime"),
        ("高新区管委会", "prefecture", "high_technology_zone"),
        ("自然资源和规划局", "prefecture", "natural_resources+planning"),
        ("林业水利局", "prefecture", "forestry+water"),
        ("农业农村水务局", "county", "agriculture_rural+water"),
        ("自然资源与生态环境局", "county", "ecology_environment+natural_resources"),
        ("金融办", "prefecture", None),
        ("金融办", "county", "financial_work"),
        ("工业和信息化部", "central", "industry_information"),
        ("工业和信息化部", "province", None),
        ("外交部", "central", "foreign_ministry"),
        ("污水处理", "prefecture", None),
        ("", "prefecture", None),
    ],
)
def test_a_name_without_its_place_is_a_kind(name, level, key):
    found = kind_of(name, level)
    assert (found and found.key) == key


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("科技和商务局", ["science_technology", "commerce"]),
        ("民政和医疗保障局", ["civil_affairs", "medical_security"]),
        ("财政局", []),
        ("污水和垃圾局", []),
        ("交通运输与住房和城乡建设局", ["transport", "housing_urban_rural"]),
        ("局", []),
        ("交通运输综合行政执法局", []),
    ],
)
def test_a_joined_name_is_read_from_its_parts(name, keys):
    assert [one.key for one in composition(name, "county")] == keys


def test_a_joined_name_that_no_list_has_is_probable_and_its_key_is_its_functions():
    found = kind_of("科技和商务局", "county")
    assert (found.key, found.grade, found.listed) == ("commerce+science_technology", "probable", False)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("市场监管部门", "market_regulation"),
        ("教育行政部门", "education"),
        ("城市管理执法部门", "urban_management"),
        ("有关部门", None),
        ("财政局", None),
    ],
)
def test_a_department_is_named_by_its_field(name, key):
    found = department(name, "prefecture")
    assert (found and found.key) == key


def test_a_function_leads_to_all_that_have_it():
    assert [one.key for one in with_function("water")] == [
        "agriculture_rural+water", "forestry+water", "water_affairs", "water_resources",
    ]  # fmt: skip
    assert with_function("污水") == ()


@given(st.text(alphabet="市委林业水利和与局科技商务财政部门办公室", max_size=14), st.sampled_from(("central", *LOCAL)))
def test_any_text_is_a_kind_or_none(text, level):
    found = kinds_of(text, level)
    assert [one.key for one in found] == sorted({one.key for one in found})
    assert all(one.functions for one in found)


def test_a_wording_says_its_form():
    found = kind("development_reform")
    forms = [found.form(name) for name in ("发展和改革委员会", "发展改革委", "发改委", "发改部")]
    assert forms == ["full", "statutory", "colloquial", None]


def test_every_listed_kind_says_where_it_comes_from():
    assert all(one.source and one.date and one.grade in ("A", "B", "C") for one in every_kind())
