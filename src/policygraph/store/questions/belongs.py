"""What a body is in or part of, and what is in it: ``policygraph ask belongs 各县(市)区政府``.

桦南县人民政府 is a member of the collective 各县(市)区政府 of 佳木斯市, a sub-bureau part of its bureau, and the office
of a leading group is hosted by a department. ``notices`` says how many notices say so, ``first_notice`` the first.
"""

from __future__ import annotations

from policygraph.store.questions.question import Parameter, Question

QUESTION = Question(
    name="belongs",
    summary="the collectives and bodies that a body is in, and what is in it",
    example='policygraph ask belongs "各县(市)区政府"',
    parameters=(Parameter("organisation", "organisation", "the body, by any of its names", required=True),),
    sql="""
WITH asked(id) AS (
    SELECT value FROM json_each(:organisation)
), ties AS (
    SELECT asked.id, CASE e.relation WHEN 'MEMBER_OF' THEN 'member of' WHEN 'WITHIN' THEN 'part of'
                     ELSE 'hosted by' END AS tie,
           o.canonical AS other, json_extract(e.properties, '$.basis') AS basis, e.notice
    FROM asked CROSS JOIN judged j ON j.canonical = asked.id CROSS JOIN edges e ON e.source = j.id
         CROSS JOIN judged o ON o.id = e.target WHERE e.relation IN ('MEMBER_OF', 'WITHIN', 'HOSTED_BY')
    UNION ALL
    SELECT asked.id, CASE e.relation WHEN 'MEMBER_OF' THEN 'has member' WHEN 'WITHIN' THEN 'has part'
                     ELSE 'hosts' END,
           o.canonical, json_extract(e.properties, '$.basis'), e.notice
    FROM asked CROSS JOIN judged j ON j.canonical = asked.id
         CROSS JOIN edges e ON e.target = j.id AND e.relation IN ('MEMBER_OF', 'WITHIN', 'HOSTED_BY')
         CROSS JOIN judged o ON o.id = e.source
)
SELECT o.organisation, t.tie, p.organisation AS other, t.basis, count(DISTINCT t.notice) AS notices,
       min(t.notice) AS first_notice, o.organisation_id, p.organisation_id AS other_id
FROM ties t CROSS JOIN bodies o ON o.organisation_id = t.id CROSS JOIN bodies p ON p.organisation_id = t.other
GROUP BY t.id, t.tie, t.other, t.basis
ORDER BY o.organisation_id, t.tie, other_id, coalesce(t.basis, '')
""",
    cypher="""
MATCH (o:Organisation) WHERE o.id IN $organisation
MATCH (m:Organisation {canonical: o.id})-[e:MEMBER_OF|WITHIN|HOSTED_BY]-(r:Organisation)
MATCH (p:Organisation {id: r.canonical})
WITH o, p, e, CASE type(e) WHEN 'MEMBER_OF' THEN CASE WHEN startNode(e) = m THEN 'member of' ELSE 'has member' END
                           WHEN 'WITHIN' THEN CASE WHEN startNode(e) = m THEN 'part of' ELSE 'has part' END
                           ELSE CASE WHEN startNode(e) = m THEN 'hosted by' ELSE 'hosts' END END AS tie
RETURN o.name AS organisation, tie, p.name AS other, e.basis AS basis, count(DISTINCT e.notice) AS notices,
       min(e.notice) AS first_notice, o.id AS organisation_id, p.id AS other_id
ORDER BY organisation_id, tie, other_id, coalesce(basis, '')
""",
)
