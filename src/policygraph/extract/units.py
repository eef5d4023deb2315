"""Values in base units, so that 3.08万亩 and 30800亩 compare; ``data/units.toml`` says which units belong together."""

from __future__ import annotations

from decimal import Decimal

from policygraph.data import table

_FACTOR: dict[str, tuple[str, Decimal]] = {
    unit: (entry["base"], Decimal(factor))
    for entry in table("units")["dimension"]
    for unit, factor in entry["units"].items()
}
_MAGNITUDE = {word: Decimal(factor) for word, factor in table("units")["magnitude"].items()}


def base(value: str, unit: str | None) -> tuple[str, str | None]:
    """Return a value and its unit in base units, exact; a unit of no known dimension keeps its name.

    >>> base("3.08", "万亩"), base("47.38", "亿立方米"), base("5", "亿"), base("2", "个百分点")
    (('30800', '亩'), ('4738000000', '立方米'), ('500000000', None), ('2', '个百分点'))
    """
    number, rest = Decimal(value), unit or ""
    for word, factor in _MAGNITUDE.items():
        if rest.startswith(word) and rest not in _FACTOR:
            number, rest = number * factor, rest.removeprefix(word)
            break
    name, factor = _FACTOR.get(rest, (rest or None, Decimal(1)))
    number *= factor
    return f"{number.normalize():f}", name
