"""The graph as Parquet files, one for each label and each relation, with the columns of the CSV files.

Whole numbers are 64-bit integers, similarities floats, all else text; decimals stay as written (``47.38``). Needs the
extra ``parquet``.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from policygraph.errors import ExportError
from policygraph.export.elements import Counted, Counts, columns, kind, row
from policygraph.graph.schema import Label, Relation

if TYPE_CHECKING:
    from pathlib import Path

    from policygraph.store.contract import Store

_GROUP_ROWS = 10_000


def write(store: Store, folder: Path) -> Counts:
    """Write every table into a folder, those without rows too.

    Raises:
        ExportError: pyarrow is not installed.

    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExportError("parquet", "pyarrow is not installed", "pip install 'policygraph[parquet]'") from error
    types = {"string": pa.string(), "long": pa.int64(), "double": pa.float64()}
    with ExitStack() as stack:
        tables = {}
        for one in (*Label, *Relation):
            schema = pa.schema([(name, types[type_]) for name, type_ in columns(one).items()])
            tables[one] = _Table(stack.enter_context(pq.ParquetWriter(folder / f"{one}.parquet", schema)), pa)
        elements = Counted(store)
        for element in elements:
            tables[kind(element)].add(row(element))
        for table in tables.values():
            table.flush()
    return elements.counts


class _Table:
    """Rows on their way into a file, a group at a time."""

    def __init__(self, writer: Any, pa: Any) -> None:  # noqa: ANN401 - pyarrow has no types
        self._writer, self._pa = writer, pa
        self._rows: list[list[Any]] = []

    def add(self, cells: list[Any]) -> None:
        self._rows.append(cells)
        if len(self._rows) == _GROUP_ROWS:
            self.flush()

    def flush(self) -> None:
        if not self._rows:
            return
        schema = self._writer.schema
        arrays = [
            self._pa.array(cells, field.type)
            for cells, field in zip(zip(*self._rows, strict=True), schema, strict=True)
        ]
        self._writer.write_table(self._pa.Table.from_arrays(arrays, schema=schema))
        self._rows.clear()
