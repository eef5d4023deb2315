"""False friends: words that look like a duty, a target, a time or a citation and are none.

``配合省开展…编制工作`` assigns nothing to the province, ``使用超过50年的管网`` is no target, ``“亮剑2018”`` no year.
Some carry a mark of another kind: what looks like a time in 《…（2018—2020年）》 stands in a citation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.evaluate.generate.passages import Passage

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygraph.evaluate.generate.bodies import Roster
    from policygraph.evaluate.generate.scenes import Scene

_ABOVE = {
    "central": "世界银行",
    "province": "国家",
    "region": "国家",
    "municipality": "国家",
    "city": "省",
    "county": "市",
    "zone": "省",
}
_LEAD_UNITS = (
    "各牵头单位要加强统筹协调，主动靠前服务",
    "建立牵头单位、配合单位定期会商制度",
    "各责任单位要密切配合、形成合力",
)


def sentence(scene: Scene, roster: Roster) -> Passage:
    """Return a sentence without its stop that holds a false friend."""
    form = scene.form("friend")
    if form == "explains":
        return _explains(scene, roster)
    words = _FORMS[form](scene)
    return words.noted(f"friend={form}")


def _topic(scene: Scene) -> Passage:
    return Passage(scene.phrase("friends"))


def _upwards(scene: Scene) -> Passage:
    above = _ABOVE[scene.options.level]
    return Passage(
        scene.pick((f"配合{above}开展{scene.phrase('works')}专题调研", f"积极配合{above}有关部门做好试点评估工作"))
    )


def _helping(scene: Scene) -> Passage:
    return Passage(
        scene.pick(("做好监测配合工作", "抓好各项任务的协调配合工作", "健全部门牵头抓总、上下联动的工作格局"))
    )


def _code_name(scene: Scene) -> Passage:
    name = scene.pick(("亮剑", "护航", "清风", "利剑"))
    return Passage(f"组织开展“{name}{scene.year}”专项执法行动，严厉打击违法违规行为")


def _dated_plan(scene: Scene) -> Passage:
    title = f"{scene.place['name']}{scene.phrase('works')}规划（{scene.year - 2}—{scene.year + 3}年）"
    cited = Passage(f"《{title}》").marked("cites", "friend=dated_plan", title=title, doc_number=None)
    return "做好与" + cited + "的衔接"


def _subsidy(scene: Scene) -> Passage:
    amount = scene.pick((5, 10, 20, 50, 100))
    return Passage(
        scene.pick(
            (
                f"对成效明显的单位给予{amount}万元奖励",
                f"对通过验收的示范项目一次性补助{amount}万元",
                f"对发现重大问题线索的举报人最高奖励{amount}万元",
            )
        )
    )


def _threshold(scene: Scene) -> Passage:
    return Passage(
        scene.pick(
            (
                "支持年收入1亿元以上的企业做大做强",
                "投资额5000万元以上的项目纳入重点项目库管理",
                "对建成时间超过30年的设施优先开展检测评估",
            )
        )
    )


def _past(scene: Scene) -> Passage:
    indicator, unit, low, high = scene.pick([entry for entry in scene.topic["least"] if entry[1] == "%"])
    value = scene.rng.randint(low, high)
    return Passage(f"巩固已有工作成果，{scene.year - 1}年{indicator}已达{value}{unit}")


def _ordinal(scene: Scene) -> Passage:
    return Passage(
        scene.pick(("引入第三方机构开展评估", "打造十大特色品牌", "落实“两不愁三保障”要求", "推行“一站式”服务"))
    )


def _examples(scene: Scene) -> Passage:
    return Passage(f"突出重点领域（如{scene.word('samples')}等），加大工作力度")


def _severally_clear(_: Scene) -> Passage:
    return Passage("对列入清单的重点任务，分别明确目标要求和责任人")


def _first_person(_: Scene) -> Passage:
    return Passage("各级党政主要负责同志是本地区第一责任人，要亲自研究、亲自部署")


def _lead_units(scene: Scene) -> Passage:
    return Passage(scene.pick(_LEAD_UNITS))


def _explains(scene: Scene, roster: Roster) -> Passage:
    """Return a sentence that assigns a duty in prose, which is no statement."""
    if scene.chance(0.5):
        name = roster.leads[0].name
        words = Passage(f"由{name}负责统筹推进").marked("prose", "friend=explains", name=name, role="responsible")
        return "重大事项" + words
    first, second = roster.leads[0].name, roster.others[0].name
    words = Passage(f"由{first}会同{second}制定管理细则")
    words = words.marked("prose", "friend=explains", name=second, role="support")
    return words.marked("prose", "friend=explains", name=first, role="lead") + "，经批准后组织实施"


def _numbered_points(scene: Scene) -> Passage:
    first, second, third = (scene.deal("plain:points", _POINTS) for _ in range(3))
    return Passage(f"一是{first}；二是{second}；三是{third}")


_POINTS = ("加强组织领导", "强化督促检查", "注重宣传引导", "严格资金管理", "完善工作台账", "健全信息共享机制")


def _attribute_year(scene: Scene) -> Passage:
    return Passage(f"认真总结{scene.year - 1}年度{scene.phrase('works')}经验做法，巩固拓展工作成果")


_FORMS: dict[str, Callable[[Scene], Passage]] = {
    "topic": _topic, "upwards": _upwards, "helping": _helping, "code_name": _code_name, "dated_plan": _dated_plan,
    "subsidy": _subsidy, "threshold": _threshold, "past": _past, "ordinal": _ordinal, "examples": _examples,
    "severally_clear": _severally_clear, "first_person": _first_person, "lead_units": _lead_units,
    "numbered_points": _numbered_points, "attribute_year": _attribute_year,
}  # fmt: skip
