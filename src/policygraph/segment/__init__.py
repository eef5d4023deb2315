"""A page's compact text as the parts of a notice: elements, outline, repeats, tasks.

Every module reads the compact text of :mod:`policygraph.text.view` and returns spans in it.
"""
