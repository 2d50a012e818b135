"""Sentences for the environment's faults: what happened, where, what to do."""

from __future__ import annotations

from db import errors
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, Msg, say

_SENTENCES: dict[type[BaseException], Msg] = {
    errors.Busy: N_("The office is in use at this moment. Try again in a few seconds."),
    errors.Full: N_("There is no room left on the disk for {what}. Free some space and try again."),
    errors.ReadOnly: N_(
        "{what} cannot be written. Check the rights of the file and its folder, or choose another."
    ),
    errors.Locked: N_(
        "The office is open for writing elsewhere ({what}); here it can only be read."
        " Close it there to write here."
    ),
    errors.HandedOver: N_(
        "The office file was handed over ({what}); here it can only be read until it comes back."
    ),
    errors.Damaged: N_(
        "{what} is damaged. Keep the file as it is and open your latest copy of it."
    ),
    errors.NotAnOffice: N_(
        "{what} is empty or no office file. Choose another file, or a copy of it."
    ),
    errors.OverOffice: N_(
        "{what} is an office file; nothing is written over it. Choose another name."
    ),
    errors.TooNew: N_(
        "The office was written by a newer version of this program ({what}). Install that version."
    ),
    errors.TooOld: N_(
        "The office was written by an earlier version ({what}) and is converted when it is first"
        " opened for writing. Open it in the window once; a copy of it as it was is kept beside it."
    ),
    errors.Unconverted: N_(
        "The office on the server was made by an earlier version of this program ({what})."
        " Ask the server’s administrator to convert it; until then use the earlier version."
    ),
    errors.Forbidden: N_(
        "Your login may not do this on the office server. Ask the secretariat, or the server’s"
        " administrator for another role."
    ),
    errors.OnNetwork: N_(
        "{what} lies on a network share, where an office file can be damaged."
        " Copy it to this PC, or use PostgreSQL to share one office between PCs."
    ),
    errors.Unreadable: N_(
        "The disk answered with an error for {what}."
        " Check that it is plugged in, and copy the office to another disk."
    ),
    errors.Refused: N_(
        "The office server refuses {what}. Check the name, the password and the database."
    ),
    errors.Unreachable: N_(
        "The office server does not answer. Check the network and try again; nothing was lost."
    ),
    errors.Erased: N_("This step held personal data that was erased, so it cannot be taken back."),
    errors.Barred: N_(
        "This step belongs to a record that is closed or has left the office,"
        " so it cannot be taken back."
    ),
    errors.Conflict: N_(
        "Somebody changed the same record since. Look at it again and repeat what you did."
    ),
}


def sentence(error: BaseException) -> str | None:
    """Return what to tell the person, or None when the error is our bug."""
    if isinstance(error, UserError):
        return str(error)
    if isinstance(error, errors.Superseded):
        return say(
            N_(
                "{n} values of this import were replaced by a later one ({what})."
                " Take that one back first."
            ),
            n=error.count,
            what=str(error),
        )
    for kind in type(error).__mro__:
        if kind in _SENTENCES:
            return say(_SENTENCES[kind], what=str(error))
    if isinstance(error, FileNotFoundError):
        return say(N_("{what} is not there. Check the name."), what=_name(error))
    if isinstance(error, FileExistsError):
        return say(N_("{what} is there already. Choose another name."), what=_name(error))
    if isinstance(error, IsADirectoryError):
        return say(N_("{what} is a folder. Choose a file."), what=_name(error))
    if isinstance(error, OSError) and error.filename:
        return say(
            N_("{what} cannot be read or written ({why})."), what=_name(error), why=error.strerror
        )
    return None


def _name(error: OSError) -> str:
    return str(error.filename or error.args[-1])
