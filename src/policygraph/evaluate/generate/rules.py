"""Default rules of a notice: said once, they change what every later statement means.

``以下均需各县(市)区政府落实，不再列出`` adds a body, ``列第一位者为牵头单位，下同`` makes the first body the lead,
``各县（市）区政府（含高新区管委会，下同）`` lets a body come along with a collective.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.evaluate.generate.passages import Passage

if TYPE_CHECKING:
    from policygraph.evaluate.generate.bodies import Body, Roster
    from policygraph.evaluate.generate.scenes import Scene

Roles = list[dict[str, str]]

RULED = ("first", "first_note")
"""The rules under which no statement says 牵头, because the first body leads."""

_OTHERS = {"responsible": "", "support": "，其余为配合单位"}


class Rules:
    """The rules of one notice, in the order in which they come into force."""

    def __init__(self, scene: Scene, roster: Roster) -> None:
        self.scene = scene
        self.kind = scene.options.rule
        self.target = roster.collectives[0]
        self.role = scene.pick(("implement", "implement", "support"))
        self.others = scene.pick(("responsible", "support")) if self.kind == "first_note" else "responsible"
        self.included = scene.named(scene.pick(scene.level["zones"])) if scene.level["zones"] else "新区管委会"
        self.in_force = False
        self._collective_named = False

    @property
    def opens(self) -> bool:
        """Whether the next statement states a rule that adds a body behind its last words."""
        return not self.in_force and self.kind in ("add", "add_except")

    def sentence(self) -> Passage | None:
        """Return the sentence that states a rule in prose, above the tasks, or ``None``."""
        if self.kind == "add_in_prose":
            self.in_force = True
            name = self.target.name
            carry = "落实" if self.role == "implement" else "配合落实"
            words = Passage(self.scene.pick(("以下各项任务均需", "以下均需")) + name + carry)
            rule = words.marked("rules", "rule=add_in_prose", effect="add", name=name, role=self.role)
            return rule + "，不再逐项列出。"
        if self.kind == "first_note" and self.scene.options.place != "table":
            self.in_force = True
            return "各项任务的责任单位中，" + self._first("列第一位者为牵头单位") + "。"
        return None

    def note(self) -> Passage | None:
        """Return the note below a table that says who leads, or ``None``."""
        if self.kind != "first_note":
            return None
        return "注：" + self._first("责任单位第一个为牵头单位") + "。"

    def _first(self, words: str) -> Passage:
        return Passage(words + _OTHERS[self.others]).marked("rules", f"rule={self.kind}", effect="first_is_lead")

    def stated(self, said: Passage, roles: Roles) -> Passage:
        """Return the words of a statement with the rule that its bracket states, if it is the first."""
        if self.in_force or self.kind not in ("add", "add_except", "first"):
            return said
        self.in_force = True
        if self.kind == "first":
            words = Passage("列第一位者为牵头单位，下同").marked("rules", "rule=first", effect="first_is_lead")
            return said + "。" + words
        name = self.target.name
        carry = "落实" if self.role == "implement" else "配合落实"
        if name not in {role["name"] for role in roles}:
            roles.append({"name": name, "role": self.role})
            said = said + self.scene.pick(("，", "；")) + name + ("负责" + carry)
        fields = {"effect": "add", "name": name, "role": self.role}
        except_for = ""
        if self.kind == "add_except":
            above = "省级" if self.scene.central else self.scene.level["prefix"] + "政府直属"
            except_for = f"{self.target.name}无相关工作职能的，由{above}责任部门负责相关工作"
            fields["except"] = except_for
            except_for = "，" + except_for
        rule = Passage(f"以下均需{name}{carry}").marked("rules", f"rule={self.kind}", **fields)
        return said + self.scene.pick(("。", "，")) + rule + except_for + "，不再列出"

    def inherited(self, roles: Roles) -> Roles:
        """Return what the rules in force add to a statement that does not list it itself."""
        names = {role["name"]: role["role"] for role in roles}
        if self.kind == "including" and self._collective_named and self.in_force:
            role = names.get(self.target.name)
            return [{"name": self.included, "role": role}] if role and self.included not in names else []
        if self.in_force and self.kind.startswith("add") and self.target.name not in names:
            return [{"name": self.target.name, "role": self.role}]
        return []

    def including(self, body: Body, role: str, roles: Roles) -> str:
        """Return （含高新区管委会，下同） behind the first mention of the collective, and give the body its role."""
        if self.kind != "including" or body.name != self.target.name or self._collective_named:
            return ""
        self._collective_named = True
        roles.append({"name": self.included, "role": role})
        return f"（含{self.included}，下同）"

    def positional(self, roles: Roles, collectives: set[str]) -> None:
        """Make the first body lead, where that rule holds; a collective never does."""
        if self.kind == "including":
            self.in_force = self._collective_named
        if self.kind not in RULED or "lead" in {role["role"] for role in roles}:
            return
        for role in roles[1:]:
            role["role"] = self.others
        if roles[0]["name"] not in collectives:
            roles[0]["role"] = "lead"
