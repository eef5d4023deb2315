"""What could not be read or can be read two ways, and which bodies may be one, with what speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.judge.outcome import settle
from policygraph.judge.proposals import propose
from policygraph.web.views import PAGE, Field, Shown, Table, View

if TYPE_CHECKING:
    from policygraph.judge.proposals import Proposal
    from policygraph.store.contract import Row, Store
    from policygraph.web.views import Asked

_STAGES = ("read", "segment", "extract", "resolve")
_MOST_PROPOSALS = 40


def show(store: Store, asked: Asked) -> Shown:
    """Show the doubts of a stage or a notice, and proposals on bodies."""
    stage = asked.text("stage")
    rows = [row for row in store.ask("unresolved", notice=asked.text("notice")) if stage in (None, row["stage"])]
    proposals, conflicts = _proposals(store)
    return Shown(
        "doubts",
        (
            Table.paged("doubts", rows, asked.page),
            Table.of("proposals", proposals),
            Table.of("conflicts", conflicts),
        ),
        heading="nav.doubts",
    )


def _proposals(store: Store) -> tuple[list[Row], list[Row]]:
    """Return what is worth a judgement, and the conflicts between judgements."""
    outcome = settle(store.judged().entries)
    found = [_row(one, store) for one in propose(store.bodies(), outcome.different)[:_MOST_PROPOSALS]]
    conflicts: list[Row] = [
        {"one": conflict.pair[0], "other": conflict.pair[1], "judgements": len(conflict.same) + len(conflict.different)}
        for conflict in outcome.conflicts
    ]
    return found, conflicts


def _row(proposal: Proposal, store: Store) -> Row:
    subject, best = proposal.subject, proposal.object
    place = store.example(subject.id) or {}
    return {
        "subject": subject.name,
        "object": best.name if best else None,
        "score": proposal.score,
        "evidence": "; ".join(proposal.evidence),
        "jurisdiction": subject.jurisdiction,
        "before": place.get("before"),
        "words": place.get("words"),
        "after": place.get("after"),
        "notice": place.get("notice"),
        "start": place.get("start"),
        "end": place.get("end"),
        "subject_id": subject.id,
        "object_id": best.id if best else None,
    }


VIEW = View(
    "doubts", "/doubts", "What is unresolved or can be read two ways, and which bodies may be one", show,
    (
        Field("stage", "choice", "only of this stage", _STAGES),
        Field("notice", "id", "only of this notice"),
        PAGE,
    ),
    ("doubts", "proposals", "conflicts"),
)  # fmt: skip
