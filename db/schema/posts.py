"""Posts (환경국장), who holds them, and the seats in bodies that go with them (당연직)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column
from db.vocab import Role


class Post(Recorded):
    """A post outside the bodies; `position` is its place in the order of offices (직제 순)."""

    __tablename__ = "post"
    __searched__: ClassVar[tuple[str, ...]] = ("name_ko", "name_en")

    id: Mapped[int] = id_column()
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )
    name_ko: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    position: Mapped[int]


class PostHolding(Recorded):
    """Who holds a post, from a day to a day or open."""

    __tablename__ = "post_holding"
    __subject__: ClassVar[str | None] = "person_id"
    __searched__: ClassVar[str] = "found through the post and the person"

    id: Mapped[int] = id_column()
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="RESTRICT"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date | None]
    end_reason: Mapped[str | None]


class PostSeat(Recorded):
    """A seat in a body that whoever holds a post takes, with the source of the rule."""

    __tablename__ = "post_seat"
    __searched__: ClassVar[str] = "found through the post and the body"

    id: Mapped[int] = id_column()
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="RESTRICT"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="RESTRICT"), index=True)
    role: Mapped[str] = mapped_column(default=Role.MEMBER.value)
    voting: Mapped[bool] = mapped_column(default=True)
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date | None]
    source: Mapped[str] = mapped_column(default="")
