"""Meetings, their agenda, and who came."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Recorded, id_column
from db.schema.papers import Paper
from db.vocab import ItemState, Listing, MeetingKind, MeetingState, Presence, Reply


class Meeting(Recorded):
    """One sitting of a body; `starts_at` is a moment, `minutes` the time it is planned to take.

    `title` is whole as it is shown, without the body's name ("제3회 정기회의"). `number` is drawn
    when the notice goes out (`noticed_on`, 소집통지), `number_year` the year it counts in, 0 where
    the body counts on. `urgency` is why notice or papers were late (긴급 사유), `reason` why the
    meeting was postponed, cancelled or found no quorum. `replaces_id` is the postponed meeting
    this one stands for. The three counts at the opening are kept as they were announced.
    `presiding` and `secretary` are names as printed; `reply_by` is when replies are due.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("body_id", "number_year", "number"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[tuple[str, ...]] = ("title", "place")

    id: Mapped[int] = id_column()
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="RESTRICT"), index=True)
    number: Mapped[int | None]
    number_year: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(default=MeetingKind.REGULAR.value)
    title: Mapped[str]
    starts_at: Mapped[dt.datetime] = mapped_column(index=True)
    minutes: Mapped[int] = mapped_column(default=120)
    place: Mapped[str] = mapped_column(default="")
    presiding: Mapped[str] = mapped_column(default="")
    presiding_id: Mapped[int | None] = mapped_column(
        ForeignKey("membership.id", ondelete="RESTRICT"), index=True
    )
    presiding_ground: Mapped[str] = mapped_column(default="")
    secretary: Mapped[str] = mapped_column(default="")
    secretariat: Mapped[str] = mapped_column(default="")
    noticed_on: Mapped[dt.date | None]
    distributed_on: Mapped[dt.date | None]
    urgency: Mapped[str] = mapped_column(default="")
    reply_by: Mapped[dt.datetime | None]
    public: Mapped[bool] = mapped_column(default=True)
    closed_ground: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=MeetingState.PLANNED.value)
    reason: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[dt.datetime | None]
    enrolled_at_opening: Mapped[int | None]
    required_at_opening: Mapped[int | None]
    present_at_opening: Mapped[int | None]
    closed_at: Mapped[dt.datetime | None]
    adjournment: Mapped[str] = mapped_column(default="")
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    series_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting_series.id", ondelete="RESTRICT"), index=True
    )
    recording_id: Mapped[int | None] = mapped_column(
        ForeignKey("stored_file.id", ondelete="RESTRICT"), index=True
    )
    recording_from: Mapped[dt.datetime | None]
    uid: Mapped[str | None] = mapped_column(unique=True)

    items: Mapped[list[AgendaItem]] = relationship(
        back_populates="meeting", cascade="all, delete-orphan", order_by="AgendaItem.position"
    )
    attendances: Mapped[list[Attendance]] = relationship(
        cascade="all, delete-orphan", order_by="Attendance.id"
    )


class AgendaItem(Recorded):
    """One step of the order of business; positions have gaps of 1,024, so a move writes one row.

    `request` is what the body is asked to decide (의결주문), then 제안이유, 주요내용, 참고사항, of
    which `basis` (관련 근거) and `budget` (소요예산) stand apart.
    `label` is the number printed before the title once the agenda is frozen ("3", "3-1"), `number`
    the item number as drawn (의안번호 제2022-3호). A restricted item shows the public `open_title`.
    `resolution` is the text as decided, `remark` the condition or the reason of the `outcome`.
    `presiding_id` is set where somebody else takes the chair for this item. `carried_from_id` is
    the undecided item of an earlier meeting that this one goes on with (이월).
    """

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("meeting_id", "position"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = (
        "title",
        "presenter",
        "request",
        "contents",
        "number",
        "resolution",
    )

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    kind: Mapped[str]
    standing: Mapped[str] = mapped_column(default="")
    listing: Mapped[str] = mapped_column(default=Listing.NORMAL.value)
    listing_reason: Mapped[str] = mapped_column(default="")
    label: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    restricted: Mapped[bool] = mapped_column(default=False)
    restricted_ground: Mapped[str] = mapped_column(default="")
    open_title: Mapped[str] = mapped_column(default="")
    submitter: Mapped[str] = mapped_column(default="")
    submitted_on: Mapped[dt.date | None]
    presenter: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=10)
    request: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    contents: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    basis: Mapped[str] = mapped_column(default="")
    budget: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=ItemState.PENDING.value)
    begun_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    outcome: Mapped[str | None]
    resolution: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[dt.datetime | None]
    presiding_id: Mapped[int | None] = mapped_column(
        ForeignKey("membership.id", ondelete="RESTRICT"), index=True
    )
    presiding_ground: Mapped[str] = mapped_column(default="")
    carried_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="RESTRICT"), index=True
    )

    meeting: Mapped[Meeting] = relationship(back_populates="items")
    papers: Mapped[list[Paper]] = relationship(
        cascade="all, delete-orphan", order_by="Paper.position"
    )


class Attendance(Recorded):
    """One seat at one meeting: what was said before, what happened, whether it is paid for.

    `recorded_name` is the name as the minutes have it, kept where the person was erased.
    A substitute comes with a letter of authority. `paid` None follows the rule of the body.
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
    replied_at: Mapped[dt.datetime | None]
    presence: Mapped[str] = mapped_column(default=Presence.UNMARKED.value)
    substitute: Mapped[str] = mapped_column(default="")
    substitute_post: Mapped[str] = mapped_column(default="")
    substitute_letter_id: Mapped[int | None] = mapped_column(
        ForeignKey("stored_file.id", ondelete="RESTRICT"), index=True
    )
    paid: Mapped[bool | None]
    paid_reason: Mapped[str] = mapped_column(default="")
    recorded_name: Mapped[str | None]
