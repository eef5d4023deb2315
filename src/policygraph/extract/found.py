"""A time that was found, whichever finder found it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from policygraph.models import TimeKind


class FoundTime(Struct, frozen=True):
    """A time at ``start:end`` of the compact text; ``since`` and ``until`` are ISO dates."""

    start: int
    end: int
    kind: TimeKind
    since: str | None = None
    until: str | None = None
    every: str | None = None
    days: int | None = None
