"""What happens in the room: breaks, comings and goings, others present, steps of a meeting."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column


class Break(Recorded):
    """A rest of a sitting (정회 to 속개) or a talk without decisions (간담회); open without an end."""

    __tablename__ = "sitting_break"
    __searched__: ClassVar[str] = "found through the meeting"

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str]
    starts_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime | None]
    reason: Mapped[str] = mapped_column(default="")


class Movement(Recorded):
    """One coming or going of a seat's holder; who is in the room at a moment is their fold."""

    __tablename__ = "movement"
    __searched__: ClassVar[str] = "found through the meeting and the person"

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    attendance_id: Mapped[int] = mapped_column(
        ForeignKey("attendance.id", ondelete="RESTRICT"), index=True
    )
    at: Mapped[dt.datetime]
    inside: Mapped[bool]


class Guest(Recorded):
    """Somebody in the room without a seat: 배석자 or 방청인."""

    __tablename__ = "guest"
    __searched__: ClassVar[str] = "found through the meeting"

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str]
    name: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    post: Mapped[str] = mapped_column(default="")
    position: Mapped[int]


class Step(Recorded):
    """One step of a meeting from a state to another, with its moment and reason."""

    __tablename__ = "meeting_step"
    __searched__: ClassVar[str] = "found through the meeting"

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    at: Mapped[dt.datetime]
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")


class DrawnNumber(Recorded):
    """A number given out once and never again (제n회, 의안번호), and why nothing stands under it.

    `subject_id` is the meeting or item it was drawn for, without a reference: the number stays
    given out when the record is gone. `year` is 0 where the count never starts anew.
    """

    __tablename__ = "drawn_number"
    __table_args__ = (
        UniqueConstraint("body_id", "kind", "year", "number"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[str] = "found through the meeting or the item"
    __undo__: ClassVar[bool] = False

    id: Mapped[int] = id_column()
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str]
    year: Mapped[int]
    number: Mapped[int]
    text: Mapped[str]
    subject_id: Mapped[int] = mapped_column(index=True)
    drawn_at: Mapped[dt.datetime]
    gap: Mapped[str] = mapped_column(default="")
