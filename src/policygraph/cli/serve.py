"""``policygraph serve [STORE]``: the explorer, pages to look at, on this machine unless told otherwise."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import click

from policygraph.cli import options
from policygraph.errors import PolicygraphError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from policygraph.web.settings import Settings

_TOKEN_BYTES = 24
_MOST_AT_ONCE = 64


@click.command(name="serve")
@click.argument("path", metavar="[STORE]", required=False)
@options.store
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes any.")
@click.option(
    "--allow-host", "allowed", multiple=True, metavar="NAME", help="A name by which others may call this server."
)
@click.option("--write", is_flag=True, help="Let who enters the token (printed at the start) judge doubts.")
@click.option(
    "--seconds", type=click.FloatRange(0.1, 600), default=10.0, show_default=True, help="The most a page may take."
)
@click.option("--open", "opened", is_flag=True, help="Open the pages in the browser.")
def command(  # noqa: PLR0913, PLR0917 - one option each
    path: str | None,
    store: str,
    host: str,
    port: int,
    allowed: tuple[str, ...],
    write: bool,
    seconds: float,
    opened: bool,
) -> None:
    """Show STORE as pages in the browser: notices, bodies, matrix, graph, calendar, changes, trends, doubts.

    Nothing is written without --write.
    """
    app, settings = _application(path or store, host, allowed, seconds, write=write)
    import uvicorn  # noqa: PLC0415 - an extra, as said by _application

    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", limit_concurrency=_MOST_AT_ONCE, server_header=False,
        timeout_graceful_shutdown=3,
    )  # fmt: skip
    sockets = [config.bind_socket()]
    address = f"http://{f'[{host}]' if ':' in host else host}:{sockets[0].getsockname()[1]}/"
    click.echo(f"{settings.store} is shown at {address}  (Ctrl+C ends it)")
    if settings.token:
        click.echo(f"to judge doubts, enter this token at {address}enter : {settings.token}")
    if opened:
        click.launch(address)
    uvicorn.Server(config).run(sockets=sockets)


def _application(
    store: str, host: str, allowed: tuple[str, ...], seconds: float, *, write: bool
) -> tuple[ASGIApp, Settings]:
    """Return the application and its settings, after a look whether the store can be opened."""
    try:
        from policygraph.web.app import create_app  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "jinja2", "uvicorn", "markupsafe", "anyio"):
            raise
        what = f"the pages need {error.name}, which is not installed"
        raise PolicygraphError("serve", what, "pip install 'policygraph[web]'") from None
    from policygraph.store import open_store  # noqa: PLC0415 - help needs no store
    from policygraph.store.address import Address  # noqa: PLC0415
    from policygraph.web.settings import LOOPBACK, Settings  # noqa: PLC0415

    address = Address.of(store)  # which shows no credentials
    with open_store(address, create=False) as opened:
        if write:
            opened.check_writable()
    settings = Settings(
        address,
        hosts=(*LOOPBACK, host, *allowed),
        any_address=host not in LOOPBACK,
        token=secrets.token_urlsafe(_TOKEN_BYTES) if write else None,
        seconds=seconds,
    )
    return create_app(settings), settings
