"""People, organisations, bodies and who sits where, since when, on whose behalf."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Recorded, id_column
from db.vocab import CountBase, CountMode, Role, TieRule


class Body(Recorded):
    """A committee, headquarters, council, working group or monitoring body."""

    __tablename__ = "body"
    __searched__: ClassVar[tuple[str, ...]] = ("name_ko", "name_en", "short_ko")

    id: Mapped[int] = id_column()
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("body.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    kind: Mapped[str]
    name_ko: Mapped[str]
    name_en: Mapped[str]
    short_ko: Mapped[str]
    short_en: Mapped[str]
    founded_on: Mapped[dt.date | None]
    dissolved_on: Mapped[dt.date | None]
    seats: Mapped[int | None]
    ordinance: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    names: Mapped[list[BodyName]] = relationship(
        cascade="all, delete-orphan", order_by="BodyName.id"
    )
    rules: Mapped[list[BodyRule]] = relationship(
        cascade="all, delete-orphan", order_by="BodyRule.valid_from"
    )


class BodyName(Recorded):
    """Another name of a body, former or parallel, with its source."""

    __tablename__ = "body_name"
    __searched__: ClassVar[tuple[str, ...]] = ("name",)

    id: Mapped[int] = id_column()
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    language: Mapped[str]
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    source: Mapped[str] = mapped_column(default="")


class BodyRule(Recorded):
    """How a body opens, decides and calls, from one day on, with the source of the rule.

    `open_more` and `decide_more`: more than the fraction (과반수), else at least the fraction.
    """

    __tablename__ = "body_rule"
    __searched__: ClassVar[str] = "numbers of a body, found through the body"

    id: Mapped[int] = id_column()
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="RESTRICT"), index=True)
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    source: Mapped[str]
    open_base: Mapped[str] = mapped_column(default=CountBase.ENROLLED.value)
    open_num: Mapped[int] = mapped_column(default=1)
    open_den: Mapped[int] = mapped_column(default=2)
    open_more: Mapped[bool] = mapped_column(default=True)
    decide_base: Mapped[str] = mapped_column(default=CountBase.PRESENT.value)
    decide_num: Mapped[int] = mapped_column(default=1)
    decide_den: Mapped[int] = mapped_column(default=2)
    decide_more: Mapped[bool] = mapped_column(default=True)
    tie: Mapped[str] = mapped_column(default=TieRule.REJECTED.value)
    notice_days: Mapped[int] = mapped_column(default=7)
    material_days: Mapped[int] = mapped_column(default=3)
    count_mode: Mapped[str] = mapped_column(default=CountMode.LENIENT.value)


class Organisation(Recorded):
    """Where a member comes from."""

    __tablename__ = "organisation"
    __searched__: ClassVar[tuple[str, ...]] = ("name_ko", "name_en")

    id: Mapped[int] = id_column()
    name_ko: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str] = mapped_column(default="")


class Person(Recorded):
    """Somebody; `uid` is random and names the person outside the office. `fictional` is 가상."""

    __tablename__ = "person"
    __subject__: ClassVar[str | None] = "id"
    __searched__: ClassVar[tuple[str, ...]] = ("name", "hanja", "latin")

    id: Mapped[int] = id_column()
    uid: Mapped[str] = mapped_column(unique=True, default=lambda: secrets.token_hex(16))
    name: Mapped[str]
    hanja: Mapped[str] = mapped_column(default="")
    latin: Mapped[str] = mapped_column(default="")
    gender: Mapped[str | None]
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    fictional: Mapped[bool] = mapped_column(default=False)


class Membership(Recorded):
    """A person's seat in a body: from a day, to a day or open, on whose behalf, in which post.

    `starts_on` and `ends_on` are both days in office (임기: start + term - 1 day).
    """

    __tablename__ = "membership"
    __subject__: ClassVar[str | None] = "person_id"
    __searched__: ClassVar[tuple[str, ...]] = ("post",)

    id: Mapped[int] = id_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="RESTRICT"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )
    post: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default=Role.MEMBER.value)
    capacity: Mapped[str]
    voting: Mapped[bool] = mapped_column(default=True)
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date | None]
    end_reason: Mapped[str | None]
    appointments: Mapped[int] = mapped_column(default=1)
