"""Marks: characters of a notice with what they were found to say, from a parsed notice or from a store.

``市水务局`` in ``(市水务局牵头)`` is marked twice, as a duty (``lead``) and as an organisation (``body``). A duty that
a default rule gives has no characters in its task and no mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast, get_args

from policygraph.store.questions.doers import DUTIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygraph.models import Duty, Notice, Target, Time
    from policygraph.store.contract import Row, Store

Group = Literal["duties", "targets", "times", "organisations"]
GROUPS: tuple[Group, ...] = get_args(Group)
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of a text, offsets in it; ``label`` is what kind of its group they are, ``details`` all that is known.

    Labels: the role of a duty, ``target``, the kind of a time (``by``, ``every``), the sort of an organisation
    (``body``, ``collective``, ``unknown``). ``details`` are plain values, ``None`` where the text does not say.
    """

    group: Group
    start: int
    end: int
    label: str
    details: dict[str, Any]


_TARGET = ("task", "indicator", "comparator", "value", "value_max", "unit", "change", "baseline", "due", "due_from")
_TIME = ("task", "kind", "since", "until", "every", "days")
_DUTY = ("task", "role", "basis", "name", "surface", "organisation")
_INHERITED = "inherited"


def of_notice(notice: Notice) -> list[Mark]:
    """Return the marks of a parsed notice, group by group, each in the order of the text."""
    sorts = {mention.name: mention.sort for mention in notice.organisations}
    duties = [_of_duty(one) | {"sort": sorts.get(one.name, UNKNOWN)} for one in notice.duties]
    return list(_marks(duties, map(_of_target, notice.targets), map(_of_time, notice.times)))


def of_store(store: Store, notice: str) -> list[Mark]:
    """Return the marks of a stored notice; a duty whose name can mean several bodies is not among them."""
    given: dict[str, object] = {"notice": notice}
    duties, targets, times = (cast("list[dict[str, Any]]", store.run(query, given)) for query in _QUERIES)
    return list(_marks(duties, targets, times))


def _marks(duties: Iterable[Row], targets: Iterable[Row], times: Iterable[Row]) -> Iterator[Mark]:
    named = [one for one in duties if one["basis"] != _INHERITED and one["start"] is not None]
    yield from _sorted(_mark("duties", one, str(one["role"]), _DUTY) for one in named)
    yield from _sorted(_mark("targets", one, "target", _TARGET) for one in targets)
    yield from _sorted(_mark("times", one, str(one["kind"]), _TIME) for one in times)
    bodies = {(one["start"], one["end"], one["organisation"]): one for one in named}
    yield from _sorted(
        _mark("organisations", one, str(one["sort"]), ("organisation", "name", "surface")) for one in bodies.values()
    )


def _mark(group: Group, row: Row, label: str, names: tuple[str, ...]) -> Mark:
    start, end = cast("int", row["start"]), cast("int", row["end"])
    return Mark(group, start, end, label, {name: row[name] for name in names})


def _sorted(marks: Iterable[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: (mark.start, mark.end, mark.label, str(mark.details)))


def _of_duty(duty: Duty) -> Row:
    start, end = duty.span or (None, None)
    return {name: getattr(duty, name) for name in _DUTY} | {"start": start, "end": end}


def _of_target(target: Target) -> Row:
    return {name: getattr(target, name) for name in _TARGET} | {"start": target.span[0], "end": target.span[1]}


def _of_time(time: Time) -> Row:
    told = {"task": time.task, "kind": time.kind, "since": time.start, "until": time.end}
    return told | {"every": time.every, "days": time.days, "start": time.span[0], "end": time.span[1]}


class _Query(NamedTuple):
    sql: str
    cypher: str


def _findings(label: str, relation: str, names: tuple[str, ...]) -> _Query:
    """Return the query for the findings of a label, each with its task, ``None`` where it is of the whole notice."""
    columns = ", ".join(f"json_extract(n.properties, '$.{name}') AS {name}" for name in names)
    properties = ", ".join(f"n.{name} AS {name}" for name in names)
    return _Query(
        sql=f"""
SELECT CASE WHEN e.source = n.notice THEN NULL ELSE e.source END AS task, {columns},
       json_extract(n.properties, '$.start') AS start, json_extract(n.properties, '$.end') AS "end"
FROM nodes n CROSS JOIN edges e ON e.target = n.id AND e.relation = '{relation}'
WHERE n.notice = :notice AND n.label = '{label}' ORDER BY start, n.id
""",  # noqa: S608 - names of the schema
        cypher=f"""
MATCH (n:{label} {{notice: $notice}})<-[:{relation}]-(t)
RETURN CASE WHEN t.id = n.notice THEN null ELSE t.id END AS task, {properties}, n.start AS start, n.end AS end
ORDER BY start, n.id
""",
    )


_DUTIES = _Query(
    sql="""
SELECT d.task, d.role, d.basis, d.organisation_id AS organisation, json_extract(e.properties, '$.name') AS name,
       d.surface, d.start, d."end", o.sort
FROM nodes t CROSS JOIN edges e ON e.target = t.id CROSS JOIN duties d ON d.task = t.id AND d.place = e.key
     CROSS JOIN bodies o ON o.organisation_id = d.organisation_id
WHERE t.notice = :notice AND t.label = 'Task' AND e.relation IN
      ('LEADS', 'SUPPORTS', 'RESPONSIBLE_FOR', 'IMPLEMENTS', 'SUPERVISES')
ORDER BY d.place
""",
    cypher=f"""
MATCH (t:Task {{notice: $notice}})<-[d:{DUTIES}]-(own:Organisation)
MATCH (o:Organisation {{id: own.canonical}})
RETURN t.id AS task, d.role AS role, d.basis AS basis, o.id AS organisation, d.name AS name, d.surface AS surface,
       d.start AS start, d.end AS end, o.sort AS sort
ORDER BY d.key
""",
)
_QUERIES = (_DUTIES, _findings("Target", "HAS_TARGET", _TARGET[1:]), _findings("Time", "DUE", _TIME[1:]))
