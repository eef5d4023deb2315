"""What a search could be for, while it is typed: ``水务`` gives 佳木斯市水务局."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from policygraph.web.rendering import address
from policygraph.web.views import MOST_CHARS

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from policygraph.store.contract import Store

_MOST_BODIES = 7
_MOST = 10


async def answer(request: Request) -> Response:
    """Answer with at most ten suggestions."""
    text = request.query_params.get("q", "").strip()[:MOST_CHARS]
    found = await request.app.state.stores.read(lambda store: suggestions(store, text)) if text else []
    return JSONResponse(found)


def suggestions(store: Store, text: str) -> list[dict[str, str]]:
    """Return bodies and notices whose names hold a text."""
    bodies = store.ask("organisations", text=text)[:_MOST_BODIES]
    found = [
        {
            "name": str(row["organisation"]),
            "kind": "organisation",
            "detail": str(row["jurisdiction"] or ""),
            "address": address("/organisations", row["organisation_id"]),
        }
        for row in bodies
    ]
    notices = [row for row in store.ask("notices") if text in f"{row['notice']} {row['notice_title']}"]
    found += [
        {
            "name": str(row["notice_title"] or row["notice"]),
            "kind": "notice",
            "detail": str(row["notice"]),
            "address": address("/notices", row["notice"]),
        }
        for row in notices
    ]
    return found[:_MOST]
