"""What a page is: its address, what can be asked of it, and the function that asks the store.

The same :class:`Shown` feeds a template, CSV and JSON, so that an export holds exactly what the page shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from policygraph.errors import BadParameter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from policygraph.store.contract import Row, Store

Kind = Literal["text", "id", "year", "date", "number", "choice", "flag"]
MOST_CHARS = 200
ROWS_A_PAGE = 200
_MOST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a page can be asked: its name in the address, its kind and what it means."""

    name: str
    kind: Kind
    description: str
    choices: tuple[str, ...] = ()

    def read(self, text: str) -> str | int | bool:
        """Return the value that a text of the address gives.

        Raises:
            BadParameter: it gives none of this kind.

        """
        if len(text) > MOST_CHARS:
            raise BadParameter(self.name, f"longer than {MOST_CHARS} characters", "ask for less")
        if self.kind in ("year", "number"):
            if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MOST_PAGE):
                raise BadParameter(self.name, f"'{text}' is no {self.kind}", "write it in digits")
            return int(text)
        if self.kind == "date":
            try:
                return date.fromisoformat(text).isoformat()
            except ValueError:
                raise BadParameter(self.name, f"'{text}' is no date", "write it as 2018-12-31") from None
        if self.kind == "choice" and text not in self.choices:
            raise BadParameter(self.name, f"'{text}' is no {self.name}", f"known: {', '.join(self.choices)}")
        return text != "0" if self.kind == "flag" else text


PAGE = Field("page", "number", "which page of the rows, from 1")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that a page shows, by a name that CSV and JSON use; ``columns`` stay where there is no row."""

    name: str
    rows: Sequence[Row]
    columns: tuple[str, ...] = ()
    page: int = 1
    pages: int = 1
    total: int = 0

    @classmethod
    def of(cls, name: str, rows: Sequence[Row], columns: tuple[str, ...] = ()) -> Table:
        """Return a table that holds all its rows."""
        return cls(name, rows, columns or tuple(rows[0] if rows else ()), total=len(rows))

    @classmethod
    def paged(
        cls, name: str, rows: Sequence[Row], page: int, columns: tuple[str, ...] = (), size: int = ROWS_A_PAGE
    ) -> Table:
        """Return one page of the rows, the last one where there are not so many."""
        pages = max(1, -(-len(rows) // size))
        page = min(page, pages)
        cut = rows[(page - 1) * size : page * size]
        return cls(name, cut, columns or tuple(rows[0] if rows else ()), page, pages, len(rows))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: its title, its tables, and what only the template needs."""

    title: str
    tables: tuple[Table, ...]
    context: dict[str, Any] = field(default_factory=dict)
    heading: str | None = None

    def table(self, name: str | None) -> Table:
        """Return a table by its name, the first without one.

        Raises:
            BadParameter: there is none of this name.

        """
        if name is None:
            return self.tables[0]
        for one in self.tables:
            if one.name == name:
                return one
        known = ", ".join(one.name for one in self.tables)
        raise BadParameter("table", f"no table '{name}' on this page", f"known: {known}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks of a page: the fields that were given, and the thing that the address names, if it does."""

    values: Mapping[str, str | int | bool]
    what: str = ""
    language: str = "en"

    def text(self, name: str) -> str | None:
        """Return a text field, ``None`` where it is not given."""
        value = self.values.get(name)
        return str(value) if value is not None else None

    def number(self, name: str) -> int | None:
        """Return a number or year, ``None`` where it is not given."""
        value = self.values.get(name)
        return int(value) if value is not None else None

    @property
    def page(self) -> int:
        """The page of rows that is asked for."""
        return self.number("page") or 1


@dataclass(frozen=True, slots=True)
class View:
    """A page: ``path`` may end with ``{what}``, the thing that it is about."""

    name: str
    path: str
    summary: str
    show: Callable[[Store, Asked], Shown]
    fields: tuple[Field, ...] = ()
    tables: tuple[str, ...] = ()

    def asked(self, given: Mapping[str, str], what: str, language: str) -> Asked:
        """Read what a request gives; an empty field is one that is not given, an unknown one is left aside."""
        values = {one.name: one.read(text) for one in self.fields if (text := given.get(one.name, "").strip())}
        return Asked(values, what, language)
