"""How a proposal is handled: its history, pauses, opinions, scores, boards, notices, replies."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column
from db.schema import proposals  # noqa: F401 - its rows point there
from db.vocab import ProposalStance


class ProposalStep(Recorded):
    """One line of a proposal's history; `on_day` is the day it counts from, `at` when entered.

    `outside` and `outside_number` are the agency a proposal went to and its number there.
    `by` is the office or body that did it, never a person.
    """

    __tablename__ = "proposal_step"
    __searched__: ClassVar[tuple[str, ...]] = ("reason", "outside", "outside_number")

    id: Mapped[int] = id_column()
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str | None]
    on_day: Mapped[dt.date]
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    outside: Mapped[str] = mapped_column(default="")
    outside_number: Mapped[str] = mapped_column(default="")
    other_id: Mapped[int | None] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )


class ProposalSupplement(Recorded):
    """A supplement asked of the proposer (보완요청): what, until when, and when it came.

    `pauses` is False for one asked for later than the profile allows: the clock runs on.
    """

    __tablename__ = "proposal_supplement"
    __searched__: ClassVar[tuple[str, ...]] = ("wanted", "answer")

    id: Mapped[int] = id_column()
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    asked_on: Mapped[dt.date]
    until_on: Mapped[dt.date]
    wanted: Mapped[str]
    pauses: Mapped[bool] = mapped_column(default=True)
    came_on: Mapped[dt.date | None]
    answer: Mapped[str] = mapped_column(default="")


class ProposalOpinion(Recorded):
    """An opinion asked of a department; one of them leads, the others lend a hand (협조 부서).

    The clock stands still only where the proposer was told first (`told_on`). `text` is what the
    department wrote to the office; the public reply is another text.
    """

    __tablename__ = "proposal_opinion"
    __searched__: ClassVar[tuple[str, ...]] = ("department", "text")

    id: Mapped[int] = id_column()
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    department: Mapped[str]
    leads: Mapped[bool] = mapped_column(default=False)
    asked_on: Mapped[dt.date]
    due_on: Mapped[dt.date] = mapped_column(index=True)
    told_on: Mapped[dt.date | None]
    question: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[dt.date | None]
    stance: Mapped[str] = mapped_column(default=ProposalStance.NONE.value)
    text: Mapped[str] = mapped_column(default="")
    withdrawn_on: Mapped[dt.date | None]


class ProposalNote(Recorded):
    """A private note of the office on a proposal; never printed, never in a copy."""

    __tablename__ = "proposal_note"
    __searched__: ClassVar[tuple[str, ...]] = ("text",)

    id: Mapped[int] = id_column()
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    at: Mapped[dt.datetime]
    text: Mapped[str]


class ProposalBoard(Recorded):
    """A sitting of the review board on a proposal (심사위원회); a must for a re-examination.

    `round` is 1 for the first examination, 2 for the re-examination.
    """

    __tablename__ = "proposal_board"
    __searched__: ClassVar[tuple[str, ...]] = ("result",)

    id: Mapped[int] = id_column()
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    round: Mapped[int] = mapped_column(default=1)
    held_on: Mapped[dt.date]
    members: Mapped[int]
    citizens: Mapped[int]
    stance: Mapped[str] = mapped_column(default=ProposalStance.NONE.value)
    result: Mapped[str] = mapped_column(default="")


class ProposalScore(Recorded):
    """What one assessor gave one criterion, 0 to the profile's most; assessors are roles."""

    __tablename__ = "proposal_score"
    __table_args__ = (
        UniqueConstraint("proposal_id", "round", "assessor", "criterion_id"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[str] = "a number, found through the proposal"

    id: Mapped[int] = id_column()
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    criterion_id: Mapped[int] = mapped_column(
        ForeignKey("profile_criterion.id", ondelete="RESTRICT"), index=True
    )
    round: Mapped[int] = mapped_column(default=1)
    assessor: Mapped[str]
    score: Mapped[int]


class ProposalReply(Recorded):
    """The reasoned reply to a proposer (회신): one a round, sent and published apart.

    `reasons` say why; without them it cannot be sent (OGP co-creation standard 4).
    """

    __tablename__ = "proposal_reply"
    __table_args__ = (UniqueConstraint("proposal_id", "round"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("text", "reasons")

    id: Mapped[int] = id_column()
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    round: Mapped[int] = mapped_column(default=1)
    text: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")
    sent_on: Mapped[dt.date | None]
    sent_by: Mapped[str] = mapped_column(default="")
    published_on: Mapped[dt.date | None]


class ReplyTemplate(Recorded):
    """A text to begin a reply with; `state` is the decision it suits, "" any."""

    __tablename__ = "reply_template"
    __searched__: ClassVar[str] = "templates are offered where a reply is written"

    id: Mapped[int] = id_column()
    position: Mapped[int]
    name: Mapped[str]
    state: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")


class ProposalNotice(Recorded):
    """A notice to the proposer: made, and told on a day in some way; `new_on` a day promised.

    `step_id` is the step it tells of.
    """

    __tablename__ = "proposal_notice"
    __searched__: ClassVar[tuple[str, ...]] = ("reason",)

    id: Mapped[int] = id_column()
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    step_id: Mapped[int | None] = mapped_column(
        ForeignKey("proposal_step.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str]
    made_on: Mapped[dt.date]
    told_on: Mapped[dt.date | None]
    how: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    new_on: Mapped[dt.date | None]


class ProposalCheck(Recorded):
    """A quarterly check or yearly report that was made (분기 점검, 연간 실적); `quarter` 0 a year."""

    __tablename__ = "proposal_check"
    __table_args__ = (UniqueConstraint("kind", "year", "quarter"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("note",)

    id: Mapped[int] = id_column()
    kind: Mapped[str]
    year: Mapped[int]
    quarter: Mapped[int] = mapped_column(default=0)
    made_on: Mapped[dt.date]
    note: Mapped[str] = mapped_column(default="")


class ProposalDistinct(Recorded):
    """Two proposals that look alike and are not the same; `proposal_id` is the smaller id."""

    __tablename__ = "proposal_distinct"
    __table_args__ = (UniqueConstraint("proposal_id", "other_id"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "found through the proposals"

    id: Mapped[int] = id_column()
    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="RESTRICT"), index=True
    )
