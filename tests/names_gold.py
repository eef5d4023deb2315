"""The checked list of organisation names, ``gold/names.jsonl``, for tests that score against it.

``NAMES`` is the file; ``load`` returns its lines in order.
"""

from __future__ import annotations

import json
from pathlib import Path

from policygraph.registry import places_named

NAMES = Path(__file__).parents[1] / "gold" / "names.jsonl"


def load(path: Path = NAMES) -> list[dict]:
    """Return the lines: notice, source, at, name, surface, answer, and why where it is hard."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def own_name(name: str, place: str) -> str:
    """Return a name without its place's name in front, however the place is written: 佳木斯市城投公司 is 城投公司.

    For comparing ``answer["name"]`` with a name that an entity bears: 平潭综合实验区交建局 and
    福建省平潭综合实验区交建局 are one.
    """
    openings = (name[:end] for end in range(len(name) - 1, 1, -1))
    found = next((one for one in openings if any(known.code == place for known in places_named(one))), "")
    return name.removeprefix(found)
