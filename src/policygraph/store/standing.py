"""Views of how bodies are named and stand to each other: 环境保护局 before 生态环境局, 桦南县政府 in 各县(市)区政府.

Several notices may contribute one fact, each by an edge of its own; who asks takes them together. The views are plain
selections, so that an index answers what joins them by an end. Bodies are what people judged to be one (``judged``).
"""

STANDING = """
CREATE TEMP VIEW bodies AS
    SELECT n.id AS organisation_id, json_extract(properties, '$.name') AS organisation,
           json_extract(properties, '$.local') AS local, json_extract(properties, '$.place') AS place,
           json_extract(properties, '$.jurisdiction') AS jurisdiction, json_extract(properties, '$.kind') AS kind,
           json_extract(properties, '$.sort') AS sort
    FROM nodes n JOIN judged j ON j.id = n.id AND j.canonical = n.id WHERE n.label = 'Organisation';
CREATE TEMP VIEW successions AS
    SELECT p.canonical AS predecessor, s.canonical AS successor, json_extract(properties, '$.on') AS "on",
           json_extract(properties, '$.kind') AS change, json_extract(properties, '$.grade') AS grade,
           json_extract(properties, '$.evidence') AS evidence, json_extract(properties, '$.duties') AS duties
    FROM edges e JOIN judged p ON p.id = e.source JOIN judged s ON s.id = e.target WHERE e.relation = 'SUCCEEDED_BY';
CREATE TEMP VIEW memberships AS
    SELECT m.canonical AS member, c.canonical AS collective, json_extract(properties, '$.basis') AS basis, notice
    FROM edges e JOIN judged m ON m.id = e.source JOIN judged c ON c.id = e.target WHERE e.relation = 'MEMBER_OF';
CREATE TEMP VIEW ties AS
    SELECT a.canonical AS one, b.canonical AS other,
           CASE relation WHEN 'MEMBER_OF' THEN 'member of' WHEN 'WITHIN' THEN 'part of'
                         WHEN 'HOSTED_BY' THEN 'hosted by' ELSE 'followed by' END AS tie,
           CASE relation WHEN 'MEMBER_OF' THEN 'has member' WHEN 'WITHIN' THEN 'has part'
                         WHEN 'HOSTED_BY' THEN 'hosts' ELSE 'followed' END AS back
    FROM edges e JOIN judged a ON a.id = e.source JOIN judged b ON b.id = e.target
    WHERE relation IN ('MEMBER_OF', 'WITHIN', 'HOSTED_BY')
       OR relation = 'SUCCEEDED_BY' AND json_extract(properties, '$.kind') <> 'duty moved';
CREATE TEMP VIEW mentions AS
    SELECT e.source AS notice, j.canonical AS organisation_id, json_extract(properties, '$.name') AS name,
           json_extract(properties, '$.form') AS form, json_extract(properties, '$.rule')
           || CASE WHEN j.id = j.canonical THEN '' ELSE '; judged one with ' || j.canonical END AS rule
    FROM edges e JOIN judged j ON j.id = e.target WHERE e.relation = 'MENTIONS';
CREATE TEMP VIEW dated AS
    SELECT id AS notice, json_extract(properties, '$.plan_year') AS plan_year,
           coalesce(json_extract(properties, '$.issued_on'), json_extract(properties, '$.published_on'),
                    CAST(json_extract(properties, '$.plan_year') AS TEXT)) AS day,
           coalesce(json_extract(properties, '$.plan_year'),
                    CAST(substr(json_extract(properties, '$.issued_on'), 1, 4) AS INTEGER)) AS year
    FROM nodes WHERE label = 'Notice';
""".strip().split(";\n")
