"""Why a server was not reached or let nobody in, read from the driver's sentence."""

from __future__ import annotations

import re
from enum import StrEnum


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


def why(sentence: str) -> Why:
    """Read libpq's sentence: why no session began."""
    for reason, words in _SENTENCES:
        if re.search(words, sentence, re.IGNORECASE):
            return reason
    return Why.OTHER if "FATAL" in sentence or "치명적" in sentence else Why.SILENT


# Trying again later may help, without anybody putting something right.
PASSING = frozenset({Why.HOST, Why.SILENT, Why.STARTING, Why.FULL})
