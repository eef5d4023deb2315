"""From a question's name and plain parameters to what a store can run.

An organisation is given by any of its names: 佳木斯市水务局 is one body, 市水务局 is that of every place in the graph,
市水污防办 is a short name that some notice defines. A name that nobody bears gets suggestions.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from policygraph.errors import BadParameter, UnknownId, UnknownOrganisation, UnknownQuestion
from policygraph.store.questions import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from policygraph.store.contract import Row
    from policygraph.store.questions.question import Parameter, Question

    Run = Callable[[str, dict[str, object]], list[Row]]

_BODIES = """
SELECT id, json_extract(properties, '$.name') AS name, json_extract(properties, '$.local') AS local,
       json_extract(properties, '$.bare') AS bare FROM nodes WHERE label = 'Organisation'
UNION SELECT target, json_extract(properties, '$.short'), NULL, NULL FROM edges WHERE relation = 'NAMES'
ORDER BY 1, 2
"""
_TASKS = (
    "SELECT id FROM nodes WHERE label = 'Task' AND (id = :id OR id LIKE '%:' || :id OR id LIKE '%' || :id) ORDER BY id"
)
_SUGGESTIONS = 5
_LEAST_SIMILARITY = 50
_TRIGRAM_CHARS = 3


def prepare(name: str, given: dict[str, object], run: Run) -> tuple[str, dict[str, object]]:
    """Return the SQL of a question and its bound parameters.

    Raises:
        QuestionError: the question, a parameter or an organisation is not known.
        UnknownId: no task has the id.

    """
    question = find(name)
    known = {parameter.name for parameter in question.parameters}
    for extra in given.keys() - known:
        remedy = f"known: {', '.join(sorted(known))}" if known else "it takes none"
        raise BadParameter(name, f"no parameter '{extra}'", remedy)
    bound = {
        parameter.name: _value(question, parameter, given.get(parameter.name), run) for parameter in question.parameters
    }
    if "text" in bound and bound["text"] is not None:
        bound["phrase"] = _phrase(str(bound["text"]))
    return question.sql, bound


def find(name: str) -> Question:
    """Return a question by its name.

    Raises:
        UnknownQuestion: there is none.

    """
    for question in QUESTIONS:
        if question.name == name:
            return question
    known = ", ".join(question.name for question in QUESTIONS)
    raise UnknownQuestion(name, "unknown question", f"known: {known}")


def _value(question: Question, parameter: Parameter, given: object, run: Run) -> object:
    if given is None or given == "":
        if parameter.required:
            raise BadParameter(
                question.name, f"parameter '{parameter.name}' is missing", f"example: {question.example}"
            )
        return None
    text = str(given)
    if parameter.kind == "organisation":
        return json.dumps(_organisations(text, run), ensure_ascii=False)
    if parameter.kind == "date":
        return _date(question, text)
    if parameter.kind == "task":
        return task_id(text, run)
    if parameter.choices and text not in parameter.choices:
        raise BadParameter(question.name, f"'{text}' is no {parameter.name}", f"known: {', '.join(parameter.choices)}")
    return text


def _date(question: Question, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadParameter(question.name, f"'{text}' is no date", "write it as 2018-12-31") from None


def _organisations(name: str, run: Run) -> list[str]:
    """Return the ids of the bodies that bear a name."""
    bodies = run(_BODIES, {})
    for fields in (("id", "name"), ("local",), ("bare",)):
        found = sorted({str(body["id"]) for body in bodies if name in [body[field] for field in fields]})
        if found:
            return found
    known = {str(body[field]) for body in bodies for field in ("name", "local", "bare") if body[field]}
    near = _near(name, known)
    remedy = f"did you mean {', '.join(near)}?" if near else "`policygraph ask matrix` lists those that are there"
    raise UnknownOrganisation(name, "no organisation of this name in the graph", remedy)


def _near(name: str, known: set[str]) -> list[str]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a name that is not there needs it

    scored = process.extract(name, sorted(known), scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=_LEAST_SIMILARITY)
    return [choice for choice, _, _ in scored]


def task_id(text: str, run: Run) -> str:
    """Return the id of a task given whole or by its unique end (``二/一/1:1``).

    Raises:
        UnknownId: no task, or several, end so.

    """
    found = [str(row["id"]) for row in run(_TASKS, {"id": text})]
    exact = [one for one in found if one == text or one.endswith(":" + text)]
    if len(found) == 1 or len(exact) == 1:
        return (exact or found)[0]
    if text in found:
        return text
    if found:
        raise UnknownId(text, "several tasks end so", f"one of {', '.join(found[:_SUGGESTIONS])}")
    raise UnknownId(text, "no task of this id in the store", "`policygraph ask search TEXT` finds tasks and their ids")


def _phrase(text: str) -> str | None:
    """Return the full-text query for a phrase, or ``None`` if it is too short for the trigram index."""
    return '"' + text.replace('"', '""') + '"' if len(text) >= _TRIGRAM_CHARS else None
