"""By which words a body is found: keys made of its names, so that width and the shape of brackets do not matter.

佳木斯市水务局 means one body alone, and so do its id, 佳木斯市:水务局 and the short names that notices define
(市水污防办); 市水务局 and 水务局 are a part of its name, which bodies of other places bear too. Each store keeps the
keys of each body, by an index, and makes them anew when a notice that names it comes or goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph.resolve.setting import COUNTRY
from policygraph.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policygraph.graph.schema import Properties

_BRACKETS = str.maketrans("〔[【{〕]】}", "(((())))", " \n")


def key(text: str) -> str:
    """Return what two spellings of one name or id have in common.

    >>> key("各县（市）区政府") == key("各县(市)区政府"), key("佳政办发[2018]17号")
    (True, '佳政办发(2018)17号')
    """
    return normalise(text).translate(_BRACKETS)


def keys(
    identifier: str, own: Properties, mentions: Iterable[Mapping[str, Any]], shorts: Iterable[str]
) -> tuple[list[str], list[str]]:
    """Return the keys that mean a body alone, and those that are a part of its name, each sorted and once."""
    name, local, bare = (str(own[part]) for part in ("name", "local", "bare"))
    wholes = {identifier, *shorts}
    if own["jurisdiction"]:
        wholes.add(f"{own['jurisdiction']}:{bare}")
    if name != local or own["place"] == COUNTRY:
        wholes.add(name)
    parts = {local, bare}
    for one in mentions:
        parts.add(one["name"])
        if one["full"] != one["name"]:
            wholes.add(one["full"])
    return sorted({key(one) for one in wholes}), sorted({key(one) for one in parts})
