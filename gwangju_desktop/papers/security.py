"""Files that document security has wrapped: nobody but its own agent can read them.

A wrapped file keeps its name and suffix; only its first bytes tell. Which products an office meets
is its own affair, so the list is a setting: one beginning a line.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from db.store import usecase
from gwangju_desktop import settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.papers.wrapped import HEADS
from gwangju_desktop.text import N_

# Bytes; fewer are the beginning of too many other files.
_SHORTEST = 4


def heads(read: Session) -> tuple[str, ...]:
    """Return the beginnings this office looks for."""
    held: Any = settings.value(read, settings.PAPER_SECURITY)
    return HEADS if held is None else tuple(held)


@usecase("Change the list of document security")
def change_heads(tx: Session, *, text: str) -> int:
    """Keep the beginnings to look for, one a line, and return how many; none brings back the usual.

    Raises UserError for one so short that other files would begin with it.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        if len(line.encode()) < _SHORTEST:
            raise UserError(
                N_("“{line}” is too short to tell document security by."),
                hint=N_("Write at least four letters of the file's beginning."),
                line=line,
            )
    kept = None if not lines or tuple(lines) == HEADS else lines
    settings.change_setting(tx, key=settings.PAPER_SECURITY, value=kept)
    return len(lines)
