"""Bodies and lists of bodies, with the names that a reader restores.

``市国土资源局、城乡建设局、佳木斯海事局`` is 市国土资源局, 市城乡建设局 and 佳木斯海事局: a name that leaves out the
level before it is written short and named in full, one that never had it is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policygraph.evaluate.generate.words import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.evaluate.generate.scenes import Scene


@dataclass(frozen=True, slots=True)
class Body:
    """A body: ``prefix`` + ``base`` is its name; ``notes`` are words behind it that are no part of the name.

    ``ending`` is what two governments share when they are listed together (南宁、柳州 ``市人民政府``).
    """

    prefix: str
    base: str
    kind: str = "office"
    notes: str = ""
    ending: str = ""

    @property
    def name(self) -> str:
        """The name in full."""
        return self.prefix + self.base + self.ending


def department(scene: Scene, key: str) -> Body | None:
    """Return the department of the scene's level that sees to something, by its name of the time."""
    entry = load("departments")[key]
    level = scene.options.level
    column = {"city": "local", "county": "local", "region": "province"}.get(level, level)
    names = entry | entry.get("old", {}) if scene.old else entry
    base = names.get(column)
    return Body(scene.level["prefix"], base) if base else None


class Roster:
    """The bodies of one notice, dealt out so that no statement lists one twice."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.leads = self._departments(scene.topic["leads"])
        self.others = [one for one in self._departments(scene.topic["others"]) if one not in self.leads]
        self.collectives = [Body("", name, "collective") for name in scene.level["collectives"]]
        self._introduced = False

    def _departments(self, keys: Sequence[str]) -> list[Body]:
        found = (department(self.scene, key) for key in keys)
        return list(dict.fromkeys(body for body in found if body))

    def leading(self, count: int) -> list[Body]:
        """Return departments that lead."""
        return self.scene.rng.sample(self.leads, min(count, len(self.leads)))

    def listed(self, count: int, taken: Sequence[Body] = ()) -> list[Body]:
        """Return bodies for a list: departments, and at its end what the scene's roster asks for beside them."""
        pool = [one for one in self.leads + self.others if one not in taken]
        chosen = self.scene.rng.sample(pool, min(count, len(pool)))
        names = {one.name for one in (*taken, *chosen)}
        special = self._special()
        if any(one.name in names for one in special):
            special = []
        if self.scene.options.roster == "party":
            return special + chosen
        return chosen + special

    def _special(self) -> list[Body]:
        kind = self.scene.options.roster
        return [] if kind == "plain" or self.scene.chance(0.3) else self._of(kind)

    def _of(self, kind: str) -> list[Body]:
        scene, level = self.scene, self.scene.level
        prefix = level["prefix"]
        if kind == "vertical":
            return [Body("", scene.named(scene.pick(level["vertical"])), kind)]
        if kind == "collective":
            return [scene.pick(self.collectives)]
        if kind == "party":
            return self.party()
        if kind == "enterprise":
            return [Body(prefix, scene.pick(level["enterprise"]), kind)]
        if kind == "central":
            return [Body("", f"国家税务总局{scene.place['name']}税务局", "vertical")]
        if kind == "suffix":
            first, second = scene.rng.sample(scene.place["units"], 2)
            return [Body("", first, kind, ending="市人民政府"), Body("", second, kind, ending="市人民政府")]
        if kind == "bracketed":
            return [Body(prefix, f"农业农村中心（{prefix}供销社）", kind)]
        return [self._office()]

    def _office(self) -> Body:
        """Return the office of a leading group: at first with its short name, later by that name."""
        scene = self.scene
        prefix = scene.level["prefix"]
        name, short = scene.topic["office"]
        if self._introduced:
            return Body(prefix, short, "alias")
        self._introduced = True
        host = self.leads[0].name
        notes = scene.pick([f"（以下简称“{prefix}{short}”）", f"（简称“{prefix}{short}”，设在{host}）"])
        return Body(prefix, name, "alias", notes)

    def party(self) -> list[Body]:
        """Return bodies of the Party: 市委组织部, 自治区党委宣传部, 中央网信办."""
        scene = self.scene
        prefix = scene.level["prefix"]
        of_party = "" if scene.central else {"自治区": "自治区党委"}.get(prefix, prefix + "委")
        return [
            Body(of_party, name, "party") for name in scene.rng.sample(scene.level["party"], scene.rng.randint(1, 2))
        ]

    def collective(self) -> Body:
        """Return a collective: 各县（市）区政府."""
        body: Body = self.scene.pick(self.collectives)
        return body

    def government(self) -> Body:
        """Return those told to carry something out: a collective of governments, or the board of a zone."""
        scene = self.scene
        if scene.level["zones"] and scene.chance(0.25):
            return Body("", scene.named(scene.pick(scene.level["zones"])), "government")
        return self.collectives[0]


def written(scene: Scene, bodies: Sequence[Body], said: str = "") -> list[str]:
    """Return the words of each body of a list; ``said`` is a level prefix that was written before the list.

    A level or Party prefix may be left out where a body before it in the list shows it, and an ending that the next
    body has as well is left to that one.
    """
    elides = scene.options.elision != "written"
    shown = said if scene.options.elision == "across" else ""
    party = ""
    words: list[str] = []
    for index, body in enumerate(bodies):
        seen = body.prefix and body.prefix == (party if body.kind == "party" else shown)
        short = elides and seen and scene.chance(0.8)
        shared = body.ending and index + 1 < len(bodies) and bodies[index + 1].ending == body.ending
        words.append(("" if short else body.prefix) + body.base + ("" if shared else body.ending) + body.notes)
        if body.kind == "party" and body.prefix:
            party, shown = body.prefix, body.prefix.removesuffix("党委").removesuffix("委")
        elif body.prefix:
            shown = body.prefix
    return words
