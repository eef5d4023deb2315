"""Every question gets the same rows, in the same order, from SQLite and from Neo4j."""

import json
from itertools import product
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from notices import CITIES, written
from policygraph.models import Issue, Role
from policygraph.pipeline import build, parse
from policygraph.store import asking, open_store
from policygraph.store.contract import SourceRecord
from policygraph.store.questions import QUESTIONS

pytestmark = pytest.mark.neo4j
TEXTS = (
    "水",
    "率",
    "黑臭水体",
    "节水",
    "ppp",
    "PPP",
    "Pm",
    "pM2.5",
    "𠮷",
    "𠮷野",
    "%",
    "'",
    '"管',
    "检查\\",
    "2018",
    "Ⅲ",
)
ODD = (
    "3.检查。由市财政局会同市水务局开展检查,市水务局配合。年底前完成。(市财政局牵头,市水务局负责,市财政局负责)\n",
    "4.PPP项目。推进PPP项目和PM2.5监测,𠮷野河段Ⅲ类水质达到80%以上。(市生态环境局、市水务局牵头)\n",
    "5.宣传。自2018年起每季度公开,2018年6月至9月集中宣传;力争2018年底前开工,2019年完成。(市农委负责)\n",
    "6.监督。按照《鹤岗市节水方案》(鹤政办发〔2018〕2号)监督检查。(市监委监督,各县(市)区政府落实)\n",
)


def bodies(store) -> list[str]:
    """Return names that people would ask for: full and local, of bodies with and without duties."""
    named = [str(row["organisation"]) for row in store.ask("matrix")]
    return list(dict.fromkeys(["市水务局", "各县(市)区政府", *named]))


def documents(store) -> list[str]:
    """Return notices, and what they cite, that are called so by nothing else."""
    notices = [str(row["notice"]) for row in store.ask("notices")]
    cited = [str(row["cited"]) for notice in notices for row in store.ask("cites", document=notice)]
    return list(dict.fromkeys([*notices, *cited[::-1]]))


def given_to(question, store, most: int):
    """Return some of the ways in which a question can be put, the optional parameters left out among them."""
    notices = [str(row["notice"]) for row in store.ask("notices")]
    tasks = [str(row["task"]) for text in ("水", "检查", "宣传", "PPP") for row in store.ask("search", text=text)]
    told = [store.text_of(notice) for notice in notices]
    places = list(dict.fromkeys(str(one["jurisdiction"]) for one in told if one["jurisdiction"]))
    issuers = [one for text in dict.fromkeys(str(own["issuers"]) for own in told) for one in json.loads(text)]
    dates = ["2018-06-30", "2018-12-31", "2019-12-31"]
    values = {
        "flag": [True],
        "year": ["2018", "2019"],
        "organisation": bodies(store),
        "notice": notices,
        "place": places,
        "issuer": issuers,
        "citing": notices,
        "document": documents(store),
        "task": tasks,
        "text": TEXTS,
        "date": dates,
    }
    choices = {
        p.name: [*(() if p.required else (None,)), *(p.choices if p.kind == "choice" else values[p.kind][:most])]
        for p in question.parameters
    }
    usual = {name: found[0] for name, found in choices.items()}
    one_at_a_time = [usual | {name: value} for name, found in choices.items() for value in found]
    several = {name: found[: 1 if name in ("place", "issuer") else 2] for name, found in choices.items()}
    together = [dict(zip(choices, chosen, strict=True)) for chosen in product(*several.values())]
    return [dict(one) for one in dict.fromkeys(tuple(way.items()) for way in [usual, *one_at_a_time, *together])]


def compare(question, one, other, most: int) -> int:
    compared = 0
    for parameters in given_to(question, one, most):
        expected = one.ask(question.name, **parameters)
        rows = other.ask(question.name, **parameters)
        assert rows == expected, (question.name, parameters)
        assert [list(row) for row in rows] == [list(row) for row in expected]
        compared += len(rows)
    return compared


def fill(store, notices, name: str = "") -> None:
    for number, text in enumerate(notices):
        path = f"{name}{number}.txt"
        for notice in parse(text.encode(), name=path):
            store.load(SourceRecord(path, f"{number}", 1), [notice])


@pytest.fixture
def both(neo4j_url, tmp_path, corpus):
    """Return both stores with the corpus and small notices of four cities, one of them with doubts."""
    with open_store(tmp_path / "graph.db") as one, open_store(neo4j_url) as other:
        for store in (one, other):
            build([corpus], store)
            fill(store, [written(city, serial=n, extra="".join(ODD)) for n, city in enumerate(CITIES, 1)])
            later = [written(city, year=2019, serial=n, extra=ODD[n]) for n, city in enumerate(CITIES[:3], 1)]
            fill(store, later, name="later")
        yield one, other


def test_every_question_of_the_corpus_and_of_small_notices(both):
    one, other = both
    assert list(one.dump()) == list(other.dump())
    assert one.summary() == other.summary()
    assert one.publications() == other.publications()
    for question in QUESTIONS:
        compare(question, one, other, most=4)


SAME = (
    ("230800:water_affairs", "230800:housing_urban_rural", "230400:water_affairs"),
    ("230800:environmental_protection", "230800:ecology_environment"),
    ("230800:各县(市)区政府", "230803:government"),
    ("340100:nobody", "340100:industry_information", "340100:finance"),
)
"""Ids judged to be one body: of one place and of two, with their successor, a collective with its member, not there."""


def test_every_question_where_bodies_were_judged_to_be_one(both):
    one, other = both
    before = [one.ask("matrix"), list(one.dump())]
    for store in both:
        store.judge(SAME)
    assert other.bodies() == one.bodies()
    assert list(other.dump()) == before[1]
    assert other.ask("matrix") == one.ask("matrix") != before[0]
    for body in one.bodies():
        assert other.example(body.id) == one.example(body.id)
    for question in QUESTIONS:
        compare(question, one, other, most=3)
    for store in both:
        store.remove("鹤政办发〔2018〕2号")
        store.remove("佳政办发〔2018〕17号")
    for name in ("matrix", "leads", "history", "names", "paths"):
        compare(asking.find(name), one, other, most=3)
    for store in both:
        store.judge([])
    assert other.ask("matrix") == one.ask("matrix")
    assert other.bodies() == one.bodies()


def test_what_is_known_of_a_task_and_of_a_text(both):
    one, other = both
    for text in ("水", "检查", "PPP"):
        for row in one.ask("search", text=text):
            assert other.locate(str(row["task"])) == one.locate(str(row["task"]))
    for row in one.ask("notices"):
        assert other.text_of(str(row["notice"])) == one.text_of(str(row["notice"]))


def test_issues_and_their_words_count_characters_and_not_code_units(neo4j_url, tmp_path):
    (notice,) = parse(written(extra=ODD[1]).encode())
    places = [notice.page.text.index(word) for word in ("𠮷野", "Ⅲ类", "以下均需")]
    issues = (*(Issue("resolve", "doubt", (at, at + 3)) for at in places), Issue("read", "doubt", None))
    with open_store(tmp_path / "graph.db") as one, open_store(neo4j_url) as other:
        for store in (one, other):
            store.load(SourceRecord("a.txt", "", 1), [replace(notice, issues=issues)])
        assert other.ask("unresolved") == one.ask("unresolved")
        assert [row["words"] for row in one.ask("unresolved")] == [None, "以下均", "𠮷野河", "Ⅲ类水"]


WORDS = {"lead": "牵头", "support": "配合", "responsible": "负责", "implement": "落实", "supervise": "监督"}
bodies_named = st.sampled_from(
    ["市水务局", "市财政局", "市农委", "城乡建设局", "市发改委", "市发展改革委", "各县(市)区政府"]
)
duty = st.tuples(st.lists(bodies_named, min_size=1, max_size=3, unique=True), st.sampled_from(get_args(Role)))
sentence = st.sampled_from(
    ["开展检查。", "2018年底前完成。", "到2020年,𠮷水河达标率达到80%以上。", "每季度公开PPP项目。", "自2018年起实施。"]
)
task = st.tuples(st.lists(sentence, min_size=1, max_size=3), st.lists(duty, min_size=1, max_size=3))


IDS = [f"{place}:{kind}" for place in ("230800", "230400") for kind in ("water_affairs", "finance", "各县(市)区政府")]


@st.composite
def notices(draw):
    """Return notices that share bodies and cite each other."""
    found = []
    for serial in range(1, draw(st.integers(1, 3)) + 1):
        lines = []
        for number, (sentences, duties) in enumerate(draw(st.lists(task, max_size=3)), 3):
            said = ",".join("、".join(names) + WORDS[role] for names, role in duties)
            lines.append(f"{number}.事项。{''.join(sentences)}({said})\n")
        if draw(st.booleans()):
            lines.append("9.依据。按照《方案》(佳政办发〔2018〕1号)执行。(市水务局负责)\n")
        place, year = draw(st.sampled_from(CITIES[:2])), draw(st.sampled_from((2018, 2019)))
        found.append(written(place, year=year, serial=serial, extra="".join(lines)))
    return found


@pytest.mark.slow
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(texts=notices(), removed=st.booleans(), judged=st.permutations(IDS), size=st.integers(0, 3))
def test_every_question_of_generated_graphs(  # noqa: PLR0913, PLR0917 - three stores' worth of fixtures and draws
    neo4j_url, neo4j_server, tmp_path_factory, texts, removed, judged, size
):
    neo4j_server.empty()
    with open_store(tmp_path_factory.mktemp("generated") / "graph.db") as one, open_store(neo4j_url) as other:
        fill(one, texts)
        fill(other, texts)
        if removed:
            gone = one.publications()[0][1]
            assert other.remove(gone) == one.remove(gone)
        else:
            fill(other, texts[:1])  # once more changes nothing
        assert list(other.dump()) == list(one.dump())
        for store in (one, other):
            store.judge([judged[:size]] if size > 1 else [])
        for question in QUESTIONS:
            if one.publications():
                compare(question, one, other, most=3)
