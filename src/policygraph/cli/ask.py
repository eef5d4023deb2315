"""``policygraph ask QUESTION``: one subcommand for each question, made from its typed parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from policygraph.cli import options, render
from policygraph.store.questions import QUESTIONS

if TYPE_CHECKING:
    from policygraph.store.contract import Store
    from policygraph.store.questions.question import Parameter, Question

_LACKS = {
    "assignments": "has no task then",
    "calendar": "has a part in nothing that is due then",
    "belongs": "is in no other body that is known, and none is in it",
    "changes": "has no change against a year before",
    "due": "has nothing due then",
    "duties": "has no duty in this role",
    "history": "followed no body that is known, and none followed it",
    "leads": "leads nothing",
    "load": "has no task then",
    "names": "is not named",
    "partners": "shares no task",
    "same-name": "is named by no notice",
    "targets": "has no such target",
    "times": "has no such time",
    "trend": "has no such target",
}
_NOT_OF_DUTIES = ("belongs", "history", "names", "same-name")
_OTHERWISE = {
    "cites": "{document} cites nothing",
    "cited-by": "no notice in the graph cites {document}",
    "conflicts": "no two notices in {where} give one indicator different values",
    "orphans": "somebody has each task in {where}",
    "paths": "{organisation} and {other} are not connected in three steps",
    "search": "no task in {where} holds '{text}'",
    "who": "no task in {where} that holds '{text}' is given to a body",
}
_CHOOSING = ("notice", "place", "issuer")
_OTHERS = {"--with-predecessors": "those that it followed have some", "--expand": "a collective that it is in has some"}


class _Questions(click.Group):
    """The questions; one that is none of them is refused with what can be asked."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            ctx.fail(
                f"no question {args[0]!r} (there are {', '.join(self.commands)}; `policygraph questions` explains)"
            )
        return super().resolve_command(ctx, args)


@click.group(name="ask", cls=_Questions)
def command() -> None:
    """Put a question to the graph; `policygraph questions` lists them with an example each."""


def _subcommand(question: Question) -> click.Command:
    def run(store: str, form: str, **given: str | bool | None) -> None:
        from policygraph.store import open_store  # noqa: PLC0415 - help needs no store

        with open_store(store, create=False) as opened:
            rows = opened.ask(question.name, **given)
            otherwise = "" if rows else _otherwise(opened, question.name, given)
        render.write(rows, form, otherwise=otherwise)

    parameters = [_parameter(parameter) for parameter in question.parameters]
    made = click.Command(
        question.name,
        callback=run,
        params=parameters,
        help=f"{question.summary[0].upper()}{question.summary[1:]}.\n\nExample: {question.example}",
        short_help=question.summary,
    )
    return options.store(options.rows_format(made))


def _otherwise(store: Store, question: str, given: dict[str, str | bool | None]) -> str:
    """Say, where a question has no rows, what the body that it is about has instead in the same place."""
    body = given.get("organisation")
    chosen = {name: str(given[name]) for name in _CHOOSING if given.get(name)}
    where = f"{_chosen(chosen)} in the graph" if len(chosen) > 1 else _chosen(chosen) if chosen else "the graph"
    if not store.summary().notices:
        return f"no notice is in it yet: {options.typed('build', 'FOLDER', store=store.address)}"
    if question in _OTHERWISE:
        return _OTHERWISE[question].format(**given, where=where)
    if body is None:
        return f"nothing in {where} answers this"
    if question in _NOT_OF_DUTIES:
        return f"{body} {_LACKS[question]}{f' in {where}' if chosen else ''}"
    there = tuple(word for name, text in chosen.items() for word in (f"--{name}", text))
    duties = len(store.ask("duties", organisation=body, **chosen))
    if not duties:
        return f"{body} has no duty in {where}{_of_others(store, str(body), chosen, there)}"
    count = "1 duty" if duties == 1 else f"{duties} duties"
    command = options.typed("ask", "duties", str(body), *there, store=store.address)
    return f"{body} {_LACKS[question]}; it has {count}{f' in {where}' if chosen else ''}: {command}"


def _chosen(chosen: dict[str, str]) -> str:
    """Say which notices were chosen: notice 17号, notices of 佳木斯市."""
    words = {"notice": "notice {}", "place": "notices of {}", "issuer": "notices by {}"}
    return " and ".join(words[name].format(text) for name, text in chosen.items())


def _of_others(store: Store, body: str, chosen: dict[str, str], there: tuple[str, ...]) -> str:
    """Say how to ask for duties of others that concern a body, if there are any."""
    for option, told in _OTHERS.items():
        wish: dict[str, object] = {option.removeprefix("--").replace("-", "_"): True}
        if store.ask("duties", organisation=body, **chosen, **wish):
            return f"; {told}: {options.typed('ask', 'duties', body, option, *there, store=store.address)}"
    return ""


def _parameter(parameter: Parameter) -> click.Parameter:
    if parameter.required:
        return click.Argument([parameter.name], metavar=parameter.name.upper())
    option = f"--{parameter.name.replace('_', '-')}"
    if parameter.kind == "flag":
        return click.Option([option], is_flag=True, help=parameter.description)
    kind = click.Choice(parameter.choices) if parameter.choices else None
    metavar = {"date": "YYYY-MM-DD", "year": "YYYY"}.get(parameter.kind)
    return click.Option([option], type=kind, metavar=metavar, help=parameter.description)


for _question in QUESTIONS:
    command.add_command(_subcommand(_question))
