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
from db.vocab import AnnotationKind, Direction, IndicatorKind, TargetKind


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
    # How often its figures come, and down to which places and dimensions ("use,building").
    frequency: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="")
    dimensions: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(default="")
    baseline_year: Mapped[int | None]
    quality: Mapped[str] = mapped_column(default="")
    # How a derived indicator is computed from others; NULL for one that is only read.
    rule: Mapped[Any] = mapped_column(Json, nullable=True)
    note_ko: Mapped[str] = mapped_column(default="")
    note_en: Mapped[str] = mapped_column(default="")
    ended: Mapped[bool] = mapped_column(default=False)


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
    # When a new edition is due: the `due_day` of the month `due_months` after its period's end.
    frequency: Mapped[str] = mapped_column(default="")
    due_day: Mapped[int | None]
    due_months: Mapped[int | None]
    expected_from: Mapped[int | None]
    due_source: Mapped[str] = mapped_column(default="")
    licence: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")


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
    # nation, province, city, district, dong, other; `kostat` is its code in the other system,
    # `successor` the code it went into.
    level: Mapped[str] = mapped_column(default="")
    kostat: Mapped[str] = mapped_column(default="")
    successor: Mapped[str] = mapped_column(default="")


class Target(Recorded):
    """A point of an indicator's target path for an area, in the indicator's unit."""

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("indicator_id", "area", "year"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[str] = "a number, found through the indicator"

    id: Mapped[int] = id_column()
    indicator_id: Mapped[int] = mapped_column(
        ForeignKey("indicator.id", ondelete="RESTRICT"), index=True
    )
    year: Mapped[int]
    value: Mapped[float] = mapped_column(Float)
    source: Mapped[str]
    sample: Mapped[bool] = mapped_column(default=False)
    area: Mapped[str] = mapped_column(default="29000")
    # A point is a target, the least the law asks for, or where the path begins.
    kind: Mapped[str] = mapped_column(default=TargetKind.TARGET.value)
    set_on: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(default="")


class Factor(Recorded):
    """A dated, sourced number that turns one measure into another (domain: units and factors).

    `kind` says what it is for (grid.co2eq, gas.net), `variant` tells factors of one kind apart
    that hold at the same time (single, mean3, AR5). `basis` is what the value is per.
    """

    __tablename__ = "factor"
    __searched__: ClassVar[tuple[str, ...]] = ("kind", "name_ko", "name_en", "source")

    id: Mapped[int] = id_column()
    kind: Mapped[str] = mapped_column(index=True)
    variant: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    name_ko: Mapped[str]
    name_en: Mapped[str]
    value: Mapped[float] = mapped_column(Float)
    unit: Mapped[str]
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    basis: Mapped[str] = mapped_column(default="")
    source: Mapped[str]
    mark: Mapped[str] = mapped_column(default="")
    sample: Mapped[bool] = mapped_column(default=False)


class EnergyResult(Recorded):
    """A derived figure as it was recorded, with the formula, inputs and factors it came from."""

    __tablename__ = "energy_result"
    __table_args__ = (
        UniqueConstraint("indicator_id", "area", "period"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[str] = "a number, found through the indicator"

    id: Mapped[int] = id_column()
    indicator_id: Mapped[int] = mapped_column(
        ForeignKey("indicator.id", ondelete="RESTRICT"), index=True
    )
    area: Mapped[str]
    period: Mapped[int]
    value: Mapped[float] = mapped_column(Float)
    status: Mapped[str] = mapped_column(String(12), default="final")
    formula: Mapped[str]
    inputs: Mapped[Any] = mapped_column(Json, nullable=True)
    factors: Mapped[Any] = mapped_column(Json, nullable=True)
    recorded_at: Mapped[dt.datetime]


class Annotation(Recorded):
    """Something that explains a line: a policy, a heat wave; for one indicator or for all."""

    __tablename__ = "annotation"
    __searched__: ClassVar[tuple[str, ...]] = ("text", "source")

    id: Mapped[int] = id_column()
    indicator_id: Mapped[int | None] = mapped_column(
        ForeignKey("indicator.id", ondelete="RESTRICT"), index=True
    )
    area: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default=AnnotationKind.EVENT.value)
    first_on: Mapped[dt.date]
    last_on: Mapped[dt.date | None]
    text: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    sample: Mapped[bool] = mapped_column(default=False)


class Boundary(Recorded):
    """A file of boundaries (GeoJSON) the map is drawn from; its bytes are among the papers."""

    __tablename__ = "boundary"
    __searched__: ClassVar[tuple[str, ...]] = ("title", "file_name")

    id: Mapped[int] = id_column()
    level: Mapped[str]
    title: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    licence: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    features: Mapped[int]
    # Feature number in the file -> area code.
    places: Mapped[Any] = mapped_column(Json, nullable=True)
    imported_at: Mapped[dt.datetime]


class EnergyLayout(Recorded):
    """A published table's layout declared by this office, in the form of those shipped (TOML)."""

    __tablename__ = "energy_layout"
    __searched__: ClassVar[tuple[str, ...]] = ("code", "title")

    id: Mapped[int] = id_column()
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    declaration: Mapped[str]
    file_name: Mapped[str] = mapped_column(default="")


class LayoutMemory(Recorded):
    """What was answered for files of one fingerprint: layout, unit, sheets; never the period."""

    __tablename__ = "layout_memory"
    __searched__: ClassVar[str] = "answers, found through the file"

    id: Mapped[int] = id_column()
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    layout: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    answers: Mapped[Any] = mapped_column(Json, nullable=True)
    file_name: Mapped[str]
    remembered_at: Mapped[dt.datetime]


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
    published_on: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(default="")
    # Totals of the file that do not add up and were accepted as published, with their cells.
    accepted: Mapped[Any] = mapped_column(Json, nullable=True)


_BULK = {
    "journal": "a bulk load is journalled as its dataset row (db/bulk.py)",
    "search": "numbers",
}


class Reading(Base):
    """One published number; `period` is 202100 the year, 202103 the month, 202141 to 202144 a
    quarter, 20210301 the day, 2021030113 the hour ending at 13:00, 50 more the hour's second time.

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


_DERIVED = {"journal": "made again from the readings", "search": "numbers"}


class ReadingMonth(Base):
    """The days and hours of a series summed by month: what a long series is read from."""

    __tablename__ = "reading_month"
    __table_args__ = ({"sqlite_with_rowid": False, "info": _DERIVED},)

    series_id: Mapped[int] = mapped_column(
        Id, ForeignKey("series.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    period: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(Integer)
    total: Mapped[float] = mapped_column(Float)
    low: Mapped[float] = mapped_column(Float)
    high: Mapped[float] = mapped_column(Float)
    status: Mapped[str] = mapped_column(String(12))
    dataset_id: Mapped[int] = mapped_column(BigInteger)


class EnergyFigure(Base):
    """An indicator's answer for an area and period, over all dimensions, as the rules give it."""

    __tablename__ = "energy_figure"
    __table_args__ = ({"sqlite_with_rowid": False, "info": _DERIVED},)

    indicator_id: Mapped[int] = mapped_column(
        Id, ForeignKey("indicator.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    area: Mapped[str] = mapped_column(String(12), primary_key=True)
    period: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    value: Mapped[float] = mapped_column(Float)
    status: Mapped[str] = mapped_column(String(12))
    origin: Mapped[str] = mapped_column(String(12))
    months: Mapped[int | None] = mapped_column(Integer)
    datasets: Mapped[str] = mapped_column(default="")


class FigureDue(Base):
    """A period whose figures must be made again; written with the readings, by the database."""

    __tablename__ = "figure_due"
    __table_args__ = ({"sqlite_with_rowid": False, "info": _DERIVED},)

    indicator_id: Mapped[int] = mapped_column(
        Id, ForeignKey("indicator.id", ondelete="RESTRICT"), primary_key=True, autoincrement=False
    )
    period: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
