"""Bodies of no listed kind by the end of their names."""

import tomllib
from importlib.resources import files

import pytest

from policygraph.registry import ending_of

TEXT = files("policygraph.data").joinpath("organisations/endings.toml").read_text("utf-8")
ENTRIES = tomllib.loads(TEXT)["ending"]
GROUPS = {"enterprise", "government", "institution", "mass", "office", "zone"}


def test_endings_are_sorted_and_complete():
    endings = [entry["ending"] for entry in ENTRIES]
    assert endings == sorted(set(endings))
    assert all({"key", "group", "example", "counter", "source", "date", "grade"} <= set(entry) for entry in ENTRIES)
    assert {entry["group"] for entry in ENTRIES} == GROUPS


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["ending"])
def test_examples_end_so_and_counters_do_not(entry):
    assert ending_of(entry["example"]).ending == entry["ending"]
    other = ending_of(entry["counter"])
    assert other is None or other.ending != entry["ending"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("区农发局三十六脚湖水库管理处", "division"),
        ("市水污染防治工作领导小组办公室", "leading_group_office"),
        ("广西国际博览集团有限公司", "company"),
        ("市水务局", None),
        ("公司", None),
        ("", None),
    ],
)
def test_the_longest_ending_counts(name, key):
    found = ending_of(name)
    assert (found and found.key) == key
