"""Is a server set up as an office needs it: for its administrator, from the office’s own login."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db import rights
from gwangju_desktop.text import N_, Msg

# Setting -> what it has to be, and what it means when it is not.
_WANTED: dict[str, tuple[set[str], Msg]] = {
    "data_checksums": (
        {"on"},
        N_("Data checksums are off: a worn disk would change records unnoticed (pg_checksums -e)."),
    ),
    "fsync": ({"on"}, N_("fsync is off: a power cut can destroy the database.")),
    "full_page_writes": (
        {"on"},
        N_("full_page_writes is off: a power cut can destroy the database."),
    ),
    "synchronous_commit": (
        {"on", "remote_write", "remote_apply"},
        N_("synchronous_commit is off: a power cut loses what was already told as done."),
    ),
    "password_encryption": (
        {"scram-sha-256"},
        N_("Passwords are not kept as SCRAM (password_encryption = scram-sha-256)."),
    ),
    "server_encoding": ({"UTF8"}, N_("The database is not in UTF-8.")),
}
OPEN = N_("The connection is not under TLS: put sslmode=verify-full into the address.")
NO_ROLES = N_("The roles are missing: run the script of “server roles”.")
STRAY = N_("Rights are not as the program gives them ({what}): run “server rights”.")


def findings(read: Session) -> list[tuple[Msg, str]]:
    """Return what is not as it should be, each with a value for {what}; an empty list is sound."""
    connection = read.connection()
    found: list[tuple[Msg, str]] = []
    if not rights.encrypted(connection):
        found.append((OPEN, ""))
    held = rights.settings(connection)
    found += [
        (message, held.get(name, ""))
        for name, (wanted, message) in _WANTED.items()
        if held.get(name) not in wanted
    ]
    if not rights.known(connection):
        found.append((NO_ROLES, ""))
    elif strays := rights.strays(connection):
        found.append((STRAY, ", ".join(strays)))
    return found
