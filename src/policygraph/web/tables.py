"""The rows of a page as CSV and JSON.

A cell of CSV that a spreadsheet would take for a formula (``=HYPERLINK(…)`` as the title of a notice) is marked as text
by an apostrophe; JSON holds every value as it is.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policygraph.web.views import Shown, Table

_FORMULA = re.compile(r"[=+@\t\r]|-(?![\d.]+$)")


def to_csv(table: Table) -> str:
    """Return a table as CSV with a byte order mark, by which spreadsheets know UTF-8."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(row[name]) for name in table.columns] for row in table.rows)
    return out.getvalue()


def to_json(name: str, asked: Mapping[str, object], shown: Shown) -> str:
    """Return all tables of a page as JSON, with what was asked and where each table's page stands."""
    tables = {
        one.name: {"page": one.page, "pages": one.pages, "total": one.total, "rows": list(one.rows)}
        for one in shown.tables
    }
    whole = {"page": name, "asked": dict(asked), "title": shown.title, "tables": tables}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
