"""Floors: the least F1 of each kind on one gold, with the hash of that gold, so that none falls silently.

A floors file is TOML: ``gold``, the SHA-256 over the gold files it was measured on, a table ``[total]`` of kinds
with their least F1, and ``each``, the least F1 of a kind with ten items or more on any one notice. Gold that was
changed must be measured again, and the file written anew where a reviewer sees the numbers.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import GoldError
from policygraph.evaluate.match import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.evaluate.report import Report

_MANY = 10


@dataclass(frozen=True, slots=True)
class Floors:
    """The least F1 by kind in total, and of kinds with many items on each notice."""

    total: dict[str, float]
    each: float

    def broken(self, report: Report) -> Iterator[str]:
        """Yield a line for each floor that a report does not hold."""
        for kind, floor in self.total.items():
            score = report.total(kind)
            if score.f1 < floor:
                yield f"{kind} {score.f1:.3f} < {floor}"
        for notice in report.notices:
            for kind, tally in notice.tallies.items():
                items = tally.right + len(tally.missed)
                f1 = 2 * tally.right / max(1, 2 * tally.right + len(tally.spurious) + len(tally.missed))
                if items >= _MANY and f1 < self.each:
                    yield f"{notice.id} {kind} {f1:.3f} < {self.each}"


def read(path: Path, gold: Path) -> Floors:
    """Read a floors file for the gold in a folder.

    Raises:
        GoldError: it is no floors file, or was measured on other gold.

    """
    try:
        value = tomllib.loads(path.read_text("utf-8"))
        floors = Floors({kind: float(floor) for kind, floor in value["total"].items()}, float(value.get("each", 0)))
        measured_on = value["gold"]
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise GoldError(str(path), f"no floors file: {error}", "see gold/floors.toml") from None
    if unknown := sorted(floors.total.keys() - set(KINDS)):
        raise GoldError(str(path), f"no such kind: {', '.join(unknown)}", f"known: {', '.join(KINDS)}")
    if measured_on != (now := fingerprint(gold)):
        raise GoldError(str(path), f"measured on other gold than {gold}", f'measure again, then write gold = "{now}"')
    return floors


def fingerprint(gold: Path) -> str:
    """Return the SHA-256 over the names and bytes of the gold files in a folder."""
    digest = sha256()
    for path in sorted(gold.glob("*.json")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
