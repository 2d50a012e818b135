"""Meetings, their agenda, and who came."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Recorded, id_column
from db.schema.papers import Paper
from db.vocab import MeetingKind, MeetingState, Presence, Reply


class Meeting(Recorded):
    """One sitting of a body; `starts_at` is a moment, `minutes` the time it is planned to take.

    `title` is whole as it is shown, without the body's name ("제3회 정기회의"). `noticed_on` is the
    day the notice went out (소집통지).
    """

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("body_id", "number"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("title", "place")

    id: Mapped[int] = id_column()
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="RESTRICT"), index=True)
    number: Mapped[int | None]
    kind: Mapped[str] = mapped_column(default=MeetingKind.REGULAR.value)
    title: Mapped[str]
    starts_at: Mapped[dt.datetime] = mapped_column(index=True)
    minutes: Mapped[int] = mapped_column(default=120)
    place: Mapped[str] = mapped_column(default="")
    presiding: Mapped[str] = mapped_column(default="")
    secretariat: Mapped[str] = mapped_column(default="")
    noticed_on: Mapped[dt.date | None]
    state: Mapped[str] = mapped_column(default=MeetingState.PLANNED.value)
    opened_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]

    items: Mapped[list[AgendaItem]] = relationship(
        back_populates="meeting", cascade="all, delete-orphan", order_by="AgendaItem.position"
    )
    attendances: Mapped[list[Attendance]] = relationship(
        cascade="all, delete-orphan", order_by="Attendance.id"
    )


class AgendaItem(Recorded):
    """One step of the order of business; positions have gaps of 1,024, so a move writes one row.

    `request` is what the body is asked to decide (의결주문), then 제안이유, 주요내용, 참고사항.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("meeting_id", "position"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("title", "presenter", "request", "contents")

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    presenter: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=10)
    request: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    contents: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")

    meeting: Mapped[Meeting] = relationship(back_populates="items")
    papers: Mapped[list[Paper]] = relationship(
        cascade="all, delete-orphan", order_by="Paper.position"
    )


class Attendance(Recorded):
    """One seat at one meeting: what was said before, what happened.

    `recorded_name` is the name as the minutes have it, kept where the person was erased.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("meeting_id", "membership_id"),
        {"sqlite_autoincrement": True},
    )
    __subject__: ClassVar[str | None] = "person_id"
    __searched__: ClassVar[str] = "found through the meeting and the person"

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    membership_id: Mapped[int] = mapped_column(
        ForeignKey("membership.id", ondelete="RESTRICT"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    reply: Mapped[str] = mapped_column(default=Reply.NONE.value)
    presence: Mapped[str] = mapped_column(default=Presence.UNMARKED.value)
    recorded_name: Mapped[str | None]
