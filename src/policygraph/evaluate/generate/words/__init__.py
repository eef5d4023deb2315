"""The generator's own words: places, departments and topics, as realistic phrases with what they mean.

They are not those of ``policygraph.data``, so that what the extractor knows is not what it is tested with.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Return a word file as TOML values: ``places``, ``departments``, ``topics/water``."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))
