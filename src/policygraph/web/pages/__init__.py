"""The pages, one module each, in the order in which they are offered to people."""

from __future__ import annotations

from policygraph.web.pages import (
    calendar,
    compare,
    doubts,
    graph,
    home,
    matrix,
    notice,
    notices,
    organisation,
    organisations,
    search,
    trend,
)

VIEWS = (
    home.VIEW,
    search.VIEW,
    notices.VIEW,
    notice.VIEW,
    organisations.VIEW,
    organisation.VIEW,
    matrix.VIEW,
    graph.VIEW,
    calendar.VIEW,
    compare.VIEW,
    trend.VIEW,
    doubts.VIEW,
)
