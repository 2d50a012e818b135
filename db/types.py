"""Column types that mean the same on both engines."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text, TypeDecorator

# AUTOINCREMENT needs the word INTEGER on SQLite.
Id = BigInteger().with_variant(Integer, "sqlite")
# Bytes decide the order on both engines: Hangul syllables then sort as a dictionary does.
# The generic type, because importing the dialect costs every start 40 ms.
Words = Text().with_variant(Text(collation="C"), "postgresql")


class Utc(TypeDecorator[dt.datetime]):
    """A moment: aware going in, aware in UTC coming out."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[dt.datetime]:
        """What the journal's images are turned back into."""
        return dt.datetime

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Keep the zone on PostgreSQL, which would else shift it by the session's."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Store UTC; a naive moment is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value!r}")
        utc = value.astimezone(dt.UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Return UTC."""
        if value is None:
            return None
        assert isinstance(value, dt.datetime)
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)


class Json(TypeDecorator[Any]):
    """A small value as canonical JSON text, so that equal values are equal bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write canonical JSON."""
        if value is None:
            return None
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Read it back."""
        return None if value is None else json.loads(value)
