"""What a body of no listed kind is by the end of its name, from ``data/organisations/endings.toml``.

市城投公司 is a company, 区环境监测站 a station, 市绿岛花城项目建设工作领导小组办公室 the office of a leading group.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Ending:
    """A sort of body that a place has several of; the name tells them apart."""

    ending: str
    key: str
    group: str


def ending_of(name: str) -> Ending | None:
    """Return what the longest known ending of a name says, or ``None``.

    >>> ending_of("市城投公司").key, ending_of("市水务局")
    ('company', None)
    """
    endings = _endings()
    for chars in range(min(len(name) - 1, max(map(len, endings))), 1, -1):
        if found := endings.get(name[-chars:]):
            return found
    return None


@cache
def _endings() -> Mapping[str, Ending]:
    text = files("policygraph.data").joinpath("organisations/endings.toml").read_text("utf-8")
    return {one["ending"]: Ending(one["ending"], one["key"], one["group"]) for one in tomllib.loads(text)["ending"]}
