"""The words of the interface in Chinese and English, ``messages.toml``: ``牵头`` and ``leads``.

What a notice says is never translated. The language is the one asked for (``?lang=zh``), else the one chosen before,
else the one that the browser prefers, else English.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LANGUAGES = ("zh", "en")
TAGS = {"zh": "zh-Hans", "en": "en"}


@cache
def messages() -> Mapping[str, Mapping[str, str]]:
    """Return each message by its key (``role.lead``), in both languages."""
    text = files("policygraph.web").joinpath("messages.toml").read_text("utf-8")
    return {f"{section}.{key}": said for section, own in tomllib.loads(text).items() for key, said in own.items()}


def speaker(language: str) -> Callable[..., str]:
    """Return what says a message in a language: ``say("count.notices", n=4)``; an unknown value is said as it is."""

    def say(key: str, otherwise: str | None = None, /, **values: object) -> str:
        found = messages().get(key)
        if found is None:
            if otherwise is None:
                raise KeyError(key)
            return otherwise
        return found[language].format(**values)

    return say


def choose(asked: str | None, chosen: str | None, accepted: str) -> str:
    """Return the language to speak, from the address, a cookie and an ``Accept-Language`` header.

    >>> choose(None, None, "fr, zh-CN;q=0.9, en;q=0.8"), choose("en", "zh", "")
    ('zh', 'en')
    """
    for one in (asked, chosen):
        if one in LANGUAGES:
            return one
    weighed = []
    for place, part in enumerate(accepted.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), place, tag.partition("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for weight, _, tag in sorted(weighed) if tag in LANGUAGES and weight < 0), "en")
