"""Notices that wish their readers harm are shown as the words that they are."""

import re

import pytest

pytest.importorskip("starlette", reason="the explorer needs the extra web")

import hostile
from policygraph.pipeline import parse
from policygraph.store import open_store
from policygraph.store.contract import SourceRecord
from policygraph.web.pages import VIEWS
from policygraph.web.rendering import address
from policygraph.web.settings import Settings
from webpages import Page, client_of

CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
TEXT, TABLE = "佳政办发〔2018〕17号", "佳政办发〔2018〕18号"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "graph.db"
    with open_store(path) as store:
        for number, text in enumerate((hostile.text(), hostile.text(year=2019, serial=5))):
            name = f"{number}{hostile.SOURCE}"
            store.load(SourceRecord(name, "", 1), parse(text.encode(), name=name))
        store.load(SourceRecord("table.html", "", 1), parse(hostile.table().encode(), name="table.html"))
    with client_of(Settings(path, token="hunter2")) as opened:
        yield opened


@pytest.fixture(scope="module")
def names(client) -> list[str]:
    rows = client.get("/api/organisations").json()["tables"]["organisations"]["rows"]
    found = [row["organisation_id"] for row in rows]
    assert sum("<" in name for name in found) == 2
    return found


def addresses(view, names) -> list[str]:
    if view.name == "organisation":
        return [address("/organisations", name) for name in names]
    if view.name == "notice":
        return [address("/notices", TEXT), address("/notices", TABLE)]
    searched = {
        "search": "?q=<script>",
        "organisations": "?text=<img",
        "notices": "?text=<script>",
        "matrix": "?notice=18号",
    }
    return [view.path, view.path + searched.get(view.name, "?lang=zh")]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_no_words_of_a_notice_become_part_of_a_page(client, names, view):
    for link in addresses(view, names):
        answer = client.get(link)
        assert answer.status_code == 200, link
        page = Page(answer.text)
        for tag, given in page.elements:
            assert tag not in ("img", "iframe", "object", "embed", "style")
            assert not any(name.startswith("on") or name == "style" for name in given)
            assert tag != "script" or set(given) == {"type", "src"}
        assert not any(link.lower().lstrip().startswith(("javascript:", "data:", "//", "http")) for link in page.links)
        assert "<script>alert" not in answer.text
        assert "<svg onload" not in answer.text


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_no_character_turns_the_order_of_a_page(client, names, view):
    """Such a character stands in a box of its own, in the text of a notice, and is named everywhere else."""
    for link in addresses(view, names):
        html = client.get(link).text
        outside = re.sub(r'<bdi class="control" data-code="U\+[0-9A-F]{4}">.</bdi>', "", html)
        assert not CONTROLS.search(outside)
        assert bool(CONTROLS.search(html)) <= (view.name == "notice")


def test_the_text_of_a_hostile_notice_is_whole(client):
    html = client.get(address("/notices", TEXT)).text
    (sheet,) = re.findall(r'<div class="sheet"[^>]*>(.*?)</div>', html, re.DOTALL)
    assert "".join(Page(sheet).words) == hostile.text()


def test_a_huge_table_is_shown_in_parts_that_make_up_the_text(client):
    link, pieces, part = address("/notices", TABLE), [], 1
    while True:
        html = client.get(f"{link}?part={part}").text
        (sheet,) = re.findall(r'<div class="sheet"[^>]*>(.*?)</div>', html, re.DOTALL)
        pieces.append("".join(Page(sheet).words))
        assert len(pieces[-1]) <= 60_000
        if 'rel="next"' not in html:
            break
        part += 1
    assert part > 1
    text = "".join(pieces)
    assert text.count("<script>治理") == hostile.ROWS
    for row in client.get(f"/api{link}").json()["tables"]["facts"]["rows"]:
        if row["words"] and row["kind"] == "duty" and row["basis"] == "stated":
            assert text[row["start"] : row["end"]] == row["words"]


def test_a_formula_of_a_notice_is_text_in_a_spreadsheet(client):
    told = client.get(f"/api{address('/notices', TEXT)}?format=csv&table=outline").text
    assert ",=HYPERLINK" not in told
    assert "'=HYPERLINK" in told
    rows = client.get(f"/api{address('/notices', TEXT)}").json()["tables"]["outline"]["rows"]
    assert any((row["title"] or "").startswith("=HYPERLINK") for row in rows)
