"""A body as those who judge it need to see it: 佳木斯市城投公司, each name written and the rule that resolved it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A name as a notice writes it, the rule by which it was resolved, and when the notice was issued."""

    name: str
    notice: str
    rule: str
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A body, as judged so far, with all that a judgement on it may need.

    ``ids`` are those that were judged to be one, ``id`` the best of them. ``shorts`` are the short names that notices
    define for it, ``tied`` the bodies that it is part of, hosted by or a member of, and those it is so to; ``tasks``
    are the tasks in which it has a duty.
    """

    id: str
    ids: tuple[str, ...]
    name: str
    place: str | None
    jurisdiction: str | None
    kind: str | None
    sort: str
    written: tuple[Wording, ...] = ()
    shorts: tuple[Wording, ...] = ()
    tied: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
