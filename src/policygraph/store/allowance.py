"""How much an answer may take where strangers ask: so many seconds for all that is asked, so many rows for each.

A store that answers over the web is asked under an allowance; what goes beyond it is given up and told, and nothing
can be written meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from policygraph.errors import LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Sequence

TOO_LONG = "no answer in the time allowed"
NARROW = "ask for less: one notice, one year or one body"


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many ``seconds`` from now, and so many ``rows`` of each answer."""

    seconds: float
    rows: int
    until: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "until", monotonic() + self.seconds)

    @property
    def left(self) -> float:
        """The seconds that are left, 0 if none."""
        return max(0.0, self.until - monotonic())

    @property
    def spent(self) -> bool:
        """Whether the time is over."""
        return monotonic() >= self.until

    def check(self, store: str, rows: Sequence[object] = ()) -> None:
        """Do nothing if an answer stayed within it.

        Raises:
            LimitExceeded: it did not.

        """
        if len(rows) > self.rows:
            raise LimitExceeded(store, f"an answer of more than {self.rows} rows", NARROW)
        if self.spent:
            raise LimitExceeded(store, TOO_LONG, NARROW)
