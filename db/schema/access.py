"""Who saw personal contact data, and who was erased; neither is ever changed or taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column
from db.types import Json


class AccessRecord(Recorded):
    """One look at, copy, export or print of personal contact data (접속기록, kept a year or more).

    `fields` are the kinds of data, `people` the ids of the persons they are about, `host` the PC.
    """

    __tablename__ = "access_record"
    __searched__: ClassVar[str] = "it has a page of its own and names people by id only"
    __undo__: ClassVar[bool] = False
    __only_added__: ClassVar[bool] = True

    id: Mapped[int] = id_column()
    at: Mapped[dt.datetime] = mapped_column(index=True)
    who: Mapped[str]
    host: Mapped[str]
    action: Mapped[str]
    fields: Mapped[Any] = mapped_column(Json)
    people: Mapped[Any] = mapped_column(Json)
    reason: Mapped[str] = mapped_column(default="")


class Erasure(Recorded):
    """A person erased, by the random uid alone, so that an old backup can be brought in line."""

    __tablename__ = "erasure"
    __searched__: ClassVar[str] = "it names nobody"
    __undo__: ClassVar[bool] = False
    __only_added__: ClassVar[bool] = True

    id: Mapped[int] = id_column()
    uid: Mapped[str] = mapped_column(unique=True)
    erased_at: Mapped[dt.datetime]
    reason: Mapped[str] = mapped_column(default="")
    kept: Mapped[Any] = mapped_column(Json)
