"""The tables of a SQLite store, and the views through which questions read them.

The tables are in the file and have its version. The views are made anew for each connection, so that they can change
without it. ``(市水务局牵头)`` is one edge in ``edges`` and one row in ``duties``.

``called`` has the keys by which an organisation is found (:mod:`policygraph.store.called`). A source without
``pipeline`` is not remembered as read, though a notice may still be by it.

``told`` numbers the tasks as ``task_texts`` does. Each text there ends with ``END``, so that every place in it begins a
trigram: a search for one or two characters looks for the trigrams that begin with them (``task_terms``).

``judged`` has a row for each organisation and says whose duties are counted as its own: ``canonical`` is the id itself
unless people judged it to be one body with others (``same``, the best first by ``rank``), and then the best of these
that the graph holds. Nodes and edges know nothing of it. ``series_judged`` has what people judged of series.
"""

APPLICATION = 0x706F6C67  # "polg"
VERSION = 4
TABLES = """
CREATE TABLE nodes (
    id TEXT PRIMARY KEY, label TEXT NOT NULL, notice TEXT, properties TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX nodes_by_label ON nodes (label);
CREATE INDEX nodes_by_notice ON nodes (notice);
CREATE INDEX organisations_by_kind ON nodes (json_extract(properties, '$.kind')) WHERE label = 'Organisation';
CREATE INDEX organisations_by_local ON nodes (json_extract(properties, '$.local')) WHERE label = 'Organisation';
CREATE TABLE called (
    key TEXT NOT NULL, id TEXT NOT NULL, whole INTEGER NOT NULL, PRIMARY KEY (key, id, whole)
) WITHOUT ROWID;
CREATE INDEX called_by_id ON called (id);
CREATE INDEX notices_by_place ON nodes (json_extract(properties, '$.jurisdiction')) WHERE label = 'Notice';
CREATE TABLE edges (
    source TEXT NOT NULL, relation TEXT NOT NULL, target TEXT NOT NULL, key TEXT NOT NULL,
    notice TEXT NOT NULL, properties TEXT NOT NULL,
    PRIMARY KEY (source, relation, target, key)
) WITHOUT ROWID;
CREATE INDEX edges_by_target ON edges (target, relation);
CREATE INDEX edges_by_notice ON edges (notice);
CREATE TABLE sources (
    path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, pipeline INTEGER, media_type TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE published (
    path TEXT NOT NULL, notice TEXT NOT NULL, PRIMARY KEY (path, notice)
) WITHOUT ROWID;
CREATE TABLE texts (notice TEXT PRIMARY KEY, text TEXT NOT NULL, record BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE told (number INTEGER PRIMARY KEY, task TEXT NOT NULL UNIQUE, notice TEXT NOT NULL);
CREATE INDEX told_by_notice ON told (notice);
CREATE VIRTUAL TABLE task_texts USING fts5 (text, tokenize = 'trigram');
CREATE TABLE same (id TEXT PRIMARY KEY, body TEXT NOT NULL, rank INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX same_by_body ON same (body, rank);
CREATE TABLE series_judged (
    subject TEXT NOT NULL, object TEXT NOT NULL, together INTEGER NOT NULL, PRIMARY KEY (subject, object)
) WITHOUT ROWID;
CREATE TABLE judged (id TEXT PRIMARY KEY, canonical TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX judged_by_canonical ON judged (canonical);
CREATE TRIGGER organisation_comes AFTER INSERT ON nodes WHEN new.label = 'Organisation'
    BEGIN INSERT INTO judged VALUES (new.id, new.id); END;
CREATE TRIGGER organisation_goes AFTER DELETE ON nodes WHEN old.label = 'Organisation'
    BEGIN DELETE FROM judged WHERE id = old.id; DELETE FROM called WHERE id = old.id; END;
""".strip().split(";\n")
JUDGE = """
UPDATE judged SET canonical = coalesce((
    SELECT other.id FROM same own JOIN same other ON other.body = own.body JOIN nodes n ON n.id = other.id
    WHERE own.id = judged.id ORDER BY other.rank LIMIT 1), id)
WHERE id IN (SELECT id FROM same) OR (:all AND canonical != id)
"""
"""Let every organisation that is judged, or with ``all`` was, be counted as the best of its body in the graph."""
MENTIONS = """
SELECT json_extract(properties, '$.full') AS full, json_extract(properties, '$.name') AS name,
       json_extract(properties, '$.form') AS form, json_extract(properties, '$.place') AS place,
       json_extract(properties, '$.kind') AS kind, json_extract(properties, '$.sort') AS sort, count(*) AS times
FROM edges WHERE target = :body AND relation = 'MENTIONS' GROUP BY full, name, form, place, kind, sort
"""
SHORTS = """
SELECT DISTINCT json_extract(properties, '$.short') FROM edges WHERE target = ? AND relation = 'NAMES'
"""
END = "\u0003\u0003"
VIEWS = """
CREATE VIRTUAL TABLE temp.task_terms USING fts5vocab('main', 'task_texts', 'instance');
CREATE TEMP VIEW notices AS
    SELECT id AS notice, json_extract(properties, '$.title') AS title FROM nodes WHERE label = 'Notice';
CREATE TEMP VIEW duties AS
    SELECT j.canonical AS organisation_id, json_extract(o.properties, '$.name') AS organisation, e.target AS task,
           json_extract(e.properties, '$.role') AS role, json_extract(e.properties, '$.basis') AS basis,
           json_extract(e.properties, '$.surface') AS surface, json_extract(e.properties, '$.start') AS start,
           json_extract(e.properties, '$.end') AS "end", e.key AS place,
           json_extract(e.properties, '$.statement_start') AS statement_start,
           json_extract(e.properties, '$.statement_end') AS statement_end
    FROM edges e JOIN judged j ON j.id = e.source JOIN nodes o ON o.id = j.canonical
    WHERE e.relation IN ('LEADS', 'SUPPORTS', 'RESPONSIBLE_FOR', 'IMPLEMENTS', 'SUPERVISES');
CREATE TEMP VIEW times AS
    SELECT e.source AS task, n.id AS time, n.notice AS notice, json_extract(n.properties, '$.kind') AS kind,
           json_extract(n.properties, '$.since') AS since, json_extract(n.properties, '$.until') AS until,
           json_extract(n.properties, '$.every') AS every, json_extract(n.properties, '$.days') AS days,
           json_extract(n.properties, '$.words') AS words, json_extract(n.properties, '$.start') AS start,
           json_extract(n.properties, '$.end') AS "end"
    FROM edges e JOIN nodes n ON n.id = e.target WHERE e.relation = 'DUE';
CREATE TEMP VIEW tasks AS
    SELECT n.id AS task, n.notice AS notice, json_extract(n.properties, '$.path') AS clause,
           json_extract(n.properties, '$.title') AS title, json_extract(n.properties, '$.text') AS text,
           json_extract(n.properties, '$.start') AS start, json_extract(n.properties, '$.end') AS "end",
           (SELECT json_extract(d.properties, '$.title') FROM nodes d WHERE d.id = n.notice) AS notice_title,
           (SELECT group_concat(organisation, '、') FROM
              (SELECT organisation FROM duties WHERE duties.task = n.id AND role IN ('lead', 'responsible')
               GROUP BY organisation ORDER BY min(place))) AS "by",
           (SELECT group_concat(until, '; ') FROM
              (SELECT DISTINCT until FROM times WHERE times.task = n.id AND until IS NOT NULL
               AND kind IN ('by', 'on', 'during') ORDER BY until)) AS due,
           (SELECT min(statement_start) FROM duties WHERE duties.task = n.id) AS statement_start,
           (SELECT max(statement_end) FROM duties WHERE duties.task = n.id) AS statement_end
    FROM nodes n WHERE n.label = 'Task';
""".strip().split(";\n")
