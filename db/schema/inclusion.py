"""Who took part in a consultation, as counts."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Recorded, id_column


class ConsultationCount(Recorded):
    """How many of one group took part; `dimension` is sector, gender, age or disability."""

    __tablename__ = "consultation_count"
    __table_args__ = (
        UniqueConstraint("consultation_id", "dimension", "code"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[str] = "numbers, found through the consultation"

    id: Mapped[int] = id_column()
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultation.id", ondelete="RESTRICT"), index=True
    )
    dimension: Mapped[str]
    code: Mapped[str]
    people: Mapped[int]


class Consultation(Recorded):
    """An occasion at which people were heard; its counts are published, its people are not."""

    __tablename__ = "consultation"
    __searched__: ClassVar[tuple[str, ...]] = ("title_ko", "title_en")

    id: Mapped[int] = id_column()
    title_ko: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    held_on: Mapped[dt.date | None]
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    counts: Mapped[list[ConsultationCount]] = relationship(
        cascade="all, delete-orphan", order_by="ConsultationCount.id"
    )
