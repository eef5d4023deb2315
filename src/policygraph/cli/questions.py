"""``policygraph questions``: what can be asked, with an example each."""

from __future__ import annotations

import click

from policygraph.cli import render
from policygraph.store.questions import QUESTIONS


@click.command(name="questions")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv", "markdown"]), default="table")
def command(form: str) -> None:
    """List the questions that can be asked."""
    rows: list[dict[str, object]] = [
        {"question": question.name, "answers with": question.summary, "example": question.example}
        for question in QUESTIONS
    ]
    render.write(rows, form)
