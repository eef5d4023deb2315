"""A real Chromium and a served store for tests; they skip with a word where one of the two is not there."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HOW = "no Chromium: apt-get install chromium fonts-noto-cjk, or set POLICYGRAPH_CHROMIUM to one"
NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str:
    """Return the path of a Chromium, or skip; fail where these tests are required, as in .ci/run."""
    found = os.environ.get("POLICYGRAPH_CHROMIUM") or next(
        (path for name in NAMES if (path := shutil.which(name))), None
    )
    if found is None:
        (pytest.fail if os.environ.get("POLICYGRAPH_CHROMIUM_REQUIRED") else pytest.skip)(HOW)
    return found


@contextmanager
def chromium() -> Iterator[object]:
    """Open a Chromium; its sandbox needs rights that a container lacks."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright: uv sync --all-groups")
    path = executable()
    with playwright.sync_playwright() as opened:
        browser = opened.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def served(store: Path, **settings: object) -> Iterator[str]:
    """Serve a store on a free port; yield its address."""
    import uvicorn  # noqa: PLC0415 - an extra

    from policygraph.web.app import create_app  # noqa: PLC0415
    from policygraph.web.settings import Settings  # noqa: PLC0415

    config = uvicorn.Config(create_app(Settings(store, **settings)), port=0, log_level="error")
    listening = config.bind_socket()
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
