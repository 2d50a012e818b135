"""What an office server answers to a first greeting: who it lets in, and what lies there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from db import migrate, rights
from db.engine import open_engines
from db.errors import Refused, Unreachable
from db.rights import SignedIn


class Why(StrEnum):
    """Why a server was not reached, or let nobody in."""

    HOST = "host"
    SILENT = "silent"
    NO_TLS = "no_tls"
    NO_ROOT = "no_root"
    STRANGER = "stranger"
    OTHER_NAME = "other_name"
    LOGIN = "login"
    PASSWORD = "password"
    DATABASE = "database"
    NOT_ALLOWED = "not_allowed"
    FULL = "full"
    STARTING = "starting"
    OTHER = "other"


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


# libpq has no codes before the session begins, only sentences; the server's are in its language.
_SENTENCES: tuple[tuple[Why, str], ...] = (
    (Why.HOST, r"could not translate host name|failed to resolve host|Name or service not known"),
    (Why.NO_TLS, r"server does not support SSL|SSL was required"),
    (Why.NO_ROOT, r"root certificate file|could not read root certificate|load system root"),
    (Why.OTHER_NAME, r"server certificate for .* does not match host name"),
    (Why.STRANGER, r"certificate verify failed|certificate"),
    (Why.PASSWORD, r"password authentication failed|no password supplied|인증을 실패"),
    (Why.DATABASE, r"database \".*\" does not exist|데이터베이스 없음"),
    (Why.LOGIN, r"role \".*\" does not exist|롤\(role\) 없음"),
    (Why.NOT_ALLOWED, r"pg_hba\.conf|permission denied for database|not permitted to log in"),
    (Why.FULL, r"too many (clients|connections)|remaining connection slots"),
    (Why.STARTING, r"the database system is (starting|shutting|in recovery)"),
    (Why.SILENT, r"Connection refused|timeout|timed out|No route|unreachable|No such file|10061"),
)


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


def why(sentence: str) -> Why:
    """Read libpq's sentence."""
    for reason, words in _SENTENCES:
        if re.search(words, sentence, re.IGNORECASE):
            return reason
    return Why.OTHER if "FATAL" in sentence or "치명적" in sentence else Why.SILENT
