"""What networks are made of, asked of a store: who has which role in which task, and which notice cites which.

市水务局 leads 二/一/1:1 and 市农委 supports it: two rows of one task. The queries answer alike on every store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from policygraph.store.lookup import Query
from policygraph.store.questions.doers import DUTIES

if TYPE_CHECKING:
    from policygraph.store.contract import Store


_ROLES = Query(
    sql="""
SELECT d.task, t.notice, n.year, d.role, d.basis, d.organisation_id, o.organisation, o.place, o.jurisdiction, o.kind,
       o.sort
FROM nodes t CROSS JOIN dated n ON n.notice = t.notice CROSS JOIN duties d ON d.task = t.id
     CROSS JOIN bodies o ON o.organisation_id = d.organisation_id
WHERE t.label = 'Task' AND (:year IS NULL OR n.year = :year) AND (:notice IS NULL OR t.notice = :notice)
      AND (:roles IS NULL OR d.role IN (SELECT value FROM json_each(:roles)))
ORDER BY d.task, d.organisation_id, d.place
""",
    cypher=f"""
MATCH (m:Organisation)-[d:{DUTIES}]->(t:Task)
WHERE ($notice IS NULL OR t.notice = $notice) AND ($roles IS NULL OR d.role IN $roles)
MATCH (n:Notice {{id: t.notice}}) MATCH (o:Organisation {{id: m.canonical}})
WITH o, d, t, coalesce(n.plan_year, toInteger(substring(n.issued_on, 0, 4))) AS year
WHERE $year IS NULL OR year = $year
MATCH (b:Organisation {{id: o.canonical}})
RETURN t.id AS task, t.notice AS notice, year, d.role AS role, d.basis AS basis, b.id AS organisation_id,
       b.name AS organisation, b.place AS place, b.jurisdiction AS jurisdiction, b.kind AS kind, b.sort AS sort
ORDER BY task, organisation_id, d.key
""",
)
_CITATIONS = Query(
    sql="""
SELECT n.id AS notice, json_extract(n.properties, '$.title') AS title,
       json_extract(n.properties, '$.jurisdiction') AS jurisdiction, y.year, c.id AS cited, c.label AS cited_label,
       coalesce(json_extract(c.properties, '$.title'), json_extract(e.properties, '$.title')) AS cited_title,
       json_extract(e.properties, '$.start') AS start, json_extract(e.properties, '$.end') AS "end"
FROM nodes n CROSS JOIN dated y ON y.notice = n.id
     LEFT JOIN edges e ON e.source = n.id AND e.relation = 'CITES' LEFT JOIN nodes c ON c.id = e.target
WHERE n.label = 'Notice' AND (:year IS NULL OR y.year = :year) AND (:notice IS NULL OR n.id = :notice)
ORDER BY n.id, start, cited
""",
    cypher="""
MATCH (n:Notice) WHERE $notice IS NULL OR n.id = $notice
WITH n, coalesce(n.plan_year, toInteger(substring(n.issued_on, 0, 4))) AS year
WHERE $year IS NULL OR year = $year
OPTIONAL MATCH (n)-[e:CITES]->(c)
RETURN n.id AS notice, n.title AS title, n.jurisdiction AS jurisdiction, year, c.id AS cited,
       CASE WHEN c IS NULL THEN null WHEN c:Notice THEN 'Notice' ELSE 'Reference' END AS cited_label,
       coalesce(c.title, e.title) AS cited_title, e.start AS start, e.end AS end
ORDER BY notice, start, cited
""",
)


def roles(store: Store, *, year: int | None, roles: list[str] | None, notice: str | None) -> list[dict[str, Any]]:
    """Return a row for each role of a body in a task, by task and body; bodies as people judged them to be one."""
    given: dict[str, object] = {"year": year, "roles": roles, "notice": notice}
    return cast("list[dict[str, Any]]", store.run(_ROLES, given))


def citations(store: Store, *, year: int | None, notice: str | None) -> list[dict[str, Any]]:
    """Return a row for each place where a notice cites another, and one for each notice that cites none."""
    return cast("list[dict[str, Any]]", store.run(_CITATIONS, {"year": year, "notice": notice}))
