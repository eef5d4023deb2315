"""The graph in the formats of others: tables, graphs, linked data, Neo4j, word lists, training data, legal documents.

::

    with pg.open_store("policygraph.db") as store:
        pg.export(store, "csv", "tables", bom=True)

A format is a module with one function ``write``; what it writes has one order, so the same notices give the same bytes,
and passes from the store into the file a node at a time.
"""

from __future__ import annotations

from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, get_args

from policygraph.errors import ExportError

if TYPE_CHECKING:
    from policygraph.export.elements import Counts
    from policygraph.store.contract import Store

Form = Literal["csv", "parquet", "graphml", "jsonld", "cypher", "neo4j-csv", "jieba-dict", "docbin", "akn"]
FORMS: tuple[Form, ...] = get_args(Form)
FOLDERS = frozenset({"csv", "parquet", "neo4j-csv", "akn"})
"""Formats of several files."""
_BYTES = frozenset({"graphml", "docbin"})
_HOMES = {"csv": "csvfiles", "neo4j-csv": "neo4jcsv", "jieba-dict": "jiebadict"}

__all__ = ["FOLDERS", "FORMS", "Form", "export"]


def export(store: Store | None, form: Form, target: str | Path | BinaryIO, **options: Any) -> Counts:  # noqa: ANN401
    """Write what a store holds in a format and return how many of what were written.

    Args:
        store: an open store; ``jieba-dict`` and ``docbin`` of gold do without.
        form: the format.
        target: a folder for formats of several files (:data:`FOLDERS`), made where there is none; else a file, or a
            binary stream. A file is there when it is whole: it is written beside its place and moved.
        options: ``bom`` of ``csv``; ``base``, what ids begin with, of ``jsonld``; ``gold`` and ``notices``, folders,
            of ``docbin``; ``notice`` of ``akn``.

    Raises:
        ExportError: the format is none, what it needs is not installed, or it cannot be written there.

    """
    if form not in FORMS:
        raise ExportError("export", f"no format '{form}'", f"known: {', '.join(FORMS)}")
    write = import_module(f"policygraph.export.{_HOMES.get(form, form)}").write
    if not isinstance(target, str | Path):
        return _to_stream(write, store, form, target, options)
    try:
        return _to_path(write, store, form, Path(target), options)
    except OSError as error:
        told = error.strerror or type(error).__name__
        raise ExportError(str(target), f"cannot be written: {told}", "give another --output") from error


def _to_path(write: Any, store: Store | None, form: Form, target: Path, options: dict[str, Any]) -> Counts:  # noqa: ANN401
    if form in FOLDERS:
        target.mkdir(parents=True, exist_ok=True)
        counts: Counts = write(store, target, **options)
        return counts
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as stream:
            counts = _to_stream(write, store, form, stream, options)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return counts


def _to_stream(write: Any, store: Store | None, form: Form, out: BinaryIO, options: dict[str, Any]) -> Counts:  # noqa: ANN401
    counts: Counts
    if form in _BYTES:
        counts = write(store, out, **options)
        return counts
    text = TextIOWrapper(out, "utf-8", errors="backslashreplace", newline="\n")
    try:
        counts = write(store, text, **options)
    finally:
        text.detach()  # flushes; the stream is its owner's to close
    return counts
