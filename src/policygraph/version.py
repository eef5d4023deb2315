"""The version of the package, and of the pipeline whose results a store remembers."""

__version__ = "0.1.0"

PIPELINE = 5
"""Raised whenever the same bytes may give other facts; a store re-reads what an older pipeline wrote."""
