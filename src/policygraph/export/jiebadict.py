"""A user dictionary for jieba: names of bodies and places that it would cut in pieces (生态环境局, 佳木斯市).

A line is ``word frequency tag``, ``nt`` for a body and ``ns`` for a place, as ``jieba.load_userdict`` takes it. Short
names of places (和平 for 和平区) are left out: they are words of their own. So are names with other characters than
jieba joins to words, such as the brackets of 各县(市)区政府.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from policygraph import registry
from policygraph.export.elements import Counts, read
from policygraph.graph.schema import Edge, Label, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygraph.store.contract import Store

_BODY, _PLACE = "nt", "ns"
_FREQUENCY = 1000  # of 60 million in jieba's own dictionary: above what the pieces of a name come to together
_WORD = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]{2,}")


def write(store: Store | None, out: TextIO) -> Counts:
    """Write the names of the registry, and with a store those that its notices use, each once, in order."""
    words = dict.fromkeys(_places(), _PLACE) | dict.fromkeys(_kinds(), _BODY)
    if store:
        words |= dict.fromkeys(_written(store), _BODY)
    fit = sorted(filter(_WORD.fullmatch, words))
    out.writelines(f"{word} {_FREQUENCY} {words[word]}\n" for word in fit)
    return {"words": len(fit)}


def _places() -> Iterator[str]:
    yield from (place.name for place in registry.every_place())


def _kinds() -> Iterator[str]:
    for kind in registry.every_kind():
        yield from (*kind.full, *kind.statutory, *kind.colloquial)


def _written(store: Store) -> Iterator[str]:
    """Yield the names of the bodies of a store, and those that notices write or define."""
    for one in read(store):
        if isinstance(one, Edge):
            name = {Relation.MENTIONS: "name", Relation.NAMES: "short"}.get(one.relation)
            yield from [str(one.properties[name])] if name else []
        elif one.label is Label.ORGANISATION:
            yield from (str(one.properties[name]) for name in ("name", "local"))
