"""What the office knows about itself."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column
from db.types import Json


class Setting(Recorded):
    """One declared setting and its value (names and defaults: gwangju_desktop.settings)."""

    __tablename__ = "setting"
    __searched__: ClassVar[str] = "settings are found in the settings dialog"

    id: Mapped[int] = id_column()
    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[Any] = mapped_column(Json, nullable=True)


class SettingPeriod(Recorded):
    """A setting's value from a day to a day, for what laws change: names, codes, ordinances."""

    __tablename__ = "setting_period"
    __searched__: ClassVar[str] = "settings are found in the settings dialog"

    id: Mapped[int] = id_column()
    key: Mapped[str] = mapped_column(index=True)
    value: Mapped[Any] = mapped_column(Json, nullable=True)
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    source: Mapped[str] = mapped_column(default="")


class SavedFilter(Recorded):
    """A filter of a list that somebody named; `query` holds what the list is asked with."""

    __tablename__ = "saved_filter"
    __searched__: ClassVar[str] = "filters are found above their list"

    id: Mapped[int] = id_column()
    room: Mapped[str]
    name: Mapped[str]
    query: Mapped[Any] = mapped_column(Json)
    position: Mapped[int]


class ColumnMapping(Recorded):
    """How the columns of one source were read last time; `source` names its row of titles."""

    __tablename__ = "column_mapping"
    __searched__: ClassVar[str] = "it is offered when the source comes again"

    id: Mapped[int] = id_column()
    source: Mapped[str] = mapped_column(unique=True)
    mapping: Mapped[Any] = mapped_column(Json)
