"""The explorer for tests: a client of it, the address of each page, and what a page holds."""

from __future__ import annotations

from html.parser import HTMLParser

from starlette.testclient import TestClient

from policygraph.web.app import create_app
from policygraph.web.settings import Settings

JIAMUSI = "佳政办发〔2018〕17号"
ADDRESSES = {
    "notice": f"/notices/{JIAMUSI}",
    "organisation": "/organisations/佳木斯市水务局",
    "search": "/search?q=黑臭水体",
}


def client_of(settings: Settings) -> TestClient:
    return TestClient(create_app(settings), base_url="http://127.0.0.1", follow_redirects=False)


def address(view) -> str:
    return ADDRESSES.get(view.name, view.path)


def api(view) -> str:
    return "/api/home" if view.path == "/" else f"/api{address(view)}"


class Page(HTMLParser):
    """The links, ids and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.elements.append((tag, given))
        self.links += [value for name, value in attrs if name in ("href", "src", "action") and value]
        self.ids += [given["id"]] if given.get("id") else []

    def handle_data(self, data):
        self.words.append(data)
