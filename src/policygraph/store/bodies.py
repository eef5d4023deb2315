"""The bodies of a store as those who judge them need to see them, and an example of each in its notice."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from policygraph.judge.bodies import Body, Wording
from policygraph.store.lookup import Query

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygraph.store.contract import Row
    from policygraph.store.lookup import Bilingual

    Run = Callable[[Bilingual, dict[str, object]], list[Row]]

_AROUND_CHARS = 20
_DUTIES = "LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES"
_NODES = Query(
    sql="""
SELECT j.canonical AS body, n.id, json_extract(n.properties, '$.name') AS name,
       json_extract(n.properties, '$.place') AS place, json_extract(n.properties, '$.jurisdiction') AS jurisdiction,
       json_extract(n.properties, '$.kind') AS kind, json_extract(n.properties, '$.sort') AS sort
FROM judged j JOIN nodes n ON n.id = j.id
WHERE EXISTS (SELECT 1 FROM judged k JOIN edges e ON e.target = k.id AND e.relation = 'MENTIONS'
              WHERE k.canonical = j.canonical) ORDER BY n.id
""",
    cypher="""
MATCH (:Notice)-[:MENTIONS]->(m:Organisation)
WITH DISTINCT m.canonical AS body
MATCH (o:Organisation {canonical: body})
RETURN body, o.id AS id, o.name AS name, o.place AS place, o.jurisdiction AS jurisdiction, o.kind AS kind,
       o.sort AS sort ORDER BY id
""",
)
_WORDINGS = Query(
    sql="""
SELECT j.canonical AS body, e.relation, e.notice, coalesce(json_extract(e.properties, '$.short'),
       json_extract(e.properties, '$.name')) AS name, coalesce(json_extract(e.properties, '$.rule'), '') AS rule,
       json_extract(n.properties, '$.issued_on') AS issued
FROM edges e JOIN judged j ON j.id = e.target JOIN nodes n ON n.id = e.notice
WHERE e.relation IN ('MENTIONS', 'NAMES') ORDER BY name, e.notice, e.relation, e.target, e.key
""",
    cypher="""
MATCH (n:Notice)-[e:MENTIONS|NAMES]->(o:Organisation)
RETURN o.canonical AS body, type(e) AS relation, n.id AS notice, coalesce(e.short, e.name) AS name,
       coalesce(e.rule, '') AS rule, n.issued_on AS issued ORDER BY name, notice, relation, o.id, e.key
""",
)
_TIES = Query(
    sql="""
SELECT DISTINCT s.canonical AS one, t.canonical AS other
FROM edges e JOIN judged s ON s.id = e.source JOIN judged t ON t.id = e.target
WHERE e.relation IN ('WITHIN', 'MEMBER_OF', 'HOSTED_BY')
""",
    cypher="""
MATCH (s:Organisation)-[:WITHIN|MEMBER_OF|HOSTED_BY]->(t:Organisation)
RETURN DISTINCT s.canonical AS one, t.canonical AS other
""",
)
_TASKS = Query(
    sql="""
SELECT DISTINCT j.canonical AS body, e.target AS task FROM edges e JOIN judged j ON j.id = e.source
WHERE e.relation IN ('LEADS', 'SUPPORTS', 'RESPONSIBLE_FOR', 'IMPLEMENTS', 'SUPERVISES')
""",
    cypher=f"MATCH (o:Organisation)-[:{_DUTIES}]->(t:Task) RETURN DISTINCT o.canonical AS body, t.id AS task",
)
_EXAMPLE = Query(
    sql="""
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
FROM places p JOIN texts x ON x.notice = p.notice ORDER BY less_sure, p.notice, p.start, p."end" LIMIT 1
""",
    cypher=f"""
MATCH (b:Organisation {{id: $body}})
MATCH (o:Organisation {{canonical: b.canonical}})
CALL {{
  WITH o
  MATCH (o)-[d:{_DUTIES}]->(t:Task) WHERE d.basis <> 'inherited'
  RETURN t.notice AS notice, d.start AS start, d.end AS end, CASE d.basis WHEN 'prose' THEN 1 ELSE 0 END AS less_sure
  UNION ALL
  WITH o
  MATCH (n:Notice)-[m:MENTIONS]->(o) WHERE n.text CONTAINS m.name
  WITH n.id AS notice, size(split(n.text, m.name)[0]) AS start, size(m.name) AS chars
  RETURN notice, start, start + chars AS end, 2 AS less_sure
}}
WITH notice, start, end, less_sure ORDER BY less_sure, notice, start, end LIMIT 1
MATCH (n:Notice {{id: notice}})
WITH notice, start, end, n.text AS text, CASE WHEN start > $around THEN $around ELSE start END AS room
RETURN notice, start, end, substring(text, start - room, room) AS before,
       substring(text, start, end - start) AS words, substring(text, end, $around) AS after
""",
)


def bodies(run: Run) -> list[Body]:
    """Return the bodies that notices name, as judged so far, by id."""
    members: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in run(_NODES, {}):
        members[str(row["body"])][str(row["id"])] = row
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
