"""The explorer: pages for people who would rather look than read, ``policygraph serve policygraph.db``.

A page is a small function: it asks the store, and gives rows to a template and the same rows to CSV and JSON. Pages
are HTML that is only read and works without scripts; scripts add to it. The extra ``web`` brings Starlette, Jinja and
Uvicorn.
"""
