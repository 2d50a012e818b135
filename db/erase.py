"""What goes with a person beyond the rows: the journal's payloads, the index's leavings, free pages.

The chain covers salted digests of payloads, so it verifies without them. A use case that erases
returns an `Order`; `Store.erase` carries it out.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Text,
    exc,
    or_,
    select,
    type_coerce,
    update,
)

from db import schema
from db.base import Recorded
from db.changes import Image, RowChange
from db.engine import Office, permit
from db.errors import Busy, Full
from db.faults import translated
from db.schema.journal import change_log, row_change
from db.types import Json

ERASE = "erase"
# Columns of codes and digests: what they hold is nobody's name.
_CODES = {
    "action", "capacity", "channel", "decision", "direction", "disclosure", "end_reason", "gender",
    "key", "kind", "language", "layout", "precedence", "presence", "purpose", "reply", "role",
    "rule", "sealed", "sector", "state", "fingerprint", "uid", "standing", "listing", "outcome",
    "adjournment", "subject", "method", "suggested", "choice", "speakers", "confirmation",
    "adoption", "consent", "district", "from_state", "needs", "stage", "stance", "to_state",
}  # fmt: skip
_INDEX = ("search_doc", "search_fts")
# Tables about nobody out of which names are blotted or rows go; the bytes lie in their free space.
_BLOTTED = (
    "draft",
    "poll_ballot",
    "poll_batch",
    "poll_column",
    "poll_tagging",
    "proposal",
    "proposal_board",
    "proposal_file",
    "proposal_note",
    "proposal_notice",
    "proposal_opinion",
    "proposal_reply",
    "proposal_step",
    "proposal_supplement",
    "signing_key",
    "stored_file",
    "thread_link",
)
_BLOT = "○○○"


@dataclass(frozen=True, slots=True)
class Order:
    """Whom to erase, the texts that name them, and the entry's answer (ids only).

    `rows` are kinds of rows that go with all they ever were, whosever they are: a table, and the
    column and number by which its rows belong together.
    """

    people: tuple[int, ...]
    texts: tuple[str, ...]
    value: Any
    rows: tuple[tuple[str, str, int], ...] = ()


class Trace(NamedTuple):
    """A place a text still stands: a row's column, or an image of the journal."""

    table: str
    key: int
    column: str
    subject: int | None = None


# --- finding texts --------------------------------------------------------------------------------


def says(held: str, wanted: str) -> bool:
    """Say whether a text names somebody by another; short and Latin names only as whole words.

    Telephone numbers are compared by their figures.
    """
    held, wanted = _plain(held), _plain(wanted)
    if not wanted:
        return False
    if _is_number(wanted):
        return _figures(wanted) in _figures(held)
    return re.search(_mention(wanted), held) is not None


def blotted(text: str, names: Sequence[str]) -> str | None:
    """Return a text with every mention of somebody blotted out.

    None where a mention is spelt in a way that cannot be cut out, a telephone number for one.
    """
    named = [name for name in names if says(text, name)]
    if not named:
        return text
    left = unicodedata.normalize("NFC", text)
    for name in sorted(named, key=len, reverse=True):
        wanted = unicodedata.normalize("NFC", name.strip())
        left = re.sub(_mention(wanted), _BLOT, left, flags=re.IGNORECASE)
    return None if any(says(left, name) for name in named) else left


def _mention(name: str) -> str:
    """Return the pattern of a name; short and Latin ones stand at the start of a word."""
    whole = name.isascii()
    if not whole and len(name) > 2:
        return re.escape(name)
    return r"(?<!\w)" + re.escape(name) + (r"(?!\w)" if whole else "")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_number(text: str) -> bool:
    return len(_figures(text)) > 6 and re.search(r"[^\W\d]", text) is None


def _needles(texts: Sequence[str]) -> set[str]:
    """Return what a row must hold to be looked at: each text in both forms, a number's end."""
    needles: set[str] = set()
    for text in texts:
        if _is_number(text):
            needles.add(_figures(text)[-4:])
        else:
            needles |= {unicodedata.normalize(form, text) for form in ("NFC", "NFD")}
    return needles


def _holding(column: ColumnElement[Any], texts: Sequence[str], quoted: bool) -> ColumnElement[bool]:
    needles = sorted(_needles(texts))
    if quoted:
        needles = [json.dumps(needle, ensure_ascii=False)[1:-1] for needle in needles]
    return or_(*(column.icontains(needle, autoescape=True) for needle in needles))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, held in value.items():
            if name not in _CODES:
                yield from _strings(held)
    elif isinstance(value, list):
        for held in value:
            yield from _strings(held)


def _named(value: Any, texts: Sequence[str]) -> bool:
    return any(says(held, text) for held in _strings(value) for text in texts)


def rows_naming(connection: Connection, texts: Sequence[str], people: Sequence[int]) -> list[Trace]:
    """Return where rows that are about nobody of `people` hold one of the texts."""
    traces: list[Trace] = []
    for mapper in sorted(schema.mappers(), key=lambda known: known.class_.__name__):
        if texts and issubclass(mapper.class_, Recorded):
            traces += _naming(connection, mapper.class_, texts, people)
    return traces


def _naming(
    connection: Connection, kind: type[Recorded], texts: Sequence[str], people: Sequence[int]
) -> Iterator[Trace]:
    table: Any = kind.__table__
    columns = [column for column in table.c if _free(column)]
    if not columns:
        return
    held = [
        _holding(type_coerce(column, Text), texts, isinstance(column.type, Json))
        for column in columns
    ]
    subject = table.c[kind.__subject__] if kind.__subject__ else None
    query = select(table.c.id, *columns).where(or_(*held)).order_by(table.c.id)
    if subject is not None:
        query = query.add_columns(subject.label("the_subject")).where(subject.not_in(people))
    for row in connection.execute(query).mappings().all():
        for column in columns:
            if _named(row[column.name], texts):
                about = row["the_subject"] if subject is not None else None
                yield Trace(table.name, row["id"], column.name, about)


def _free(column: Column[Any]) -> bool:
    return isinstance(column.type, (Text, Json)) and column.name not in _CODES


def entries_naming(connection: Connection, texts: Sequence[str]) -> list[Trace]:
    """Return the journal's entries whose answer holds one of the texts; it should hold ids only."""
    if not texts:
        return []
    query = select(change_log.c.id, change_log.c.result).where(
        _holding(change_log.c.result, texts, True)
    )
    return [
        Trace("change_log", row.id, "result")
        for row in connection.execute(query).all()
        if _named(json.loads(row.result), texts)
    ]


def images_naming(
    connection: Connection, texts: Sequence[str], people: Sequence[int]
) -> list[tuple[int, int, Trace]]:
    """Return the journal's images, about nobody of `people`, that hold one of the texts."""
    if not texts:
        return []
    query = (
        select(row_change)
        .where(_holding(row_change.c.body, texts, True))
        .where(or_(row_change.c.subject.is_(None), row_change.c.subject.not_in(people)))
        .order_by(row_change.c.change_id, row_change.c.n)
    )
    return [
        (image.change_id, image.n, Trace(image.tbl, _key(image.pk), "", image.subject))
        for image in connection.execute(query).all()
        if _named(json.loads(image.body), texts)
    ]


def _key(pk: str) -> int:
    return int(json.loads(pk)[0])


def former(connection: Connection, people: Sequence[int], table: str) -> list[Image]:
    """Return every state the journal has of these people's rows of a table."""
    query = select(row_change.c.body).where(
        row_change.c.subject.in_(people), row_change.c.tbl == table, row_change.c.body.is_not(None)
    )
    bodies = connection.execute(query).scalars().all()
    return [image for body in bodies for image in json.loads(body) if image]


# --- forgetting -----------------------------------------------------------------------------------


def forget(connection: Connection, order: Order) -> None:
    """Empty the journal of what it holds of these people; another person's images stay.

    Rows that are about no person lose their image too where it names one of these, so they can no
    longer be undone. Records that may not change keep theirs.
    """
    nothing = {"body": None, "salt": None}
    connection.execute(
        update(row_change)
        .where(row_change.c.subject.in_(order.people), row_change.c.body.is_not(None))
        .values(nothing)
    )
    for table, column, number in order.rows:
        _forget_rows(connection, table, column, number)
    from db import drafts

    drafts.mend(connection, lambda text: blotted(text, order.texts))
    kept = _only_added()
    for number, n, trace in images_naming(connection, order.texts, order.people):
        if trace.subject is None and trace.table not in kept:
            here = (row_change.c.change_id == number, row_change.c.n == n)
            connection.execute(update(row_change).where(*here).values(nothing))


def _forget_rows(connection: Connection, table: str, column: str, number: int) -> None:
    """Empty the journal of every state of the rows whose column holds a number."""
    query = select(row_change.c.change_id, row_change.c.n, row_change.c.body).where(
        row_change.c.tbl == table, row_change.c.body.is_not(None)
    )
    for image in connection.execute(query).all():
        if any(state and state[column] == number for state in json.loads(image.body)):
            here = (row_change.c.change_id == image.change_id, row_change.c.n == image.n)
            connection.execute(update(row_change).where(*here).values(body=None, salt=None))


def _only_added() -> set[str]:
    return {
        mapper.local_table.name  # type: ignore[attr-defined]
        for mapper in schema.mappers()
        if issubclass(mapper.class_, Recorded) and mapper.class_.__only_added__
    }


def ids_only(row: RowChange) -> RowChange:
    """Return a row change without anything but the ids in it, enough for the screens to follow."""
    return RowChange(row.table, row.pk, _ids(row.before), _ids(row.after), row.subject)


def _ids(image: Image | None) -> Image | None:
    if image is None:
        return None
    return {name: held for name, held in image.items() if name == "id" or name.endswith("_id")}


# --- overwriting ----------------------------------------------------------------------------------


def scrub(office: Office) -> tuple[str, ...]:
    """Overwrite what erased rows left in files; return codes of what could not be done here.

    `busy`, `full`: try again when nobody reads, or with room on the disk; `tables`, `statistics`:
    the server's administrator has to; `wal`: a server's log and base backups, which only age out.
    """
    left: list[str] = []
    try:
        with translated(office.place):
            if office.dialect == "sqlite":
                _scrub_file(office)
            else:
                left += _scrub_server(office)
    except Busy:
        left.append("busy")
    except Full:
        left.append("full")
    if office.dialect != "sqlite":
        left.append("wal")
    return tuple(left)


def _scrub_file(office: Office) -> None:
    with office.write.connect() as connection:
        # Not through SQLAlchemy, which would begin a transaction that VACUUM refuses.
        raw: Any = connection.connection.driver_connection
        for statement in (
            # A contentless index keeps the pairs of a deleted row until its segments are merged.
            "INSERT INTO search_fts(search_fts) VALUES ('optimize')",
            "VACUUM",
        ):
            try:
                raw.execute(statement)
            except Exception as error:
                if not hasattr(error, "sqlite_errorcode"):
                    raise
                raise exc.OperationalError(statement, None, error) from error


def _scrub_server(office: Office) -> list[str]:
    tables = sorted(
        {
            mapper.local_table.name  # type: ignore[attr-defined]
            for mapper in schema.mappers()
            if issubclass(mapper.class_, Recorded) and mapper.class_.__subject__
        }
        | {row_change.name, *_INDEX, *_BLOTTED}
    )
    engine = office.write.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection, permit(connection):
        for table in tables:
            # The server skips a table of another owner with a warning nobody sees.
            if not _owned(connection, table):
                return ["tables", "statistics"]
            connection.exec_driver_sql(f"VACUUM FULL {table}")
            connection.exec_driver_sql(f"ANALYZE {table}")
        asked = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        if not connection.exec_driver_sql(asked).scalar():
            # Most frequent values of a column lie there as they were.
            return ["statistics"]
        connection.exec_driver_sql("VACUUM FULL pg_statistic")
    return []


def _owned(connection: Connection, table: str) -> bool:
    asked = "SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = to_regclass(%s)"
    return bool(connection.exec_driver_sql(asked, (table,)).scalar())
