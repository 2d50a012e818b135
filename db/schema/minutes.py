"""Notes taken in the room, the minutes made of them, and who reviewed and signed."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Recorded, id_column
from db.types import Id, Utc, Words
from db.vocab import AnswerKind, Confirmation, Speakers


class Note(Recorded):
    """What was written down on an item, or on the meeting at large, as Markdown."""

    __tablename__ = "note"
    __table_args__ = (UniqueConstraint("meeting_id", "item_id"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("text",)

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="RESTRICT"), index=True
    )
    text: Mapped[str] = mapped_column(default="")


class Minutes(Recorded):
    """The minutes of a meeting as one text; the meeting's state says whether they are final.

    `confirmation`, `speakers` and `review_until` come from the body's rules when drafted.
    `closed_ground` is why they are not published; `early` that a copy went out unconfirmed.
    """

    __tablename__ = "minutes"
    __searched__: ClassVar[tuple[str, ...]] = ("text",)

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), unique=True
    )
    text: Mapped[str] = mapped_column(default="")
    speakers: Mapped[str] = mapped_column(default=Speakers.NAME.value)
    confirmation: Mapped[str] = mapped_column(default=Confirmation.SIGNATURE.value)
    drafted_on: Mapped[dt.date]
    review_until: Mapped[dt.date | None]
    confirmed_on: Mapped[dt.date | None]
    confirmed_by: Mapped[str] = mapped_column(default="")
    confirmed_meeting_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    corrections: Mapped[str] = mapped_column(default="")
    published_on: Mapped[dt.date | None]
    published_where: Mapped[str] = mapped_column(default="")
    early: Mapped[bool] = mapped_column(default=False)
    closed_ground: Mapped[str] = mapped_column(default="")


class MinutesAnswer(Recorded):
    """A member's answer to draft minutes: reviewed, with a remark, or signed."""

    __tablename__ = "minutes_answer"
    __table_args__ = (
        UniqueConstraint("minutes_id", "attendance_id", "kind"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[str] = "found through the meeting and the person"

    id: Mapped[int] = id_column()
    minutes_id: Mapped[int] = mapped_column(
        ForeignKey("minutes.id", ondelete="RESTRICT"), index=True
    )
    attendance_id: Mapped[int] = mapped_column(
        ForeignKey("attendance.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str] = mapped_column(default=AnswerKind.REVIEW.value)
    answered_on: Mapped[dt.date]
    agrees: Mapped[bool] = mapped_column(default=True)
    remark: Mapped[str] = mapped_column(default="")


draft = Table(
    "draft",
    Base.metadata,
    Column("meeting_id", Id, primary_key=True, autoincrement=False),
    Column("item_id", Id, primary_key=True, autoincrement=False),
    Column("text", Words, nullable=False),
    Column("saved_at", Utc, nullable=False),
    info={
        "journal": "what is being typed, saved between two entries of the journal; the note is recorded",
        "search": "the note is indexed when it is recorded",
    },
)
