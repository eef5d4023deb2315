"""The demonstration series against the list of its true changes, and the floors that the list is held to."""

import json
from collections import Counter
from pathlib import Path

import pytest

import policygraph as pg

ROOT = Path(__file__).parent.parent
GOLD = sorted((ROOT / "gold" / "changes").glob("*.json"))
LEAST_RECALL, LEAST_PRECISION = 0.95, 0.95
NOT_LISTED = ("task reworded", "task moved")


def found(item: dict) -> Counter:
    (old,), (new,) = (pg.parse(ROOT / item[side]) for side in ("old", "new"))
    changes = pg.compare(old, new).changes
    return Counter(
        (change.kind, change.old.text if change.old else None, change.new.text if change.new else None)
        for change in changes
        if change.kind not in NOT_LISTED
    )


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_the_series_that_ships_holds_its_floors(path):
    item = json.loads(path.read_text("utf-8"))
    listed = Counter((one["kind"], one["old"], one["new"]) for one in item["changes"])
    reported = found(item)
    right = (listed & reported).total()
    assert right / listed.total() >= LEAST_RECALL, listed - reported
    assert right / reported.total() >= LEAST_PRECISION, reported - listed


def test_every_plan_of_the_series_has_thirty_tasks_with_bodies():
    for path in sorted((ROOT / "corpus" / "anhe").iterdir()):
        (notice,) = pg.parse(path)
        assert len({duty.task for duty in notice.duties}) >= 30, path.name
