"""Ledgers of tasks (任务台账) in the form that officials use: what, how much, who leads and supports, by when, where.

::

    with pg.open_store("policygraph.db") as store:
        found = pg.ledger(store, organisation="佳木斯市水务局", year=2018)

:mod:`policygraph.ledger.html` and :mod:`policygraph.ledger.xlsx` write one as a page to print and as a workbook.
"""

from policygraph.ledger.entries import Entry, Ledger, Notice, ledger

__all__ = ["Entry", "Ledger", "Notice", "ledger"]
