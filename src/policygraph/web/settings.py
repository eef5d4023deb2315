"""What a server of the explorer is told when it starts."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a store is served.

    ``hosts`` are the names that a request may call the server by; ``any_address`` also lets it be called by a bare IP
    address, which no stranger's domain name can stand for. With a ``token``, who knows it may judge. ``seconds`` and
    ``rows`` are what one page may take of the store.
    """

    store: str | Path
    hosts: tuple[str, ...] = LOOPBACK
    any_address: bool = False
    token: str | None = None
    seconds: float = 10.0
    rows: int = 100_000

    @property
    def csrf(self) -> str:
        """The word that a form must send back, known only to pages of who has the token; empty without one."""
        if self.token is None:
            return ""
        return hmac.new(self.token.encode(), b"policygraph csrf", hashlib.sha256).hexdigest()
