"""Duties from statements: names in full, the first body as lead where a rule says so, defaults inherited.

``以下均需各县(市)区政府落实`` adds 各县(市)区政府 to every later statement that does not list it;
``列第一位者为牵头单位,下同`` makes the first body of every later statement its lead, unless it is a collective.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from policygraph.extract import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policygraph.extract.defaults import FoundRule
    from policygraph.extract.names import Name
    from policygraph.extract.prose import FoundProse
    from policygraph.extract.statements import FoundStatement
    from policygraph.models import Basis, Role
    from policygraph.resolve.organisations import Bodies


class ResolvedDuty(Struct, frozen=True):
    """One body's role by one statement; ``start:end`` are the characters that say so in the compact text."""

    organisation: str | None
    name: str
    surface: str
    role: Role
    basis: Basis
    start: int
    end: int


def resolve(
    statements: Sequence[FoundStatement], rules: Sequence[FoundRule], bodies: Bodies
) -> list[list[ResolvedDuty]]:
    """Return the duties of each statement: first what it states, in its order, then what it inherits."""
    held: dict[str, list[Name]] = {}
    found = []
    for statement in statements:
        duties = _duties(statement, _in_force(rules, statement), bodies)
        found.append([*duties, *_held(duties, held, bodies)] if held else duties)
        for one in statement.assigned:
            if one.name.within:
                held.setdefault(one.name.within, []).append(one.name)
    return found


def _held(duties: Sequence[ResolvedDuty], held: Mapping[str, Sequence[Name]], bodies: Bodies) -> Iterator[ResolvedDuty]:
    """Yield the duties of bodies that an earlier statement says a collective holds (含X,下同)."""
    listed = {duty.name for duty in duties}
    for duty in duties:
        for name in held.get(duty.name, ()):
            if name.full not in listed:
                listed.add(name.full)
                organisation = bodies.identify(name.full)
                yield replace(
                    duty,
                    organisation=organisation,
                    name=name.full,
                    surface=name.surface,
                    basis="inherited",
                    start=name.start,
                    end=name.end,
                )


def in_prose(sentences: Sequence[FoundProse], bodies: Bodies) -> list[list[ResolvedDuty]]:
    """Return the duties of each sentence that gives some; rules do not reach them."""
    found: list[list[ResolvedDuty]] = []
    for sentence in sentences:
        restored = names.restore((one.name for one in sentence.assigned), bodies.stems)
        found.append(
            [
                ResolvedDuty(bodies.identify(n.full), n.full, n.surface, one.role, "prose", n.start, n.end)
                for n, one in zip(restored, sentence.assigned, strict=True)
            ]
        )
    return found


def _in_force(rules: Sequence[FoundRule], statement: FoundStatement) -> list[FoundRule]:
    """Return the rules that hold for a statement: those said before or, of the first body's role, in it."""
    return [
        rule
        for rule in rules
        if rule.note or rule.start < statement.start or (rule.effect == "first_is_lead" and rule.start < statement.end)
    ]


def _duties(statement: FoundStatement, rules: Sequence[FoundRule], bodies: Bodies) -> list[ResolvedDuty]:
    restored = names.restore((one.name for one in statement.assigned), bodies.stems)
    roles: list[Role] = [one.role for one in statement.assigned]
    basis: list[Basis] = ["positional" if statement.row and statement.row.doubt else "stated"] * len(roles)
    first_is_lead = any(rule.effect == "first_is_lead" for rule in rules)
    if first_is_lead and "lead" not in roles:
        others = next((rule.others for rule in rules if rule.others), None)
        roles[1:] = [others or role for role in roles[1:]]
        basis[1:] = ["positional" if others else by for by in basis[1:]]
        if names.kind(restored[0].full) not in ("collective", "unit"):
            roles[0], basis[0] = "lead", "positional"
    duties = [
        ResolvedDuty(bodies.identify(n.full), n.full, n.surface, role, by, n.start, n.end)
        for n, role, by in zip(restored, roles, basis, strict=True)
    ]
    listed = {duty.name for duty in duties}
    for rule in rules:
        if rule.effect == "add" and rule.name and rule.role and rule.name.full not in listed:
            name = rule.name
            listed.add(name.full)
            organisation = bodies.identify(name.full)
            duties.append(
                ResolvedDuty(organisation, name.full, name.surface, rule.role, "inherited", rule.start, rule.end)
            )
    return duties
