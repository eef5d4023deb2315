"""How each kind of finding is matched with gold.

A statement is right where it overlaps the annotated one; its scope, roles and inherited duties are compared on
top of that. A target or time must overlap and agree in every value. Matching is one to one, nearest first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from policygraph.evaluate.place import Place, bare, squash

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policygraph.evaluate.gold import Gold
    from policygraph.evaluate.place import Span

Record = dict[str, Any]
Facts = dict[str, Any]

_TARGETS = ("targets", "targets+due", "targets+ind")
KINDS = ("metadata", "headings", "statements", "scopes", "roles", "inherited", *_TARGETS, "times", "citations")
_METADATA = {
    "title": "title",
    "doc_number": "document_number",
    "issuers": "issuers",
    "recipients": "recipients",
    "issued_on": "issued_on",
    "plan_year": "plan_year",
}
_SCOPE_CHARS = 6
_SCOPE_SLACK = 12


@dataclass(slots=True)
class Tally:
    """Right, spurious and missed items of one kind; the last two with their words."""

    right: int = 0
    spurious: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def score(gold: Gold, annotated: str, record: Record) -> dict[str, Tally]:
    """Compare one parsed notice with its gold."""
    here, there = Place(annotated), Place(record["text"])
    tallies = {kind: Tally() for kind in KINDS}
    _metadata(gold, record, tallies["metadata"])
    _headings(gold, record, tallies["headings"])
    _duties(gold, record, here, there, tallies)
    _targets(gold, record, here, there, tallies)
    _times(gold, record, here, there, tallies["times"])
    _citations(gold, record, here, there, tallies["citations"])
    return tallies


def nothing_found(gold: Gold) -> dict[str, Tally]:
    """Return the tallies of a notice that could not be parsed: every item missed."""
    lists = gold.lists
    counts = {
        "metadata": list(_METADATA),
        "headings": [h["quote"] for h in lists["headings"]],
        "roles": [r["name"] for d in lists["duties"] for r in d["roles"]],
        "inherited": [r["name"] for d in lists["duties"] for r in d.get("inherited") or []],
        "times": [t["quote"] for t in lists["times"]],
        "citations": [c["quote"] for c in lists["cites"]],
    }
    counts |= {kind: [d["quote"] for d in lists["duties"]] for kind in ("statements", "scopes")}
    counts |= {kind: [t["quote"] for t in lists["targets"]] for kind in _TARGETS}
    return {kind: Tally(missed=list(counts[kind])) for kind in KINDS}


def _metadata(gold: Gold, record: Record, tally: Tally) -> None:
    for name, field_name in _METADATA.items():
        wanted, got = gold.notice.get(name), record["notice"].get(field_name)
        listed = isinstance(wanted, list) or isinstance(got, list)
        same = _bares(wanted) == _bares(got) if listed else bare(str(wanted or "")) == bare(str(got or ""))
        if same:
            tally.right += 1
        else:
            tally.missed.append(f"{name}: gold {wanted}, got {got}")


def _bares(names: Sequence[str] | None) -> list[str]:
    return [bare(name) for name in names or []]


def _headings(gold: Gold, record: Record, tally: Tally) -> None:
    wanted = Counter((h["path"], bare(h.get("title"))) for h in gold.lists["headings"])
    got = Counter((c["path"], bare(c["title"])) for c in record["clauses"] if c["label"])
    tally.right = (wanted & got).total()
    tally.missed = [f"{path} {title}" for path, title in (wanted - got).elements()]
    tally.spurious = [f"{path} {title}" for path, title in (got - wanted).elements()]


def _duties(gold: Gold, record: Record, here: Place, there: Place, tallies: dict[str, Tally]) -> None:
    wanted = [_gold_duty(duty, here, there) for duty in gold.lists["duties"]]
    got = _statements(record, there)
    pairs = _pairs(wanted, got, lambda g, p: _overlap(g["at"], p["at"]))
    _count(tallies["statements"], wanted, got, pairs)
    scoped = [(i, j) for i, j in pairs if _same_scope(wanted[i], got[j], there)]
    _count(tallies["scopes"], wanted, got, scoped, lambda duty: f"{duty['start']}… {duty['words'][:40]}")
    partner = {j: wanted[i] for i, j in pairs}
    matched = {i for i, _ in pairs}
    for kind in ("roles", "inherited"):
        tally = tallies[kind]
        for j, found in enumerate(got):
            expected: set[tuple[str, str]] = partner[j][kind] if j in partner else set()
            tally.right += len(found[kind] & expected)
            tally.spurious += [f"{found['words'][:40]}: {n} {r}" for n, r in sorted(found[kind] - expected)]
            tally.missed += [f"{found['words'][:40]}: {n} {r}" for n, r in sorted(expected - found[kind])]
        for i, lost in enumerate(wanted):
            if i not in matched:
                tally.missed += [f"{lost['words'][:40]}: {n} {r}" for n, r in sorted(lost[kind])]


def _gold_duty(duty: Record, here: Place, there: Place) -> Facts:
    return {
        "at": here.locate(duty["quote"], duty.get("nth"), there),
        "start": squash(duty.get("scope_start"))[:_SCOPE_CHARS],
        "roles": {(bare(role["name"]), role["role"]) for role in duty["roles"]},
        "inherited": {(bare(role["name"]), role["role"]) for role in duty.get("inherited") or []},
        "words": duty["quote"],
    }


def _statements(record: Record, there: Place) -> list[Facts]:
    """Return the statements with their duties; a duty read from prose is none of a statement."""
    duties: dict[str, dict[str, set[tuple[str, str]]]] = defaultdict(lambda: {"roles": set(), "inherited": set()})
    prose = set()
    for duty in record["duties"]:
        if duty["basis"] == "prose":
            prose.add(duty["statement"])
        else:
            kind = "inherited" if duty["basis"] == "inherited" else "roles"
            duties[duty["statement"]][kind].add((bare(duty["name"]), duty["role"]))
    return [
        {
            "at": there.span(*statement["span"]),
            "scope": there.span(*statement["scope"]) if statement["scope"] else None,
            "start": record["text"][slice(*statement["scope"])][:_SCOPE_CHARS] if statement["scope"] else "",
            "words": record["text"][slice(*statement["span"])],
            **duties[statement["id"]],
        }
        for statement in record["statements"]
        if statement["id"] not in prose or duties[statement["id"]]["roles"]
    ]


def _same_scope(wanted: Facts, got: Facts, there: Place) -> bool:
    """Tell whether a scope begins with the annotated words, a few characters of numbering aside."""
    if not got["scope"]:
        return False
    begin = got["scope"][0]
    return there.squashed[begin : begin + 40].find(wanted["start"]) in range(_SCOPE_SLACK)


def _targets(gold: Gold, record: Record, here: Place, there: Place, tallies: dict[str, Tally]) -> None:
    wanted = [_gold_target(target, here, there) for target in gold.lists["targets"]]
    got = [
        {
            "at": there.span(*target["span"]),
            "number": (_number(target["value"]), _unit(target["unit"]), _number(target["value_max"])),
            "sign": (target["comparator"], target["change"] or None),
            "due": target["due"],
            "indicator": target["indicator"],
            "words": record["text"][slice(*target["span"])],
        }
        for target in record["targets"]
        if target["value"] is not None
    ]

    def same(g: Facts, p: Facts) -> bool:
        return _overlap(g["at"], p["at"]) and g["number"] == p["number"] and g["sign"] == p["sign"]

    def due(g: Facts, p: Facts) -> bool:
        return same(g, p) and (bool(g["disputed"]) or g["due"] == p["due"])

    def indicator(g: Facts, p: Facts) -> bool:
        return same(g, p) and _same_indicator(g["indicator"], p["indicator"])

    for kind, rule in (("targets", same), ("targets+due", due), ("targets+ind", indicator)):
        _count(tallies[kind], wanted, got, _pairs(wanted, got, rule), _target_words)


def _gold_target(target: Record, here: Place, there: Place) -> Facts:
    return {
        "at": here.locate(target["quote"], target.get("nth"), there),
        "number": (_number(target["value"]), _unit(target.get("unit")), _number(target.get("value_max"))),
        "sign": (target.get("comparator"), target.get("change") or None),
        "due": target.get("due"),
        "disputed": target.get("due_disputed"),
        "indicator": target.get("indicator"),
        "words": target["quote"],
    }


def _target_words(target: Facts) -> str:
    value, unit, most = target["number"]
    number = f"{value}—{most}" if most else value
    sign, change = target["sign"]
    told = (sign, number, unit, change, "due", target["due"], f"[{target['indicator']}]")
    return f"{target['words'][:40]}: {' '.join(str(one) for one in told if one)}"


def _number(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        return str(Decimal(str(value)).normalize())
    except InvalidOperation:
        return str(value)


def _unit(unit: str | None) -> str | None:
    return squash(unit).lstrip(":1") or None


def _same_indicator(one: str | None, other: str | None) -> bool:
    a, b = bare(one), bare(other)
    return bool(a and b) and (a == b or (min(len(a), len(b)) > 1 and (a in b or b in a)))


def _times(gold: Gold, record: Record, here: Place, there: Place, tally: Tally) -> None:
    """Count the times; one that holds for several rows of a table is one mention."""
    wanted = [
        {
            "at": here.locate(time["quote"], time.get("nth"), there),
            "when": (time.get("kind"), time.get("end"), time.get("every")),
            "words": time["quote"],
        }
        for time in gold.lists["times"]
    ]
    got = [
        {
            "at": there.span(*time["span"]),
            "when": (time["kind"], time["end"], time["every"]),
            "words": record["text"][slice(*time["span"])],
        }
        for time in {(*time["span"], time["kind"]): time for time in record["times"]}.values()
    ]
    pairs = _pairs(wanted, got, lambda g, p: _overlap(g["at"], p["at"]) and g["when"] == p["when"])
    _count(tally, wanted, got, pairs, lambda time: f"{time['words']} {time['when']}")


def _citations(gold: Gold, record: Record, here: Place, there: Place, tally: Tally) -> None:
    wanted = [
        {
            "at": here.locate(cite["quote"], cite.get("nth"), there),
            "number": bare(cite.get("doc_number")),
            "title": bare(cite.get("title")),
            "words": cite["quote"],
        }
        for cite in gold.lists["cites"]
    ]
    got = [
        {
            "at": there.span(*cite["span"]),
            "number": bare(cite["document_number"]),
            "title": bare(cite["title"]),
            "words": f"{cite['title']} {cite['document_number']}",
        }
        for cite in record["citations"]
    ]

    def same(g: Facts, p: Facts) -> bool:
        return _overlap(g["at"], p["at"]) and g["number"] == p["number"] and g["title"] in ("", p["title"])

    _count(tally, wanted, got, _pairs(wanted, got, same))


def _pairs(
    wanted: Sequence[Facts], got: Sequence[Facts], same: Callable[[Facts, Facts], bool]
) -> list[tuple[int, int]]:
    """Match one to one: each gold item, in order, with the nearest finding that agrees and is still free."""
    used: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for i, item in enumerate(wanted):
        if item["at"] is None:
            continue
        free = [j for j, found in enumerate(got) if j not in used and same(item, found)]
        if free:
            nearest = min(free, key=lambda j: abs(item["at"][0] - got[j]["at"][0]))
            used.add(nearest)
            pairs.append((i, nearest))
    return pairs


def _overlap(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and min(one[1], other[1]) > max(one[0], other[0])


def _count(
    tally: Tally,
    wanted: Sequence[Facts],
    got: Sequence[Facts],
    pairs: Sequence[tuple[int, int]],
    words: Callable[[Facts], str] = lambda item: item["words"],
) -> None:
    right, found = {i for i, _ in pairs}, {j for _, j in pairs}
    tally.right = len(pairs)
    tally.missed = [words(item) for i, item in enumerate(wanted) if i not in right]
    tally.spurious = [words(item) for j, item in enumerate(got) if j not in found]
