"""Notices as Akoma Ntoso, checked by the schema that OASIS publishes."""

import re
from collections import Counter

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import policygraph as pg
from conftest import ROOT
from notices import CITIES, written
from policygraph.cli import main
from policygraph.errors import UnknownId
from policygraph.export import akn, document
from policygraph.pipeline import parse
from policygraph.store.contract import SourceRecord

NS = {"a": akn.NAMESPACE}
EVERY = sorted([*(ROOT / "corpus").glob("*.txt"), *(ROOT / "corpus" / "anhe").glob("anhe-*")])


@pytest.fixture(scope="module")
def schema():
    return etree.XMLSchema(etree.parse(ROOT / "tests" / "schemas" / "akomantoso30.xsd"))


def tree(content: bytes):
    return etree.fromstring(content)


def words(text: str) -> str:
    return re.sub(r"\s+", "", text)


def body(root) -> str:
    """Return all characters outside the head."""
    return words("".join("".join(part.itertext()) for part in root[0][1:]))


def check(schema, own: document.Document) -> None:
    root = tree(akn.content(own))
    schema.assertValid(root)
    ids = [one.get("eId") for one in root.iter() if one.get("eId")]
    assert len(ids) == len(set(ids))
    for one in root.iter("{*}role", "{*}organization", "{*}quantity", "{*}FRBRauthor"):
        assert (one.get("refersTo") or one.get("href")).removeprefix("#") in ids
    assert body(root) == words(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", own.text))


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_every_notice_of_the_corpus_is_valid_and_whole(path, schema):
    (found,) = parse(path)
    check(schema, document.of_notice(found))


def test_notices_that_do_not_ship_are_valid_and_whole(shared, schema):
    checked = 0
    for path in sorted((shared / "notices").glob("*.txt"))[:40]:
        for found in parse(path, failed=lambda _error: None):
            check(schema, document.of_notice(found))
            checked += 1
    assert checked > 10


def test_outline_roles_numbers_and_dates_stand_where_they_are_written(jiamusi):
    (found,) = parse(jiamusi)
    root = tree(akn.of_notice(found))
    level = root.find(".//a:level[@eId='level_二__level_一__level_1']", NS)
    assert [level.findtext("a:num", None, NS), level.findtext("a:heading", None, NS)] == ["1.", "控制用水总量。"]
    lead = level.find(".//a:role[@refersTo='#lead']/a:organization", NS)
    assert lead.text == "市水务局"
    known = root.find(f".//a:TLCOrganization[@eId='{lead.get('refersTo')[1:]}']", NS)
    assert known.get("href") == "/ontology/organization/230800:water_affairs"
    assert [one.get("normalized") for one in level.iterfind(".//a:quantity", NS)] == ["47.38"]
    assert [(one.text, one.get("date")) for one in level.iterfind(".//a:date", NS)] == [
        ("2018年", "2018-12-31"),
        ("到2020年", "2020-12-31"),
    ]
    refs = [one.get("href") for one in root.iterfind(".//a:ref", NS)]
    assert len(refs) == 7
    assert refs[0] == "urn:policygraph:id:国发〔2015〕17号"
    roles = Counter(one.get("refersTo")[1:] for one in root.iterfind(".//a:role", NS))
    assert roles == Counter(duty.role for duty in found.duties if duty.basis != "inherited")


def test_the_head_says_what_the_notice_is(jiamusi):
    (found,) = parse(jiamusi)
    meta = tree(akn.of_notice(found)).find("a:doc/a:meta", NS)
    assert [etree.QName(one).localname for one in meta] == ["identification", "publication", "references"]
    work = meta.find("a:identification/a:FRBRWork", NS)
    assert [(etree.QName(one).localname, one.get("value") or one.get("date") or one.get("href")) for one in work] == [
        ("FRBRthis", "/akn/cn/doc/2018/佳政办发〔2018〕17号/!main"),
        ("FRBRuri", "/akn/cn/doc/2018/佳政办发〔2018〕17号"),
        ("FRBRdate", "2018-07-19"),
        ("FRBRauthor", "#issuer_1"),
        ("FRBRcountry", "cn"),
        ("FRBRnumber", "佳政办发〔2018〕17号"),
        ("FRBRname", "佳木斯市人民政府办公室关于印发佳木斯市2018年度水污染防治重点工作实施方案的通知"),
    ]
    assert meta.find("a:publication", NS).get("date") == "2018-08-03"


def test_the_second_copy_of_a_page_is_left_out(jiamusi):
    (found,) = parse(jiamusi)
    assert len(found.page.text) > 10_000
    assert body(tree(akn.of_notice(found))).count("1.控制用水总量") == 1


def test_a_notice_without_date_number_or_outline_is_valid(schema):
    (found,) = parse("关于开展检查的通知\n\n各县(市)区人民政府:\n请开展检查。(市水务局牵头)\n".encode())
    own = document.of_notice(found)
    check(schema, own)
    root = tree(akn.content(own))
    assert root.find(".//a:FRBRWork/a:FRBRdate", NS).attrib == {"date": akn.UNKNOWN_DATE, "name": "unknown"}


def test_marks_that_cross_do_not_break_the_file(schema):
    own = document.of_notice(parse(written().encode())[0])
    (at, other) = (own.text.index("节水型单位"), own.text.index("市水务局牵头"))
    crossing = [document.Cited("x y", at, other + 2), document.Cited("z", at + 2, other + 30)]
    check(schema, document.Document(**{name: getattr(own, name) for name in own.__slots__} | {"citations": crossing}))


pieces = st.sampled_from(
    [
        "一、目标\n",
        "二、任务。",
        "(一)检查。",
        "1.公开<&>",
        "(市水务局牵头,市农委配合)",
        "2018年底前完成80%。",
        "\n",
        "\t",
        "\x0b",
        "《方案》(国发〔2015〕17号)",
        "1.公开",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(pieces, max_size=14).map("".join))
def test_any_notice_is_valid_and_whole(schema, extra):
    (found, *_) = parse(written(extra=extra).encode())
    check(schema, document.of_notice(found))


def test_a_store_writes_the_same_documents(tmp_path, corpus):
    with pg.open_store(tmp_path / "graph.db") as store:
        pg.build(corpus, store)
        assert pg.export(store, "akn", tmp_path / "akn") == {"notices": 4}
        for path in EVERY:
            (found,) = parse(path)
            assert (tmp_path / "akn" / f"{found.id}.xml").read_bytes() == akn.of_notice(found)
        assert pg.export(store, "akn", tmp_path / "one", notice="17号") == {"notices": 1}
        with pytest.raises(UnknownId):
            pg.export(store, "akn", tmp_path / "one", notice="99号")


def test_the_id_of_a_notice_is_no_path(tmp_path):
    number = "a/b..\\c"
    with pg.open_store(tmp_path / "graph.db") as store:
        (found,) = parse(written().encode(), name="x.txt")
        store.load(SourceRecord("x.txt", "", 1), [found])
        assert akn._NOT_IN_NAMES.sub("_", number) == "a_b.._c"
        pg.export(store, "akn", tmp_path / "akn")
    assert [path.name for path in (tmp_path / "akn").iterdir()] == ["佳政办发〔2018〕17号.xml"]


@pytest.mark.neo4j
def test_a_server_writes_the_same_documents(tmp_path, neo4j_url):
    with pg.open_store(tmp_path / "graph.db") as store, pg.open_store(neo4j_url) as other:
        for one in (store, other):
            for serial, city in enumerate(CITIES, 1):
                extra = "按照《方案》(鹤政办发〔2018〕2号)执行。\n"
                (found,) = parse(written(city, serial=serial, extra=extra).encode(), name=f"{serial}.txt")
                one.load(SourceRecord(f"{serial}.txt", "", 1), [found])
        for row in store.ask("notices"):
            assert document.of_store(other, row["notice"]) == document.of_store(store, row["notice"])


def test_parse_writes_one_notice(jiamusi, tmp_path):
    done = CliRunner().invoke(main, ["parse", str(jiamusi), "--format", "akn"])
    assert done.stdout_bytes.rstrip(b"\n") == akn.of_notice(parse(jiamusi)[0])
    for serial in (1, 2):
        (tmp_path / f"{serial}.txt").write_text(written(serial=serial), "utf-8")
    files = [str(path) for path in sorted(tmp_path.iterdir())]
    done = CliRunner().invoke(main, ["parse", *files, "--format", "akn"])
    told = "--format akn: 2 notices (one at a time; `export --format akn` writes many)\n"
    assert (done.exit_code, done.stderr) == (2, told)
