"""Notices as nodes and edges: the schema, and the graph that one notice contributes."""
