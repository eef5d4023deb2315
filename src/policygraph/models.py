"""The frozen values that pass between the stages.

A span is a half-open pair of code-point offsets into :attr:`Page.text`, the text as published. Dates are ISO
strings (``2018-07-19``), as precise as the text allows; ``None`` is "the text does not say". Numbers are
decimal strings as written (``47.38``), never floats.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

Span = tuple[int, int]
Role = Literal["lead", "support", "responsible", "implement", "supervise"]
Basis = Literal["stated", "positional", "inherited", "prose"]
TimeKind = Literal["by", "on", "during", "from", "every", "within", "ongoing", "vague", "valid"]
Comparator = Literal[">=", ">", "<=", "<", "=", "~"]
Change = Literal["increase", "decrease"]
Grade = Literal["binding", "aspired", "encouraged"]
DueFrom = Literal["words", "row", "plan year"]
Stage = Literal["read", "segment", "extract", "resolve"]


class Issue(Struct, frozen=True):
    """Something that could not be read or is seen to be readable two ways; reported with its place."""

    stage: Stage
    reason: str
    span: Span | None = None


class Cell(Struct, frozen=True):
    """A cell of a table at its first row and column, counted from 0; a merged cell covers ``rows`` × ``columns``."""

    span: Span
    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Table(Struct, frozen=True):
    """A table of a page; its cells stand in the order of the text, row by row."""

    span: Span
    cells: tuple[Cell, ...]


class Dropped(Struct, frozen=True):
    """What a reader left out of the text, and why (a breadcrumb, a page number)."""

    reason: str
    words: str


class Page(Struct, frozen=True):
    """One source as it was published, decoded and nothing else.

    Paragraphs and table rows are joined by ``\\n``, the cells of a row by ``\\t``, the paragraphs of a cell by
    ``\\n``; ``sha256`` is of the bytes. Every span anywhere counts code points of :attr:`text`. ``metadata`` is what
    the source says of the notice outside its text (成文日期, 文号), by the label it uses.
    """

    source: str
    media_type: str
    sha256: str
    text: str
    issues: tuple[Issue, ...] = ()
    tables: tuple[Table, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()


class Clause(Struct, frozen=True):
    """A node of the numbered outline, up to the next heading; the preamble has an empty path and no label."""

    id: str
    path: str
    label: str | None
    level: int
    title: str | None
    span: Span


class Strength(Struct, frozen=True):
    """How strongly something is meant, and the word that shows it (确保, 力争, 鼓励)."""

    grade: Grade
    word: str


class Task(Struct, frozen=True):
    """The smallest piece of text with its own responsibility; its strength is the firmest its words show."""

    id: str
    clause: str
    span: Span
    strength: Strength | None = None


class Statement(Struct, frozen=True):
    """The words that assign a task, such as ``(市水务局牵头,市农委配合)``, and the text they govern."""

    id: str
    span: Span
    scope: Span
    tasks: tuple[str, ...]


class Duty(Struct, frozen=True):
    """One organisation's role in one task.

    ``surface`` is the name as written (城乡建设局), ``name`` has its level prefix restored (市城乡建设局), and
    ``organisation`` is the id of the body or collective (``230800:housing_urban_rural``), ``None`` where the name can
    mean several bodies; the notice's :class:`Mention` of the name says why. ``statement`` is the one that assigns the
    task, also when the duty is inherited; ``span`` shows the name, or the default rule of an inherited duty.
    """

    task: str
    statement: str
    organisation: str | None
    name: str
    surface: str
    role: Role
    basis: Basis
    span: Span | None


class Mention(Struct, frozen=True):
    """A name of a body in a notice, and which body it means there.

    ``organisation`` is its id (``230800:water_affairs``, or place and full name) and ``None`` where ``candidates`` are
    several. ``full`` is the name with its place's (佳木斯市水务局), ``form`` how it is written, ``rule`` why it means
    that body. ``within`` is the body that it is part of or a second name of; ``members`` are those of a collective.
    """

    name: str
    organisation: str | None
    sort: Literal["body", "collective", "unknown"]
    full: str
    place: str | None = None
    kind: str | None = None
    form: Literal["full", "statutory", "colloquial"] | None = None
    rule: str = ""
    candidates: tuple[str, ...] = ()
    within: str | None = None
    members: tuple[str, ...] = ()


class Rule(Struct, frozen=True):
    """A default said once, such as 以下均需各县(市)区政府落实, that holds for later statements."""

    span: Span
    effect: Literal["add", "first_is_lead"]
    name: str | None = None
    role: Role | None = None


class Target(Struct, frozen=True):
    """A number that somebody is committed to reach, keep, make or not exceed.

    ``value`` is in ``unit``, both as written (3.08 万亩); ``base_value`` is the same in ``base_unit`` (30800 亩).
    ``due_from`` is where ``due`` stands: in words before or after the target, in the deadline of its row of a table, or
    nowhere, the year of the plan being taken.
    """

    task: str | None
    indicator: str
    comparator: Comparator
    value: str
    value_max: str | None
    unit: str | None
    change: Change | None
    baseline: str | None
    due: str | None
    strength: Strength | None
    span: Span
    base_value: str | None = None
    base_unit: str | None = None
    due_from: DueFrom | None = None


class Qualitative(Struct, frozen=True):
    """A commitment to a whole or a state that has no number, such as 基本实现地下水采补平衡."""

    task: str | None
    words: str
    span: Span


class Time(Struct, frozen=True):
    """An expression that binds an action to the calendar; ``every`` is an ISO-8601 duration (``P3M``).

    A cell of deadlines merged over several rows of a table holds a time of each row's task, at the same ``span``.
    """

    task: str | None
    kind: TimeKind
    start: str | None
    end: str | None
    every: str | None
    days: int | None
    span: Span


class Citation(Struct, frozen=True):
    """A cited notice, plan, law or standard."""

    title: str | None
    document_number: str | None
    span: Span


class Alias(Struct, frozen=True):
    """A short name the notice defines for a body, and the body that hosts it (简称“市水污防办”,设在市环境保护局)."""

    name: str
    short: str
    host: str | None
    span: Span


class Repeat(Struct, frozen=True):
    """A second copy of text that already stands at ``of``; nothing is extracted from it."""

    span: Span
    of: Span


class Elements(Struct, frozen=True):
    """What a notice says of itself (the elements of GB/T 9704-2012) and what its page adds.

    ``issued_on`` is the signature date (成文日期), ``published_on`` the web date (发布日期), ``origin`` the
    page's source line (来源). Where the text is silent these three come from :attr:`Page.metadata`, and lead back to
    a label there, not to characters. ``listed_number`` is the document number the metadata lists for a text that
    states none; ``document_number`` is always the text's own.
    """

    title: str | None = None
    document_number: str | None = None
    issuers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    issued_on: str | None = None
    published_on: str | None = None
    origin: str | None = None
    plan_year: int | None = None
    jurisdiction: str | None = None
    attachments: tuple[str, ...] = ()
    listed_number: str | None = None


class Notice(Struct, frozen=True):
    """One official notice with everything that was found in it, in the order of the text."""

    id: str
    page: Page
    elements: Elements
    clauses: tuple[Clause, ...] = ()
    tasks: tuple[Task, ...] = ()
    statements: tuple[Statement, ...] = ()
    duties: tuple[Duty, ...] = ()
    rules: tuple[Rule, ...] = ()
    qualitative: tuple[Qualitative, ...] = ()
    targets: tuple[Target, ...] = ()
    times: tuple[Time, ...] = ()
    citations: tuple[Citation, ...] = ()
    aliases: tuple[Alias, ...] = ()
    organisations: tuple[Mention, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    issues: tuple[Issue, ...] = field(default=())
