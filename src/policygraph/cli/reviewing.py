"""The walk of ``policygraph review``: each proposal is shown with its evidence, and answered with one key.

On a terminal a key is enough; elsewhere each answer is a line, so that a pipe or a test can give them. A judgement is
in the file, and the store follows it, before the next proposal is shown: nothing is lost when the walk is stopped.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click

from policygraph.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policygraph.judge.bodies import Body
    from policygraph.judge.outcome import Outcome
    from policygraph.judge.proposals import Proposal
    from policygraph.store.contract import Store

Answer = Literal["same", "different", "alias", "skip", "quit"]
_KEYS: dict[str, Answer] = {
    "s": "same", "d": "different", "a": "alias", "k": "skip", " ": "skip", "q": "quit", "\x03": "quit", "\x04": "quit",
}  # fmt: skip
_PROMPT = "[s]ame  [d]ifferent  [a]lias of  s[k]ip  [q]uit > "
_ALONE = "[a]lias of  s[k]ip  [q]uit > "
_MOST_NAMES = 6


def walk(store: Store, *, by: str, why: str, now: Callable[[], str]) -> None:
    """Ask for a judgement on each proposal, until there is none or people quit.

    A proposal whose bodies were fused meanwhile, or are judged different, is passed over.
    """
    from policygraph.cli.review import show  # noqa: PLC0415 - each is a part of the other
    from policygraph.judge.judgements import Judgement  # noqa: PLC0415 - only a review needs them
    from policygraph.judge.proposals import propose  # noqa: PLC0415
    from policygraph.store import judgements  # noqa: PLC0415

    outcome, broken = judgements.replay(store)
    for error in broken:
        click.echo(str(error), err=True)
    show(outcome, store)
    bodies = store.bodies()
    proposals = propose(bodies, outcome.different)
    made = 0
    for number, proposal in enumerate(proposals, 1):
        if _settled(proposal, outcome):
            continue
        click.echo(f"\n{number}/{len(proposals)}  {'; '.join(proposal.evidence)}")
        for body in (proposal.subject, proposal.object):
            if body:
                _show(body, store)
        answer = _asked(proposal)
        if answer == "quit":
            break
        best = _which(proposal, bodies) if answer == "alias" else proposal.object
        if answer == "skip" or best is None:
            continue
        subject = proposal.subject
        evidence = why or ("; ".join(proposal.evidence) if best is proposal.object else "")
        one = Judgement(subject.id, best.id, answer, now(), by, evidence, subject.name, best.name)
        store.keep([one])
        outcome, _ = judgements.replay(store)
        show(outcome, store)
        made += 1
    _close(len(proposals), made, store)


def _close(proposals: int, made: int, store: Store) -> None:
    if not proposals:
        click.echo("nothing is in doubt: no two bodies of a place are alike, and no name is unknown")
    elif made:
        noun = "judgement" if made == 1 else "judgements"
        undo = options.typed("review", "--undo", store=store.address)
        click.echo(f"\n{made} {noun} made; `{undo}` takes back the last")
    else:
        click.echo("\nnothing was judged")


def _settled(proposal: Proposal, outcome: Outcome) -> bool:
    """Tell whether a judgement made on the way has answered a proposal."""
    if proposal.object is None:
        return any(proposal.subject.id in body for body in outcome.bodies)
    ends = {*proposal.subject.ids}, {*proposal.object.ids}
    fused = any(ends[0] & set(body) and ends[1] & set(body) for body in outcome.bodies)
    parted = any({one, other} & ends[0] and {one, other} & ends[1] for one, other in outcome.different)
    return fused or parted


def _show(body: Body, store: Store) -> None:
    """Show a body: its names, place, notices, the rules that resolved its names, and characters that name it."""
    sort = f"{body.sort}{', a kind of the registry' if body.kind else ''}"
    click.echo(f"  {body.name}  {body.id}  {body.jurisdiction or body.place or 'no place'}  {sort}")
    if len(body.ids) > 1:
        click.echo(f"    judged to be one: {', '.join(body.ids)}")
    names = _names(body)
    for (name, rule), notices in names[:_MOST_NAMES]:
        others = f" and {len(notices) - 2} more" if len(notices) > 2 else ""  # noqa: PLR2004 - two are named
        click.echo(f"    {name}: {', '.join(notices[:2])}{others}; {rule}")
    if len(names) > _MOST_NAMES:
        click.echo(f"    and {len(names) - _MOST_NAMES} names more")
    if found := store.example(body.id):
        before, words, after = (" ".join(str(found[part]).split()) for part in ("before", "words", "after"))
        click.echo(f"    …{before}⟦{words}⟧{after}…  {found['notice']} [{found['start']}:{found['end']}]")


def _names(body: Body) -> list[tuple[tuple[str, str], list[str]]]:
    """Return each name as written with its rule, and the notices that write it so, each with its year."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in body.written:
        year = f" ({one.on[:4]})" if one.on and one.on[:4] not in one.notice else ""
        found.setdefault((one.name, one.rule), []).append(f"{one.notice}{year}")
    return list(found.items())


def _asked(proposal: Proposal) -> Answer:
    """Return the answer to a proposal; the end of the input is ``quit``. A wrong key is asked again on a terminal.

    Raises:
        JudgementError: a line of an input that is no terminal is no answer.

    """
    prompt = _PROMPT if proposal.object else _ALONE
    while True:
        click.echo(prompt, nl=False)
        key = _key()
        answer = "quit" if key is None else _KEYS.get(key)
        click.echo(answer or "")
        if answer and (proposal.object or answer not in ("same", "different")):
            return answer
        _refuse(str(key), f"answer each line with {prompt.removesuffix(' > ')}")


def _refuse(given: str, remedy: str) -> None:
    """Stop at a wrong line of a pipe, which nobody can mend; what was judged before it stays."""
    from policygraph.errors import JudgementError  # noqa: PLC0415 - only a review needs it

    if not sys.stdin.isatty():
        raise JudgementError("review", f"'{given}' is no answer here", f"{remedy}; what was judged before it is kept")


def _key() -> str | None:
    """Return the key pressed or, where the input is no terminal, the first character of a line; ``None`` at its end."""
    if sys.stdin.isatty():
        try:
            return click.getchar().lower()
        except (KeyboardInterrupt, EOFError):
            return None
    line = sys.stdin.readline()
    return (line.strip()[:1] or " ").lower() if line else None


def _which(proposal: Proposal, bodies: Sequence[Body]) -> Body | None:
    """Ask which body the subject is a name of; an empty line is the one shown, or none where none is."""
    shown = proposal.object.name if proposal.object else "none"
    while True:
        click.echo(f"alias of which body? (name or id; empty: {shown}) > ", nl=False)
        line = sys.stdin.readline()
        if not line.strip():
            return proposal.object if line else None
        found = [body for body in _called(line.strip(), bodies) if body.id != proposal.subject.id]
        own = [body for body in found if body.place == proposal.subject.place]
        for several in (own, found):
            if len(several) == 1:
                return several[0]
        several_ids = ", ".join(body.id for body in found) or "no body is called so"
        click.echo(several_ids)
        _refuse(line.strip(), "give the name or id of one body")


def _called(name: str, bodies: Sequence[Body]) -> list[Body]:
    """Return the bodies of an id, or else of a name in full, or else as some notice writes it."""
    from policygraph.store.called import key  # noqa: PLC0415 - only a review needs it

    wanted = key(name)
    ways: tuple[Callable[[Body], set[str]], ...] = (
        lambda body: {key(one) for one in body.ids},
        lambda body: {key(body.name)},
        lambda body: {key(one.name) for one in (*body.written, *body.shorts)},
    )
    return next((found for way in ways if (found := [body for body in bodies if wanted in way(body)])), [])
