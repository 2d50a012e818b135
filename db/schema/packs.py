"""How meeting packs are put together, what was issued and printed, and documents that go out."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column
from db.types import Json
from db.vocab import Disclosure, Dividers, Edition, IssueKind, Release, Sides, Stance


class PackPlan(Recorded):
    """How a meeting's pack is put together; a meeting without one has the usual pack.

    `abbreviations` has one line for each: the short form, a colon, what it stands for.
    """

    __tablename__ = "pack_plan"
    __searched__: ClassVar[str] = "found through its meeting"

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), unique=True
    )
    sides: Mapped[str] = mapped_column(default=Sides.RIGHT_HAND.value)
    dividers: Mapped[str] = mapped_column(default=Dividers.NONE.value)
    abbreviations: Mapped[str] = mapped_column(default="")


class PackPart(Recorded):
    """A part of a meeting's pack and its place; items keep the order of the agenda.

    `figure` says what a figure draws (packs.figures), `file_id` what an appendix binds. A figure or
    an appendix may stand behind an item; closed ones are for members, by `ground`.
    """

    __tablename__ = "pack_part"
    __table_args__ = (UniqueConstraint("meeting_id", "position"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("title",)

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    kind: Mapped[str]
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="RESTRICT"), index=True
    )
    file_id: Mapped[int | None] = mapped_column(
        ForeignKey("stored_file.id", ondelete="RESTRICT"), index=True
    )
    title: Mapped[str] = mapped_column(default="")
    figure: Mapped[Any] = mapped_column(Json, nullable=True)
    disclosure: Mapped[str] = mapped_column(default=Disclosure.PUBLIC.value)
    ground: Mapped[str] = mapped_column(default="")
    included: Mapped[bool] = mapped_column(default=True)


class PackIssue(Recorded):
    """What went out to members, with its page numbers for good; never changed, never deleted.

    `number` counts within its kind. `parts` is the list of parts with first page, number of pages
    and digest (packs.issuing); `parts_hash` is the SHA-256 of their digests in order and of `head`,
    the journal's head at that moment; its first letters stand at the foot of page 1. `total` is the
    "of n" on paper, 0 for a supplement or revision, whose `of_id` is the issue it goes on with.
    """

    __tablename__ = "pack_issue"
    __table_args__ = (
        UniqueConstraint("meeting_id", "kind", "number"),
        {"sqlite_autoincrement": True},
    )
    __undo__: ClassVar[bool] = False
    __searched__: ClassVar[tuple[str, ...]] = ("reason",)

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str] = mapped_column(default=IssueKind.ISSUE.value)
    number: Mapped[int]
    of_id: Mapped[int | None] = mapped_column(
        ForeignKey("pack_issue.id", ondelete="RESTRICT"), index=True
    )
    issued_at: Mapped[dt.datetime]
    language: Mapped[str]
    first_page: Mapped[int]
    last_page: Mapped[int]
    total: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    parts: Mapped[Any] = mapped_column(Json, nullable=False)
    parts_hash: Mapped[str]
    head: Mapped[str]


class PackFile(Recorded):
    """An edition of an issue as a file in the store."""

    __tablename__ = "pack_file"
    __table_args__ = (
        UniqueConstraint("issue_id", "edition", "language"),
        {"sqlite_autoincrement": True},
    )
    __undo__: ClassVar[bool] = False
    __searched__: ClassVar[str] = "found through its meeting"

    id: Mapped[int] = id_column()
    issue_id: Mapped[int] = mapped_column(
        ForeignKey("pack_issue.id", ondelete="RESTRICT"), index=True
    )
    edition: Mapped[str] = mapped_column(default=Edition.MEMBERS.value)
    language: Mapped[str]
    file_id: Mapped[int] = mapped_column(
        ForeignKey("stored_file.id", ondelete="RESTRICT"), index=True
    )
    pages: Mapped[int]
    made_at: Mapped[dt.datetime]


class PackCopy(Recorded):
    """A numbered copy of an issue and the member who gets it; None is a copy to spare."""

    __tablename__ = "pack_copy"
    __table_args__ = (UniqueConstraint("issue_id", "number"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "found through its meeting"

    id: Mapped[int] = id_column()
    issue_id: Mapped[int] = mapped_column(
        ForeignKey("pack_issue.id", ondelete="RESTRICT"), index=True
    )
    number: Mapped[int]
    membership_id: Mapped[int | None] = mapped_column(
        ForeignKey("membership.id", ondelete="RESTRICT"), index=True
    )


class PrintRun(Recorded):
    """One printing: what, which pages ("1-24"), how many copies, on which printer."""

    __tablename__ = "print_run"
    __undo__: ClassVar[bool] = False
    __searched__: ClassVar[str] = "found through its meeting"

    id: Mapped[int] = id_column()
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    issue_id: Mapped[int | None] = mapped_column(
        ForeignKey("pack_issue.id", ondelete="RESTRICT"), index=True
    )
    edition: Mapped[str] = mapped_column(default=Edition.MEMBERS.value)
    pages: Mapped[str]
    copies: Mapped[int] = mapped_column(default=1)
    duplex: Mapped[bool] = mapped_column(default=False)
    printer: Mapped[str] = mapped_column(default="")
    printed_at: Mapped[dt.datetime]


class AwaitedPaper(Recorded):
    """A paper an item announces before it is there: from whom, until when, or laid on the table.

    When it comes, it is attached and this row goes.
    """

    __tablename__ = "awaited_paper"
    __searched__: ClassVar[tuple[str, ...]] = ("title",)

    id: Mapped[int] = id_column()
    item_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="RESTRICT"), index=True
    )
    title: Mapped[str]
    office: Mapped[str] = mapped_column(default="")
    due_on: Mapped[dt.date | None]
    tabled: Mapped[bool] = mapped_column(default=False)


class ItemOpinion(Recorded):
    """What a department that was asked says of an item (합의·검토 의견)."""

    __tablename__ = "item_opinion"
    __table_args__ = (UniqueConstraint("item_id", "position"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("office", "text")

    id: Mapped[int] = id_column()
    item_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    office: Mapped[str]
    stance: Mapped[str] = mapped_column(default=Stance.AGREES.value)
    text: Mapped[str] = mapped_column(default="")


class Outgoing(Recorded):
    """A document made to go out, and its numbers in the city's own document system.

    `kind` is its name in the catalogue, `about_id` the id of the record it is about. Until `number`
    (문서번호) and `dispatched_on` (시행일자) are filled it waits (시행 전). `title` and `recipient`
    hold no person's name.
    """

    __tablename__ = "outgoing"
    __searched__: ClassVar[tuple[str, ...]] = ("title", "recipient", "number")

    id: Mapped[int] = id_column()
    kind: Mapped[str]
    about_id: Mapped[int]
    body_id: Mapped[int | None] = mapped_column(
        ForeignKey("body.id", ondelete="RESTRICT"), index=True
    )
    meeting_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    title: Mapped[str]
    recipient: Mapped[str] = mapped_column(default="")
    made_on: Mapped[dt.date]
    number: Mapped[str] = mapped_column(default="")
    dispatched_on: Mapped[dt.date | None]
    release: Mapped[str] = mapped_column(default=Release.PUBLIC.value)
    ground: Mapped[str] = mapped_column(default="")
    dropped: Mapped[bool] = mapped_column(default=False)
