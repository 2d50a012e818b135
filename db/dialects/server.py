"""PostgreSQL, its engines sharing what was compiled."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from db.dialects import Alike


class Server(Alike, PGDialect_psycopg):
    """The dialect of offices on a server."""

    supports_statement_cache = True
