"""SQLite, its engines sharing what was compiled."""

from __future__ import annotations

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from db.dialects import Alike


class File(Alike, SQLiteDialect_pysqlite):
    """The dialect of office files."""

    supports_statement_cache = True
