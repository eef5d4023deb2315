"""The JSON that ``policygraph parse`` writes, ``policygraph/1``, as a published schema.

One object is one notice. :func:`record` turns a notice into plain JSON values, :func:`check` validates such a
value, :func:`encode` does both and writes it, :func:`schema` publishes the contract as JSON Schema 2020-12. Fields may
be added within ``policygraph/1``; none is renamed or removed.

``text`` is the published text up to a copy of the notice that ends the page, if it ends with one: the text of
佳政办发〔2018〕17号 stands in it once, though the page prints it twice. Offsets are those of the published text
all the same; only the span of such a repeat lies behind the end of ``text``, and ``of`` shows its words.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Struct
from pydantic import Field, TypeAdapter, with_config
from typing_extensions import TypedDict

from policygraph.models import Basis, Change, Comparator, DueFrom, Grade, Notice, Role, Stage, TimeKind

SCHEMA = "policygraph/1"

Offset = Annotated[int, Field(ge=0)]
Span = Annotated[tuple[Offset, Offset], Field(description="half-open pair of code-point offsets into `text`")]
Date = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Decimal = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$")]
Duration = Annotated[str, Field(pattern=r"^P\d+[YMWD]$")]

_DUE_FROM = "where `due` stands: in words, in the deadline of its row, or nowhere (the end of the plan year)"


@with_config(extra="forbid")
class Source(TypedDict):
    """Where the text comes from."""

    path: str
    sha256: str
    media_type: str


@with_config(extra="forbid")
class Elements(TypedDict):
    """What the notice says of itself, and what its page adds."""

    title: str | None
    document_number: str | None
    issuers: list[str]
    recipients: list[str]
    issued_on: Annotated[Date | None, Field(description="成文日期, the date of the signature")]
    published_on: Annotated[Date | None, Field(description="发布日期, the date of the page")]
    origin: Annotated[str | None, Field(description="来源, the page's source line")]
    plan_year: int | None
    jurisdiction: str | None
    attachments: list[str]
    listed_number: Annotated[
        str | None, Field(description="发文字号 in the page's metadata, where the text states none")
    ]


@with_config(extra="forbid")
class Clause(TypedDict):
    """A node of the outline, up to the next heading; the preamble has path "" and no label."""

    id: str
    path: str
    label: str | None
    level: int
    title: str | None
    span: Span


@with_config(extra="forbid")
class Task(TypedDict):
    """A piece of text with its own responsibility."""

    id: str
    clause: str
    span: Span
    strength: Annotated[Grade | None, Field(description="the firmest strength that its words show")]
    strength_word: str | None


@with_config(extra="forbid")
class Statement(TypedDict):
    """The words that assign, and the text they govern."""

    id: str
    span: Span
    scope: Span
    tasks: list[str]


@with_config(extra="forbid")
class Duty(TypedDict):
    """One organisation's role in one task."""

    task: str
    statement: str
    organisation: str | None
    name: str
    surface: str
    role: Role
    basis: Basis
    span: Span | None


@with_config(extra="forbid")
class Rule(TypedDict):
    """A default said once and inherited by later statements."""

    span: Span
    effect: Literal["add", "first_is_lead"]
    name: str | None
    role: Role | None


@with_config(extra="forbid")
class Qualitative(TypedDict):
    """A commitment without a number."""

    task: str | None
    words: str
    span: Span


@with_config(extra="forbid")
class Target(TypedDict):
    """A committed number; `value` is a decimal in the unit as written."""

    task: str | None
    indicator: str
    comparator: Comparator
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    change: Change | None
    baseline: str | None
    due: Date | None
    due_from: Annotated[DueFrom | None, Field(description=_DUE_FROM)]
    strength: Grade | None
    strength_word: Annotated[str | None, Field(description="the word that shows the strength (确保, 力争)")]
    base_value: Annotated[Decimal | None, Field(description="`value` in `base_unit`, exact")]
    base_unit: str | None
    span: Span


@with_config(extra="forbid")
class Time(TypedDict):
    """A calendar expression; `every` is an ISO-8601 duration."""

    task: str | None
    kind: TimeKind
    start: Date | None
    end: Date | None
    every: Duration | None
    days: int | None
    span: Span


@with_config(extra="forbid")
class Citation(TypedDict):
    """A cited document."""

    title: str | None
    document_number: str | None
    span: Span


@with_config(extra="forbid")
class Alias(TypedDict):
    """A short name the notice defines."""

    name: str
    short: str
    host: str | None
    span: Span


@with_config(extra="forbid")
class Mention(TypedDict):
    """A name of a body, and which body it means in this notice."""

    name: str
    organisation: Annotated[
        str | None, Field(description="the id, place code and kind or full name; null: see `candidates`")
    ]
    sort: Literal["body", "collective", "unknown"]
    full: str
    place: str | None
    kind: str | None
    form: Literal["full", "statutory", "colloquial"] | None
    rule: Annotated[str, Field(description="why the name means this body")]
    candidates: list[str]
    within: str | None
    members: list[str]


@with_config(extra="forbid")
class Repeat(TypedDict):
    """A second copy of text that already stands at `of`."""

    span: Span
    of: Span


@with_config(extra="forbid")
class Issue(TypedDict):
    """A doubt, with its place."""

    stage: Stage
    reason: str
    span: Span | None


@with_config(extra="forbid")
class Record(TypedDict):
    """One notice as `policygraph parse --format json` writes it."""

    schema: Literal["policygraph/1"]
    id: str
    source: Source
    text: Annotated[str, Field(description="the text as published, without a copy of the notice that ends the page")]
    notice: Elements
    clauses: list[Clause]
    tasks: list[Task]
    statements: list[Statement]
    duties: list[Duty]
    rules: list[Rule]
    qualitative: list[Qualitative]
    targets: list[Target]
    times: list[Time]
    citations: list[Citation]
    aliases: list[Alias]
    organisations: list[Mention]
    repeats: list[Repeat]
    issues: list[Issue]


def _spread(value: dict[str, Any]) -> None:
    """Put a strength's grade and word in the place of the strength."""
    meant = value["strength"] or {"grade": None, "word": None}
    value["strength"], value["strength_word"] = meant["grade"], meant["word"]


def record(notice: Notice) -> dict[str, Any]:
    """Return the JSON value of a notice, keys in the order of the contract."""
    page = notice.page
    parts: dict[str, list[Struct]] = {
        "clauses": [*notice.clauses],
        "tasks": [*notice.tasks],
        "statements": [*notice.statements],
        "duties": [*notice.duties],
        "rules": [*notice.rules],
        "qualitative": [*notice.qualitative],
        "targets": [*notice.targets],
        "times": [*notice.times],
        "citations": [*notice.citations],
        "aliases": [*notice.aliases],
        "organisations": [*notice.organisations],
        "repeats": [*notice.repeats],
        "issues": [*page.issues, *notice.issues],
    }
    plain: dict[str, list[dict[str, Any]]] = msgspec.to_builtins(parts)
    for value in (*plain["tasks"], *plain["targets"]):
        _spread(value)
    return {
        "schema": SCHEMA,
        "id": notice.id,
        "source": {"path": page.source, "sha256": page.sha256, "media_type": page.media_type},
        "text": page.text[: _last_copy(notice)],
        "notice": msgspec.to_builtins(notice.elements),
        **plain,
    }


def _last_copy(notice: Notice) -> int:
    """Return where the copy that ends the page begins, or the length of the page."""
    end = len(notice.page.text)
    for repeat in reversed(notice.repeats):
        if notice.page.text[repeat.span[1] : end].strip():
            break
        end = repeat.span[0]
    return end


@cache
def _adapter() -> TypeAdapter[Record]:
    return TypeAdapter(Record)


def check(value: dict[str, Any]) -> None:
    """Validate one record.

    Raises:
        pydantic.ValidationError: a field is missing, unknown or not of its type.

    """
    _adapter().validate_python(value)


def encode(notice: Notice, *, indent: int = 0) -> bytes:
    """Return a notice as JSON in UTF-8, checked against the contract; on one line unless it is indented."""
    value = record(notice)
    check(value)
    encoded = msgspec.json.encode(value)
    return msgspec.json.format(encoded, indent=indent) if indent else encoded


def schema() -> dict[str, Any]:
    """Return the contract as JSON Schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        **_adapter().json_schema(by_alias=True),
    }
