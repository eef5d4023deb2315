"""Links: what a list page holds, where it goes on, in which spelling an address is known."""

import doctest
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.errors import PolicygraphError
from policygraph.watch import feeds, links, listing
from policygraph.watch.config import Source
from policygraph.watch.links import canonical, day
from website import listed

BASE = "http://www.jms.gov.cn/zwgk/index.html"
LIST = Source("jms", "list", BASE)
ITEMS = [(f"./t2019030{n}_{n}.html", f"关于印发第{n}号工作方案的通知", f"2019-03-0{n}") for n in range(1, 6)]


def test_the_examples_in_the_text_hold():
    assert doctest.testmod(links).failed == 0
    assert doctest.testmod(listing).failed == 0


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("./t1.html", "http://www.jms.gov.cn/zwgk/t1.html"),
        ("/a/./b/../c.html#x", "http://www.jms.gov.cn/a/c.html"),
        ("HTTPS://WWW.JMS.gov.cn:443/A", "https://www.jms.gov.cn/A"),
        ("//other.gov.cn", "http://other.gov.cn/"),
        ("/a.jsp;jsessionid=0F3?id=1", "http://www.jms.gov.cn/a.jsp?id=1"),
        ("/政务 公开.html", "http://www.jms.gov.cn/%E6%94%BF%E5%8A%A1%20%E5%85%AC%E5%BC%80.html"),
        ("http://[2400::1]:8080/a", "http://[2400::1]:8080/a"),
        ("/../../etc/passwd", "http://www.jms.gov.cn/etc/passwd"),
        ("javascript:void(0)", None),
        ("mailto:a@b.cn", None),
        ("http://user:pw@x/", None),
        ("http://x:port/", None),
        ("http://[::1", None),
    ],
)
def test_an_address_has_one_spelling(address, known):
    assert canonical(address, BASE) == known
    assert known is None or canonical(known) == known


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024-03-05", "2024-03-05"),
        ("[2024/3/5]", "2024-03-05"),
        ("发布时间:2024年03月05日", "2024-03-05"),
        ("2024.3.5 10:00", "2024-03-05"),
        ("/xxgk/202403/t20240305_123.html", "2024-03-05"),
        ("/art/2024-03/05/1.html", "2024-03-05"),
        ("/2024/03/05/1.html", "2024-03-05"),
        ("2024-13-45", None),
        ("03-05", None),
        ("12024-03-05", None),
    ],
)
def test_a_day_is_read(text, found):
    assert day(text) == found


@pytest.mark.parametrize("shape", ["li", "tr", "dd", "p", "div"])
def test_the_list_is_found_by_itself(shape):
    page = listing.read(listed(ITEMS, shape=shape).encode("gbk"), BASE, LIST)
    assert [one.day for one in page.links] == [one[2] for one in ITEMS]
    assert page.links[0].title == ITEMS[0][1]
    assert page.links[0].address == "http://www.jms.gov.cn/zwgk/t20190301_1.html"


def test_a_list_of_notices_is_taken_before_a_longer_one_of_news():
    news = [(f"/n/{n}.html", f"市领导赴基层调研第{n}站", f"2019-04-0{n}") for n in range(1, 9)]
    rows = "".join(f"<li><a href='{a}'>{t}</a><span>{d}</span></li>" for a, t, d in news)
    both = listed(ITEMS, f"<ul class='news'>{rows}</ul>")
    assert len(listing.read(both.encode(), BASE, LIST).links) == 5


def test_a_title_that_is_cut_is_taken_whole_from_its_attribute():
    rows = "".join(f"<li><a href='{a}' title='{t}'>{t[:6]}…</a>{d}</li>" for a, t, d in ITEMS)
    assert listing.read(f"<ul>{rows}</ul>".encode(), BASE, LIST).links[0].title == ITEMS[0][1]


def test_a_pattern_takes_links_without_a_day():
    rows = "".join(f"<p><a href='/doc/{n}'>文件{n}</a></p>" for n in range(3)) + "<a href='/x'>其他栏目</a>"
    page = listing.read(rows.encode(), BASE, Source("a", "list", BASE, links=r"/doc/\d"))
    assert [one.address[-5:] for one in page.links] == ["doc/0", "doc/1", "doc/2"]


@pytest.mark.parametrize(
    ("below", "after"),
    [
        ("<a href='index_2.html'>下一页</a>", "http://www.jms.gov.cn/zwgk/index_2.html"),
        ("<a href='index_2.html'><span>下一页</span> ></a>", "http://www.jms.gov.cn/zwgk/index_2.html"),
        ('<script>createPageHTML(20, 3, "index", "html");</script>', "http://www.jms.gov.cn/zwgk/index_4.html"),
        ('<script>createPageHTML(4, 3, "index", "html");</script>', None),
        ("<a href='http://evil.example/'>下一页</a>", None),
        ("<a href='index.html'>下一页</a>", None),
        ("<a href='javascript:go(2)'>下一页</a>", None),
        ("", None),
    ],
)
def test_where_a_list_goes_on(below, after):
    assert listing.read(listed(ITEMS, below).encode(), BASE, LIST).next == after


@given(st.binary(max_size=400))
def test_no_bytes_break_a_list_or_a_feed(data):
    for read in (lambda: listing.read(data, BASE, LIST), lambda: feeds.read(data, BASE)):
        with suppress(PolicygraphError):
            read()


@given(st.text(max_size=80))
def test_an_address_in_its_one_spelling_stays_so(text):
    known = canonical(text, BASE)
    assert known is None or canonical(known, BASE) == known
