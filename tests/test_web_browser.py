"""The explorer in a real Chromium: what people click, what a hostile notice does, what axe-core finds."""

from contextlib import ExitStack

import pytest

pytest.importorskip("starlette", reason="the explorer needs the extra web")

import hostile
from browser import chromium, served
from notices import written
from policygraph.pipeline import build, parse
from policygraph.registry.places import every_place
from policygraph.store import open_store
from policygraph.store.contract import SourceRecord
from policygraph.web.pages import VIEWS
from webpages import JIAMUSI, address

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = {"desktop": {"width": 1440, "height": 1000}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def browser():
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def corpus_at(tmp_path_factory, corpus):
    path = tmp_path_factory.mktemp("browser") / "graph.db"
    build([corpus], path)
    with served(path) as url:
        yield url


@pytest.fixture
def opened(browser):
    """Return what opens a page of a size and theme; nothing may be complained of meanwhile."""
    complaints = []
    with ExitStack() as stack:

        def open_page(size="desktop", theme="light", locale="zh-CN", **more):
            context = browser.new_context(viewport=SIZES[size], color_scheme=theme, locale=locale, **more)
            stack.callback(context.close)
            page = context.new_page()
            page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
            return page

        yield open_page
    assert complaints == []


every_view = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)


@every_view
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_and_axe_finds_nothing(opened, corpus_at, view, size, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe-core: uv sync --all-groups")
    page = opened(size, theme)
    page.goto(corpus_at + address(view))
    page.wait_for_load_state("networkidle")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0
    found = axe.Axe().run(page).response["violations"]
    told = [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found]
    assert told == []


@every_view
def test_every_page_is_whole_without_scripts(opened, corpus_at, view):
    page = opened(java_script_enabled=False)
    page.goto(corpus_at + address(view))
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()


def test_from_a_search_to_the_answer(opened, corpus_at):
    page = opened()
    page.goto(corpus_at)
    page.get_by_role("combobox").type("水务")
    page.get_by_role("option", name="佳木斯市水务局").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/organisations/**")
    assert page.locator("h1").inner_text() == "佳木斯市水务局"
    page.goto(corpus_at)
    page.get_by_role("combobox").type("黑臭水体")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    page.locator("#tasks").wait_for()
    page.locator("ol.cards a").first.click()
    page.wait_for_url("**/notices/**at=**")
    assert page.locator(".is-cited").first.is_visible()


def test_from_characters_to_their_facts_and_back(opened, corpus_at):
    page = opened()
    page.goto(f"{corpus_at}/notices/{JIAMUSI}")
    assert page.locator("#peek").is_hidden()
    page.locator("a.mark", has_text="市水务局").first.click()
    assert "佳木斯市水务局" in page.locator("#peek").inner_text()
    assert page.locator(".fact.lit").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#peek").is_hidden()
    fact = page.locator(".fact.is-target").first
    fact.locator(".chars").click()
    lit = page.locator("#text .lit")
    assert "断面水质优良" in "".join(lit.all_inner_texts())
    assert lit.first.evaluate(
        "run => { const box = run.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }"
    )


def test_a_fact_is_reached_and_left_with_the_keyboard(opened, corpus_at):
    page = opened()
    page.goto(f"{corpus_at}/notices/{JIAMUSI}")
    page.locator("a.mark", has_text="市水务局").first.focus()
    page.keyboard.press("Enter")
    page.locator("#peek button").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "市水务局"


def test_the_first_tab_skips_to_the_content(opened, corpus_at):
    page = opened()
    page.goto(corpus_at)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_matrix_is_filtered_and_exported_as_shown(opened, corpus_at):
    page = opened()
    page.goto(f"{corpus_at}/matrix?notice=17号")
    page.locator("select[name=role]").select_option("lead")
    page.locator("input[name=organisation]").fill("水务")
    page.locator("main button[type=submit]").click()
    rows = page.locator(".matrix tbody tr")
    assert rows.count() == 1
    cells = rows.locator("td .cell").count()
    with page.expect_download() as coming:
        page.locator(".heading .csv").first.click()
    exported = coming.value.path().read_text("utf-8-sig")
    assert exported.count("lead") == cells > 0
    assert "support" not in exported


def test_a_node_of_the_graph_leads_to_its_page(opened, corpus_at):
    page = opened()
    page.goto(f"{corpus_at}/graph?year=2018")
    page.wait_for_selector(".graph[data-state=settled]")
    place = page.evaluate(
        """() => {
            const box = document.querySelector(".graph"), frame = box.getBoundingClientRect();
            const node = box.policygraph.nodes().max((one) => one.data("links")).ele, at = node.renderedPosition();
            return { x: frame.left + at.x, y: frame.top + at.y, name: node.data("name") };
        }"""
    )
    page.mouse.click(place["x"], place["y"])
    page.wait_for_url("**/organisations/**")
    assert page.locator("h1").inner_text() == place["name"]


def test_changes_are_filtered_by_body_and_kind(opened, corpus_at):
    page = opened()
    page.goto(f"{corpus_at}/compare")
    rows = page.locator("table.changes tbody tr")
    every = rows.count()
    page.locator(".kinds a", has_text="指标收紧").click()
    page.wait_for_url("**kind=target**")
    tightened = rows.count()
    assert set(page.locator("table.changes th .change").all_inner_texts()) == {"指标收紧"}
    page.locator("input[name=organisation]").fill("安和市水务局")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**organisation=**")
    assert 0 < rows.count() < tightened < every
    page.locator("table.changes td a").last.click()
    page.wait_for_url("**/notices/**")
    assert page.locator(".is-cited").first.is_visible()


def test_a_hostile_notice_runs_nothing(opened, tmp_path):
    with open_store(tmp_path / "graph.db") as store:
        for year, serial in ((2018, 17), (2019, 5)):
            name = f"{year}{hostile.SOURCE}"
            store.load(SourceRecord(name, "", 1), parse(hostile.text(year, serial).encode(), name=name))
    with served(tmp_path / "graph.db") as url:
        page = opened()
        for view in VIEWS:
            where = {"organisation": "/organisations/230800:water_affairs"}.get(view.name, address(view))
            page.goto(url + where)
            page.wait_for_load_state("networkidle")
            assert page.locator("main img, main iframe, main svg[onload]").count() == 0
            assert page.evaluate("[...document.scripts].every((one) => one.src.startsWith(location.origin))")
        page.goto(f"{url}/notices/{JIAMUSI}")
        assert page.evaluate("document.getElementById('text').textContent") == hostile.text()


def test_a_visitor_with_the_token_judges_by_the_form_of_the_page(opened, corpus, tmp_path):
    build([corpus], tmp_path / "graph.db")
    with served(tmp_path / "graph.db", token="a token of this test") as url:
        page = opened()
        page.goto(f"{url}/enter")
        page.locator("input[name=token]").fill("a token of this test")
        page.locator("main button").click()
        page.wait_for_url("**/doubts")
        proposals = page.locator("form.judge").count()
        page.locator("button[value=different]").first.click()
        page.wait_for_url("**/doubts")
        assert page.locator("form.judge").count() == proposals - 1
    (line,) = (tmp_path / "graph.judgements.jsonl").read_text("utf-8").splitlines()
    assert '"verdict":"different"' in line


def test_the_language_and_the_theme_are_kept(opened, corpus_at):
    page = opened(locale="en-GB")
    page.goto(corpus_at)
    page.get_by_role("link", name="中文").click()
    page.goto(f"{corpus_at}/notices")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.goto(f"{corpus_at}/?theme=dark")
    page.goto(f"{corpus_at}/notices")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_a_network_of_two_thousand_nodes_is_drawn_and_moves(opened, tmp_path):
    with open_store(tmp_path / "graph.db") as store:
        fill(store, places=80, bodies=25)
    with served(tmp_path / "graph.db", seconds=120.0) as url:
        page = opened()
        page.goto(f"{url}/graph", timeout=120_000)
        page.wait_for_selector(".graph[data-state=drawn], .graph[data-state=settled]", timeout=120_000)
        assert page.evaluate("document.querySelector('.graph').policygraph.nodes().length") >= 2000
        frames = page.evaluate(
            """async () => {
                const cy = document.querySelector(".graph").policygraph, stamps = [];
                for (let step = 0; step < 60; step += 1) {
                    cy.panBy({ x: 5, y: 3 });
                    await new Promise(requestAnimationFrame);
                    stamps.push(performance.now());
                }
                return stamps;
            }"""
        )
        assert len(frames) == 60  # a frame was drawn after each move
        page.wait_for_selector(".graph[data-state=settled]", timeout=120_000)


def fill(store, places: int, bodies: int) -> None:
    """Fill a store with notices of many cities, each with its own bodies that work together."""
    cities = [one.name for one in every_place() if one.level == "prefecture" and one.name.endswith("市")][:places]
    names = [f"市{first}{last}局" for first in "水农林教卫" for last in "务业利生建"][:bodies]
    for number, city in enumerate(cities):
        lines = [
            f"{line + 3}.事项{line}。推进工作。({names[line % bodies]}牵头,{names[(line * 3 + 1) % bodies]}、"
            f"{names[(line * 7 + 2) % bodies]}配合)\n"
            for line in range(2 * bodies)
        ]
        text = written(city.removesuffix("市"), serial=number + 1, extra="".join(lines))
        store.load(SourceRecord(f"{number}.txt", f"{number}", 1), parse(text.encode(), name=f"{number}.txt"))
