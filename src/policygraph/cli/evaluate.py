"""``policygraph evaluate GOLD NOTICES``: how right the extraction is, and what it missed."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command(name="evaluate")
@click.argument("gold", type=click.Path(exists=True, file_okay=False))
@click.argument("notices", required=False, type=click.Path(exists=True, file_okay=False))
@click.option("--text", is_flag=True, help="Read the annotated texts in GOLD/text, not the original notices.")
@click.option("--show", is_flag=True, help="Show every miss and spurious item with its words.")
@click.option("--only", metavar="IDS", default="", help="Only these gold ids, separated by commas.")
@click.option("--check", is_flag=True, help="Only prove that the gold follows its guide.")
@click.option("--baseline", type=click.Path(exists=True, dir_okay=False), help="An earlier --format json report.")
@click.option("--min", "least", multiple=True, metavar="KIND=F1", help="Fail if the total of a kind is lower.")
@click.option("--floors", type=click.Path(exists=True, dir_okay=False), help="Fail if a floor of this file is broken.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - click passes each option by its name
    ctx: click.Context,
    gold: str,
    notices: str | None,
    text: bool,
    show: bool,
    only: str,
    check: bool,
    baseline: str | None,
    least: tuple[str, ...],
    floors: str | None,
    form: str,
) -> None:
    """Score the extraction on the gold files in GOLD; NOTICES holds the notices in their original form."""
    from policygraph.evaluate import evaluate as score  # noqa: PLC0415 - help needs no grammar
    from policygraph.evaluate.floors import read  # noqa: PLC0415
    from policygraph.evaluate.match import KINDS  # noqa: PLC0415

    if check:
        ctx.exit(_check(Path(gold), notices))
    if notices is None and not text:
        raise click.UsageError("give NOTICES, the folder of the original notices, or --text to read those in GOLD/text")
    wanted = dict(_floor(floor, KINDS) for floor in least)
    kept = read(Path(floors), Path(gold)) if floors else None
    report = score(gold, notices, text=text, only=[one for one in only.split(",") if one])
    if form == "json":
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
    else:
        for line in report.lines(show=show):
            click.echo(line)
    for line in report.changes(json.loads(Path(baseline).read_text("utf-8"))) if baseline else ():
        click.echo(line)
    low = [
        f"{kind} {report.total(kind).f1:.3f} < {floor}"
        for kind, floor in wanted.items()
        if report.total(kind).f1 < floor
    ]
    low += kept.broken(report) if kept else ()
    for line in low:
        click.echo(f"floor not held: {line}", err=True)
    ctx.exit(1 if low or any(notice.error for notice in report.notices) else 0)


def _check(folder: Path, notices: str | None) -> int:
    from policygraph.evaluate import gold  # noqa: PLC0415

    problems = 0
    for path in sorted(folder.glob("*.json")):
        item = gold.read(path)
        annotated = gold.text(item) or gold.source(item, Path(notices or folder), None).read_text("utf-8")
        for problem in gold.check(item, annotated):
            click.echo(problem, err=True)
            problems += 1
    click.echo(f"{folder}: {problems} problems")
    return 1 if problems else 0


def _floor(text: str, kinds: tuple[str, ...]) -> tuple[str, float]:
    kind, _, number = text.partition("=")
    try:
        if kind in kinds:
            return kind, float(number)
    except ValueError:
        pass
    raise click.BadParameter(f"'{text}' is no KIND=F1 (kinds: {', '.join(kinds)})", param_hint="--min")
