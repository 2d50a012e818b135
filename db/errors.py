"""The environment's faults; everything that is neither one of these nor a UserError is our bug."""

from __future__ import annotations


class DatabaseFault(Exception):
    """Something outside the program is in the way; `str()` holds what and where, for the log."""


class Busy(DatabaseFault):
    """Another transaction holds what we need; trying again later may work."""


class Full(DatabaseFault):
    """No room on the disk."""


class ReadOnly(DatabaseFault):
    """The file or folder cannot be written."""


class Locked(ReadOnly):
    """Another program has the office open for writing; the text names who, where and since when."""


class HandedOver(ReadOnly):
    """The office file was handed over; the text names who was given it and when."""


class Damaged(DatabaseFault):
    """The file is not a whole office."""


class NotAnOffice(DatabaseFault):
    """The file is something else, or empty."""


class OverOffice(DatabaseFault):
    """What was to be written would take an office's place."""


class TooNew(DatabaseFault):
    """The office was written by a newer program."""


class TooOld(ReadOnly):
    """The office needs to be converted first, and may only be read here."""


class Unconverted(TooOld):
    """An office on a server is of an earlier version, and this login may not convert it."""


class Forbidden(ReadOnly):
    """This login may not do that on the office server."""


class OnNetwork(DatabaseFault):
    """The file lies on a network share, where SQLite cannot keep it whole."""


class Unreadable(DatabaseFault):
    """The disk answered with an error: pulled out, worn or cut off."""


class Refused(DatabaseFault):
    """The server answers, but not to this name, password or database."""


class Unreachable(DatabaseFault):
    """The connection died and the outcome is unknown: retry with the same command."""


class Conflict(DatabaseFault):
    """A row is not as the caller last saw it."""


class Erased(Conflict):
    """The entry's payload was erased, so it can no longer be replayed."""


class Barred(Conflict):
    """The entry touches a record that has left the office since: issued, closed or signed."""


class Superseded(Conflict):
    """A later import replaced values of this one; `str()` names it, `count` says how many."""

    def __init__(self, text: str, count: int) -> None:
        super().__init__(text)
        self.count = count
