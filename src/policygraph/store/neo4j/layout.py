"""How the graph lies in Neo4j: constraints and indexes, and the one text of each statement that writes.

``wholes`` and ``parts`` of an organisation are the keys by which it is found (:mod:`policygraph.store.called`).
``canonical`` of an organisation is the id of the body that its duties count as: its own, unless people judged several
ids to be one body (:mod:`policygraph.store.tables` says how). A ``Judgement`` keeps a line as the file of judgements
beside a SQLite store has it, ``Judged`` what follows for an id, as the table ``same`` there.

Labels and relation types are those of the schema, and no others ever reach a query's text; values are parameters. A
notice and the reference to one share an id and a second label, ``Document``: a reference to a notice that is loaded
later is that notice. ``Policygraph`` is the label of the one node that records the version of this layout.

A query matches by labels and unique ids; ``MERGE`` of an edge looks from its thinner end. Edges between two bodies
have no thin end (省发展改革委 has thousands), so they are made without looking, after those of the same notice were
deleted by an index on ``notice``.
"""

from __future__ import annotations

from policygraph.graph.schema import SHARED, Label, Relation

VERSION = 3
OWN = tuple(label for label in Label if label not in SHARED and label is not Label.NOTICE)
"""Labels of the nodes that one notice contributes, but for the notice itself."""
BETWEEN_BODIES = (Relation.WITHIN, Relation.MEMBER_OF, Relation.SUCCEEDED_BY, Relation.HOSTED_BY)
_TIMES = ((Label.NOTICE, "issued_on"), (Label.TIME, "until"), (Label.TARGET, "due"))
_PLACES = ((Label.NOTICE, "jurisdiction"),)
_NAMES = (
    (Label.ORGANISATION, "name"),
    (Label.ORGANISATION, "local"),
    (Label.ORGANISATION, "bare"),
    (Label.ORGANISATION, "canonical"),
    (Label.ORGANISATION, "kind"),
)
SCHEMA = (
    "CREATE CONSTRAINT policygraph_Document IF NOT EXISTS FOR (n:Document) REQUIRE n.id IS UNIQUE",
    *(
        f"CREATE CONSTRAINT policygraph_{label} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in (*Label, "Policygraph", "Judgement", "Judged")
    ),
    *(
        f"CREATE INDEX policygraph_{label}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
        for label, name in (*_NAMES, *_TIMES, *_PLACES, *((label, "notice") for label in OWN))
    ),
    *(
        f"CREATE INDEX policygraph_{relation}_notice IF NOT EXISTS FOR ()-[r:{relation}]-() ON (r.notice)"
        for relation in BETWEEN_BODIES
    ),
    "CREATE INDEX policygraph_Judged_body IF NOT EXISTS FOR (n:Judged) ON (n.body)",
    "CREATE FULLTEXT INDEX policygraph_names IF NOT EXISTS FOR (n:Organisation) ON EACH [n.wholes, n.parts] "
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}}",
    "CREATE FULLTEXT INDEX policygraph_text IF NOT EXISTS FOR (n:Task|Clause|Notice) ON EACH [n.text, n.title] "
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk', `fulltext.eventually_consistent`: true}}",
)

MIGRATIONS = {
    1: (
        "MATCH (o:Organisation) WHERE o.canonical IS NULL "
        "WITH o LIMIT $most SET o.canonical = o.id RETURN count(*) AS done",
        "MATCH (:Notice)-[m:MENTIONS]->(o:Organisation) WHERE m.sort IS NULL "
        "WITH m, o LIMIT $most SET m.place = o.place, m.kind = o.kind, m.sort = o.sort RETURN count(*) AS done",
    ),
    2: (
        "MATCH (n:Notice) WHERE n.digest IS NOT NULL WITH n LIMIT $most REMOVE n.digest RETURN count(*) AS done",
        "MATCH (s:Source) WHERE s.pipeline <> 0 WITH s LIMIT $most SET s.pipeline = 0 RETURN count(*) AS done",
    ),
}
"""What makes a store of an older version one of the next, each statement until it does nothing more.

Version 3 keeps notices whole: those of before are read, or loaded, again and until then are in no series. Others
are refused.
"""
UNNAMED = "MATCH (o:Organisation) WHERE o.wholes IS NULL RETURN o.id AS id LIMIT $most"

LOCK = """
UNWIND $ids AS id MERGE (n:Document {id: id}) SET n.locked = true REMOVE n.locked
RETURN id, n:Notice AS stored, n.path AS path, n.chars AS chars, n.digest AS digest, n.title AS title
"""
DELETE_OWN = {
    label: f"UNWIND $ids AS id MATCH (n:{label} {{notice: id}}) DETACH DELETE n RETURN count(*) AS done"
    for label in OWN
}
DELETE_BETWEEN = {
    relation: f"UNWIND $ids AS id MATCH (a)-[r:{relation} {{notice: id}}]->(b) WITH r, a.id AS a, b.id AS b DELETE r "
    "RETURN collect(DISTINCT a) + collect(DISTINCT b) AS shared"
    for relation in BETWEEN_BODIES
}
SHARED_BY = """
UNWIND $ids AS id
CALL {
  WITH id MATCH (:Document {id: id})-[:MENTIONS|NAMES|ISSUED_BY|CITES]->(x) RETURN x
  UNION
  WITH id MATCH (:Task {notice: id})<-[:LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES]-(x) RETURN x
}
RETURN collect(DISTINCT x.id) AS shared
"""
DELETE_FROM_NOTICE = "UNWIND $ids AS id MATCH (:Document {id: id})-[r]->() DELETE r RETURN count(*) AS done"
DELETE_NOTICE = """
UNWIND $ids AS id MATCH (n:Document {id: id})
OPTIONAL MATCH (:Source)-[p:PUBLISHES]->(n) DELETE p
WITH DISTINCT n, EXISTS { (:Notice)-[:CITES]->(n) } AS cited
FOREACH (_ IN CASE WHEN cited THEN [1] ELSE [] END |
  SET n = {id: n.id, document_number: n.id} SET n:Reference REMOVE n:Notice)
FOREACH (_ IN CASE WHEN cited THEN [] ELSE [1] END | DELETE n)
RETURN count(*) AS done
"""
DELETE_ORPHANS = tuple(
    f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) SET n.locked = true REMOVE n.locked "
    "WITH n WHERE NOT (n)--() DELETE n RETURN count(*) AS done"
    for label in (Label.ORGANISATION, Label.REFERENCE)
)
_NODE = "UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row.properties RETURN count(n) AS done"
MERGE_NODES = {label: _NODE.format(label=label) for label in (*OWN, Label.SERIES)} | {
    Label.ORGANISATION: "UNWIND $rows AS row MERGE (n:Organisation {id: row.id}) "
    "ON CREATE SET n.canonical = row.id SET n += row.properties RETURN count(n) AS done",
    Label.NOTICE: "UNWIND $rows AS row MERGE (n:Document {id: row.id}) SET n = row.properties "
    "SET n:Notice REMOVE n:Reference RETURN count(n) AS done",
    Label.REFERENCE: "UNWIND $rows AS row MERGE (n:Document {id: row.id}) "
    "ON CREATE SET n = row.properties, n:Reference RETURN count(n) AS done",
}
MENTIONS = """
UNWIND $ids AS id MATCH (o:Organisation {id: id})
CALL {
  WITH o MATCH (o)<-[m:MENTIONS]-(:Notice)
  WITH m.full AS full, m.name AS name, m.form AS form, m.place AS place, m.kind AS kind, m.sort AS sort,
       count(*) AS times
  RETURN collect({full: full, name: name, form: form, place: place, kind: kind, sort: sort, times: times}) AS mentions
}
CALL { WITH o MATCH (o)<-[s:NAMES]-(:Notice) RETURN collect(DISTINCT s.short) AS shorts }
RETURN o.id AS id, mentions, shorts
"""
SET_NAMES = "UNWIND $rows AS row MATCH (n:Organisation {id: row.id}) SET n += row.properties RETURN count(n) AS done"

KEEP = "UNWIND $rows AS row MERGE (j:Judgement {id: row.id}) SET j = row RETURN count(j) AS done"
KEPT = "MATCH (j:Judgement) RETURN j.line AS line ORDER BY j.on, line"
UNJUDGE = (
    "MATCH (j:Judged) DELETE j",
    "MATCH (o:Organisation) WHERE o.canonical <> o.id SET o.canonical = o.id",
)
JUDGE = "UNWIND $rows AS row CREATE (j:Judged {id: row.id}) SET j = row RETURN count(j) AS done"
LOCK_JUDGED = """
UNWIND $ids AS id MATCH (own:Judged {id: id})
WITH DISTINCT own.body AS body ORDER BY body
MATCH (j:Judged {body: body}) WITH j ORDER BY j.id SET j.locked = true REMOVE j.locked
RETURN collect(DISTINCT j.body) AS bodies
"""
COUNT_AS = """
UNWIND $bodies AS body MATCH (j:Judged {body: body}) MATCH (o:Organisation {id: j.id})
WITH body, o, j ORDER BY body, j.rank
WITH body, collect(o) AS present
WITH present, head(present).id AS best
UNWIND present AS o SET o.canonical = best
"""

SOURCE = "MATCH (s:Source {id: $id}) WHERE s.pipeline IS NOT NULL RETURN s.path AS path, s.sha256 AS sha256, " + (
    "s.pipeline AS pipeline"
)
GIVEN_BY = "MATCH (:Source {id: $id})-[:PUBLISHES]->(n:Notice) RETURN n.id AS notice ORDER BY notice"
MERGE_SOURCES = "UNWIND $rows AS row MERGE (s:Source {id: row.id}) SET s += row.properties RETURN count(s) AS done"
PUBLISH = """
UNWIND $rows AS row MATCH (s:Source {id: row.source}) MATCH (n:Notice {id: row.notice})
MERGE (s)-[p:PUBLISHES {key: ''}]->(n) SET p.notice = row.notice RETURN count(p) AS done
"""
UNPUBLISH = """
UNWIND $ids AS id MATCH (:Source {id: $source})-[p:PUBLISHES]->(:Document {id: id}) DELETE p RETURN count(*) AS done
"""
SOURCES_OF = """
UNWIND $ids AS id MATCH (s:Source)-[:PUBLISHES]->(:Document {id: id}) RETURN DISTINCT s.id AS id, s.path AS path
ORDER BY path
"""
AGE_SOURCES = "UNWIND $ids AS id MATCH (s:Source {id: id}) WHERE s.pipeline IS NOT NULL SET s.pipeline = 0"
FORGET_SOURCES = "UNWIND $ids AS id MATCH (s:Source {id: id}) REMOVE s.pipeline"
DELETE_IDLE_SOURCES = (
    "UNWIND $ids AS id MATCH (s:Source {id: id}) WHERE s.pipeline IS NULL AND NOT (s)-[:PUBLISHES]->() DELETE s"
)


def merge_edges(relation: Relation, source: Label, target: Label) -> str:
    """Return the statement that writes edges of one relation between nodes of two labels."""
    ends = "UNWIND $rows AS row MATCH (a:{} {{id: row.source}}) MATCH (b:{} {{id: row.target}}) "
    write = "CREATE" if relation in BETWEEN_BODIES else "MERGE"
    return (
        ends.format(*("Document" if label is Label.REFERENCE else label.value for label in (source, target)))
        + f"{write} (a)-[r:{relation.value} {{key: row.key}}]->(b) SET r = row.properties RETURN count(r) AS done"
    )


LOCATE = """
MATCH (t:Task {id: $task})
OPTIONAL MATCH (n:Notice {id: t.notice})
OPTIONAL MATCH (m:Organisation)-[d:LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES]->(t)
OPTIONAL MATCH (o:Organisation {id: m.canonical})
WITH t, n, o, d ORDER BY d.key
WITH t, n, collect(CASE WHEN d.role IN ['lead', 'responsible'] THEN o.name END) AS by,
     min(d.statement_start) AS statement_start, max(d.statement_end) AS statement_end
OPTIONAL MATCH (t)-[:DUE]->(w:Time) WHERE w.kind IN ['by', 'on', 'during']
WITH t, n, by, statement_start, statement_end, w ORDER BY w.until
RETURN t.id AS task, t.notice AS notice, t.path AS clause, t.title AS title, t.text AS text, t.start AS start,
       t.end AS end, n.title AS notice_title, by, collect(DISTINCT w.until) AS due, statement_start, statement_end
"""
TEXT_OF = "MATCH (n:Notice {id: $notice}) RETURN properties(n) AS properties"
RECORD = "MATCH (n:Notice {id: $notice}) RETURN n.record AS record, n.text AS text"
COUNTS = "MATCH (n:{}) RETURN count(n) AS count"
DUTIES = "MATCH ()-[r:LEADS|SUPPORTS|RESPONSIBLE_FOR|IMPLEMENTS|SUPERVISES]->() RETURN count(r) AS count"
PUBLICATIONS = """
MATCH (s:Source)-[:PUBLISHES]->(n:Notice) RETURN s.path AS path, n.id AS notice ORDER BY path, notice
"""
DUMP_NODES = f"""
MATCH (n:{"|".join(Label)}) WHERE NOT n:Source OR EXISTS {{ (n)-[:PUBLISHES]->() }}
RETURN n.id AS id, [x IN labels(n) WHERE x <> 'Document'][0] AS label, properties(n) AS properties ORDER BY id
"""
DUMP_EDGES = """
MATCH (a)-[r]->(b) RETURN a.id AS source, type(r) AS relation, b.id AS target, r.key AS key, properties(r) AS properties
ORDER BY source, relation, target, key
"""
