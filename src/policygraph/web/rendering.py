"""Templates with what all pages share: words of the interface, addresses, and strings that cannot deceive.

Every value is escaped by Jinja; characters that turn the order of others (bidi controls), or that nobody sees, are
written by their names, so that no title of a notice can look like what it is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from policygraph.models import Role
from policygraph.version import __version__
from policygraph.web import languages
from policygraph.web.highlight import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policygraph.web.views import Asked, Shown, Table, View


def _finalize(value: object) -> object:
    if value is None:
        return ""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


ENVIRONMENT = Environment(
    loader=PackageLoader("policygraph.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_finalize,
)


def address(path: str, what: object = "", /, **query: object) -> str:
    """Return the address of a page; what is empty is left out.

    >>> address("/notices", "17号", at="1-2", part=None)
    '/notices/17%E5%8F%B7?at=1-2'
    """
    thing = f"/{quote(str(what), safe=':')}" if what != "" else ""
    given = {name: value for name, value in query.items() if value not in (None, "", False)}
    return f"{path}{thing}{'?' + urlencode(given) if given else ''}"


ENVIRONMENT.globals["address"] = address


def _found(words: str, text: str) -> Markup:
    """Return words with each place of a text marked."""
    pieces = re.split(f"({re.escape(text)})", words, flags=re.IGNORECASE)
    marked = (
        Markup("<mark>{}</mark>").format(visible(one)) if n % 2 else escape(visible(one))
        for n, one in enumerate(pieces)
    )
    return Markup("").join(marked)


def _squeeze(words: str | None) -> str:
    return " ".join(words.split()) if words else ""


def _comparator(words: str | None) -> str:
    """Return a comparator, or a value that begins with one, as it is printed: ``>=55%`` is ≥55%."""
    return (words or "").replace(">=", "≥").replace("<=", "≤").replace("~", "约").removeprefix("=")


def _zip_self(values: Iterable[str]) -> list[tuple[str, str]]:
    """Return the options of a choice whose words are their values."""
    return [(one, one) for one in values]


ENVIRONMENT.filters |= {"found": _found, "squeeze": _squeeze, "comparator": _comparator, "zip_self": _zip_self}


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks and how: the language, the theme, the page's own address, and the word for forms if they may judge."""

    language: str
    theme: str
    path: str
    query: Mapping[str, str]
    csrf: str = ""
    can_judge: bool = False

    def here(self, /, **changes: object) -> str:
        """Return the page's own address with some of its fields changed."""
        return address(self.path, **{**self.query, **changes})

    def export(self, form: str, table: Table | None = None) -> str:
        """Return the address of the page's rows as CSV or JSON."""
        kept = {name: value for name, value in self.query.items() if name not in ("lang", "theme")}
        path = "/api/home" if self.path == "/" else f"/api{self.path}"
        return address(path, **kept, format=form, table=table.name if table else None)


def render(template: str, visit: Visit, /, **context: Any) -> str:  # noqa: ANN401 - what templates take
    """Return a page as HTML."""
    say = languages.speaker(visit.language)
    shared = {"visit": visit, "say": say, "version": __version__, "tag": languages.TAGS[visit.language]}
    shared["roles_said"] = [(role, say(f"role.{role}")) for role in get_args(Role)]
    return ENVIRONMENT.get_template(template).render(**shared, **context)


def page(view: View, asked: Asked, shown: Shown, visit: Visit) -> str:
    """Return what a view shows as HTML."""
    tables = {one.name: one for one in shown.tables}
    return render(f"{view.name}.html", visit, view=view, asked=asked, shown=shown, tables=tables, **shown.context)
