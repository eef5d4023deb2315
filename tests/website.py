"""A small web server that behaves as governments' sites do, on the loopback of this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from notices import written

Answer = tuple[int, dict[str, str], bytes | Iterator[bytes]]


@dataclass
class Site:
    """Pages by path; ``asked`` lists every request as (path, headers). A page may be a function of the headers."""

    pages: dict[str, object] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""
    posted: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    takes: int = 200
    closing: threading.Event = field(default_factory=threading.Event)
    watcher: Callable[[str], None] | None = None

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def put(self, path: str, text: str | bytes, kind: str = "text/html", encoding: str = "gbk", **headers: str) -> None:
        """Serve a page; GBK is what the older sites are in, whatever they declare."""
        data = text if isinstance(text, bytes) else text.encode(encoding)
        self.pages[path] = (200, {"Content-Type": kind, **{k.replace("_", "-"): v for k, v in headers.items()}}, data)

    def drip(self, path: str) -> None:
        """Serve a page a byte at a time, for ever."""

        def bytes_for_ever() -> Iterator[bytes]:
            while not self.closing.wait(0.02):
                yield b"x"

        self.pages[path] = lambda _: (200, {"Content-Length": "100000"}, bytes_for_ever())

    def versioned(self, path: str, text: str, etag: str) -> None:
        """Serve a page that answers 304 to whoever has it."""

        def answer(asked: dict[str, str]) -> Answer:
            if asked.get("If-None-Match") == etag:
                return 304, {"ETag": etag}, b""
            return 200, {"Content-Type": "text/html", "ETag": etag}, text.encode("gbk")

        self.pages[path] = answer


class Running:
    """The server while it runs: ``with Running(Site()) as site: …``."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def __enter__(self) -> Site:
        site = self.site

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                if site.watcher:
                    site.watcher(self.path)
                found = site.pages.get(self.path, (404, {}, b"404"))
                found = found(dict(self.headers)) if callable(found) else found
                status, headers, data = found
                with suppress(OSError):
                    self.send_response(status)
                    chunks = [data] if isinstance(data, bytes) else data
                    length = {"Content-Length": str(len(data))} if isinstance(data, bytes) else {}
                    for name, value in {**length, "Connection": "close", **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    for chunk in chunks:
                        self.wfile.write(chunk)
                self.close_connection = True

            def do_POST(self) -> None:
                site.posted.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(site.takes)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        site.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return site

    def __exit__(self, *_: object) -> None:
        self.site.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def page(text: str, title: str = "", extra: str = "") -> str:
    """Return a notice as a page of a TRS site, with the furniture around it."""
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>"
        "<div class='nav'><a href='/'>首页</a><a href='/zwgk/'>政务公开</a></div>"
        f"<div class='TRS_Editor'>{body}</div>{extra}<div class='foot'>主办单位:市人民政府办公室</div></body></html>"
    )


def redesigned(text: str) -> str:
    """Return the same notice after the site got a new look."""
    body = "".join(f"<p><span>{line.strip()}</span></p>" for line in text.splitlines() if line.strip())
    return f"<html><body><main><article class='article-content'>{body}</article></main></body></html>"


def listed(items: list[tuple[str, str, str]], after: str = "", shape: str = "li") -> str:
    """Return a list page: (address, title, day), and what stands below the list."""
    rows = "".join(f"<{shape}><a href='{a}'>{t}</a><span>{d}</span></{shape}>" for a, t, d in items)
    side = "".join(f"<li><a href='/gg{n}.html'>便民服务导航栏目{n}</a></li>" for n in range(8))
    return (
        f"<html><body><ul class='menu'>{side}</ul><div class='list'><ul class='docs'>{rows}</ul></div>"
        f"<div class='page'>{after}</div></body></html>"
    )


def plan(serial: int, year: int = 2019) -> tuple[str, str]:
    """Return the title and the text of a plan."""
    return f"关于印发佳木斯市{year}年度第{serial}号节水工作方案的通知", written(year=year, serial=serial)


def with_plans(site: Site, serials: range, year: int = 2019) -> list[tuple[str, str, str]]:
    """Serve plans and return what a list would say of them, newest first."""
    items = []
    for serial in serials:
        title, text = plan(serial, year)
        path = f"/zwgk/{year}03/t{year}03{serial % 28 + 1:02}_{serial}.html"
        site.put(path, page(text, title))
        items.append((path, title, f"{year}-03-{serial % 28 + 1:02}"))
    return items[::-1]
