"""Where rich text is printed: in colour on a terminal only, never against ``NO_COLOR``, never cut in a pipe."""

from __future__ import annotations

import os
import sys

from rich.console import Console


class _Console(Console):
    """A console whose closed pipe (``… | head``) is for the command line to handle, as it does for plain output."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console(*, stderr: bool = False, width: int | None = None) -> Console:
    """Return a console for standard output or error; ``width`` is in cells, that of the terminal if it is ``None``."""
    return _Console(
        stderr=stderr,
        width=width,
        color_system=None if os.environ.get("NO_COLOR") else "auto",
        highlight=False,
        markup=False,
        emoji=False,
    )


def on_terminal() -> bool:
    """Tell whether standard output is a terminal, which has a width that a pipe has not."""
    return sys.stdout.isatty()
