"""What is proposed to be one body, and what never is: a part of the other, two kinds, bodies of two places."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policygraph import registry
from policygraph.graph.build import build
from policygraph.judge.bodies import Body, Wording
from policygraph.judge.judgements import Judgement
from policygraph.judge.outcome import settle
from policygraph.judge.proposals import propose
from policygraph.pipeline import parse
from policygraph.resolve import setting
from policygraph.resolve.organisations import Bodies

ON = "2026-11-17T08:00:00.000000Z"
CITY, NOTICE = "佳木斯市", "佳政办发〔2018〕17号"


def body(name, kind=None, place="230800", sort="body", notice=NOTICE, **more):
    full = CITY + name if place == "230800" else name
    written = (Wording(f"市{name}" if place else name, notice, "市 is 佳木斯市"),)
    jurisdiction = CITY if place == "230800" else None
    identifier = f"{place or notice}:{kind or full}"
    return Body(identifier, (identifier,), full, place, jurisdiction, kind, sort, written, **more)


WATER = body("水务局", "water_affairs")


@pytest.mark.parametrize(
    ("one", "other", "score", "evidence"),
    [
        (body("城投公司"), body("城市建设投资公司"), 95, "城投公司 can be short for 城市建设投资公司"),
        (body("城投公司"), body("城投有限公司"), 110, "both are written 城投公司"),
        (
            body("大数据管理服务中心"),
            body("大数据管理中心"),
            88,
            "大数据管理中心 and 大数据管理服务中心 are 88 % alike",
        ),
        (body("水务局", place=None, sort="unknown"), WATER, 110, "both are written 水务局"),
        (
            body("水污防办", sort="unknown"),
            body("水污染防治工作领导小组办公室", shorts=(Wording("市水污防办", "佳政发〔2017〕1号", ""),)),
            95,
            "佳政发〔2017〕1号 calls 佳木斯市水污染防治工作领导小组办公室 市水污防办",
        ),
        (body("水利局", "water_resources"), WATER, 60, "both have the function water"),
    ],
    ids=lambda value: value.name if isinstance(value, Body) else None,
)
def test_what_speaks_for_one_body(one, other, score, evidence):
    (proposal,) = propose([one, other])
    assert {proposal.subject, proposal.object} == {one, other}
    assert (proposal.score, proposal.evidence[0]) == (score, evidence)
    assert propose([other, one]) == [proposal]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (body("组织部", "organisation"), body("宣传部", "publicity")),
        (body("第一中学"), body("第二中学")),
        (body("城投公司"), body("城投公司", place="340100")),
        (body("水务局", place=None, notice="合政办发〔2018〕1号"), WATER),
        (body("生态环境局分局", tied=frozenset({WATER.id})), replace(WATER, name="佳木斯市生态环境局")),
        (body("各有关部门", sort="collective"), body("有关部门")),
    ],
    ids=lambda value: value.id,
)
def test_what_is_not_proposed(one, other):
    assert propose([one, other]) == []


def test_a_successor_is_proposed_only_with_what_the_registry_says():
    before = body("环境保护局", "environmental_protection")
    after = body("生态环境局", "ecology_environment")
    assert propose([before, after]) == []
    like = replace(after, written=(Wording("市环境保护局", NOTICE, ""),))
    (proposal,) = propose([before, like])
    assert "a successor is another body" in proposal.evidence[-1]
    assert "230800:environmental_protection followed by 230800:ecology_environment" in proposal.evidence[-1]
    plain = propose([body("城投公司"), body("城投有限公司")])[0].score
    assert proposal.score < plain


def test_two_names_in_one_task_speak_against():
    one, other = (body(name, tasks=frozenset({"17号:一:1"})) for name in ("城投公司", "城市建设投资公司"))
    (proposal,) = propose([one, other])
    assert (proposal.score, proposal.evidence[-1]) == (65, "against it: 1 task names both")


def test_what_was_judged_different_is_silenced_and_unknown_names_come_last():
    one, other, unknown = body("城投公司"), body("城市建设投资公司"), body("秘书处", sort="unknown")
    first, last = propose([unknown, other, one])
    assert (last.subject, last.object, last.score) == (unknown, None, 0)
    assert first.subject in (one, other)
    assert propose([unknown, other, one], [tuple(sorted((one.id, other.id)))]) == [last]


def test_the_cost_is_bounded_by_what_few_share(monkeypatch):
    weighed = []
    monkeypatch.setattr("policygraph.judge.proposals._weigh", lambda *pair: weighed.append(pair))
    chars = [chr(0x4E00 + number) for number in range(2000)]
    chance = random.Random(1)
    propose([body(f"{''.join(chance.sample(chars, 4))}中心") for _ in range(2000)])
    assert len(weighed) < 20_000  # of two million pairs


STEMS = ("水务", "教育", "城乡建设", "发展和改革", "财政", "林业水利", "数字乡村", "古城保护", "低空经济")
ENDS = ("局", "委员会", "中心", "投资集团", "领导小组办公室", "联席会议")
FORMS = ("市{0}", "{0}", "{1}市{0}", "各县(市)区政府", "市直有关部门")
DEPARTMENTS = st.lists(
    st.tuples(st.sampled_from(FORMS), st.sampled_from(STEMS), st.sampled_from(ENDS)), min_size=1, max_size=8
)
PLACES = st.lists(st.text("安和云泽宁川岚桥", min_size=2, max_size=3), min_size=2, max_size=2, unique=True).filter(
    lambda two: not any(registry.places_named(f"{one}市") or registry.places_opening(one)[1] for one in two)
)


def notice(city, names):
    tasks = "".join(f"{number}.工作。开展工作。({name}负责)\n" for number, name in enumerate(names, 1))
    text = f"""{city}市人民政府办公室关于印发{city}市2018年度工作方案的通知

各县(市)区人民政府,市政府各直属单位:
    现将方案印发给你们,请认真贯彻执行。

   {city}市人民政府办公室
   2018年3月5日

{city}市2018年度工作方案
一、工作任务
(一)任务。
{tasks}"""
    (read,) = parse(text.encode())
    return read


@settings(max_examples=60, deadline=None)
@given(PLACES, DEPARTMENTS, st.randoms())
def test_two_fictional_cities_with_the_same_departments_never_share_a_node(places, departments, chance: random.Random):
    """Not in their graphs, nor after judgements within each city, nor in what is proposed."""
    bodies = []
    for city in places:
        read = notice(city, [form.format(stem + end, city) for form, stem, end in departments])
        nodes = {node.id for node in build(read).nodes if node.label == "Organisation"}
        assert nodes
        mentioned = [one for one in read.organisations if one.organisation]
        bodies.append(
            {
                one.organisation: Body(
                    one.organisation, (one.organisation,), one.full, one.place, f"{city}市", one.kind, one.sort,
                    (Wording(one.name, read.id, one.rule),),
                )
                for one in mentioned
            }
        )  # fmt: skip
        bodies[-1] |= {one: bodies[-1].get(one) for one in nodes}
    assert not bodies[0].keys() & bodies[1].keys()
    known = [one for city in bodies for one in city.values() if one]
    proposals = propose(known)
    chance.shuffle(known)
    assert propose(known) == proposals
    for proposal in proposals:
        assert proposal.object is None or proposal.subject.place == proposal.object.place
    judged = [Judgement(one.subject.id, one.object.id, "same", ON) for one in proposals if one.object]
    for fused in settle(judged).bodies:
        assert set(fused) <= bodies[0].keys() or set(fused) <= bodies[1].keys()


@given(PLACES, DEPARTMENTS)
def test_names_of_two_fictional_cities_are_resolved_apart(places, departments):
    names = [form.format(stem + end, "某") for form, stem, end in departments]
    found = []
    for city in places:
        where = setting.Setting((setting.unlisted(f"{city}市"),), "2018", f"{city}市")
        found.append({one.organisation for one in Bodies(where).mentions(names) if one.organisation})
    assert not found[0] & found[1]
