"""Rows in and out of a transaction on a server: statements that read, and batches whose counts are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph.store.neo4j.server import Uncounted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from neo4j import ManagedTransaction

    from policygraph.store.contract import Row

BATCH_ROWS = 5000


def run(tx: ManagedTransaction, cypher: str, **parameters: object) -> list[Row]:
    """Return the rows of a statement inside a transaction."""
    return [record.data() for record in tx.run(cypher, parameters)]


def write(tx: ManagedTransaction, cypher: str, rows: Sequence[Row]) -> None:
    """Write rows in batches and compare the counts.

    Raises:
        Uncounted: a row found no node to join.

    """
    for start in range(0, len(rows), BATCH_ROWS):
        batch = rows[start : start + BATCH_ROWS]
        (answer,) = run(tx, cypher, rows=batch)
        if answer["done"] != len(batch):
            message = f"{answer['done']} of {len(batch)} rows by {' '.join(cypher.split())[:60]}…"
            raise Uncounted(message)


def there(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the properties that have a value: Neo4j keeps no nulls, and sending them costs."""
    return {name: value for name, value in properties.items() if value is not None}
