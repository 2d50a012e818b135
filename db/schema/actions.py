"""Actions (조치사항): who does what by when after a meeting, and what shows that it was done."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Recorded, id_column
from db.vocab import ActionState


class ActionEvidence(Recorded):
    """A file that shows an action was done."""

    __tablename__ = "action_evidence"
    __searched__: ClassVar[tuple[str, ...]] = ("title",)

    id: Mapped[int] = id_column()
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id", ondelete="RESTRICT"), index=True)
    file_id: Mapped[int] = mapped_column(
        ForeignKey("stored_file.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    title: Mapped[str]


class Action(Recorded):
    """One thing to be done; `result` is what the next meeting reads (조치결과)."""

    __tablename__ = "action"
    __searched__: ClassVar[tuple[str, ...]] = ("text", "department", "result")

    id: Mapped[int] = id_column()
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="RESTRICT"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    text: Mapped[str]
    department: Mapped[str]
    due_on: Mapped[dt.date] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default=ActionState.ASSIGNED.value)
    state_reason: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    done_on: Mapped[dt.date | None]

    evidence: Mapped[list[ActionEvidence]] = relationship(
        cascade="all, delete-orphan", order_by="ActionEvidence.position"
    )
