"""What a site asks of robots (RFC 9309): which paths to leave alone, how long to wait between requests.

``Disallow: /*.aspx?id=*$`` is understood as RFC 9309 has it: the longest rule that matches decides, ``Allow`` if two
are as long. A file that is not there allows everything, one that cannot be had now (5xx, no answer) nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

AGENT = "policygraph"
_MOST_CHARS = 500_000
_MOST_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for one robot: (path pattern, whether it is allowed), and the seconds between requests."""

    paths: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allows(self, address: str) -> bool:
        """Tell whether an address may be asked for.

        >>> read("User-agent: *\\nDisallow: /a\\nAllow: /a/b").allows("http://x/a/b.html")
        True
        """
        parts = urlsplit(address)
        path = quote(parts.path or "/", safe="/%~!$&'()*+,;=:@") + (f"?{parts.query}" if parts.query else "")
        found = [(len(pattern), allowed) for pattern, allowed in self.paths if _matches(pattern, path)]
        return max(found)[1] if found else True


def read(text: str, agent: str = AGENT) -> Rules:
    """Return the rules of a robots.txt for an agent: those of the groups that name it, else of those for all."""
    groups: dict[str, list[tuple[str, str]]] = {}
    names: list[str] = []
    listing = False
    for line in text[:_MOST_CHARS].splitlines():
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            names = [*names, value.lower()] if listing else [value.lower()]
            listing = True
            groups.setdefault(value.lower(), [])
        elif key in ("allow", "disallow", "crawl-delay"):
            listing = False
            for name in names:
                groups[name].append((key, value))
    own = [name for name in groups if name != "*" and name in agent.lower()]
    lines = [line for name in own or ["*"] for line in groups.get(name, [])]
    paths = tuple((quote(value, safe="/%~!$&'()*+,;=:@?"), key == "allow") for key, value in lines if _rule(key, value))
    return Rules(paths, max((_seconds(value) for key, value in lines if key == "crawl-delay"), default=0.0))


def _rule(key: str, value: str) -> bool:
    return key != "crawl-delay" and value != ""


def _seconds(value: str) -> float:
    return min(float(value), _MOST_SECONDS) if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", value) else 0.0


def _matches(pattern: str, path: str) -> bool:
    """Match a pattern from the start of a path, part by part, in time that does not grow with its stars."""
    ends = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    for part in rest[:-1] if ends and rest else rest:
        found = path.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    if not ends:
        return True
    return path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= place if rest else place == len(path)
