"""Which body followed which, when, and how sure that is, from ``central.toml`` and ``succession.toml``.

An id is a place's code and a kind's key: ``230800:environmental_protection`` is 佳木斯市环境保护局. What is known
of one place is an edge of its own; what is only the pattern of a reform (环境保护局 → 生态环境局, late 2018 to March
2019) holds for every place of its levels as ``probable``, until a source of that place says otherwise.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from policygraph.registry import central
from policygraph.registry.places import COUNTRY, place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygraph.registry.places import Grade

Change = Literal["renamed", "merged", "split", "duty moved"]


@dataclass(frozen=True, slots=True)
class Succession:
    """One body followed by another. ``on`` is a day, a month, a year or a span of them (``2018-10/2019-03``).

    ``duties`` says what moved where only a part did. ``grade`` is ``A`` (an official text), ``B`` (the press of the
    day), ``C`` (a secondary page, or an official text known by name and not read) or ``probable`` (a pattern, nothing
    local).
    """

    predecessor: str
    successor: str
    on: str
    kind: Change
    grade: Grade
    source: str
    duties: str | None = None
    note: str | None = None

    @property
    def confirmed(self) -> bool:
        """Tell whether an official text or the press of the day says so."""
        return self.grade in ("A", "B")


@dataclass(frozen=True, slots=True)
class Attestation:
    """A kind of body that one place is known to have under a name on a date: 杭州市林业水利局 in April 2019."""

    place: str
    kind: str
    name: str
    on: str
    grade: Grade
    source: str


def attested(code: str) -> tuple[Attestation, ...]:
    """Return the bodies that a place is known to have had, by kind."""
    return _attested().get(code, ())


def successors(identifier: str) -> tuple[Succession, ...]:
    """Return what followed a body, by date and id.

    >>> [(one.successor, one.grade) for one in successors("230800:environmental_protection")]
    [('230800:ecology_environment', 'probable')]
    """
    return _edges(identifier, backwards=False)


def predecessors(identifier: str) -> tuple[Succession, ...]:
    """Return what a body followed, by date and id.

    >>> [one.predecessor for one in predecessors("CN:emergency_management") if one.kind == "renamed"]
    ['CN:work_safety']
    """
    return _edges(identifier, backwards=True)


def _edges(identifier: str, *, backwards: bool) -> tuple[Succession, ...]:
    code, _, key = identifier.partition(":")
    known = _known(backwards=backwards).get(identifier, ())
    where = place(code)
    said = {(one.predecessor, one.successor) for one in known}
    guessed = [] if where is None or code == COUNTRY else _guessed(code, key, where.level, backwards=backwards)
    found = [*known, *(one for one in guessed if (one.predecessor, one.successor) not in said)]
    return tuple(sorted(found, key=lambda one: (one.on, one.predecessor, one.successor)))


def _guessed(code: str, key: str, level: str, *, backwards: bool) -> list[Succession]:
    """Return the pattern's edges for one place; a change that the place is known to have made otherwise is left out."""
    decided = _decided()
    return [
        Succession(
            f"{code}:{entry['from']}", f"{code}:{entry['to']}", entry["on"], entry["kind"], entry["grade"],
            entry["source"], entry.get("duties"), entry.get("note"),
        )
        for entry in _patterns(backwards=backwards).get(key, ())
        if level in entry["levels"] and (entry["kind"] == "duty moved" or f"{code}:{entry['from']}" not in decided)
    ]  # fmt: skip


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("policygraph.data").joinpath("organisations/succession.toml").read_text("utf-8"))


@cache
def _attested() -> Mapping[str, tuple[Attestation, ...]]:
    found: dict[str, list[Attestation]] = defaultdict(list)
    for entry in _table()["attested"]:
        found[entry["place"]].append(Attestation(**entry))
    return {code: tuple(entries) for code, entries in found.items()}


@cache
def _known(*, backwards: bool) -> Mapping[str, tuple[Succession, ...]]:
    entries = [(COUNTRY, entry) for entry in central.table()["succession"]]
    entries += [(entry["place"], entry) for entry in _table()["local"]]
    found: dict[str, list[Succession]] = defaultdict(list)
    for code, entry in entries:
        one = Succession(
            f"{code}:{entry['from']}", f"{code}:{entry['to']}", entry["on"], entry["kind"], entry["grade"],
            entry["source"], entry.get("duties"), entry.get("note"),
        )  # fmt: skip
        found[one.successor if backwards else one.predecessor].append(one)
    return {identifier: tuple(edges) for identifier, edges in found.items()}


@cache
def _decided() -> frozenset[str]:
    """Return the bodies whose own place says what they became."""
    return frozenset(
        identifier
        for identifier, edges in _known(backwards=False).items()
        if any(e.kind != "duty moved" for e in edges)
    )


@cache
def _patterns(*, backwards: bool) -> Mapping[str, tuple[dict[str, Any], ...]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in _table()["pattern"]:
        found[entry["to" if backwards else "from"]].append(entry)
    return {key: tuple(entries) for key, entries in found.items()}
