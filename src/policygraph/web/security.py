"""What stands between a stranger and the pages: names, headers and sizes, checked before any page is asked.

A request must call the server by a name it goes by, so that no foreign domain can be pointed at it (DNS rebinding). No
page may run inline scripts or load from elsewhere. Addresses and forms have a size.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from policygraph.web.settings import Settings

MOST_QUERY_BYTES = 4096
MOST_PATH_BYTES = 2048
MOST_BODY_BYTES = 16_384
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with no-referrer a browser hides the origin of the page's own forms too
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """ASGI middleware that refuses what no page should see, and seals what pages answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, sealed)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if not named(headers.get("host", ""), self.settings):
            return PlainTextResponse("this server is not called so; see --allow-host\n", 421)
        if len(scope["query_string"]) > MOST_QUERY_BYTES or len(scope.get("raw_path") or b"") > MOST_PATH_BYTES:
            return PlainTextResponse("the address is too long\n", 414)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_BODY_BYTES or "transfer-encoding" in headers:
            return PlainTextResponse("the form is too large\n", 413)
        return None


def named(host: str, settings: Settings) -> bool:
    """Tell whether a ``Host`` header names the server.

    >>> from policygraph.web.settings import Settings
    >>> named("127.0.0.1:8000", Settings("a.db")), named("evil.example", Settings("a.db"))
    (True, False)
    """
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    if not name or "@" in host or "/" in host:
        return False
    return name in settings.hosts or (settings.any_address and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
