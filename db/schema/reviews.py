"""Reviews by the monitoring body: rounds, the monitors' answers, comments, findings."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column
from db.schema import commitments, evidence, snapshots  # noqa: F401 - its rows point there
from db.types import Json
from db.vocab import ReviewState


class MonitorKey(Recorded):
    """The public key a monitor signs with; somebody compared its fingerprint on `compared_on`."""

    __tablename__ = "monitor_key"
    __subject__: ClassVar[str | None] = "person_id"
    __searched__: ClassVar[str] = "found in the review workspace"

    id: Mapped[int] = id_column()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"), index=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[str] = mapped_column(String(64))
    compared_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]


class Review(Recorded):
    """One round of monitoring: what was asked of whom until when, and what came of it.

    One with an official form is of a `kind` with a form; `source` names where answers that were
    published elsewhere stand.
    """

    __tablename__ = "review"
    __searched__: ClassVar[tuple[str, ...]] = ("title", "asked", "summary")

    id: Mapped[int] = id_column()
    plan_id: Mapped[int] = mapped_column(
        ForeignKey("action_plan.id", ondelete="RESTRICT"), index=True
    )
    commitment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    kind: Mapped[str]
    position: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    title_en: Mapped[str] = mapped_column(default="")
    from_on: Mapped[dt.date | None]
    until_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None]
    submitted_on: Mapped[dt.date | None]
    state: Mapped[str] = mapped_column(default=ReviewState.PLANNED.value)
    department: Mapped[str] = mapped_column(default="")
    asked: Mapped[str] = mapped_column(default="")
    asked_en: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    summary_en: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")


class ReviewFile(Recorded):
    """A signed file of a monitor that was taken in; no row of it is ever undone.

    `snapshot_id` is the copy the monitor read, `key_id` who signed it.
    """

    __tablename__ = "review_file"
    __searched__: ClassVar[str] = "found in the review workspace"
    __undo__: ClassVar[bool] = False

    id: Mapped[int] = id_column()
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="RESTRICT"), index=True)
    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshot.id", ondelete="RESTRICT"), index=True
    )
    key_id: Mapped[int] = mapped_column(
        ForeignKey("monitor_key.id", ondelete="RESTRICT"), index=True
    )
    file_id: Mapped[int] = mapped_column(
        ForeignKey("stored_file.id", ondelete="RESTRICT"), index=True
    )
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    signed_at: Mapped[dt.datetime]
    imported_at: Mapped[dt.datetime]


class ReviewAnswer(Recorded):
    """A monitor's answer to one question; the joint answer has no person and names who `agreed`.

    Nobody edits it here: a later file replaces it, and the earlier one keeps `replaced_on`.
    """

    __tablename__ = "review_answer"
    __searched__: ClassVar[tuple[str, ...]] = ("explanation", "explanation_en")
    __undo__: ClassVar[bool] = False

    id: Mapped[int] = id_column()
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="RESTRICT"), index=True)
    commitment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    question: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT"), index=True
    )
    review_file_id: Mapped[int | None] = mapped_column(
        ForeignKey("review_file.id", ondelete="RESTRICT"), index=True
    )
    origin: Mapped[str]
    value: Mapped[str] = mapped_column(default="")
    explanation: Mapped[str] = mapped_column(default="")
    explanation_en: Mapped[str] = mapped_column(default="")
    agreed: Mapped[Any] = mapped_column(Json, nullable=True)
    answered_on: Mapped[dt.date]
    replaced_on: Mapped[dt.date | None]


class ReviewComment(Recorded):
    """What a department or a monitor says about a question, a milestone or a piece of evidence."""

    __tablename__ = "review_comment"
    __searched__: ClassVar[tuple[str, ...]] = ("text", "text_en", "department")

    id: Mapped[int] = id_column()
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="RESTRICT"), index=True)
    commitment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    milestone_id: Mapped[int | None] = mapped_column(
        ForeignKey("milestone.id", ondelete="RESTRICT"), index=True
    )
    evidence_id: Mapped[int | None] = mapped_column(
        ForeignKey("evidence.id", ondelete="RESTRICT"), index=True
    )
    question: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="RESTRICT"), index=True
    )
    review_file_id: Mapped[int | None] = mapped_column(
        ForeignKey("review_file.id", ondelete="RESTRICT"), index=True
    )
    commented_on: Mapped[dt.date]
    text: Mapped[str]
    text_en: Mapped[str] = mapped_column(default="")


class ReviewFinding(Recorded):
    """Something a review found and what should follow; its actions hang on the thread."""

    __tablename__ = "review_finding"
    __searched__: ClassVar[tuple[str, ...]] = ("text", "text_en", "recommendation")

    id: Mapped[int] = id_column()
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="RESTRICT"), index=True)
    commitment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    found_on: Mapped[dt.date]
    text: Mapped[str]
    text_en: Mapped[str] = mapped_column(default="")
    recommendation: Mapped[str] = mapped_column(default="")
    recommendation_en: Mapped[str] = mapped_column(default="")
    review_file_id: Mapped[int | None] = mapped_column(
        ForeignKey("review_file.id", ondelete="RESTRICT"), index=True
    )
    settled_on: Mapped[dt.date | None]


class Publication(Recorded):
    """Where results of monitoring or news of the plan were published, and a copy of it."""

    __tablename__ = "publication"
    __searched__: ClassVar[tuple[str, ...]] = ("title", "title_en", "url")

    id: Mapped[int] = id_column()
    plan_id: Mapped[int] = mapped_column(
        ForeignKey("action_plan.id", ondelete="RESTRICT"), index=True
    )
    commitment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    review_id: Mapped[int | None] = mapped_column(
        ForeignKey("review.id", ondelete="RESTRICT"), index=True
    )
    file_id: Mapped[int | None] = mapped_column(
        ForeignKey("stored_file.id", ondelete="RESTRICT"), index=True
    )
    channel: Mapped[str]
    title: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    published_on: Mapped[dt.date]
    note: Mapped[str] = mapped_column(default="")
