"""The reply while it is written: a draft every few seconds, recorded at a pause.

Text and reasons travel as one, so that they are kept, refused and compared together.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db import drafts
from db.schema.handling import ProposalReply
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import replies
from gwangju_desktop.text import N_

# Between text and reasons; no keyboard writes it, and splitting words drops it.
BETWEEN = "\x1e"
SPACE_OF_REPLIES = 0


@dataclass(frozen=True, slots=True)
class WrittenReply:
    """Text and reasons joined, a draft that is newer, and whether the reply is out."""

    proposal_id: int
    text: str
    version: int | None
    draft: str | None
    draft_at: dt.datetime | None
    locked: bool


def joined(text: str, reasons: str) -> str:
    """Return text and reasons as one; empty where both are."""
    return f"{text}{BETWEEN}{reasons}" if text or reasons else ""


def parted(whole: str) -> tuple[str, str]:
    """Return text and reasons of what `joined` made."""
    text, _, reasons = whole.partition(BETWEEN)
    return text, reasons


def written(read: Session, *, id: int) -> WrittenReply:
    """Return the reply of the present examination as it is recorded, and a draft that is newer."""
    row = replies.current(read, id)
    text = joined(row.text, row.reasons) if row is not None else ""
    found = drafts.of_meeting(read, -id, SPACE_OF_REPLIES)
    newer = next((one for one in found if _bare(one.text) != _bare(text)), None)
    return WrittenReply(
        id,
        text,
        row.version if row is not None else None,
        newer.text if newer else None,
        clock.local(newer.saved_at) if newer else None,
        row is not None and row.sent_on is not None,
    )


@usecase("Keep what is being typed", aside=True)
def keep(tx: Session, *, id: int, text: str) -> None:
    """Keep what is being typed as a draft, in no journal."""
    _open(tx, id)
    drafts.keep(tx, -id, SPACE_OF_REPLIES, text, clock.now())


@usecase("Write reply", aside=True)
def record(tx: Session, *, id: int, text: str, seen: int | None = None) -> int | None:
    """Record a reply and drop its draft; return the version it has now.

    `seen` is the version the writing began from. Raises UserError when somebody else wrote since.
    """
    row = _open(tx, id)
    if (
        row is not None
        and row.version != seen
        and _bare(joined(row.text, row.reasons)) != _bare(text)
    ):
        raise UserError(
            N_("This reply was changed on another PC meanwhile."),
            hint=N_("Choose which of the two texts stays."),
        )
    drafts.drop(tx, -id, SPACE_OF_REPLIES)
    body, reasons = parted(text)
    replies.write_reply(tx, id=id, text=body, reasons=reasons)
    tx.flush()
    row = replies.current(tx, id)
    return row.version if row is not None else None


@usecase("Drop the draft", aside=True)
def forget(tx: Session, *, id: int) -> None:
    """Drop a draft that is not wanted."""
    drafts.drop(tx, -id, SPACE_OF_REPLIES)


def _bare(whole: str) -> tuple[str, str]:
    text, reasons = parted(whole)
    return text.strip(), reasons.strip()


def _open(tx: Session, id: int) -> ProposalReply | None:
    row = replies.current(tx, id)
    if row is not None and row.sent_on is not None:
        raise UserError(
            N_("The reply was sent and stays as it is."),
            hint=N_("A re-examination has a reply of its own."),
        )
    return row
