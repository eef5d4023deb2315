"""Document numbers: who signs them, and how sure that is."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.registry import issuers, kind, place, places_by_character

TEXT = files("policygraph.data").joinpath("organisations/prefixes.toml").read_text("utf-8")
DATA = tomllib.loads(TEXT)
NAMES = {"central": "prefix", "character": "character", "form": "form"}


@pytest.mark.parametrize("table", NAMES)
def test_lists_are_sorted_and_entries_complete(table):
    words = [entry[NAMES[table]] for entry in DATA[table]]
    assert words == sorted(set(words))
    assert all({"source", "date", "grade"} <= set(entry) for entry in DATA[table])
    assert all(entry["grade"] == "A" or entry["source"] == "usage" for entry in DATA[table])


def test_kinds_and_places_are_known():
    for entry in (*DATA["central"], *DATA["form"]):
        assert kind(entry["kind"]), entry
        assert "former" not in entry or (kind(entry["former"]) and entry["last"]), entry
    assert all(place(code) for entry in DATA["character"] for code in entry["places"])


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("国发〔2015〕40号", [("CN", "government", "A")]),
        ("国办发〔2018〕128号", [("CN", "government_office", "A")]),
        ("国发明电〔2020〕10号", [("CN", "government", "A")]),
        ("工信部联企业〔2022〕54号", [("CN", "industry_information", "A")]),
        ("佳政办发〔2018〕17号", [("230800", "government_office", "A")]),
        ("渝府办发〔2021〕88号", [("500000", "government_office", "A")]),
        ("皖政办秘〔2021〕82号", [("340000", "government_office", "A")]),
        ("鄂农发〔2021〕43号", [("420000", "agriculture_rural", "A")]),
        ("沪科〔2025〕5号", [("310000", "science_technology", "A")]),
        ("沪府办规〔2025〕15号", [("310000", "government_office", "A")]),
        ("宁政办发〔2021〕69号", [("640000", "government_office", "A"), ("320100", "government_office", "C")]),
        ("义政办发〔2013〕129号", [("330782", "government_office", "A")]),
        ("岚综管办〔2015〕78号", [("350128-平潭综合实验区", "new_area", "A")]),
        ("岚政办发〔2015〕1号", [("350128", "government_office", "C")]),
        ("环水体〔2015〕1号", [("CN", "environmental_protection", "C")]),
        ("环水体〔2018〕1号", [("CN", "environmental_protection", "C"), ("CN", "ecology_environment", "C")]),
        ("环水体〔2020〕1号", [("CN", "ecology_environment", "C")]),
        ("佳木斯市2018年", []),
        ("GB/T 9704-2012", []),
        ("〔2018〕17号", []),
    ],
)
def test_a_number_says_who_may_have_signed_it(number, expected):
    assert [(one.place, one.kind, one.grade) for one in issuers(number)] == expected


def test_a_joint_number_and_an_office():
    assert [one.joint for one in issuers("工信部联科〔2024〕12号")] == [True]
    assert [one.office for one in issuers("岚综管办〔2015〕78号")] == [True]


def test_a_character_of_no_list_is_tried_as_the_first_of_a_name():
    found = [(one.place, one.grade) for one in issuers("桦政办发〔2018〕1号")]
    assert found == [("220282", "probable"), ("230822", "probable"), ("230826", "probable")]
    assert places_by_character("x") == ()


@given(st.text(alphabet="国办发政府佳岚〔〕2018号环", max_size=14))
def test_any_letters_are_read_or_left(text):
    assert all(place(one.place) and kind(one.kind) for one in issuers(text))
