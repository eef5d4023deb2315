"""The store to share: a Neo4j server (5.26 LTS or later) that a team builds into and asks. No APOC, no GDS."""
