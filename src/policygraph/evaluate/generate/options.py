"""What a generated notice can be varied in: each dimension with its values, chosen at random or fixed by the caller.

``layout="one_line"`` alone leaves all else to the seed. A dimension of sentences (``wording``, ``measure``, ``time`` …)
is ``any`` unless it is fixed: then each sentence chooses for itself, and the forms of the marks tell what was chosen.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from random import Random

ANY = "any"


@dataclass(frozen=True, slots=True)
class Options:
    """One value for every dimension."""

    level: str
    topic: str
    act: str
    period: str
    outline: str
    heads: str
    head_stop: str
    dot: str
    annex: str
    background: str
    layout: str
    indent: str
    spacing: str
    punctuation: str
    digits: str
    pair: str
    copies: str
    furniture: str
    title: str
    number: str
    issuers: str
    signed: str
    recipients: str
    place: str
    rule: str
    roster: str
    elision: str
    separator: str
    modifier: str
    wording: str
    measure: str
    count: str
    time: str
    cite: str
    friend: str

    def named(self) -> Iterator[str]:
        """Yield ``dimension=value`` for every dimension."""
        yield from (f"{one.name}={getattr(self, one.name)}" for one in fields(self))


VALUES: dict[str, tuple[str, ...]] = {
    "level": ("central", "province", "region", "municipality", "city", "county", "zone"),
    "topic": ("water", "housing", "farming", "digital", "safety", "business", "health", "transport", "education"),
    # promulgates: a letter with its signature, then the plan; direct: the notice itself is what must be done
    "act": ("promulgates", "direct"),
    "period": ("year", "years", "none"),
    # full: 一（一）1（1）; flat: 一 1; running: （一） runs on across sections; deep: down to ①
    "outline": ("full", "flat", "running", "articles", "boxes", "skipped", "deep"),
    "heads": ("run_in", "own_line", "sentence"),
    "head_stop": ("bare", "stopped"),
    "dot": ("dot", "full_dot", "pause", "small_dot"),
    "annex": ("none", "unnumbered", "numbered"),
    "background": ("none", "looks_back"),
    "layout": ("lines", "one_line", "wrapped"),
    "indent": ("none", "ideographic", "spaces"),
    "spacing": ("plain", "gaps", "nbsp", "zero_width", "split_years"),
    "punctuation": ("full", "half", "mixed"),
    "digits": ("half", "full"),
    "pair": ("round", "round_half", "tortoise", "square", "lenticular", "crossed"),
    "copies": ("once", "twice"),
    "furniture": ("none", "above", "below", "both", "metadata"),
    "title": ("line", "broken", "spaced"),
    "number": ("tortoise", "square", "round", "lenticular", "none"),
    "issuers": ("one", "several"),
    "signed": ("digits", "chinese"),
    "recipients": ("commas", "enumerated", "shared", "none"),
    "place": (
        "after_stop", "before_stop", "own_paragraph", "mid_paragraph", "label_line", "run_in_label", "section_close",
        "table",
    ),
    "rule": ("none", "add", "add_in_prose", "add_except", "first", "first_note", "including"),
    "roster": ("plain", "vertical", "collective", "party", "enterprise", "central", "suffix", "alias", "bracketed"),
    "elision": ("written", "elided", "across"),
    "separator": ("enumerated", "and", "comma_tail"),
    "modifier": ("none", "others", "other_departments", "open_list", "deadline", "deadline_first", "ongoing"),
    "wording": (
        "lead_support", "lead_join", "lead_help", "lead_only", "lead_charge", "lead_divided", "lead_support_carry",
        "charge", "divided", "severally", "together", "together_carry", "charge_support", "guide_carry", "carry",
        "carry_charge", "host_assist", "support_lead", "supervise", "urge_carry", "appraise", "support_carry",
        "by_lead", "objects", "label_lead_support", "label_lead_charge", "label_charge", "label_department",
        "label_lead_join", "label_host", "label_carry", "label_guide", "label_main", "label_appraise", "inline_lead",
        "bare",
    ),
    "measure": (
        "reach", "reach_above", "come_to", "raise_to", "not_below", "bare_above", "exceed", "hold_under", "hold_at",
        "not_above", "lower_to", "below", "keep", "keep_about", "keep_above", "about", "from_to", "grow", "grow_about",
        "grow_yearly", "points", "cut_since", "cut", "severally", "both", "coefficient", "operator", "percent_words",
    ),
    "count": (
        "verb_first", "thing_first", "above", "not_less", "at_least", "range", "listed", "length", "length_first",
        "all_done", "share", "limit", "term", "words", "person", "trailing_due", "per_unit",
    ),
    "time": (
        "year_end", "year_end_again", "bare_end", "month_end", "year_month_end", "day_before", "to_year",
        "to_year_end", "plan_end", "plain_end", "month_before", "season", "han_year_end", "on_day", "year",
        "inner_year", "half", "quarter", "months", "third", "plan_during", "within_year", "since_year", "since_day",
        "every_quarter", "every_half", "every_year", "two_years", "every_month", "every_week", "round", "round_short",
        "within_days", "milestones", "span_years",
    ),
    "cite": (
        "numbered", "named", "standard", "pair", "nested", "order", "number_alone", "short_name", "standard_alone",
    ),
    "friend": (
        "topic", "upwards", "helping", "code_name", "dated_plan", "subsidy", "threshold", "past", "ordinal", "examples",
        "severally_clear", "first_person", "lead_units", "explains", "numbered_points", "attribute_year",
    ),
}  # fmt: skip
"""Every dimension and its values, in the order in which they are chosen."""

_SENTENCES = ("modifier", "separator", "wording", "measure", "count", "time", "cite", "friend")
_PLAIN_FIRST = {
    "layout": 0.45, "spacing": 0.55, "digits": 0.8, "copies": 0.85, "annex": 0.7, "background": 0.75, "rule": 0.4,
    "roster": 0.3, "furniture": 0.4, "place": 0.25, "pair": 0.4, "issuers": 0.85, "title": 0.4, "number": 0.5,
    "recipients": 0.55, "signed": 0.75, "indent": 0.5, "head_stop": 0.7, "dot": 0.6,
}  # fmt: skip
"""How often the first value of a dimension is chosen, where notices prefer it."""

_Clash = tuple[dict[str, tuple[str, ...]], str, str]
_CLASHES: tuple[_Clash, ...] = (
    # A line without breaks cannot show what closes a section, and a table there is another dimension of its own.
    ({"layout": ("one_line",), "place": ("section_close", "table")}, "place", "after_stop"),
    ({"layout": ("one_line",), "indent": ("ideographic", "spaces")}, "indent", "none"),
    # A section must have items that its last paragraph can close.
    ({"place": ("section_close",), "outline": ("flat", "running", "articles")}, "outline", "full"),
    ({"place": ("section_close",), "rule": ("add", "add_except", "first", "including")}, "rule", "none"),
    # Labels and tables hold no sentence that could state a rule.
    ({"place": ("table",), "rule": ("add", "add_except", "first", "including")}, "rule", "first_note"),
    ({"place": ("label_line", "run_in_label"), "rule": ("add", "add_except", "first", "including")}, "rule", "none"),
    # 下同 needs collectives, and a ministry's notice has no level to elide.
    ({"level": ("central",), "roster": ("suffix", "alias", "bracketed", "central")}, "roster", "plain"),
    ({"level": ("central",), "recipients": ("shared", "enumerated")}, "recipients", "commas"),
    ({"level": ("zone",), "recipients": ("shared",)}, "recipients", "commas"),
    ({"level": ("municipality", "city", "county", "zone"), "roster": ("suffix",)}, "roster", "collective"),
    # 第一条 is a rule and no heading, and nothing is boxed below articles.
    ({"outline": ("articles",), "heads": ("run_in", "own_line")}, "heads", "sentence"),
    ({"heads": ("sentence",), "outline": ("deep", "boxes")}, "outline", "full"),
)  # fmt: skip


def choose(rng: Random, fixed: Mapping[str, str]) -> Options:
    """Return options: what is fixed, the rest at random; a choice that clashes with another gives way.

    Raises:
        ValueError: a dimension or value is not known, or two that are fixed exclude each other.

    """
    for name, value in fixed.items():
        if name not in VALUES or value not in (*VALUES[name], *([ANY] if name in _SENTENCES else [])):
            raise ValueError(f"{name}={value}: unknown option (known: {', '.join(VALUES.get(name, VALUES))})")
    chosen = {name: _pick(rng, name, values) for name, values in VALUES.items()} | dict(fixed)
    while clash := next((one for one in _CLASHES if all(chosen[name] in bad for name, bad in one[0].items())), None):
        _settle(chosen, clash, fixed)
    return Options(**chosen)


def _settle(chosen: dict[str, str], clash: _Clash, fixed: Mapping[str, str]) -> None:
    """Change one of the options that exclude each other: the one that gives way, else another that is not fixed."""
    excluded, yielding, instead = clash
    if yielding not in fixed:
        chosen[yielding] = instead
        return
    free = next((name for name in excluded if name not in fixed), None)
    if free is None:
        raise ValueError(f"{' and '.join(f'{name}={chosen[name]}' for name in excluded)} exclude each other")
    chosen[free] = next(value for value in VALUES[free] if value not in excluded[free])


def _pick(rng: Random, name: str, values: tuple[str, ...]) -> str:
    if name in _SENTENCES:
        return ANY
    if rng.random() < _PLAIN_FIRST.get(name, 0.0):
        return values[0]
    return rng.choice(values)
