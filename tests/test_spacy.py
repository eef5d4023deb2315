"""The spaCy pipe, and training data made with it."""

import io
import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

import policygraph as pg
from conftest import ROOT
from notices import CITIES, written
from policygraph.annotate.marks import of_notice, of_store
from policygraph.cli import main
from policygraph.errors import ExportError
from policygraph.pipeline import notice, parse
from policygraph.store.contract import SourceRecord

spacy = pytest.importorskip("spacy", reason="no spaCy: uv sync --extra spacy")
from spacy import displacy  # noqa: E402
from spacy.tokens import Doc, DocBin  # noqa: E402

from policygraph.annotate.component import DISPLACY  # noqa: E402

GROUPS = ["duties", "targets", "times", "organisations"]


@pytest.fixture(scope="module")
def nlp():
    blank = spacy.blank("zh")
    blank.add_pipe("policygraph")
    return blank


@pytest.fixture(scope="module")
def page():
    (found,) = parse(ROOT / "corpus" / "jiamusi-2018-water.txt")
    return found.page


@pytest.fixture(scope="module")
def doc(nlp, page):
    return nlp(page.text)


def spans(doc) -> dict[str, list[tuple]]:
    """Return what a doc's spans are and what is known of each."""
    return {
        group: [(span.text, span.label_, span.id_, json.dumps(span._.policygraph)) for span in doc.spans[group]]
        for group in GROUPS
    }


def test_spans_are_what_the_notice_says_to_the_character(doc, page):
    (found,) = parse(ROOT / "corpus" / "jiamusi-2018-water.txt")
    assert list(doc.spans) == GROUPS
    stated = [duty for duty in found.duties if duty.basis != "inherited"]
    assert [(span.start_char, span.end_char, span.label_) for span in doc.spans["duties"]] == [
        (*duty.span, duty.role) for duty in sorted(stated, key=lambda one: (one.span, one.role))
    ]
    assert [(span.text, span.label_) for span in doc.spans["duties"]][:3] == [
        ("市水务局", "lead"),
        ("市工信委", "support"),
        ("城乡建设局", "support"),
    ]
    for values, group in ((found.targets, "targets"), (found.times, "times")):
        assert sorted((span.start_char, span.end_char) for span in doc.spans[group]) == sorted(
            one.span for one in values
        )
    for group in GROUPS:
        for span in doc.spans[group]:
            own = span._.policygraph
            assert page.text[own["start"] : own["end"]] == span.text
            assert own.get("surface", span.text) == span.text


def test_details_tell_task_role_and_body(doc):
    first = doc.spans["duties"][0]._.policygraph
    assert first == {
        "start": 699,
        "end": 703,
        "task": "佳政办发〔2018〕17号:二/一/1:1",
        "role": "lead",
        "basis": "stated",
        "name": "市水务局",
        "surface": "市水务局",
        "organisation": "230800:water_affairs",
    }
    assert doc._.policygraph["id"] == "佳政办发〔2018〕17号"
    assert {span.label_ for span in doc.spans["organisations"]} == {"body", "collective"}
    assert doc[:3]._.policygraph is None


def test_a_text_that_is_no_notice_has_no_spans(nlp):
    for text in ("", "今天天气很好。", "Hello, world"):
        doc = nlp(text)
        assert [len(doc.spans[group]) for group in GROUPS] == [0, 0, 0, 0]
        assert doc._.policygraph is None


def test_where_tokens_are_longer_the_details_keep_the_characters(nlp, page):
    words = [page.text[at : at + 3] for at in range(0, len(page.text), 3)]
    doc = nlp.get_pipe("policygraph")(Doc(nlp.vocab, words=words, spaces=[False] * len(words)))
    assert doc.text == page.text
    assert len(doc.spans["duties"]) == 99
    for group in GROUPS:
        for span in doc.spans[group]:
            own = span._.policygraph
            assert span.start_char <= own["start"] < own["end"] <= span.end_char
            assert span.start_char > own["start"] - 3


def test_docs_go_through_bytes_a_docbin_and_a_copy(nlp, doc):
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert spans(again) == spans(doc)
    assert again._.policygraph["duties"] == json.loads(json.dumps(doc._.policygraph["duties"]))
    (other,) = DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)
    assert spans(other) == spans(doc)
    assert spans(doc.copy()) == spans(doc)


def test_many_texts_go_through_the_pipe(nlp):
    texts = [written(city, serial=serial) for serial, city in enumerate(CITIES, 1)]
    found = list(nlp.pipe(texts, batch_size=2))
    assert [len(doc.spans["duties"]) for doc in found] == [4, 4, 4, 4]
    assert found[1]._.policygraph["id"] == "鹤政办发〔2018〕2号"


def test_a_saved_pipeline_finds_its_factory_by_itself(nlp, tmp_path):
    nlp.to_disk(tmp_path / "model")
    (tmp_path / "notice.txt").write_text(written(), "utf-8")
    script = (
        "import sys, spacy; nlp = spacy.load(sys.argv[1]); doc = nlp(open(sys.argv[2], encoding='utf-8').read())\n"
        "print([span.label_ for span in doc.spans['duties']])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, str(tmp_path / "model"), str(tmp_path / "notice.txt")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "['lead', 'support', 'support', 'responsible']\n"


@pytest.mark.parametrize("group", GROUPS)
def test_displacy_draws_the_spans(nlp, group):
    doc = nlp(written())
    drawn = displacy.render(doc, style="span", options=DISPLACY[group])
    assert drawn.startswith('<div class="spans"')
    known = set(DISPLACY[group].get("colors", {}))
    if known:
        assert {span.label_ for span in doc.spans[group]} <= known


def test_a_store_gives_the_marks_of_the_notice(tmp_path):
    with pg.open_store(tmp_path / "graph.db") as store:
        pg.build(ROOT / "corpus", store)
        compared = 0
        for row in store.ask("notices"):
            (found,) = parse(store.text_of(row["notice"])["path"])
            certain = [mark for mark in of_notice(found) if mark.details.get("organisation", "") is not None]
            assert of_store(store, found.id) == certain
            compared += len(certain)
    assert compared > 600


@pytest.mark.neo4j
def test_a_server_gives_the_same_marks(tmp_path, neo4j_url):
    with pg.open_store(tmp_path / "graph.db") as store, pg.open_store(neo4j_url) as other:
        for one in (store, other):
            pg.build(ROOT / "corpus", one)
        for row in store.ask("notices"):
            assert of_store(other, row["notice"]) == of_store(store, row["notice"])


def test_a_docbin_of_a_store_holds_its_notices_as_published(tmp_path, nlp, page):
    with pg.open_store(tmp_path / "graph.db") as store:
        pg.build(ROOT / "corpus", store)
        counts = pg.export(store, "docbin", tmp_path / "train.spacy")
    docs = list(DocBin().from_disk(tmp_path / "train.spacy").get_docs(nlp.vocab))
    assert counts == {"docs": 4, "spans": sum(len(doc.spans[group]) for doc in docs for group in GROUPS)}
    (real,) = [doc for doc in docs if doc.user_data["notice"] == "佳政办发〔2018〕17号"]
    assert real.text == page.text
    mine = nlp(page.text)
    assert [(span.text, span.label_) for span in real.spans["times"]] == [
        (span.text, span.label_) for span in mine.spans["times"]
    ]


def test_a_docbin_of_gold_holds_what_people_found(tmp_path, nlp):
    done = CliRunner().invoke(
        main,
        ["export", "--format", "docbin", "--gold", str(ROOT / "gold"), "--notices", str(ROOT / "corpus"), "-o",
         str(tmp_path / "gold.spacy")],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    (doc,) = DocBin().from_disk(tmp_path / "gold.spacy").get_docs(nlp.vocab)
    gold = json.loads((ROOT / "gold" / "JMS2018.json").read_text("utf-8"))
    assert [span.text for span in doc.spans["targets"]] == [entry["quote"] for entry in gold["targets"]]
    assert [(span.text, span.label_) for span in doc.spans["times"]] == [
        (entry["quote"], entry["kind"]) for entry in gold["times"]
    ]
    names = [role["name"] for entry in gold["duties"] for role in entry["roles"]]
    found = [span._.policygraph["name"] for span in doc.spans["duties"]]
    assert sorted(found) == sorted(names)
    for span in doc.spans["duties"]:
        assert span._.policygraph["name"].endswith(span.text)


def test_gold_agrees_with_what_the_pipe_finds(nlp):
    """The shipped notice is one that the rules were written with, so that both name nearly the same characters."""
    out = io.BytesIO()
    pg.export(None, "docbin", out, gold=ROOT / "gold", notices=ROOT / "corpus")
    (doc,) = DocBin().from_bytes(out.getvalue()).get_docs(nlp.vocab)
    mine = nlp(doc.text)
    wanted = {(span.start, span.end, span.label_) for span in doc.spans["duties"]}
    found = {(span.start, span.end, span.label_) for span in mine.spans["duties"]}
    assert len(wanted & found) > 0.95 * len(wanted)


def test_without_spacy_an_export_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ExportError) as caught:
        pg.export(None, "docbin", tmp_path / "x", gold=ROOT / "gold", notices=ROOT / "corpus")
    assert str(caught.value) == "docbin: spaCy is not installed (pip install 'policygraph[spacy]')"


def test_an_export_of_nothing_is_refused(tmp_path):
    with pytest.raises(ExportError, match="docbin: no store and no gold"):
        pg.export(None, "docbin", tmp_path / "x")


def test_a_notice_of_a_table_keeps_its_marks_in_a_store(tmp_path):
    """Cells are known from the page only: the pipe reads a text, a store the page."""
    table = "<table><tr><th>任务</th><th>牵头单位</th></tr><tr><td>开展节水检查</td><td>市水务局</td></tr></table>"
    html = f"<html><body><h1>佳木斯市节水方案</h1><p>佳政办发〔2018〕9号</p><p>各县(市)区人民政府:</p>{table}</body></html>"
    (found,) = parse(html.encode(), name="a.html")
    assert notice(found.page) == found
    with pg.open_store(tmp_path / "graph.db") as store:
        store.load(SourceRecord("a.html", "", 1), [found])
        marks = of_store(store, found.id)
    assert [(mark.group, found.page.text[mark.start : mark.end]) for mark in marks] == [
        ("duties", "市水务局"),
        ("organisations", "市水务局"),
    ]


def test_python_of_the_document_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.+?)```", (ROOT / "docs" / "nlp.md").read_text("utf-8"), re.DOTALL)
    names = {}
    for block in blocks:
        exec(block, names)
    assert capsys.readouterr().out.splitlines()[0] == "市水务局 lead 佳政办发〔2018〕17号:二/一/1:1"
    assert names["html"].startswith('<div class="spans"')
