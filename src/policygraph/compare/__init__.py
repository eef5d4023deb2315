"""Year against year: two notices compared, task by task and duty by duty.

>>> from policygraph.pipeline import parse
>>> (notice,) = parse("corpus/jiamusi-2018-water.txt")
>>> compare(notice, notice).changes
()
"""

from policygraph.compare.changes import compare
from policygraph.compare.values import KINDS, MIRROR, Change, Comparison, Kind, Pair, Side

__all__ = ["KINDS", "MIRROR", "Change", "Comparison", "Kind", "Pair", "Side", "compare"]
