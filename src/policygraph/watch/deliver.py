"""A digest to whoever wants it: a command that gets it on standard input, an address that it is posted to.

``command = ["mail", "-s", "policygraph", "me@example.org"]`` gets the Markdown; no shell reads it. A webhook gets the
JSON. A digest is marked as sent after it was taken, so that a run killed in between sends it again: receivers know it
by its number (header ``Idempotency-Key``, variable ``POLICYGRAPH_DIGEST``).
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from policygraph.errors import WatchError
from policygraph.watch import digest

if TYPE_CHECKING:
    from policygraph.watch.config import Config
    from policygraph.watch.digest import Digest

_SECONDS = 120
_FIRST_ERROR = 300


def send(content: Digest, config: Config) -> None:
    """Hand a digest to the command and the webhook of a watch, if it has them.

    Raises:
        WatchError: one of them did not take it.

    """
    if config.command:
        _run(content, config.command, config)
    if config.webhook:
        _post(content, config.webhook)


def _run(content: Digest, command: tuple[str, ...], config: Config) -> None:
    remedy = "mend [digest] command; the next run sends it again"
    try:
        done = subprocess.run(  # noqa: S603 - people's own command, as a list of words
            command,
            input=digest.markdown(content).encode(),
            cwd=config.folder,
            env=os.environ | {"POLICYGRAPH_DIGEST": str(content["number"])},
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        what = "took too long" if isinstance(error, subprocess.TimeoutExpired) else str(error.strerror).lower()
        raise WatchError(command[0], what, remedy) from None
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())[:_FIRST_ERROR]
        raise WatchError(command[0], f"ended with {done.returncode}: {said}".rstrip(": "), remedy)


def _post(content: Digest, address: str) -> None:
    import httpx  # noqa: PLC0415 - only a webhook needs it

    headers = {"Idempotency-Key": f"policygraph-digest-{content['number']}"}
    remedy = "check [digest] webhook; the next run sends it again"
    try:
        answer = httpx.post(address, json=content, headers=headers, timeout=_SECONDS, follow_redirects=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise WatchError(address, f"cannot be reached: {type(error).__name__}", remedy) from None
    if not answer.is_success:
        raise WatchError(address, f"answered {answer.status_code}", remedy)
