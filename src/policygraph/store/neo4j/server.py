"""A connection to a Neo4j server, and what to do when it refuses: every refusal is one line that says what helps.

A transaction that fails for a while (two loaders in each other's way, a server that restarts) is repeated with growing
pauses; all that is written here may be written twice.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from policygraph.errors import LimitExceeded, StoreError
from policygraph.store.allowance import NARROW, TOO_LONG

try:
    import neo4j
    from neo4j import exceptions
except ImportError as error:  # pragma: no cover - the tests have the extra
    raise StoreError("neo4j", "the driver is not installed", "pip install 'policygraph[neo4j]'") from error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policygraph.store.address import Address
    from policygraph.store.allowance import Allowance
    from policygraph.store.contract import Row

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what the driver warns of is told once, by a StoreError

T = TypeVar("T")
Parameters = dict[str, Any]
_CONNECT_SECONDS = 10
_RETRY_SECONDS = 30
_ATTEMPTS = 4
_READ_ONLY = (
    "can only be read",
    "give a user who may write, or ask the administrator; in the Community edition every user may, so there the "
    "database itself is read-only",
)
_LOST = (
    "the connection to the server was lost",
    "start the server and run the same command again; it goes on from what was committed",
)
_FULL = (
    "the server cannot write, most likely because its disk is full",
    "make room there, restart it and run the same command again; what was committed is kept",
)
_STOPPED = ("the database stopped after an error", "see the server's logs/neo4j.log for it, then restart the server")
_BY_CODE = {
    "Neo.ClientError.Database.DatabaseNotFound": ("no database {database} on this server", "check --database"),
    "Neo.ClientError.Security.AuthenticationRateLimit": ("too many wrong passwords", "wait a few seconds"),
    "Neo.ClientError.Security.CredentialsExpired": ("the password must be changed", "change it in Neo4j Browser"),
    "Neo.ClientError.Security.Forbidden": _READ_ONLY,
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": _READ_ONLY,
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": _READ_ONLY,
    "Neo.ClientError.Statement.AccessMode": _READ_ONLY,
    "Neo.DatabaseError.Transaction.TransactionLogError": _FULL,  # seen on a full disk
    "Neo.DatabaseError.Transaction.TransactionCommitFailed": _FULL,
    "Neo.DatabaseError.Transaction.TransactionStartFailed": _STOPPED,
    **dict.fromkeys(
        ("Neo.TransientError.General.DatabaseUnavailable", "Neo.TransientError.Database.DatabaseUnavailable"),
        ("database {database} is not available", "if that lasts, see the server's logs/debug.log, and docs/stores.md"),
    ),
    "Neo.TransientError.General.OutOfMemoryError": ("the server is out of memory", "give it a larger heap"),
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": ("the server is out of memory", "give it a larger heap"),
}


class Uncounted(Exception):
    """A batch wrote fewer rows than it was given: something it joins was removed meanwhile."""


class Server:
    """One database of a server, read and written in whole transactions."""

    def __init__(self, address: Address) -> None:
        if not address.password:
            remedy = "set POLICYGRAPH_NEO4J_PASSWORD, or run in a terminal to be asked"
            raise StoreError(str(address), "the password is missing", remedy)
        self.address = address
        self.allowance: Allowance | None = None
        with self.refusing():
            try:
                if not urlsplit(address).hostname or urlsplit(address).port == 0:
                    raise ValueError
                self._driver = neo4j.GraphDatabase.driver(
                    str(address),
                    auth=(str(address.user), address.password),
                    connection_timeout=_CONNECT_SECONDS,
                    connection_acquisition_timeout=2 * _CONNECT_SECONDS,
                    max_transaction_retry_time=_RETRY_SECONDS,
                    notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
                    telemetry_disabled=True,
                )
            except (exceptions.ConfigurationError, ValueError) as error:
                remedy = "write it as bolt://HOST:7687 or neo4j+s://HOST"
                raise StoreError(str(address), "not the address of a Neo4j server", remedy) from error
        try:
            with self.refusing(opening=True), self._driver.session(database=address.database) as session:
                session.run("RETURN 1").consume()  # not repeated: who types a wrong address waits for no answer
        except BaseException:
            self.close()
            raise

    def rows(self, cypher: str, parameters: Parameters | None = None, *, write: bool = False) -> list[Row]:
        """Run one query in a transaction of its own and return its rows."""
        routing = neo4j.RoutingControl.WRITE if write else neo4j.RoutingControl.READ
        allowance = self.allowance
        if allowance:
            self._check_reads(write=write)
            allowance.check(str(self.address))
        with self.refusing():
            answer = self._driver.execute_query(
                neo4j.Query(cypher, timeout=allowance.left) if allowance else cypher,
                parameters or {},
                routing_=routing,
                database_=self.address.database,
            )
        if allowance:
            allowance.check(str(self.address), answer.records)
        return [record.data() for record in answer.records]

    def stream(self, cypher: str) -> Iterator[Row]:
        """Yield the rows of a query as they come."""
        with (
            self.refusing(),
            self._driver.session(database=self.address.database, default_access_mode=neo4j.READ_ACCESS) as session,
        ):
            for record in session.run(cypher):
                yield record.data()

    def write(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """Do some work in one transaction, which is repeated where that helps.

        The driver repeats after deadlocks and lost connections. Two cases are left to this loop, as only work that
        may be done twice allows them: a commit of which no answer came, and a node that another loader removed.
        """
        self._check_reads(write=True)
        with self.refusing(), self._driver.session(database=self.address.database) as session:
            for last in (False,) * (_ATTEMPTS - 1) + (True,):
                try:
                    return session.execute_write(work)
                except (exceptions.IncompleteCommit, Uncounted):
                    if last:
                        raise
                except exceptions.ClientError as error:
                    if last or error.code != "Neo.ClientError.Statement.EntityNotFound":
                        raise
        raise AssertionError  # pragma: no cover - the last attempt returns or raises

    def _check_reads(self, *, write: bool) -> None:
        if self.allowance and write:
            raise StoreError(str(self.address), "is only read here", "nothing is written while strangers ask")

    @contextmanager
    def refusing(self, *, opening: bool = False) -> Iterator[None]:
        """Turn what a server refuses for a reason that people can mend into a ``StoreError``."""
        try:
            yield
        except (exceptions.Neo4jError, exceptions.DriverError, Uncounted) as error:
            if self.allowance and "TransactionTimedOut" in (getattr(error, "code", None) or ""):
                raise LimitExceeded(str(self.address), TOO_LONG, NARROW) from error
            reason = self._reason(error, opening=opening)
            if reason is None:
                raise
            what, remedy = (text.format(database=repr(self.address.database or "(default)")) for text in reason)
            raise StoreError(str(self.address), what, remedy) from error

    def _reason(self, error: Exception, *, opening: bool) -> tuple[str, str] | None:
        code = getattr(error, "code", None) or ""
        if code in _BY_CODE:
            return _BY_CODE[code]
        if isinstance(error, Uncounted):
            return f"the server wrote less than it was given: {error}", "run the same command again"
        if isinstance(error, exceptions.AuthError):
            who = self.address.user
            return f"user {who!r} or the password is wrong", "check --user and POLICYGRAPH_NEO4J_PASSWORD"
        if any(word in str(error) for word in ("No space left", "disk space")):
            return _FULL
        if isinstance(error, (exceptions.ServiceUnavailable, exceptions.SessionExpired)):
            return _no_answer(error) if opening else _LOST
        if isinstance(error, exceptions.TransientError):
            return "the server is too busy", "try again; what was committed is kept"
        if isinstance(error, exceptions.DatabaseError):
            return f"the server failed ({code})", "see its logs/neo4j.log and disk, then run the same command again"
        return None

    def close(self) -> None:
        """Release the connections."""
        self._driver.close()


def _no_answer(error: Exception) -> tuple[str, str]:
    """Say why no server answers: a certificate is a matter of its own."""
    told = f"{error} {error.__cause__!r}"  # of a cluster the cause is a group, which only repr unfolds
    if "SSL" in told or "certificate" in told or "encrypted" in told:
        remedy = "bolt:// and neo4j:// are for a server without TLS, +ssc for one whose certificate is its own"
        return "no secure connection to the server", remedy
    if "handshake" in told:
        return "what answers is no Neo4j server without TLS", "bolt+s:// and neo4j+s:// are for one with it"
    return "no server answers", "start it, or check the address"


def made(address: Address) -> bool:
    """Tell whether a database holds a store."""
    server = Server(address)
    try:
        return bool(server.rows("MATCH (p:Policygraph) RETURN 1 AS one"))
    finally:
        server.close()
