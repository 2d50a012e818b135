"""What people are on an office server, and who is signed in."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Session

from db import rights
from db.rights import SignedIn
from gwangju_desktop.text import N_, Msg

__all__ = ["MAY", "NAMES", "Role", "SignedIn", "may_write", "signed_in"]


class Role(StrEnum):
    """A person's role; `reader` is for programs that only read."""

    SECRETARY = rights.SECRETARY
    DEPARTMENT = rights.DEPARTMENT
    CHAIR = rights.CHAIR
    AUDITOR = rights.AUDITOR
    READER = rights.READER


NAMES: dict[Role, Msg] = {
    Role.SECRETARY: N_("Staff of the secretariat"),
    Role.DEPARTMENT: N_("Department in charge"),
    Role.CHAIR: N_("Chair (read-only)"),
    Role.AUDITOR: N_("Auditor (read-only)"),
    Role.READER: N_("Program that only reads"),
}
MAY: dict[Role, Msg] = {
    Role.SECRETARY: N_("Writes everything and sees the contacts."),
    Role.DEPARTMENT: N_(
        "Writes progress, evidence, results of actions, comments and opinions; sees no contacts."
    ),
    Role.CHAIR: N_("Reads everything but the contacts."),
    Role.AUDITOR: N_("Reads everything but the contacts, the journal and access record too."),
    Role.READER: N_("Reads everything but the contacts; for statistics and copies of the server."),
}


def signed_in(read: Session) -> SignedIn:
    """Return who is signed in; the role is "" for an owner and for an office file."""
    return rights.signed_in(read.connection())


def may_write(role: str, table: str | None = None) -> bool:
    """Say whether a role writes at all, or into a table; the server decides in the end."""
    if role == Role.DEPARTMENT:
        return table is None or table in rights.WRITES
    return role not in rights.READS
