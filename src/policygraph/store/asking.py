"""From a question's name and plain parameters to what a store can run: 市水务局 becomes a list of ids."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from policygraph.errors import BadParameter, UnknownQuestion
from policygraph.store import choosing, lookup
from policygraph.store.questions import QUESTIONS

if TYPE_CHECKING:
    from policygraph.store.lookup import Run
    from policygraph.store.questions.question import Parameter, Question

_BY_ID = {"task": lookup.task, "citing": lookup.notice, "document": lookup.document}
_CHOOSING = ("notice", "place", "issuer")
_CHINESE = re.compile("[\u4e00-\u9fff]{2,}")
_TRIGRAM_CHARS = 3
_YEAR_DIGITS = 4


def prepare(name: str, given: dict[str, object], run: Run) -> tuple[Question, dict[str, object]]:
    """Return a question and its bound parameters; a body is a list of ids.

    Raises:
        QuestionError: the question, a parameter or an organisation is not known.
        UnknownId: no task or notice has the id.

    """
    question = find(name)
    known = {parameter.name for parameter in question.parameters}
    for extra in given.keys() - known:
        remedy = f"known: {', '.join(sorted(known))}" if known else "it takes none"
        raise BadParameter(name, f"no parameter '{extra}'", remedy)
    bound = {
        parameter.name: _value(question, parameter, given.get(parameter.name), run)
        for parameter in question.parameters
        if parameter.kind not in _CHOOSING
    }
    if chosen := [one for one in question.parameters if one.kind in _CHOOSING]:
        texts = {str(one.kind): str(given[one.name]) for one in chosen if given.get(one.name)}
        bound["notice"] = choosing.notices(name, texts, run)
    if "text" in bound and bound["text"] is not None:
        bound |= {"phrase": _phrase(str(bound["text"])), "words": _words(str(bound["text"]))}
    return question, bound


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
    if given is None or given == "" or given is False:
        if parameter.required:
            raise BadParameter(
                question.name, f"parameter '{parameter.name}' is missing", f"example: {question.example}"
            )
        return None
    if parameter.kind == "flag":
        return 1
    text = str(given)
    if parameter.kind == "organisation":
        return lookup.organisations(text, run)
    if parameter.kind == "date":
        return _date(question, text)
    if parameter.kind == "year":
        return year(question.name, text)
    if parameter.kind in _BY_ID:
        return _BY_ID[parameter.kind](text, run)
    if parameter.choices and text not in parameter.choices:
        raise BadParameter(question.name, f"'{text}' is no {parameter.name}", f"known: {', '.join(parameter.choices)}")
    return text


def _date(question: Question, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadParameter(question.name, f"'{text}' is no date", "write it as 2018-12-31") from None


def year(question: str, text: str) -> int:
    """Return a year that somebody wrote.

    Raises:
        BadParameter: it is none.

    """
    if len(text) != _YEAR_DIGITS or not (text.isascii() and text.isdigit()):
        raise BadParameter(question, f"'{text}' is no year", "write it as 2018")
    return int(text)


def _words(text: str) -> str | None:
    """Return the query of Neo4j's full-text index for the longest run of Chinese in a text, or ``None`` without one."""
    runs = _CHINESE.findall(text)
    return f'text:"{max(runs, key=len)}"' if runs else None


def _phrase(text: str) -> str | None:
    """Return the full-text query for a phrase, or ``None`` if it is too short for the trigram index."""
    return '"' + text.replace('"', '""') + '"' if len(text) >= _TRIGRAM_CHARS else None
