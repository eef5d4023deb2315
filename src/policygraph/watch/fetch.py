"""One address to its bytes: politely, within bounds, and with a reason where there are none.

A host is asked no faster than a source's delay and its robots.txt allow; what may be passing (a time-out, 503, a
connection that breaks off) is tried again with growing pauses, what is not (403, 404) is not. Redirects are followed
five times at most, each as a request of its own with all the checks. The charset is left to the readers, who tell it
from the bytes.
"""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import httpx

from policygraph.errors import FetchError
from policygraph.version import __version__
from policygraph.watch import robots
from policygraph.watch.transport import Guard, Transport

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygraph.watch.config import Source

_AGENT = f"{robots.AGENT}/{__version__}"
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (429, 500, 502, 503, 504)
_UNMODIFIED = 304
_CLIENT_ERROR, _SERVER_ERROR = 400, 500
_MOST_WAIT = 120.0
_HOST_FAILURES = 3
_REFUSED_TYPES = ("image/", "audio/", "video/", "font/", "text/css", "application/javascript", "text/javascript")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long and how large one answer may be, how often it is tried, how far redirects lead."""

    seconds: float = 120.0
    step_seconds: float = 30.0
    bytes: int = 64 * 1024 * 1024
    tries: int = 3
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: ``data`` is ``None`` if it is as it was; ``address`` is where redirects ended."""

    address: str
    data: bytes | None
    etag: str | None = None
    modified: str | None = None
    media_type: str = ""


@dataclass(slots=True)
class _Host:
    """What is known of a host in this run."""

    rules: robots.Rules | None = None
    asked: float | None = None
    failures: int = 0
    down: str | None = None


class Unreachable(FetchError):
    """The host itself does not answer, or not as it should; ``host`` names it."""


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses one after the other; clock and sleep are given so that tests need no time.

    ``failed`` and ``answered`` are told of hosts, for the alarm on those that fail for days.
    """

    bounds: Bounds = field(default_factory=Bounds)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    guard: Guard = field(default_factory=Guard)
    failed: Callable[[str, str], None] | None = None
    answered: Callable[[str], None] | None = None
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _client: httpx.Client | None = None

    def get(self, address: str, source: Source, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """Return what an address gives now, on condition that it is not as ``etag`` or ``modified`` say.

        Raises:
            Unreachable: the host does not answer, or only with failures.
            FetchError: the address gives nothing, too much, or something that is no page and no document.

        """
        self.guard.allowed = tuple(ipaddress.ip_network(one) for one in source.networks)
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        place = address
        for _ in range(self.bounds.redirects + 1):
            self._may(place, source)
            answer, onward = self._tried(place, source, headers)
            if onward is None:
                return answer
            place = onward
        raise FetchError(address, f"redirects more than {self.bounds.redirects} times", "open it in a browser")

    def close(self) -> None:
        """Close what is open."""
        if self._client:
            self._client.close()

    def _may(self, address: str, source: Source) -> None:
        """Refuse what is not of the web or what the site asks robots to leave alone."""
        _web(address)
        host = self._host(address)
        if host.down:
            raise Unreachable(address, host.down, "the next run tries again")
        if host.rules is None:
            host.rules = self._rules(address, source)
        if not host.rules.allows(address):
            raise FetchError(address, "robots.txt asks to leave it alone", "ask the site, or watch another page of it")

    def _rules(self, address: str, source: Source) -> robots.Rules:
        place = urljoin(address, "/robots.txt")
        for _ in range(self.bounds.redirects + 1):
            try:
                _web(place)
                answer, onward = self._tried(place, source, {})
            except Unreachable:
                raise
            except FetchError:
                return robots.Rules()
            if onward is None:
                return robots.read((answer.data or b"").decode("utf-8", errors="replace"))
            place = onward
        return robots.Rules()

    def _host(self, address: str) -> _Host:
        return self._hosts.setdefault(_place(address), _Host())

    def _tried(self, address: str, source: Source, headers: dict[str, str]) -> tuple[Answer, str | None]:
        """Ask, and ask again if the failure may pass; a host that failed for good is left alone in this run."""
        host = self._host(address)
        for attempt in range(1, self.bounds.tries + 1):
            self._wait(host, source)
            try:
                found = self._once(address, headers)
            except _Passing as error:
                if attempt == self.bounds.tries:
                    self._down(host, address, str(error))
                    tried = f"{error}, {attempt} times" if attempt > 1 else str(error)
                    raise Unreachable(address, tried, "the next run tries again") from None
                self.sleep(min(_MOST_WAIT, max(error.wait, 2.0**attempt)))
            else:
                host.failures = 0
                if self.answered:
                    self.answered(_place(address))
                return found
        raise AssertionError  # bounds.tries is at least 1

    def _down(self, host: _Host, address: str, why: str) -> None:
        host.failures += 1
        if host.failures >= _HOST_FAILURES or host.rules is None:
            host.down = f"its host fails ({why})"
        if self.failed:
            self.failed(_place(address), why)

    def _wait(self, host: _Host, source: Source) -> None:
        """Wait until the host may be asked again."""
        pause = max(source.delay, host.rules.delay if host.rules else 0.0)
        if host.asked is not None and (left := host.asked + pause - self.clock()) > 0:
            self.sleep(left)
        host.asked = self.clock()

    def _once(self, address: str, headers: dict[str, str]) -> tuple[Answer, str | None]:
        """Ask once; return the answer, and where it redirects to."""
        if self._client is None:
            self._client = httpx.Client(
                transport=Transport(self.guard),
                headers={"User-Agent": _AGENT, "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"},
                timeout=self.bounds.step_seconds,
                follow_redirects=False,
                trust_env=False,
            )
        self._client.cookies.clear()
        self.guard.until = time.monotonic() + self.bounds.seconds
        try:
            with self._client.stream("GET", address, headers=headers) as answer:
                return self._read(address, answer)
        except httpx.ConnectError as error:
            if "is not a public address" in str(error):
                remedy = "name its network in 'networks' of the source if it is yours"
                raise FetchError(address, str(error), remedy) from None
            raise _Passing("cannot be connected to") from None
        except httpx.TimeoutException:
            raise _Passing("took too long") from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise FetchError(address, "is no address", "check the link") from None
        except httpx.DecodingError:
            raise FetchError(address, "is packed in a way that cannot be unpacked", "open it in a browser") from None
        except httpx.TransportError:
            raise _Passing("broke off") from None

    def _read(self, address: str, answer: httpx.Response) -> tuple[Answer, str | None]:
        status = answer.status_code
        etag, modified = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
        if status == _UNMODIFIED:
            return Answer(address, None, etag, modified), None
        if status in _REDIRECTS and "Location" in answer.headers:
            return Answer(address, None), urljoin(address, answer.headers["Location"])
        if status in _PASSING or status >= _SERVER_ERROR:
            raise _Passing(f"answered {status}", _seconds(answer.headers.get("Retry-After")))
        if status >= _CLIENT_ERROR or not answer.is_success:
            raise FetchError(address, f"answered {status}", "open it in a browser; the link may be dead")
        media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if media_type.startswith(_REFUSED_TYPES):
            raise FetchError(address, f"is {media_type}, no page and no document", "check the link")
        if "," in answer.headers.get("Content-Encoding", ""):
            raise FetchError(address, "is packed several times over", "open it in a browser")
        return Answer(address, self._body(address, answer), etag, modified, media_type), None

    def _body(self, address: str, answer: httpx.Response) -> bytes:
        """Return the bytes, counted as they are unpacked, so that a bomb is refused before it has grown."""
        chunks: list[bytes] = []
        size = 0
        for chunk in answer.iter_bytes(65536):
            size += len(chunk)
            if size > self.bounds.bytes:
                raise FetchError(address, f"larger than {self.bounds.bytes:,} bytes", "fetch it by hand")
            chunks.append(chunk)
        return b"".join(chunks)


class _Passing(Exception):
    """A failure that may pass, and how many seconds to wait at least."""

    def __init__(self, what: str, wait: float = 0.0) -> None:
        super().__init__(what)
        self.wait = wait


def _web(address: str) -> None:
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and parts.hostname and not parts.username and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound:
        raise FetchError(address, "is no address of the web", "http:// and https:// only, without a name and password")


def _place(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _seconds(value: str | None) -> float:
    return min(_MOST_WAIT, float(value)) if value and value.isascii() and value.isdigit() else 0.0
