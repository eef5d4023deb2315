"""policygraph: official Chinese notices as a responsibility graph.

The verbs load what they need when they are first used, so ``import policygraph`` costs a few milliseconds::

    import policygraph as pg

    notices = pg.parse("corpus/jiamusi-2018-water.txt")
    pg.build(["corpus"], "policygraph.db")
    with pg.open_store("policygraph.db") as store:
        rows = store.ask("leads", organisation="市水务局")
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from policygraph.version import __version__

if TYPE_CHECKING:
    from policygraph import plot
    from policygraph.compare import compare
    from policygraph.evaluate import evaluate
    from policygraph.export import export
    from policygraph.ledger import ledger
    from policygraph.network import measures, network
    from policygraph.pipeline import build, parse
    from policygraph.read import read
    from policygraph.store import open_store
    from policygraph.store.explain import explain

_HOMES = {
    "build": "policygraph.pipeline",
    "compare": "policygraph.compare",
    "evaluate": "policygraph.evaluate",
    "explain": "policygraph.store.explain",
    "export": "policygraph.export",
    "ledger": "policygraph.ledger",
    "measures": "policygraph.network",
    "network": "policygraph.network",
    "open_store": "policygraph.store",
    "parse": "policygraph.pipeline",
    "read": "policygraph.read",
}

__all__ = [
    "__version__",
    "build",
    "compare",
    "evaluate",
    "explain",
    "export",
    "ledger",
    "measures",
    "network",
    "open_store",
    "parse",
    "plot",
    "read",
]


class _Package(ModuleType):
    """The package, in which ``read``, ``compare``, ``network`` … stay verbs when folders of these names load."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the verbs have different types
        if name in _HOMES:
            return getattr(import_module(_HOMES[name]), name)
        if name == "plot":
            return import_module("policygraph.plot")
        message = f"module 'policygraph' has no attribute {name!r}"
        raise AttributeError(message)

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _HOMES:
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
