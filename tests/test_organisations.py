"""Which body a name means, from the place, level and date of its notice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.data import table
from policygraph.models import Elements
from policygraph.pipeline import parse
from policygraph.resolve import setting
from policygraph.resolve.organisations import Bodies
from policygraph.segment import signature


def bodies(issuer, number=None, date="2018-07-19", **aliases):
    place = signature.jurisdiction((issuer,))
    own = Elements(issuers=(issuer,), document_number=number, issued_on=date, jurisdiction=place)
    return Bodies(setting.of(own, "n-1"), aliases)


@pytest.mark.parametrize(
    ("issuer", "name", "organisation"),
    [
        ("佳木斯市人民政府办公室", "市发改委", "230800:development_reform"),
        ("佳木斯市人民政府办公室", "市发展改革委", "230800:development_reform"),
        ("佳木斯市人民政府办公室", "佳木斯市发展和改革委员会", "230800:development_reform"),
        ("佳木斯市人民政府办公室", "发展和改革委员会", "230800:development_reform"),
        ("佳木斯市人民政府办公室", "国家发展改革委", "CN:development_reform"),
        ("国务院办公厅", "发展改革委", "CN:development_reform"),
        ("佳木斯市人民政府办公室", "省发展改革委", "230000:development_reform"),
        ("鹤岗市人民政府办公室", "市水务局", "230400:water_affairs"),
        ("佳木斯市人民政府办公室", "佳木斯海事局", "230800:maritime"),
        ("佳木斯市人民政府办公室", "桦南县水务局", "230822:water_affairs"),
        ("佳木斯市人民政府办公室", "市委组织部", "230800:organisation"),
        ("佳木斯市人民政府办公室", "生态环境部", "CN:ecology_environment"),
        ("佳木斯市人民政府办公室", "市城投公司", "230800:佳木斯市城投公司"),
        ("佳木斯市人民政府办公室", "佳木斯高新区管委会", "230800:佳木斯市高新区管委会"),
        ("佳木斯市人民政府办公室", "市高新区管委会", "230800:佳木斯市高新区管委会"),
        ("佳木斯市人民政府办公室", "市财政部门", "230800:finance"),
        ("杭州市人民政府办公厅", "市林业水利局", "330100:forestry+water"),
        ("荆州市沙市区人民政府办公室", "区住建局", "421002:housing_urban_rural"),
        ("荆州市沙市区人民政府办公室", "市住建局", "421000:housing_urban_rural"),
        ("广西壮族自治区人民政府办公厅", "区财政厅", "450000:finance"),
        ("南宁市青秀区人民政府", "区财政局", "450103:finance"),
        ("湖北省农业农村厅", "人行武汉分行", "420100:peoples_bank"),
        ("安和市人民政府办公室", "市水务局", "安和市:water_affairs"),
        ("安和市人民政府办公室", "安和市人民政府办公室", "安和市:government_office"),
    ],
)
def test_a_name_is_its_body(issuer, name, organisation):
    assert bodies(issuer).identify(name) == organisation


def test_every_answer_says_why():
    found = bodies("佳木斯市人民政府办公室").resolve("市发改委")
    assert (found.full, found.form, found.rule) == ("佳木斯市发改委", "colloquial", "市 is 佳木斯市")


def test_a_name_that_can_mean_two_bodies_has_candidates_and_no_id():
    found = bodies("南宁市人民政府办公室").resolve("区发展改革委")
    assert (found.organisation, found.candidates) == (None, ("450000:development_reform",))


def test_it_is_a_doubt_of_the_notice():
    (notice,) = parse(
        "南宁市人民政府办公室关于节水的通知\n各有关单位:\n一、任务\n做好节水。(区发展改革委负责)\n二、要求\n落实。(市财政局负责)\n"
        "南宁市人民政府办公室\n2018年7月19日\n".encode()
    )
    (issue,) = [one for one in notice.issues if "may be" in one.reason]
    assert notice.page.text[slice(*issue.span)] == "区发展改革委"


@pytest.mark.parametrize(
    ("name", "sort"),
    [("小区物业服务企业和业主委员会", "collective"), ("市教育局或体育部门", "unknown"), ("施工方", "unknown")],
)
def test_what_is_no_known_body_is_kept(name, sort):
    found = bodies("佳木斯市人民政府办公室").resolve(name)
    assert (found.sort, found.name) == (sort, name)


def test_a_short_name_that_the_notice_defines():
    found = bodies("佳木斯市人民政府办公室", 市水污防办="市水污染防治工作领导小组办公室").resolve("市水污防办")
    assert (found.organisation, found.name) == ("230800:water_pollution", "市水污防办")


def test_a_body_with_another_name_in_brackets():
    named = bodies("佳木斯市人民政府办公室")
    found = named.resolve("市农业农村局(市扶贫办)")
    assert found.organisation == "230800:agriculture_rural"
    assert [(one.name, one.within) for one in named.mentions()] == [
        ("市农业农村局(市扶贫办)", None),
        ("市扶贫办", "230800:agriculture_rural"),
    ]


def test_a_plaque_is_a_second_name():
    named = bodies("佳木斯市人民政府办公室", date="2022-01-01")
    assert named.identify("市农业农村局(加挂市乡村振兴局牌子)") == "230800:agriculture_rural"
    assert {one.name: one.within for one in named.mentions()}["市乡村振兴局"] == "230800:agriculture_rural"


def test_a_branch_is_part_of_its_bureau():
    found = bodies("佳木斯市人民政府办公室", date="2020-01-01").resolve("市生态环境局桦南分局")
    assert (found.organisation, found.within) == ("230800:佳木斯市生态环境局桦南分局", "230800:ecology_environment")


def test_the_counties_of_a_city_are_members_of_their_collective():
    found = bodies("佳木斯市人民政府办公室").resolve("各县(市)区政府")
    assert (found.organisation, found.sort) == ("230800:各县(市)区政府", "collective")
    assert "230822:government" in found.members
    assert all(one.startswith("2308") for one in found.members)


def test_one_district_of_any_in_a_citys_notice_is_a_collective():
    found = bodies("佳木斯市人民政府办公室").resolve("县水务局")
    assert (found.sort, found.members) == ("collective", ())


@pytest.mark.parametrize(
    ("issuer", "number", "place"),
    [
        ("市政府办公室", "佳政办发〔2018〕17号", "230800"),
        ("荆州市沙市区人民政府", None, "421002"),
        ("中共佳木斯市委办公室", None, "230800"),
        ("平潭综合实验区管委会办公室", None, "350128-平潭综合实验区"),
        ("安和市人民政府", None, "安和市"),
    ],
)
def test_where_a_notice_speaks_from(issuer, number, place):
    assert bodies(issuer, number).setting.place.code == place


@given(st.text(st.sampled_from("市省县区委局厅政府各有关部门水务发展改革佳木斯南宁和、()或"), min_size=1, max_size=12))
def test_any_name_is_kept_and_never_raises(name):
    found = bodies("佳木斯市人民政府办公室").resolve(name)
    assert found.name == name
    assert (found.organisation is None) == bool(found.candidates)


@given(st.sampled_from(["市水务局", "水务局", "市委组织部", "市城投公司", "各县(市)区政府"]))
def test_two_fictional_cities_share_no_body(name):
    assert bodies("安和市人民政府办公室").identify(name) != bodies("永宁市人民政府办公室").identify(name)


def test_a_notice_tells_the_place_that_issued_it():
    text = "荆州市沙市区人民政府办公室关于节水的通知\n各有关单位:\n一、任务\n做好节水。(区水利局负责)\n荆州市沙市区人民政府办公室\n2018年7月19日\n"
    (notice,) = parse(text.encode())
    assert notice.elements.jurisdiction == "沙市区"
    assert notice.duties[0].organisation == "421002:water_resources"


def test_who_signs_is_a_body_whatever_its_kind():
    named = bodies("国务院应对新型冠状病毒感染肺炎疫情联防联控机制")
    found = named.mentions(["国务院应对新型冠状病毒感染肺炎疫情联防联控机制"])
    assert [(one.sort, one.place, one.rule) for one in found] == [("body", "CN", "it signed the notice")]


def test_the_ministry_of_state_security_is_not_all():
    assert bodies("国务院").identify("安全部") == "CN:national_security"


@pytest.mark.parametrize(
    ("issuer", "name"),
    [
        ("湖北省农业农村厅", "人行武汉分行"),
        ("佳木斯市人民政府办公室", "佳木斯海事局"),
        ("广西壮族自治区人民政府", "广西博览局"),
    ],
)
def test_a_body_called_by_a_short_name_of_its_place_keeps_its_own(issuer, name):
    assert bodies(issuer).resolve(name).full == name


def test_sorts_of_body_have_an_example_and_a_counter_example():
    classes = table("bodies")["classes"]
    named = bodies("佳木斯市人民政府办公室")
    assert named.resolve(classes["example"]).sort == "collective"
    assert named.resolve(classes["counter"]).sort == "body"
