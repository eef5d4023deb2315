"""The bodies of the graph: ``policygraph ask organisations --text 水务``.

With ``text`` those one of whose names holds it, a short name that a notice defines among them. A body with no task is
known by what it follows, is in, hosts or signs.
"""

from __future__ import annotations

from policygraph.store.questions.doers import DUTIES
from policygraph.store.questions.question import Parameter, Question

QUESTION = Question(
    name="organisations",
    summary="the bodies of the graph, those with most tasks first",
    example="policygraph ask organisations --text 水务",
    parameters=(Parameter("text", "text", "only bodies one of whose names holds this text"),),
    sql="""
SELECT b.organisation, b.local, b.jurisdiction, b.kind, b.sort,
       (SELECT count(DISTINCT task) FROM duties d WHERE d.organisation_id = b.organisation_id) AS tasks,
       b.place, b.organisation_id
FROM bodies b
WHERE :text IS NULL OR instr(b.organisation, :text) > 0
   OR EXISTS (SELECT 1 FROM judged j JOIN edges e ON e.target = j.id AND e.relation IN ('MENTIONS', 'NAMES')
              WHERE j.canonical = b.organisation_id AND instr(coalesce(json_extract(e.properties, '$.short'),
              json_extract(e.properties, '$.name')), :text) > 0)
ORDER BY tasks DESC, b.organisation_id
""",
    cypher=f"""
MATCH (o:Organisation) WHERE o.canonical = o.id AND ($text IS NULL OR o.name CONTAINS $text OR EXISTS {{
    MATCH (:Organisation {{canonical: o.id}})<-[m:MENTIONS|NAMES]-(:Notice)
    WHERE coalesce(m.short, m.name) CONTAINS $text }})
OPTIONAL MATCH (:Organisation {{canonical: o.id}})-[:{DUTIES}]->(t:Task)
RETURN o.name AS organisation, o.local AS local, o.jurisdiction AS jurisdiction, o.kind AS kind, o.sort AS sort,
       count(DISTINCT t) AS tasks, o.place AS place, o.id AS organisation_id
ORDER BY tasks DESC, organisation_id
""",
)
