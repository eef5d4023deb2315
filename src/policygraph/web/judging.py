"""Judging on the page of doubts, where ``policygraph serve --write`` allows it: the token, and what is judged.

A judgement is kept with the store, as ``policygraph review`` keeps it, and can be taken back there.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast, get_args

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

from policygraph.judge.judgements import Judgement, Verdict
from policygraph.store import judgements
from policygraph.web import rendering, tokens, visits

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from policygraph.store.contract import Store

_SEE_OTHER = 303


def routes() -> list[Route]:
    """Return the routes that are there only with a token."""
    return [
        Route("/enter", _enter, methods=["GET", "POST"]),
        Route("/doubts/judge", _judge, methods=["POST"]),
    ]


async def _enter(request: Request) -> Response:
    """Take the token, and remember who gave the right one."""
    wrong = False
    if request.method == "POST":
        fields = await tokens.form(request)
        if tokens.matches(request, fields.get("token", "")):
            response = RedirectResponse("/doubts", _SEE_OTHER)
            response.set_cookie(tokens.COOKIE, fields["token"], samesite="strict", httponly=True)
            return response
        wrong = True
    html = rendering.render("enter.html", visits.of(request), wrong=wrong)
    return HTMLResponse(html, 403 if wrong else 200)


async def _judge(request: Request) -> Response:
    fields = await tokens.trusted(request)
    verdict = fields.get("verdict")
    if verdict not in get_args(Verdict):
        raise HTTPException(400, "no such verdict")
    subject, best = fields.get("subject", ""), fields.get("object", "")
    now = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def work(store: Store) -> None:
        named = {one: body for body in store.bodies() for one in body.ids}
        if subject not in named or best not in named or subject == best:
            raise HTTPException(400, "no two bodies of the store")
        names = named[subject].name, named[best].name
        label, why = fields.get("by", ""), fields.get("why", "")
        one = Judgement(subject, best, cast("Verdict", verdict), now, label, why, *names)
        store.keep([one])
        judgements.replay(store)

    await request.app.state.stores.write(work)
    return RedirectResponse("/doubts", _SEE_OTHER)
