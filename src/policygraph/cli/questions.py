"""``policygraph questions``: what can be asked, with an example each; ``--cypher`` for Neo4j Browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from policygraph.cli import render
from policygraph.store.questions import QUESTIONS

if TYPE_CHECKING:
    from policygraph.store.questions.question import Parameter, Question

_EXAMPLES = {
    "organisation": "['230800:water_affairs']",
    "task": "'佳政办发〔2018〕17号:二/一/1:1'",
    "notice": "['佳政办发〔2018〕17号']",
    "citing": "'佳政办发〔2018〕17号'",
    "document": "'国发〔2015〕17号'",
    "date": "'2018-12-31'",
}
_IDS = "// a body by its id: MATCH (o:Organisation) WHERE o.name CONTAINS '水务局' RETURN o.id, o.name"


@click.command(name="questions")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv", "markdown"]), default="table")
@click.option("--cypher", metavar="NAME", help="Write the Cypher of a question, with parameters for Neo4j Browser.")
def command(form: str, cypher: str | None) -> None:
    """List the questions that can be asked."""
    if cypher:
        from policygraph.store import asking  # noqa: PLC0415 - only this needs it

        click.echo(_cypher(asking.find(cypher)))
        return
    rows: list[dict[str, object]] = [
        {"question": question.name, "answers with": question.summary, "example": question.example}
        for question in QUESTIONS
    ]
    render.write(rows, form)


def _cypher(question: Question) -> str:
    """Return a query for Browser: its parameters, each with the value of the example or null, and its text."""
    lines = [f"// {question.summary}"]
    if any(parameter.kind == "organisation" for parameter in question.parameters):
        lines.append(_IDS)
    lines += [
        f":param {parameter.name} => {_value(question, parameter)};"
        for parameter in question.parameters
        if f"${parameter.name}" in question.cypher
    ]
    if "$words" in question.cypher:
        text = next(line for line in lines if line.startswith(":param text => "))
        lines.append(text.replace(":param text => '", ":param words => 'text:\"").replace("';", "\"';"))
    return "\n".join([*lines, question.cypher.strip() + ";"])


def _value(question: Question, parameter: Parameter) -> str:
    words = question.example.split()
    option = f"--{parameter.name}"
    if not parameter.required and option not in words:
        return "null"
    if parameter.kind in _EXAMPLES:
        return _EXAMPLES[parameter.kind]
    if parameter.kind == "flag":
        return "1"
    word = words[words.index(option) + 1] if option in words else words[-1]
    return word if parameter.kind == "year" else f"'{word}'"
