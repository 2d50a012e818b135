"""Votes on agenda items, who was entitled, amendments, elections, and who stepped aside."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column
from db.vocab import AmendmentState, VoteState


class Recusal(Recorded):
    """A seat that takes no part in an item, with the ground; a challenge is voted on."""

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("item_id", "attendance_id"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "found through the item and the person"

    id: Mapped[int] = id_column()
    item_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="RESTRICT"), index=True
    )
    attendance_id: Mapped[int] = mapped_column(
        ForeignKey("attendance.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str]
    ground: Mapped[str] = mapped_column(default="")


class Amendment(Recorded):
    """A changed wording put forward for an item; `original` is what it would replace."""

    __tablename__ = "amendment"
    __searched__: ClassVar[tuple[str, ...]] = ("text",)

    id: Mapped[int] = id_column()
    item_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    mover_id: Mapped[int | None] = mapped_column(
        ForeignKey("attendance.id", ondelete="RESTRICT"), index=True
    )
    seconder_id: Mapped[int | None] = mapped_column(
        ForeignKey("attendance.id", ondelete="RESTRICT"), index=True
    )
    original: Mapped[str]
    text: Mapped[str]
    state: Mapped[str] = mapped_column(default=AmendmentState.PROPOSED.value)


class Vote(Recorded):
    """One vote: what on, how, the counts, and the arithmetic in words as it stood when closed.

    Counts are None while open; an uncounted majority has none and no percentage. `enrolled`,
    `present`, `entitled`, `required` are frozen at the closing. `suggested` follows the rule,
    `result` is what the chair declared. `role` is what an election is for.
    """

    __tablename__ = "vote"
    __searched__: ClassVar[str] = "found through the item"

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="RESTRICT"), index=True
    )
    amendment_id: Mapped[int | None] = mapped_column(
        ForeignKey("amendment.id", ondelete="RESTRICT"), index=True
    )
    recusal_id: Mapped[int | None] = mapped_column(
        ForeignKey("recusal.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    subject: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    method: Mapped[str]
    state: Mapped[str] = mapped_column(default=VoteState.OPEN.value)
    enrolled: Mapped[int | None]
    present: Mapped[int | None]
    entitled: Mapped[int | None]
    required: Mapped[int | None]
    yes: Mapped[int | None]
    no: Mapped[int | None]
    abstain: Mapped[int | None]
    invalid: Mapped[int | None]
    not_voting: Mapped[int | None]
    uncounted: Mapped[bool] = mapped_column(default=False)
    suggested: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    explanation: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[dt.datetime | None]


class Ballot(Recorded):
    """One seat's part in a vote: present, entitled, and the choice unless the vote was secret."""

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("vote_id", "attendance_id"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "found through the item and the person"

    id: Mapped[int] = id_column()
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id", ondelete="RESTRICT"), index=True)
    attendance_id: Mapped[int] = mapped_column(
        ForeignKey("attendance.id", ondelete="RESTRICT"), index=True
    )
    present: Mapped[bool] = mapped_column(default=False)
    entitled: Mapped[bool] = mapped_column(default=False)
    choice: Mapped[str | None]
    replied_on: Mapped[dt.date | None]
    opinion: Mapped[str] = mapped_column(default="")


class Nominee(Recorded):
    """Somebody standing in an election (호선), and the votes received."""

    __tablename__ = "nominee"
    __table_args__ = (UniqueConstraint("vote_id", "membership_id"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "found through the item and the person"

    id: Mapped[int] = id_column()
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id", ondelete="RESTRICT"), index=True)
    membership_id: Mapped[int] = mapped_column(
        ForeignKey("membership.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    votes: Mapped[int | None]
    elected: Mapped[bool] = mapped_column(default=False)
