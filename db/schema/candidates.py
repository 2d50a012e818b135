"""The preparation of a new term: what becomes of each appointed seat, and who could take it."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column
from db.vocab import Decision


class SeatPlan(Recorded):
    """An appointed seat of a term being prepared; `membership_id` is who sat on it before.

    `decision`: renewed, replaced, left vacant, or open.
    """

    __tablename__ = "seat_plan"
    __searched__: ClassVar[str] = "found through the body's new term"

    id: Mapped[int] = id_column()
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id", ondelete="RESTRICT"), index=True)
    membership_id: Mapped[int | None] = mapped_column(
        ForeignKey("membership.id", ondelete="RESTRICT"), index=True
    )
    field: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    decision: Mapped[str] = mapped_column(default=Decision.OPEN.value)


class Candidate(Recorded):
    """Somebody who could take a seat of a field (위촉 분야), and which papers are in.

    `other_bodies` is the number of other committees the candidate named; None was not asked.
    """

    __tablename__ = "candidate"
    __subject__: ClassVar[str | None] = "person_id"
    __searched__: ClassVar[str] = "found through the person and the term"

    id: Mapped[int] = id_column()
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id", ondelete="RESTRICT"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )
    post: Mapped[str] = mapped_column(default="")
    field: Mapped[str] = mapped_column(default="")
    channel: Mapped[str]
    recommender: Mapped[str] = mapped_column(default="")
    has_recommendation: Mapped[bool] = mapped_column(default=False)
    has_acceptance: Mapped[bool] = mapped_column(default=False)
    has_privacy_consent: Mapped[bool] = mapped_column(default=False)
    has_pledge: Mapped[bool] = mapped_column(default=False)
    other_bodies: Mapped[int | None]
    chosen: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
