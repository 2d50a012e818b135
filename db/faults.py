"""The driver's errors, sorted into the environment's faults."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy import exc

from db import refusals
from db.errors import (
    Busy,
    Damaged,
    DatabaseFault,
    Forbidden,
    Full,
    ReadOnly,
    Refused,
    Unreachable,
    Unreadable,
)

# SQLite primary result codes: BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB.
_SQLITE: dict[int, type[DatabaseFault]] = {
    5: Busy,
    6: Busy,
    8: ReadOnly,
    10: Unreadable,
    11: Damaged,
    13: Full,
    14: ReadOnly,
    26: Damaged,
}
# SQLITE_IOERR_LOCK, _BLOCKED and _RDLOCK: another program holds the file.
_HELD = {3850, 2826, 2314}
_POSTGRES: dict[str, type[DatabaseFault]] = {
    "55P03": Busy,
    "40P01": Busy,
    "40001": Busy,
    "57014": Busy,
    "53100": Full,
    "25006": ReadOnly,
    "42501": Forbidden,
    "XX001": Damaged,
    "XX002": Damaged,
}

# Python's own complaint about bytes in a text column; it carries no code.
_NOT_TEXT = "Could not decode to UTF-8"


@contextlib.contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn the driver's faults into ours, which name the office; constraint violations pass."""
    try:
        yield
    except exc.DBAPIError as error:
        fault = classify(error, where)
        if fault is None:
            raise
        raise fault from error


def classify(error: exc.DBAPIError, where: str) -> DatabaseFault | None:
    """Return the fault an error stands for, or None when it is our bug.

    The fault names the office behind `where`; the driver's own words stay in its cause.
    """
    original = error.orig
    state = getattr(original, "sqlstate", None) or ""
    gone = state[:2] in ("08", "57") and state != "57014"
    if error.connection_invalidated or gone:
        return Unreachable(where)
    if (
        isinstance(error, exc.OperationalError)
        and not state
        and "psycopg" in type(original).__module__
    ):
        # Without a code the connection was never made.
        passing = refusals.why(str(original)) in refusals.PASSING
        return Unreachable(where) if passing else Refused(where)
    if str(original).startswith(_NOT_TEXT):
        return Damaged(where)
    code = getattr(original, "sqlite_errorcode", None)
    if code in _HELD:
        return Busy(where)
    kind = _SQLITE.get(code & 0xFF) if code is not None else _POSTGRES.get(state)
    return kind(where) if kind else None
