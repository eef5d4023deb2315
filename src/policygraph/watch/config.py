"""What is watched, from ``watch.toml``: ``[[source]]`` tables, each with a folder, a list page, a feed or a sitemap.

::

    organisations = ["市水务局"]           # the digest tells what each new notice asks of them

    [[source]]
    name = "plans"
    folder = "plans"

A key or value that is not known is refused by name, so that a slip of the pen watches nothing silently.
"""

from __future__ import annotations

import ipaddress
import json
import re
import tomllib
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from policygraph.errors import WatchError

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["folder", "list", "feed", "sitemap"]
KINDS: tuple[Kind, ...] = ("folder", "list", "feed", "sitemap")
_DATA = "watch-data"
NUMBER = re.compile(r"\{n(\+1)?\}")
"""Where the number of a page stands in the names of a list's pages."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place that notices come from.

    ``links`` and ``titles`` are patterns that an address and the words of a link must hold, ``pages`` how the further
    pages of a list are called (``index_{n}.html``: 1, 2, …; ``index_{n+1}.html``: 2, 3, …). ``lists`` is how many pages
    of a list one run walks back over unseen links, ``most`` how many a backfill does, ``since`` the day before which
    links are left alone. ``delay`` is the least number of seconds between two requests to a host, ``recheck`` how many
    days a page that was read is not asked for again (0: never). ``networks`` are private addresses that this source may
    be at (``10.1.0.0/16``).
    """

    name: str
    kind: Kind
    place: str
    links: str | None = None
    titles: str | None = None
    pages: str | None = None
    lists: int = 5
    most: int = 500
    since: str | None = None
    delay: float = 2.0
    recheck: int = 30
    attachments: bool = True
    networks: tuple[str, ...] = ()

    def takes(self, address: str, title: str) -> bool:
        """Tell whether a link is one that this source is watched for."""
        return (not self.links or re.search(self.links, address) is not None) and (
            not self.titles or re.search(self.titles, title) is not None
        )


@dataclass(frozen=True, slots=True)
class Config:
    """What is watched, where its data are kept, and who is told."""

    path: Path
    sources: tuple[Source, ...] = ()
    organisations: tuple[str, ...] = ()
    webhook: str | None = None
    command: tuple[str, ...] = ()
    data: Path = field(default=Path(_DATA))

    @property
    def folder(self) -> Path:
        """The folder that paths in the file start from."""
        return self.path.absolute().parent

    def at(self, place: str | Path) -> Path:
        """Return a path of the file as one that does not depend on where the command runs."""
        return self.folder / place

    def source(self, name: str) -> Source:
        """Return the source of a name.

        Raises:
            WatchError: there is none.

        """
        for one in self.sources:
            if one.name == name:
                return one
        names = ", ".join(one.name for one in self.sources) or "none yet"
        raise WatchError(name, "no source of this name", f"there are: {names}")


def read(path: str | Path) -> Config:
    """Return what a file says.

    Raises:
        WatchError: it is not there, is no TOML, or says something that is not understood.

    """
    file = Path(path)
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise WatchError(str(path), "no such file", "make it with `policygraph watch add FOLDER|URL`") from None
    except OSError as error:
        raise WatchError(str(path), (error.strerror or "cannot be read").lower(), "check the path") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WatchError(str(path), f"no TOML: {error}".replace("\n", " "), "mend the line") from None
    return _Reading(str(path)).config(file, told)


def checked(table: dict[str, Any]) -> Source:
    """Return the source that a table of the file would be.

    Raises:
        WatchError: something in it is not understood.

    """
    return _Reading(str(table.get("name"))).source(table)


def add(path: str | Path, source: Source) -> Config:
    """Write a source at the end of a file, which is made where there is none, and return what the file says now.

    Raises:
        WatchError: a source of this name is there already.

    """
    file = Path(path)
    before = file.read_text("utf-8") if file.exists() else "# What `policygraph watch run` looks at (docs/watch.md).\n"
    if file.exists() and source.name in [one.name for one in read(file).sources]:
        raise WatchError(source.name, "a source of this name is watched already", "give another --name")
    text = before.rstrip("\n") + "\n\n" + written(source)
    draft = file.with_name(f"{file.name}.part")
    draft.write_text(text, "utf-8")
    draft.replace(file)
    return read(file)


def written(source: Source) -> str:
    """Return a source as lines of TOML, without what is as usual."""
    usual = Source(source.name, source.kind, source.place)
    lines = ["[[source]]", f"name = {_toml(source.name)}", f"{source.kind} = {_toml(source.place)}"]
    for one in fields(Source)[3:]:
        value = getattr(source, one.name)
        if value != getattr(usual, one.name):
            lines.append(f"{one.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    """Return a value as TOML writes it; a JSON string, number or list of them is that."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


class _Reading:
    """The checks of one file; every refusal names the file and the key."""

    def __init__(self, path: str) -> None:
        self._path = path

    def config(self, file: Path, told: dict[str, Any]) -> Config:
        self._known(told, "the file", {"source", "organisations", "digest", "data"})
        digest = self._typed(told, "digest", dict, {})
        self._known(digest, "[digest]", {"webhook", "command"})
        tables = self._typed(told, "source", list, [])
        sources = tuple(self.source(table) for table in tables)
        names = [one.name for one in sources]
        for name in names:
            if names.count(name) > 1:
                raise self._wrong(f"two sources are called '{name}'", "give each its own name")
        return Config(
            file,
            sources,
            self._words(told, "organisations"),
            self._typed(digest, "webhook", str, None),
            self._words(digest, "command"),
            Path(self._typed(told, "data", str, _DATA)),
        )

    def source(self, table: object) -> Source:
        if not isinstance(table, dict):
            raise self._wrong("'source' is no table", "write [[source]] above its lines")
        kinds = [kind for kind in KINDS if kind in table]
        if len(kinds) != 1:
            raise self._wrong("a source without a place, or with several", f"give it one of {', '.join(KINDS)}")
        kind = kinds[0]
        place = self._typed(table, kind, str, "")
        name = self._typed(table, "name", str, place)
        options = {one.name for one in fields(Source)} - {"kind", "place"}
        self._known(table, f"source '{name}'", options | {kind})
        source = Source(
            name=name,
            kind=kind,
            place=place,
            links=self._pattern(table, "links"),
            titles=self._pattern(table, "titles"),
            pages=self._numbered(table, "pages"),
            lists=self._number(table, "lists", 5, least=1),
            most=self._number(table, "most", 500, least=1),
            since=self._day(table, "since"),
            delay=float(self._number(table, "delay", 2.0, least=0)),
            recheck=self._number(table, "recheck", 30, least=0),
            attachments=self._typed(table, "attachments", bool, True),
            networks=self._words(table, "networks"),
        )
        self._networks(source)
        if kind != "folder" and not re.match(r"https?://[^/\s]", place):
            raise self._wrong(f"'{place}' is no address", "give one that begins with http:// or https://")
        return source

    def _known(self, table: dict[str, Any], where: str, names: set[str]) -> None:
        for name in table:
            if name not in names:
                raise self._wrong(f"'{name}' is not known in {where}", f"known: {', '.join(sorted(names))}")

    def _typed(self, table: dict[str, Any], name: str, kind: type, default: Any) -> Any:  # noqa: ANN401 - of a TOML file
        value = table.get(name, default)
        if value is not default and not isinstance(value, kind):
            raise self._wrong(f"'{name}' is {value!r}", f"give a {_WORDS[kind]}")
        return value

    def _words(self, table: dict[str, Any], name: str) -> tuple[str, ...]:
        value = self._typed(table, name, list, [])
        if not all(isinstance(one, str) for one in value):
            raise self._wrong(f"'{name}' is {value!r}", "give a list of strings")
        return tuple(cast("list[str]", value))

    def _number(self, table: dict[str, Any], name: str, default: Any, *, least: int) -> Any:  # noqa: ANN401 - int or float
        value = table.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | type(default)) or value < least:
            raise self._wrong(f"'{name}' is {value!r}", f"give a number from {least} up")
        return value

    def _pattern(self, table: dict[str, Any], name: str) -> str | None:
        value: str | None = self._typed(table, name, str, None)
        self._tried(re.compile, value, name, "give a regular expression")
        return value

    def _numbered(self, table: dict[str, Any], name: str) -> str | None:
        value: str | None = self._typed(table, name, str, None)
        if value is not None and len(NUMBER.findall(value)) != 1:
            raise self._wrong(f"'{name}' is {value!r}", "write {n} or {n+1} once, as in index_{n}.html")
        return value

    def _day(self, table: dict[str, Any], name: str) -> str | None:
        value = table.get(name)
        text = value.isoformat() if isinstance(value, date) else value
        self._tried(date.fromisoformat, text, name, "give a day such as 2024-01-31")
        return None if text is None else str(text)

    def _networks(self, source: Source) -> None:
        for one in source.networks:
            self._tried(ipaddress.ip_network, one, "networks", "give addresses such as 10.1.0.0/16")

    def _tried(self, check: Callable[[str], object], value: Any, name: str, remedy: str) -> None:  # noqa: ANN401
        """Refuse a value that a check does not accept."""
        if value is not None:
            try:
                check(value)
            except (ValueError, TypeError, re.error):
                raise self._wrong(f"'{name}' is {value!r}", remedy) from None

    def _wrong(self, what: str, remedy: str) -> WatchError:
        return WatchError(self._path, what, remedy)


_WORDS = {str: "string", list: "list", dict: "table", bool: "truth value (true or false)"}
