"""Where a notice is set: its place, topic and years, and the hand that deals its phrases.

The scene of 佳政办发〔2018〕17号 is 佳木斯市, water, 2018. Everything random comes from the scene's generator, so a
seed and the options decide every character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from policygraph.evaluate.generate.options import ANY, VALUES
from policygraph.evaluate.generate.words import load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from policygraph.evaluate.generate.options import Options

T = TypeVar("T")

_REFORM = 2019
_YEAR = re.compile(r"〔(20\d\d)〕")
_YEARS = range(2016, 2025)
_LATEST_MONTH = 7


@dataclass(slots=True)
class Scene:
    """The facts that a notice keeps to, and its chances."""

    rng: Random
    options: Options
    level: dict[str, Any]
    place: dict[str, Any]
    topic: dict[str, Any]
    issued: date
    years: int
    decks: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year of issue, which is the year of an annual plan."""
        return self.issued.year

    @property
    def plan_year(self) -> int | None:
        """The year that the plan is for, if it is for one."""
        return self.year if self.options.period == "year" else None

    @property
    def last(self) -> int:
        """The last year of the plan: that of the plan year, of its span, or a goal some years ahead."""
        return self.year if self.options.period == "year" else self.year + self.years

    @property
    def due(self) -> str | None:
        """The day by which a target is due whose sentence says no date."""
        return f"{self.year}-12-31" if self.options.period == "year" else None

    @property
    def old(self) -> bool:
        """Whether bodies still have the names from before the reform of 2018–2019."""
        return self.year < _REFORM

    @property
    def central(self) -> bool:
        """Whether no level stands before the names of bodies."""
        return self.options.level == "central"

    @property
    def whole(self) -> str:
        """全市, 全省 …: what indicators are of."""
        return "全国" if self.central else {"自治区": "全区"}.get(self.level["prefix"], "全" + self.level["prefix"])

    @property
    def ours(self) -> str:
        """我市, 我省 …."""
        return "我国" if self.central else {"自治区": "我区"}.get(self.level["prefix"], "我" + self.level["prefix"])

    def named(self, template: str) -> str:
        """Return a name with the place filled in: ``{stem}海事局`` is 佳木斯海事局."""
        return template.format(**{key: value for key, value in self.place.items() if isinstance(value, str)})

    def chance(self, share: float) -> bool:
        """Decide something that happens in this share of cases."""
        return self.rng.random() < share

    def pick(self, values: Sequence[T]) -> T:
        """Return one of the values."""
        return self.rng.choice(values)

    def deal(self, name: str, values: Sequence[T]) -> T:
        """Return one of the values, none again before all were dealt."""
        deck: list[T] = self.decks.get(name) or self.rng.sample(list(values), len(values))
        self.decks[name] = deck
        return deck.pop()

    def word(self, name: str) -> Any:  # noqa: ANN401 - a phrase or a list of them, as the word file has it
        """Deal one of the topic's phrases."""
        return self.deal(name, self.topic[name])

    def phrase(self, name: str) -> str:
        """Deal one of the topic's phrases that is words and nothing else."""
        return str(self.word(name))

    def form(self, dimension: str, usable: Sequence[str] = ()) -> str:
        """Return the form that a sentence takes: what is fixed, else one of those usable here, dealt in turn.

        A fixed form that is not usable here gives way.
        """
        fixed = getattr(self.options, dimension)
        possible = [value for value in VALUES[dimension] if not usable or value in usable]
        if fixed != ANY and fixed in possible:
            return str(fixed)
        return str(self.deal(f"{dimension}:{','.join(possible)}", possible))


def scene(rng: Random, options: Options) -> Scene:
    """Return a scene for the options."""
    level = load("places")[options.level]
    year = rng.choice(_YEARS)
    issued = date(year, rng.randint(1, _LATEST_MONTH), rng.randint(1, 28))
    years = rng.randint(1, 4)
    topic = load(f"topics/{options.topic}")
    cites = [entry for entry in topic["cites"] if not (at := _YEAR.search(entry[1])) or int(at[1]) <= year]
    return Scene(rng, options, level, rng.choice(level["places"]), topic | {"cites": cites}, issued, years)
