"""What the office knows about itself."""

from __future__ import annotations

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
