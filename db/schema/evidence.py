"""Evidence (증빙자료): files known by their SHA-256, and what each is said to prove."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import Float, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column
from db.schema import commitments  # noqa: F401 - its rows point there
from db.types import Json
from db.vocab import Disclosure, EvidenceKind


class Evidence(Recorded):
    """One file that shows something; a copy of a page has its address in `url`.

    `ground` is why one that is not public is kept back.
    """

    __tablename__ = "evidence"
    __searched__: ClassVar[tuple[str, ...]] = ("title", "title_en", "note")

    id: Mapped[int] = id_column()
    plan_id: Mapped[int] = mapped_column(
        ForeignKey("action_plan.id", ondelete="RESTRICT"), index=True
    )
    commitment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    file_id: Mapped[int] = mapped_column(
        ForeignKey("stored_file.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(default=EvidenceKind.DOCUMENT.value)
    title: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    obtained_on: Mapped[dt.date]
    obtained_from: Mapped[str] = mapped_column(default="")
    disclosure: Mapped[str] = mapped_column(default=Disclosure.MEMBERS.value)
    ground: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    sample: Mapped[bool] = mapped_column(default=False)


class EvidenceClaim(Recorded):
    """What a piece of evidence proves, in one sentence, and where: one of the links is filled.

    A milestone, a number of the co-creation record, or a question of an official form (`form` is a
    ReviewKind, with the commitment where the question is asked of one). `picked` is its rank among
    the best files chosen for the official upload.
    """

    __tablename__ = "evidence_claim"
    __searched__: ClassVar[tuple[str, ...]] = ("claim", "claim_en")

    id: Mapped[int] = id_column()
    evidence_id: Mapped[int] = mapped_column(
        ForeignKey("evidence.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    claim: Mapped[str]
    claim_en: Mapped[str] = mapped_column(default="")
    commitment_id: Mapped[int | None] = mapped_column(
        ForeignKey("commitment.id", ondelete="RESTRICT"), index=True
    )
    milestone_id: Mapped[int | None] = mapped_column(
        ForeignKey("milestone.id", ondelete="RESTRICT"), index=True
    )
    count_id: Mapped[int | None] = mapped_column(
        ForeignKey("plan_count.id", ondelete="RESTRICT"), index=True
    )
    form: Mapped[str] = mapped_column(default="")
    question: Mapped[str] = mapped_column(default="")
    picked: Mapped[int | None]


class EvidenceCheck(Recorded):
    """One reading of all evidence files; `broken` and `missing` list ids of stored files."""

    __tablename__ = "evidence_check"
    __searched__: ClassVar[str] = "found on the evidence shelf"
    __undo__: ClassVar[bool] = False

    id: Mapped[int] = id_column()
    checked_at: Mapped[dt.datetime]
    occasion: Mapped[str]
    files: Mapped[int]
    bytes: Mapped[int]
    seconds: Mapped[float] = mapped_column(Float)
    broken: Mapped[Any] = mapped_column(Json, nullable=True)
    missing: Mapped[Any] = mapped_column(Json, nullable=True)
