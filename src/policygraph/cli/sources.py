"""Files given to a command: each is read in turn, and what cannot be read is told while the rest goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

from policygraph.errors import PolicygraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policygraph.read import Limits

T = TypeVar("T")


class Sources:
    """The files given to a command; ``failed`` counts what could not be read or shown of them."""

    def __init__(self, files: Sequence[str], limits: Limits) -> None:
        self._files = files
        self._limits = limits
        self.failed = 0

    def read(self, reader: Callable[..., list[T]]) -> Iterator[T]:
        """Yield what ``reader`` makes of each file; ``-`` is standard input.

        Raises:
            PolicygraphError: the only file cannot be read.

        """
        for file in self._files:
            name = "<stdin>" if file == "-" else None
            try:
                found = reader(file, name=name, limits=self._limits, failed=self.report)
            except PolicygraphError as error:
                if len(self._files) == 1:
                    raise
                self.report(error)
            else:
                yield from found

    def report(self, error: PolicygraphError) -> None:
        """Tell on stderr what could not be read."""
        click.echo(str(error), err=True)
        self.failed += 1
