"""Action plans of the open-government partnership, their commitments and milestones.

Months are whole numbers, year times 100 plus month (202108).
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column
from db.schema import meetings, members, papers  # noqa: F401 - its rows point there
from db.types import Json
from db.vocab import MilestoneState


class ActionPlan(Recorded):
    """One action plan; after `submitted_on` what it promises changes only by an adjustment.

    `monitor_body_id` is the independent monitoring body, `forum_body_id` the forum that made it.
    """

    __tablename__ = "action_plan"
    __searched__: ClassVar[tuple[str, ...]] = ("code", "title", "title_en")

    id: Mapped[int] = id_column()
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    submitted_on: Mapped[dt.date | None]
    starts: Mapped[int | None]
    ends: Mapped[int | None]
    closed_on: Mapped[dt.date | None]
    monitor_body_id: Mapped[int | None] = mapped_column(
        ForeignKey("body.id", ondelete="RESTRICT"), index=True
    )
    forum_body_id: Mapped[int | None] = mapped_column(
        ForeignKey("body.id", ondelete="RESTRICT"), index=True
    )
    url: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class PlanRule(Recorded):
    """One rule of a plan from one day on, with its source.

    `rule` is a PlanRuleKey, `value` its text form (gwangju_desktop.commitments.rules);
    `unverified` says nobody has read it in the source.
    """

    __tablename__ = "plan_rule"
    __table_args__ = (
        UniqueConstraint("plan_id", "rule", "valid_from"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[str] = "values of a plan, found through it"

    id: Mapped[int] = id_column()
    plan_id: Mapped[int] = mapped_column(
        ForeignKey("action_plan.id", ondelete="RESTRICT"), index=True
    )
    rule: Mapped[str]
    value: Mapped[str]
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    source: Mapped[str]
    unverified: Mapped[bool] = mapped_column(default=False)


class Commitment(Recorded):
    """One commitment (이행과제) of a plan.

    `own_status` overrides the status that is worked out, with its reason; the monitors' completion
    stands in their answers alone. `open_values` names OpenValue words, commas between. `edition`
    counts adjustments.
    """

    __tablename__ = "commitment"
    __searched__: ClassVar[tuple[str, ...]] = ("code", "title", "title_en", "delay_cause")

    id: Mapped[int] = id_column()
    plan_id: Mapped[int] = mapped_column(
        ForeignKey("action_plan.id", ondelete="RESTRICT"), index=True
    )
    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    title: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    starts: Mapped[int | None]
    ends: Mapped[int | None]
    policy_area: Mapped[str] = mapped_column(default="")
    policy_area_en: Mapped[str] = mapped_column(default="")
    sector: Mapped[str] = mapped_column(default="")
    sector_en: Mapped[str] = mapped_column(default="")
    open_values: Mapped[str] = mapped_column(default="")
    own_status: Mapped[str] = mapped_column(default="")
    own_status_reason: Mapped[str] = mapped_column(default="")
    own_status_on: Mapped[dt.date | None]
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    delay_cause: Mapped[str] = mapped_column(default="")
    delay_cause_en: Mapped[str] = mapped_column(default="")
    completed_on: Mapped[dt.date | None]
    edition: Mapped[int] = mapped_column(default=1)
    url: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class PlanText(Recorded):
    """One section of a plan's or a commitment's template in both languages."""

    __tablename__ = "plan_text"
    __table_args__ = (
        UniqueConstraint("plan_id", "commitment_id", "section"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[tuple[str, ...]] = ("text", "text_en")

    id: Mapped[int] = id_column()
    plan_id: Mapped[int] = mapped_column(
        ForeignKey("action_plan.id", ondelete="RESTRICT"), index=True
    )
    commitment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    section: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    text_en: Mapped[str] = mapped_column(default="")


class PlanInstitution(Recorded):
    """An institution of a plan or of one commitment, as the template lists them."""

    __tablename__ = "plan_institution"
    __searched__: ClassVar[tuple[str, ...]] = ("name", "name_en")

    id: Mapped[int] = id_column()
    plan_id: Mapped[int] = mapped_column(
        ForeignKey("action_plan.id", ondelete="RESTRICT"), index=True
    )
    commitment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    role: Mapped[str]
    position: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="RESTRICT"), index=True
    )


class PlanCount(Recorded):
    """One number of the co-creation record; parts of it name it as `parent_id`.

    `number` is None where a source names a part without counting it.
    """

    __tablename__ = "plan_count"
    __searched__: ClassVar[tuple[str, ...]] = ("label", "label_en", "note")

    id: Mapped[int] = id_column()
    plan_id: Mapped[int] = mapped_column(
        ForeignKey("action_plan.id", ondelete="RESTRICT"), index=True
    )
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("plan_count.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    kind: Mapped[str]
    label: Mapped[str]
    label_en: Mapped[str] = mapped_column(default="")
    number: Mapped[int | None]
    held_on: Mapped[dt.date | None]
    meeting_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class Milestone(Recorded):
    """One milestone (세부 이행과제) with the output that shows it was reached.

    Completed if and only if `completed_on` is known. `sample` is 예시.
    """

    __tablename__ = "milestone"
    __table_args__ = (
        CheckConstraint("(state = 'completed') = (completed_on IS NOT NULL)", name="completed"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[tuple[str, ...]] = ("title", "title_en", "output", "output_en")

    id: Mapped[int] = id_column()
    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    number: Mapped[int]
    title: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    output: Mapped[str] = mapped_column(default="")
    output_en: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None] = mapped_column(index=True)
    started_on: Mapped[dt.date | None]
    completed_on: Mapped[dt.date | None]
    state: Mapped[str] = mapped_column(default=MilestoneState.NOT_STARTED.value)
    weight: Mapped[int] = mapped_column(default=1)
    responsible: Mapped[str] = mapped_column(default="")
    supporting: Mapped[str] = mapped_column(default="")
    delay_cause: Mapped[str] = mapped_column(default="")
    delay_cause_en: Mapped[str] = mapped_column(default="")
    sample: Mapped[bool] = mapped_column(default=False)


class CommitmentEdition(Recorded):
    """An adjustment of a commitment: why, who was consulted, and `content` as it stood before.

    While `closed_on` is None the adjustment is open and the promise may be edited.
    """

    __tablename__ = "commitment_edition"
    __table_args__ = (UniqueConstraint("commitment_id", "edition"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("reason", "reason_en")

    id: Mapped[int] = id_column()
    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    edition: Mapped[int]
    adjusted_on: Mapped[dt.date]
    reason: Mapped[str]
    reason_en: Mapped[str] = mapped_column(default="")
    consulted: Mapped[str] = mapped_column(default="")
    meeting_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting.id", ondelete="RESTRICT"), index=True
    )
    content: Mapped[Any] = mapped_column(Json, nullable=True)
    closed_on: Mapped[dt.date | None]


class ProgressNote(Recorded):
    """A dated word on how a commitment or one milestone of it goes."""

    __tablename__ = "progress_note"
    __searched__: ClassVar[tuple[str, ...]] = ("text", "text_en", "department")

    id: Mapped[int] = id_column()
    commitment_id: Mapped[int] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    milestone_id: Mapped[int | None] = mapped_column(
        ForeignKey("milestone.id", ondelete="RESTRICT"), index=True
    )
    noted_on: Mapped[dt.date]
    department: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    text_en: Mapped[str] = mapped_column(default="")
