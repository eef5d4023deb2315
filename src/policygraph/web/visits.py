"""Who looks and how, read from a request: the language, the theme, the page's address, and whether they may judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.web import languages, tokens
from policygraph.web.rendering import Visit

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from policygraph.web.settings import Settings

THEMES = ("auto", "light", "dark")
_YEAR_SECONDS = 365 * 24 * 3600


def of(request: Request) -> Visit:
    """Return the visit that a request is."""
    settings: Settings = request.app.state.settings
    query = request.query_params
    language = languages.choose(
        query.get("lang"), request.cookies.get("lang"), request.headers.get("accept-language", "")
    )
    theme = next((one for one in (query.get("theme"), request.cookies.get("theme")) if one in THEMES), "auto")
    csrf = settings.csrf if tokens.holds(request) else ""
    return Visit(language, theme, request.url.path, dict(query), csrf, settings.token is not None)


def remember(response: Response, request: Request) -> Response:
    """Let the language and the theme that an address asks for be those of the next pages."""
    for name, known in (("lang", languages.LANGUAGES), ("theme", THEMES)):
        value = request.query_params.get(name)
        if value is not None and value in known:
            response.set_cookie(name, value, max_age=_YEAR_SECONDS, samesite="lax", httponly=True)
    response.headers["vary"] = "Accept-Language, Cookie"
    response.headers["cache-control"] = "no-cache"
    return response
