"""Notices with known answers, written from a grammar of their own, to test the extraction on what nobody tuned it to.

``generate(seed)`` writes one, ``corpus(count, seed)`` many, ``score(count, seed)`` measures the extraction on them.
Every dimension in :mod:`~policygraph.evaluate.generate.options` can be fixed: ``generate(1, layout="one_line")``.
"""

from policygraph.evaluate.generate.options import VALUES, Options
from policygraph.evaluate.generate.scoring import Miss, Report, score
from policygraph.evaluate.generate.writing import Written, corpus, generate

__all__ = ["VALUES", "Miss", "Options", "Report", "Written", "corpus", "generate", "score"]
