"""Connections to public addresses only, whatever a name resolves to and whenever it does.

A name is resolved here, every address it has is judged, and the connection is made to the very address that was judged:
there is no second look-up in between that could answer otherwise (DNS rebinding), and a redirect is just another
connection. Loopback (127.0.0.1, ::1), private (10.0.0.0/8, fd00::/8), link-local (169.254.169.254), shared, reserved
and multicast addresses are refused, also inside IPv6 (``::ffff:127.0.0.1``, NAT64, 6to4, Teredo), unless a source names
their network. Time is bounded for a whole exchange: a byte every ten seconds does not hold a run for ever.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Sequence

    Address = ipaddress.IPv4Address | ipaddress.IPv6Address
    Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_LEAST_SECONDS = 0.001


class RefusedAddress(httpcore.ConnectError):
    """A name leads to an address that a source may not be at."""


def refused(text: str, allowed: Sequence[Network] = ()) -> bool:
    """Tell whether an IP address may not be connected to.

    >>> [refused(one) for one in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "::ffff:10.0.0.1", "fe80::1%eth0")]
    [True, True, True, True, True]
    >>> refused("1.1.1.1"), refused("10.1.2.3", [ipaddress.ip_network("10.1.0.0/16")])
    (False, False)
    """
    address = ipaddress.ip_address(text.partition("%")[0])
    inner = _embedded(address)
    if any(one in network for network in allowed for one in [address, *inner] if one.version == network.version):
        return False
    return any(not one.is_global or one.is_multicast or one.is_reserved or _local(one) for one in inner or [address])


def _local(address: Address) -> bool:
    """Tell whether an address is of the old private range of IPv6 (fec0::/10), which Python calls global."""
    return isinstance(address, ipaddress.IPv6Address) and address.is_site_local


def _embedded(address: Address) -> list[Address]:
    """Return the IPv4 addresses that an IPv6 address leads to."""
    if not isinstance(address, ipaddress.IPv6Address):
        return []
    found: list[Address] = [one for one in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if one]
    if any(address in network for network in _NAT64):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if int(address) >> 32 == 0 and int(address) > 1:
        found.append(ipaddress.IPv4Address(int(address)))  # IPv4-compatible, long deprecated
    return found


class Guard(httpcore.NetworkBackend):
    """The place where connections are made: to judged addresses, and not beyond ``until`` (of ``time.monotonic``)."""

    def __init__(self, resolve: Callable[[str, int], list[str]] | None = None) -> None:
        self._resolve = resolve or _resolved
        self._inner = httpcore.SyncBackend()
        self.allowed: tuple[Network, ...] = ()
        self.until: float | None = None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of a host that answers; all of them must be allowed."""
        addresses = self._resolve(host, port)
        for one in addresses:
            if refused(one, self.allowed):
                raise RefusedAddress(f"{host} is at {one}, which is not a public address")
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for one in addresses:
            try:
                stream = self._inner.connect_tcp(one, port, self.left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            peer = str(stream.get_extra_info("server_addr")[0])
            if refused(peer, self.allowed):
                stream.close()
                raise RefusedAddress(f"{host} answered from {peer}, which is not a public address")
            return _Timed(stream, self)
        raise failure

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:  # noqa: ANN401
        """Refuse: nothing that is published is there."""
        raise RefusedAddress("a Unix socket is not a public address")

    def sleep(self, seconds: float) -> None:
        """Wait; the pool asks for this between its own retries, of which there are none."""
        time.sleep(seconds)

    def left(self, timeout: float | None) -> float | None:
        """Return the seconds that one step may take."""
        if self.until is None:
            return timeout
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer took too long")
        return max(_LEAST_SECONDS, left if timeout is None else min(timeout, left))


class _Timed(httpcore.NetworkStream):
    """A stream whose every step ends when the exchange must."""

    def __init__(self, inner: httpcore.NetworkStream, guard: Guard) -> None:
        self._inner, self._guard = inner, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, self._guard.left(timeout)), self._guard)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - of the stream
        return self._inner.get_extra_info(info)


class Transport(httpx.HTTPTransport):
    """httpx over a pool whose connections a guard makes; no proxy, since it would connect in our place."""

    def __init__(self, guard: Guard) -> None:
        super().__init__(trust_env=False)
        self._pool.close()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=4,
            max_keepalive_connections=0,
            network_backend=guard,
        )


def _resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a host, each once."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} is not known: {error}") from error
    return list(dict.fromkeys(str(one[4][0]) for one in found))
