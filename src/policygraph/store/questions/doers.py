"""Whose duties are asked for: the bodies themselves, on wish those that they followed and collectives they are in.

A duty that is not the asked body's own says in ``through`` why it is there. A predecessor's stands under its own name:
``renamed → 佳木斯市生态环境局 (2018-10/2019-03, probable)``; a collective's under the member's: ``member of
佳木斯市各县(市)区政府``. Parts of SQL and Cypher that several questions take.
"""

from __future__ import annotations

from typing import get_args

from policygraph.models import Role

DUTIES = "LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES"
"""The relations that state a role, as Cypher joins them."""

SCOPE = """scope(id) AS (
    SELECT d.task FROM json_each(:organisation) o CROSS JOIN duties d ON d.organisation_id = o.value
           CROSS JOIN nodes t ON t.id = d.task
    WHERE :notice IS NULL OR t.notice IN (SELECT value FROM json_each(:notice))
    UNION
    SELECT t.id FROM json_each(:notice) x CROSS JOIN nodes t ON t.notice = x.value
    WHERE +t.label IN ('Task', 'Notice') AND :organisation IS NULL
    UNION
    SELECT id FROM nodes WHERE label IN ('Task', 'Notice') AND :organisation IS NULL AND :notice IS NULL
)"""
"""``scope``: the tasks of the bodies asked for, else tasks and notices, all or those of some notices."""

SCOPE_CYPHER = f"""
CALL {{
  MATCH (m:Organisation) WHERE m.canonical IN $organisation
  MATCH (m)-[:{DUTIES}]->(s:Task) WHERE $notice IS NULL OR s.notice IN $notice
  RETURN s
  UNION
  MATCH (s:Task) WHERE $organisation IS NULL AND s.notice IN $notice RETURN s
  UNION
  MATCH (s:Notice) WHERE $organisation IS NULL AND s.id IN $notice RETURN s
  UNION
  MATCH (s:Task) WHERE $organisation IS NULL AND $notice IS NULL RETURN s
  UNION
  MATCH (s:Notice) WHERE $organisation IS NULL AND $notice IS NULL RETURN s
}}
"""
"""``s``: the same."""

LINE = """
WITH RECURSIVE asked(id) AS (
    SELECT value FROM json_each(:organisation)
), line(id) AS (
    SELECT id FROM asked
    UNION SELECT s.predecessor FROM line CROSS JOIN successions s ON s.successor = line.id
    WHERE :with_predecessors IS NOT NULL AND s.change <> 'duty moved'
), steps(id, step) AS (
    SELECT DISTINCT s.predecessor, s.change || ' → ' || q.organisation || ' (' || s."on" || ', ' || s.grade || ')'
    FROM line CROSS JOIN successions s ON s.predecessor = line.id CROSS JOIN bodies q ON q.organisation_id = s.successor
    WHERE line.id NOT IN (SELECT id FROM asked) AND s.successor IN (SELECT id FROM line) AND s.change <> 'duty moved'
), followed(id, through) AS (
    SELECT id, (SELECT group_concat(step, '; ') FROM (SELECT step FROM steps WHERE steps.id = line.id ORDER BY step))
    FROM line
), doers(id, organisation_id, organisation, through) AS (
    SELECT f.id, f.id, o.organisation, f.through FROM followed f CROSS JOIN bodies o ON o.organisation_id = f.id
    UNION
    SELECT m.collective, f.id, o.organisation, 'member of ' || c.organisation || coalesce('; ' || f.through, '')
    FROM followed f CROSS JOIN memberships m ON m.member = f.id CROSS JOIN bodies o ON o.organisation_id = f.id
         CROSS JOIN bodies c ON c.organisation_id = m.collective
    WHERE :expand IS NOT NULL
), own AS (
    SELECT w.organisation_id, w.organisation, w.through, d.task, d.role, d.basis, d.surface, d.start, d."end", d.place
    FROM doers w CROSS JOIN duties d ON d.organisation_id = w.id
)
"""
"""``own``: the duties of the bodies asked for, with ``through``; takes ``expand`` and ``with_predecessors``."""

_STEPS = 8
"""No chain of the registry is as long: a query in Cypher cannot go on until there is nothing new."""


def chain(start: str, *, back: bool) -> str:
    """Return the list of ids that successions lead to from a list, back or on; those judged one body count as one."""
    arrows = ("<-", "-") if back else ("-", "->")
    return f"""reduce(line = {start}, step IN range(1, {_STEPS}) | line + COLLECT {{
  MATCH (m:Organisation){arrows[0]}[s:SUCCEEDED_BY]{arrows[1]}(p:Organisation) USING INDEX m:Organisation(canonical)
  WHERE m.canonical IN line AND s.kind <> 'duty moved' AND NOT p.canonical IN line
  RETURN DISTINCT p.canonical }})"""


LINE_CYPHER = f"""
WITH CASE WHEN $with_predecessors IS NULL THEN $organisation
          ELSE {chain("$organisation", back=True)} END AS line
UNWIND line AS id
WITH DISTINCT id, line
MATCH (o:Organisation {{id: id}})
OPTIONAL MATCH (m:Organisation {{canonical: id}})-[s:SUCCEEDED_BY]->(r:Organisation)
WHERE NOT id IN $organisation AND r.canonical IN line AND s.kind <> 'duty moved'
OPTIONAL MATCH (q:Organisation {{id: r.canonical}})
WITH DISTINCT o, s.kind + ' → ' + q.name + ' (' + s.on + ', ' + s.grade + ')' AS step ORDER BY step
WITH o, collect(step) AS steps
WITH o, CASE WHEN size(steps) = 0 THEN null
             ELSE reduce(z = head(steps), y IN tail(steps) | z + '; ' + y) END AS followed
OPTIONAL MATCH (m:Organisation {{canonical: o.id}})-[:MEMBER_OF]->(c:Organisation) WHERE $expand IS NOT NULL
WITH o, followed, collect(DISTINCT c.canonical) AS collectives
UNWIND [null] + collectives AS id
OPTIONAL MATCH (c:Organisation {{id: id}})
WITH o, coalesce(id, o.id) AS acting,
     CASE WHEN c IS NULL THEN followed ELSE 'member of ' + c.name + coalesce('; ' + followed, '') END AS through
MATCH (doer:Organisation {{canonical: acting}})
"""
"""``o``, the body that a row names, ``doer``, a node whose duty it is, and ``through``."""

ACTING = """
WITH asked(id) AS (
    SELECT value FROM json_each(:organisation)
), acting(id) AS (
    SELECT id FROM asked
    UNION SELECT m.collective FROM asked CROSS JOIN memberships m ON m.member = asked.id WHERE :expand IS NOT NULL
    UNION SELECT d.organisation_id FROM json_each(:notice) x CROSS JOIN nodes t ON t.notice = x.value
          CROSS JOIN duties d ON d.task = t.id WHERE :organisation IS NULL AND +t.label = 'Task'
    UNION SELECT organisation_id FROM bodies WHERE :organisation IS NULL AND :notice IS NULL
), doers(id, organisation_id, organisation, through) AS (
    SELECT a.id, a.id, o.organisation, NULL FROM acting a CROSS JOIN bodies o ON o.organisation_id = a.id
    WHERE :organisation IS NULL OR a.id IN (SELECT id FROM asked)
    UNION
    SELECT a.id, m.member, o.organisation, 'member of ' || c.organisation
    FROM acting a CROSS JOIN memberships m ON m.collective = a.id CROSS JOIN bodies o ON o.organisation_id = m.member
         CROSS JOIN bodies c ON c.organisation_id = a.id
    WHERE :expand IS NOT NULL AND (:organisation IS NULL OR m.member IN (SELECT id FROM asked))
), counted AS (
    SELECT w.organisation_id, w.organisation, w.through, d.task, d.role, d.basis, n.year
    FROM doers w CROSS JOIN duties d ON d.organisation_id = w.id CROSS JOIN nodes t ON t.id = d.task
         CROSS JOIN dated n ON n.notice = t.notice
    WHERE :notice IS NULL OR t.notice IN (SELECT value FROM json_each(:notice))
)
"""
"""``counted``: duties with their year, of the bodies asked for or of all; takes ``notice`` and ``expand``."""

ACTING_CYPHER = f"""
CALL {{
  MATCH (m:Organisation) WHERE m.canonical IN $organisation
  OPTIONAL MATCH (m)-[:MEMBER_OF]->(c:Organisation) WHERE $expand IS NOT NULL
  WITH collect(m.canonical) + collect(c.canonical) AS bodies
  UNWIND bodies AS acting
  WITH DISTINCT acting
  MATCH (m:Organisation {{canonical: acting}})-[d:{DUTIES}]->(t:Task) WHERE $notice IS NULL OR t.notice IN $notice
  RETURN acting, d, t
  UNION ALL
  MATCH (m:Organisation)-[d:{DUTIES}]->(t:Task) WHERE $organisation IS NULL AND t.notice IN $notice
  RETURN m.canonical AS acting, d, t
  UNION ALL
  MATCH (m:Organisation)-[d:{DUTIES}]->(t:Task) WHERE $organisation IS NULL AND $notice IS NULL
  RETURN m.canonical AS acting, d, t
}}
MATCH (n:Notice {{id: t.notice}})
WITH acting, collect({{role: d.role, basis: d.basis, task: t.id,
                      year: coalesce(n.plan_year, toInteger(substring(n.issued_on, 0, 4)))}}) AS duties
MATCH (doer:Organisation {{id: acting}})
OPTIONAL MATCH (:Organisation {{canonical: acting}})<-[:MEMBER_OF]-(m:Organisation) WHERE $expand IS NOT NULL
WITH doer, duties, collect(DISTINCT m.canonical) AS members
UNWIND [null] + members AS id
OPTIONAL MATCH (member:Organisation {{id: id}})
WITH coalesce(member, doer) AS o, duties,
     CASE WHEN member IS NULL THEN null ELSE 'member of ' + doer.name END AS through
WHERE $organisation IS NULL OR o.id IN $organisation
UNWIND duties AS d
WITH o, d, d.task AS task, through, d.year AS year
"""
"""``o``, ``d`` with ``role`` and ``basis``, ``task``, ``through`` and ``year`` of each duty."""


def counts(role: str, task: str, *, quote: str = "") -> str:
    """Return a column for each role that counts the tasks in it; ``quote`` stands around names that a language keeps.

    >>> counts("d.role", "t.id").splitlines()[0]
    "count(DISTINCT CASE WHEN d.role = 'lead' THEN t.id END) AS lead,"
    """
    return ",\n       ".join(
        f"count(DISTINCT CASE WHEN {role} = '{one}' THEN {task} END) AS {quote}{one}{quote}" for one in get_args(Role)
    )
