"""The JSON that ``policygraph compare`` writes, ``policygraph-changes/1``, as a published schema.

``old`` and ``new`` are the ids of the notices, tasks are told by their ids, and spans count characters of the
published texts as in ``policygraph/1``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from policygraph.compare.values import Kind

if TYPE_CHECKING:
    from policygraph.compare.values import Comparison as Compared
    from policygraph.compare.values import Side as Shown

SCHEMA = "policygraph-changes/1"

Offset = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Side(_Part):
    """One side of a change: the task, the characters that show it, their words and their value."""

    task: str | None
    span: tuple[Offset, Offset] | None = Field(
        description="half-open pair of code-point offsets into the notice's text"
    )
    text: str
    value: str | None


class Change(_Part):
    """One difference; a side is null where the other notice has nothing to show for it."""

    kind: Kind
    old: Side | None
    new: Side | None
    why: str = Field(
        description="what the kind rests on; for `task reworded` the difference in words: [-gone-]{+come+}"
    )


class Pair(_Part):
    """Tasks that are one another's continuation; several on one side were merged or split."""

    old: list[str]
    new: list[str]
    similarity: Annotated[float, Field(ge=0, le=1)]


class Comparison(_Part):
    """Two notices compared."""

    # called so in JSON; pydantic has a method of that name
    schema_: Literal["policygraph-changes/1"] = Field(alias="schema")
    old: str = Field(description="id of the older notice")
    new: str = Field(description="id of the newer notice")
    pairs: list[Pair]
    changes: list[Change]


def record(found: Compared) -> dict[str, Any]:
    """Return a comparison as plain JSON values, checked against the contract."""
    plain = {
        "schema": SCHEMA,
        "old": found.old.id,
        "new": found.new.id,
        "pairs": [{"old": list(one.old), "new": list(one.new), "similarity": one.similarity} for one in found.pairs],
        "changes": [
            {"kind": one.kind, "old": _side(one.old), "new": _side(one.new), "why": one.why} for one in found.changes
        ],
    }
    Comparison.model_validate(plain)
    return plain


def schema() -> dict[str, Any]:
    """Return the contract as JSON Schema 2020-12."""
    found = Comparison.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **found}


def _side(side: Shown | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {"task": side.task, "span": list(side.span) if side.span else None, "text": side.text, "value": side.value}
