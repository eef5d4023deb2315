"""Places: what a code and a name mean, who is above and below, and what became of those that are no more."""

import json
import re
import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from policygraph.registry import children, every_place, place, places_named, places_opening

LINES = files("policygraph.data").joinpath("organisations/places.jsonl").read_text("utf-8").splitlines()
ROWS = [json.loads(line) for line in LINES]
DATE = re.compile(r"\d{4}(?:-\d{2})?(?:/\d{4}-\d{2})?")


def test_rows_are_sorted_and_compact():
    assert sorted(ROWS, key=lambda row: (row["code"], row.get("since", ""))) == ROWS
    assert [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in ROWS] == LINES


def test_a_code_is_one_place_at_a_time():
    today = Counter(row["code"] for row in ROWS if "until" not in row)
    assert set(today.values()) == {1}
    assert len(today) == 3214
    assert len({(row["code"], row["name"]) for row in ROWS}) == len(ROWS)


def test_codes_parents_successors_and_dates():
    codes = {row["code"] for row in ROWS}
    for row in ROWS:
        one = place(row["code"])
        assert re.fullmatch(r"\d{6}", row["code"])
        assert place(one.parent) is not None, row
        assert set(row.get("next", ())) <= codes, row
        assert "until" in row or "next" not in row, row
        assert all(DATE.fullmatch(row[key]) for key in ("since", "until") if key in row), row
        assert one.source
        assert one.grade == "B"


def test_few_places_end_without_a_successor():
    left = {row["name"] for row in ROWS if "until" in row and "next" not in row}
    assert left == {
        "桥东区", "城区", "矿区", "加格达奇区", "松岭区", "新林区", "呼中区", "西沙群岛", "南沙群岛", "中沙群岛的岛礁及其海域",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("佳木斯市", ["230800"]),
        ("佳木斯", ["230800"]),
        ("黑龙江", ["230000"]),
        ("广西", ["450000"]),
        ("恩施州", ["422800"]),
        ("恩施", ["422800", "422801"]),
        ("巴州", ["511902", "652800"]),
        ("密云县", ["110228"]),
        ("吉林市", ["220200"]),
        ("吉林", ["220000", "220200"]),
        ("浦东", ["310115"]),
        ("莫旗", ["150722"]),
        ("平潭", ["350128"]),
        ("平潭综合实验区", ["350128-平潭综合实验区"]),
        ("雄安新区", ["130600-雄安新区"]),
        ("中国", ["CN"]),
        ("水务局", []),
    ],
)
def test_a_name_gives_its_places(name, codes):
    assert [one.code for one in places_named(name)] == codes


@pytest.mark.parametrize(
    ("code", "parent", "level"),
    [
        ("230800", "230000", "prefecture"),
        ("230822", "230800", "county"),
        ("429004", "420000", "county"),
        ("110105", "110000", "county"),
        ("500157", "500000", "county"),
        ("230000", "CN", "province"),
    ],
)
def test_a_code_says_what_is_above(code, parent, level):
    assert (place(code).parent, place(code).level) == (parent, level)


def test_places_below():
    below = [one.name for one in children("230800")]
    assert below == ["向阳区", "前进区", "东风区", "郊区", "桦南县", "桦川县", "汤原县", "同江市", "富锦市", "抚远市"]
    assert len(children("CN")) == 34
    assert children("230822") == ()
    assert "兰州新区" not in [one.name for one in children("620100")]


@pytest.mark.parametrize(
    ("code", "then", "approval"),
    [
        ("230833", ["230883"], None),
        ("371200", ["370116"], "国函〔2018〕163号"),
        ("220381", ["220184"], None),
        ("330103", ["330105"], "国函〔2021〕29号"),
        ("522401", ["520502"], None),
        ("341400", ["340181"], None),
    ],
    ids=["抚远", "莱芜", "公主岭", "下城", "毕节", "巢湖"],
)
def test_what_became_of_a_place(code, then, approval):
    gone = place(code)
    assert (list(gone.successors), gone.approval) == (then, approval)


@pytest.mark.parametrize(
    ("name", "opening", "codes"),
    [
        ("佳木斯市水务局", "佳木斯市", ["230800"]),
        ("佳木斯海事局", "佳木斯", ["230800"]),
        ("平潭综合实验区管委会", "平潭综合实验区", ["350128-平潭综合实验区"]),
        ("恩施土家族苗族自治州水利局", "恩施土家族苗族自治州", ["422800"]),
        ("市水务局", "", []),
        ("海", "", []),
        ("", "", []),
    ],
)
def test_a_name_can_begin_with_a_place(name, opening, codes):
    found = places_opening(name)
    assert (found[0], [one.code for one in found[1]]) == (opening, codes)


def test_every_place_opens_its_own_name():
    assert all(one in places_opening(one.name)[1] for one in every_place())


def test_zones_lie_in_places_and_are_sorted():
    zones = tomllib.loads(files("policygraph.data").joinpath("organisations/zones.toml").read_text("utf-8"))["zone"]
    assert sorted(zones, key=lambda one: one["code"]) == zones
    for one in zones:
        found = place(one["code"])
        assert (found.level, found.grade) == ("county", "C")
        assert place(found.parent).code == one["code"].partition("-")[0]


def test_an_unknown_code_is_no_place():
    assert place("999999") is None
