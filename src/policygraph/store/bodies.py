"""The bodies of a SQLite store as those who judge them need to see them, and an example of each in its notice."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from policygraph.judge.bodies import Body, Wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygraph.store.contract import Row

    Run = Callable[[str, dict[str, object]], list[Row]]

_AROUND_CHARS = 20
_NODES = """
SELECT j.canonical AS body, n.id, n.properties FROM judged j JOIN nodes n ON n.id = j.id
WHERE EXISTS (SELECT 1 FROM judged k JOIN edges e ON e.target = k.id AND e.relation = 'MENTIONS'
              WHERE k.canonical = j.canonical) ORDER BY n.id
"""
_WORDINGS = """
SELECT j.canonical AS body, e.relation, e.notice, coalesce(json_extract(e.properties, '$.short'),
       json_extract(e.properties, '$.name')) AS name, coalesce(json_extract(e.properties, '$.rule'), '') AS rule,
       json_extract(n.properties, '$.issued_on') AS issued
FROM edges e JOIN judged j ON j.id = e.target JOIN nodes n ON n.id = e.notice
WHERE e.relation IN ('MENTIONS', 'NAMES') ORDER BY name, e.notice
"""
_TIES = """
SELECT DISTINCT s.canonical AS one, t.canonical AS other
FROM edges e JOIN judged s ON s.id = e.source JOIN judged t ON t.id = e.target
WHERE e.relation IN ('WITHIN', 'MEMBER_OF', 'HOSTED_BY')
"""
_TASKS = """
SELECT DISTINCT j.canonical AS body, e.target AS task FROM edges e JOIN judged j ON j.id = e.source
WHERE e.relation IN ('LEADS', 'SUPPORTS', 'RESPONSIBLE_FOR', 'IMPLEMENTS', 'SUPERVISES')
"""
_EXAMPLE = """
WITH own AS (SELECT id FROM judged WHERE canonical = (SELECT canonical FROM judged WHERE id = :body)), places AS (
    SELECT e.notice, json_extract(e.properties, '$.start') AS start, json_extract(e.properties, '$.end') AS "end",
           json_extract(e.properties, '$.basis') = 'prose' AS less_sure
    FROM edges e JOIN own ON own.id = e.source
    WHERE e.relation IN ('LEADS', 'SUPPORTS', 'RESPONSIBLE_FOR', 'IMPLEMENTS', 'SUPERVISES')
      AND json_extract(e.properties, '$.basis') != 'inherited'
    UNION ALL
    SELECT e.notice, instr(x.text, json_extract(e.properties, '$.name')) - 1,
           instr(x.text, json_extract(e.properties, '$.name')) - 1 + length(json_extract(e.properties, '$.name')), 2
    FROM edges e JOIN own ON own.id = e.target JOIN texts x ON x.notice = e.notice
    WHERE e.relation = 'MENTIONS' AND instr(x.text, json_extract(e.properties, '$.name')) > 0
)
SELECT p.notice, p.start, p."end", substr(x.text, max(1, p.start + 1 - :around), min(:around, p.start)) AS before,
       substr(x.text, p.start + 1, p."end" - p.start) AS words, substr(x.text, p."end" + 1, :around) AS after
FROM places p JOIN texts x ON x.notice = p.notice ORDER BY less_sure, p.notice, p.start LIMIT 1
"""


def bodies(run: Run) -> list[Body]:
    """Return the bodies that notices name, as judged so far, by id."""
    members: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in run(_NODES, {}):
        members[str(row["body"])][str(row["id"])] = json.loads(str(row["properties"]))
    wordings: dict[tuple[str, str], list[Wording]] = defaultdict(list)
    for row in run(_WORDINGS, {}):
        wording = Wording(
            str(row["name"]), str(row["notice"]), str(row["rule"]), str(row["issued"]) if row["issued"] else None
        )
        wordings[str(row["body"]), str(row["relation"])].append(wording)
    ties, tasks = defaultdict(set), defaultdict(set)
    for row in run(_TIES, {}):
        ties[str(row["one"])].add(str(row["other"]))
        ties[str(row["other"])].add(str(row["one"]))
    for row in run(_TASKS, {}):
        tasks[str(row["body"])].add(str(row["task"]))
    return [
        Body(
            id=body,
            ids=tuple(own),
            **{field: own[body][field] for field in ("name", "place", "jurisdiction", "kind", "sort")},  # type: ignore[arg-type]
            written=tuple(wordings[body, "MENTIONS"]),
            shorts=tuple(wordings[body, "NAMES"]),
            tied=frozenset(ties[body]),
            tasks=frozenset(tasks[body]),
        )
        for body, own in members.items()
    ]


def example(body: str, run: Run) -> Row | None:
    """Return characters that name a body, some ``before`` and ``after``, the notice and their place in its text."""
    rows = run(_EXAMPLE, {"body": body, "around": _AROUND_CHARS})
    return rows[0] if rows else None
