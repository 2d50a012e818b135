"""The only engines: pragmas read back, BEGIN IMMEDIATE, and what differs between the two databases."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, SelectBase, create_engine, event, make_url

from db.dialects import COMPILED

# What we ask of SQLite, and read back: a pragma it does not know is ignored without a word.
# DELETE + EXTRA lost nothing in 3,000 simulated power cuts. With FULL the end of a commit, that the
# journal goes, is not synced: every third cut brought it back and took the last commit away. Copies
# of a WAL database go wrong.
PRAGMAS: dict[str, int | str] = {
    "journal_mode": "delete",
    "synchronous": 3,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    "temp_store": 2,
    "busy_timeout": 5000,
    "cache_size": -131072,
    "cache_spill": 0,
}
APPLICATION_ID = 0x47574F46  # "GWOF"
WRITER_LOCK = 0x47574A55
PG_OPTIONS = (
    "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c timezone=UTC"
    " -c plan_cache_mode=force_custom_plan"
)
# A server that is gone is noticed within about ten seconds (libpq, 34.1.2), the last where the
# system can; without these a cut cable is waited for until the system's own two hours are over.
LINE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# One for all engines: the reader finds what the writer compiled.
_SHARED: dict[str, Any] = {"execution_options": {"compiled_cache": COMPILED}}
_READS = {"SELECT", "BEGIN", "PRAGMA", "VALUES", "EXPLAIN"}


@dataclass(frozen=True)
class Office:
    """Three engines on one database.

    `write` takes the writer's lock at BEGIN, `read` cannot write, `peek` cannot write nor wait.
    While an office is being made as one transaction, `whole` is that and everything goes through it.
    """

    write: Engine
    read: Engine
    peek: Engine
    whole: Connection | None = None
    # Threads that bring papers take turns on one connection.
    _turn: threading.RLock = field(default_factory=threading.RLock, repr=False, compare=False)

    @property
    def dialect(self) -> str:
        """Return `sqlite` or `postgresql`."""
        return self.write.dialect.name

    @property
    def place(self) -> str:
        """Return the file, or the server's address without its password."""
        url = self.write.url
        return str(url.database) if self.dialect == "sqlite" else url.render_as_string()

    @contextlib.contextmanager
    def making(self) -> Iterator[Office]:
        """Yield this office with all its transactions as one, committed when the block has ended.

        For a server alone: a file is made beside its place. A transaction that is rolled back
        inside takes everything with it.
        """
        with self.write.begin() as connection:
            # The server must not mind how long a paper is looked at meanwhile.
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            yield replace(self, whole=connection)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection that holds the writer's lock, its block one transaction."""
        with contextlib.ExitStack() as held:
            if self.whole is not None:
                held.enter_context(self._turn)
            yield self.whole or held.enter_context(self.write.begin())

    @contextlib.contextmanager
    def looking(self) -> Iterator[Connection]:
        """Yield a connection that only reads."""
        with contextlib.ExitStack() as held:
            if self.whole is not None:
                held.enter_context(self._turn)
            yield self.whole or held.enter_context(self.read.connect())

    def dispose(self) -> None:
        """Close every connection; that of an office being made stays whose it is."""
        if self.whole is None:
            for engine in (self.write, self.read, self.peek):
                engine.dispose()


def file_url(path: Path) -> URL:
    """Return the address of an office file; a name may hold what means something in a URL."""
    return URL.create("sqlite", database=str(path))


def open_engines(url: str | URL, **pragmas: int | str) -> Office:
    """Make the engines of the office behind `url`; `pragmas` override ours in trials."""
    made = make_url(url)
    if made.get_backend_name() == "sqlite":
        return _sqlite(made, PRAGMAS | pragmas)
    return _postgres(made)


def _sqlite(url: URL, pragmas: dict[str, int | str]) -> Office:
    # query_only belongs to a connection, so readers need engines, hence pools, of their own.
    write = create_engine(url, pool_size=1, max_overflow=2, **_SHARED)
    read = create_engine(url, **_SHARED)
    peek = create_engine(url, pool_size=1, **_SHARED)
    own: tuple[tuple[Engine, str, dict[str, int | str]], ...] = (
        (write, "BEGIN IMMEDIATE", {"query_only": 0}),
        (read, "BEGIN", {"query_only": 1}),
        (peek, "BEGIN", {"query_only": 1, "busy_timeout": 0}),
    )
    for engine, begin, more in own:
        event.listen(engine, "connect", _set_pragmas(pragmas | more))
        event.listen(engine, "begin", _begin_with(begin))
        event.listen(engine, "checkin", _roll_back_failed_commit)
    return Office(write, read, peek)


def _set_pragmas(pragmas: dict[str, int | str]) -> Callable[[Any, Any], None]:
    def on_connect(raw: Any, _record: Any) -> None:
        # Python's own transaction control lost 708 of 1,000 concurrent increments.
        raw.isolation_level = None
        for name, value in pragmas.items():
            raw.execute(f"PRAGMA {name}={value}")
            row = raw.execute(f"PRAGMA {name}").fetchone()
            if (row[0] if row else None) != value:
                raise RuntimeError(f"SQLite refused {name}={value}: {row!r}")

    return on_connect


def _begin_with(sql: str) -> Callable[[Connection], None]:
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(sql)

    return on_begin


def _roll_back_failed_commit(raw: Any, _record: Any) -> None:
    """End the transaction that a COMMIT meeting a long reader leaves open.

    SQLAlchemy takes it for closed and pools the connection; every later write would fail.
    """
    if raw is not None and raw.in_transaction:
        raw.rollback()


def _postgres(url: URL) -> Office:
    options = {"connect_args": {"options": PG_OPTIONS, **LINE}, **_SHARED}
    # REPEATABLE READ would take its snapshot before it waits for the lock: a stale chain head.
    write = create_engine(url, isolation_level="READ COMMITTED", **options)
    read = create_engine(url, isolation_level="REPEATABLE READ", **options)
    event.listen(write, "begin", _begin_with(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"))
    event.listen(read, "begin", _begin_with("SET TRANSACTION READ ONLY"))
    return Office(write, read, read)


def listening(office: Office) -> dict[str, Any]:
    """Return what a plain driver connection that LISTENs is made with."""
    # Not as an address: libpq reads a space that SQLAlchemy wrote as "+".
    _, asked = office.read.dialect.create_connect_args(office.read.url)
    return {**asked, **LINE}


def guard_writes(engine: Engine) -> None:
    """Refuse every statement that could write unless the journal permits it.

    Flush, replay and the bulk loader set `permit` on the connection. A guard on the ORM alone lets
    six of eight ways round it through.
    """

    @event.listens_for(engine, "before_cursor_execute")
    def refuse(
        connection: Connection,
        _cursor: Any,
        statement: str,
        _parameters: Any,
        context: Any,
        _many: bool,
    ) -> None:
        verb = statement.lstrip("( \n\t").split(None, 1)[0].upper()
        if connection.info.get("permit") or verb in _READS:
            return
        compiled = getattr(context, "compiled", None)
        if compiled is None or not isinstance(compiled.statement, SelectBase):
            raise RuntimeError(f"write outside the journal: {statement[:60]!r}")


@contextlib.contextmanager
def permit(connection: Connection) -> Iterator[None]:
    """Let the journal's and the bulk loader's own statements through the guard."""
    # Kept: asking a dead connection for its info again raises over the real fault.
    info = connection.info
    was, info["permit"] = info.get("permit"), True
    try:
        yield
    finally:
        info["permit"] = was
