"""The closed list of questions, one module each, in the order in which they are listed to people."""

from __future__ import annotations

from policygraph.store.questions import (
    assignments,
    belongs,
    due,
    duties,
    history,
    leads,
    load,
    matrix,
    names,
    notices,
    partners,
    same_name,
    search,
    targets,
    task,
    times,
    unresolved,
    who,
)

QUESTIONS = (
    leads.QUESTION,
    duties.QUESTION,
    assignments.QUESTION,
    due.QUESTION,
    times.QUESTION,
    partners.QUESTION,
    targets.QUESTION,
    task.QUESTION,
    matrix.QUESTION,
    load.QUESTION,
    search.QUESTION,
    who.QUESTION,
    history.QUESTION,
    names.QUESTION,
    same_name.QUESTION,
    belongs.QUESTION,
    notices.QUESTION,
    unresolved.QUESTION,
)
