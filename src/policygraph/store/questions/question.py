"""What a question is: a name, its SQL and its Cypher, and the parameters that both take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "organisation", "date", "year", "text", "task", "notice", "place", "issuer", "citing", "document", "choice", "flag"
]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question; an optional one that is not given is NULL in both languages, a flag that is 1."""

    name: str
    kind: Kind
    description: str
    required: bool = False
    choices: tuple[str, ...] = ()


FACTS = (
    Parameter("notice", "notice", "only from this notice, by its id or an end that no other shares"),
    Parameter("place", "place", "only from notices of this place and of places in it, by name or code"),
    Parameter("issuer", "issuer", "only from notices that this body issued"),
)
"""What chooses notices; all three are bound as one list of ids, ``notice``."""
EXPAND = Parameter("expand", "flag", "count the duties of collectives for their members too, each such row marked")
WITH_PREDECESSORS = Parameter(
    "with_predecessors", "flag", "also tasks of the bodies that it followed, under their names"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A named question.

    An organisation parameter is bound to a JSON list of ids in SQL and to a list in Cypher. Rows have one order,
    and those that concern a task carry its id, its notice and the span that shows it.
    """

    name: str
    summary: str
    example: str
    parameters: tuple[Parameter, ...]
    sql: str
    cypher: str
