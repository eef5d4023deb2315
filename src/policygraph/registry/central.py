"""Bodies of the centre and what became of them, from ``data/organisations/central.toml``.

国土资源部, 国家海洋局 and 国家测绘地理信息局 became 自然资源部 in March 2018; 国家发展改革委 is written
发展改革委 in the State Council's notices.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policygraph.registry.places import Grade


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the centre; ``key`` is the kind it shares with local bodies, ``CN:`` and the key its id."""

    key: str
    name: str
    short: tuple[str, ...]
    since: str | None
    until: str | None
    source: str
    date: str
    grade: Grade

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name, the full one first."""
        return (self.name, *self.short)


@cache
def table() -> dict[str, Any]:
    """Return the parsed file."""
    return tomllib.loads(files("policygraph.data").joinpath("organisations/central.toml").read_text("utf-8"))


@cache
def named(key: str) -> Body | None:
    """Return the body with a key, or ``None``.

    >>> named("development_reform").name
    '国家发展和改革委员会'
    """
    return next((body for body in bodies() if body.key == key), None)


@cache
def bodies() -> tuple[Body, ...]:
    """Return every body, by key."""
    return tuple(
        Body(
            entry["key"], entry["name"], tuple(entry.get("short", ())), entry.get("since"), entry.get("until"),
            entry["source"], entry["date"], entry["grade"],
        )
        for entry in table()["body"]
    )  # fmt: skip
