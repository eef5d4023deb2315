"""What two careful readers could take differently, and which misses that excuses.

``8月前完成`` ends in July or in August; gold has August. Each entry of ``ambiguities.toml`` says both readings and why
the generator writes one of them, or neither.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policygraph.evaluate.generate.scoring import Miss


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A passage that can be read in two ways; what is ``written`` excuses misses of ``kinds`` ``where`` it stands."""

    name: str
    example: str
    readings: tuple[str, ...]
    reason: str
    written: bool
    where: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@cache
def known() -> tuple[Ambiguity, ...]:
    """Return the ambiguities in the order of their file."""
    text = files("policygraph.evaluate.generate").joinpath("ambiguities.toml").read_text("utf-8")
    entries = tomllib.loads(text)["ambiguity"]
    return tuple(_entry(entry) for entry in entries)


def _entry(entry: dict[str, Any]) -> Ambiguity:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Ambiguity(**values)


def excuses(miss: Miss) -> Ambiguity | None:
    """Return the ambiguity that explains a miss, if one does."""
    about = {*miss.options.named(), *miss.forms}
    return next(
        (one for one in known() if one.written and miss.kind in one.kinds and about.issuperset(one.where)), None
    )
