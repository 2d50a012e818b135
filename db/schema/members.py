"""People, organisations, bodies and who sits where, since when, on whose behalf."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Recorded, id_column
from db.vocab import Layout, Precedence, Role


class Body(Recorded):
    """A committee, headquarters, council, working group or monitoring body.

    `sunset_on` is the last day the body exists unless it is prolonged (존속기한); `contact_office`
    the division in charge.
    """

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
    sunset_on: Mapped[dt.date | None]
    contact_office: Mapped[str] = mapped_column(default="")
    precedence: Mapped[str] = mapped_column(default=Precedence.OFFICE.value)
    layout: Mapped[str] = mapped_column(default=Layout.U_SHAPE.value)

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
    """One rule of a body from one day on, with its source.

    `rule` is a BodyRuleKey, `value` its text form (gwangju_desktop.members.profiles);
    `unverified` says nobody has read it in the source.
    """

    __tablename__ = "body_rule"
    __table_args__ = (
        UniqueConstraint("body_id", "rule", "valid_from"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[str] = "values of a body, found through the body"

    id: Mapped[int] = id_column()
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="RESTRICT"), index=True)
    rule: Mapped[str]
    value: Mapped[str]
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    source: Mapped[str]
    unverified: Mapped[bool] = mapped_column(default=False)


class Term(Recorded):
    """A term of a body (제n기); memberships of appointed members belong to one."""

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("body_id", "number"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "a number and two days, found through the body"

    id: Mapped[int] = id_column()
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id", ondelete="RESTRICT"), index=True)
    number: Mapped[int]
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(default="")


class Organisation(Recorded):
    """Where a member comes from; `official` says its people count as public officials."""

    __tablename__ = "organisation"
    __searched__: ClassVar[tuple[str, ...]] = ("name_ko", "name_en")

    id: Mapped[int] = id_column()
    name_ko: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str] = mapped_column(default="")
    sector: Mapped[str] = mapped_column(default="")
    official: Mapped[bool] = mapped_column(default=False)


class Person(Recorded):
    """Somebody; `uid` is random and names the person outside the office. `fictional` is 가상.

    Sex, `birth_decade` (the first year of ten), disability and youth serve counts only. A person
    found twice keeps a row that names the one it was merged into; an erased one keeps an empty row.
    """

    __tablename__ = "person"
    __subject__: ClassVar[str | None] = "id"
    __searched__: ClassVar[tuple[str, ...]] = ("name", "hanja", "latin")

    id: Mapped[int] = id_column()
    uid: Mapped[str] = mapped_column(unique=True, default=lambda: secrets.token_hex(16))
    name: Mapped[str] = mapped_column(index=True)
    hanja: Mapped[str] = mapped_column(default="")
    latin: Mapped[str] = mapped_column(default="")
    gender: Mapped[str | None]
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    fictional: Mapped[bool] = mapped_column(default=False)
    birth_decade: Mapped[int | None]
    disability: Mapped[bool | None]
    youth: Mapped[bool | None]
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT"), index=True
    )
    erased_on: Mapped[dt.date | None]


class Membership(Recorded):
    """A person's seat in a body: from a day, to a day or open, on whose behalf, in which post.

    `starts_on` and `ends_on` are both days in office (임기: start + term - 1 day). `post` is the
    title as printed, `post_id` the post an ex-officio seat follows; `field` the group of seats it
    was appointed for (위촉 분야); `position` the place in an order made by hand.
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
    term_id: Mapped[int | None] = mapped_column(
        ForeignKey("term.id", ondelete="RESTRICT"), index=True
    )
    post_id: Mapped[int | None] = mapped_column(
        ForeignKey("post.id", ondelete="RESTRICT"), index=True
    )
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("membership.id", ondelete="RESTRICT"), index=True
    )
    field: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")
    recommender: Mapped[str] = mapped_column(default="")
    appointment_number: Mapped[str] = mapped_column(default="")
    letter_on: Mapped[dt.date | None]
    position: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
