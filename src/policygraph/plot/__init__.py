"""Pictures of what a store holds, for papers, slides and notebooks (extra ``plot``).

::

    with pg.open_store("policygraph.db") as store:
        pg.plot.matrix(store, notice="17号").savefig("matrix.png")
        pg.plot.network(pg.network(store, kind="cooperation")).savefig("谁与谁合作.svg")

Each function returns a :class:`Picture`, a matplotlib figure that also shows itself in a notebook. matplotlib loads
when the first one is drawn; a Chinese font is found on the system or named by ``POLICYGRAPH_FONT``.
"""

from policygraph.plot.matrices import matrix
from policygraph.plot.networks import network
from policygraph.plot.pictures import save
from policygraph.plot.timelines import timeline
from policygraph.plot.workloads import workload

__all__ = ["matrix", "network", "save", "timeline", "workload"]
