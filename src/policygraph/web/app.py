"""The application: each view as a page and as data, and nothing else that could be asked.

Pages are plain functions that run in a thread of :mod:`policygraph.web.stores`; what they refuse becomes an answer with
the status that says so.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from policygraph.errors import (
    LimitExceeded,
    PolicygraphError,
    QuestionError,
    StoreError,
    UnknownId,
    UnknownOrganisation,
)
from policygraph.web import judging, openapi, rendering, suggest, tables, visits
from policygraph.web.pages import VIEWS
from policygraph.web.security import Guard
from policygraph.web.stores import Stores

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from policygraph.store.contract import Store
    from policygraph.web.settings import Settings
    from policygraph.web.views import View

    Endpoint = Callable[[Request], Awaitable[Response]]

_STATUS: tuple[tuple[type[PolicygraphError], int], ...] = (
    (UnknownId, 404),
    (UnknownOrganisation, 404),
    (QuestionError, 400),
    (LimitExceeded, 503),
    (StoreError, 503),
)


def create_app(settings: Settings) -> ASGIApp:
    """Return the application that serves a store."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.settings, app.state.stores = settings, Stores(settings)
        yield
        app.state.stores.close()

    routes: list[BaseRoute] = [Route("/api/openapi.json", _openapi), Route("/api/suggest", suggest.answer)]
    routes += judging.routes() if settings.token else []
    for view in VIEWS:
        path = view.path.replace("{what}", "{what:path}")
        api = "/api/home" if view.path == "/" else f"/api{path}"
        routes += [Route(api, _data(view)), Route(path, _page(view))]
    routes.append(Mount("/static", StaticFiles(packages=[("policygraph.web", "static")])))
    handlers = {PolicygraphError: _refused, HTTPException: _refused, Exception: _failed}
    return Guard(Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers), settings)


async def _openapi(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
    return JSONResponse(openapi.document(VIEWS))


def _page(view: View) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        visit = visits.of(request)
        asked = view.asked(request.query_params, request.path_params.get("what", ""), visit.language)

        def work(store: Store) -> str:
            return rendering.page(view, asked, view.show(store, asked), visit)

        html = await request.app.state.stores.read(work)
        return visits.remember(HTMLResponse(html), request)

    return endpoint


def _data(view: View) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        asked = view.asked(request.query_params, request.path_params.get("what", ""), "en")
        form = request.query_params.get("format", "json")

        def work(store: Store) -> tuple[str, str]:
            shown = view.show(store, asked)
            if form == "csv":
                return tables.to_csv(shown.table(request.query_params.get("table"))), "text/csv"
            what = {"what": asked.what} if asked.what else {}
            return tables.to_json(view.name, {**what, **asked.values}, shown), "application/json"

        if form not in ("json", "csv"):
            raise HTTPException(400, "format is json or csv")
        content, media_type = await request.app.state.stores.read(work)
        headers = {"content-disposition": f'attachment; filename="{view.name}.csv"'} if form == "csv" else {}
        return Response(content, media_type=f"{media_type}; charset=utf-8", headers=headers)

    return endpoint


async def _refused(request: Request, error: Exception) -> Response:
    """Answer what was refused: an unknown body, a page that is not there, an answer that takes too long."""
    if isinstance(error, PolicygraphError):
        status = next((code for kind, code in _STATUS if isinstance(error, kind)), 400)
        what, remedy = error.what, error.remedy
        subject = error.source if status in (400, 404) else ""
    else:
        status, what = getattr(error, "status_code", 500), str(getattr(error, "detail", ""))
        remedy, subject = "", request.url.path
    return _answer(request, status, what, remedy, subject)


async def _failed(request: Request, error: Exception) -> Response:  # noqa: ARG001 - Starlette's signature
    """Answer an error of the program itself, which the server logs and nobody is shown."""
    return _answer(request, 500, "internal error", "", "")


def _answer(request: Request, status: int, what: str, remedy: str, subject: str) -> Response:
    told: dict[str, Any] = {"status": status, "title": what, "detail": remedy, "subject": subject}
    if request.url.path.startswith("/api/"):
        return JSONResponse(told, status, media_type="application/problem+json")
    html = rendering.render("error.html", visits.of(request), **{"error": told})
    return HTMLResponse(html, status)
