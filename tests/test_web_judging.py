"""Judging in the explorer: only with the token, only from its own pages, and as `policygraph review` would."""

import re

import pytest

pytest.importorskip("starlette", reason="the explorer needs the extra web")

from notices import written
from policygraph.pipeline import build
from policygraph.store import judgements, open_store
from policygraph.web.settings import Settings
from webpages import client_of

TOKEN = "a token of this test"
EXTRA = """3.融资。落实资金。(市城投公司牵头)
4.建设。推进建设。(市城市建设投资公司牵头)
"""


@pytest.fixture
def store(tmp_path):
    (tmp_path / "a.txt").write_text(written(extra=EXTRA), "utf-8")
    build([tmp_path / "a.txt"], tmp_path / "graph.db")
    return tmp_path / "graph.db"


@pytest.fixture
def client(store):
    with client_of(Settings(store, token=TOKEN)) as opened:
        yield opened


def written_beside(store):
    return judgements.read(judgements.beside(str(store))).entries


def enter(client, token=TOKEN):
    answer = client.post("/enter", data={"token": token})
    client.cookies.update(answer.cookies)
    return answer


def form(client) -> dict[str, str]:
    """Return the hidden fields of the first form on the page of doubts."""
    html = client.get("/doubts").text
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)[:4])


def test_without_the_token_the_page_has_no_form_and_the_route_refuses(client, store):
    assert 'action="/doubts/judge"' not in client.get("/doubts").text
    assert client.post("/doubts/judge", data={"verdict": "same"}).status_code == 403
    assert enter(client, "wrong").status_code == 403
    assert 'action="/doubts/judge"' not in client.get("/doubts").text
    assert written_beside(store) == ()


def test_with_the_token_a_judgement_is_written_and_followed(client, store):
    entered = enter(client)
    assert entered.status_code == 303
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert "SameSite=strict" in entered.headers["set-cookie"]
    fields = form(client)
    answer = client.post("/doubts/judge", data={**fields, "verdict": "same", "by": "李"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/doubts")
    (one,) = written_beside(store)
    assert (one.subject, one.object, one.verdict, one.by) == (fields["subject"], fields["object"], "same", "李")
    assert 'name="subject" value="' + fields["subject"] not in client.get("/doubts").text
    with open_store(store) as opened:
        assert any(len(body.ids) == 2 for body in opened.bodies())


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        ({"csrf": ""}, {}, 403),
        ({"csrf": "0" * 64}, {}, 403),
        ({}, {"origin": "http://evil.example"}, 403),
        ({}, {"origin": "null"}, 403),
        ({}, {"sec-fetch-site": "cross-site"}, 403),
        ({}, {"content-type": "text/plain"}, 415),
        ({"verdict": "eaten"}, {}, 400),
        ({"subject": "230800:nobody"}, {}, 400),
        ({"by": "x" * 20_000}, {}, 413),
    ],
    ids=[
        "no word",
        "wrong word",
        "other site",
        "no site",
        "cross-site",
        "no form",
        "no verdict",
        "no body",
        "too large",
    ],
)
def test_a_form_that_is_not_the_servers_own_writes_nothing(client, store, fields, headers, status):
    enter(client)
    given = form(client) | {"verdict": "same"} | fields
    assert client.post("/doubts/judge", data=given, headers=headers).status_code == status
    assert written_beside(store) == ()


def test_the_word_of_a_form_is_not_the_token(client):
    enter(client)
    assert form(client)["csrf"] != TOKEN
    assert TOKEN not in client.get("/doubts").text
