"""The explorer as its pages and its data are asked, without a browser."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

pytest.importorskip("starlette", reason="the explorer needs the extra web")

from policygraph.cli import main
from policygraph.pipeline import build
from policygraph.web import languages
from policygraph.web.openapi import document
from policygraph.web.pages import VIEWS
from policygraph.web.settings import Settings
from webpages import JIAMUSI, Page, address, api, client_of

WEB = Path(languages.__file__).parent


@pytest.fixture(scope="module")
def store(tmp_path_factory, corpus) -> Path:
    path = tmp_path_factory.mktemp("web") / "graph.db"
    build([corpus], path)
    return path


@pytest.fixture(scope="module")
def serving(store):
    with client_of(Settings(store)) as opened:
        yield opened


@pytest.fixture
def client(serving):
    serving.cookies.clear()
    return serving


every_view = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)


@every_view
@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_every_page_is_there_in_both_languages(client, view, language):
    answer = client.get(address(view), headers={"accept-language": language})
    assert answer.status_code == 200
    assert f'<html lang="{languages.TAGS[language]}"' in answer.text
    page = Page(answer.text)
    assert len(page.ids) == len(set(page.ids))
    assert sum(tag == "h1" for tag, _ in page.elements) == 1


@every_view
def test_no_page_holds_a_script_a_style_or_an_address_of_elsewhere(client, view):
    page = Page(client.get(address(view)).text)
    for tag, given in page.elements:
        assert tag != "style"
        assert "style" not in given
        assert not any(name.startswith("on") for name in given)
        assert tag != "script" or given.get("src", "").startswith("/static/")
    assert all(link.startswith(("/", "#")) and not link.startswith("//") for link in page.links)


@every_view
def test_the_links_of_a_page_lead_somewhere(client, view):
    """Follow each link of a page once, up to a hundred; those within a page lead to an id of it."""
    page = Page(client.get(address(view)).text)
    for link in list(dict.fromkeys(link.partition("#")[0] for link in page.links if not link.startswith("#")))[:100]:
        if "/enter" not in link and not link.endswith("/judge"):
            assert client.get(link).status_code == 200, link
    assert {link[1:] for link in page.links if link.startswith("#")} <= {*page.ids}


@every_view
def test_data_holds_what_the_page_shows_as_json_and_as_csv(client, view):
    whole = client.get(api(view)).json()
    assert tuple(whole["tables"]) == view.tables
    for name, table in whole["tables"].items():
        answer = client.get(f"{api(view)}{'&' if '?' in api(view) else '?'}format=csv&table={name}")
        rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert [list(row) for row in rows] == [list(row) for row in table["rows"]]
        plain = [{key: "" if value is None else str(value) for key, value in row.items()} for row in table["rows"]]
        assert [{key: value.removeprefix("'") for key, value in row.items()} for row in rows] == [
            {key: value.replace("\r\n", "\n").removeprefix("'") for key, value in row.items()} for row in plain
        ]


@every_view
def test_the_page_links_to_its_own_data(client, view):
    html = client.get(address(view)).text
    assert 'href="/api/' in html
    for link in [link for link in Page(html).links if link.startswith("/api/") and "format=" in link]:
        answer = client.get(link)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(("application/json", "text/csv"))


def test_the_openapi_document_tells_each_route_its_parameters_and_tables(client):
    told = client.get("/api/openapi.json").json()
    assert told == document(VIEWS)
    assert set(told["paths"]) == {("/api/home" if v.path == "/" else f"/api{v.path}") for v in VIEWS} | {"/api/suggest"}
    for view in VIEWS:
        operation = told["paths"]["/api/home" if view.path == "/" else f"/api{view.path}"]["get"]
        names = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
        assert names == {"format", "table", *(field.name for field in view.fields)}
    schema = {**told["components"]["schemas"]["Problem"], "$schema": "https://json-schema.org/draft/2020-12/schema"}
    import jsonschema  # noqa: PLC0415

    jsonschema.validate(client.get("/api/notices/99号").json(), schema)


def test_what_is_not_there_is_said_with_its_status(client):
    assert client.get("/notices/99号").status_code == 404
    assert client.get("/organisations/火星市水务局").status_code == 404
    assert client.get("/nowhere").status_code == 404
    assert client.get("/doubts?stage=dreams").status_code == 400
    assert client.get(f"/notices/{JIAMUSI}?at=9-3").status_code == 400
    assert client.get("/notices?page=-1").status_code == 400
    refused = client.get("/api/doubts?stage=dreams")
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["title"] == "'dreams' is no stage"


def test_the_store_is_not_told_where_it_lies(client, store):
    for path in ("/", "/notices/99号", "/nowhere", "/api/notices/99号"):
        assert str(store) not in client.get(path).text


# languages


def test_the_language_is_asked_for_chosen_or_preferred(client):
    def spoken(path, **given):
        return re.search(r'<html lang="([^"]+)"', client.get(path, **given).text)[1]

    assert spoken("/") == "en"
    assert spoken("/", headers={"accept-language": "zh-CN,zh;q=0.9"}) == "zh-Hans"
    assert spoken("/", headers={"accept-language": "en", "cookie": "lang=zh"}) == "zh-Hans"
    assert spoken("/?lang=en", headers={"accept-language": "zh", "cookie": "lang=zh"}) == "en"
    assert "lang=zh" in client.get("/?lang=zh").headers["set-cookie"]
    client.cookies.clear()
    assert "set-cookie" not in client.get("/?lang=xx&theme=neon").headers


def test_every_message_is_there_in_both_languages_with_the_same_values():
    for key, said in languages.messages().items():
        assert set(said) == set(languages.LANGUAGES), key
        values = [sorted(re.findall(r"{(\w+)}", text)) for text in said.values()]
        assert values[0] == values[1], key


def test_every_message_is_used_and_every_used_message_is_there():
    sources = [*WEB.glob("templates/*.html"), *WEB.glob("*.py"), *WEB.glob("pages/*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    named = set(re.findall(r'say\("(\w+\.\w+)"', text)) | set(re.findall(r'"((?:nav|search)\.\w+)"', text))
    families = set(re.findall(r'say\("(\w+)\." ~', text)) | {"time", "stage", "role"}
    messages = set(languages.messages())
    assert named <= messages
    assert {key for key in messages - named if key.partition(".")[0] not in families} == set()


# security


def test_every_answer_is_sealed(client):
    for path in ("/", "/static/explorer.css", "/api/home", "/nowhere"):
        headers = client.get(path).headers
        assert "'unsafe" not in headers["content-security-policy"]
        assert "script-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil@127.0.0.1", "", "[::1", "127.0.0.2", "10.0.0.1"]
)
def test_a_server_called_by_another_name_does_not_answer(client, host):
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000"])
def test_a_server_called_by_its_own_name_answers(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_server_for_others_goes_by_its_addresses_and_the_names_it_was_given(store):
    with client_of(Settings(store, hosts=("plans.example",), any_address=True)) as client:
        assert client.get("/", headers={"host": "10.0.0.1:80"}).status_code == 200
        assert client.get("/", headers={"host": "plans.example"}).status_code == 200
        assert client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_what_is_too_long_is_not_read(client):
    assert client.get(f"/search?q={'a' * 5000}").status_code == 414
    assert client.get(f"/search?q={'a' * 300}").status_code == 400
    assert client.get(f"/organisations/{'a' * 3000}").status_code == 414
    assert client.post("/search", content=b"a" * 100_000).status_code == 413


@every_view
def test_nothing_can_be_written_without_a_token(client, view):
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(address(view)).status_code == 405
        assert getattr(client, method)(api(view)).status_code == 405
    assert client.post("/doubts/judge").status_code == 404
    assert client.get("/enter").status_code == 404


def test_a_page_that_takes_too_long_or_too_much_says_so(store):
    with client_of(Settings(store, seconds=1e-9)) as client:
        answer = client.get("/organisations")
        assert (answer.status_code, "no answer in the time allowed" in answer.text) == (503, True)
    with client_of(Settings(store, rows=3)) as client:
        assert client.get("/api/organisations").status_code == 503
        assert client.get("/api/notices/99号").json()["status"] == 503


def test_static_files_stay_in_their_folder(client):
    assert client.get("/static/explorer.css").status_code == 200
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd", "/static/..%2fapp.py"):
        assert client.get(path).status_code == 404


def test_a_spreadsheet_takes_no_cell_for_a_formula():
    from policygraph.web.tables import to_csv  # noqa: PLC0415
    from policygraph.web.views import Table  # noqa: PLC0415

    rows = [{"a": value} for value in ("=1+1", "@x", "-a", "-3.5", "+1", "2018", 7, None, "甲")]
    assert to_csv(Table.of("t", rows)).split("\r\n")[1:-1] == [
        "'=1+1",
        "'@x",
        "'-a",
        "-3.5",
        "'+1",
        "2018",
        "7",
        '""',
        "甲",
    ]


# pages


def test_suggestions_name_bodies_and_notices_by_part_of_a_name(client):
    found = client.get("/api/suggest", params={"q": "水务"}).json()
    assert [one["name"] for one in found] == ["佳木斯市水务局", "安和市水务局"]
    assert client.get(found[0]["address"]).status_code == 200
    assert [one["kind"] for one in client.get("/api/suggest", params={"q": "17号"}).json()] == ["notice"]
    assert client.get("/api/suggest").json() == []


def test_the_text_of_a_notice_is_the_published_text(client, jiamusi):
    html = client.get(f"/notices/{JIAMUSI}").text
    (sheet,) = re.findall(r'<div class="sheet"[^>]*>(.*?)</div>', html, re.DOTALL)
    text = "".join(Page(sheet).words)
    facts = client.get(f"/api/notices/{JIAMUSI}").json()["tables"]["facts"]["rows"]
    shown = 0
    for row in facts:
        if row["words"] and row["basis"] != "inherited":
            assert text[row["start"] : row["end"]] == row["words"]
            shown += 1
    assert shown > 100
    assert text.split() == jiamusi.read_text("utf-8").split()


def test_a_fact_leads_to_its_characters_and_they_to_the_fact(client):
    page = Page(client.get(f"/notices/{JIAMUSI}").text)
    marks = [given for _, given in page.elements if "mark" in (given.get("class") or "").split()]
    facts = {
        given["id"] for tag, given in page.elements if tag == "li" and "fact" in (given.get("class") or "").split()
    }
    linked = {name for given in marks for name in given["data-facts"].split()}
    assert linked == facts
    assert {given["href"][1:] for given in marks if given.get("href")} <= facts


def test_cited_characters_are_marked(client):
    html = client.get(f"/notices/{JIAMUSI}?at=699-703").text
    assert re.search(r'id="m699"[^>]*is-cited[^>]*>市水务局</a>', html)


def test_a_name_of_several_bodies_gives_a_choice(client):
    html = client.get("/organisations/市水务局").text
    assert "佳木斯市水务局" in html
    assert "安和市水务局" in html
    assert "Several bodies bear this name" in html


def test_serve_without_the_extra_says_what_to_install(store, monkeypatch):
    import builtins  # noqa: PLC0415

    real = builtins.__import__

    def importing(name, *rest):
        if name.startswith("policygraph.web"):
            raise ModuleNotFoundError(name="starlette")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", importing)
    done = CliRunner().invoke(main, ["serve", str(store)])
    assert done.exit_code == 1
    assert done.stderr == ("serve: the pages need starlette, which is not installed (pip install 'policygraph[web]')\n")


def test_serve_says_where_a_store_is_lacking(tmp_path):
    done = CliRunner().invoke(main, ["serve", str(tmp_path / "no.db")])
    assert (done.exit_code, "no such store" in done.stderr) == (1, True)
    assert json.dumps(done.stderr)


@pytest.mark.neo4j
def test_every_page_shows_the_same_of_a_server(neo4j_url, client, corpus):
    build([corpus], neo4j_url)
    with client_of(Settings(neo4j_url, seconds=60)) as other:  # a busy machine plans each query for seconds
        for view in VIEWS:
            answer = other.get(address(view))
            assert answer.status_code == 200, answer.text
            expected, found = client.get(api(view)).json(), other.get(api(view)).json()
            assert found == expected, view.name


def test_serve_shows_a_store_and_says_where(store):
    """Run the command itself on a free port, and ask it for a page."""
    command = [sys.executable, "-m", "policygraph", "serve", str(store), "--port", "0", "--write"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        try:
            told, token = server.stdout.readline(), server.stdout.readline()
            url = re.search(r"http://127\.0\.0\.1:\d+/", told)[0]
            assert str(store) in told
            assert f"{url}enter" in token
            for _ in range(100):
                try:
                    answer = httpx.get(url, timeout=30)
                    break
                except httpx.ConnectError:
                    continue
            assert answer.status_code == 200
            assert httpx.get(url, headers={"host": "evil.example"}, timeout=30).status_code == 421
        finally:
            server.terminate()
