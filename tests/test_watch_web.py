"""List pages, feeds and sitemaps of a site that behaves as governments' sites do."""

import gzip
import json
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from notices import written
from policygraph.cli import main
from policygraph.errors import WatchError
from policygraph.store import open_store
from policygraph.watch import alarms, config, status
from policygraph.watch.fetch import Bounds, Fetcher
from policygraph.watch.run import Reach, Report, run
from policygraph.watch.state import State
from website import Running, Site, listed, page, plan, redesigned, with_plans

DAY = datetime(2026, 3, 1, tzinfo=UTC)
BOUNDS = Bounds(seconds=5, step_seconds=2, bytes=200_000)


@pytest.fixture
def site():
    with Running(Site()) as running:
        yield running


@dataclass
class Watch:
    """A watch of one source at work, day after day; nothing waits."""

    folder: Path
    source: config.Source
    day: datetime = DAY
    slept: list[float] = field(default_factory=list)
    bounds: Bounds = BOUNDS

    def run(self, **reach) -> Report:
        self.day += timedelta(days=1)
        told = config.Config(self.folder / "watch.toml", (self.source,))
        fetcher = Fetcher(bounds=self.bounds, sleep=self.slept.append)
        with open_store(self.folder / "g.db") as store:
            report = run(told, store, now=self.day, reach=Reach(fetcher=fetcher, **reach))
        fetcher.close()
        return report

    def notices(self) -> list[str]:
        with open_store(self.folder / "g.db") as store:
            return [row["notice"] for row in store.ask("notices")]

    def alarms(self) -> dict[str, str]:
        told = config.Config(self.folder / "watch.toml", (self.source,))
        return {one["kind"]: one["message"] for one in status.of(told, now=self.day)["alarms"]}


@pytest.fixture
def watch(site, tmp_path):
    def made(path: str = "/list.html", kind: config.Kind = "list", **options) -> Watch:
        options = {"networks": ("127.0.0.1/32",), "delay": 0.0, **options}
        return Watch(tmp_path, config.Source("jms", kind, site.address + path, **options))

    return made


def new(report: Report) -> list[str]:
    return [one["notice"] for one in (report.digest or {"new": []})["new"]]


def test_a_list_of_gbk_pages_comes_in_once(site, watch):
    site.put("/list.html", listed(with_plans(site, range(1, 5))))
    jms = watch()
    report = jms.run()
    assert report.sound, (report.errors, report.alarms)
    assert new(report) == [f"佳政办发〔2019〕{n}号" for n in range(1, 5)]
    assert report.digest["new"][0]["addresses"] == [f"{site.address}/zwgk/201903/t20190302_1.html"]
    before = len(site.asked)
    again = jms.run()
    assert (again.sound, again.digest, again.listed) == (True, None, {"jms": 4})
    assert [path for path, _ in site.asked[before:]] == ["/robots.txt", "/list.html"]


def test_what_is_new_on_the_list_is_fetched_alone(site, watch):
    site.put("/list.html", listed(with_plans(site, range(1, 5))))
    jms = watch()
    jms.run()
    site.put("/list.html", listed(with_plans(site, range(1, 6))))
    before = len(site.asked)
    assert new(jms.run()) == ["佳政办发〔2019〕5号"]
    assert [path for path, _ in site.asked[before:]] == ["/robots.txt", "/list.html", "/zwgk/201903/t20190306_5.html"]


def test_a_list_that_did_not_change_answers_304(site, watch):
    site.versioned("/list.html", listed(with_plans(site, range(1, 4))), '"v1"')
    jms = watch()
    jms.run()
    report = jms.run()
    assert (report.sound, report.listed) == (True, {"jms": None})
    assert site.asked[-1][1]["If-None-Match"] == '"v1"'


def test_pages_are_asked_for_again_on_condition_after_some_days(site, watch):
    items = with_plans(site, range(1, 4))
    title, text = plan(1)
    site.versioned(items[-1][0], page(text, title), '"p1"')
    site.put("/list.html", listed(items))
    jms = watch(recheck=7)
    jms.run()
    jms.day += timedelta(days=8)
    site.versioned(items[0][0], page(plan(3)[1].replace("9月底", "8月底"), plan(3)[0]), '"p3"')
    report = jms.run()
    assert [one["notice"] for one in report.digest["revised"]] == ["佳政办发〔2019〕3号"]
    assert [h.get("If-None-Match") for path, h in site.asked if path == items[-1][0]] == [None, '"p1"']


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<a href='/list_2.html'>下一页</a>", ""),
        (
            "<script>createPageHTML(2, 0, 'list', 'html');</script>",
            "<script>createPageHTML(2, 1, 'list', 'html')</script>",
        ),
        ("<a rel='next' href='list_2.html'>2</a>", "<a href='/list.html'>上一页</a>"),
    ],
    ids=["下一页", "createPageHTML", "rel=next"],
)
def test_a_list_is_walked_page_by_page(site, watch, first, second):
    items = with_plans(site, range(1, 9))
    site.put("/list.html", listed(items[:4], first))
    site.put("/list_2.html", listed(items[4:], second))
    site.pages["/list_1.html"] = site.pages["/list_2.html"]
    assert len(new(watch().run())) == 8


def test_a_list_whose_pages_are_numbered_is_walked_by_a_pattern(site, watch):
    items = with_plans(site, range(1, 10))
    site.put("/index.html", listed(items[:3]))
    site.put("/index_1.html", listed(items[3:6]))
    site.put("/index_2.html", listed(items[6:]))
    jms = watch("/index.html", pages="index_{n}.html")
    assert len(new(jms.run())) == 9
    assert jms.run().sound
    (later,) = with_plans(site, range(30, 31))
    site.put("/index.html", listed([later, *items[:2]]))
    assert len(new(jms.run())) == 1


def test_a_walk_that_broke_off_goes_on_where_it_stood(site, watch):
    items = with_plans(site, range(1, 10))
    site.put("/list.html", listed(items[:3], "<a href='/list_2.html'>下一页</a>"))
    site.pages["/list_2.html"] = (403, {}, b"")
    site.put("/list_3.html", listed(items[6:]))
    jms = watch()
    broken = jms.run()
    assert "answered 403" in str(broken.errors[0])
    assert len(new(broken)) == 3
    site.put("/list_2.html", listed(items[3:6], "<a href='/list_3.html'>下一页</a>"))
    assert len(new(jms.run())) == 6
    assert jms.run().sound


def test_backfill_takes_what_the_first_run_left(site, watch):
    for number in range(1, 7):
        items = with_plans(site, range(number * 3, number * 3 + 3), year=2024 - number)
        after = f"<a href='/list_{number + 1}.html'>下一页</a>" if number < 6 else ""
        site.put(f"/list_{number}.html", listed(items, after))
    jms = watch("/list_1.html", lists=2)
    first = jms.run()
    assert len(new(first)) == 6
    assert first.notes == ["jms: 2 pages were taken; `policygraph watch run --backfill` takes older ones"]
    assert jms.run().digest is None
    since = jms.run(backfill=True, since="2020-01-01")
    assert len(new(since)) == 6
    assert len(new(jms.run(backfill=True))) == 6
    assert len(jms.notices()) == 18


def test_an_endless_calendar_is_left_after_some_pages_with_an_alarm(site, watch):
    items = with_plans(site, range(1, 4))

    def month(number: int):
        site.pages[f"/cal_{number + 1}.html"] = lambda _: month(number + 1)
        days = [(f"/d/{number}-{n}.html", f"第{number}月政务公开日程安排表{n}", f"2019-03-0{n}") for n in range(1, 4)]
        return 200, {}, listed(days, f"<a href='/cal_{number + 1}.html'>下一页</a>").encode("gbk")

    site.put("/list.html", listed(items, "<a href='/cal_1.html'>下一页</a>"))
    site.pages["/cal_1.html"] = lambda _: month(1)
    jms = watch(most=6, titles="通知")
    report = jms.run(backfill=True)
    assert len(new(report)) == 3
    assert jms.alarms() == {"endless": "the list goes on after 6 pages (raise 'most', or give --since)"}
    assert not report.sound


def test_attachments_come_in_after_their_page(site, watch):
    title, text = plan(7)
    short = f"<p>{title}</p>"
    extra = "<p><a href='./P02019.txt'>附件:节水方案</a></p><p><a href='/x/form.zip'>附件2.申报表</a></p>"
    site.put("/n/1.html", page(written(year=2019, serial=1), title, short + extra))
    site.put("/n/P02019.txt", text, "application/octet-stream")
    site.put("/x/form.zip", b"PK\x05\x06" + b"\0" * 18)
    site.put("/list.html", listed([("/n/1.html", title, "2019-03-01")]))
    report = watch(links="/n/").run()
    assert new(report) == ["佳政办发〔2019〕1号", "佳政办发〔2019〕7号"]


def test_names_from_the_net_never_become_paths(site, watch, tmp_path):
    title, text = plan(1)
    bad = "/n/..%2f..%2f..%2fetc%2fpasswd.html?x=../../../../tmp/evil.sh"
    site.put(bad, page(text, title))
    site.put("/list.html", listed([(bad, title, "2019-03-01")]))
    report = watch(links="/n/").run()
    assert new(report) == ["佳政办发〔2019〕1号"]
    (file,) = (tmp_path / "watch-data/fetched").iterdir()
    assert file.suffix == ".html"
    assert len(file.stem) == 32
    assert not [path for path in tmp_path.rglob("*") if "passwd" in path.name or "evil" in path.name]


def test_what_fails_is_told_and_tried_again_and_the_rest_goes_on(site, watch):
    items = with_plans(site, range(1, 5))
    site.put("/list.html", listed(items))
    kept = site.pages[items[0][0]]
    site.pages[items[0][0]] = (503, {"Retry-After": "7"}, b"")
    site.pages[items[1][0]] = (200, {"Content-Length": "99999"}, b"<html>broken")
    site.pages[items[2][0]] = (403, {}, b"")
    jms = watch()
    report = jms.run()
    assert new(report) == ["佳政办发〔2019〕1号"]
    assert [error.what for error in report.errors] == ["answered 503, 3 times", "broke off, 3 times", "answered 403"]
    assert [pause for pause in jms.slept if pause > 1] == [7.0, 7.0, 2.0, 4.0]
    site.pages[items[0][0]] = kept
    assert new(jms.run()) == ["佳政办发〔2019〕4号"]
    for _ in range(10):
        jms.day += timedelta(days=3)
        last = jms.run()
    assert last.errors == []
    assert jms.alarms()["failed"].startswith("2 addresses could not be fetched, first http://127.0.0.1")
    with State(jms.folder / "watch-data") as state:
        alarms.accept(state, "jms")
    assert jms.run().sound


def test_a_slow_answer_is_left_and_the_rest_goes_on(site, watch):
    items = with_plans(site, range(1, 4))
    site.put("/list.html", listed(items))
    site.drip(items[0][0])
    jms = watch()
    jms.bounds = Bounds(seconds=0.5, tries=1)
    report = jms.run()
    assert [error.what for error in report.errors] == ["took too long"]
    assert len(new(report)) == 2


def test_too_large_a_page_and_a_picture_are_refused(site, watch):
    items = with_plans(site, range(1, 5))
    site.put(items[0][0], b"x" * 300_000)
    site.put(items[1][0], gzip.compress(b"x" * 3_000_000), Content_Encoding="gzip")
    site.put(items[2][0], b"\x89PNG", "image/png")
    site.put("/list.html", listed(items))
    report = watch().run()
    assert [error.what for error in report.errors] == [
        "larger than 200,000 bytes",
        "larger than 200,000 bytes",
        "is image/png, no page and no document",
    ]
    assert new(report) == ["佳政办发〔2019〕1号"]


def test_redirects_are_followed_five_times_and_never_to_a_private_address(site, watch):
    items = with_plans(site, range(1, 5))
    site.put("/list.html", listed(items))
    site.pages["/moved"] = site.pages[items[0][0]]
    site.pages[items[0][0]] = (302, {"Location": "/moved"}, b"")
    site.pages[items[1][0]] = (302, {"Location": items[1][0] + "?"}, b"")
    site.pages[items[1][0] + "?"] = (302, {"Location": items[1][0]}, b"")
    site.pages[items[2][0]] = (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b"")
    site.pages[items[3][0]] = (302, {"Location": "file:///etc/passwd"}, b"")
    report = watch().run()
    assert new(report) == ["佳政办发〔2019〕4号"]
    assert [error.what for error in report.errors] == [
        "redirects more than 5 times",
        "169.254.169.254 is at 169.254.169.254, which is not a public address",
        "is no address of the web",
    ]


def test_loopback_is_refused_unless_the_source_allows_it(site, watch):
    site.put("/list.html", listed(with_plans(site, range(1, 4))))
    jms = watch(networks=())
    report = jms.run()
    assert report.errors[0].what == "127.0.0.1 is at 127.0.0.1, which is not a public address"
    assert site.asked == []
    assert "place" in jms.alarms()


def test_robots_are_asked_first_and_obeyed(site, watch):
    items = with_plans(site, range(1, 4))
    site.put("/robots.txt", f"User-agent: *\nDisallow: {items[0][0]}\nCrawl-delay: 5\n", "text/plain")
    site.put("/list.html", listed(items))
    jms = watch()
    report = jms.run()
    assert site.asked[0][0] == "/robots.txt"
    assert report.errors[0].what == "robots.txt asks to leave it alone"
    assert len(new(report)) == 2
    assert items[0][0] not in site.paths()
    assert max(jms.slept) > 4


def test_a_site_whose_robots_fail_is_not_asked_for_more(site, watch):
    site.pages["/robots.txt"] = (503, {}, b"")
    site.put("/list.html", listed(with_plans(site, range(1, 4))))
    jms = watch()
    assert not jms.run().sound
    assert site.paths() == []


def test_a_host_is_asked_no_faster_than_its_delay(site, watch):
    site.put("/list.html", listed(with_plans(site, range(1, 4))))
    jms = watch(delay=3.0)
    jms.run()
    assert len(jms.slept) == 4
    assert all(2 < pause <= 3 for pause in jms.slept)


def test_a_host_that_fails_for_days_is_an_alarm_until_it_answers(site, watch):
    site.put("/list.html", listed(with_plans(site, range(1, 4))))
    jms = watch()
    jms.run()
    kept, site.pages["/list.html"] = site.pages["/list.html"], (500, {}, b"")
    assert not jms.run().sound
    assert jms.alarms() == {}
    jms.run()
    assert not jms.run().sound
    assert jms.alarms() == {"host": f"{site.address} has failed for 2 days: answered 500"}
    site.pages["/list.html"] = kept
    assert jms.run().sound


@pytest.mark.parametrize(
    ("left", "kind", "message"),
    [
        (0, "none", "it lists no links (usually 9)"),
        (4, "fewer", "it lists 4 links, usually 9"),
    ],
)
def test_a_list_that_gives_less_than_usual_or_nothing_is_an_alarm(site, watch, left, kind, message):
    items = with_plans(site, range(1, 10))
    site.put("/list.html", listed(items))
    jms = watch()
    jms.run()
    site.put("/list.html", listed(items[:left]))
    report = jms.run()
    assert not report.sound
    assert jms.alarms() == {kind: message}
    assert [one["kind"] for one in report.digest["alarms"]] == [kind]
    assert jms.run().digest is None
    site.put("/list.html", listed(items))
    assert jms.run().sound


def test_a_redesign_is_an_alarm_and_makes_no_duplicates(site, watch):
    items = with_plans(site, range(1, 5))
    site.put("/list.html", listed(items))
    jms = watch(recheck=0)
    jms.run()
    held = jms.notices()
    fresh = [(f"/new/{n}.html", title, day) for n, (_, title, day) in enumerate(items)]
    for n, (address, _, _) in enumerate(fresh):
        text = plan(4 - n)[1]
        text = text.split("\n", 1)[1].replace("   2019年3月5日\n", "") if n < 2 else text
        site.put(address, redesigned(text), encoding="utf-8")
    site.put("/list.html", listed(fresh, shape="dd").replace("docs", "news"))
    report = jms.run()
    assert jms.notices() == held
    assert new(report) == []
    assert jms.alarms() == {
        "shape": "the links stand elsewhere on the page: div.list/ul.news/dd, before div.list/ul.docs/li"
    }
    with State(jms.folder / "watch-data") as state:
        alarms.accept(state, "jms")
    assert jms.run().sound


def test_pages_that_say_nothing_any_more_are_an_alarm(site, watch):
    site.put("/list.html", listed(with_plans(site, range(1, 5))))
    jms = watch()
    jms.run()
    shells = [(f"/shell/{n}.html", f"关于印发第{n}号工作方案的通知", "2019-04-01") for n in range(3)]
    for address, title, _ in shells:
        site.put(
            address, f"<html><body><div id=app></div><p>{title}</p><p>请使用新版浏览器访问本网站页面</p></body></html>"
        )
    site.put("/list.html", listed(shells + with_plans(site, range(1, 5))))
    report = jms.run()
    assert len(report.without) == 3
    assert jms.alarms() == {"no tasks": "the last 3 pages gave no tasks, 100% of those before did"}


def test_a_page_that_loses_its_tasks_is_an_alarm_and_its_facts_stay(site, watch):
    items = with_plans(site, range(1, 4))
    site.put("/list.html", listed(items))
    jms = watch(recheck=1)
    jms.run()
    site.put(items[0][0], "<html><body><p>网站正在升级改版,敬请期待。</p></body></html>")
    jms.day += timedelta(days=2)
    report = jms.run()
    assert not report.sound
    assert jms.alarms()["tasks lost"].startswith("1 of its pages had tasks and have none now")
    assert len(jms.notices()) == 3


def test_rss_and_atom_and_a_sitemap_of_sitemaps_come_in(site, watch):
    items = with_plans(site, range(1, 4))
    rss = "".join(
        f"<item><title>{t}</title><link>{a}</link><pubDate>Tue, 05 Mar 2019 08:00:00 +0800</pubDate></item>"
        for a, t, _ in items
    )
    site.put(
        "/rss.xml", f"<?xml version='1.0' encoding='utf-8'?><rss><channel>{rss}</channel></rss>", "text/xml", "utf-8"
    )
    assert len(new(watch("/rss.xml", "feed").run())) == 3


def test_a_sitemap_of_packed_sitemaps_comes_in_and_a_changed_page_is_asked_for_again(site, watch):
    items = with_plans(site, range(1, 4))

    def packed(day: str) -> bytes:
        entries = "".join(f"<url><loc>{site.address}{a}</loc><lastmod>{day}</lastmod></url>" for a, _, _ in items)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        return gzip.compress(f"<urlset xmlns='{space}'>{entries}</urlset>".encode())

    index = f"<sitemapindex><sitemap><loc>{site.address}/s.xml.gz</loc></sitemap></sitemapindex>"
    site.put("/sitemap.xml", index, "text/xml")
    site.put("/s.xml.gz", packed("2019-03-05"), "application/gzip")
    jms = watch("/sitemap.xml", "sitemap")
    assert len(new(jms.run())) == 3
    site.put("/s.xml.gz", packed("2019-06-05"), "application/gzip")
    site.put(items[0][0], page(plan(3)[1].replace("9月底", "8月底"), plan(3)[0]))
    assert [one["notice"] for one in jms.run().digest["revised"]] == ["佳政办发〔2019〕3号"]


def test_atom_takes_the_alternate_link(site, watch):
    ((address, title, _),) = with_plans(site, range(1, 2))
    entry = f"<entry><title>{title}</title><link rel='self' href='/no'/><link href='{address}'/><updated>2019-03-05T00:00:00Z</updated></entry>"
    site.put("/atom.xml", f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>", "text/xml", "utf-8")
    assert new(watch("/atom.xml", "feed").run()) == ["佳政办发〔2019〕1号"]


@pytest.mark.parametrize("text", ["<rss><channel>", "<!DOCTYPE x [<!ENTITY a 'b'>]><rss>&a;</rss>", "<html></html>"])
def test_a_damaged_feed_is_an_alarm(site, watch, text):
    site.put("/rss.xml", text, "text/xml")
    jms = watch("/rss.xml", "feed")
    assert not jms.run().sound
    assert "place" in jms.alarms()


def test_a_feed_of_many_is_taken_from_its_new_end_and_backfill_takes_the_rest(site, watch):
    entries = "".join(f"<url><loc>{site.address}/p{n}</loc><lastmod>2019-01-01</lastmod></url>" for n in range(130))
    site.put("/sitemap.xml", f"<urlset>{entries}</urlset>", "text/xml")
    jms = watch("/sitemap.xml", "sitemap")
    assert jms.run().notes == ["jms: 30 older links are left; --backfill takes them"]
    assert len([path for path in site.paths() if path.startswith("/p")]) == 100
    jms.run(backfill=True)
    assert len({path for path in site.paths() if path.startswith("/p")}) == 130


def test_facts_come_back_when_the_store_was_lost(site, watch):
    site.put("/list.html", listed(with_plans(site, range(1, 4))))
    jms = watch()
    jms.run()
    for path in jms.folder.glob("g.db*"):
        path.unlink()
    before = len(site.paths())
    jms.run()
    assert len(jms.notices()) == 3
    assert site.paths()[before:] == ["/list.html"]


def test_the_digest_is_posted_and_posted_again_if_nobody_took_it(site, watch, tmp_path):
    site.put("/list.html", listed(with_plans(site, range(1, 4))))
    told = config.Config(tmp_path / "watch.toml", (watch().source,), webhook=site.address + "/hook")
    site.takes = 503
    reports = []
    for takes in (503, 200, 200):
        site.takes = takes
        with open_store(tmp_path / "g.db") as store:
            reports.append(run(told, store, now=DAY, reach=Reach(fetcher=Fetcher(sleep=lambda _: None))))
        assert status.of(told, now=DAY)["unsent"] == (takes == 503)
    assert [[error.what for error in report.errors] for report in reports] == [["answered 503"], [], []]
    assert [headers["Idempotency-Key"] for headers, _ in site.posted] == ["policygraph-digest-1"] * 2
    assert len(json.loads(site.posted[1][1])["new"]) == 3


def test_another_version_that_reads_otherwise_revises_nothing(site, watch, monkeypatch):
    site.put("/list.html", listed(with_plans(site, range(1, 4))))
    jms = watch(recheck=0)
    jms.run()
    for module in ("policygraph.watch.pages", "policygraph.store.ingest"):
        monkeypatch.setattr(f"{module}.PIPELINE", 10_000)
    monkeypatch.setattr("policygraph.watch.intake.facts", lambda notice: "read otherwise " + notice.id)
    report = jms.run()
    assert (report.read, report.digest) == (3, None)


def test_a_watch_that_has_not_run_for_long_is_an_alarm(site, watch):
    site.put("/list.html", listed(with_plans(site, range(1, 4))))
    jms = watch()
    jms.run()
    jms.day += timedelta(days=9)
    assert jms.alarms() == {"idle": "no run has ended for 9 days"}


def invoke(*arguments: str):
    return CliRunner().invoke(main, ["watch", *arguments])


def test_add_tries_an_address_and_shows_what_it_would_take(site, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("time.sleep", lambda _: None)
    items = with_plans(site, range(1, 5))
    site.put("/list.html", listed(items, "<a href='/list_2.html'>下一页</a>"))
    result = invoke("add", f"{site.address}/list.html", "--name", "jms", "--network", "127.0.0.1/32")
    assert result.exit_code == 0, result.output
    assert "jms: a list page with 4 links" in result.stdout
    assert "2019-03-05  关于印发佳木斯市2019年度第4号节水工作方案的通知" in result.stdout
    assert f"goes on at {site.address}/list_2.html" in result.stdout
    assert "节水工作方案的通知: 佳政办发〔2019〕4号, 3 tasks" in result.stdout
    assert config.read("watch.toml").sources[0].networks == ("127.0.0.1/32",)
    ran = invoke("run")
    assert ran.exit_code == 1  # the next page is not there
    assert "answered 404" in ran.stderr
    assert "new: 佳政办发〔2019〕4号" in ran.stdout
    shown = invoke("status")
    assert shown.exit_code == 1
    assert "alarm: jms: it cannot be read" in shown.stdout
    assert json.loads(invoke("status", "--format", "json").stdout)["sources"][0]["links"]["read"] == 4
    assert invoke("accept", "jms").stdout == "jms: 1 alarm ended\n"
    assert invoke("status").exit_code == 0


@pytest.mark.parametrize(
    ("place", "message"),
    [
        (
            "{site}/empty.html",
            "no repeated block of dated links was found on it (say which links to take: --links PATTERN)",
        ),
        ("{site}/no.html", "answered 404"),
        ("ftp://x/y", "is no address of the web"),
        ("http://user:secret@127.0.0.1/", "is no address of the web"),
    ],
)
def test_add_refuses_what_gives_nothing(site, tmp_path, monkeypatch, place, message):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("time.sleep", lambda _: None)
    site.put("/empty.html", page("没有列表的页面"))
    result = invoke("add", place.format(site=site.address), "--network", "127.0.0.1/32")
    assert result.exit_code == 1
    assert message in result.stderr
    assert not (tmp_path / "watch.toml").exists()


def test_a_name_that_is_not_watched_is_refused(watch):
    with pytest.raises(WatchError, match=r"no source of this name \(there are: jms\)"):
        watch().run(names=["nanjing"])


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills with SIGKILL")
@pytest.mark.parametrize("after", range(1, 12))
def test_a_run_that_is_killed_misses_and_doubles_nothing(site, tmp_path, after):
    """Kill the process while it waits for its n-th answer, then run it again."""
    items = with_plans(site, range(1, 9))
    site.put("/list.html", listed(items[:4], "<a href='/list_2.html'>下一页</a>"))
    site.put("/list_2.html", listed(items[4:]))
    source = config.Source("jms", "list", site.address + "/list.html", delay=0.0, networks=("127.0.0.1/32",))
    config.add(tmp_path / "watch.toml", source)
    command = [sys.executable, "-m", "policygraph", "watch", "run"]
    running: list[subprocess.Popen[bytes]] = []

    def kill(_: str) -> None:
        if len(site.asked) == after:
            running[0].send_signal(signal.SIGKILL)

    site.watcher = kill
    running.append(subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    running[0].communicate()
    site.watcher = None
    assert running[0].returncode == -signal.SIGKILL
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with open_store(tmp_path / "policygraph.db") as store:
        assert len(store.ask("notices")) == 8
    told = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "watch-data/digests").glob("*.json")]
    assert sorted(one["notice"] for digest in told for one in digest["new"]) == [
        f"佳政办发〔2019〕{n}号" for n in range(1, 9)
    ]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kills with SIGKILL")
@pytest.mark.parametrize(
    "place", ["intake.Reading._outcome", "digest.make", "digest.write", "deliver.send", "alarms.tasks"]
)
def test_a_run_that_is_killed_between_its_steps_misses_and_doubles_nothing(tmp_path, place):
    """Kill the process as a step is entered, and once more as it has ended."""
    (tmp_path / "plans").mkdir()
    for serial in range(1, 5):
        (tmp_path / f"plans/{serial}.txt").write_text(written(year=2019, serial=serial), "utf-8")
    config.add(tmp_path / "watch.toml", config.Source("plans", "folder", "plans"))
    module, _, attribute = place.partition(".")
    for before in (True, False):
        script = f"""
import os, signal, functools
from policygraph.watch import {module} as home
*path, name = {attribute.split(".")!r}
for one in path: home = getattr(home, one)
real = getattr(home, name)
def killed(*a, **k):
    {"pass" if before else "real(*a, **k)"}
    os.kill(os.getpid(), signal.SIGKILL)
setattr(home, name, killed)
from policygraph.cli import main
main(["watch", "run"])
"""
        done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == -signal.SIGKILL
    command = [sys.executable, "-m", "policygraph", "watch", "run"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = [json.loads(path.read_text("utf-8")) for path in (tmp_path / "watch-data/digests").glob("*.json")]
    assert sorted(one["notice"] for digest in told for one in digest["new"]) == [
        f"佳政办发〔2019〕{n}号" for n in range(1, 5)
    ]
    assert invoke_status(tmp_path)["unsent"] == 0


def invoke_status(folder: Path) -> dict:
    return status.of(config.read(folder / "watch.toml"), now=DAY)
