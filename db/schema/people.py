"""More of a person: other names, affiliations, what was consented to."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column


class PersonAlias(Recorded):
    """Another name a person is known or written by."""

    __tablename__ = "person_alias"
    __subject__: ClassVar[str | None] = "person_id"
    __searched__: ClassVar[tuple[str, ...]] = ("name",)

    id: Mapped[int] = id_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    name: Mapped[str]


class Affiliation(Recorded):
    """Where a person works or worked, apart from the seats held; either day may be unknown."""

    __tablename__ = "affiliation"
    __subject__: ClassVar[str | None] = "person_id"
    __searched__: ClassVar[tuple[str, ...]] = ("post",)

    id: Mapped[int] = id_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )
    post: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]


class Consent(Recorded):
    """What a person agreed to: one field of data for one purpose (개인정보 보호법 제15조, 제22조)."""

    __tablename__ = "consent"
    __subject__: ClassVar[str | None] = "person_id"
    __searched__: ClassVar[str] = "found through the person"

    id: Mapped[int] = id_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    field: Mapped[str]
    purpose: Mapped[str]
    given_on: Mapped[dt.date]
    withdrawn_on: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(default="")


class DistinctPair(Recorded):
    """Two persons who look alike and are not the same; `person_id` is the smaller id."""

    __tablename__ = "distinct_pair"
    __table_args__ = (UniqueConstraint("person_id", "other_id"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "found through the persons"

    id: Mapped[int] = id_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    noted_on: Mapped[dt.date]
