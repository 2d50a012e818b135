"""What the calendar knows beside meetings: series, the office's own holidays, agenda templates."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Recorded, id_column


class Series(Recorded):
    """Meetings that come again; `rule` is an iCalendar recurrence rule ("FREQ=MONTHLY;BYDAY=3TH")."""

    __tablename__ = "meeting_series"
    __searched__: ClassVar[tuple[str, ...]] = ("title",)

    id: Mapped[int] = id_column()
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="RESTRICT"), index=True)
    title: Mapped[str]
    rule: Mapped[str]
    first_at: Mapped[dt.datetime]
    minutes: Mapped[int] = mapped_column(default=120)
    place: Mapped[str] = mapped_column(default="")


class Holiday(Recorded):
    """A day the office adds to the public holidays, or (`off` false) takes from them."""

    __tablename__ = "holiday"
    __searched__: ClassVar[tuple[str, ...]] = ("name",)

    id: Mapped[int] = id_column()
    day: Mapped[dt.date] = mapped_column(unique=True)
    name: Mapped[str]
    off: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str] = mapped_column(default="")


class AgendaTemplate(Recorded):
    """An order of business a body starts from."""

    __tablename__ = "agenda_template"
    __table_args__ = (UniqueConstraint("body_id", "name"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("name",)

    id: Mapped[int] = id_column()
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str]

    lines: Mapped[list[TemplateLine]] = relationship(
        cascade="all, delete-orphan", order_by="TemplateLine.position"
    )


class TemplateLine(Recorded):
    """One item of a template."""

    __tablename__ = "template_line"
    __searched__: ClassVar[str] = "found through the template"

    id: Mapped[int] = id_column()
    template_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_template.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    kind: Mapped[str]
    standing: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    presenter: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=10)
