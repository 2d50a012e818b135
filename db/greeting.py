"""What an office server answers to a first greeting: who it lets in, and what lies there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from db import migrate, rights
from db.engine import open_engines
from db.errors import Refused, Unreachable
from db.refusals import Why, why
from db.rights import SignedIn


class NotLetIn(Refused):
    """The greeting failed; `why` says where."""

    def __init__(self, where: str, why: Why) -> None:
        super().__init__(where)
        self.why = why


@dataclass(frozen=True, slots=True)
class Greeting:
    """The server's version (its own number, 160004), whether all goes under TLS, who one is there.

    `revision` is the office's, "" where the database is empty, None where it holds something else.
    """

    version: int
    encrypted: bool
    signed_in: SignedIn
    revision: str | None
    wanted: str
    owner: bool


def greet(url: str) -> Greeting:
    """Say hello to the server behind a URL with its password; raise NotLetIn, Unreachable."""
    office = open_engines(url)
    place = office.place
    try:
        with office.read.connect() as connection:
            tables = inspect(connection).get_table_names()
            revision: str | None = "" if not tables else None
            if migrate.VERSION_TABLE in tables:
                asked = f"SELECT version_num FROM {migrate.VERSION_TABLE}"
                revision = str(connection.exec_driver_sql(asked).scalar())
            version = connection.exec_driver_sql("SHOW server_version_num").scalar()
            return Greeting(
                int(str(version)),
                rights.encrypted(connection),
                rights.signed_in(connection),
                revision,
                migrate.head(),
                rights.owns(connection),
            )
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None):
            raise Unreachable(place) from error
        raise NotLetIn(place, why(str(error.orig))) from error
    finally:
        office.dispose()
