"""Who may judge: those who have shown the token that ``policygraph serve --write`` printed.

The token is kept in a cookie that no script reads and no other site sends. A form must moreover send back a word that
only pages of such a visitor hold, and come from this server.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from starlette.exceptions import HTTPException

from policygraph.web.security import MOST_BODY_BYTES

if TYPE_CHECKING:
    from starlette.requests import Request

    from policygraph.web.settings import Settings

COOKIE = "policygraph-token"
_FORM = "application/x-www-form-urlencoded"


def holds(request: Request) -> bool:
    """Tell whether a request comes with the token."""
    return matches(request, request.cookies.get(COOKIE, ""))


def matches(request: Request, word: str) -> bool:
    """Tell whether a word is the token, in a time that tells nothing of it."""
    settings: Settings = request.app.state.settings
    return settings.token is not None and hmac.compare_digest(word.encode(), settings.token.encode())


async def form(request: Request) -> dict[str, str]:
    """Return the fields of a form that was sent from a page of this server.

    Raises:
        HTTPException: it is no such form, or too large.

    """
    if request.headers.get("content-type", "").partition(";")[0] != _FORM:
        raise HTTPException(415, "send a form")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "the form comes from another site")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "the form comes from another site")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BODY_BYTES:
            raise HTTPException(413, "the form is too large")
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise HTTPException(400, "the form cannot be read") from None
    return {name: values[-1] for name, values in fields.items()}


async def trusted(request: Request) -> dict[str, str]:
    """Return the fields of a form sent by who holds the token, from a page that was made for them.

    Raises:
        HTTPException: the token or the page's word is missing or wrong.

    """
    fields = await form(request)
    settings: Settings = request.app.state.settings
    if not holds(request):
        raise HTTPException(403, "enter the token first")
    if not hmac.compare_digest(fields.pop("csrf", "").encode(), settings.csrf.encode()):
        raise HTTPException(403, "the form is not from a page of this server; load the page again")
    return fields
