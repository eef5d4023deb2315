"""What the text says: statements, targets, times and citations, each found with its place.

Every finder reads the compact text of a notice (:mod:`policygraph.text.view`) and yields found values whose
spans count characters of that text; none knows of organisations, ids or the published text.
"""
