"""Sentences for a snapshot that cannot be taken at its word."""

from __future__ import annotations

from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_


def not_a_snapshot(name: str) -> UserError:
    """Say that the file is something else."""
    return UserError(
        N_("{file} is not a snapshot of this program. Choose a file ending in .gwsnap."), file=name
    )


def not_whole(name: str, at: int, size: int) -> UserError:
    """Say at which byte a file leaves the one form; one that never had it is no snapshot."""
    if at < 4 or size == 0:
        return not_a_snapshot(name)
    return UserError(
        N_("{file} was cut off or changed at byte {at}. Ask for it again; do not use this one."),
        file=name,
        at=at,
    )


def part_differs(name: str, part: str) -> UserError:
    """Say which part is not what was signed."""
    return UserError(
        N_("“{part}” in {file} is not what was signed. Ask for the file again."),
        file=name,
        part=part,
    )


def signature_wrong(name: str) -> UserError:
    """Say that the signature does not belong to the contents."""
    return UserError(
        N_("The signature of {file} does not fit its contents. Ask for the file again."), file=name
    )


def newer(name: str) -> UserError:
    """Say that a later program made it."""
    return UserError(
        N_("{file} was made by a newer version of this program. Install that version to open it."),
        file=name,
    )


def earlier(name: str) -> UserError:
    """Say that an earlier program made it, in a form that is no longer read."""
    return UserError(
        N_("{file} was made by an earlier version of this program; ask the office for a new one."),
        file=name,
    )


def from_child(why: str, name: str) -> UserError:
    """Say why the contents could not be read; taking too long is never called damage."""
    if why == "newer":
        return newer(name)
    if why == "time":
        return UserError(
            N_("Reading {file} took too long and was stopped. Open it on a faster or idle PC."),
            file=name,
        )
    if why == "memory":
        return UserError(
            N_("Reading {file} takes more memory than a snapshot should. It was not opened."),
            file=name,
        )
    return UserError(
        N_("The contents of {file} are not built as a snapshot's are. It was not opened."),
        file=name,
    )
