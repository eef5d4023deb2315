"""Fetching: only from public addresses, politely, within bounds."""

import doctest
import ipaddress

import httpcore
import pytest

from policygraph.errors import FetchError
from policygraph.watch import robots, transport
from policygraph.watch.config import Source
from policygraph.watch.fetch import Bounds, Fetcher, Unreachable
from policygraph.watch.transport import Guard, RefusedAddress, refused
from website import Running, Site

LOCAL = Source("x", "list", "http://x", networks=("127.0.0.1/32",), delay=0.0)
OPEN = Source("x", "list", "http://x", delay=0.0)


@pytest.fixture
def site():
    with Running(Site()) as running:
        yield running


@pytest.mark.parametrize("module", [transport, robots], ids=lambda one: one.__name__)
def test_the_examples_in_the_text_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.8.9.1", "169.254.169.254", "172.16.0.1", "192.0.0.1"),
        *("192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::10.0.0.1", "2002:7f00:1::", "fc00::1", "fd12::1"),
        *("fe80::1", "fe80::1%eth0", "ff02::1", "2001:db8::1", "64:ff9b:1::7f00:1", "fec0::1"),
    ],
)
def test_addresses_that_are_not_public_are_refused(address):
    assert refused(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "202.108.33.60", "2400:3200::1", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"])
def test_public_addresses_are_not(address):
    assert not refused(address)


def test_a_name_with_one_private_address_among_public_ones_is_refused():
    guard = Guard(lambda _host, _port: ["1.1.1.1", "10.0.0.1"])
    with pytest.raises(RefusedAddress, match=r"jms\.gov\.cn is at 10\.0\.0\.1, which is not a public address"):
        guard.connect_tcp("jms.gov.cn", 80)


def test_a_name_that_turns_private_between_two_requests_is_refused(site):
    """Rebind a name: what was looked up for the first request does not count for the second."""
    asked = []

    def resolve(_host: str, _port: int) -> list[str]:
        asked.append(1)
        return ["127.0.0.1" if len(asked) <= 2 else "127.0.0.2"]

    site.put("/a", "佳木斯")
    port = site.address.rpartition(":")[2]
    fetcher = Fetcher(guard=Guard(resolve), sleep=lambda _: None)
    assert fetcher.get(f"http://jms.gov.cn:{port}/a", LOCAL).data == "佳木斯".encode("gbk")
    with pytest.raises(FetchError, match=r"jms\.gov\.cn is at 127\.0\.0\.2"):
        fetcher.get(f"http://jms.gov.cn:{port}/a", LOCAL)
    assert len(site.asked) == 2


def test_the_peer_is_judged_too(monkeypatch):
    class Stream(httpcore.NetworkStream):
        closed = False

        def get_extra_info(self, info: str):
            return ("10.0.0.1", 80) if info == "server_addr" else None

        def close(self) -> None:
            self.closed = True

    stream = Stream()
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", lambda *_, **__: stream)
    with pytest.raises(RefusedAddress, match="answered from 10"):
        Guard(lambda _host, _port: ["1.1.1.1"]).connect_tcp("jms.gov.cn", 80)
    assert stream.closed


def test_no_proxy_of_the_environment_connects_in_our_place(site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", site.address)
    monkeypatch.setenv("ALL_PROXY", site.address)
    fetcher = Fetcher(guard=Guard(lambda _host, _port: ["10.0.0.1"]), sleep=lambda _: None)
    with pytest.raises(FetchError, match="not a public address"):
        fetcher.get("http://jms.gov.cn/", OPEN)
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "ftp://jms.gov.cn/a",
        "file:///etc/passwd",
        "http://a:b@jms.gov.cn/",
        "http:///x",
        "http://[::1/",
        "http://x:99999/",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address):
    with pytest.raises(FetchError, match="is no address of the web"):
        Fetcher().get(address, OPEN)


def test_an_answer_that_drips_is_left_when_its_time_is_over(site):
    site.drip("/slow")
    fetcher = Fetcher(bounds=Bounds(seconds=0.3, step_seconds=0.2, tries=2), sleep=lambda _: None)
    with pytest.raises(Unreachable, match="took too long, 2 times"):
        fetcher.get(site.address + "/slow", LOCAL)


def test_a_host_that_fails_again_and_again_is_left_alone_in_this_run(site):
    failed = []
    fetcher = Fetcher(bounds=Bounds(tries=2), sleep=lambda _: None, failed=lambda host, why: failed.append((host, why)))
    for path in ("/a", "/b", "/d"):
        site.pages[path] = (502, {}, b"")
        with pytest.raises(Unreachable, match="answered 502, 2 times"):
            fetcher.get(site.address + path, LOCAL)
    before = len(site.asked)
    with pytest.raises(Unreachable, match=r"its host fails \(answered 502\)"):
        fetcher.get(site.address + "/c", LOCAL)
    assert len(site.asked) == before
    assert failed == [(site.address, "answered 502")] * 3


def test_no_cookie_of_one_page_goes_to_another(site):
    site.put("/a", "甲", Set_Cookie="a=1; Path=/")
    site.put("/b", "乙")
    fetcher = Fetcher(sleep=lambda _: None)
    for path in ("/a", "/b"):
        fetcher.get(site.address + path, LOCAL)
    assert all("Cookie" not in headers for _, headers in site.asked)


def test_what_is_packed_several_times_over_is_refused(site):
    site.put("/bomb", b"x", Content_Encoding="gzip, gzip, gzip")
    with pytest.raises(FetchError, match="packed several times over"):
        Fetcher(sleep=lambda _: None).get(site.address + "/bomb", LOCAL)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: policygraph\nAllow: /", "/a", True),
        ("User-agent: a\nUser-agent: policygraph\nDisallow: /x # why", "/x/y", False),
        ("User-agent: *\nDisallow: /*.aspx?id=*$", "/l.aspx?id=3", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf.pdf", False),
        ("User-agent: *\nDisallow: /政务", "/%E6%94%BF%E5%8A%A1/1.html", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("Disallow: /", "/a", True),
        ("\x00\xff<html>not found</html>", "/a", True),
    ],
)
def test_robots_are_understood(text, path, allowed):
    assert robots.read(text).allows(f"http://x{path}") is allowed


@pytest.mark.parametrize(
    ("value", "seconds"), [("5", 5.0), ("1.5", 1.5), ("999999", 60.0), ("soon", 0.0), ("1e9", 0.0)]
)
def test_the_delay_that_robots_ask_for_is_bounded(value, seconds):
    assert robots.read(f"User-agent: *\nCrawl-delay: {value}").delay == seconds


def test_many_stars_take_no_long_time():
    pattern = "/" + "*a" * 200 + "$"
    assert robots.read(f"User-agent: *\nDisallow: {pattern}").allows("http://x/" + "a" * 5000 + "b")


def test_a_network_that_is_allowed_opens_no_other():
    allowed = [ipaddress.ip_network("10.1.0.0/16")]
    assert not refused("10.1.2.3", allowed)
    assert refused("10.2.0.1", allowed)
    assert not refused("::ffff:10.1.2.3", allowed)
