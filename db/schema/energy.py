"""Energy indicators, where their figures come from, and the readings."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Recorded, id_column
from db.types import Id, Json
from db.vocab import Direction, IndicatorKind


class Indicator(Recorded):
    """What is measured, in which unit, and which way is better (domain: indicators)."""

    __tablename__ = "indicator"
    __searched__: ClassVar[tuple[str, ...]] = ("code", "name_ko", "name_en")

    id: Mapped[int] = id_column()
    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    section: Mapped[str]
    name_ko: Mapped[str]
    name_en: Mapped[str]
    unit: Mapped[str]
    kind: Mapped[str] = mapped_column(default=IndicatorKind.FLOW.value)
    direction: Mapped[str] = mapped_column(default=Direction.DOWN.value)
    decimals: Mapped[int] = mapped_column(default=0)


class EnergySource(Recorded):
    """One published table: who publishes it and the unit its figures are kept in."""

    __tablename__ = "energy_source"
    __searched__: ClassVar[tuple[str, ...]] = ("title_ko", "title_en", "publisher")

    id: Mapped[int] = id_column()
    code: Mapped[str] = mapped_column(unique=True)
    publisher: Mapped[str]
    title_ko: Mapped[str]
    title_en: Mapped[str]
    unit: Mapped[str]
    sample: Mapped[bool] = mapped_column(default=False)


class IndicatorSource(Recorded):
    """Which table an indicator is read from first; 1 comes before 2."""

    __tablename__ = "indicator_source"
    __table_args__ = (UniqueConstraint("indicator_id", "rank"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "an order, found through the indicator"

    id: Mapped[int] = id_column()
    indicator_id: Mapped[int] = mapped_column(
        ForeignKey("indicator.id", ondelete="RESTRICT"), index=True
    )
    source_id: Mapped[int] = mapped_column(
        ForeignKey("energy_source.id", ondelete="RESTRICT"), index=True
    )
    rank: Mapped[int]


class Area(Recorded):
    """A place figures are published for; codes change, so they carry their days."""

    __tablename__ = "area"
    __table_args__ = (UniqueConstraint("code", "valid_from"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("name_ko", "name_en")

    id: Mapped[int] = id_column()
    code: Mapped[str]
    parent: Mapped[str | None]
    position: Mapped[int]
    name_ko: Mapped[str]
    name_en: Mapped[str]
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    source: Mapped[str] = mapped_column(default="")


class Target(Recorded):
    """A point of an indicator's target path, in the indicator's unit."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("indicator_id", "year"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "a number, found through the indicator"

    id: Mapped[int] = id_column()
    indicator_id: Mapped[int] = mapped_column(
        ForeignKey("indicator.id", ondelete="RESTRICT"), index=True
    )
    year: Mapped[int]
    value: Mapped[float] = mapped_column(Float)
    source: Mapped[str]
    sample: Mapped[bool] = mapped_column(default=False)


class Series(Recorded):
    """One column of numbers: source table, indicator, area and the values of its dimensions.

    `dims` is canonical: "" for the whole, else "use=residential" with keys in order. `unit` is
    the published one, "" that of its source; readings are kept in it and converted when read.
    """

    __tablename__ = "series"
    __table_args__ = (
        UniqueConstraint("source_id", "indicator_id", "area", "dims"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[str] = "a key, found through the indicator"

    id: Mapped[int] = id_column()
    source_id: Mapped[int] = mapped_column(ForeignKey("energy_source.id", ondelete="RESTRICT"))
    indicator_id: Mapped[int] = mapped_column(
        ForeignKey("indicator.id", ondelete="RESTRICT"), index=True
    )
    area: Mapped[str]
    dims: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")


class Dataset(Recorded):
    """One imported file: where from, what it said, and what was answered for it."""

    __tablename__ = "dataset"
    __searched__: ClassVar[tuple[str, ...]] = ("file_name", "publisher", "title")

    id: Mapped[int] = id_column()
    source_id: Mapped[int] = mapped_column(
        ForeignKey("energy_source.id", ondelete="RESTRICT"), index=True
    )
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    values_sha256: Mapped[str] = mapped_column(String(64))
    publisher: Mapped[str]
    title: Mapped[str]
    unit: Mapped[str]
    first_period: Mapped[int]
    last_period: Mapped[int]
    imported_at: Mapped[dt.datetime]
    readings: Mapped[int]
    sample: Mapped[bool] = mapped_column(default=False)
    answers: Mapped[Any] = mapped_column(Json, nullable=True)


_BULK = {
    "journal": "a bulk load is journalled as its dataset row (db/bulk.py)",
    "search": "numbers",
}


class Reading(Base):
    """One published number; `period` is year * 100 + month, month 0 for a whole year.

    `summed` marks a figure that other published figures of the same table add up to, so that
    adding the rest never counts anything twice. `status` is what the publisher says of it.
    """

    __tablename__ = "reading"
    __table_args__ = (
        Index("ix_reading_dataset_id", "dataset_id"),
        {"sqlite_with_rowid": False, "info": _BULK},
    )

    series_id: Mapped[int] = mapped_column(
        Id, ForeignKey("series.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    period: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    value: Mapped[float] = mapped_column(Float)
    summed: Mapped[bool] = mapped_column(Boolean, default=False)
    status: Mapped[str] = mapped_column(String(12), default="final")
    dataset_id: Mapped[int] = mapped_column(ForeignKey("dataset.id", ondelete="RESTRICT"))


class ReadingRevision(Base):
    """The other state of each key a dataset touched; NULL where there was no reading.

    What undo puts back, and after an undo what redo puts back; also the history of revisions.
    """

    __tablename__ = "reading_revision"
    __table_args__ = (
        Index("ix_reading_revision_other_id", "other_id"),
        {"sqlite_with_rowid": False, "info": _BULK},
    )

    dataset_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    series_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    period: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    value: Mapped[float | None] = mapped_column(Float)
    summed: Mapped[bool | None] = mapped_column(Boolean)
    status: Mapped[str | None] = mapped_column(String(12))
    other_id: Mapped[int | None] = mapped_column(BigInteger)
