"""Responsibility statements: ``（市水务局牵头，市工信委、城乡建设局配合）`` and what it says of whom.

A wording is a template whose slots are lists of bodies: L lead, S support, R responsible, I implement, V supervise.
Modifiers (等部门, 完成时限：…) and default rules are put around it; the bracket comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.evaluate.generate import bodies, times
from policygraph.evaluate.generate.passages import Passage, fill
from policygraph.evaluate.generate.rules import RULED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.evaluate.generate.bodies import Body, Roster
    from policygraph.evaluate.generate.rules import Rules
    from policygraph.evaluate.generate.scenes import Scene

Roles = list[dict[str, str]]

_ROLE = {"L": "lead", "S": "support", "R": "responsible", "I": "implement", "V": "supervise"}
_WORDINGS = {
    "lead_support": "{L}牵头，{S}配合",
    "lead_join": "{L}牵头，{S}参与",
    "lead_help": "{L}牵头，{S}协助",
    "lead_only": "{L}牵头",
    "lead_charge": "{L}牵头负责",
    "lead_divided": "{L}牵头，{R}按职责分工负责",
    "lead_support_carry": "{L}牵头，{S}配合，{I}负责落实",
    "charge": "{R}负责",
    "divided": "{R}按职责分工负责",
    "severally": "{R}分别负责",
    "together": "{L}会同{S}负责",
    "together_carry": "{L}会同{S}组织实施",
    "charge_support": "{R}负责，{S}配合",
    "guide_carry": "{V}指导，{I}负责落实",
    "carry": "{I}组织实施",
    "carry_charge": "{I}落实",
    "host_assist": "{L}主办，{S}协办",
    "support_lead": "{S}配合，{L}牵头",
    "supervise": "{R}负责，{V}监督",
    "urge_carry": "{V}督导，{I}组织实施",
    "appraise": "{V}牵头考核",
    "support_carry": "{R}负责，{S}配合落实",
    "by_lead": "由{L}牵头，{S}配合",
    "objects": "{R}负责{what}，{R2}负责{other}",
    "label_lead_support": "牵头单位：{L}；配合单位：{S}",
    "label_lead_charge": "牵头单位：{L}；责任单位：{R}",
    "label_charge": "责任单位：{R}",
    "label_department": "责任部门：{R}",
    "label_lead_join": "牵头部门：{L}；参与部门：{S}",
    "label_host": "主办单位：{L}；协办单位：{S}",
    "label_carry": "牵头单位：{L}；落实单位：{I}",
    "label_guide": "指导单位：{V}；责任单位：{R}",
    "label_main": "主要责任单位：{R}",
    "label_appraise": "牵头考核单位：{V}",
    "inline_lead": "责任单位：{L}（牵头）、{R}",
    "bare": "{R}",
}
_LABELS = tuple(name for name in _WORDINGS if name.startswith(("label", "inline")))
_FIRST = ("charge", "divided", "severally", "label_charge", "label_department", "label_main", "bare")
_BRACKETS = {
    "round": ("（", "）"),
    "round_half": ("(", ")"),
    "tortoise": ("〔", "〕"),
    "square": ("[", "]"),
    "lenticular": ("【", "】"),
}
_CROSSED = (("（", "]"), ("[", "）"), ("(", "]"), ("〔", "）"), ("【", ")"), ("(", "】"), ("[", ")]"))
_OBJECTS = ("项目审批", "资金保障", "用地保障", "技术攻关", "宣传引导", "绩效评价")
_TWO = 2
_SIZES = {"divided": (2, 4), "severally": (2, 4), "lead_divided": (2, 4), "objects": (1, 1)}
_TAILS = {"others": "等", "other_departments": "等部门", "open_list": "等"}
_CLOSED = ("collective", "government", "suffix")
_OPEN = ("有关部门", "相关部门", "有关单位")


@dataclass(frozen=True, slots=True)
class Statement:
    """The words of a statement, its bracket included, and the roles that they give."""

    words: Passage
    roles: Roles
    inherited: Roles


@dataclass(frozen=True, slots=True)
class Where:
    """Where a statement stands: in a bracket or behind a label, behind the stop of what it closes, with a deadline.

    A bare list of bodies is a statement only behind a stop.
    """

    bracketed: bool = True
    stopped: bool = True
    dated: bool = True


class _Words:
    """The slots of one statement as they are filled: words, roles and who is taken already."""

    def __init__(self, scene: Scene, roster: Roster, rules: Rules, *, together: bool) -> None:
        self.scene, self.roster, self.rules, self.together = scene, roster, rules, together
        self.taken: list[Body] = []
        self.roles: Roles = []
        self.forms: list[str] = []
        self.said = ""

    def slot(self, key: str, least: int = 1, most: int = 4) -> str:
        """Return the words of a slot's list of ``least`` to ``most`` bodies."""
        listed = self._bodies(key[0], least, most)
        self.taken += listed
        names = bodies.written(self.scene, listed, self.said)
        for index, body in enumerate(listed):
            self.said = body.prefix if body.prefix and body.kind != "party" else self.said
            self.roles.append({"name": body.name, "role": _ROLE[key[0]]})
            names[index] += self.rules.including(body, _ROLE[key[0]], self.roles)
        if len(listed) > 1 and listed[-1].ending:  # governments that share an ending are not parted by a comma
            pair = "、" if len(listed) > _TWO else self.scene.pick(("、", "和"))
            names[-2:] = [names[-2] + pair + names[-1]]
        return self._joined(key[0], names)

    def _bodies(self, key: str, least: int, most: int) -> list[Body]:
        scene, rng = self.scene, self.scene.rng
        if key == "L":
            return self.roster.leading(1 if most == 1 or scene.chance(0.8) else 2)
        if key == "V":
            return self.roster.leading(1)
        if key == "I":
            return [self.roster.government()]
        if scene.options.rule in RULED and least == 1 and scene.chance(0.12):
            return [self.roster.collective()]
        listed = self.roster.listed(max(least, min(most, rng.choice((1, 1, 2, 2, 3, 4)))), self.taken)
        return listed[:most]

    def _joined(self, key: str, names: Sequence[str]) -> str:
        """Return names as a list; 市水务局、农委，佳木斯海关 parts the last from at least two others."""
        tail = key in "RS" and len(names) > _TWO and not self.together
        usable = ("enumerated", "and", "comma_tail") if tail else ("enumerated", "and")
        form = self.scene.form("separator", usable) if len(names) > 1 else "enumerated"
        self.forms.append(f"separator={form}")
        last = {"enumerated": "、", "and": self.scene.pick(("和", "及", "以及")), "comma_tail": "，"}[form]
        return "、".join(names[:-1]) + last + names[-1] if len(names) > 1 else names[0]


def state(scene: Scene, roster: Roster, rules: Rules, where: Where) -> Statement:
    """Return a statement for a place."""
    wording = scene.form("wording", _usable(scene, rules, where))
    words = _Words(scene, roster, rules, together=wording.startswith("together"))
    modifier = "none" if rules.opens else scene.form("modifier", _modifiers(wording, where))
    template = _WORDINGS[wording]
    parts = {key: _slot(words, key, wording, modifier) for key in _slots(template)}
    said = fill(_varied(scene, template), **parts, what=_OBJECTS[0], other=scene.pick(_OBJECTS[1:]))
    said = _timed(scene, said, modifier, wording)
    inherited = rules.inherited(words.roles)
    rules.positional(words.roles, {body.name for body in words.taken if body.kind == "collective"})
    if where.bracketed:
        said = _bracketed(scene, rules.stated(said, words.roles))
    for form in (f"wording={wording}", f"modifier={modifier}", *dict.fromkeys(words.forms)):
        said = said.noted(form)
    return Statement(said, words.roles, inherited)


def _usable(scene: Scene, rules: Rules, where: Where) -> list[str]:
    usable = list(_FIRST) if scene.options.rule in RULED else list(_WORDINGS)
    if rules.opens:
        usable = [name for name in usable if name not in (*_LABELS, "bare", "objects")]
    return [name for name in usable if (where.bracketed or name in _LABELS) and (where.stopped or name != "bare")]


def _modifiers(wording: str, where: Where) -> list[str]:
    """Return the modifiers that fit a wording: 等 needs a list that is not carried out, told or bare."""
    if wording == "bare":
        return ["none", "others"]
    timed = ["none", "ongoing"]
    if where.dated:
        timed += ["deadline", "deadline_first"] if where.bracketed else ["deadline"]
    last = _WORDINGS[wording].rstrip("负责配合参与按职分工协助办落实")
    listed = last.endswith(("{S}", "{R}")) and wording not in ("severally", "objects")
    return [*timed, "others", "other_departments", "open_list"] if listed else timed


def _slots(template: str) -> list[str]:
    return [piece.partition("}")[0] for piece in template.split("{")[1:] if piece[0] in _ROLE]


def _slot(words: _Words, key: str, wording: str, modifier: str) -> str:
    """Fill a slot; the last list of a statement takes 等 and what follows it, unless governments end it."""
    least, most = (1, 1) if wording == "inline_lead" and key == "L" else _SIZES.get(wording, (1, 4))
    filled = words.slot(key, least, most)
    last = key == _slots(_WORDINGS[wording])[-1]
    if not last or modifier not in _TAILS or words.taken[-1].kind in _CLOSED:
        return filled
    name = words.scene.pick(_OPEN) if modifier == "open_list" else ""
    if name:
        words.roles.append({"name": name, "role": _ROLE[key[0]]})
    return filled + _TAILS[modifier] + name


def _varied(scene: Scene, template: str) -> str:
    """Put a comma for a semicolon, or a semicolon for a comma, now and then."""
    if "；" in template:
        return template.replace("；", scene.pick(("；", "；", "；", "，")))
    return template.replace("，", scene.pick(("，", "，", "，", "，", "；")))


def _timed(scene: Scene, said: Passage, modifier: str, wording: str) -> Passage:
    """Put a deadline behind or before the words."""
    if modifier == "deadline":
        return (
            said
            + scene.pick(("，", "；"))
            + scene.pick(("完成时限", "完成时间", "时限"))
            + "："
            + times.deadline(scene)
        )
    if modifier == "ongoing":
        label = scene.pick(("", "", "完成时限："))
        return said + "，" + label + times.unending(scene)
    if modifier == "deadline_first":
        return times.closing(scene) + ("，" if wording in _LABELS else "完成，") + said
    return said


def _bracketed(scene: Scene, said: Passage) -> Passage:
    pair = scene.pick(_CROSSED) if scene.options.pair == "crossed" else _BRACKETS[scene.options.pair]
    return pair[0] + said + pair[1]
