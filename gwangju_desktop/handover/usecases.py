"""What the office's own journal learns of a handover; every step is a barrier to undo."""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from db import baton
from db.store import usecase
from gwangju_desktop import settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.handover.form import Handover
from gwangju_desktop.text import N_, Msg

NO_REASON = N_("Say why the handover is broken off; the reason stays in the office.")
AT_HOME = N_("The office file is here; nothing is to be broken off.")


@usecase("Hand over the office file", undoable=False)
def give_away(tx: Session, *, handover: Handover) -> str:
    """Mark this copy as given away."""
    held = baton.read(tx.connection())
    if held.get("state") == baton.GIVEN:
        raise UserError(N_("The office file was handed over already."))
    settings.hand_over(tx, {"state": baton.GIVEN, **_told(handover)})
    return settings.HANDOVER


@usecase("Take over the office file", undoable=False)
def take_over(tx: Session, *, handover: Handover, at: str, pc: str) -> str:
    """Mark this copy as the one that is written to.

    `mark` is drawn anew, so that two takings of one file are two histories from their first entry.
    """
    held = {"state": baton.HELD, **_told(handover), "taken_at": at, "pc": pc}
    settings.hand_over(tx, {**held, "mark": secrets.token_hex(8)})
    return settings.HANDOVER


@usecase("Call off the handover", undoable=False)
def call_off(tx: Session) -> str:
    """Take the mark back: the file was never written, so nobody can have it."""
    held = baton.read(tx.connection())
    _demand_away(held, AT_HOME)
    settings.hand_over(tx, {**held, "state": baton.HELD, "called_off": True})
    return settings.HANDOVER


@usecase("Break off the handover", undoable=False)
def break_off(tx: Session, *, reason: str, at: str) -> str:
    """Write here again although the file has not come back; raises UserError without a reason."""
    held = baton.read(tx.connection())
    _demand_away(held, AT_HOME)
    if not reason.strip():
        raise UserError(NO_REASON)
    number = int(held.get("number", 0)) + 1
    settings.hand_over(
        tx,
        {**held, "state": baton.HELD, "number": number, "broken_at": at, "reason": reason.strip()},
    )
    return settings.HANDOVER


def _demand_away(held: dict[str, object], message: Msg) -> None:
    if held.get("state") != baton.GIVEN:
        raise UserError(message)


def _told(handover: Handover) -> dict[str, object]:
    return {
        "number": handover.number,
        "token": handover.token,
        "by": handover.by,
        "to": handover.to,
        "at": handover.at,
        "pc": handover.pc,
    }
