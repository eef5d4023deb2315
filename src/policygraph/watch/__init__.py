"""Notices that come in by themselves: folders, list pages, feeds and sitemaps, looked at from time to time.

``policygraph watch add plans`` watches a folder; ``policygraph watch run`` reads what was dropped into it since into
the store and writes a digest of it. docs/watch.md tells the rest.
"""
